//! Approvals: what people agreed to or refused, bound to what they saw.

use jiff::civil::Date;
use meta::{Any, Choice, Kind, Markdown, Problem, Ref, Row, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{Holder, person::Person, role::Role};

/// What a person agreed to or refused, bound to the revision they saw and to its material fields.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "approval", prefix = "APPR", plural = "Approvals", clause = "7.5.2", stage = Lifecycle,
    also = "freigaben; approbations; sign-offs")]
pub struct Approval {
    /// What was asked for, in a few words.
    #[field(create, list)]
    pub title: String,
    /// What it is for: to publish, to accept what remains of a risk, to say that something is still
    /// true.
    #[field(create, list, filter)]
    pub purpose: Option<Purpose>,
    /// The record it is about; for a paper, the paper it stands for.
    #[field(list, filter)]
    pub subject: Option<Ref<Any>>,
    /// The paper it is about, where it is not one record: `statement-of-applicability`.
    #[field(list, filter)]
    pub paper: Option<String>,
    /// The version of the record that was seen.
    pub version: Option<i64>,
    /// The hash of that version's content, as in its change line (64 hex digits).
    pub content_hash: Option<String>,
    /// The salted digest of its material fields, or of the paper's content (64 hex digits).
    pub digest: Option<String>,
    /// The salt of the digest (32 hex digits).
    pub salt: Option<String>,
    /// The body version the digest was made from.
    pub body_version: Option<i64>,
    /// The ledger position that was seen.
    pub position: Option<i64>,
    /// What a paper said row by row: a digest for each reference, to tell which row changed.
    pub rows: Vec<Seen>,
    /// Who was asked.
    #[field(filter)]
    pub asked_of: Option<Holder>,
    /// Who asked.
    pub asked_by: Option<Ref<Person>>,
    /// When it was asked.
    pub asked_on: Option<Date>,
    /// By when an answer is wanted.
    pub answer_by: Option<Date>,
    /// The answer.
    #[field(leave, list, filter)]
    pub decision: Option<Decision>,
    /// The conditions it was given on.
    pub conditions: Option<Markdown>,
    /// What the person added.
    pub comment: Option<Markdown>,
    /// The person who decided.
    #[field(leave, list, filter)]
    pub by: Option<Ref<Person>>,
    /// The role in which they acted, held that day.
    #[field(list)]
    pub acting_as: Option<Ref<Role>>,
    /// All roles the person held that day.
    pub roles_held: Vec<Ref<Role>>,
    /// Whether one of these roles belongs to top management.
    pub top_management: Option<bool>,
    /// The highest level of risk one of these roles may accept, as its rank in the method.
    pub may_accept: Option<i64>,
    /// The day of the decision.
    #[field(leave, list, filter)]
    pub decided_on: Option<Date>,
    /// The day from which what was published holds.
    pub effective_from: Option<Date>,
    /// The last day on which it holds.
    #[field(filter)]
    pub good_until: Option<Date>,
    /// The next day on which the subject must be looked at again, set by a review.
    pub next_review: Option<Date>,
    /// The edition's own name, such as `2.1`.
    #[field(list)]
    pub edition: Option<String>,
    /// What was on screen: level, contradictions and changes since the last approval.
    pub seen: Option<Markdown>,
    /// Why it was revoked, and by whom.
    pub revoked: Option<String>,
}

/// One row of a paper as it was approved.
#[derive(Debug, Clone, Serialize, Deserialize, Row)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The row's reference, such as `A.5.1`.
    #[field(create)]
    pub reference: String,
    /// The salted digest of what the row said.
    #[field(create)]
    pub digest: String,
}

/// What an approval is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Purpose {
    /// The content is right.
    Approve,
    /// This version is the edition in force from now on.
    Publish,
    /// The owner of a risk accepts what remains of it (6.1.3 f).
    AcceptResidual,
    /// The owner of a risk approves how it is treated (6.1.3 f).
    ApproveTreatment,
    /// Looked at again and still true.
    Review,
    /// Read and understood.
    Acknowledge,
    /// What is claimed is there.
    Attest,
    /// The person takes the role.
    AcceptRole,
    /// The minutes are right.
    SignMinutes,
    /// An exception is granted.
    GrantException,
    /// Seeded or imported text is ours now.
    ConfirmSeed,
}

/// The answer given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Decision {
    /// Yes.
    #[choice(also = "approved; accepted; genehmigt; approuvé")]
    Given,
    /// No.
    #[choice(also = "rejected; abgelehnt; refusé")]
    Refused,
    /// Yes, on conditions that are recorded.
    GivenOnCondition,
}

/// The life of an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Somebody is asked.
    #[stage(to = "given, refused, revoked")]
    Asked,
    /// The answer was yes.
    #[stage(to = "revoked")]
    Given,
    /// The answer was no.
    #[stage(ended)]
    Refused,
    /// Taken back.
    #[stage(ended, reason)]
    Revoked,
}

impl Rules for Approval {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.subject.is_none() && self.paper.is_none() {
            problems.push(Problem::on("subject", "name the record or the paper this is about"));
        }
        if self.decision == Some(Decision::GivenOnCondition) && self.conditions.is_none() {
            problems.push(Problem::on("conditions", "say on which conditions it was given"));
        }
        problems
    }
}
