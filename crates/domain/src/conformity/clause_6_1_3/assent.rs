//! What the owners of risks agreed to: the treatment, and what remains.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kinds::approval::{Approval, Purpose};
use meta::{Id, Record};

use super::{is_by_owner, is_given, needs_plan, no_risk};
use crate::{
    View,
    approvals::{self, State},
    conformity::{AuditStage, Basis, Chain, Grade, Outcome, RiskState, Rule, outcome::Each},
    parameters, risk,
};

pub(super) const TO_THE_PLAN: Rule = Rule {
    id: "6.1.3-13",
    clause: "6.1.3.f",
    title: "The owner of each risk approved its treatment",
    explanation: "The approval must come from whoever was behind the owner on the day, and must still \
                  stand: a change of owner, treatment, controls, mechanism, residual, or of what, who \
                  and when of an action makes it stale. Three or more without, and more than one in \
                  ten, is major.",
    mend: "Ask the owner: `muniment approve RISK-1 --purpose approve_treatment`.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Major,
    stages: &[AuditStage::One],
    reads: &["risk", "risk_method", "approval", "action"],
    judge: Some(to_the_plan),
    waits_for: "",
};

pub(super) const TO_WHAT_REMAINS: Rule = Rule {
    id: "6.1.3-14",
    clause: "6.1.3.f",
    title: "The owner of each risk accepted what remains",
    explanation: "What remains after treatment is accepted by the owner of the risk, not by somebody \
                  else, and again when scenario, owner, method, treatment, controls or residual \
                  change. Three or more without, and more than one in ten, is major.",
    mend: "Ask the owner: `muniment approve RISK-1 --purpose accept_residual`.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Major,
    stages: &[AuditStage::One, AuditStage::Two],
    reads: &["risk", "approval"],
    judge: Some(to_what_remains),
    waits_for: "",
};

pub(super) const STILL_HOLDS: Rule = Rule {
    id: "6.1.3-15",
    clause: "6.1.3.f",
    title: "No acceptance has run out, or was given for too long",
    explanation: "An acceptance ends on the day it was given until, or after the longest time the \
                  method allows for the level that remains. One without an end, or with one beyond \
                  that time, fails where the method sets one.",
    mend: "Look at these risks again and ask their owners to accept them anew.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::Two, AuditStage::Surveillance],
    reads: &["risk", "risk_method", "approval"],
    judge: Some(still_holds),
    waits_for: "",
};

pub(super) const WITH_CARE: Rule = Rule {
    id: "6.1.3-16",
    clause: "6.1.3.f",
    title: "Risks are not accepted by clicking through them",
    explanation: "More risks accepted one by one by the same person within a short time than the \
                  organization's limit (`acceptance.burst.count` within `acceptance.burst.within`) \
                  raise the question whether each was looked at. Risks signed together in one act \
                  count once.",
    mend: "Accept risks of one meeting in one act, or take the time for each.",
    basis: Basis::Practice,
    isolated: Grade::Opportunity,
    systemic: Grade::Opportunity,
    stages: &[AuditStage::Two],
    reads: &["risk", "approval", "organization"],
    judge: Some(with_care),
    waits_for: "",
};

fn to_the_plan(chain: &Chain<'_>) -> Outcome {
    if chain.risks.is_empty() {
        return no_risk();
    }
    let mut each = Each::new();
    for it in &chain.risks {
        match needs_plan(it) {
            Some(true) => judge(chain, &mut each, it, it.plan, "its treatment is not approved"),
            Some(false) => {}
            None => each.unknown(it.record, "whether it needs treatment is open"),
        }
    }
    let grade = if each.is_widespread() { Grade::Major } else { Grade::Minor };
    let none = || Outcome::not_applicable("every risk is acceptable as it is");
    each.outcome(grade, "risks that need treatment", none)
}

fn to_what_remains(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in &chain.risks {
        if it.risk.treatment.is_empty() {
            each.unknown(it.record, "no treatment is decided yet");
        } else {
            judge(chain, &mut each, it, it.acceptance, "what remains is not accepted");
        }
    }
    let grade = if each.is_widespread() { Grade::Major } else { Grade::Minor };
    each.outcome(grade, "risks", no_risk)
}

/// Judges what the owner of a risk decided about it.
fn judge(
    chain: &Chain<'_>,
    each: &mut Each,
    it: &RiskState<'_>,
    act: Option<(&Record, &Approval)>,
    missing: &'static str,
) {
    let Some((record, approval)) = act else {
        return match it.is_sketch() {
            true => each.unknown(it.record, missing),
            false => each.fail(it.record, missing),
        };
    };
    let on = approval.decided_on.map_or_else(String::new, |day| format!(" of {day}"));
    match approvals::state(chain.view, record, approval) {
        State::Valid if !is_given(approval) => each.fail(it.record, missing),
        State::Valid => match it.risk.owner {
            Some(owner) if is_by_owner(approval, &owner) => each.pass(it.record),
            Some(_) => each.fail(it.record, format!("the approval{on} is not its owner's")),
            None => each.unknown(it.record, "it has no owner"),
        },
        State::Stale(fields) => {
            let fields = fields.iter().map(|it| it.replace('_', " ")).collect::<Vec<_>>();
            each.fail(it.record, format!("changed since the approval{on}: {}", fields.join(", ")));
        }
        State::Expired(until) => each.fail(it.record, format!("the approval ran out on {until}")),
        State::Revoked => each.fail(it.record, format!("the approval{on} was taken back")),
        State::Refused => each.fail(it.record, format!("the owner's answer{on} was no")),
        State::Waiting => each.fail(it.record, missing),
        State::Unknown => each.unknown(it.record, "what was approved can no longer be told"),
    }
}

fn still_holds(chain: &Chain<'_>) -> Outcome {
    let day = chain.view.day;
    let mut each = Each::new();
    for it in &chain.risks {
        let Some((record, approval)) = it.acceptance else { continue };
        if record.stage().id != "given" {
            continue;
        }
        let latest = approval
            .decided_on
            .and_then(|decided| risk::accepted_until(View::new(chain.view.isms, decided), it.risk));
        let too_long = latest.filter(|it| approval.good_until.is_none_or(|until| until > *it));
        let ends = approval.good_until.min(latest).or(approval.good_until).or(latest);
        match (ends.filter(|it| *it < day), too_long, approval.good_until) {
            (Some(end), ..) => each.fail(it.record, format!("its acceptance ran out on {end}")),
            (None, Some(latest), Some(until)) => each.fail(
                it.record,
                format!("accepted until {until}, where the method allows until {latest} at most"),
            ),
            (None, Some(latest), None) => each.fail(
                it.record,
                format!("accepted without an end, where the method allows until {latest} at most"),
            ),
            (None, None, _) => each.pass(it.record),
        }
    }
    each.outcome(Grade::Minor, "acceptances", || Outcome::unknown("no risk is accepted yet"))
}

fn with_care(chain: &Chain<'_>) -> Outcome {
    let isms = chain.view.isms;
    let limit = usize::try_from(parameters::number(isms, "acceptance.burst.count")).unwrap_or(0);
    let within = parameters::period(isms, "acceptance.burst.within");
    let seconds = (within.days() * 86_400.0) as i64;
    // One act over many risks is one commit: only single acts count.
    let mut acts: BTreeMap<Id, Vec<(Timestamp, u64, &Record)>> = BTreeMap::new();
    for record in isms.rows("approval").filter(|it| it.is_live() && it.is_own()) {
        let Some(approval) = record.typed::<Approval>() else { continue };
        let is_of_risk = approval
            .subject
            .and_then(|it| isms.get(it.id()))
            .is_some_and(|it| it.def().id == "risk");
        let decided = approvals::decided_at(record);
        let moment = isms.moment(decided);
        if approval.purpose == Some(Purpose::AcceptResidual)
            && is_of_risk
            && let Some((by, moment)) = approval.by.zip(moment)
        {
            acts.entry(by.id()).or_default().push((moment.at, decided, record));
        }
    }
    let mut each = Each::new();
    for acts in acts.values_mut() {
        acts.sort_by_key(|it| (it.0, it.1));
        acts.dedup_by_key(|it| it.1);
        let is_burst = |from: usize| {
            let end = acts.get(from + limit);
            end.is_some_and(|it| it.0.as_second() - acts[from].0.as_second() <= seconds)
        };
        match (0..acts.len()).find(|at| is_burst(*at)) {
            Some(at) => {
                let note = format!("more than {limit} risks within {}, one by one", within.words());
                each.fail(acts[at].2, note);
            }
            None => acts.iter().for_each(|it| each.pass(it.2)),
        }
    }
    each.outcome(Grade::Opportunity, "acts", || Outcome::unknown("no risk is accepted yet"))
}
