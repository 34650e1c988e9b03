//! The working copy and its editions: where it stands, asking for approval, publishing.

use domain::{
    Isms, Step, View,
    access::{Act, On, with_profile},
    approvals,
    command::{Assent, New, Subject},
    four_eyes, holder,
};
use jiff::civil::Date;
use kinds::{
    approval::{Approval, Decision, Purpose},
    membership::Profile,
    role::{Carries, Role},
};
use maud::{Markup, html};
use meta::{Extras, Provenance, Record};
use serde_json::{Map, Value, json};

use super::{Again, sheet::Sheet};
use crate::{Answer, Ask, Problem, shell, words};

/// At most so many editions are listed.
const SHOWN: usize = 30;

/// Where the working copy stands beside the edition in force.
pub(super) fn standing(ask: &Ask, sheet: &Sheet) -> Markup {
    let Some(it) = &sheet.in_force else {
        return html! {
            p.lead { "The working copy. No edition is in force yet: decide on the controls, then publish one." }
        };
    };
    let approval = ask.isms().typed::<Approval>(it.approval);
    let name = &it.edition.number;
    let rows = match it.changed.len() {
        1 => "one row".to_owned(),
        count => format!("{count} rows"),
    };
    html! {
        p.lead {
            @if it.changed.is_empty() { "As in edition " (name) }
            @else { "Working copy, " (rows) " ahead of edition " (name) }
            " ("
            @if let Some(from) = it.edition.in_force_from { "in force since " (words::day(from)) ", " }
            @if let Some(approval) = approval { "approved by " (approver(ask, approval)) }
            ")"
            @if let Some(ended) = it.ended { ". It held until " (words::day(ended)) }
            "."
        }
    }
}

/// Compare, print, submit, publish.
pub(super) fn acts(ask: &Ask, view: View<'_>, sheet: &Sheet, again: &Again) -> Markup {
    let may_publish = ask.may(Act::Approve(Purpose::Publish), On::Everything);
    let may_ask = ask.may(Act::Edit, On::Everything) && ask.may_make("approval");
    let typed = |name: &str| again.typed.0.get(name).unwrap_or_default();
    let tried = again.typed.0.has("seen");
    let same = sheet.in_force.as_ref().filter(|it| it.changed.is_empty() && it.ended.is_none());
    let same = same.filter(|_| !tried && waiting(ask).next().is_none());
    let hand = four_eyes::check(view, Subject::StatementOfApplicability, ask.person());
    html! {
        div.row.acts {
            @if let Some(it) = &sheet.in_force {
                a.btn href={ (ask.to("/soa/compare")) "?from=" (it.approval) } { "Compare with edition " (it.edition.number) }
            }
            @if ask.may(Act::Export, On::Everything) {
                a.btn href=(ask.to("/soa/paper/pdf")) { "PDF" }
                a.btn href=(ask.to("/soa/paper/xlsx")) { "Excel" }
                a.btn href=(ask.to("/soa/paper/csv")) { "CSV" }
            }
            @if let Some(it) = same.filter(|_| may_ask || may_publish) { span.soft { "Nothing changed since edition " (it.edition.number) } }
            @if may_ask && same.is_none() {
                details.drop {
                    summary.btn { "Submit for approval" }
                    div.sheet { form method="post" action=(ask.to("/soa/request")) {
                        (shell::token(ask))
                        p.help { "Somebody who may decide is asked to look at the statement as it stands, and to publish it." }
                        label { "Whom to ask" select name="asked_of" required {
                            @for (id, name) in deciders(ask) { option value=(id) { (name) } }
                        } }
                        label { "Answer wanted by" input type="date" name="answer_by" min=(ask.day()); }
                        button.btn.go { "Ask" }
                    } }
                }
            }
            @if let (true, Err(refusal)) = (may_publish && same.is_none(), &hand) { p.soft { "Publish: " (refusal.to_string()) } }
            @if may_publish && same.is_none() && hand.is_ok() {
                details.drop open[tried] {
                    summary.btn.go { "Publish" }
                    div.sheet { form method="post" action=(ask.to("/soa/edition")) {
                        (shell::token(ask))
                        input type="hidden" name="seen" value=(seen(view.isms));
                        p.help { "You approve all rows as they stand now. They become the edition in force, in your name." }
                        label { "Name of the edition" input type="text" name="edition" required value=(named(ask, typed("edition"))); }
                        label { "In force from" input type="date" name="effective_from" value=(typed("effective_from")); }
                        label { "Conditions, if any" input type="text" name="conditions" value=(typed("conditions")); }
                        label { "Anything to add" input type="text" name="comment" value=(typed("comment")); }
                        div.row {
                            button.btn.go { "Approve and publish" }
                            button.btn name="decision" value="refused" formnovalidate { "Refuse" }
                        }
                    } }
                }
            }
        }
    }
}

/// Who was asked, and the editions there were.
pub(super) fn list(ask: &Ask) -> Markup {
    let view = ask.view();
    let editions: Vec<(&Record, &Approval)> = approvals::soa_standing(view.isms).collect();
    let waiting: Vec<(&Record, &Approval)> = waiting(ask).collect();
    html! {
        section.card #editions {
            h2 { "Editions" small { (editions.len()) } }
            @for (record, it) in &waiting {
                p { span.st.part { "waiting" } " "
                    a.to href=(ask.to_record(record)) { (record.name()) } " asked of "
                    @if let Some(holder) = &it.asked_of { (words::link(ask, holder.link())) } @else { "nobody in particular" }
                    @if let Some(by) = it.asked_by { " by " (words::link(ask, by.link())) }
                    @if let Some(on) = it.asked_on { ", " (words::day(on)) }
                    @if let Some(by) = it.answer_by { " · wanted " (words::away(by, ask.day())) }
                }
            }
            @if editions.is_empty() { p.soft { "None yet. An edition keeps what was approved; changing the table never changes it." } }
            @else {
                div.scroll { table.list {
                    thead { tr { th scope="col" { "Edition" } th scope="col" { "In force from" } th scope="col" { "Approved by" } th scope="col" { "Conditions" } th scope="col" { "See" } } }
                    tbody { @for (at, (record, it)) in editions.iter().enumerate().rev().take(SHOWN) {
                        tr {
                            td { a.to href=(ask.to_record(record)) { (edition_name(at, it)) } @if let Some(place) = approvals::place(view, record) { " " (words::place(place)) } }
                            td { @if let Some(from) = it.effective_from { (words::day(from)) } }
                            td { (approver(ask, it)) }
                            td { (it.conditions.as_ref().map_or("", |it| it.0.as_str())) }
                            td { div.row {
                                a.to href={ (ask.to("/soa/compare")) "?from=" (record.head.id) } { "compare with now" }
                                @if at > 0 { a.to href={ (ask.to("/soa/compare")) "?from=" (editions[at - 1].0.head.id) "&to=" (record.head.id) } { "what it changed" } }
                                a.to href={ (ask.to("/soa/paper/pdf")) "?edition=" (record.head.id) } { "PDF" }
                                a.to href={ (ask.to("/soa/paper/xlsx")) "?edition=" (record.head.id) } { "Excel" }
                            } }
                        }
                    } }
                } }
            }
        }
    }
}

/// Asks somebody to publish the statement as it stands.
pub(super) fn request(ask: &Ask) -> Result<Answer, Problem> {
    let asked_of = ask.form.said("asked_of").unwrap_or_default();
    let known = deciders(ask).into_iter().find(|it| it.0 == asked_of);
    let (id, name) = known.ok_or_else(|| Problem::Wrong("say whom to ask".to_owned()))?;
    let mut fields = Map::from_iter([
        ("title".to_owned(), json!("Publish: Statement of Applicability")),
        ("purpose".to_owned(), json!(Purpose::Publish)),
        ("paper".to_owned(), json!(approvals::STATEMENT_OF_APPLICABILITY)),
        ("asked_of".to_owned(), json!(id)),
        ("asked_by".to_owned(), json!(ask.person().to_string())),
        ("asked_on".to_owned(), json!(ask.day().to_string())),
    ]);
    if let Some(by) = day(ask, "answer_by")? {
        fields.insert("answer_by".to_owned(), Value::String(by.to_string()));
    }
    let new = New {
        id: app::fresh_id(),
        kind: "approval".to_owned(),
        fields,
        stage: None,
        provenance: Provenance::Person,
        extras: Extras::default(),
    };
    match ask.step(Step::New(new)) {
        Ok(receipt) => {
            let said = format!("{name} is asked to decide.");
            Ok(Answer::done(ask.to("/soa"), said, Some(receipt.seq)))
        }
        Err(Problem::Refused { refusal, sentence }) => {
            let status = Problem::Refused { refusal, sentence: String::new() }.status();
            again(ask, sentence, status)
        }
        Err(problem) => Err(problem),
    }
}

/// Approves and publishes the statement as it stands, or refuses to.
pub(super) fn publish(ask: &Ask) -> Result<Answer, Problem> {
    if ask.form.said("seen").is_some_and(|it| it != seen(ask.isms())) {
        let trouble = "the statement was changed while you looked at it: look again before you \
                       decide";
        return again(ask, trouble.to_owned(), axum::http::StatusCode::CONFLICT);
    }
    let view = ask.view();
    let answers = waiting(ask).find(|(_, it)| {
        it.purpose == Some(Purpose::Publish)
            && it.asked_of.is_some_and(|it| holder::is_behind(view, ask.person(), &it))
    });
    let decision = match ask.form.said("decision") {
        Some("refused") => Decision::Refused,
        _ if ask.form.said("conditions").is_some() => Decision::GivenOnCondition,
        _ => Decision::Given,
    };
    let text = |name: &str| ask.form.said(name).map(str::to_owned);
    let assent = Assent {
        decision,
        conditions: text("conditions"),
        comment: text("comment"),
        effective_from: day(ask, "effective_from")?,
        edition: text("edition"),
        ..Assent::new(
            answers.map_or_else(app::fresh_id, |it| it.0.head.id),
            Purpose::Publish,
            Subject::StatementOfApplicability,
        )
    };
    let said = match (decision, &assent.edition) {
        (Decision::Refused, _) => "You said no. It is on record.".to_owned(),
        (_, Some(name)) => format!("Edition {name} is approved, in your name."),
        (_, None) => "The edition is approved, in your name.".to_owned(),
    };
    match ask.step(Step::Assent(assent)) {
        Ok(receipt) => Ok(Answer::done(ask.to("/soa"), said, Some(receipt.seq))),
        Err(Problem::Refused { refusal, sentence }) => {
            let status = Problem::Refused { refusal, sentence: String::new() }.status();
            again(ask, sentence, status)
        }
        Err(problem) => Err(problem),
    }
}

/// What an edition is called: by its name, else by its place.
pub(crate) fn edition_name(at: usize, approval: &Approval) -> String {
    approval.edition.clone().unwrap_or_else(|| (at + 1).to_string())
}

/// The page with what was typed, and what is the matter.
fn again(ask: &Ask, trouble: String, status: axum::http::StatusCode) -> Result<Answer, Problem> {
    let typed = super::Typed(ask.form.clone());
    let status = Some(status);
    super::page(ask, Again { typed, trouble: Some(trouble), status, ..Again::default() })
}

/// Who approved, with the role they acted in.
fn approver(ask: &Ask, it: &Approval) -> Markup {
    html! {
        (words::person(&ask.sight(), it.by.map(|it| it.id())))
        @if let Some(role) = it.acting_as { ", " (words::link(ask, role.link())) }
    }
}

/// Requests about the statement that nobody answered yet.
fn waiting(ask: &Ask) -> impl Iterator<Item = (&Record, &Approval)> {
    ask.isms()
        .live::<Approval>()
        .filter(|(record, _)| record.stage().id == "asked")
        .filter(|(_, it)| it.paper.as_deref() == Some(approvals::STATEMENT_OF_APPLICABILITY))
}

/// Whom to ask: the roles of top management, then the persons who may publish.
fn deciders(ask: &Ask) -> Vec<(String, String)> {
    let view = ask.view();
    let roles = ask.isms().live::<Role>();
    let roles = roles.filter(|(_, it)| it.carries.contains(&Carries::TopManagement));
    let mut found: Vec<(String, String)> = roles
        .map(|(record, _)| {
            let name = holder::describe(view, &meta::Link::to(record.head.id).into());
            (record.head.id.to_string(), name)
        })
        .collect();
    for profile in [Profile::TopManagement, Profile::IsmsManager] {
        for person in with_profile(view, profile) {
            let id = person.head.id.to_string();
            if !found.iter().any(|it| it.0 == id) {
                found.push((id, person.title().to_owned()));
            }
        }
    }
    found
}

/// What of the statement was on screen: it is not approved unseen.
fn seen(isms: &Isms) -> String {
    isms.changed(&["control"]).to_string()
}

/// The name typed, else the next after the last edition where that is a number.
fn named(ask: &Ask, typed: &str) -> String {
    if !typed.is_empty() {
        return typed.to_owned();
    }
    let editions: Vec<_> = approvals::soa_standing(ask.isms()).collect();
    match editions.last() {
        None => "1".to_owned(),
        Some((_, it)) => {
            let last = edition_name(editions.len() - 1, it);
            last.parse::<u32>().map_or_else(|_| String::new(), |it| (it + 1).to_string())
        }
    }
}

fn day(ask: &Ask, name: &str) -> Result<Option<Date>, Problem> {
    let wrong = |it| Problem::Wrong(format!("`{it}` is not a day: write it like 2026-03-31"));
    ask.form.said(name).map(|it| it.parse().map_err(|_| wrong(it))).transpose()
}
