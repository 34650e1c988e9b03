//! The rows of the statement: decided, justified, with their status, called for by something.

use kinds::control::{Control, Implementation, Reason};

use super::{included, none_included};
use crate::conformity::{
    AuditStage, Basis, Chain, ControlState, Grade, Outcome, Rule, answers::says, outcome::Each,
};

pub(super) const DECIDED: Rule = Rule {
    id: "SOA-02",
    clause: "6.1.3.c",
    title: "Each of the 93 controls of Annex A is decided, once",
    explanation: "The statement answers for every control of Annex A: included or excluded. A control \
                  without a record, an open decision and a proposal nobody confirmed count as not \
                  decided. Three or more, and more than one in ten, is major.",
    mend: "Decide about each control: `muniment edit A.5.1`, or import the statement you have: \
           `muniment import control FILE`.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Major,
    stages: &[AuditStage::One],
    reads: &["control"],
    judge: Some(decided),
    waits_for: "",
};

pub(super) const JUSTIFIED: Rule = Rule {
    id: "SOA-03",
    clause: "6.1.3.d",
    title: "Every included control says why",
    explanation: "The statement gives the justification for each inclusion: the kinds of reason, or \
                  a sentence of your own.",
    mend: "Choose the reasons or write the justification of each of these controls.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::One],
    reads: &["control"],
    judge: Some(justified),
    waits_for: "",
};

pub(super) const EXCLUDED_FOR_A_REASON: Rule = Rule {
    id: "SOA-04",
    clause: "6.1.3.d",
    title: "Every excluded control says why",
    explanation: "The statement gives the justification for each control of Annex A that is left out. \
                  Three or more without, and more than one in ten of the excluded, is major.",
    mend: "Write for each of these controls why you do not need it.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Major,
    stages: &[AuditStage::One],
    reads: &["control"],
    judge: Some(excluded_for_a_reason),
    waits_for: "",
};

pub(super) const STATUS_TOLD: Rule = Rule {
    id: "SOA-05",
    clause: "6.1.3.d",
    title: "Every included control says whether it is implemented",
    explanation: "The statement says of each necessary control whether it is implemented or not. \
                  “Unknown” is no answer to that.",
    mend: "Set the implementation of each of these controls.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::One],
    reads: &["control"],
    judge: Some(status_told),
    waits_for: "",
};

pub(super) const CALLED_FOR: Rule = Rule {
    id: "SOA-07",
    clause: "6.1.3.b",
    title: "Something calls for every included control",
    explanation: "A control is necessary because of a risk, a law, a contract or what somebody \
                  requires, and that record should name it. Where only a decision of your own stands \
                  in writing, it is an opportunity.",
    mend: "Link the risk, obligation or requirement to the control, or write your own decision into \
           its justification.",
    basis: Basis::Shall,
    isolated: Grade::Opportunity,
    systemic: Grade::Minor,
    stages: &[AuditStage::One],
    reads: &["control", "risk", "obligation", "requirement"],
    judge: Some(called_for),
    waits_for: "",
};

pub(super) const PLANNED: Rule = Rule {
    id: "SOA-10",
    clause: "6.1.3.e",
    title: "What is not implemented is planned",
    explanation: "A necessary control that is not, or only in part, implemented needs an action with \
                  an owner and a due day that is not done yet.",
    mend: "Plan it: `muniment new action`, with the control, an owner and a due day.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::One, AuditStage::Two],
    reads: &["control", "action"],
    judge: Some(planned),
    waits_for: "",
};

pub(super) const OWN_WORDS: Rule = Rule {
    id: "SOA-14",
    clause: "6.1.3.d",
    title: "How controls are done is told in your own words",
    explanation: "A description that nobody has touched since it was proposed, that still has blanks \
                  to fill in, or that repeats what the control asks for says nothing about you.",
    mend: "Describe how you do it here, with your own systems and people, or confirm the text.",
    basis: Basis::Practice,
    isolated: Grade::Opportunity,
    systemic: Grade::Opportunity,
    stages: &[AuditStage::One],
    reads: &["control"],
    judge: Some(own_words),
    waits_for: "",
};

fn decided(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for (known, control) in chain.annex_a() {
        match control {
            None => each.absent(format!("{} {} has no record", known.id, known.title)),
            Some(it) if it.is_decided() => each.pass(it.record),
            Some(it) if !it.record.is_own() => {
                each.fail(it.record, format!("{} is a proposal nobody confirmed", known.id));
            }
            Some(it) => each.fail(it.record, format!("{} is not decided", known.id)),
        }
    }
    for pair in chain.controls.windows(2) {
        if pair[0].annex_a.is_some() && pair[0].annex_a == pair[1].annex_a {
            each.fail(pair[1].record, format!("{} is there twice", pair[1].reference()));
        }
    }
    let grade = if each.is_widespread() { Grade::Major } else { Grade::Minor };
    each.outcome(grade, "controls of Annex A", none_included)
}

fn justified(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in included(chain) {
        let why = !it.control.reasons.is_empty() || says(it.control.justification.as_ref());
        each.judge(it.record, why, "it does not say why it is included");
    }
    each.outcome(Grade::Minor, "included controls", none_included)
}

fn excluded_for_a_reason(chain: &Chain<'_>) -> Outcome {
    if !chain.controls.iter().any(ControlState::is_decided) {
        return Outcome::unknown("no control is decided yet: see SOA-02");
    }
    let mut each = Each::new();
    for it in chain.controls.iter().filter(|it| it.annex_a.is_some() && it.is_excluded()) {
        let why = says(it.control.exclusion_reason.as_ref());
        each.judge(it.record, why, "it does not say why it is excluded");
    }
    let grade = if each.is_widespread() { Grade::Major } else { Grade::Minor };
    let none = || Outcome::not_applicable("no control of Annex A is excluded");
    each.outcome(grade, "excluded controls", none)
}

fn status_told(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in included(chain) {
        match it.control.implementation {
            None | Some(Implementation::Unknown) => {
                each.fail(it.record, "it does not say whether it is implemented");
            }
            Some(_) => each.pass(it.record),
        }
    }
    each.outcome(Grade::Minor, "included controls", none_included)
}

fn called_for(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    let mut is_minor = false;
    for it in included(chain) {
        let own_decision = it.control.reasons.contains(&Reason::OwnDecision)
            && says(it.control.justification.as_ref());
        if !it.callers.is_empty() {
            each.pass(it.record);
        } else if own_decision {
            each.fail(it.record, by_own_decision(it.control));
        } else {
            is_minor = true;
            each.fail(it.record, orphan(it.control));
        }
    }
    let grade = if is_minor { Grade::Minor } else { Grade::Opportunity };
    each.outcome(grade, "included controls", none_included)
}

/// What to say of a control that a decision of one's own calls for, and no record.
fn by_own_decision(control: &Control) -> String {
    let others: Vec<&str> = [
        (Reason::Risk, "a risk"),
        (Reason::Law, "a law"),
        (Reason::Contract, "a contract"),
        (Reason::InterestedParty, "an interested party"),
    ]
    .iter()
    .filter(|it| control.reasons.contains(&it.0))
    .map(|it| it.1)
    .collect();
    match others.is_empty() {
        true => "only a decision of your own calls for it".to_owned(),
        false => format!("{} is given as a reason, and no record says which", others.join(", ")),
    }
}

fn orphan(control: &Control) -> &'static str {
    match control.reasons.as_slice() {
        [] => "nothing calls for it",
        [Reason::Risk] => "a risk is its reason, and no risk names it",
        [Reason::Law] => "a law is its reason, and no obligation names it",
        [Reason::Contract] => "a contract is its reason, and no obligation names it",
        [Reason::InterestedParty] => "somebody else is its reason, and no requirement names it",
        _ => "it has reasons, and no record names it",
    }
}

fn planned(chain: &Chain<'_>) -> Outcome {
    if included(chain).next().is_none() {
        return none_included();
    }
    let mut each = Each::new();
    for it in included(chain) {
        match it.control.implementation {
            Some(Implementation::Implemented) => continue,
            None | Some(Implementation::Unknown) => {
                each.unknown(it.record, "whether it is implemented is open");
                continue;
            }
            Some(_) => {}
        }
        let open = |record: &meta::Record| !matches!(record.stage().id, "done" | "verified");
        let mut actions = it.actions.iter().filter(|(record, _)| open(record)).peekable();
        let is_open = actions.peek().is_some();
        if actions.any(|(_, it)| it.owner.is_some() && it.due.is_some()) {
            each.pass(it.record);
        } else if is_open {
            each.fail(it.record, "its action lacks an owner or a due day");
        } else if it.actions.is_empty() {
            each.fail(it.record, "it is not implemented, and no action is planned");
        } else {
            each.fail(it.record, "its actions are done, and it is not implemented");
        }
    }
    let none = || Outcome::not_applicable("every included control is implemented");
    each.outcome(Grade::Minor, "controls not implemented yet", none)
}

fn own_words(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in chain.controls.iter().filter(|it| it.control.is_included()) {
        let text = ControlState::text(&it.control.how);
        let repeats = |it: &catalog::Control| {
            [it.asks, it.looked_at, it.evidence, it.title].iter().any(|own| own.trim() == text)
        };
        if text.is_empty() {
            each.unknown(it.record, "how it is done is not told yet");
        } else if !it.record.is_own() {
            each.fail(it.record, "its description is a proposal nobody confirmed");
        } else if it.annex_a.is_some_and(repeats) {
            each.fail(it.record, "its description only repeats what the control asks for");
        } else if ["{{", "}}", "<<", "[insert", "[your", "lorem ipsum"]
            .iter()
            .any(|it| text.to_lowercase().contains(it))
        {
            each.fail(it.record, "its description still has blanks to fill in");
        } else {
            each.pass(it.record);
        }
    }
    each.outcome(Grade::Opportunity, "included controls", none_included)
}
