//! Rules along the whole chain, from requirement and risk to proof, and about the trail itself.

mod broken;
mod corrective;
mod dates;
mod leavers;

use crate::conformity::{AuditStage, Basis, Grade, Rule};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "X-01",
        clause: "6.1.3.b",
        title: "Requirements lead to controls that are proven",
        explanation: "An auditor picks a requirement or an obligation and follows it: which \
                      control meets it, and what shows that. It fails where nothing meets it, \
                      where the control is excluded or undecided, or where its proof ran out; \
                      missing proof leaves the answer open. Proof of the requirement itself \
                      settles it.",
        mend: "Name the controls in `met_by`, decide on them, and add evidence: `muniment new \
               evidence`.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two, AuditStage::Surveillance],
        reads: &[
            "requirement",
            "obligation",
            "control",
            "document",
            "objective",
            "supplier",
            "evidence",
            "organization",
        ],
        judge: Some(broken::requirements),
        waits_for: "",
    },
    Rule {
        id: "X-02",
        clause: "6.1.3.d",
        title: "Modified risks lead to controls that are proven",
        explanation: "A risk that is modified names its controls; each must be included in the \
                      Statement of Applicability and be shown to work. It fails where there is \
                      no control, where one is excluded or undecided, or where its proof ran out; \
                      missing proof leaves the answer open. It is systemic where three or more, \
                      and more than one in ten, are broken.",
        mend: "Name the necessary controls in the risk, decide on them, and add evidence that \
               shows them.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::Two, AuditStage::Surveillance],
        reads: &["risk", "control", "evidence", "organization"],
        judge: Some(broken::risks),
        waits_for: "",
    },
    Rule {
        id: "X-03",
        clause: "10.2.d",
        title: "Corrective actions are judged by their effect",
        explanation: "A finding leads to a corrective action, and that to a judgment of its \
                      effect. There is no register of findings yet, so the first step cannot be \
                      told. The second can: an action verified without a judgment, done longer \
                      ago than your parameter `action.effect` without one, or judged to have had \
                      no effect with nothing after it, breaks the chain.",
        mend: "Edit the action and say in `effective` and `effect_seen` what it brought about.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::Two, AuditStage::Surveillance],
        reads: &["action", "organization"],
        judge: Some(corrective::judged),
        waits_for: "",
    },
    Rule {
        id: "X-04",
        clause: "9.1",
        title: "Proof leaves no gap in the time audited",
        explanation: "For each proof that an implemented control wants, there must be an accepted \
                      one at least once per its interval (else your parameter \
                      `evidence.cadence`) within the time audited (`audit.period`), from the day \
                      the control was in place. A gap fails; proof nobody has accepted leaves the \
                      answer open, and so does none at all.",
        mend: "Add the evidence for the time named, with the period it speaks for, and have it \
               accepted.",
        basis: Basis::OwnRule,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two, AuditStage::Surveillance],
        reads: &["control", "evidence", "organization"],
        judge: Some(broken::gaps),
        waits_for: "",
    },
    Rule {
        id: "X-05",
        clause: "5.3",
        title: "Nobody who left owns anything open",
        explanation: "What belongs to somebody who left is looked after by nobody. Every person \
                      who left is followed to what they own, operate, watch over or are asked to \
                      approve while it is still open.",
        mend: "Give each record named a new owner, best a role instead of a person: `muniment \
               edit`.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two, AuditStage::Surveillance],
        reads: leavers::READS,
        judge: Some(leavers::owning),
        waits_for: "",
    },
    Rule {
        id: "X-06",
        clause: "7.5.3.b",
        title: "Days in the records are possible",
        explanation: "A day later than the commit that recorded it, or an edition that held \
                      before it was approved, cannot be right: a minor gap. Something recorded \
                      later than your parameter `record.backdated` after it happened is worth a \
                      question. What was imported came late by nature and is not flagged.",
        mend: "Correct the day where it is a mistake; where something was recorded late, be ready \
               to say why.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::One, AuditStage::Two, AuditStage::Surveillance],
        reads: &[
            "evidence",
            "action",
            "determination",
            "assessment_round",
            "approval",
            "organization",
        ],
        judge: Some(dates::possible),
        waits_for: "",
    },
    Rule {
        id: "X-07",
        clause: "7.5.2.c",
        title: "Approvals are not clicked through",
        explanation: "Many approvals by one person within minutes, one by one, make an auditor \
                      ask whether anything was read. So many as your parameter \
                      `acceptance.burst.count` within `acceptance.burst.within` are flagged. A \
                      sign-off of many in one act, reviews and acknowledgements are not counted.",
        mend: "Approve in one sign-off that lists what was seen, or take the time it needs.",
        basis: Basis::Practice,
        isolated: Grade::Opportunity,
        systemic: Grade::Opportunity,
        stages: &[AuditStage::Two, AuditStage::Surveillance],
        reads: &["approval", "organization"],
        judge: Some(dates::bursts),
        waits_for: "",
    },
];

#[cfg(test)]
mod tests;
