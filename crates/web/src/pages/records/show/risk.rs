//! A risk's levels, and what its owner decided: the plan approved, what remains accepted.

use domain::{
    access::{Act, On},
    approvals::{self, State},
    holder,
    risk::{self, Evaluation, Method, Stand},
};
use kinds::{
    Kind,
    approval::{Approval, Purpose},
    risk::Risk,
};
use maud::{Markup, html};
use meta::{Choice, Rating, Record};

use super::{super::form::method_now, around::state_mark};
use crate::{
    Ask,
    pages::matrix::{acceptable, editions, level},
    shell, words,
};

/// Levels and decisions; nothing for records that are no risks.
pub(super) fn panel(ask: &Ask, record: &Record) -> Markup {
    let Some(risk) = record.typed::<Risk>() else { return html! {} };
    let method = risk::method_of(ask.view(), risk);
    html! {
        section.card {
            h2 { "Level and decision"
                small {
                    @match method {
                        Some(it) => { "by " a.to href=(ask.to_record(it.record)) { (it.record.title()) } (edition(ask, it)) }
                        None => { "there is no risk method yet" }
                    }
                }
            }
            (older(ask, record, method))
            div.scroll { table.list {
                thead { tr { th scope="col" { "Rated" } th scope="col" { "Level" } th scope="col" { "Likelihood" } th scope="col" { "Consequence" } th scope="col" { "May it stay so?" } } }
                tbody { @for it in Stand::ALL { @if let Some(rating) = it.of(risk) { (line(ask, method, it, rating)) } } }
            } }
            @if Stand::ALL.iter().all(|it| it.of(risk).is_none()) { p.soft { "Not rated yet: edit the risk and say how likely and how bad it is." } }
            div.decisions {
                (decision(ask, record, risk, Purpose::ApproveTreatment))
                (decision(ask, record, risk, Purpose::AcceptResidual))
                @if risk::above(ask.view(), risk).is_some() { (decision(ask, record, risk, Purpose::GrantException)) }
            }
        }
    }
}

/// Which edition of the method it is.
fn edition(ask: &Ask, method: Method<'_>) -> String {
    let editions = editions(ask, method);
    let version = method.record.head.version;
    let found = editions.into_iter().find(|it| it.1.record.head.version == version);
    found.map_or_else(|| ", a draft".to_owned(), |it| format!(", edition {}", it.0))
}

/// Where the method has moved on since.
fn older(ask: &Ask, record: &Record, method: Option<Method<'_>>) -> Markup {
    let newest = risk::method_in_force(ask.view());
    let key = |it: Method<'_>| (it.record.head.id, it.record.head.version);
    html! {
        @if let (Some(own), Some(newest)) = (method, newest) && key(own) != key(newest) {
            p.note {
                "The method has a newer edition since this was rated. "
                @if let (true, Some(now)) = (ask.may(Act::Edit, On::Record(record)), method_now(ask)) {
                    a href={ (ask.to_record(record)) "/edit?f.method=" (now) "#at-current" } { "Rate it anew" }
                    " to compare it with the others."
                } @else { "It cannot be compared with the others until it is rated anew." }
            }
        }
    }
}

fn line(ask: &Ask, method: Option<Method<'_>>, stand: Stand, rating: &Rating) -> Markup {
    let found = risk::level(method, Some(rating));
    let likelihood = rating.likelihood.map(|rank| {
        let scale = method.map_or(&[][..], |it| it.body.likelihoods.as_slice());
        let name = scale.iter().find(|it| it.rank == rank).map_or("", |it| it.name.as_str());
        format!("{rank} {name}")
    });
    let name = |criterion: &str, rank: i64| {
        let scale = method.map_or(&[][..], |it| it.body.criteria.as_slice());
        let same = scale.iter().find(|it| it.rank == rank && it.criterion == criterion);
        same.map_or("", |it| it.name.as_str())
    };
    let judged = stand != Stand::Inherent;
    html! {
        tr {
            th scope="row" { (stand.label()) @if let Some(on) = rating.on { span.why { (words::short_day(on)) } } }
            td { (level(method, found)) }
            td { (likelihood.unwrap_or_default()) }
            td { @for it in &rating.consequences { div { (it.criterion) ": " (it.rank) " " (name(&it.criterion, it.rank)) } } }
            td { @if let (true, Some(method), Some(found)) = (judged, method, found) {
                @match risk::evaluate(Some(method), Some(found)) {
                    Evaluation::Acceptable => { span.st.good { "acceptable" } }
                    Evaluation::ByAuthority => { span.st.part { "not by itself" } span.why { (acceptable(ask, method, found)) } }
                    Evaluation::TooHigh => { span.st.bad { "too high" } }
                    Evaluation::Unknown => { span.st.none { "the method does not say" } }
                }
            } }
        }
    }
}

/// Whether a decision stands in this panel, and not among the buttons of every record.
pub(super) fn is_beside(record: &Record, purpose: Purpose) -> bool {
    let here = [Purpose::ApproveTreatment, Purpose::AcceptResidual, Purpose::GrantException];
    record.def().id == Risk::ID && here.contains(&purpose)
}

/// One decision of the owner, or of whom the method names above the criteria: how it stands, and what
/// whoever looks can do about it.
fn decision(ask: &Ask, record: &Record, risk: &Risk, purpose: Purpose) -> Markup {
    let view = ask.view();
    let (title, none) = match purpose {
        Purpose::AcceptResidual => ("What remains", "nobody accepted what remains yet"),
        Purpose::GrantException => {
            ("Above the criteria", "nobody who may has accepted that it stays above the criteria")
        }
        _ => ("Treatment", "nobody approved the treatment yet"),
    };
    let newest = approvals::newest(view, record.head.id, purpose);
    let stands = newest.as_ref().is_some_and(|it| it.2 == State::Valid);
    let may = ask.may(Act::Approve(purpose), On::Record(record))
        && domain::authority(view, record, purpose, ask.person()).is_ok();
    let asked: Vec<_> = waiting(ask, record, purpose).collect();
    html! {
        section.decision {
            h3 { (title) }
            p {
                @match &newest {
                    None => { span.st.none { (none) } }
                    Some((row, it, state)) => {
                        (state_mark(record, state)) " "
                        a.to href=(ask.to_record(row)) { (words::person(&ask.sight(), it.by.map(|it| it.id()))) }
                        @if let Some(on) = it.decided_on { ", " (words::short_day(on)) }
                        @if let Some(until) = it.good_until { ", until " (words::short_day(until)) }
                        @if let Some(it) = &it.conditions { span.why { "On condition: " (it.0) } }
                    }
                }
            }
            @for (row, it) in &asked {
                p.soft { a.to href=(ask.to_record(row)) { "Asked" } @if let Some(of) = &it.asked_of { " of " (words::link(ask, of.link())) } @if let Some(on) = it.asked_on { " on " (words::short_day(on)) } @if let Some(why) = approvals::asked_why(ask.isms(), it) { span.why { "“" (why) "”" } } }
            }
            @if may && !record.head.withdrawn { (decide(ask, record, risk, purpose, stands)) }
            @else if !stands && !ask.is_past() { (others(ask, record, risk, purpose, asked.is_empty())) }
        }
    }
}

/// For whoever decides.
fn decide(ask: &Ask, record: &Record, risk: &Risk, purpose: Purpose, again: bool) -> Markup {
    let accepts = matches!(purpose, Purpose::AcceptResidual | Purpose::GrantException);
    let verb = match purpose {
        Purpose::AcceptResidual => "Accept what remains",
        Purpose::GrantException => "Accept it above the criteria",
        _ => "Approve the treatment",
    };
    let tried = ask.form.get("purpose") == Some(purpose.def().id) && !ask.form.has("asked_of");
    let typed = |name: &str| ask.form.get(name).filter(|_| tried).unwrap_or_default();
    let latest = risk::accepted_until(ask.view(), risk);
    let until = if tried {
        typed("good_until").to_owned()
    } else {
        latest.map(|it| it.to_string()).unwrap_or_default()
    };
    html! {
        details.drop open[tried] {
            summary.btn.go[!again] { @if again { "Again: " (verb.to_lowercase()) } @else { (verb) } }
            div.sheet { form method="post" action={ (ask.to_record(record)) "/approval" } {
                (shell::token(ask))
                input type="hidden" name="version" value=(record.head.version);
                input type="hidden" name="purpose" value=(purpose.def().id);
                @if super::super::acts::waiting(ask, record).any(|it| it.1.purpose == Some(purpose)) { p { strong { "You are asked for this." } } }
                p.help { (purpose.def().help) }
                @if accepts { label { "Until (last day)" input type="date" name="good_until" min=(ask.day()) max=[latest] value=(until) required[latest.is_some()]; } }
                @if let (true, Some(latest)) = (accepts, latest) { p.help { "The method allows until " (words::day(latest)) " at most." } }
                label { "Conditions, if any" input type="text" name="conditions" value=(typed("conditions")); }
                label { "Anything to add" input type="text" name="comment" value=(typed("comment")); }
                div.row { button.btn.go { (verb) } button.btn name="decision" value="refused" { "Refuse" } }
            } }
        }
    }
}

/// For everybody else: who decides, and the way to ask them.
fn others(ask: &Ask, record: &Record, risk: &Risk, purpose: Purpose, unasked: bool) -> Markup {
    let view = ask.view();
    let (whom, says) = match purpose {
        Purpose::GrantException => {
            let Some(above) = risk::above(view, risk) else { return html! {} };
            let says = format!("Up to {}.", above.describe(view));
            (above.role(view).map(Record::name), says)
        }
        _ => match risk.owner {
            Some(owner) => {
                let says = format!("Up to its owner, {}.", holder::describe(view, &owner));
                (ask.isms().get(owner.id()).map(Record::name), says)
            }
            None => (None, "It is up to its owner, and it has none yet.".to_owned()),
        },
    };
    let above = purpose == Purpose::GrantException;
    html! {
        p.soft { (says) }
        @if let (true, Some(whom)) = (unasked && ask.may(Act::Edit, On::Record(record)) && ask.may_make("approval"), whom) {
            form method="post" action={ (ask.to_record(record)) "/request" } {
                (shell::token(ask))
                input type="hidden" name="purpose" value=(purpose.def().id);
                input type="hidden" name="asked_of" value=(whom);
                @if above { label { "Why it should stay so" input type="text" name="why" required maxlength="200" value=(ask.form.get("why").unwrap_or_default()); } }
                button.btn.small { @if above { "Ask them" } @else { "Ask the owner" } }
            }
        }
    }
}

/// Requests for this that nobody answered yet.
fn waiting<'a>(
    ask: &'a Ask,
    record: &'a Record,
    purpose: Purpose,
) -> impl Iterator<Item = (&'a Record, &'a Approval)> {
    let rows = ask.isms().sources::<Approval>(record.head.id);
    rows.filter(move |(row, it)| {
        row.stage().id == "asked"
            && it.purpose == Some(purpose)
            && it.subject.is_some_and(|it| it.id() == record.head.id)
    })
}
