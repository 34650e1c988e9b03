//! Clause 7.5.1: is what must be documented there, the organization's own list included?

mod rows;

pub use rows::documented;

use std::collections::HashSet;

use kinds::{
    control::Control,
    document::{Document, DocumentType, OwnRule},
    obligation::Obligation,
    requirement::Requirement,
};
use meta::{Id, Record};

use crate::{
    conformity::{
        AuditStage, Basis, Chain, Grade, Outcome, Rule, answers,
        chain::{Proof, ProofState},
        in_force,
        outcome::Each,
        proof,
    },
    parameters,
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "7.5.1-01",
        clause: "7.5.1.a",
        title: "What the clauses want documented is there",
        explanation: "The clauses name 19 things that must be documented. Scope, policy, risk \
                      assessment and treatment process, Statement of Applicability, treatment \
                      plan and objectives must be there from the first audit on; what is missing \
                      of these is a major gap. Records of the running ISMS are shown by accepted \
                      evidence, or documents in force, that name the clause; until then they are \
                      open. Nonconformities and what you may need beyond that count only where \
                      there are any.",
        mend: "Make what the note names; for records kept elsewhere add evidence that names the \
               clause in `shows_clauses`.",
        basis: Basis::Shall,
        isolated: Grade::Major,
        systemic: Grade::Major,
        stages: &[AuditStage::One],
        reads: &[
            "scope",
            "document",
            "risk_method",
            "approval",
            "control",
            "risk",
            "action",
            "objective",
            "assessment_round",
            "evidence",
            "organization",
        ],
        judge: Some(rows::judge),
        waits_for: "",
    },
    Rule {
        id: "7.5.1-02",
        clause: "7.5.1.b",
        title: "Documents you rely on are published",
        explanation: "What the organization itself found necessary must exist. A document that an \
                      included control, a requirement or an obligation relies on and that has no \
                      edition in force is missing; one that is only on the list and still drafted \
                      leaves the answer open.",
        mend: "Finish the document and publish it with `muniment approve`, or withdraw it and \
               unlink what relies on it.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["document", "approval", "control", "requirement", "obligation"],
        judge: Some(own_list),
        waits_for: "",
    },
    Rule {
        id: "OWN-01",
        clause: "7.5.1.b",
        title: "Promises in your documents are kept",
        explanation: "What you promise in your own documents is audited like the standard itself. \
                      A promise in a document in force needs somebody who keeps it, an interval \
                      or a limit, and a proof; while one of them is missing it cannot be told. \
                      Accepted evidence that names the proof shows it kept for one interval (else \
                      your parameter `evidence.cadence`); older evidence fails it.",
        mend: "Complete the row in the document's `own_rules`, then add evidence that shows the \
               document and names the proof in `proof`.",
        basis: Basis::OwnRule,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two, AuditStage::Surveillance],
        reads: &["document", "approval", "evidence", "organization"],
        judge: Some(promises),
        waits_for: "",
    },
];

fn own_list(chain: &Chain<'_>) -> Outcome {
    let mut wanted: HashSet<Id> = HashSet::new();
    for (_, it) in chain.own::<Control>().filter(|(_, it)| it.is_included()) {
        wanted.extend(it.rules.iter().map(|it| it.id()));
    }
    for (_, it) in chain.own::<Requirement>() {
        wanted.extend(it.met_by.iter().map(|it| it.id()));
    }
    for (_, it) in chain.own::<Obligation>() {
        wanted.extend(it.met_by.iter().map(|it| it.id()));
    }
    let published: HashSet<Id> = in_force::own::<Document>(chain).map(|it| it.id()).collect();
    let mut each = Each::new();
    for (record, it) in chain.view.isms.live::<Document>() {
        let id = record.head.id;
        let is_wanted = wanted.contains(&id);
        // What others write, and forms and records, are not published by the organization.
        let elsewhere = [DocumentType::External, DocumentType::Form, DocumentType::Record];
        if !record.is_own() && !is_wanted || it.doc_type.is_some_and(|it| elsewhere.contains(&it)) {
            continue;
        }
        match (published.contains(&id), is_wanted) {
            (true, _) => each.pass(record),
            (false, true) => each.fail(record, "relied on, but no edition is in force"),
            (false, false) => each.unknown(record, "on the list, but no edition is in force yet"),
        }
    }
    each.outcome(Grade::Minor, "documents", || Outcome::unknown("no document is on the list"))
}

fn promises(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in in_force::own::<Document>(chain) {
        let proofs = match it.present.own_rules.is_empty() {
            true => Vec::new(),
            false => proof::shown(chain, it.id()),
        };
        for rule in &it.present.own_rules {
            promise(chain, &mut each, it.working, rule, &proofs);
        }
    }
    each.outcome(Grade::Minor, "promises", || {
        Outcome::unknown("no promise from a document in force is recorded")
    })
}

fn promise(
    chain: &Chain<'_>,
    each: &mut Each,
    document: &Record,
    rule: &OwnRule,
    proofs: &[Proof<'_>],
) {
    let what = &rule.promise;
    let is_bounded = rule.cadence.is_some() || answers::names(rule.limit.as_ref());
    let Some(wanted) = rule.proof_wanted.as_ref().filter(|it| !it.trim().is_empty()) else {
        return each.unknown(document, format!("names no proof: {what}"));
    };
    if rule.by_whom.is_none() || !is_bounded {
        let note = format!("names nobody, or neither interval nor limit: {what}");
        return each.unknown(document, note);
    }
    let default = || parameters::period(chain.view.isms, "evidence.cadence");
    let cadence = rule.cadence.unwrap_or_else(default);
    let is_meant = |it: &&Proof<'_>| {
        let named = it.evidence.proof.as_deref().unwrap_or_default();
        named.trim().to_lowercase() == wanted.trim().to_lowercase()
    };
    let meant = proofs.iter().filter(is_meant).copied();
    match Proof::together(meant, cadence, chain.view.day) {
        ProofState::Current(_) => each.pass(document),
        ProofState::Expired(_, until) => {
            each.fail(document, format!("its proof ran out on {until}: {what}"));
        }
        _ => each.unknown(document, format!("no proof that counts: {what}")),
    }
}

#[cfg(test)]
mod tests;
