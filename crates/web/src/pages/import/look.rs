//! What was understood and what would be done, before it is done.

use domain::View;
use exchange::import::{Alike, Plan, SheetPlan, contradictions};
use maud::{Markup, html};

use super::{
    Brought, outcome,
    said::{self, Said},
    sheet,
};
use crate::{Ask, answer::Page, problem::sentence_of, shell, words};

/// At most so many contradictions are listed.
const MOST: usize = 40;

/// Up to so many sheets can be corrected at once; of more, those that were opened.
const AT_ONCE: usize = 3;

/// The page between the files and the import.
pub(super) fn page(
    ask: &Ask,
    brought: &Brought,
    plan: &Plan,
    said: &Said,
    alike: &[Alike],
) -> Page {
    let is_nothing = plan.command.steps.is_empty();
    let decided = (!is_nothing).then(|| outcome(ask, plan)).transpose();
    let trouble = said.trouble.clone().or_else(|| decided.as_ref().err().cloned());
    let sum = |of: fn(&SheetPlan) -> usize| plan.sheets.iter().map(of).sum::<usize>();
    let (made, changed) = (sum(|it| it.summary.made), sum(|it| it.summary.updated));
    let (named, left_out) = (sum(|it| it.stubs.len()), sum(|it| it.left_out));
    let body = html! {
        header {
            h1 { "What was understood" }
            p.lead {
                @if is_nothing { "Nothing would change." }
                @else { (sentence_of(&format!("{}, {}", words::count(made, "new record", "new records"), words::count(changed, "changed one", "changed ones"))).trim_end_matches('.')) @if named > 0 { ", and " (named) " more that cells name" } ". Nothing is written yet." }
                @if left_out > 0 { " " (words::count(left_out, "row is", "rows are")) " in sheets that were not understood, and would be left out." }
            }
        }
        (troubles(trouble.as_deref(), &brought.troubles))
        form.form method="post" action=(ask.to("/import")) {
            (shell::token(ask))
            @for key in &brought.keys { input type="hidden" name="file" value=(key); }
            // What Enter sends.
            button.first-choice name="do" value="look" tabindex="-1" { "Look again" }
            @for (at, it) in plan.sheets.iter().enumerate() {
                (sheet::card(ask, at, it, &sheet::Shown { plan, said, open: is_open(ask, plan, at), still: trouble.is_none() }))
            }
            (names(said, alike))
            (method(plan))
            @if let Ok(Some(change)) = &decided { (clashes(ask, View::new(change.after(), ask.day()))) }
            (choices(ask, plan))
            div.actions {
                @if !is_nothing && trouble.is_none() { button.btn.go name="do" value="apply" { "Import" } }
                button.btn name="do" value="look" { "Look again" }
                a.btn href=(ask.to("/import")) { "Other files" }
                @if !is_nothing { span.soft { "One entry of the ledger; you can undo it as a whole." } }
            }
        }
    };
    Page::new("What was understood", body).at("/import").wide().below("Import", ask.to("/import"))
}

fn is_open(ask: &Ask, plan: &Plan, at: usize) -> bool {
    plan.sheets.len() <= AT_ONCE || ask.form.all("open").any(|it| it.parse() == Ok(at))
}

/// What went wrong, a sentence each.
pub(super) fn troubles(first: Option<&str>, more: &[String]) -> Markup {
    html! {
        @if first.is_some() || !more.is_empty() {
            div.trouble role="alert" {
                @for it in first.into_iter().chain(more.iter().map(String::as_str)) { p { (sentence_of(it)) } }
            }
        }
    }
}

/// Names that look like the same role or person.
fn names(said: &Said, alike: &[Alike]) -> Markup {
    html! {
        @if !alike.is_empty() {
            section.card {
                h2 { "Names that look like the same" small { (alike.len()) } }
                p.soft { "Tick those that are. The record then keeps the other name beside its own." }
                ul.timeline { @for it in alike {
                    @let label = kinds::kind(it.kind).map_or("", |it| it.label);
                    li { label.make {
                        input type="checkbox" name="unite" value=(said::name_of(it)) checked[said.unites(it)];
                        span { (label) ": “" (it.dropped) "” is “" (it.kept) "”" }
                    } }
                } }
            }
        }
    }
}

fn method(plan: &Plan) -> Markup {
    html! {
        @if let Some(method) = &plan.method {
            section.card {
                h2 { "A draft of a risk method comes with it" }
                p { "It holds the scales and levels seen in the files. These questions are for you, and nobody else can answer them:" }
                ul.prose { @for it in &method.questions { li { (it) } } }
            }
        }
    }
}

/// What would contradict itself afterwards.
fn clashes(ask: &Ask, after: View<'_>) -> Markup {
    let before = contradictions(ask.view());
    let new: Vec<_> = contradictions(after)
        .into_iter()
        .filter(|it| !before.iter().any(|old| old.text == it.text))
        .collect();
    html! {
        @if !new.is_empty() {
            section.card {
                h2 { "What would contradict itself" small { (new.len()) } }
                p.soft { "Your files say this. You can import it as it is and mend it here." }
                ul.timeline { @for it in new.iter().take(MOST) { li { (sentence_of(&it.text)) } } }
                @if new.len() > MOST { p.soft { "and " (new.len() - MOST) " more" } }
            }
        }
    }
}

fn choices(ask: &Ask, plan: &Plan) -> Markup {
    let remarks = || plan.sheets.iter().flat_map(|it| &it.remarks);
    let has = |name: &str| ask.form.has(name);
    let unlinked = has("relink") || remarks().any(exchange::import::Remark::is_unlinked);
    let gone = has("again") || remarks().any(|it| it.text.contains("was withdrawn"));
    html! {
        @if gone || unlinked {
            fieldset.card {
                legend.unseen { "Choices" }
                @if gone { label.make { input type="checkbox" name="again" value="1" checked[has("again")]; span { "Make rows anew whose records were withdrawn" } } }
                @if unlinked { label.make { input type="checkbox" name="relink" value="1" checked[has("relink")]; span { "Read again the cells that named no record, or no step of a scale, when they were imported before" } } }
            }
        }
    }
}
