//! One person: what they may do, and how they sign in.

use domain::holder;
use kinds::membership::Profile;
use maud::{Markup, html};
use meta::Record;

use super::{
    access::{self, Typed},
    account,
    people::{self, Standing},
};
use crate::{Answer, Ask, Problem, answer::Page, shell, words};

/// The page.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    Ok(page(ask, named(ask)?, &Typed::default())?.into())
}

/// The page, with what was typed into the form for another access.
pub(super) fn page(ask: &Ask, person: &Record, typed: &Typed) -> Result<Page, Problem> {
    let standing = people::standing(ask, person)?;
    let is_open = access::fields().any(|it| typed.wrongs.contains_key(it.name))
        || standing.memberships.is_empty();
    let body = html! {
        header {
            h1 { (words::title(person)) }
            p.lead { a.to href=(ask.to_record(person)) { (person.name()) " in the register of persons" } }
            @if !holder::is_here(ask.view(), person) {
                p.note { "By the register of persons they are not here (" (person.stage().label.to_lowercase()) "), so that no access of theirs counts." }
            }
        }
        (access::trouble(typed))
        (memberships(ask, &standing))
        section.card aria-labelledby="give" {
            h2 #give { "Give another access" }
            details.fold open[is_open] {
                summary { "Choose what they may do" }
                form.form.after method="post" action={ (path(ask, person)) "/access" } {
                    (shell::token(ask))
                    (access::inputs(ask, typed))
                    div.row { button.btn.go { "Give this access" } }
                }
            }
        }
        (account::card(ask, &standing, typed)?)
        (people::profiles())
    };
    let page = Page::new(person.title(), body).at("/settings");
    Ok(page.below("People and access", ask.to("/settings/people")))
}

/// The path of the page of a person.
pub(super) fn path(ask: &Ask, person: &Record) -> String {
    ask.to(&format!("/settings/people/{}", person.head.number))
}

/// The person that the path names.
pub(super) fn named(ask: &Ask) -> Result<&Record, Problem> {
    let number = ask.param("number").parse().map_err(|_| Problem::NotFound)?;
    ask.sight().numbered("person", number).ok_or(Problem::NotFound)
}

fn memberships(ask: &Ask, standing: &Standing<'_>) -> Markup {
    let path = path(ask, standing.person);
    html! {
        section.card aria-labelledby="may" {
            h2 #may { "What they may do" }
            @if standing.memberships.is_empty() { p.soft { "Nothing yet." } }
            @else {
                div.scroll { table {
                    thead { tr { th scope="col" { "Acts as" } th scope="col" { "When" } th scope="col" { "Looks at" } th scope="col" { "Today" } th scope="col" { span.unseen { "What to do" } } } }
                    tbody { @for (record, it) in &standing.memberships {
                        @let holds = people::holds(ask.day(), record, it);
                        tr {
                            th.when scope="row" { a.to href=(ask.to_record(record)) { (people::label(it)) } }
                            td { (people::time(it)) @if it.from.is_none() && it.until.is_none() { span.soft { "always" } } }
                            td { @if let (Some(from), Some(until)) = (it.period_from, it.period_until) { (words::short_day(from)) " to " (words::short_day(until)) } @else if let Some(until) = it.period_until { "up to " (words::short_day(until)) } @else if let Some(from) = it.period_from { "since " (words::short_day(from)) } @else if it.profile == Some(Profile::ExternalAuditor) { span.soft { "nothing yet" } } @else { span.soft { "all" } } }
                            td { @if holds { span.st.good { "holds" } } @else if !record.is_live() { span.st.none { "ended" } } @else { span.st.none { "not today" } } }
                            td { @if record.is_live() { div.row {
                                a.btn.small href={ (path) "/access/" (record.head.number) } { "Change" }
                                @if standing.person.head.id == ask.person() {
                                    details.fold { summary { "End" }
                                        p { "This is your own access: you may not be able to take this back yourself." }
                                        (end(ask, &path, record))
                                    }
                                } @else { (end(ask, &path, record)) }
                            } } }
                        }
                    } }
                } }
            }
        }
    }
}

fn end(ask: &Ask, path: &str, record: &Record) -> Markup {
    html! {
        form method="post" action={ (path) "/access/" (record.head.number) "/end" } {
            (shell::token(ask))
            button.btn.small.danger { "End it" }
        }
    }
}
