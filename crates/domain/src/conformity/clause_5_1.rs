//! Clause 5.1: what can be seen of leadership in the records.

use kinds::{objective::Objective, organization::Organization};

use crate::conformity::{AuditStage, Basis, Case, Chain, Grade, Outcome, Rule, answers};

pub(super) static RULES: &[Rule] = &[Rule {
    id: "5.1-02",
    clause: "5.1.a",
    title: "Objectives serve the strategic direction",
    explanation: "Top management is asked how information security serves where the organization \
                  wants to go. It takes a stated purpose and at least one objective that names \
                  what it supports. Without objectives it cannot be told.",
    mend: "Write the purpose into the organization's record (`muniment edit ORG-1`), and say in \
           each objective's `supports` what it serves.",
    basis: Basis::Shall,
    isolated: Grade::Opportunity,
    systemic: Grade::Opportunity,
    stages: &[AuditStage::Two],
    reads: &["objective", "organization"],
    judge: Some(direction),
    waits_for: "",
}];

fn direction(chain: &Chain<'_>) -> Outcome {
    let purpose = chain.own::<Organization>().find(|(_, it)| answers::says(it.purpose.as_ref()));
    let objectives: Vec<_> = chain.own::<Objective>().collect();
    if objectives.is_empty() {
        return Outcome::unknown("there is no objective to look at");
    }
    let linked = objectives.iter().filter(|(_, it)| answers::says(it.supports.as_ref()));
    let passes: Vec<_> = linked.map(|(it, _)| it.head.id).collect();
    let mut fails = Vec::new();
    if purpose.is_none() {
        fails.push(Case::absent("no purpose and strategic direction of the organization"));
    }
    if passes.is_empty() {
        fails
            .extend(objectives.iter().map(|(it, _)| Case::on(it, "does not say what it supports")));
    }
    if fails.is_empty() {
        return Outcome::pass("objectives serve the strategic direction", passes);
    }
    let summary = "no link from objectives to the strategic direction";
    Outcome::fail(Grade::Opportunity, summary, fails)
}

#[cfg(test)]
mod tests;
