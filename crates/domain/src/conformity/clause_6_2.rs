//! Clause 6.2: objectives, and the plans to reach them.

mod judging;

use crate::conformity::{AuditStage, Basis, Grade, Rule};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "6.2-01",
        clause: "6.2",
        title: "There are information security objectives",
        explanation: "Objectives must be set. At least one must be agreed or pursued; drafts \
                      leave the answer open, and those reached, missed or given up no longer \
                      count.",
        mend: "Set an objective with `muniment new objective` and move it to `agreed`.",
        basis: Basis::Shall,
        isolated: Grade::Major,
        systemic: Grade::Major,
        stages: &[AuditStage::One],
        reads: &["objective"],
        judge: Some(judging::set),
        waits_for: "",
    },
    Rule {
        id: "6.2-02",
        clause: "6.2.a",
        title: "Objectives agree with the policy",
        explanation: "Each objective names the passage of the policy, or the strategic aim, that \
                      it supports. It is systemic where three or more, and more than one in ten, \
                      name none.",
        mend: "Edit the objective and say in `supports` which passage of the policy it serves.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["objective"],
        judge: Some(judging::supports),
        waits_for: "",
    },
    Rule {
        id: "6.2-03",
        clause: "6.2.b",
        title: "Objectives can be measured",
        explanation: "An objective is measurable where that is practicable: it says what is \
                      measured and where that should be. Otherwise a decision that holds says why \
                      it cannot be measured.",
        mend: "Edit the objective and give `measure` and `target`, or record with `muniment new \
               determination` (question `not_measurable`) why it has none, and link that.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["objective", "determination", "approval"],
        judge: Some(judging::measurable),
        waits_for: "",
    },
    Rule {
        id: "6.2-04",
        clause: "6.2.c",
        title: "Objectives take requirements and risks into account",
        explanation: "Objectives follow from what is required and from the results of risk \
                      assessment and treatment. Each names at least one requirement, risk or \
                      obligation that still counts.",
        mend: "Edit the objective and name in `takes_account_of` the risks or requirements behind \
               it.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["objective", "requirement", "risk", "obligation"],
        judge: Some(judging::founded),
        waits_for: "",
    },
    Rule {
        id: "6.2-05",
        clause: "6.2.d",
        title: "Objectives are measured as often as they say",
        explanation: "Each measurable objective that is agreed or pursued sets how often it is \
                      measured, and is held to it: the last reading with a value must not be \
                      older. Without an interval it cannot be told.",
        mend: "Take the reading and add it to the objective's `readings`, with its last day.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        reads: &["objective", "organization"],
        judge: Some(judging::measured),
        waits_for: "",
    },
    Rule {
        id: "6.2-06",
        clause: "6.2.e",
        title: "Objectives are communicated and kept up to date",
        explanation: "People must know the objectives: somebody was told, on a day. An agreed \
                      objective nobody was told of is a minor gap; one whose day has passed while \
                      it still stands unchanged is something to improve.",
        mend: "Tell those concerned and enter `told_to` and `told_on`; close the objective as \
               achieved or missed, or set a new day.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        reads: &["objective"],
        judge: Some(judging::communicated),
        waits_for: "",
    },
    Rule {
        id: "6.2-07",
        clause: "6.2.h",
        title: "Every objective has a whole plan",
        explanation: "The plan says what will be done, with which resources, who is responsible, \
                      by when, and how results are evaluated. An owner behind whom nobody stands, \
                      or actions that were all given up, count as missing. Drafts leave the \
                      answer open.",
        mend: "Edit the objective: link its actions and fill in what the note names as missing.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["objective", "action", "role", "person"],
        judge: Some(judging::planned),
        waits_for: "",
    },
    Rule {
        id: "6.2-08",
        clause: "6.2",
        title: "Objectives stand at more than one level",
        explanation: "Objectives are set at relevant functions and levels; where all of them are \
                      for the same, an auditor asks what the others contribute. Several levels, \
                      or several units, are enough.",
        mend: "Set objectives for units or activities too, and give each its `level` and `units`.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Opportunity,
        stages: &[AuditStage::Two],
        reads: &["objective"],
        judge: Some(judging::levels),
        waits_for: "",
    },
];

#[cfg(test)]
mod tests;
