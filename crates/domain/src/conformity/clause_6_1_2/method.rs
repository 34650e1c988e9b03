//! The method: published, with criteria, scales that can be told apart and a level for every pair.

use kinds::risk_method::{Acceptable, RiskMethod};
use meta::Record;

use crate::conformity::{
    AuditStage, Basis, Case, Chain, Grade, Outcome, Rule,
    answers::{names, says},
};

const METHOD: &[&str] = &["risk_method", "approval"];

pub(super) const APPROVED: Rule = Rule {
    id: "6.1.2-01",
    clause: "6.1.2.di",
    title: "A risk assessment method is approved",
    explanation: "The way risks are assessed must be defined and kept as documented information. \
                  An edition of a risk method must be in force; a draft does not count, and a \
                  proposal of the program does not count before somebody made it their own.",
    mend: "Where there is no method yet, write it (`muniment new risk_method`); then publish it: \
           `muniment approve METHOD-1 --purpose publish`.",
    basis: Basis::Shall,
    isolated: Grade::Major,
    systemic: Grade::Major,
    stages: &[AuditStage::One],
    reads: METHOD,
    judge: Some(approved),
    waits_for: "",
};

pub(super) const ACCEPTANCE: Rule = Rule {
    id: "6.1.2-02",
    clause: "6.1.2.a.1",
    title: "The method has acceptance criteria",
    explanation: "The criteria say which risks may stay as they are. Every level of risk needs an \
                  answer, and a level that only an authority may accept needs that authority. No \
                  criteria at all is major; a level without an answer is minor.",
    mend: "Say for each level of the method whether it is acceptable, by whose authority and for \
           how long, and publish the next edition.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Major,
    stages: &[AuditStage::One],
    reads: METHOD,
    judge: Some(acceptance),
    waits_for: "",
};

pub(super) const PERFORMING: Rule = Rule {
    id: "6.1.2-03",
    clause: "6.1.2.a.2",
    title: "The method says how and when risks are assessed",
    explanation: "The criteria for performing assessments hold the interval, the events that call \
                  for one before its time, who takes part, and the scales. A missing part is minor; \
                  none of them at all is major.",
    mend: "Fill in the interval, the triggers, the participants, the likelihoods, the consequence \
           criteria and the levels of the method, and publish the next edition.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Major,
    stages: &[AuditStage::One],
    reads: METHOD,
    judge: Some(performing),
    waits_for: "",
};

pub(super) const DEFINITIONS: Rule = Rule {
    id: "6.1.2-04",
    clause: "6.1.2.b",
    title: "Every level of likelihood and consequence is defined",
    explanation: "Assessments must give consistent results whoever makes them. A level that is only \
                  a word, or is described in the same words as another level of its scale, cannot be \
                  told from its neighbors.",
    mend: "Describe each level of likelihood and of each consequence criterion in words or figures \
           that fit no other level.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::One],
    reads: METHOD,
    judge: Some(definitions),
    waits_for: "",
};

pub(super) const TOTAL: Rule = Rule {
    id: "6.1.2-05",
    clause: "6.1.2.d.3",
    title: "Every pair of likelihood and consequence has one level",
    explanation: "A method that is silent about a pair, or gives it two levels, leaves the level of \
                  some risk to taste.",
    mend: "Complete the matrix of the method: one row for each pair of likelihood and consequence.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::One],
    reads: METHOD,
    judge: Some(total),
    waits_for: "",
};

fn approved(chain: &Chain<'_>) -> Outcome {
    if let Some(method) = chain.method_in_force() {
        return Outcome::pass("a risk method is in force", vec![method.record.head.id]);
    }
    let case = match chain.method {
        Some(it) if it.in_force => Case::on(it.record, "a proposal nobody has made their own"),
        Some(it) => Case::on(it.record, "a draft that was never published"),
        None => Case::absent("there is no risk method"),
    };
    Outcome::fail(Grade::Major, "no risk assessment method is in force", vec![case])
}

fn acceptance(chain: &Chain<'_>) -> Outcome {
    let Some((record, method)) = in_force(chain) else { return none() };
    if method.acceptance.iter().all(|it| it.acceptable.is_none()) {
        let case = Case::on(record, "it has no acceptance criteria");
        let summary = "the method does not say which risks are acceptable";
        return Outcome::fail(Grade::Major, summary, vec![case]);
    }
    let mut notes = Vec::new();
    for level in &method.levels {
        let row = method.accepts(level.rank);
        match row.and_then(|it| it.acceptable) {
            None => notes.push(format!("nothing is said about the level “{}”", level.name)),
            Some(Acceptable::ByAuthority) if row.is_some_and(|it| it.authority.is_none()) => {
                notes.push(format!("nobody is named who may accept the level “{}”", level.name));
            }
            Some(_) => {}
        }
    }
    told(record, notes, Grade::Minor, "every level has an acceptance criterion")
}

fn performing(chain: &Chain<'_>) -> Outcome {
    let Some((record, method)) = in_force(chain) else { return none() };
    let parts = [
        (method.interval.is_some(), "it names no interval"),
        (!method.triggers.is_empty(), "it names no event that calls for an assessment"),
        (says(method.participants.as_ref()), "it does not say who takes part"),
        (!method.likelihoods.is_empty(), "it has no scale of likelihood"),
        (!method.criteria.is_empty(), "it has no scale of consequence"),
        (!method.levels.is_empty(), "it has no levels of risk"),
    ];
    let missing = parts.iter().filter(|it| !it.0).map(|it| it.1.to_owned()).collect::<Vec<_>>();
    let grade = if missing.len() == parts.len() { Grade::Major } else { Grade::Minor };
    told(record, missing, grade, "the method says how and when risks are assessed")
}

fn definitions(chain: &Chain<'_>) -> Outcome {
    let Some((record, method)) = in_force(chain) else { return none() };
    if method.likelihoods.is_empty() || method.criteria.is_empty() {
        return Outcome::unknown("the method has no complete scales yet: see 6.1.2-03");
    }
    let mut notes = Vec::new();
    let mut seen: Vec<(&str, String)> = Vec::new();
    let likelihoods =
        method.likelihoods.iter().map(|it| ("likelihood", &it.name, &it.definition, &it.frequency));
    let consequences = method
        .criteria
        .iter()
        .map(|it| (it.criterion.as_str(), &it.name, &it.definition, &it.range));
    for (scale, name, words, figures) in likelihoods.chain(consequences) {
        if !names(words.as_ref()) && !names(figures.as_ref()) {
            notes.push(format!("{scale}: “{name}” is not defined"));
            continue;
        }
        let text = |it: &Option<String>| it.as_deref().unwrap_or_default().trim().to_lowercase();
        let definition = format!("{}\n{}", text(words), text(figures));
        if seen.iter().any(|it| it.0 == scale && it.1 == definition) {
            notes.push(format!("{scale}: “{name}” is described like another level"));
        }
        seen.push((scale, definition));
    }
    told(record, notes, Grade::Minor, "every level is defined in its own words")
}

fn total(chain: &Chain<'_>) -> Outcome {
    let Some((record, method)) = in_force(chain) else { return none() };
    if method.likelihoods.is_empty() || method.criteria.is_empty() || method.levels.is_empty() {
        return Outcome::unknown("the method has no complete scales yet: see 6.1.2-03");
    }
    let gaps = method.gaps().into_iter().map(|(likelihood, consequence)| {
        format!("likelihood {likelihood} × consequence {consequence} has no single level")
    });
    told(record, gaps.collect(), Grade::Minor, "every pair has one level")
}

fn in_force<'a>(chain: &Chain<'a>) -> Option<(&'a Record, &'a RiskMethod)> {
    chain.method_in_force().map(|it| (it.record, it.body))
}

fn none() -> Outcome {
    Outcome::unknown("no edition of a risk method is in force: see 6.1.2-01")
}

/// Passes where there is nothing to note about a record.
fn told(record: &Record, notes: Vec<String>, grade: Grade, pass: &'static str) -> Outcome {
    if notes.is_empty() {
        return Outcome::pass(pass, vec![record.head.id]);
    }
    let summary = match notes.len() {
        1 => "one thing is missing in the method".to_owned(),
        count => format!("{count} things are missing in the method"),
    };
    let cases = notes.into_iter().map(|it| Case::on(record, it)).collect();
    Outcome::fail(grade, summary, cases)
}
