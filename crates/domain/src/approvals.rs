//! What an approval was bound to, and whether it still stands.

use jiff::civil::Date;
use kinds::{
    Kind,
    action::Action,
    approval::{Approval, Purpose},
    control::Control,
    risk::Risk,
};
use ledger::{
    Salt, canonical,
    hash::{hex, salted_hash, unhex},
};
use meta::{Choice, Id, Record};
use serde_json::{Map, Value, json};

use crate::{Isms, View, parameters};

/// The name of the paper, as approvals keep it.
pub const STATEMENT_OF_APPLICABILITY: &str = "statement-of-applicability";

/// Whether an approval still stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Asked, not answered.
    Waiting,
    /// Given, and what it was given to is as it was.
    Valid,
    /// What it was given to has changed: in these fields (or rows of a paper).
    Stale(Vec<String>),
    /// It was given until an earlier day.
    Expired(Date),
    /// The answer was no.
    Refused,
    /// Taken back.
    Revoked,
    /// What it was given to was erased, or was made from another form of the body.
    Unknown,
}

/// The material content of a subject, field by field (for a paper: row by row).
#[derive(Debug, Clone, PartialEq)]
pub struct Digest(Vec<(String, Value)>);

impl Digest {
    /// Whether there is no field at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The salted digest of the whole, and of each field.
    pub fn salted(&self, salt: &Salt) -> (String, Vec<(String, String)>) {
        let digest = |value: &Value| {
            let text = canonical::write(value).unwrap_or_else(|_| value.to_string());
            hex(&salted_hash(salt, &text))
        };
        let rows: Vec<_> = self.0.iter().map(|(name, it)| (name.clone(), digest(it))).collect();
        let whole: Value = rows.iter().map(|(name, it)| json!([name, it])).collect();
        (digest(&whole), rows)
    }
}

/// Where an edition stands among the others of its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It is in force; until the day before this one, where the next is to follow.
    InForce(Option<Date>),
    /// It comes into force on this day.
    From(Date),
    /// A later one took its place.
    Replaced,
}

/// Where the edition that an approval published stands on the view's day; `None` for what published
/// none, or was taken back.
pub fn place(view: View<'_>, approval: &Record) -> Option<Place> {
    let standing: Vec<(Id, Option<Date>)> = match approval.typed::<Approval>()?.subject {
        Some(subject) => {
            let all = view.isms.standing_editions(subject.id());
            all.map(|(it, act)| (it.approval, act.effective_from)).collect()
        }
        None => soa_standing(view.isms).map(|(it, act)| (it.head.id, act.effective_from)).collect(),
    };
    let from = |at: usize| standing.get(at)?.1.filter(|it| *it > view.day);
    let at = standing.iter().position(|it| it.0 == approval.head.id)?;
    if let Some(day) = from(at) {
        return Some(Place::From(day));
    }
    match (0..standing.len()).rfind(|it| from(*it).is_none()) == Some(at) {
        true => Some(Place::InForce(from(at + 1))),
        false => Some(Place::Replaced),
    }
}

/// Whether an approval still stands on the view's day.
pub fn state(view: View<'_>, record: &Record, approval: &Approval) -> State {
    match record.stage().id {
        "asked" => return State::Waiting,
        "refused" => return State::Refused,
        "revoked" => return State::Revoked,
        _ => {}
    }
    if let Some(until) = approval.good_until.filter(|it| *it < view.day) {
        return State::Expired(until);
    }
    let now = match (&approval.subject, &approval.paper) {
        (Some(subject), _) => match view.isms.get(subject.id()) {
            None => return State::Unknown,
            Some(it) if it.is_erased() => return State::Unknown,
            Some(it) if approval.body_version != Some(it.def().body_version.into()) => {
                return State::Unknown;
            }
            Some(it) => {
                let edition = match approval.purpose {
                    Some(Purpose::Acknowledge) => view.isms.in_force(subject.id(), view.day),
                    _ => None,
                };
                let it = edition.map_or(it, |edition| &*edition.record);
                if untouched_since(view.isms, it, approval, decided_at(record)) {
                    return State::Valid;
                }
                digest_of(view.isms, it, approval.purpose.unwrap_or(Purpose::Approve))
            }
        },
        (None, Some(paper)) if paper == STATEMENT_OF_APPLICABILITY => digest_of_soa(view),
        _ => return State::Unknown,
    };
    let salt = approval.salt.as_deref().and_then(unhex::<16>);
    let Some(salt) = salt else { return State::Unknown };
    let (digest, rows) = now.salted(&salt);
    if approval.digest.as_ref() == Some(&digest) {
        return State::Valid;
    }
    let seen = |name: &str| approval.rows.iter().find(|it| it.reference == name);
    let mut changed: Vec<String> = rows
        .iter()
        .filter(|(name, digest)| seen(name).is_none_or(|it| it.digest != *digest))
        .map(|(name, _)| name.clone())
        .collect();
    let here = |name: &str| rows.iter().any(|it| it.0 == name);
    changed.extend(
        approval.rows.iter().filter(|it| !here(&it.reference)).map(|it| it.reference.clone()),
    );
    State::Stale(changed)
}

/// The newest approval of a record for a purpose that was answered with yes, and its state.
pub fn newest<'a>(
    view: View<'a>,
    subject: Id,
    purpose: Purpose,
) -> Option<(&'a Record, &'a Approval, State)> {
    let (record, approval) = view
        .isms
        .sources::<Approval>(subject)
        .filter(|(_, it)| it.purpose == Some(purpose))
        .filter(|(_, it)| it.subject.is_some_and(|it| it.id() == subject))
        .filter(|(record, _)| matches!(record.stage().id, "given" | "revoked"))
        .max_by_key(|(record, _)| decided_at(record))?;
    Some((record, approval, state(view, record, approval)))
}

/// The newest publication of the Statement of Applicability that was not revoked, and its state.
pub fn soa_edition(view: View<'_>) -> Option<(&Record, &Approval, State)> {
    let (record, approval) = soa_editions(view).last()?;
    Some((record, approval, state(view, record, approval)))
}

/// The position of the commit in which an approval was decided: for one that was asked for first,
/// later than the commit that made its record.
pub fn decided_at(record: &Record) -> u64 {
    let approval = record.typed::<Approval>();
    let decided = approval.and_then(|it| {
        let seen = u64::try_from(it.position?).ok()?;
        // A paper keeps the position that was read, a record that of the act.
        Some(seen + u64::from(it.paper.is_some()))
    });
    decided.map_or(record.head.created, |it| it.max(record.head.created))
}

/// Every publication of the Statement of Applicability that was not revoked and has taken effect,
/// oldest first.
pub fn soa_editions<'a>(
    view: View<'a>,
) -> impl DoubleEndedIterator<Item = (&'a Record, &'a Approval)> {
    let standing = soa_standing(view.isms);
    standing.filter(move |(_, it)| it.effective_from.is_none_or(|from| from <= view.day))
}

/// Every publication of the Statement of Applicability that was not revoked, also those that are
/// still to come into force; oldest first.
pub fn soa_standing(isms: &Isms) -> impl DoubleEndedIterator<Item = (&Record, &Approval)> {
    let rows = isms.rows(Approval::ID).filter(|it| !it.head.withdrawn);
    let mut found: Vec<(&Record, &Approval)> = rows
        .filter_map(|it| Some((it, it.typed::<Approval>()?)))
        .filter(|(_, it)| it.paper.as_deref() == Some(STATEMENT_OF_APPLICABILITY))
        .filter(|(record, it)| it.purpose == Some(Purpose::Publish) && record.stage().id == "given")
        .collect();
    // One that was asked for early and given late is late.
    found.sort_by_key(|(record, _)| (decided_at(record), record.head.number));
    found.into_iter()
}

/// The day on which a record must be looked at again: the one the newest review set, or else the one
/// typed into it.
pub fn next_review(view: View<'_>, record: &Record) -> Option<Date> {
    let review = newest(view, record.head.id, Purpose::Review).and_then(|it| it.1.next_review);
    let typed = match record.cell("next_review") {
        meta::Cell::Day(day) => Some(day),
        _ => None,
    };
    review.max(typed)
}

/// The day on which a record comes up again when it was looked at on this day: by its own cadence, else
/// by the organization's.
pub fn review_after(isms: &Isms, record: &Record, day: Date) -> Date {
    let period = match record.cell("cadence") {
        meta::Cell::Period(period) => period,
        _ => parameters::period(isms, "context.review"),
    };
    period.after(day)
}

/// What an approval for this purpose binds a record to: its material fields; for a treatment the
/// option, controls, residual and the what, who and when of its actions; for a residual risk what
/// was rated, how and whose it is.
pub fn digest_of(isms: &Isms, record: &Record, purpose: Purpose) -> Digest {
    let body = record.body.json();
    let take = |names: &[&str]| -> Vec<(String, Value)> {
        names
            .iter()
            .map(|it| ((*it).to_owned(), body.get(it).cloned().unwrap_or_default()))
            .collect()
    };
    match (purpose, record.def().id) {
        (Purpose::ApproveTreatment, "risk") => {
            let mut fields = take(&["owner", "treatment", "controls", "mechanism", "residual"]);
            for (action, _) in actions_of(isms, record.head.id) {
                let json = action.body.json();
                let part = ["title", "owner", "due"].map(|it| json.get(it).cloned());
                if !record_is_dropped(action) {
                    fields.push((action.name(), json!(part)));
                }
            }
            Digest(fields)
        }
        (Purpose::AcceptResidual, "risk") => {
            Digest(take(&["scenario", "owner", "method", "treatment", "controls", "residual"]))
        }
        _ => {
            let fields = record.def().fields.iter().filter(|it| it.material);
            Digest(take(&fields.map(|it| it.name).collect::<Vec<_>>()))
        }
    }
}

/// What the publication of the Statement of Applicability binds: for each row its reference,
/// applicability, reasons, texts and implementation.
pub fn digest_of_soa(view: View<'_>) -> Digest {
    let mut rows: Vec<(String, Value)> = view
        .isms
        .live::<Control>()
        .map(|(record, control)| {
            let reference = control.reference.clone().unwrap_or_else(|| record.name());
            let mut row = Map::new();
            let body = record.body.json();
            for name in
                ["applicability", "reasons", "justification", "exclusion_reason", "implementation"]
            {
                row.insert(name.to_owned(), body.get(name).cloned().unwrap_or_default());
            }
            (reference, Value::Object(row))
        })
        .collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    Digest(rows)
}

/// An action that was given up is no part of the plan any more.
fn record_is_dropped(action: &Record) -> bool {
    action.stage().id == "cancelled"
}

/// The actions that serve a risk.
pub fn actions_of(isms: &Isms, risk: Id) -> impl Iterator<Item = (&Record, &Action)> {
    isms.sources::<Action>(risk).filter(move |(_, it)| it.serves.iter().any(|it| it.id() == risk))
}

/// Why somebody asks for an assent, where they said so: what its title says beyond what it is for.
pub fn asked_why<'a>(isms: &Isms, request: &'a Approval) -> Option<&'a str> {
    let subject = isms.get(request.subject?.id())?;
    let begins = format!("{}: {}. ", request.purpose?.def().label, subject.name());
    request.title.strip_prefix(&begins)
}

/// Nothing the approval was bound to has changed since it was made: the quick answer.
fn untouched_since(isms: &Isms, subject: &Record, approval: &Approval, made: u64) -> bool {
    let same = approval.version == Some(subject.head.version.into());
    let is_plan =
        approval.purpose == Some(Purpose::ApproveTreatment) && subject.typed::<Risk>().is_some();
    same && (!is_plan || actions_of(isms, subject.head.id).all(|(it, _)| it.head.changed <= made))
}
