//! Clauses 4 to 8: rules that wait for processes, changes, competence, courses and communication.

use super::WAITING;
use crate::conformity::{AuditStage, Basis, Grade, Rule};

pub(in crate::conformity) static RULES: &[Rule] = &[
    Rule {
        id: "4.3-07",
        clause: "4.3.di",
        title: "The certificate states the scope in force",
        explanation: "A certificate holds the scope in words; when the approved scope moves on, \
               both must be brought together again. It compares the text on the certificate with \
               the statement in force.",
        mend: "Ask your certification body to change the certificate, or take the change of scope \
               back.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Surveillance],
        waits_for: "certificates",
        ..WAITING
    },
    Rule {
        id: "4.4-01",
        clause: "4.4",
        title: "The processes of the ISMS and their interactions are known",
        explanation: "The standard asks for the processes needed and how they interact. Each \
               needs an owner, what goes in and comes out, and what it touches.",
        mend: "Record the processes once they have a register; until then a document on clause \
               4.4 tells them.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        waits_for: "processes",
        ..WAITING
    },
    Rule {
        id: "5.1-01",
        clause: "5.1.h",
        title: "Top management shows its commitment",
        explanation: "An auditor looks for deeds: a policy approved, resources decided, a review \
               chaired. It needs at least one in the time audited.",
        mend: "Keep proof of what top management decided: `muniment new evidence` on clause 5.1.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::Two],
        waits_for: "management reviews and decisions on resources",
        ..WAITING
    },
    Rule {
        id: "5.1-03",
        clause: "5.1.b",
        title: "The ISMS is part of the business",
        explanation: "Whether security is part of how the business works is seen in talks, not in \
               records. This is for interviews only and is never judged by a program.",
        mend: "Prepare those who will be asked: what they decide, and how security comes into it.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Opportunity,
        stages: &[AuditStage::Two],
        waits_for: "interviews",
        ..WAITING
    },
    Rule {
        id: "6.3-01",
        clause: "6.3",
        title: "Changes of the ISMS were planned",
        explanation: "When scope, policy or method change after their first edition, the change \
               is planned; the reason given with the approval counts. Changes of tools and roles \
               are practice.",
        mend: "Say with each approval why and how the change was planned.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two, AuditStage::Surveillance],
        waits_for: "changes",
        ..WAITING
    },
    Rule {
        id: "7.1-01",
        clause: "7.1",
        title: "Resources were decided and given",
        explanation: "What the ISMS needs in people, time and money must be determined and \
               provided. It looks for a decision in the time audited.",
        mend: "Keep the decision on resources as evidence on clause 7.1.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "decisions on resources",
        ..WAITING
    },
    Rule {
        id: "7.2-02",
        clause: "7.2.b",
        title: "Holders of roles are competent, with proof",
        explanation: "For each competence a role needs, its holder has education, training or \
               experience to show. Attendance alone is not competence.",
        mend: "Keep certificates and judgments as evidence on clause 7.2.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::Two],
        waits_for: "competence records",
        ..WAITING
    },
    Rule {
        id: "7.2-03",
        clause: "7.2.c",
        title: "Actions to gain competence were judged by their effect",
        explanation: "Where competence was missing, something was done; whether it helped must be \
               judged.",
        mend: "Judge each action by what the person can do now.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "competence records",
        ..WAITING
    },
    Rule {
        id: "7.2-04",
        clause: "7.2.b",
        title: "Internal auditors are competent",
        explanation: "Auditors need to know the standard and how to audit, and an auditor asks \
               for proof of that first.",
        mend: "Keep proof of the auditors' training as evidence on clause 9.2.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One, AuditStage::Two],
        waits_for: "competence records",
        ..WAITING
    },
    Rule {
        id: "7.3-01",
        clause: "7.3.a",
        title: "People in scope are aware",
        explanation: "Everybody in scope, contractors too, knows the policy, what they contribute \
               and what follows from not conforming. The standard asks for aware people, not for \
               a record: a missing one leaves the answer open, unless your own rule asks for it.",
        mend: "Instruct people and let them confirm it.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::Two],
        waits_for: "courses and participations",
        ..WAITING
    },
    Rule {
        id: "7.3-02",
        clause: "7.3.a",
        title: "Newcomers are made aware in time",
        explanation: "People are made aware within the time you set after they join.",
        mend: "Instruct newcomers in their first days.",
        basis: Basis::OwnRule,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "courses and participations",
        ..WAITING
    },
    Rule {
        id: "7.4-01",
        clause: "7.4",
        title: "It is settled what is communicated, when, with whom and how",
        explanation: "For talks within and to the outside it is settled on what, when, with whom \
               and how. A decision that nothing goes outside is an answer too.",
        mend: "Settle it in a document on clause 7.4 until there is a register.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        waits_for: "communication entries",
        ..WAITING
    },
    Rule {
        id: "8.1-01",
        clause: "8.1",
        title: "Processes have criteria",
        explanation: "Each process of the ISMS has criteria by which one can tell that it runs as \
               planned.",
        mend: "Write the criteria into the procedures.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        waits_for: "processes",
        ..WAITING
    },
    Rule {
        id: "8.1-02",
        clause: "8.1.di",
        title: "Recurring tasks are carried out in their time",
        explanation: "What recurs is done within its time, or moved with a reason.",
        mend: "Carry out what is due and keep proof of it.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::Two, AuditStage::Surveillance],
        waits_for: "tasks",
        ..WAITING
    },
    Rule {
        id: "8.1-03",
        clause: "8.1.changes",
        title: "Changes are controlled, unintended ones reviewed",
        explanation: "Planned changes are looked at for what they mean to security; unintended \
               ones are reviewed afterward.",
        mend: "Write down for each change what it means to security.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        waits_for: "changes",
        ..WAITING
    },
    Rule {
        id: "X-08",
        clause: "7.5.3.b",
        title: "The history is whole",
        explanation: "Every commit is hashed and signed; a fault in that chain puts everything in \
               doubt. It is checked over the stored ledger, not over records.",
        mend: "Run `muniment verify`.",
        basis: Basis::Shall,
        isolated: Grade::Major,
        systemic: Grade::Major,
        stages: &[AuditStage::One, AuditStage::Two, AuditStage::Surveillance],
        waits_for: "verifications in a check (run `muniment verify`)",
        ..WAITING
    },
];
