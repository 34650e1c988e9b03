//! What a rule is.

use crate::conformity::{Chain, Outcome};

/// One rule over live records.
#[derive(Debug)]
pub struct Rule {
    /// Its name, e.g. `6.1.2-10`.
    pub id: &'static str,
    /// The clause or control it belongs to, e.g. `6.1.2` or `6.1.3.d`: an id of the catalog.
    pub clause: &'static str,
    /// What must be so, in a few words: `Every risk has an owner`.
    pub title: &'static str,
    /// Why an auditor looks at it, and how the rule judges: two to four sentences.
    pub explanation: &'static str,
    /// What to do when it fails, to whoever reads the result.
    pub mend: &'static str,
    /// On what ground an auditor could raise it.
    pub basis: Basis,
    /// The grade of a single lapse.
    pub isolated: Grade,
    /// The grade where it is systemic; equal to `isolated` where that makes no difference.
    pub systemic: Grade,
    /// The audits at which it bites.
    pub stages: &'static [AuditStage],
    /// The kinds of record it reads: nothing else can change its verdict (`approval` and
    /// `ledger_event` included).
    pub reads: &'static [&'static str],
    /// Judges; `None` where the register it needs does not exist yet.
    pub judge: Option<fn(&Chain<'_>) -> Outcome>,
    /// The register it waits for, where `judge` is `None`, e.g. `internal audits`.
    pub waits_for: &'static str,
}

/// On what ground an auditor could raise something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The standard requires it.
    Shall,
    /// The organization wrote the rule itself.
    OwnRule,
    /// A control of Annex A requires it, where it is included.
    AnnexA,
    /// Good practice: never worse than an opportunity for improvement.
    Practice,
}

/// How serious a gap is, as a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// An opportunity for improvement: the requirement is met and could be met better.
    Opportunity,
    /// A minor nonconformity: a lapse that does not put the system in doubt.
    Minor,
    /// A major nonconformity: a required part is absent or the system is in doubt.
    Major,
}

/// When in the life of a certificate an audit happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuditStage {
    /// Stage 1 of certification: design and documents; gaps are areas of concern.
    One,
    /// Stage 2 of certification: implementation and effect.
    Two,
    /// The yearly surveillance afterwards.
    Surveillance,
}

impl Grade {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Opportunity => "opportunity for improvement",
            Self::Minor => "minor nonconformity",
            Self::Major => "major nonconformity",
        }
    }

    /// In one word.
    pub fn id(self) -> &'static str {
        match self {
            Self::Opportunity => "opportunity",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl Basis {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Shall => "the standard requires it",
            Self::OwnRule => "your own rule",
            Self::AnnexA => "a control of Annex A requires it",
            Self::Practice => "good practice",
        }
    }
}

impl AuditStage {
    /// As typed on a command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::One => "1",
            Self::Two => "2",
            Self::Surveillance => "surveillance",
        }
    }
}
