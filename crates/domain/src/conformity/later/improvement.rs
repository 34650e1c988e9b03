//! Clause 10 and the life of a certificate: rules that wait for nonconformities and certificates.

use super::WAITING;
use crate::conformity::{AuditStage, Basis, Grade, Rule};

pub(in crate::conformity) static RULES: &[Rule] = &[
    Rule {
        id: "10.1-01",
        clause: "10.1",
        title: "The ISMS is improved",
        explanation: "Improvement is continual: something was improved in the period.",
        mend: "Record what was improved.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::Surveillance],
        waits_for: "improvements",
        ..WAITING
    },
    Rule {
        id: "10.2-01",
        clause: "10.2",
        title: "Nonconformities are dealt with in full",
        explanation: "What happened against which criterion, correction, consequences, cause, \
               whether it exists elsewhere, and action or why none. Owner and day are good \
               practice.",
        mend: "Complete the nonconformity.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "nonconformities",
        ..WAITING
    },
    Rule {
        id: "10.2-02",
        clause: "10.2.d",
        title: "The effect of corrective actions was reviewed",
        explanation: "Nothing is closed before its effect was reviewed. That another person does \
               it, after some time, is practice.",
        mend: "Review the effect before you close it.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "nonconformities",
        ..WAITING
    },
    Rule {
        id: "10.2-03",
        clause: "10.2",
        title: "Nonconformities are closed in time",
        explanation: "What is open beyond its day shows that nobody pursues it.",
        mend: "Close it, or set a new day with a reason.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::Surveillance],
        waits_for: "nonconformities",
        ..WAITING
    },
    Rule {
        id: "10.2-04",
        clause: "10.2.b",
        title: "Nonconformities do not come back",
        explanation: "The same clause and process again within a year shows that the cause \
               remains.",
        mend: "Look for the cause again.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::Surveillance],
        waits_for: "nonconformities",
        ..WAITING
    },
    Rule {
        id: "10.2-05",
        clause: "10.2.e",
        title: "Changes decided on were made",
        explanation: "Where a change of the ISMS was found necessary, it was made.",
        mend: "Make the change.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Surveillance],
        waits_for: "nonconformities and changes",
        ..WAITING
    },
    Rule {
        id: "10.2-06",
        clause: "10.2",
        title: "Incidents, failed tests and missed aims were judged",
        explanation: "Each was looked at, and it was decided whether it is a nonconformity.",
        mend: "Decide and write down why.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "incidents and nonconformities",
        ..WAITING
    },
    Rule {
        id: "10.2-07",
        clause: "10.2",
        title: "The certification body was answered in time",
        explanation: "A nonconformity raised by the certification body has a day by which it must \
               be answered. Missing it endangers the certificate, whatever its grade.",
        mend: "Answer the certification body.",
        basis: Basis::Shall,
        isolated: Grade::Major,
        systemic: Grade::Major,
        stages: &[AuditStage::Two, AuditStage::Surveillance],
        waits_for: "nonconformities raised by a certification body",
        ..WAITING
    },
    Rule {
        id: "CERT-01",
        clause: "9.2",
        title: "The surveillance audit is in its window",
        explanation: "A surveillance audit takes place at least once in a calendar year, the \
               first within twelve months of the decision.",
        mend: "Agree on the day with your certification body.",
        basis: Basis::Practice,
        isolated: Grade::Opportunity,
        systemic: Grade::Opportunity,
        stages: &[AuditStage::Surveillance],
        waits_for: "certificates",
        ..WAITING
    },
    Rule {
        id: "CERT-02",
        clause: "9.2",
        title: "Recertification is done before the certificate ends",
        explanation: "The audit, and closing of what it finds, takes time before the last day.",
        mend: "Plan the recertification early.",
        basis: Basis::Practice,
        isolated: Grade::Opportunity,
        systemic: Grade::Opportunity,
        stages: &[AuditStage::Surveillance],
        waits_for: "certificates",
        ..WAITING
    },
    Rule {
        id: "CERT-03",
        clause: "9.2",
        title: "Concerns from stage 1 are settled before stage 2",
        explanation: "Areas of concern may become nonconformities at stage 2.",
        mend: "Settle each concern.",
        basis: Basis::Practice,
        isolated: Grade::Opportunity,
        systemic: Grade::Opportunity,
        stages: &[AuditStage::Two],
        waits_for: "certification audits",
        ..WAITING
    },
    Rule {
        id: "CERT-04",
        clause: "10.2",
        title: "The certification body's clock is watched",
        explanation: "Each body sets days for corrections and for corrective actions.",
        mend: "Enter the days and keep them.",
        basis: Basis::Practice,
        isolated: Grade::Opportunity,
        systemic: Grade::Opportunity,
        stages: &[AuditStage::Two, AuditStage::Surveillance],
        waits_for: "certification audits",
        ..WAITING
    },
    Rule {
        id: "CERT-05",
        clause: "6.3",
        title: "Significant changes were told to the certification body",
        explanation: "A certified organization tells its body of significant changes without \
               delay.",
        mend: "Tell the certification body.",
        basis: Basis::Practice,
        isolated: Grade::Opportunity,
        systemic: Grade::Opportunity,
        stages: &[AuditStage::Surveillance],
        waits_for: "certificates and changes",
        ..WAITING
    },
    Rule {
        id: "CERT-06",
        clause: "5.1",
        title: "Marks are used as the certificate allows",
        explanation: "Marks and wording must fit the scope, and end with a suspension.",
        mend: "Correct where the mark is used.",
        basis: Basis::Practice,
        isolated: Grade::Opportunity,
        systemic: Grade::Opportunity,
        stages: &[AuditStage::Surveillance],
        waits_for: "certificates",
        ..WAITING
    },
];
