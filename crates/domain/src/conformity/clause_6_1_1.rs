//! Clause 6.1.1: risks to the ISMS itself, and opportunities.

use kinds::{
    YesNo,
    action::{self, Action},
    issue::{self, Issue},
    objective::Objective,
    opportunity::{Opportunity, Pursuit},
    requirement::{Addressed, Requirement},
    risk::{Concerns, Risk, Treatment},
};
use meta::{Id, Record};

use crate::conformity::{
    AuditStage, Basis, Case, Chain, Grade, Outcome, Rule, answers, outcome::Each,
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "6.1.1-01",
        clause: "6.1.1",
        title: "Risks to the ISMS itself and opportunities are known",
        explanation: "Beside risks to information, the ISMS itself can fail or do better, and an \
                      auditor asks for both. Neither a risk marked as concerning the ISMS nor an \
                      opportunity is a gap. Only one of them leaves the answer open, unless a \
                      decision says that there is no opportunity.",
        mend: "Record a risk with `concerns: isms` (`muniment new risk`) and an opportunity \
               (`muniment new opportunity`).",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["risk", "opportunity", "determination", "approval"],
        judge: Some(known),
        waits_for: "",
    },
    Rule {
        id: "6.1.1-02",
        clause: "6.1.1.e.1",
        title: "Each of them has an action whose effect can be judged",
        explanation: "Risks to the ISMS and opportunities need actions, and a way to tell whether \
                      they worked. A risk that is only retained and an opportunity not pursued \
                      for a reason need none. In the first stage of their life the answer is \
                      open.",
        mend: "Add an action that serves it (`muniment new action`) and say in \
               `effect_judged_how` how you will judge it.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        reads: &["risk", "opportunity", "action"],
        judge: Some(acted_on),
        waits_for: "",
    },
    Rule {
        id: "6.1.1-03",
        clause: "6.1.1",
        title: "Issues and requirements lead to something",
        explanation: "What was found in clauses 4.1 and 4.2 must be considered when planning. A \
                      relevant issue leads to a risk, opportunity, objective or action, or says \
                      why to nothing; an addressed requirement to whatever meets it or takes it \
                      into account.",
        mend: "Name in the issue what answers it, or why no action is needed; link the \
               requirement to the risk, opportunity, objective or control it led to.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Opportunity,
        stages: &[AuditStage::Two],
        reads: &[
            "issue",
            "requirement",
            "risk",
            "opportunity",
            "objective",
            "action",
            "control",
            "document",
            "supplier",
        ],
        judge: Some(followed),
        waits_for: "",
    },
];

fn known(chain: &Chain<'_>) -> Outcome {
    let risks = to_isms(chain).map(|(it, _)| it.head.id);
    let opportunities = chain.own::<Opportunity>().map(|(it, _)| it.head.id);
    let (mut passes, more): (Vec<Id>, Vec<Id>) = (risks.collect(), opportunities.collect());
    let none = answers::deliberately_empty(chain, "opportunity");
    let (has_risk, has_opportunity) = (!passes.is_empty(), !more.is_empty());
    passes.extend(more);
    match (has_risk, has_opportunity, none) {
        (true, true, _) => Outcome::pass("risks to the ISMS and opportunities are known", passes),
        (true, false, Some(none)) => {
            passes.push(none.head.id);
            Outcome::pass("risks to the ISMS are known; there is no opportunity", passes)
        }
        (false, false, _) => {
            let fails = vec![Case::absent("neither a risk to the ISMS nor an opportunity")];
            let summary = "no risk to the ISMS itself and no opportunity is known";
            Outcome::fail(Grade::Minor, summary, fails)
        }
        (true, false, None) => Outcome::unknown("no opportunity, and no word that there is none")
            .with_unknowns(vec![Case::absent("no opportunity")]),
        (false, true, _) => Outcome::unknown("no risk is marked as concerning the ISMS itself")
            .with_unknowns(vec![Case::absent("no risk to the ISMS itself")]),
    }
}

fn acted_on(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for (record, risk) in to_isms(chain) {
        if risk.treatment == [Treatment::Retain] {
            each.pass(record);
            continue;
        }
        conclude(&mut each, record, effect_of(serving(chain, record.head.id)));
    }
    for (record, it) in chain.own::<Opportunity>() {
        if it.decision == Some(Pursuit::DoNotPursue) {
            let has_reason = answers::says(it.decision_reason.as_ref());
            each.judge(record, has_reason, "not pursued, and no word why");
            continue;
        }
        let linked = it.actions.iter().filter_map(|it| typed_action(chain, it.id()));
        let found = effect_of(serving(chain, record.head.id).chain(linked));
        let judged = answers::says(it.effectiveness.as_ref());
        conclude(&mut each, record, found.map(|it| it || judged));
    }
    each.outcome(Grade::Minor, "risks to the ISMS and opportunities", || {
        Outcome::unknown("there is neither a risk to the ISMS nor an opportunity to look at")
    })
}

fn followed(chain: &Chain<'_>) -> Outcome {
    let isms = chain.view.isms;
    let counts = |id| isms.get(id).is_some_and(|it| it.is_live() && it.is_own());
    let from = |id| {
        let mut arisen = isms.sources::<Opportunity>(id);
        arisen.any(|(it, _)| it.is_live() && it.is_own())
    };
    let came = |id| {
        let mut risks = isms.sources::<Risk>(id);
        risks.any(|(it, _)| it.is_live() && it.is_own())
    };
    let mut each = Each::new();
    for (record, it) in chain.own::<Issue>().filter(|(_, it)| it.relevant == Some(YesNo::Yes)) {
        let id = record.head.id;
        let is_followed = answers::says(it.no_action_because.as_ref())
            || it.answered_by.iter().any(|it| counts(it.id()))
            || from(id)
            || came(id);
        match (is_followed, record.head.stage == issue::Lifecycle::Current as u8) {
            (true, _) => each.pass(record),
            (false, true) => each.fail(record, "relevant, but leads to nothing"),
            (false, false) => each.unknown(record, "only proposed yet"),
        }
    }
    let addressed = [Some(Addressed::Yes), Some(Addressed::InPart)];
    for (record, it) in chain.own::<Requirement>() {
        if !addressed.contains(&it.addressed) {
            continue;
        }
        let id = record.head.id;
        let by_objective = || {
            let mut objectives = isms.sources::<Objective>(id);
            objectives.any(|(it, _)| it.is_live() && it.is_own())
        };
        let is_followed =
            it.met_by.iter().any(|it| counts(it.id())) || from(id) || came(id) || by_objective();
        each.judge(record, is_followed, "addressed, but leads to nothing");
    }
    each.outcome(Grade::Opportunity, "issues and requirements", || {
        Outcome::unknown("there is no relevant issue or addressed requirement to look at")
    })
}

/// Risks to the ISMS itself.
fn to_isms<'a>(chain: &Chain<'a>) -> impl Iterator<Item = (&'a Record, &'a Risk)> {
    let risks = chain.risks.iter().filter(|it| it.risk.concerns == Some(Concerns::Isms));
    risks.map(|it| (it.record, it.risk))
}

/// Actions that serve a record, those given up and seeds aside.
fn serving<'a>(chain: &Chain<'a>, id: Id) -> impl Iterator<Item = (&'a Record, &'a Action)> {
    let all = chain.view.isms.sources::<Action>(id);
    all.filter(move |(_, it)| it.serves.iter().any(|it| it.id() == id)).filter(|it| counts(it.0))
}

fn typed_action<'a>(chain: &Chain<'a>, id: Id) -> Option<(&'a Record, &'a Action)> {
    let record = chain.view.isms.get(id).filter(|it| counts(it))?;
    Some((record, record.typed()?))
}

fn counts(action: &Record) -> bool {
    action.is_live() && action.is_own() && action.head.stage != action::Lifecycle::Cancelled as u8
}

/// Whether the effect of all of them can be judged; `None` where there is none.
fn effect_of<'a>(actions: impl Iterator<Item = (&'a Record, &'a Action)>) -> Option<bool> {
    let judged = actions.map(|(_, it)| answers::says(it.effect_judged_how.as_ref()));
    judged.reduce(|a, b| a && b)
}

fn conclude(each: &mut Each, record: &Record, found: Option<bool>) {
    match found {
        Some(true) => each.pass(record),
        Some(false) => each.fail(record, "an action does not say how its effect is judged"),
        None if record.head.stage == 0 => each.unknown(record, "no action yet"),
        None => each.fail(record, "no action"),
    }
}

#[cfg(test)]
mod tests;
