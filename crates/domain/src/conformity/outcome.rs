//! What a rule found.

use std::borrow::Cow;

use meta::{Id, Record};

use crate::conformity::Grade;

/// The answer of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// What the rule asks for is there.
    Pass,
    /// The rule does not concern this organization, for a reason that is given.
    NotApplicable,
    /// It cannot be told: data are missing, too old or still a seed.
    Unknown,
    /// What the rule asks for is not there.
    Fail,
}

/// One record (or none, where something is missing altogether) and what is the matter with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The record.
    pub record: Option<Id>,
    /// What is the matter, in a few words.
    pub note: Cow<'static, str>,
}

/// What a rule found, and the records that prove it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The answer.
    pub verdict: Verdict,
    /// The suggested grade of a failure.
    pub grade: Option<Grade>,
    /// The answer in one sentence.
    pub summary: Cow<'static, str>,
    /// What fails.
    pub fails: Vec<Case>,
    /// What cannot be told.
    pub unknowns: Vec<Case>,
    /// The records that were looked at and are as they should be.
    pub passes: Vec<Id>,
}

impl Case {
    /// Something about a record.
    pub fn on(record: &Record, note: impl Into<Cow<'static, str>>) -> Self {
        Self { record: Some(record.head.id), note: note.into() }
    }

    /// Something that is missing altogether.
    pub fn absent(note: impl Into<Cow<'static, str>>) -> Self {
        Self { record: None, note: note.into() }
    }
}

impl Outcome {
    /// What is asked for is there, proven by these records (at least one).
    pub fn pass(summary: impl Into<Cow<'static, str>>, passes: Vec<Id>) -> Self {
        Self::new(Verdict::Pass, None, summary, Vec::new(), Vec::new(), passes)
    }

    /// What is asked for is not there.
    pub fn fail(grade: Grade, summary: impl Into<Cow<'static, str>>, fails: Vec<Case>) -> Self {
        Self::new(Verdict::Fail, Some(grade), summary, fails, Vec::new(), Vec::new())
    }

    /// It cannot be told, for this reason.
    pub fn unknown(summary: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Verdict::Unknown, None, summary, Vec::new(), Vec::new(), Vec::new())
    }

    /// It does not concern this organization, for this reason.
    pub fn not_applicable(summary: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Verdict::NotApplicable, None, summary, Vec::new(), Vec::new(), Vec::new())
    }

    /// The same outcome with what else could not be told.
    #[must_use]
    pub fn with_unknowns(mut self, unknowns: Vec<Case>) -> Self {
        self.unknowns = unknowns;
        self
    }

    fn new(
        verdict: Verdict,
        grade: Option<Grade>,
        summary: impl Into<Cow<'static, str>>,
        fails: Vec<Case>,
        unknowns: Vec<Case>,
        passes: Vec<Id>,
    ) -> Self {
        Self { verdict, grade, summary: summary.into(), fails, unknowns, passes }
    }
}

impl Verdict {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not applicable",
        }
    }
}

/// Judges records one by one: any failure fails the rule, any doubt makes it unknown, and looking
/// at nothing at all never passes.
pub(super) struct Each {
    fails: Vec<Case>,
    unknowns: Vec<Case>,
    passes: Vec<Id>,
}

impl Each {
    /// Nothing looked at yet.
    pub(super) fn new() -> Self {
        Self { fails: Vec::new(), unknowns: Vec::new(), passes: Vec::new() }
    }

    /// The record is as it should be.
    pub(super) fn pass(&mut self, record: &Record) {
        self.passes.push(record.head.id);
    }

    /// The record is not as it should be.
    pub(super) fn fail(&mut self, record: &Record, note: impl Into<Cow<'static, str>>) {
        self.fails.push(Case::on(record, note));
    }

    /// It cannot be told whether the record is as it should be.
    pub(super) fn unknown(&mut self, record: &Record, note: impl Into<Cow<'static, str>>) {
        self.unknowns.push(Case::on(record, note));
    }

    /// Something is missing altogether.
    pub(super) fn absent(&mut self, note: impl Into<Cow<'static, str>>) {
        self.fails.push(Case::absent(note));
    }

    /// Passes when `is` holds, fails with the note otherwise.
    pub(super) fn judge(&mut self, record: &Record, is: bool, note: &'static str) {
        if is { self.pass(record) } else { self.fail(record, note) }
    }

    /// How many records were looked at.
    pub(super) fn seen(&self) -> usize {
        self.fails.len() + self.unknowns.len() + self.passes.len()
    }

    /// How many records are not as they should be.
    pub(super) fn failed(&self) -> usize {
        self.fails.len()
    }

    /// Whether failures are no isolated lapse: three or more, and more than one in ten.
    pub(super) fn is_widespread(&self) -> bool {
        self.failed() >= 3 && self.failed() * 10 > self.seen()
    }

    /// The outcome: failures in `grade`; `none` is the outcome when nothing was looked at.
    /// `what` names what was looked at, in the plural: `risks`.
    pub(super) fn outcome(
        self,
        grade: Grade,
        what: &str,
        none: impl FnOnce() -> Outcome,
    ) -> Outcome {
        let count = self.seen();
        let (verdict, grade, summary) = match (self.fails.len(), self.unknowns.len(), count) {
            (0, 0, 0) => return none(),
            (0, 0, 1) => (Verdict::Pass, None, format!("1 of 1 {what} is in order")),
            (0, 0, count) => (Verdict::Pass, None, format!("all {count} {what} are in order")),
            (0, doubts, count) => {
                (Verdict::Unknown, None, format!("cannot be told for {doubts} of {count} {what}"))
            }
            (1, _, count) => {
                (Verdict::Fail, Some(grade), format!("1 of {count} {what} is not in order"))
            }
            (fails, _, count) => {
                (Verdict::Fail, Some(grade), format!("{fails} of {count} {what} are not in order"))
            }
        };
        Outcome::new(verdict, grade, summary, self.fails, self.unknowns, self.passes)
    }
}
