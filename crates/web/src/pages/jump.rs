//! Jump: from a few letters to any record, page or action, the likeliest first.

mod places;

use domain::{
    query::Asker,
    search::{self, Matched},
};
use maud::{Markup, html};
use meta::Record;

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    routes::{Needs, Route, get},
    shell, words,
};

/// The route.
pub(crate) const ROUTES: &[Route] = &[get("/o/{place}/jump", Needs::Member, jump)];

/// So much is shown while somebody types.
const FEW: usize = 12;

/// So much is on the page.
const MANY: usize = 60;

/// Somewhere to go.
struct Goal<'a> {
    /// The higher, the likelier it is meant.
    rank: u32,
    to: To<'a>,
}

/// What it is.
enum To<'a> {
    /// A record, and the field that says what was typed where no title does.
    Record(&'a Record, &'static str),
    /// A page or form: its path, its reference where it has one, what it is called, what it is.
    Page(String, String, String, &'static str),
    /// The way out.
    SignOut,
}

/// What somebody may mean: a part for our script, or a page.
fn jump(ask: &Ask) -> Result<Answer, Problem> {
    let typed = ask.query.get("q").unwrap_or_default();
    if ask.wants_part() {
        let goals = goals(ask, typed, FEW);
        return Ok(Answer::Part(html! {
            @for goal in &goals { (goal.line(ask, true)) }
            @if goals.is_empty() { p.soft { "Nothing like that. Press Enter to search everywhere." } }
        }));
    }
    let goals = goals(ask, typed, MANY);
    let body = html! {
        header { h1 { "Search" } p.lead { "Records by number, title or text; pages; things to do." } }
        form.row method="get" action=(ask.to("/jump")) role="search" {
            input type="search" name="q" value=(typed) aria-label="Search for" autocomplete="off";
            button.btn.go { "Search" }
        }
        @if goals.is_empty() {
            div.empty { p { "Nothing says “" (typed) "”, or it is not open to you." } p.soft { "Try fewer letters, or a number such as RISK-12." } }
        } @else {
            section.card { div.found { @for goal in &goals { (goal.line(ask, false)) } } }
        }
    };
    Ok(Page::new("Search", body).into())
}

fn goals<'a>(ask: &'a Ask, typed: &str, most: usize) -> Vec<Goal<'a>> {
    let mut goals = places::all(ask, typed);
    goals.extend(records(ask, typed, most));
    goals.sort_by_key(|it| std::cmp::Reverse(it.rank));
    goals.truncate(most);
    goals
}

fn records<'a>(ask: &'a Ask, typed: &str, most: usize) -> Vec<Goal<'a>> {
    let goal = |(record, field, rank)| Goal { rank, to: To::Record(record, field) };
    found(ask, typed, most).into_iter().map(goal).collect()
}

/// The records that a few letters mean, the likeliest first, with the field that says them where no
/// title does.
pub(crate) fn jumped<'a>(
    ask: &'a Ask,
    typed: &str,
    most: usize,
) -> Vec<(&'a Record, &'static str)> {
    found(ask, typed, most).into_iter().map(|it| (it.0, it.1)).collect()
}

fn found<'a>(ask: &'a Ask, typed: &str, most: usize) -> Vec<(&'a Record, &'static str, u32)> {
    let sight = ask.sight();
    let sees = ask.sees();
    // Who reads editions must not learn what the draft says.
    let asker = Asker { reads: Some(sight), ..ask.asker(&sees) };
    let found = search::jump(&asker, typed, most).into_iter();
    let found = found.filter_map(|it| {
        let record = sight.get(it.record.head.id)?;
        let field = if let Matched::Text(field) = it.matched { field } else { "" };
        Some((record, field, it.rank))
    });
    found.collect()
}

impl Goal<'_> {
    /// One line that leads there; as an option of the list that our script shows.
    fn line(&self, ask: &Ask, option: bool) -> Markup {
        let role = option.then_some("option");
        let tab = option.then_some("-1");
        match &self.to {
            To::Record(record, field) => html! {
                a href=(ask.to_record(record)) role=[role] tabindex=[tab] {
                    span.ref { (record.name()) } span { (words::title(record)) }
                    small { (record.def().label) @if !field.is_empty() { ", " (words::small(field)) } @if !record.is_live() { ", over" } }
                }
            },
            To::Page(path, reference, label, what) => html! {
                a href=(path) role=[role] tabindex=[tab] {
                    @if !reference.is_empty() { span.ref { (reference) } }
                    span { (label) } small { (what) }
                }
            },
            To::SignOut => html! {
                form method="post" action="/sign-out" {
                    (shell::token(ask))
                    button.line role=[role] tabindex=[tab] { span { "Sign out" } small { "to do" } }
                }
            },
        }
    }
}
