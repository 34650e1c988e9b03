//! What waits for one person: to answer, to decide, to look at again, to do, to prove, to read.

use std::collections::HashSet;

use jiff::{ToSpan, civil::Date};
use kinds::{
    action::Action,
    approval::{Approval, Purpose},
    comment::Comment,
    document::Document,
    event_report::EventReport,
    evidence::Evidence,
    risk::{Risk, Treatment},
};
use meta::{Id, Record};

use crate::{
    View,
    access::{Act, On, Sight},
    approvals::{self, State},
    holder, risk,
    standing::SOON,
};

/// One thing that waits for a person.
#[derive(Clone)]
pub struct Duty<'a> {
    /// What is to be done.
    pub what: What,
    /// The record it is about.
    pub record: &'a Record,
    /// The day by which it should be done, where there is one.
    pub day: Option<Date>,
    /// Why it waits, in a few words; empty where that goes without saying.
    pub note: String,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// Somebody asks for an assent: the record is the approval that asks.
    Answer,
    /// How a risk of theirs is treated wants their approval.
    ApproveTreatment,
    /// What remains of a risk of theirs wants their acceptance.
    AcceptResidual,
    /// What remains of a risk stays above the criteria, and the method names them to decide.
    AcceptAbove,
    /// Something that somebody told is to be looked into.
    Handle,
    /// An action of theirs, or one they help with.
    Act,
    /// A proof they are asked for.
    Prove,
    /// A document to read and acknowledge.
    Read,
    /// Something of theirs is to be looked at again.
    Review,
    /// Somebody mentions them: the record is the comment.
    Mention,
    /// A proposal in their name that nobody made theirs yet.
    Seed,
}

/// Fields that name whoever answers for a record.
const OWNING: [&str; 4] = ["owner", "head", "lead", "handler"];

/// What waits for the person whose sight this is, in the order of what and then of days.
pub fn of(sight: Sight<'_>) -> Vec<Duty<'_>> {
    let mut duties = Vec::new();
    let owned = owned(sight);
    answers(sight, &mut duties);
    for record in &owned {
        if let Some(risk) = record.typed::<Risk>() {
            decisions(sight, record, risk, &mut duties);
        }
        review(sight, record, &mut duties);
        if !record.is_own() && record.is_live() && sight.may(Act::Edit, On::Record(record)) {
            duties.push(Duty { what: What::Seed, record, day: None, note: String::new() });
        }
    }
    above(sight, &mut duties);
    reports(sight, &mut duties);
    tasks(sight, &mut duties);
    readings(sight, &mut duties);
    mentions(sight, &mut duties);
    duties.sort_by_key(|it| (it.what, it.day.unwrap_or(Date::MAX), it.record.head.number));
    duties
}

/// The records that a person answers for, themselves or by a role they hold, each once; withdrawn
/// ones left out.
pub fn owned(sight: Sight<'_>) -> Vec<&Record> {
    let mut seen: HashSet<Id, foldhash::fast::RandomState> = HashSet::default();
    let mut found = Vec::new();
    for stand in sight.access().stands() {
        for link in sight.view.isms.links_to(*stand) {
            let Some(record) = sight.get(link.source).filter(|it| it.is_live()) else { continue };
            let field = record.def().fields.get(usize::from(link.field));
            if field.is_some_and(|it| OWNING.contains(&it.name)) && seen.insert(link.source) {
                found.push(record);
            }
        }
    }
    found
}

/// What the person whose sight this is has to decide about a risk, when it is theirs.
pub fn to_decide<'a>(sight: Sight<'a>, record: &'a Record) -> Vec<What> {
    let mut found = Vec::new();
    if let Some(risk) = record.typed::<Risk>().filter(|_| sight.sees(record) && record.is_live()) {
        decisions(sight, record, risk, &mut found);
    }
    found.into_iter().map(|it| it.what).collect()
}

/// Whether an action is still to be done.
pub fn is_open(record: &Record, action: &Action) -> bool {
    record.is_live()
        && action.done_on.is_none()
        && !matches!(record.stage().id, "done" | "verified")
}

fn answers<'a>(sight: Sight<'a>, duties: &mut Vec<Duty<'a>>) {
    for stand in sight.access().stands() {
        for (record, approval) in sight.view.isms.sources::<Approval>(*stand) {
            let is_asked = approval.asked_of.is_some_and(|it| it.id() == *stand);
            if is_asked && record.stage().id == "asked" && sight.sees(record) {
                let day = approval.answer_by;
                let why = approvals::asked_why(sight.view.isms, approval).unwrap_or_default();
                duties.push(Duty { what: What::Answer, record, day, note: why.to_owned() });
            }
        }
    }
}

/// What the owner of a risk has to decide about it (6.1.3 f).
fn decisions<'a>(sight: Sight<'a>, record: &'a Record, risk: &Risk, duties: &mut Vec<Duty<'a>>) {
    if record.head.stage == 0 || !record.is_own() {
        return;
    }
    let mut decide = |what: What, purpose: Purpose, is_ready: bool| {
        if !is_ready || !sight.may(Act::Approve(purpose), On::Record(record)) {
            return;
        }
        if let Some((note, day)) = open_decision(sight.view, record, purpose) {
            duties.push(Duty { what, record, day, note });
        }
    };
    decide(What::ApproveTreatment, Purpose::ApproveTreatment, !risk.treatment.is_empty());
    decide(What::AcceptResidual, Purpose::AcceptResidual, risk.residual.is_some());
}

/// Why a decision is to be made (again), and by when; `None` while the last one stands.
fn open_decision(
    view: View<'_>,
    record: &Record,
    purpose: Purpose,
) -> Option<(String, Option<Date>)> {
    let label = |name: &String| {
        record.def().field(name).map_or_else(|| name.clone(), |it| it.1.label.to_lowercase())
    };
    let Some((_, approval, state)) = approvals::newest(view, record.head.id, purpose) else {
        return Some(("not decided yet".to_owned(), None));
    };
    match state {
        State::Valid => {
            let soon = view.day.saturating_add(SOON.days());
            let until = approval.good_until.filter(|it| *it <= soon)?;
            Some(("your decision runs out".to_owned(), Some(until)))
        }
        State::Stale(fields) => {
            let fields: Vec<String> = fields.iter().map(label).collect();
            Some((format!("changed since you decided: {}", fields.join(", ")), None))
        }
        State::Expired(day) => Some(("your decision ran out".to_owned(), Some(day))),
        State::Revoked => Some(("the last decision was taken back".to_owned(), None)),
        State::Waiting | State::Refused | State::Unknown => {
            Some(("not decided yet".to_owned(), None))
        }
    }
}

fn review<'a>(sight: Sight<'a>, record: &'a Record, duties: &mut Vec<Duty<'a>>) {
    if record.def().field("next_review").is_none() || !record.is_live() {
        return;
    }
    let soon = sight.view.day.saturating_add(SOON.days());
    let Some(day) = approvals::next_review(sight.view, record).filter(|it| *it <= soon) else {
        return;
    };
    if sight.may(Act::Approve(Purpose::Review), On::Record(record)) {
        duties.push(Duty { what: What::Review, record, day: Some(day), note: String::new() });
    }
}

/// Risks of which more remains than their owners may accept, for whom the method names (6.1.2 a 1).
fn above<'a>(sight: Sight<'a>, duties: &mut Vec<Duty<'a>>) {
    let (view, person) = (sight.view, sight.access().person());
    if !risk::decides_above(view, person) {
        return;
    }
    for (record, body) in view.isms.live::<Risk>() {
        let stays = body.residual.is_some() || body.is_treated_by(Treatment::Retain);
        if record.head.stage == 0 || !record.is_own() || !stays {
            continue;
        }
        let decides = risk::above(view, body).is_some_and(|it| it.includes(view, person));
        if !decides || !sight.may(Act::Approve(Purpose::GrantException), On::Record(record)) {
            continue;
        }
        if let Some((note, day)) = open_decision(view, record, Purpose::GrantException) {
            duties.push(Duty { what: What::AcceptAbove, record, day, note });
        }
    }
}

/// Reports that nobody has judged yet: they wait for whoever handles them, and for all who may while
/// nobody does (A.6.8).
fn reports<'a>(sight: Sight<'a>, duties: &mut Vec<Duty<'a>>) {
    for (record, report) in sight.view.isms.live::<EventReport>() {
        if !matches!(record.stage().id, "new" | "triaged") {
            continue;
        }
        let (is_theirs, note) = match report.handler {
            Some(handler) => (sight.access().stands().contains(&handler.id()), String::new()),
            None => {
                (sight.may(Act::Judge, On::Record(record)), "nobody looks into it yet".to_owned())
            }
        };
        if is_theirs && sight.sees(record) {
            duties.push(Duty { what: What::Handle, record, day: None, note });
        }
    }
}

fn tasks<'a>(sight: Sight<'a>, duties: &mut Vec<Duty<'a>>) {
    let isms = sight.view.isms;
    let mut seen: HashSet<Id, foldhash::fast::RandomState> = HashSet::default();
    for stand in sight.access().stands() {
        for (record, action) in isms.sources::<Action>(*stand) {
            let owns = action.owner.is_some_and(|it| it.id() == *stand);
            let helps = action.others.iter().any(|it| it.id() == *stand);
            if (owns || helps)
                && is_open(record, action)
                && sight.sees(record)
                && seen.insert(record.head.id)
            {
                let note = if owns { String::new() } else { "you help".to_owned() };
                duties.push(Duty { what: What::Act, record, day: action.due, note });
            }
        }
        for (record, evidence) in isms.sources::<Evidence>(*stand) {
            let is_asked = evidence.asked_of.is_some_and(|it| it.id() == *stand);
            if is_asked && record.stage().id == "wanted" && seen.insert(record.head.id) {
                let day = evidence.wanted_by;
                duties.push(Duty { what: What::Prove, record, day, note: String::new() });
            }
        }
    }
}

/// Documents in force that the person is to acknowledge and has not, as they read now.
fn readings<'a>(sight: Sight<'a>, duties: &mut Vec<Duty<'a>>) {
    let (view, access) = (sight.view, sight.access());
    let person = view.isms.get(access.person());
    let reachable = person.and_then(|it| holder::reachable_since(view, it));
    for (working, _) in view.isms.live::<Document>() {
        let Some(edition) = view.isms.in_force(working.head.id, view.day) else { continue };
        let Some(document) = edition.record.typed::<Document>() else { continue };
        if !access.is_among(&document.acknowledged_by) || !sight.sees(working) {
            continue;
        }
        let mine = view.isms.sources::<Approval>(working.head.id).filter(|(record, it)| {
            it.purpose == Some(Purpose::Acknowledge)
                && it.by.is_some_and(|it| it.id() == access.person())
                && record.stage().id == "given"
        });
        let last = mine.max_by_key(|it| it.0.head.created);
        let note = match last {
            Some((record, it)) if approvals::state(view, record, it) == State::Valid => continue,
            Some(_) => "changed since you last read it".to_owned(),
            None => String::new(),
        };
        let since = view.isms.typed::<Approval>(edition.approval);
        let since = since.and_then(|it| it.effective_from.or(it.decided_on)).max(reachable);
        let day = document.acknowledged_within.zip(since).map(|(within, from)| within.after(from));
        duties.push(Duty { what: What::Read, record: working, day, note });
    }
}

fn mentions<'a>(sight: Sight<'a>, duties: &mut Vec<Duty<'a>>) {
    let person = sight.access().person();
    for (record, comment) in sight.view.isms.sources::<Comment>(person) {
        let is_meant = comment.mentions.iter().any(|it| it.id() == person);
        if is_meant && record.is_live() && sight.sees(record) {
            duties.push(Duty { what: What::Mention, record, day: None, note: String::new() });
        }
    }
}

#[cfg(test)]
mod tests;
