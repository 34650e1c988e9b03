//! Clause 9: rules that wait for measures, internal audits and management reviews.

use super::WAITING;
use crate::conformity::{AuditStage, Basis, Grade, Rule};

pub(in crate::conformity) static RULES: &[Rule] = &[
    Rule {
        id: "9.1-01",
        clause: "9.1.a",
        title: "It is settled what is monitored and measured",
        explanation: "Nothing determined to be measured is a major gap; that there is no document \
               called a plan is none.",
        mend: "Settle what tells you whether the ISMS works.",
        basis: Basis::Shall,
        isolated: Grade::Major,
        systemic: Grade::Major,
        stages: &[AuditStage::One],
        waits_for: "measures",
        ..WAITING
    },
    Rule {
        id: "9.1-02",
        clause: "9.1",
        title: "Every measure says what, how, when and who",
        explanation: "Each measure tells what is measured, by which method, when and by whom, and \
               when and by whom it is analyzed.",
        mend: "Complete each measure.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        waits_for: "measures",
        ..WAITING
    },
    Rule {
        id: "9.1-03",
        clause: "9.1.b",
        title: "Measures can be reproduced",
        explanation: "Results should be comparable and reproducible: formula, population and \
               source are told.",
        mend: "Write down formula, population and source.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        waits_for: "measures",
        ..WAITING
    },
    Rule {
        id: "9.1-04",
        clause: "9.1.c",
        title: "Readings are taken in their time",
        explanation: "For each period that passed there is a reading, entered soon after.",
        mend: "Take the readings that are missing.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "readings",
        ..WAITING
    },
    Rule {
        id: "9.1-05",
        clause: "9.1.e",
        title: "Readings are analyzed and evaluated",
        explanation: "Data alone says nothing: somebody analyzed and evaluated it.",
        mend: "Write down what the readings mean.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "readings",
        ..WAITING
    },
    Rule {
        id: "9.1-06",
        clause: "9.1",
        title: "The effectiveness of the ISMS was evaluated",
        explanation: "Beside performance the effectiveness of the ISMS itself is evaluated, once \
               in the period.",
        mend: "Evaluate whether the ISMS reaches its intended outcomes.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::Two],
        waits_for: "evaluations of effectiveness",
        ..WAITING
    },
    Rule {
        id: "9.1-07",
        clause: "9.1",
        title: "A missed target leads to a decision",
        explanation: "Where a target was missed, somebody decided what follows.",
        mend: "Decide what follows from each missed target.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "readings",
        ..WAITING
    },
    Rule {
        id: "9.1-08",
        clause: "9.1.a",
        title: "Processes and controls are measured, not technology alone",
        explanation: "Counting technical events tells little about processes and controls. At \
               least one measure is about these.",
        mend: "Add a measure of a process or a control.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "measures",
        ..WAITING
    },
    Rule {
        id: "9.2-01",
        clause: "9.2.2",
        title: "There is an audit program",
        explanation: "Internal audits are planned: frequency, methods, responsibilities, planning \
               and reporting.",
        mend: "Set up the audit program.",
        basis: Basis::Shall,
        isolated: Grade::Major,
        systemic: Grade::Major,
        stages: &[AuditStage::One],
        waits_for: "internal audits",
        ..WAITING
    },
    Rule {
        id: "9.2-02",
        clause: "9.2.2.importance",
        title: "The program follows importance and earlier results",
        explanation: "The importance of processes and the results of earlier audits are \
               considered; that it is written down is good practice.",
        mend: "Say why what is audited when.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Opportunity,
        stages: &[AuditStage::One],
        waits_for: "internal audits",
        ..WAITING
    },
    Rule {
        id: "9.2-03",
        clause: "9.2.1",
        title: "Audits cover the whole ISMS",
        explanation: "Over a cycle all clauses and the whole scope are audited; before \
               certification at least once. How many controls is up to your own program.",
        mend: "Plan the audits that are missing in the cycle.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::One, AuditStage::Two],
        waits_for: "internal audits",
        ..WAITING
    },
    Rule {
        id: "9.2-04",
        clause: "9.2.2.a",
        title: "Each audit has criteria, scope, auditor, day and report",
        explanation: "What was audited against what, by whom and when, and what came out, is kept.",
        mend: "Complete the audit's record.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "internal audits",
        ..WAITING
    },
    Rule {
        id: "9.2-05",
        clause: "9.2.2.b",
        title: "Auditors are impartial",
        explanation: "Nobody audits their own present work. A reporting line or former work is \
               worth a word on how impartiality was kept.",
        mend: "Let somebody else audit it.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::Two],
        waits_for: "internal audits",
        ..WAITING
    },
    Rule {
        id: "9.2-06",
        clause: "9.2.2",
        title: "Planned audits were held",
        explanation: "A planned audit was held or moved with a reason.",
        mend: "Hold the audit, or plan it anew.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two, AuditStage::Surveillance],
        waits_for: "internal audits",
        ..WAITING
    },
    Rule {
        id: "9.2-07",
        clause: "9.2.2.c",
        title: "Results were reported to management",
        explanation: "The results reached those who manage what was audited, on a day.",
        mend: "Report the results and keep to whom and when.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "internal audits",
        ..WAITING
    },
    Rule {
        id: "9.2-08",
        clause: "9.2.2.di",
        title: "Findings name criterion and evidence",
        explanation: "A finding tells against what and from what it was found; a grade is your \
               own rule.",
        mend: "Complete the findings.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "findings",
        ..WAITING
    },
    Rule {
        id: "9.2-09",
        clause: "10.2",
        title: "Findings lead to nonconformities",
        explanation: "A finding that something does not conform is dealt with by clause 10.2.",
        mend: "Open a nonconformity for each.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "findings and nonconformities",
        ..WAITING
    },
    Rule {
        id: "9.2-10",
        clause: "9.2.2.di",
        title: "Samples can be followed",
        explanation: "It is told from which population which items were drawn.",
        mend: "Record population and sample.",
        basis: Basis::Practice,
        isolated: Grade::Opportunity,
        systemic: Grade::Opportunity,
        stages: &[AuditStage::Two],
        waits_for: "samples of audits",
        ..WAITING
    },
    Rule {
        id: "9.3-01",
        clause: "9.3.1",
        title: "Top management reviewed the ISMS",
        explanation: "At planned intervals top management reviews the ISMS. None before \
               certification is a major gap.",
        mend: "Hold a management review.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::One, AuditStage::Surveillance],
        waits_for: "management reviews",
        ..WAITING
    },
    Rule {
        id: "9.3-02",
        clause: "9.3.1",
        title: "Top management took part",
        explanation: "A review without top management is none.",
        mend: "Hold it with top management.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::Two],
        waits_for: "management reviews",
        ..WAITING
    },
    Rule {
        id: "9.3-03",
        clause: "9.3.2",
        title: "The review covered every input",
        explanation: "Ten inputs are required; an empty one is a gap each. From the second review \
               on, trends are asked for.",
        mend: "Cover the inputs that are missing.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "management reviews",
        ..WAITING
    },
    Rule {
        id: "9.3-04",
        clause: "9.3.3",
        title: "The review led to decisions",
        explanation: "It decides on improvement and on changes of the ISMS; that none is needed \
               is a decision.",
        mend: "Record the decisions.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "management reviews",
        ..WAITING
    },
    Rule {
        id: "9.3-05",
        clause: "9.3.2.a",
        title: "Actions of earlier reviews are followed",
        explanation: "Each action has an owner and a day, and is closed or carried forward.",
        mend: "Follow up the open actions.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "management reviews",
        ..WAITING
    },
    Rule {
        id: "9.3-06",
        clause: "9.3.2.d.3",
        title: "The review had audit results before it",
        explanation: "An internal audit of the cycle comes before the review.",
        mend: "Audit first, then review.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        waits_for: "management reviews",
        ..WAITING
    },
    Rule {
        id: "9.3-07",
        clause: "9.3.3.di",
        title: "Results of reviews are kept",
        explanation: "The results are retained; a signature is practice.",
        mend: "Keep the results of each review.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "management reviews",
        ..WAITING
    },
];
