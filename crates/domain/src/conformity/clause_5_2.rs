//! Clause 5.2: the information security policy.

mod judging;

use crate::conformity::{AuditStage, Basis, Grade, Rule};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "5.2-01",
        clause: "5.2.e",
        title: "The information security policy is in force",
        explanation: "The policy must be documented and there for everybody. A document of the \
                      type `policy` counts when an edition of it is in force; a draft or an \
                      untouched seed does not.",
        mend: "Write it (`muniment new document` with type `policy`), then publish it with \
               `muniment approve` as top management.",
        basis: Basis::Shall,
        isolated: Grade::Major,
        systemic: Grade::Major,
        stages: &[AuditStage::One],
        reads: &["document", "approval"],
        judge: Some(judging::published),
        waits_for: "",
    },
    Rule {
        id: "5.2-02",
        clause: "5.2",
        title: "Top management approved the policy",
        explanation: "The policy is top management's own word. Whoever published the edition in \
                      force, or approved its very words, must have held a role marked as top \
                      management on that day; that is kept with the approval.",
        mend: "Mark the role of top management (`carries: top_management`), and let its holder \
               approve or publish the policy: `muniment approve`.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["document", "approval"],
        judge: Some(judging::by_top_management),
        waits_for: "",
    },
    Rule {
        id: "5.2-03",
        clause: "5.2",
        title: "The policy holds its four elements",
        explanation: "It must suit the purpose, hold objectives or a frame for them, and commit \
                      to meeting requirements and to continual improvement. A program cannot read \
                      that: a person confirms each element with the passage, in the document's \
                      table of claims. A row without a person and a day leaves the answer open, a \
                      missing row is a gap.",
        mend: "Edit the policy's `claims`: one row each for purpose, objectives, requirements and \
               improvement, with the passage, who looked and when.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["document", "approval"],
        judge: Some(judging::elements),
        waits_for: "",
    },
    Rule {
        id: "5.2-04",
        clause: "5.2.f",
        title: "Everybody in scope knows the policy",
        explanation: "The policy must be communicated. Each active person in scope needs an \
                      acknowledgement of the words in force, or accepted evidence shows that the \
                      policy was sent to everybody, within the time the document or your \
                      parameter `policy.communicated` gives after publication or joining. People \
                      still within that time are not counted.",
        mend: "Let people acknowledge the policy, or record how it was sent with `muniment new \
               evidence` and have it accepted.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        reads: &["document", "approval", "person", "evidence", "organization"],
        judge: Some(judging::communicated),
        waits_for: "",
    },
    Rule {
        id: "5.2-05",
        clause: "5.2.g",
        title: "It was decided whether outsiders can have the policy",
        explanation: "Interested parties can have the policy as far as that is appropriate, so \
                      somebody must have decided. An answer in the policy's record counts, or a \
                      recorded decision that holds.",
        mend: "Edit the policy and set `outsiders`, or record the decision with `muniment new \
               determination` (question `policy_for_outsiders`).",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Opportunity,
        stages: &[AuditStage::One],
        reads: &["document", "approval", "determination"],
        judge: Some(judging::outsiders),
        waits_for: "",
    },
    Rule {
        id: "5.2-06",
        clause: "5.2",
        title: "The policy was reviewed in time",
        explanation: "The organization set the policy a day or an interval for its next review, \
                      and is held to it. Without either, it cannot be told.",
        mend: "Read the policy again: where it still holds, `muniment review` sets the next day; \
               else draft and publish a new edition.",
        basis: Basis::OwnRule,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two, AuditStage::Surveillance],
        reads: &["document", "approval"],
        judge: Some(judging::reviewed),
        waits_for: "",
    },
];

#[cfg(test)]
mod tests;
