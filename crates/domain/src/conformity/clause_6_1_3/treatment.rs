//! How risks are treated: by a process, with controls or a mechanism, compared with Annex A.

use std::{borrow::Cow, collections::HashSet};

use kinds::{
    approval::{Approval, Purpose},
    document::Document,
    risk::Treatment,
    risk_method::Acceptable,
};
use meta::Id;

use super::{is_by_owner, is_given, no_risk};
use crate::{
    approvals::{self, State},
    conformity::{
        AuditStage, Basis, Case, Chain, Grade, Outcome, Proof, ProofState, RiskState, Rule,
        answers::says, in_force, outcome::Each,
    },
    parameters,
    risk::Evaluation,
};

const RATED_BY: &[&str] = &["risk", "risk_method", "approval"];

pub(super) const PROCESS: Rule = Rule {
    id: "6.1.3-01",
    clause: "6.1.3.di",
    title: "A risk treatment process is approved",
    explanation: "How risks are treated must be defined and kept as documented information: an \
                  edition of the risk method that covers treatment, or a document in force that \
                  serves clause 6.1.3. None is major; a method that covers treatment but leaves out \
                  options, controls, the comparison with Annex A or who approves is minor.",
    mend: "Fill in the treatment part of the risk method and publish it, or publish a document that \
           serves clause 6.1.3.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Major,
    stages: &[AuditStage::One],
    reads: &["risk_method", "document", "approval"],
    judge: Some(process),
    waits_for: "",
};

pub(super) const DECIDED: Rule = Rule {
    id: "6.1.3-02",
    clause: "6.1.3.a",
    title: "Risks above the criteria have a treatment",
    explanation: "For each risk above the acceptance criteria a way of treatment must be chosen. \
                  Three or more without, and more than one in ten, is major.",
    mend: "Choose modify, retain, avoid or share for each of these risks, and say why.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Major,
    stages: &[AuditStage::One],
    reads: RATED_BY,
    judge: Some(decided),
    waits_for: "",
};

pub(super) const BY_CONTROLS: Rule = Rule {
    id: "6.1.3-03",
    clause: "6.1.3.b",
    title: "Modified risks name their necessary controls",
    explanation: "Whoever wants to make a risk smaller must determine the controls for it, of Annex A \
                  or of their own.",
    mend: "Link each of these risks to the controls that bring it down (`muniment edit RISK-1`).",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::One],
    reads: &["risk", "control"],
    judge: Some(by_controls),
    waits_for: "",
};

pub(super) const BY_MECHANISM: Rule = Rule {
    id: "6.1.3-04",
    clause: "6.1.3.a",
    title: "Shared and avoided risks show by what",
    explanation: "A risk is shared by a contract or an insurance, and avoided by an activity that was \
                  stopped. Nothing named fails, proof that ran out fails; a mechanism without \
                  accepted proof cannot be told.",
    mend: "Write the mechanism into the risk and link its proof: `muniment new evidence`.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::Two],
    reads: &["risk", "evidence", "organization"],
    judge: Some(by_mechanism),
    waits_for: "",
};

pub(super) const RETAINED: Rule = Rule {
    id: "6.1.3-05",
    clause: "6.1.3.f",
    title: "Risks above the criteria are retained only by authority",
    explanation: "A risk that stays above the acceptance criteria may be retained only as the method \
                  allows: with the acceptance of the authority it names, or with an exception that \
                  top management granted where the method says never. That goes for risks that are \
                  retained, and for what remains of others once their owner has accepted it.",
    mend: "Treat the risk, or ask the authority on the page of the risk: it accepts what stays above \
           the criteria there, or by `muniment approve RISK-1 --purpose grant_exception`.",
    basis: Basis::Shall,
    isolated: Grade::Major,
    systemic: Grade::Major,
    stages: &[AuditStage::Two],
    reads: RATED_BY,
    judge: Some(retained),
    waits_for: "",
};

pub(super) const COMPARED: Rule = Rule {
    id: "6.1.3-06",
    clause: "6.1.3.c",
    title: "The comparison with Annex A covers all necessary controls",
    explanation: "Necessary controls are compared with Annex A so that none is forgotten; each \
                  published Statement of Applicability is such a comparison. It fails where the \
                  edition leaves out controls of Annex A, or where a treatment approved since names a \
                  control the edition does not hold.",
    mend: "Go through Annex A once more and publish the next edition: `muniment soa`, then \
           `muniment approve soa --purpose publish`.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::One, AuditStage::Surveillance],
    reads: &["risk", "control", "approval"],
    judge: Some(compared),
    waits_for: "",
};

fn process(chain: &Chain<'_>) -> Outcome {
    let serving: Vec<Id> = in_force::own::<Document>(chain)
        .filter(|it| it.present.serves_clauses.iter().any(|it| is_treatment(it)))
        .map(|it| it.id())
        .collect();
    if !serving.is_empty() {
        return Outcome::pass("a document in force says how risks are treated", serving);
    }
    let method = chain.method_in_force();
    let Some(method) = method.filter(|it| it.body.covers_treatment == Some(true)) else {
        let case = match method {
            Some(it) => Case::on(it.record, "it does not cover treatment"),
            None => Case::absent("neither a method nor a document in force covers treatment"),
        };
        let summary = "no risk treatment process is in force";
        return Outcome::fail(Grade::Major, summary, vec![case]);
    };
    let body = method.body;
    let missing: Vec<Case> = [
        (&body.treatment_options, "it names no ways of treatment"),
        (&body.controls_determination, "it does not say how controls are determined"),
        (&body.annex_a_comparison, "it does not say how controls are compared with Annex A"),
        (&body.treatment_approval, "it does not say who approves"),
    ]
    .into_iter()
    .filter(|(text, _)| !says(text.as_ref()))
    .map(|(_, note)| Case::on(method.record, note))
    .collect();
    if missing.is_empty() {
        let ids = vec![method.record.head.id];
        return Outcome::pass("the risk method says how risks are treated", ids);
    }
    Outcome::fail(Grade::Minor, "the treatment process is incomplete", missing)
}

fn is_treatment(clause: &str) -> bool {
    let rest = clause.trim().strip_prefix("6.1.3");
    rest.is_some_and(|it| !it.starts_with(|next: char| next.is_ascii_digit()))
}

fn decided(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in &chain.risks {
        match (it.is_too_high(), it.risk.treatment.is_empty()) {
            (Some(false), _) | (Some(true), false) => each.pass(it.record),
            (None, _) => each.unknown(it.record, "whether it is above the criteria is open"),
            (Some(true), true) if it.is_sketch() => {
                each.unknown(it.record, "it is above the criteria and not treated yet");
            }
            (Some(true), true) => each.fail(it.record, "it is above the criteria and not treated"),
        }
    }
    let grade = if each.is_widespread() { Grade::Major } else { Grade::Minor };
    each.outcome(grade, "risks", no_risk)
}

fn by_controls(chain: &Chain<'_>) -> Outcome {
    if chain.risks.is_empty() {
        return no_risk();
    }
    let mut each = Each::new();
    for it in chain.risks.iter().filter(|it| it.risk.is_treated_by(Treatment::Modify)) {
        let known = it.risk.controls.iter().filter_map(|it| chain.control(it.id()));
        let (own, seeds): (Vec<_>, Vec<_>) = known.partition(|it| it.record.is_own());
        match (own.is_empty(), seeds.is_empty()) {
            (false, _) => each.pass(it.record),
            (_, false) => each.unknown(it.record, "its controls are proposals nobody confirmed"),
            _ if it.is_sketch() => each.unknown(it.record, "it names no control yet"),
            _ => each.fail(it.record, "it is to be modified and names no control"),
        }
    }
    let none = || Outcome::not_applicable("no risk is treated by modifying it");
    each.outcome(Grade::Minor, "modified risks", none)
}

fn by_mechanism(chain: &Chain<'_>) -> Outcome {
    if chain.risks.is_empty() {
        return no_risk();
    }
    let cadence = parameters::period(chain.view.isms, "evidence.cadence");
    let mut each = Each::new();
    for it in &chain.risks {
        let risk = it.risk;
        if !risk.is_treated_by(Treatment::Share) && !risk.is_treated_by(Treatment::Avoid) {
            continue;
        }
        let proofs = risk.mechanism_evidence.iter().filter_map(|it| chain.proof(it.id()));
        match Proof::together(proofs, cadence, chain.view.day) {
            ProofState::Current(_) => each.pass(it.record),
            ProofState::Expired(_, until) => {
                each.fail(it.record, format!("the proof of its mechanism ran out on {until}"));
            }
            ProofState::Undated(_) => {
                each.unknown(it.record, "for which time its proof speaks is open");
            }
            ProofState::NotAccepted(_) => {
                each.unknown(it.record, "the proof of its mechanism is not accepted");
            }
            ProofState::Missing if says(risk.mechanism.as_ref()) => {
                each.unknown(it.record, "its mechanism is told and not shown");
            }
            ProofState::Missing if it.is_sketch() => {
                each.unknown(it.record, "it names no mechanism yet");
            }
            ProofState::Missing => each.fail(it.record, "it names no mechanism"),
        }
    }
    let none = || Outcome::not_applicable("no risk is shared or avoided");
    each.outcome(Grade::Minor, "shared or avoided risks", none)
}

fn retained(chain: &Chain<'_>) -> Outcome {
    if chain.risks.is_empty() {
        return no_risk();
    }
    let mut each = Each::new();
    let accepted = |it: &RiskState<'_>| acceptance_state(chain, it) == Some(State::Valid);
    let is_kept = |it: &&RiskState<'_>| it.risk.is_treated_by(Treatment::Retain) || accepted(it);
    for it in chain.risks.iter().filter(is_kept) {
        let allowed = match it.remaining() {
            Evaluation::Acceptable => continue,
            Evaluation::Unknown => {
                each.unknown(it.record, "whether it stays above the criteria is open");
                continue;
            }
            Evaluation::ByAuthority => {
                is_accepted_by_authority(chain, it) || has_exception(chain, it, authority(it))
            }
            Evaluation::TooHigh => has_exception(chain, it, None),
        };
        let note = match (it.remaining(), acceptance_state(chain, it)) {
            (Evaluation::TooHigh, _) => {
                "it is never acceptable, and no exception was granted".into()
            }
            (_, Some(State::Expired(on))) => {
                Cow::from(format!("it is above the criteria, and its acceptance ran out on {on}"))
            }
            _ => "it is above the criteria, and no authority accepted it".into(),
        };
        match allowed {
            true => each.pass(it.record),
            false if it.is_sketch() => each.unknown(it.record, note),
            false => each.fail(it.record, note),
        }
    }
    let none = || Outcome::not_applicable("no risk above the criteria is retained");
    each.outcome(Grade::Major, "retained risks above the criteria", none)
}

fn is_accepted_by_authority(chain: &Chain<'_>, it: &RiskState<'_>) -> bool {
    let Some((record, approval)) = it.acceptance else { return false };
    is_by(approval, authority(it))
        && is_given(approval)
        && approvals::state(chain.view, record, approval) == State::Valid
}

/// The level that remains and the role that may accept it, where the method leaves it to one.
fn authority(it: &RiskState<'_>) -> Option<(i64, Option<Id>)> {
    let (method, level) = it.method.zip(it.residual.or(it.current))?;
    let row = method.body.accepts(level);
    let row = row.filter(|it| it.acceptable == Some(Acceptable::ByAuthority));
    Some((level, row.and_then(|it| it.authority).map(|it| it.id())))
}

fn is_by(approval: &Approval, authority: Option<(i64, Option<Id>)>) -> bool {
    let Some((level, role)) = authority else { return false };
    role.is_some_and(|it| is_by_owner(approval, &meta::Link::to(it).into()))
        || approval.may_accept.is_some_and(|limit| limit >= level)
}

/// How the newest acceptance of what remains stands; `None` where nobody gave one.
fn acceptance_state(chain: &Chain<'_>, it: &RiskState<'_>) -> Option<State> {
    let (record, approval) = it.acceptance.filter(|it| is_given(it.1))?;
    Some(approvals::state(chain.view, record, approval))
}

fn has_exception(
    chain: &Chain<'_>,
    it: &RiskState<'_>,
    authority: Option<(i64, Option<Id>)>,
) -> bool {
    let newest = approvals::newest(chain.view, it.record.head.id, Purpose::GrantException);
    newest.is_some_and(|(record, approval, state)| {
        record.is_own()
            && is_given(approval)
            && (approval.top_management == Some(true) || is_by(approval, authority))
            && state == State::Valid
    })
}

fn compared(chain: &Chain<'_>) -> Outcome {
    let Some((statement, approval, _)) = &chain.statement else {
        return Outcome::unknown("no Statement of Applicability is in force: see SOA-01");
    };
    let held: HashSet<&str> = approval.rows.iter().map(|it| it.reference.as_str()).collect();
    let known = catalog::controls().iter().filter(|it| held.contains(it.id)).count();
    let mut each = Each::new();
    if known < catalog::controls().len() {
        let count = catalog::controls().len() - known;
        each.fail(statement, format!("the edition leaves out {count} controls of Annex A"));
    } else {
        each.pass(statement);
    }
    let decided: HashSet<Id> = chain
        .risks
        .iter()
        .filter(|it| it.plan.is_some_and(|(plan, it)| is_since(plan, statement) && is_given(it)))
        .flat_map(|it| it.risk.controls.iter().map(|it| it.id()))
        .collect();
    let necessary = chain
        .controls
        .iter()
        .filter(|it| it.callers.iter().any(|it| it.kind == crate::conformity::CallerKind::Risk));
    for control in necessary {
        if held.contains(control.reference().as_str()) {
            each.pass(control.record);
        } else if decided.contains(&control.record.head.id) {
            each.fail(control.record, "a treatment approved since needs it, the edition lacks it");
        } else {
            each.unknown(control.record, "a risk names it, and the edition lacks it");
        }
    }
    each.outcome(Grade::Minor, "comparisons", || Outcome::unknown("nothing was compared yet"))
}

/// Whether an act was recorded after another.
fn is_since(act: &meta::Record, other: &meta::Record) -> bool {
    act.stage().id == "given" && approvals::decided_at(act) > approvals::decided_at(other)
}
