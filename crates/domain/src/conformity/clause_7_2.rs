//! Clause 7.2: which competence a role needs.

use kinds::role::{Lifecycle, Role};

use crate::conformity::{AuditStage, Basis, Chain, Grade, Outcome, Rule, outcome::Each};

pub(super) static RULES: &[Rule] = &[Rule {
    id: "7.2-01",
    clause: "7.2.a",
    title: "Every role says which competence it needs",
    explanation: "Necessary competence must be determined before anybody can be judged by it. \
                  Each active role needs at least one row of competence; a role still planned \
                  leaves the answer open.",
    mend: "Edit the role and fill in `competence`: what is needed, and by education, training or \
           experience.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::One],
    reads: &["role"],
    judge: Some(criteria),
    waits_for: "",
}];

fn criteria(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for (record, role) in chain.own::<Role>() {
        let is = role.competence.iter().any(|it| !it.competence.trim().is_empty());
        match (is, record.head.stage == Lifecycle::Active as u8) {
            (true, _) => each.pass(record),
            (false, true) => each.fail(record, "no competence is asked for"),
            (false, false) => each.unknown(record, "no competence is asked for yet"),
        }
    }
    each.outcome(Grade::Minor, "roles", || Outcome::unknown("there is no role to look at"))
}

#[cfg(test)]
mod tests;
