//! Why a command was refused: every reason, with what it takes to put it in a sentence.

use std::fmt;

use kinds::{Kind, approval::Approval};
use meta::{KindDef, Problem};

use crate::text::quoted;

/// Why nothing happened. `Display` says it in one sentence: what, where and what to do, in words
/// that hold wherever it is read. How it is done there is for the one who shows it to add.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// There is no such kind.
    UnknownKind {
        /// What was asked for.
        kind: String,
    },
    /// There is no such record, or it is withdrawn.
    Missing {
        /// What was asked for.
        record: String,
    },
    /// The record is withdrawn.
    Withdrawn {
        /// The record's name.
        record: String,
    },
    /// Nobody could act any more.
    LastPerson {
        /// The person's name.
        record: String,
    },
    /// Nobody could decide any more who may do what.
    LastAdministrator {
        /// The name of the membership or person.
        record: String,
    },
    /// A new record with the id of one that is there.
    Taken {
        /// The id.
        record: String,
    },
    /// The person's access does not allow it.
    NotPermitted {
        /// What they may not do: `change RISK-12`.
        what: String,
        /// Whom to ask instead.
        ask: String,
    },
    /// Somebody else changed the record first.
    Stale {
        /// The record's name.
        record: String,
        /// The version the asker saw.
        seen: u32,
        /// The version it has.
        current: u32,
    },
    /// Fields that are wrong.
    Invalid {
        /// The record's kind; empty where it is about no record.
        kind: &'static str,
        /// The record's name, or its kind when it is new.
        record: String,
        /// What is wrong; at least one.
        problems: Vec<Problem>,
    },
    /// A stage that cannot be reached from where the record is.
    NotReachable {
        /// The record's kind.
        kind: &'static str,
        /// The record's name.
        record: String,
        /// Where it is.
        from: &'static str,
        /// Where it should go.
        to: String,
        /// Where it can go.
        possible: &'static [&'static str],
    },
    /// The stage is reached by publishing only.
    OnlyByPublishing {
        /// The record's kind.
        kind: &'static str,
        /// The record's name.
        record: String,
        /// The stage's id.
        to: &'static str,
    },
    /// The move needs a reason.
    NeedsReason {
        /// The record's kind.
        kind: &'static str,
        /// The record's name.
        record: String,
        /// The stage's id.
        to: &'static str,
    },
    /// A round closes without risks that it takes in, and nobody says why.
    LeftOut {
        /// The round's name.
        record: String,
        /// The names of some risks that nobody looked at.
        risks: Vec<String>,
        /// How many there are.
        count: usize,
    },
    /// Others still link to it.
    StillLinked {
        /// The record's name.
        record: String,
        /// The names of some that link to it.
        by: Vec<String>,
        /// How many link to it.
        count: usize,
    },
    /// A second record of a kind of which there is one.
    Sole {
        /// The kind's label.
        kind: &'static str,
        /// The name of the one there is.
        existing: String,
    },
    /// The body was erased and cannot be changed.
    Erased {
        /// The record's name.
        record: String,
    },
    /// Two records of different kinds cannot become one.
    CannotMerge {
        /// The name of the one.
        kept: String,
        /// The name of the other.
        dropped: String,
        /// Why not.
        why: &'static str,
    },
    /// An act that only a person can do.
    NeedsPerson,
    /// Who acts is no person of this organization, or has left.
    NotActing {
        /// Who.
        actor: String,
        /// Why not.
        why: &'static str,
    },
    /// Whoever had a hand in something cannot publish it.
    FourEyes {
        /// What they did: `you changed DOC-3 since its last edition`.
        why: String,
        /// The names of some who may publish it instead.
        ask: Vec<String>,
    },
    /// It was done before, and still stands.
    Already {
        /// What, and what to do: `you acknowledged this edition of DOC-3 on 2026-11-02 already`.
        what: String,
    },
    /// The person may not give this assent.
    NoAuthority {
        /// The record's or paper's name.
        subject: String,
        /// Why not, and who may.
        why: String,
    },
    /// An act that is not written like a record.
    Act {
        /// The record's name.
        record: String,
        /// How it comes about instead.
        why: &'static str,
    },
    /// The purpose does not fit the subject.
    WrongPurpose {
        /// The purpose's id.
        purpose: &'static str,
        /// The record's or paper's name.
        subject: String,
        /// What it is for.
        why: &'static str,
    },
    /// The command would change nothing.
    Nothing,
}

/// A refusal, and which step of the command is to blame.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    /// The place of the step, from 0; `None` where it is about the command as a whole.
    pub step: Option<usize>,
    /// Why nothing happened.
    pub refusal: Refusal,
}

impl Located {
    /// About the command as a whole.
    pub(crate) fn nowhere(refusal: Refusal) -> Self {
        Self { step: None, refusal }
    }
}

impl Refusal {
    /// The kind whose fields, stages and options it names in backticks, where it names any.
    pub fn def(&self) -> Option<&'static KindDef> {
        match self {
            Self::Invalid { kind, .. }
            | Self::NotReachable { kind, .. }
            | Self::OnlyByPublishing { kind, .. }
            | Self::NeedsReason { kind, .. } => kinds::kind(kind),
            Self::WrongPurpose { .. } => kinds::kind(Approval::ID),
            _ => None,
        }
    }

    /// To blame on this step.
    pub(crate) fn at(self, step: usize) -> Located {
        Located { step: Some(step), refusal: self }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKind { kind } => {
                write!(f, "there is no kind of record called `{kind}`")
            }
            Self::Missing { record } => write!(f, "there is no record `{record}`"),
            Self::Withdrawn { record } => {
                write!(f, "{record} is withdrawn: bring it back first")
            }
            Self::LastPerson { record } => {
                write!(f, "{record} is the last person here who can act: record another one first")
            }
            Self::LastAdministrator { record } => write!(
                f,
                "without {record} nobody could decide any more who may do what: make somebody else \
                 an administrator first"
            ),
            Self::Taken { record } => {
                write!(f, "there is a record `{record}` already: give the new one an id of its own")
            }
            Self::NotPermitted { what, ask } => write!(f, "you may not {what}: ask {ask}"),
            Self::Stale { record, seen, current } => write!(
                f,
                "{record} was changed meanwhile (you saw version {seen}, it is at {current}): look \
                 at it again and repeat"
            ),
            Self::Invalid { record, problems, .. } => {
                write!(f, "{record} cannot be saved:")?;
                for (at, problem) in problems.iter().enumerate() {
                    let gap = if at == 0 { " " } else { "; " };
                    match problem.field.as_str() {
                        "" => write!(f, "{gap}{}", problem.message)?,
                        field => write!(f, "{gap}`{field}`: {}", problem.message)?,
                    }
                }
                Ok(())
            }
            Self::NotReachable { record, from, to, possible, .. } => match possible {
                [] => write!(f, "{record} is `{from}` and stays so: it cannot become `{to}`"),
                _ => write!(
                    f,
                    "{record} cannot go from `{from}` to `{to}`: from there it can become {}",
                    quoted(possible)
                ),
            },
            Self::OnlyByPublishing { record, to, .. } => {
                write!(f, "{record} becomes `{to}` by publishing it")
            }
            Self::NeedsReason { record, to, .. } => {
                write!(f, "say why {record} becomes `{to}`")
            }
            Self::LeftOut { record, risks, count } => {
                write!(f, "nobody looked at {}", risks.join(", "))?;
                if *count > risks.len() {
                    write!(f, " and {} more", count - risks.len())?;
                }
                write!(f, " in {record}: look at them, or say why it is closed without them")
            }
            Self::StillLinked { record, by, count } => {
                write!(f, "{record} is still named by {}", by.join(", "))?;
                if *count > by.len() {
                    write!(f, " and {} more", count - by.len())?;
                }
                write!(f, ": change those first, or merge it into another record")
            }
            Self::Sole { kind, existing } => {
                write!(
                    f,
                    "there is one {} only, and it is {existing}: edit that",
                    kind.to_lowercase()
                )
            }
            Self::Erased { record } => {
                write!(f, "the content of {record} was erased and cannot be changed")
            }
            Self::CannotMerge { kept, dropped, why } => {
                write!(f, "{dropped} cannot become part of {kept}: {why}")
            }
            Self::NeedsPerson => write!(f, "only a person can do this"),
            Self::NotActing { actor, why } => write!(f, "{actor} cannot act: {why}"),
            Self::FourEyes { why, ask } => {
                write!(f, "{why}, and this organization wants a second pair of eyes: ")?;
                match ask.as_slice() {
                    [] => write!(
                        f,
                        "nobody else here may publish it yet, so give somebody that right"
                    ),
                    ask => write!(f, "ask {} to publish it", ask.join(" or ")),
                }
            }
            Self::Already { what } => write!(f, "{what}"),
            Self::NoAuthority { subject, why } => {
                write!(f, "you cannot decide on {subject}: {why}")
            }
            Self::Act { record, why } => write!(f, "{record} is not written by hand: {why}"),
            Self::WrongPurpose { purpose, subject, why } => {
                write!(f, "`{purpose}` does not fit {subject}: {why}")
            }
            Self::Nothing => write!(f, "nothing would change"),
        }
    }
}

impl std::error::Error for Refusal {}
