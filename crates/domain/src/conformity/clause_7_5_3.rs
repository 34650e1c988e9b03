//! Clause 7.5.3: how documents are controlled while they are used.

mod judging;

use crate::conformity::{AuditStage, Basis, Grade, Rule};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "7.5.3-01",
        clause: "7.5.3.a",
        title: "Documents were reviewed in time",
        explanation: "You set documents a day or an interval for their next review, and are held \
                      to it. A document in force without either leaves the answer open.",
        mend: "Read the document: where it still holds, `muniment review` sets the next day; else \
               draft and publish a new edition.",
        basis: Basis::OwnRule,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        reads: &["document", "approval"],
        judge: Some(judging::reviewed),
        waits_for: "",
    },
    Rule {
        id: "7.5.3-02",
        clause: "7.5.3.a",
        title: "Only one version of a document is in use",
        explanation: "Each record has one edition in force by nature. Two documents with the same \
                      identifier, or none and the same title, are two versions in use; so is a \
                      control whose rules name an edition that no longer holds.",
        mend: "Merge the two (`muniment merge`), or withdraw one; link the control to the \
               document instead of the old edition.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        reads: &["document", "approval", "control"],
        judge: Some(judging::one_version),
        waits_for: "",
    },
    Rule {
        id: "7.5.3-03",
        clause: "7.5.3.c",
        title: "Documents say who may read them and how long they are kept",
        explanation: "Access, retention and what happens afterward must be settled. A document in \
                      force with neither a class nor a distribution is a minor gap; one that only \
                      lacks how long it is kept is something to improve.",
        mend: "Edit the document and fill in `class` or `distribution`, `keep_for` and `then`.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["document", "approval"],
        judge: Some(judging::access),
        waits_for: "",
    },
    Rule {
        id: "7.5.3-04",
        clause: "7.5.3.external",
        title: "Documents from outside are identified and controlled",
        explanation: "Standards, manuals and rules that others wrote and you need must be known \
                      with their issuer and edition, and somebody must watch for a new one. None \
                      at all leaves the answer open, unless a decision says that none are needed.",
        mend: "Record each with `muniment new document` (type `external`), its issuer, edition and \
               who watches it; or record that none are needed with `muniment new determination` \
               (question `external_documents_needed`).",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["document", "determination", "approval"],
        judge: Some(judging::external),
        waits_for: "",
    },
    Rule {
        id: "7.5.3-05",
        clause: "7.5.3.a",
        title: "Translations keep up with the original",
        explanation: "A translation of an older edition tells its readers what no longer holds. \
                      A translation in force names the edition it translates, which must be the \
                      one in force; where it names none it must not be older. It is systemic \
                      where three or more, and more than one in ten, are behind.",
        mend: "Translate the edition in force, name it in `translation_of`, and publish the \
               translation.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        reads: &["document", "approval"],
        judge: Some(judging::translations),
        waits_for: "",
    },
];

#[cfg(test)]
mod tests;
