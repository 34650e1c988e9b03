//! What can be done with a record now: the buttons on its page.

use domain::{
    Refusal,
    access::{Act, On},
    command::Subject,
    four_eyes,
};
use kinds::approval::{Approval, Purpose};
use maud::{Markup, html};
use meta::{Choice, Record};

use super::{super::acts::waiting, facts::is_editable, risk};
use crate::{Ask, shell};

/// What is often made from a record: the kinds it is made from, what the button says, the kind
/// made, and its field that names the record.
const FROM_HERE: &[(&[&str], &str, &str, &str)] = &[
    (
        &["control", "requirement", "obligation", "supplier", "role", "objective"],
        "Add proof",
        "evidence",
        "shows",
    ),
    (
        &[
            "risk",
            "control",
            "issue",
            "opportunity",
            "objective",
            "requirement",
            "obligation",
            "event_report",
            "supplier",
            "asset",
            "gap_answer",
        ],
        "New action for this",
        "action",
        "serves",
    ),
    (&["interested_party"], "Add what they require", "requirement", "party"),
    (&["asset"], "New risk to this", "risk", "assets"),
    (&["unit"], "New asset here", "asset", "unit"),
    (&["supplier"], "New asset from them", "asset", "supplier"),
    (&["gap_assessment"], "New answer", "gap_answer", "assessment"),
    (&["document"], "New document from this", "document", "translation_of"),
];

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
            @if may_edit && is_editable(record) { a.btn.go href={ (path) "/edit" } data-key="e" { "Edit" } }
            @if record.def().id == "document" && ask.isms().in_force(record.head.id, ask.day()).is_some() { a.btn href=(ask.to(&format!("/read/{}", record.head.number))) { "Read the edition in force" } }
            @if record.def().id == "gap_assessment" && ask.may(Act::SeeEverything, On::Everything) { a.btn href=(ask.to(&format!("/gap/{}", record.head.number))) { "Work through it" } }
            @if record.def().id == "assessment_round" { a.btn href=(ask.to(&format!("/round/{}", record.head.number))) { "Work through it" } }
            @if !record.is_own() && may_edit {
                form method="post" action={ (path) "/confirm" } { (shell::token(ask)) button.btn { "Make it ours" } }
            }
            @if record.def().field("next_review").is_some() && record.def().id != "approval" && ask.may(Act::Approve(Purpose::Review), on) {
                form method="post" action={ (path) "/review" } { (shell::token(ask)) (version(record)) button.btn title="You looked at it: nothing changes but the day it comes up again" { "Reviewed, still true" } }
            }
            @if ask.may(Act::Move, on) { (moves(ask, record)) }
            @for purpose in purposes(ask, record).into_iter().filter(|it| !risk::is_beside(record, *it)) {
                @if ask.may(Act::Approve(purpose), on) { (assent(ask, record, purpose)) }
            }
            @if ask.may_make("approval") && may_edit { (request(ask, record)) }
            (from_here(ask, record))
            // A decision that stands is taken back with a reason, which is a stage.
            @if ask.may(Act::Withdraw, on) && !(record.def().id == "approval" && record.stage().id == "given") {
                form.push method="post" action={ (path) "/withdrawal" } { (shell::token(ask)) (version(record)) button.btn.danger { "Withdraw" } }
            }
        }
    }
}

/// What is often made from such a record, with the link to it filled in.
fn from_here(ask: &Ask, record: &Record) -> Markup {
    let kind = record.def().id;
    let made = FROM_HERE.iter().filter(|it| it.0.contains(&kind) && ask.may_make(it.2));
    let links: Vec<(&str, String)> = made
        .map(|(_, label, made, field)| {
            let named = domain::text::called(record);
            let back = ask.to_record(record);
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair(&format!("f.{field}"), &named)
                .append_pair("back", &back)
                .finish();
            (*label, format!("{}?{query}", ask.to(&format!("/{made}/new"))))
        })
        .collect();
    html! {
        @match links.as_slice() {
            [] => {}
            [(label, to)] => { a.btn href=(to) { (label) } }
            links => { details.drop { summary.btn { "Add" } div.sheet { @for (label, to) in links { a href=(to) { (label) } } } } }
        }
    }
}

/// The stages it may go to.
fn moves(ask: &Ask, record: &Record) -> Markup {
    let def = record.def();
    let next =
        record.stage().next.iter().filter_map(|it| def.stages.iter().find(|at| at.id == *it));
    let next: Vec<_> = next.filter(|it| !it.edition).collect();
    if next.is_empty() || def.id == "approval" && record.stage().id != "given" {
        return html! {};
    }
    let tried = ask.form.get("to");
    html! {
        details.drop open[next.iter().any(|it| tried == Some(it.id))] {
            summary.btn { "Move on" }
            div.sheet { @for stage in next {
                form method="post" action={ (ask.to_record(record)) "/stage" } {
                    (shell::token(ask)) (version(record))
                    input type="hidden" name="to" value=(stage.id);
                    p.help { (stage.help) }
                    @if stage.reason { label { "Why" input type="text" name="reason" value=(typed(ask, "reason", tried == Some(stage.id))) required; } }
                    button.btn { (stage.label) }
                }
            } }
        }
    }
}

/// One purpose of assent: yes with what belongs to it, or no.
fn assent(ask: &Ask, record: &Record, purpose: Purpose) -> Markup {
    if let Err(Refusal::NoAuthority { why, .. }) =
        domain::authority(ask.view(), record, purpose, ask.person())
    {
        return html! { span.soft { (purpose.def().label) ": " (why) } };
    }
    let publishes = purpose == Purpose::Publish;
    let tried = ask.form.get("purpose") == Some(purpose.def().id) && !ask.form.has("asked_of");
    let asked = waiting(ask, record).any(|it| it.1.purpose == Some(purpose));
    // What is acknowledged is the edition in force, which a draft is not.
    let in_force = ask.isms().in_force(record.head.id, ask.day()).map(|it| &*it.record);
    let seen = in_force.filter(|_| purpose == Purpose::Acknowledge).unwrap_or(record);
    if seen.head.version != record.head.version && !asked {
        // The link to read it stands beside.
        return html! {};
    }
    if let Some(edition) = published(ask, record).filter(|_| publishes && !asked && !tried) {
        return html! { span.soft { "Nothing changed since " (edition) } };
    }
    let subject = Subject::Record(record.head.id);
    if let Err(refusal) = four_eyes::check(ask.view(), subject, ask.person())
        && publishes
    {
        return html! { p.soft { (purpose.def().label) ": " (refusal.to_string()) } };
    }
    html! {
        details.drop open[tried] {
            summary.btn.go[asked] { (purpose.def().label) }
            div.sheet {
                form method="post" action={ (ask.to_record(record)) "/approval" } {
                    (shell::token(ask)) (version(seen))
                    input type="hidden" name="purpose" value=(purpose.def().id);
                    @if asked { p { strong { "You are asked for this." } } }
                    p.help { (purpose.def().help) }
                    @if publishes {
                        label { "Name of the edition" input type="text" name="edition" value=(typed(ask, "edition", tried)) placeholder="for example 2.0"; }
                        label { "In force from" input type="date" name="effective_from" value=(typed(ask, "effective_from", tried)); }
                    }
                    @if purpose == Purpose::AcceptResidual { label { "Until (last day)" input type="date" name="good_until" value=(typed(ask, "good_until", tried)); } }
                    label { "Conditions, if any" input type="text" name="conditions" value=(typed(ask, "conditions", tried)); }
                    label { "Anything to add" input type="text" name="comment" value=(typed(ask, "comment", tried)); }
                    div.row {
                        button.btn.go { (purpose.def().label) }
                        button.btn name="decision" value="refused" { "Refuse" }
                    }
                }
            }
        }
    }
}

/// The edition in force, where the record still says the same.
fn published(ask: &Ask, record: &Record) -> Option<String> {
    let edition = ask.isms().in_force(record.head.id, ask.day())?;
    let approval = ask.isms().typed::<Approval>(edition.approval)?;
    let holds = approval.good_until.is_none_or(|it| it >= ask.day());
    (holds && edition.record.head.version == record.head.version).then(|| {
        let name = approval.edition.as_deref();
        name.map_or_else(|| "the edition in force".to_owned(), |it| format!("edition {it}"))
    })
}

/// Asking somebody else to decide.
fn request(ask: &Ask, record: &Record) -> Markup {
    let tried = ask.form.has("asked_of");
    let purposes = own_purposes(record);
    if purposes.is_empty() {
        return html! {};
    }
    html! {
        details.drop open[tried] {
            summary.btn { "Ask somebody" }
            div.sheet {
                form method="post" action={ (ask.to_record(record)) "/request" } {
                    (shell::token(ask))
                    label { "What for" select name="purpose" {
                        @for it in &purposes { option value=(it.def().id) selected[ask.form.get("purpose") == Some(it.def().id)] { (it.def().label) } }
                    } }
                    label { "Whom" pick-record data-from=(ask.to("/pick")) data-kinds="role,person" {
                        input type="text" name="asked_of" value=(typed(ask, "asked_of", tried)) placeholder="Number or name of a role or person" autocomplete="off" required;
                    } }
                    label { "By when" input type="date" name="answer_by" value=(typed(ask, "answer_by", tried)); }
                    button.btn.go { "Ask" }
                }
            }
        }
    }
}

/// What can be assented to on this record: by its kind, and what somebody asks for.
fn purposes(ask: &Ask, record: &Record) -> Vec<Purpose> {
    let mut purposes = own_purposes(record);
    for (_, asked) in waiting(ask, record) {
        purposes.extend(asked.purpose.filter(|it| !purposes.contains(it)));
    }
    purposes
}

fn own_purposes(record: &Record) -> Vec<Purpose> {
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

/// What was typed into a form that was refused.
fn typed<'a>(ask: &'a Ask, name: &str, tried: bool) -> &'a str {
    if tried { ask.form.get(name).unwrap_or_default() } else { "" }
}

fn version(record: &Record) -> Markup {
    html! { input type="hidden" name="version" value=(record.head.version); }
}
