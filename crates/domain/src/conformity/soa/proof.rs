//! Declared is not evidenced: what shows that included controls work, and what describes them.

use kinds::control::{Implementation, TestResult};

use super::{included, none_included};
use crate::{
    conformity::{
        AuditStage, Basis, Chain, ControlState, Grade, Outcome, Proof, ProofState, Rule,
        outcome::Each,
    },
    parameters,
};

pub(super) const SHOWN: Rule = Rule {
    id: "SOA-09",
    clause: "6.1.3.d",
    title: "What is declared implemented is shown",
    explanation: "A control that is declared implemented needs accepted proof that has not run out, \
                  by its own word or the cadence the control wants (`evidence.cadence` where it names \
                  none). A failed test or proof that ran out fails; no proof at all cannot be told, \
                  and taking old proof away does not change that it ran out.",
    mend: "Bring fresh proof (`muniment new evidence`, linked to the control) and have it accepted, \
           or correct the status.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::Two],
    reads: &["control", "evidence", "organization"],
    judge: Some(shown),
    waits_for: "",
};

pub(super) const DOCUMENTED: Rule = Rule {
    id: "SOA-16",
    clause: "6.1.3.d",
    title: "Controls that ask for something documented have it",
    explanation: "Seven controls of Annex A ask for something documented themselves (A.5.10, A.5.26, \
                  A.5.31, A.5.37, A.6.6, A.8.9, A.8.27). Where one is included, a document that \
                  serves it must have an edition in force.",
    mend: "Publish a document and link it: in the control under rules, or in the document under what \
           it serves.",
    basis: Basis::AnnexA,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::One, AuditStage::Two],
    reads: &["control", "document", "approval"],
    judge: Some(documented),
    waits_for: "",
};

pub(super) const FRESH: Rule = Rule {
    id: "SOA-17",
    clause: "6.1.3.d",
    title: "Every proof a control wants is fresh",
    explanation: "A control says which proofs it wants and how often. It fails where the window of \
                  one of them has passed; a proof that was never brought cannot be told. Evidence \
                  belongs to the row it names, or to the only row there is.",
    mend: "Bring the proofs that are due: `muniment new evidence`, naming the proof it answers.",
    basis: Basis::OwnRule,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::Two, AuditStage::Surveillance],
    reads: &["control", "evidence", "organization"],
    judge: Some(fresh),
    waits_for: "",
};

fn shown(chain: &Chain<'_>) -> Outcome {
    if included(chain).next().is_none() {
        return none_included();
    }
    let mut each = Each::new();
    let implemented =
        |it: &&ControlState<'_>| it.control.implementation == Some(Implementation::Implemented);
    for it in included(chain).filter(implemented) {
        if it.control.last_test_result == Some(TestResult::Failed) {
            let on = it.control.last_test_on.map_or_else(String::new, |day| format!(" of {day}"));
            each.fail(it.record, format!("its last test{on} failed"));
            continue;
        }
        match it.held(chain.view) {
            ProofState::Current(_) => each.pass(it.record),
            ProofState::Expired(_, until) => {
                each.fail(it.record, format!("its newest proof ran out on {until}"));
            }
            ProofState::Undated(_) => {
                each.unknown(it.record, "for which time its proof speaks is open");
            }
            ProofState::NotAccepted(_) => each.unknown(it.record, "its proof is not accepted"),
            ProofState::Missing => each.unknown(it.record, "declared, and no proof held"),
        }
    }
    let none = || Outcome::unknown("no included control is declared implemented yet");
    each.outcome(Grade::Minor, "controls declared implemented", none)
}

fn documented(chain: &Chain<'_>) -> Outcome {
    if !chain.controls.iter().any(ControlState::is_decided) {
        return none_included();
    }
    let mut each = Each::new();
    for (_, control) in chain.annex_a().filter(|(it, _)| it.documented) {
        let Some(it) = control.filter(|it| !it.is_excluded()) else { continue };
        if !it.is_included() {
            each.unknown(it.record, "whether it is needed is open");
            continue;
        }
        let in_force = it.documents.iter().any(|(it, _)| chain.edition(it.head.id).is_some());
        match (in_force, it.documents.is_empty()) {
            (true, _) => each.pass(it.record),
            (_, true) => each.fail(it.record, "no document serves it"),
            (_, false) => each.fail(it.record, "no document that serves it is in force"),
        }
    }
    let none = || Outcome::not_applicable("none of these controls is included");
    each.outcome(Grade::Minor, "controls that ask for a document", none)
}

fn fresh(chain: &Chain<'_>) -> Outcome {
    let day = chain.view.day;
    let default = parameters::period(chain.view.isms, "evidence.cadence");
    let mut each = Each::new();
    for it in included(chain) {
        let rows = &it.control.proof_wanted;
        let is_begun = matches!(
            it.control.implementation,
            Some(Implementation::Implemented | Implementation::InPart)
        );
        if rows.is_empty() || !is_begun {
            continue;
        }
        let (mut late, mut open) = (None, None);
        for row in rows {
            let answers = |proof: &&Proof<'_>| match proof.evidence.proof.as_deref() {
                Some(named) => named.trim().eq_ignore_ascii_case(row.what.trim()),
                None => rows.len() == 1,
            };
            let proofs = it.proofs.iter().filter(answers).copied();
            match Proof::together(proofs, row.cadence.unwrap_or(default), day) {
                ProofState::Current(_) => {}
                ProofState::Expired(_, until) => {
                    late = Some(format!("“{}” was due on {until}", row.what));
                }
                _ => open = Some(format!("“{}” was never brought and accepted", row.what)),
            }
        }
        match (late, open) {
            (Some(note), _) => each.fail(it.record, note),
            (_, Some(note)) => each.unknown(it.record, note),
            _ => each.pass(it.record),
        }
    }
    let none = || Outcome::unknown("no control in place says which proof it wants");
    each.outcome(Grade::Minor, "controls that want proof", none)
}
