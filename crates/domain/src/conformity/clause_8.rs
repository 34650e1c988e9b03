//! Clause 8: suppliers, assessments and treatment in operation.

mod assessing;
mod suppliers;

use crate::conformity::{AuditStage, Basis, Grade, Rule};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "8.1-04",
        clause: "8.1.external",
        title: "Suppliers that matter are bound and watched",
        explanation: "What others provide and the ISMS depends on must be controlled. Each \
                      supplier in use and not out of scope, unless it only delivers goods or \
                      advice without your information, needs an agreement in force with security \
                      terms, and some way you watch it, used within its own interval (else your \
                      parameter `supplier.review`). Owner and criticality are good practice and \
                      not judged here. It is systemic where three or more, and more than one in \
                      ten, lack it.",
        mend: "Edit the supplier: enter the agreement and its terms, say in `monitoring` how you \
               watch it, and record each look with `muniment review`.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::Two],
        reads: &["supplier", "determination", "approval", "organization"],
        judge: Some(suppliers::controlled),
        waits_for: "",
    },
    Rule {
        id: "8.2-01",
        clause: "8.2",
        title: "Risks were assessed, and not too long ago",
        explanation: "Risk assessment is repeated at the intervals of your own method (else your \
                      parameter `risk.assessment`). No round that was closed is a major gap; one \
                      closed longer ago than the interval a minor one.",
        mend: "Open a round (`muniment new assessment_round`), rate or confirm each risk, and \
               close it with `muniment move`.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::One, AuditStage::Two, AuditStage::Surveillance],
        reads: &["assessment_round", "risk_method", "approval", "organization"],
        judge: Some(assessing::assessed),
        waits_for: "",
    },
    Rule {
        id: "8.2-02",
        clause: "8.2",
        title: "After significant events risks were looked at again",
        explanation: "A significant change calls for a new assessment, or a word on why none is \
                      needed. Events entered with a risk must be answered one way or the other; \
                      where it was decided that a new assessment is needed, a round must have \
                      been closed since. Without any event it cannot be told.",
        mend: "Rate the risk anew and enter the day in `triggered_by`, or say there why it is not \
               needed.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        reads: &["risk", "assessment_round", "determination", "approval", "organization"],
        judge: Some(assessing::events),
        waits_for: "",
    },
    Rule {
        id: "8.2-03",
        clause: "8.2.di",
        title: "Results of assessments are kept as they were",
        explanation: "The results of each assessment are retained. A closed round names the \
                      position of the ledger that holds them, where nobody can change them any \
                      more.",
        mend: "Edit the closed round and enter in `position` the position at which it was closed: \
               `muniment log` shows it.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        reads: &["assessment_round"],
        judge: Some(assessing::kept),
        waits_for: "",
    },
    Rule {
        id: "8.3-01",
        clause: "8.3.di",
        title: "What treatment brought about is recorded",
        explanation: "When an action that treats a risk is done, an auditor asks what came of it. \
                      The risk must have been rated on that day or later, or the action tells \
                      what effect was seen. It is systemic where three or more, and more than one \
                      in ten, do neither.",
        mend: "Rate the risk anew, or write into the action's `effect_seen` what it brought about.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        reads: &["action", "risk"],
        judge: Some(assessing::treated),
        waits_for: "",
    },
    Rule {
        id: "8.3-02",
        clause: "8.3",
        title: "The treatment plan moves",
        explanation: "A plan that stands still between two audits is a plan nobody works on. \
                      Where actions that treat risks are open, one of them must have been done, \
                      reported on or moved within the time audited (your parameter \
                      `audit.period`). None is something to improve, and a minor gap where one of \
                      them is overdue.",
        mend: "Work on the open actions: report progress, finish them, or move them with a reason.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::Surveillance],
        reads: &["action", "organization"],
        judge: Some(assessing::moving),
        waits_for: "",
    },
];

#[cfg(test)]
mod tests;
