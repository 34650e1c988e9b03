//! The risk register: identified, owned, rated by the method, judged against its criteria.

use kinds::{InScope, asset::Asset, risk::Approach};
use meta::Rating;

use super::{no_risk, risks};
use crate::{
    conformity::{
        AuditStage, Basis, Case, Chain, Grade, Outcome, Owner, RiskState, Rule,
        answers::{names, says},
        outcome::Each,
    },
    parameters,
    risk::Evaluation,
};

const RATED_BY: &[&str] = &["risk", "risk_method", "approval"];

pub(super) const ON_SCALE: Rule = Rule {
    id: "6.1.2-06",
    clause: "6.1.2",
    title: "Ratings stand on the scales of the method they name",
    explanation: "The method that is approved must be the method that is followed. Every rank of a \
                  rating is looked up on the scales of the edition the risk names. More risks off \
                  the scale than the organization's limit (`risk.off_scale`, in percent) is major.",
    mend: "Rate the risks anew with ranks of the method, or name the edition they were rated by: \
           `muniment edit RISK-1`.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Major,
    stages: &[AuditStage::Two],
    reads: &["risk", "risk_method", "approval", "organization"],
    judge: Some(on_scale),
    waits_for: "",
};

pub(super) const COMPUTED: Rule = Rule {
    id: "6.1.2-07",
    clause: "6.1.2.d.3",
    title: "Levels are what the method gives",
    explanation: "A level that was written down can differ from what the method gives. Here no level \
                  is ever stored: each is computed from the rating by the edition of the method that \
                  the risk names, so there is nothing that could differ.",
    mend: "Nothing to do.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::Two],
    reads: &[],
    judge: Some(computed),
    waits_for: "",
};

pub(super) const HARMS: Rule = Rule {
    id: "6.1.2-08",
    clause: "6.1.2.c.1",
    title: "Every risk says what it harms",
    explanation: "Risks are found by asking how confidentiality, integrity or availability could be \
                  lost; each must name at least one of them. Risks to the ISMS itself are left out. \
                  Sketches are unknown.",
    mend: "Choose confidentiality, integrity or availability for each of these risks.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::Two],
    reads: &["risk"],
    judge: Some(harms),
    waits_for: "",
};

pub(super) const CONCERNS_SOMETHING: Rule = Rule {
    id: "6.1.2-09",
    clause: "6.1.2.c.1",
    title: "Every risk concerns something in scope",
    explanation: "A risk is about information within the scope. It must name at least one asset that \
                  is in scope, or be found from an event and tell it in a scenario.",
    mend: "Link each of these risks to the assets it would hit (and say whether they are in scope), \
           or choose the approach “event” and write the scenario.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::Two],
    reads: &["risk", "asset"],
    judge: Some(concerns_something),
    waits_for: "",
};

pub(super) const OWNED: Rule = Rule {
    id: "6.1.2-10",
    clause: "6.1.2.c.2",
    title: "Every risk has an owner who is here and may decide",
    explanation: "Each risk needs somebody who answers for it with the authority to decide. No owner, \
                  an owner who left or a role nobody holds fails; where no authority is on record it \
                  cannot be told. Three or more, and more than one in ten, is major.",
    mend: "Name an owner for each risk, fill the vacant roles, and write into the role what its \
           holder may decide (`muniment edit ROLE-1`).",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Major,
    stages: &[AuditStage::One, AuditStage::Two],
    reads: &["risk", "role", "person"],
    judge: Some(owned),
    waits_for: "",
};

pub(super) const RATED: Rule = Rule {
    id: "6.1.2-11",
    clause: "6.1.2.d.3",
    title: "Every risk has a consequence, a likelihood and a level",
    explanation: "Analyzing a risk means to say how bad and how likely it is, and what level that \
                  gives. Sketches without a rating are unknown.",
    mend: "Rate each of these risks by the method in force.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::Two],
    reads: RATED_BY,
    judge: Some(rated),
    waits_for: "",
};

pub(super) const REASONED: Rule = Rule {
    id: "6.1.2-12",
    clause: "6.1.2.b",
    title: "Ratings say why",
    explanation: "Somebody else should come to the same result. A rating needs its reasoning or the \
                  source of its data. Single ones without are an opportunity; three or more, and \
                  more than one in ten, are a minor nonconformity.",
    mend: "Write for each rating why these ranks, or where the figures come from.",
    basis: Basis::Shall,
    isolated: Grade::Opportunity,
    systemic: Grade::Minor,
    stages: &[AuditStage::Two],
    reads: &["risk"],
    judge: Some(reasoned),
    waits_for: "",
};

pub(super) const EVALUATED: Rule = Rule {
    id: "6.1.2-13",
    clause: "6.1.2.e.1",
    title: "Risks are compared with the criteria and ranked",
    explanation: "Each level is compared with the acceptance criteria, and risks above them get a \
                  place in the order of treatment: by the method's rule of priority, or by a priority \
                  of their own.",
    mend: "Complete the acceptance criteria, and write the rule of priority into the method or a \
           priority into each of these risks.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::Two],
    reads: RATED_BY,
    judge: Some(evaluated),
    waits_for: "",
};

pub(super) const EXISTS: Rule = Rule {
    id: "6.1.2-17",
    clause: "6.1.2",
    title: "There is a risk register",
    explanation: "The assessment must have been made. An empty register is major and no \
                  determination answers it; a register of sketches alone cannot be told.",
    mend: "Assess your risks: `muniment new risk`, or `muniment import risk FILE`.",
    basis: Basis::Shall,
    isolated: Grade::Major,
    systemic: Grade::Major,
    stages: &[AuditStage::One],
    reads: &["risk"],
    judge: Some(exists),
    waits_for: "",
};

fn on_scale(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in chain.risks.iter() {
        let ratings = [
            ("inherent", &it.risk.inherent),
            ("current", &it.risk.current),
            ("residual", &it.risk.residual),
        ];
        let is_rating = |it: &Rating| it.likelihood.is_some() || !it.consequences.is_empty();
        let mut given = ratings.iter().filter_map(|(name, it)| Some((*name, it.as_deref()?)));
        if !given.clone().any(|(_, it)| is_rating(it)) {
            continue;
        }
        let Some(method) = it.method else {
            each.unknown(it.record, "it is rated by no edition of a method in force");
            continue;
        };
        match given.find(|(_, it)| !method.body.is_on_scale(it)) {
            Some((name, _)) => each.fail(it.record, format!("the {name} rating is off the scale")),
            None => each.pass(it.record),
        }
    }
    let limit = parameters::number(chain.view.isms, "risk.off_scale");
    let share = each.failed() as i64 * 100;
    let grade = if share > limit * each.seen() as i64 { Grade::Major } else { Grade::Minor };
    each.outcome(grade, "rated risks", || Outcome::unknown("no risk is rated yet"))
}

fn computed(_: &Chain<'_>) -> Outcome {
    Outcome::not_applicable("levels are computed each time and never stored")
}

fn harms(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in risks(chain) {
        missing_or(&mut each, it, it.risk.harms.is_empty(), "it does not say what it harms");
    }
    each.outcome(Grade::Minor, "risks", no_risk)
}

fn concerns_something(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in risks(chain) {
        let told = it.risk.approach == Some(Approach::Event) && says(it.risk.scenario.as_ref());
        let (mut inside, mut open, mut outside) = (told, false, false);
        for link in &it.risk.assets {
            let record = chain.view.isms.get(link.id()).filter(|it| it.is_live());
            let asset = record.filter(|it| it.is_own()).and_then(|it| it.typed::<Asset>());
            match asset.map(|it| it.in_scope) {
                Some(Some(InScope::Yes)) => inside = true,
                Some(Some(InScope::No)) => outside = true,
                Some(_) => open = true,
                None => open |= record.is_some(),
            }
        }
        match (inside, open, outside) {
            (true, ..) => each.pass(it.record),
            (_, true, _) => each.unknown(it.record, "whether its assets are in scope is open"),
            (_, _, true) => each.fail(it.record, "all its assets are out of scope"),
            _ => missing_or(&mut each, it, true, "it names nothing it would hit"),
        }
    }
    each.outcome(Grade::Minor, "risks", no_risk)
}

fn owned(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in &chain.risks {
        match chain.owner(it) {
            Owner::Fit => each.pass(it.record),
            Owner::Nobody => missing_or(&mut each, it, true, "it has no owner"),
            Owner::Unfit(why) => each.fail(it.record, why.clone()),
            Owner::Doubt(why) => each.unknown(it.record, why.clone()),
            Owner::NoAuthority => {
                each.unknown(it.record, "that its owner may decide is nowhere on record");
            }
        }
    }
    let grade = if each.is_widespread() { Grade::Major } else { Grade::Minor };
    each.outcome(grade, "risks", no_risk)
}

fn rated(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in &chain.risks {
        if !it.risk.is_rated() {
            missing_or(&mut each, it, true, "likelihood or consequence is missing");
        } else if it.method.is_none() {
            each.unknown(it.record, "it is rated by no edition of a method in force");
        } else {
            each.judge(it.record, it.current.is_some(), "the method gives its rating no level");
        }
    }
    each.outcome(Grade::Minor, "risks", no_risk)
}

fn reasoned(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in &chain.risks {
        let Some(rating) = it.risk.current.as_deref().filter(|_| it.risk.is_rated()) else {
            continue;
        };
        let why = names(rating.rationale.as_ref()) || names(rating.source.as_ref());
        each.judge(it.record, why, "its rating gives no reason");
    }
    let grade = if each.is_widespread() { Grade::Minor } else { Grade::Opportunity };
    each.outcome(grade, "rated risks", || Outcome::unknown("no risk is rated yet"))
}

fn evaluated(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in &chain.risks {
        let Some((method, level)) = it.method.zip(it.current) else {
            each.unknown(it.record, "it has no level yet");
            continue;
        };
        let is_ranked = it.risk.priority.is_some() || says(method.body.priority_rule.as_ref());
        match it.evaluation {
            Evaluation::Unknown => {
                let name = it.level_name(level);
                each.fail(it.record, format!("the criteria say nothing about the level “{name}”"));
            }
            Evaluation::Acceptable => each.pass(it.record),
            Evaluation::ByAuthority | Evaluation::TooHigh => {
                each.judge(it.record, is_ranked, "it is above the criteria and has no priority");
            }
        }
    }
    each.outcome(Grade::Minor, "risks", no_risk)
}

fn exists(chain: &Chain<'_>) -> Outcome {
    let past_sketch: Vec<_> =
        risks(chain).filter(|it| !it.is_sketch()).map(|it| it.record.head.id).collect();
    if !past_sketch.is_empty() {
        let summary = format!("the register holds {} risks to information", past_sketch.len());
        return Outcome::pass(summary, past_sketch);
    }
    let sketches = risks(chain).count();
    if sketches > 0 {
        return Outcome::unknown(format!("all {sketches} risks are still sketches"));
    }
    let case = Case::absent("there is no risk to information");
    Outcome::fail(Grade::Major, "the risk register is empty", vec![case])
}

/// Fails what is missing, passes what is not; a sketch may still lack it.
fn missing_or(each: &mut Each, risk: &RiskState<'_>, missing: bool, note: &'static str) {
    match (missing, risk.is_sketch()) {
        (false, _) => each.pass(risk.record),
        (true, true) => each.unknown(risk.record, note),
        (true, false) => each.fail(risk.record, note),
    }
}
