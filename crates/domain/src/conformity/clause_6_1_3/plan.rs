//! The treatment plan: approved, complete and kept.

use kinds::action::{Action, Purpose};
use meta::Record;

use super::{is_given, needs_plan, no_risk};
use crate::conformity::{
    AuditStage, Basis, Case, Chain, Grade, Outcome, Rule,
    answers::{names, says},
    outcome::Each,
};

pub(super) const APPROVED: Rule = Rule {
    id: "6.1.3-10",
    clause: "6.1.3.e",
    title: "There is an approved treatment plan",
    explanation: "The plan is the sum of what the owners of risks approved: treatment, controls and \
                  actions. It is major when risks need treatment and no owner has approved any; each \
                  single approval is judged by 6.1.3-13.",
    mend: "Ask the owners to approve how their risks are treated: `muniment approve RISK-1 --purpose \
           approve_treatment`.",
    basis: Basis::Shall,
    isolated: Grade::Major,
    systemic: Grade::Major,
    stages: &[AuditStage::One],
    reads: &["risk", "risk_method", "approval"],
    judge: Some(approved),
    waits_for: "",
};

pub(super) const COMPLETE: Rule = Rule {
    id: "6.1.3-11",
    clause: "6.1.3.e",
    title: "Every action of the plan says what, who, when and for which risk",
    explanation: "An action that treats a risk needs an owner, a due day and the risk it serves. \
                  Money, days or other resources are good practice: where only they are missing it is \
                  an opportunity. Proposed actions are unknown.",
    mend: "Complete these actions: `muniment edit ACTION-1`.",
    basis: Basis::Shall,
    isolated: Grade::Opportunity,
    systemic: Grade::Minor,
    stages: &[AuditStage::One],
    reads: &["action", "risk"],
    judge: Some(complete),
    waits_for: "",
};

pub(super) const IN_TIME: Rule = Rule {
    id: "6.1.3-12",
    clause: "6.1.3.e",
    title: "No action of the plan is overdue without a word",
    explanation: "An action past its due day needs a new day or somebody who was told. A note on its \
                  progress since then may be that, which a person must judge. Three or more overdue, \
                  and more than one in ten, is major.",
    mend: "Finish these actions, or move their due day and say why.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Major,
    stages: &[AuditStage::Two, AuditStage::Surveillance],
    reads: &["action", "risk"],
    judge: Some(in_time),
    waits_for: "",
};

fn approved(chain: &Chain<'_>) -> Outcome {
    if chain.risks.is_empty() {
        return no_risk();
    }
    let (mut needed, mut open, mut approved) = (Vec::new(), 0, Vec::new());
    for it in &chain.risks {
        match needs_plan(it) {
            None => open += 1,
            Some(false) => {}
            Some(true) => match it.plan {
                Some((plan, body)) if plan.stage().id == "given" && is_given(body) => {
                    approved.push(it.record.head.id);
                }
                _ => needed.push(it),
            },
        }
    }
    if !approved.is_empty() {
        let summary = format!("the treatment of {} risks was approved", approved.len());
        return Outcome::pass(summary, approved);
    }
    if needed.iter().any(|it| !it.is_sketch()) {
        let cases = needed.iter().map(|it| Case::on(it.record, "its treatment is not approved"));
        let summary = "no owner of a risk has approved a treatment";
        return Outcome::fail(Grade::Major, summary, cases.collect());
    }
    match (open, needed.is_empty()) {
        (0, true) => Outcome::not_applicable("every risk is acceptable as it is"),
        (0, false) => Outcome::unknown("the risks that need treatment are still sketches"),
        (open, _) => Outcome::unknown(format!("whether {open} risks need treatment is open")),
    }
}

fn complete(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    let mut is_minor = false;
    for (record, action) in actions(chain) {
        let missing = match action {
            it if it.owner.is_none() => Some("nobody answers for it"),
            it if it.due.is_none() => Some("it has no due day"),
            it if !serves_risk(chain, it) => Some("it names no risk"),
            _ => None,
        };
        let has_resources = action.money_planned.is_some()
            || action.days_planned.is_some()
            || says(action.resources.as_ref());
        match missing {
            Some(note) if record.head.stage == 0 => each.unknown(record, note),
            Some(note) => {
                is_minor = true;
                each.fail(record, note);
            }
            None if !has_resources => each.fail(record, "it names no resources"),
            None => each.pass(record),
        }
    }
    let grade = if is_minor { Grade::Minor } else { Grade::Opportunity };
    each.outcome(grade, "actions of the plan", no_action)
}

fn in_time(chain: &Chain<'_>) -> Outcome {
    let day = chain.view.day;
    let mut each = Each::new();
    for (record, action) in actions(chain) {
        let is_done = action.done_on.is_some() || matches!(record.stage().id, "done" | "verified");
        let Some(due) = action.due else {
            if is_done {
                each.pass(record);
            } else {
                each.unknown(record, "it has no due day");
            }
            continue;
        };
        if is_done || due >= day {
            each.pass(record);
            continue;
        }
        let note = action.progress.iter().filter(|it| names(it.text.as_ref()));
        match note.filter_map(|it| it.on).filter(|on| *on >= due).max() {
            Some(on) => each.unknown(
                record,
                format!("due on {due}; does the note of {on} show that somebody was told?"),
            ),
            None => each.fail(record, format!("due on {due}, with no word since")),
        }
    }
    let grade = if each.is_widespread() { Grade::Major } else { Grade::Minor };
    each.outcome(grade, "actions of the plan", no_action)
}

/// The actions that treat risks.
fn actions<'a>(chain: &Chain<'a>) -> impl Iterator<Item = (&'a Record, &'a Action)> {
    chain
        .own::<Action>()
        .filter(|(_, it)| it.purpose == Some(Purpose::TreatRisk) || serves_risk(chain, it))
}

fn serves_risk(chain: &Chain<'_>, action: &Action) -> bool {
    action.serves.iter().any(|it| {
        let served = chain.view.isms.get(it.id());
        served.is_some_and(|it| it.def().id == "risk" && !it.head.withdrawn && it.is_own())
    })
}

fn no_action() -> Outcome {
    Outcome::unknown("no action treats a risk yet")
}
