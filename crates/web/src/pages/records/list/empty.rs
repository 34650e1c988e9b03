//! What stands where no record is.

use domain::access::{Act, On};
use maud::{Markup, html};
use meta::{KindDef, Record};

use super::Listing;
use crate::{Ask, form::Form, words};

/// Registers of which no organization can say that they are empty on purpose, and those that the
/// program fills itself.
const NEVER_EMPTY: [&str; 13] = [
    "approval",
    "assessment_round",
    "comment",
    "control",
    "determination",
    "document",
    "gap_answer",
    "ledger_event",
    "membership",
    "person",
    "risk",
    "role",
    "scope",
];

/// A register without records: what it is for, and the first step.
pub(super) fn register(ask: &Ask, def: &'static KindDef) -> Markup {
    let plural = words::small(def.plural);
    let path = ask.to(&format!("/{}", def.id));
    let makes = ask.may(Act::Create, On::Kind(def));
    if !ask.may(Act::See, On::Kind(def)) {
        return html! {
            section.empty {
                p { "Nothing in this register is open to you. If you need to see it, ask an administrator of your organization." }
            }
        };
    }
    html! {
        section.empty {
            h2 { "No " (plural) " yet" }
            @if !def.clause.is_empty() { p.soft { "ISO/IEC 27001 speaks of it in " (def.clause) "." } }
            @if let Some(answer) = said_so(ask, def) { p { "On record: " (words::record(ask, answer)) } }
            div.row {
                @if makes { a.btn.go href={ (path) "/new" } { "Add the first one" } }
                @if ask.may(Act::Import, On::Kind(def)) { a.btn href=(ask.to(&format!("/import?kind={}", def.id))) { "Import a list you have" } }
                @if let Some(to) = deliberately_none(ask, def) { a.btn href=(to) { "There are deliberately none" } }
            }
        }
    }
}

/// Records there are, but none as asked for.
pub(super) fn found_none(ask: &Ask, listing: &Listing<'_>) -> Markup {
    let plural = words::small(listing.def.plural);
    let path = ask.to(&format!("/{}?view=", listing.def.id));
    html! {
        div.empty {
            p { "No " (plural) " like that." @if !listing.is_narrowed() { " Those that are over or withdrawn are not shown." } }
            div.row {
                @if listing.is_narrowed() { a.btn href=(path) { "Show all " (plural) } }
                @else { a.btn href=(listing.address(ask, &[("with", "ended")])) { "Show what is over, too" } }
            }
        }
    }
}

/// Where somebody records that a register is empty on purpose: an empty one never answers for
/// itself.
fn deliberately_none(ask: &Ask, def: &KindDef) -> Option<String> {
    let fits = !def.sole && !NEVER_EMPTY.contains(&def.id);
    if !fits || !ask.may_make("determination") || ask.is_past() {
        return None;
    }
    let title = format!("Are there really no {}?", words::small(def.plural));
    let form: Form = [
        ("f.title", title.as_str()),
        ("f.question", "register_empty"),
        ("f.register", def.id),
        ("f.answer", "yes"),
    ]
    .into_iter()
    .collect();
    Some(ask.to(&format!("/determination/new?{}", form.query())))
}

/// Who said that it is empty on purpose.
fn said_so<'a>(ask: &'a Ask, def: &KindDef) -> Option<&'a Record> {
    let mut answers = ask.sight().rows("determination").filter(|it| it.is_live());
    answers.find(|it| it.cell("register").text() == Some(def.id))
}
