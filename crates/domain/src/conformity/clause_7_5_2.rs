//! Clause 7.5.2: how documents are identified, approved and kept as they were approved.

mod judging;

use crate::conformity::{AuditStage, Basis, Grade, Rule};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "7.5.2-01",
        clause: "7.5.2.a",
        title: "Documents can be identified",
        explanation: "A document in force needs an identifier of its own, a day from which it \
                      holds, and somebody who wrote it or answers for it. Its title and its \
                      version are kept in any case.",
        mend: "Edit the document and fill in what the note names; that needs no new edition.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["document", "approval"],
        judge: Some(judging::identified),
        waits_for: "",
    },
    Rule {
        id: "7.5.2-02",
        clause: "7.5.2.c",
        title: "Editions were approved before they held, by whoever may",
        explanation: "Documents, the scope and the risk method are reviewed and approved before \
                      they are used. The approval must not be younger than the first day of the \
                      edition, and whoever gave it for a document must have held the approving \
                      role that day. A document that names no approving role leaves the answer \
                      open.",
        mend: "Name the approving role in the document, and publish a new edition as its holder: \
               `muniment approve`.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["document", "scope", "risk_method", "approval"],
        judge: Some(judging::approved),
        waits_for: "",
    },
    Rule {
        id: "7.5.2-03",
        clause: "7.5.2.c",
        title: "A second pair of eyes approved where you ask for one",
        explanation: "Where a document, or your parameter `four_eyes.publish`, asks for four eyes, \
                      whoever published it must not be its sole author, nor, where no author is \
                      named, the only one who changed it since the edition before. A recorded \
                      exception excuses it.",
        mend: "Let somebody else publish the edition, or record the exception for this document.",
        basis: Basis::OwnRule,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["document", "approval", "organization"],
        judge: Some(judging::four_eyes),
        waits_for: "",
    },
    Rule {
        id: "7.5.2-04",
        clause: "7.5.3.b",
        title: "What is published is what was approved",
        explanation: "The digest of each edition in force must be the one its approval was bound \
                      to; anything else means that published words were changed. Where a text was \
                      erased, or is kept elsewhere without a digest, it cannot be told.",
        mend: "Run `muniment verify`, find out who changed the words, and publish a new edition.",
        basis: Basis::Shall,
        isolated: Grade::Major,
        systemic: Grade::Major,
        stages: &[AuditStage::One, AuditStage::Two, AuditStage::Surveillance],
        reads: &["document", "scope", "risk_method", "approval"],
        judge: Some(judging::unchanged),
        waits_for: "",
    },
    Rule {
        id: "7.5.2-05",
        clause: "7.5.2.c",
        title: "Published documents hold no template text",
        explanation: "Placeholders left over from a template show that nobody read the document \
                      before it was approved: a minor gap. A proposed text published without an \
                      edit or a confirmation is something to improve. Texts kept in files are not \
                      opened.",
        mend: "Edit the text, or confirm a seeded one as your own, and publish it anew.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["document", "scope", "risk_method", "approval"],
        judge: Some(judging::no_template),
        waits_for: "",
    },
];

#[cfg(test)]
mod tests;
