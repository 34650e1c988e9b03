//! What can be done with a record now: the buttons on its page.

use domain::access::{Act, On};
use kinds::approval::Purpose;
use maud::{Markup, html};
use meta::{Choice, Record};

use crate::{Ask, shell};

/// The buttons of a record: only what whoever asks may do now.
pub(super) fn bar(ask: &Ask, record: &Record) -> Markup {
    if ask.is_past() || record.is_erased() {
        return html! {};
    }
    let path = ask.to_record(record);
    let on = On::Record(record);
    if record.head.withdrawn {
        return html! {
            div.row {
                @if ask.may(Act::Withdraw, on) {
                    form method="post" action={ (path) "/reinstatement" } { (shell::token(ask)) button.btn { "Bring it back" } }
                }
            }
        };
    }
    let may_edit = ask.may(Act::Edit, on);
    html! {
        div.row.acts {
            @if may_edit { a.btn.go href={ (path) "/edit" } data-key="e" { "Edit" } }
            @if !record.is_own() && may_edit {
                form method="post" action={ (path) "/confirm" } { (shell::token(ask)) button.btn { "Make it ours" } }
            }
            @if record.def().field("next_review").is_some() && ask.may(Act::Approve(Purpose::Review), on) {
                form method="post" action={ (path) "/review" } { (shell::token(ask)) (version(record)) button.btn title="You looked at it: nothing changes but the day it comes up again" { "Reviewed, still true" } }
            }
            @if ask.may(Act::Move, on) { (moves(ask, record)) }
            @for purpose in purposes(record) {
                @if ask.may(Act::Approve(purpose), on) { (assent(ask, record, purpose)) }
            }
            @if ask.may(Act::Withdraw, on) {
                form.push method="post" action={ (path) "/withdrawal" } { (shell::token(ask)) (version(record)) button.btn.danger { "Withdraw" } }
            }
        }
    }
}

/// The stages it may go to.
fn moves(ask: &Ask, record: &Record) -> Markup {
    let def = record.def();
    let next =
        record.stage().next.iter().filter_map(|it| def.stages.iter().find(|at| at.id == *it));
    let next: Vec<_> = next.filter(|it| !it.edition).collect();
    if next.is_empty() || def.id == "approval" {
        return html! {};
    }
    html! {
        details.drop {
            summary.btn { "Move on" }
            div.sheet { @for stage in next {
                form method="post" action={ (ask.to_record(record)) "/stage" } {
                    (shell::token(ask)) (version(record))
                    input type="hidden" name="to" value=(stage.id);
                    p.help { (stage.help) }
                    @if stage.reason { label { "Why" input type="text" name="reason" required; } }
                    button.btn { (stage.label) }
                }
            } }
        }
    }
}

/// One purpose of assent: yes with what belongs to it, or no.
fn assent(ask: &Ask, record: &Record, purpose: Purpose) -> Markup {
    let publishes = purpose == Purpose::Publish;
    html! {
        details.drop {
            summary.btn { (purpose.def().label) }
            div.sheet {
                form method="post" action={ (ask.to_record(record)) "/approval" } {
                    (shell::token(ask)) (version(record))
                    input type="hidden" name="purpose" value=(purpose.def().id);
                    p.help { (purpose.def().help) }
                    @if publishes {
                        label { "Name of the edition" input type="text" name="edition" placeholder="for example 2.0"; }
                        label { "In force from" input type="date" name="effective_from"; }
                    }
                    @if purpose == Purpose::AcceptResidual { label { "Until (last day)" input type="date" name="good_until"; } }
                    label { "Conditions, if any" input type="text" name="conditions"; }
                    label { "Anything to add" input type="text" name="comment"; }
                    div.row {
                        button.btn.go { (purpose.def().label) }
                        button.btn name="decision" value="refused" { "Refuse" }
                    }
                }
            }
        }
    }
}

/// What can be assented to on a record of this kind.
fn purposes(record: &Record) -> Vec<Purpose> {
    let mut purposes = Vec::new();
    match record.def().id {
        "risk" => purposes.extend([Purpose::ApproveTreatment, Purpose::AcceptResidual]),
        "role" => purposes.push(Purpose::AcceptRole),
        "document" => purposes.push(Purpose::Acknowledge),
        "evidence" => purposes.push(Purpose::Attest),
        _ => {}
    }
    if record.def().controlled {
        purposes.extend([Purpose::Approve, Purpose::Publish]);
    }
    purposes
}

fn version(record: &Record) -> Markup {
    html! { input type="hidden" name="version" value=(record.head.version); }
}
