//! What somebody asks for.

use jiff::{Timestamp, civil::Date};
use kinds::approval::{Decision, Purpose};
use ledger::Salt;
use meta::{Extras, Id, Provenance};
use serde_json::{Map, Value};

/// What somebody asks for: all of it happens in one commit, or nothing.
#[derive(Debug, Clone, Default)]
pub struct Command {
    /// Why.
    pub note: Option<String>,
    /// What, in order.
    pub steps: Vec<Step>,
}

/// One step of a command.
#[derive(Debug, Clone)]
pub enum Step {
    /// Make a record.
    New(New),
    /// Change fields of a record.
    Edit(Edit),
    /// Move a record to another stage.
    Move {
        /// The record.
        record: Id,
        /// The version the asker saw; `None` to take whatever is there.
        version: Option<u32>,
        /// The stage's id.
        to: String,
        /// Why, where the stage wants a reason; kept as the commit's note.
        reason: Option<String>,
    },
    /// Hide a record from lists; refused while others link to it.
    Withdraw {
        /// The record.
        record: Id,
        /// The version the asker saw.
        version: Option<u32>,
    },
    /// Undo a withdrawal.
    Reinstate {
        /// The record.
        record: Id,
    },
    /// Erase the contents of revisions; the ledger keeps their hashes.
    Erase {
        /// The record.
        record: Id,
        /// Which versions; all when empty.
        versions: Vec<u32>,
    },
    /// Make two records one: every link to `dropped` points to `kept` afterwards.
    Merge {
        /// The record that stays.
        kept: Id,
        /// The record that is withdrawn.
        dropped: Id,
    },
    /// Give a record the content it had: an earlier revision, or (`None`) not being there.
    Revert {
        /// The record.
        record: Id,
        /// The version the asker saw.
        version: Option<u32>,
        /// What it shall be again.
        to: Option<Former>,
    },
    /// Assent to a record or a paper, or refuse it.
    Assent(Assent),
    /// Say that seeded or imported text is ours.
    Confirm {
        /// The record.
        record: Id,
    },
}

/// A record to be made.
#[derive(Debug, Clone)]
pub struct New {
    /// Its identity, chosen by the asker so that steps of one command can link to each other.
    pub id: Id,
    /// The kind's id.
    pub kind: String,
    /// Its fields.
    pub fields: Map<String, Value>,
    /// The stage to begin in; the first when absent.
    pub stage: Option<String>,
    /// Where its content comes from.
    pub provenance: Provenance,
    /// What it carries beside its fields.
    pub extras: Extras,
}

/// Fields to be changed.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The record.
    pub record: Id,
    /// The version the asker saw; `None` to take whatever is there.
    pub version: Option<u32>,
    /// The fields to set; null clears one.
    pub fields: Map<String, Value>,
    /// What it shall carry beside its fields from now on; `None` to leave that.
    pub extras: Option<Extras>,
    /// Who the new content comes from.
    pub provenance: Provenance,
}

/// What a record was at an earlier version.
#[derive(Debug, Clone)]
pub struct Former {
    /// The stored text: canonical JSON of `{body, extras}`.
    pub text: String,
    /// The stage's id.
    pub stage: String,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// Where its content came from.
    pub provenance: Provenance,
}

/// An act of assent, by the actor.
#[derive(Debug, Clone)]
pub struct Assent {
    /// The identity of the approval record to be made.
    pub id: Id,
    /// What for.
    pub purpose: Purpose,
    /// To what.
    pub subject: Subject,
    /// The version the asker saw.
    pub version: Option<u32>,
    /// Yes, no, or yes on conditions.
    pub decision: Decision,
    /// Which conditions.
    pub conditions: Option<String>,
    /// Anything to add.
    pub comment: Option<String>,
    /// In which role; chosen from those held when absent and unambiguous.
    pub acting_as: Option<Id>,
    /// The last day on which it shall hold.
    pub good_until: Option<Date>,
    /// From when what is published holds; the day of the act when absent.
    pub effective_from: Option<Date>,
    /// The edition's own name.
    pub edition: Option<String>,
    /// When to look again, for a review; computed from the cadence when absent.
    pub next_review: Option<Date>,
}

/// What an act of assent is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A record.
    Record(Id),
    /// The Statement of Applicability as it stands.
    StatementOfApplicability,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A job of the program itself.
    System,
    /// A person.
    Person(Id),
}

/// What a decision needs from outside: the time, and where randomness comes from.
pub struct Now<'a> {
    /// The moment of the decision.
    pub at: Timestamp,
    /// The day it is in the organization's time zone.
    pub day: Date,
    /// Gives a salt never used before.
    pub salt: &'a mut dyn FnMut() -> Salt,
}

/// How the reason of a commit that undoes another begins.
const UNDOES: &str = "undo of entry ";

/// The reason of a commit that undoes another: which, and why where somebody says so.
pub fn undo_note(seq: u64, why: Option<&str>) -> String {
    match why.map(str::trim).filter(|it| !it.is_empty()) {
        Some(why) => format!("{UNDOES}{seq}: {why}"),
        None => format!("{UNDOES}{seq}"),
    }
}

/// The entry that a commit with this reason undoes.
pub fn undoes(note: &str) -> Option<u64> {
    let rest = note.strip_prefix(UNDOES)?;
    rest.split(':').next()?.parse().ok()
}

/// Whether the reason of a commit says why, and not only what it undoes.
pub(crate) fn says_why(note: Option<&str>) -> bool {
    let note = note.unwrap_or_default().trim();
    let rest =
        note.strip_prefix(UNDOES).map(|it| it.trim_start_matches(|it: char| it.is_ascii_digit()));
    !rest.unwrap_or(note).is_empty()
}

impl Command {
    /// A command of one step.
    pub fn one(step: Step) -> Self {
        Self { note: None, steps: vec![step] }
    }

    /// The same command with a reason.
    #[must_use]
    pub fn because(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

impl Step {
    /// Whether it is done to this record.
    pub fn is_about(&self, id: Id) -> bool {
        match self {
            Self::New(it) => it.id == id,
            Self::Edit(it) => it.record == id,
            Self::Move { record, .. }
            | Self::Withdraw { record, .. }
            | Self::Reinstate { record }
            | Self::Erase { record, .. }
            | Self::Revert { record, .. }
            | Self::Confirm { record } => *record == id,
            Self::Merge { kept, dropped } => *kept == id || *dropped == id,
            Self::Assent(it) => it.id == id || it.subject == Subject::Record(id),
        }
    }
}

impl Assent {
    /// A plain yes to whatever stands there.
    pub fn new(id: Id, purpose: Purpose, subject: Subject) -> Self {
        Self {
            id,
            purpose,
            subject,
            version: None,
            decision: Decision::Given,
            conditions: None,
            comment: None,
            acting_as: None,
            good_until: None,
            effective_from: None,
            edition: None,
            next_review: None,
        }
    }
}

impl Actor {
    /// The person; `None` for the system.
    pub fn person(self) -> Option<Id> {
        match self {
            Self::Person(id) => Some(id),
            Self::System => None,
        }
    }
}
