//! Clause 4.1: issues, and whether climate change is one.

use kinds::{
    Side, YesNo,
    determination::{Answer, Determination, Question},
    issue::{Issue, Lifecycle, Topic},
};
use meta::Record;

use crate::{
    conformity::{
        AuditStage, Basis, Case, Chain, Grade, Outcome, Rule, answers, due, outcome::Each,
    },
    parameters,
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "4.1-01",
        clause: "4.1",
        title: "External and internal issues are known",
        explanation: "Everything in an ISMS starts from what goes on in and around the \
                      organization, so an auditor asks for both. Issues that are current and not \
                      marked irrelevant count; those only proposed leave the answer open. One side \
                      without any issue is a minor gap, both sides a major one.",
        mend: "Record what helps or hinders your ISMS, from within and from around you: `muniment \
               new issue`, then move it to `current`.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::One],
        reads: &["issue"],
        judge: Some(both_sides),
        waits_for: "",
    },
    Rule {
        id: "4.1-02",
        clause: "4.1",
        title: "Every issue says which outcome of the ISMS it affects",
        explanation: "Issues matter because they bear on what the ISMS is meant to bring about; a \
                      list without that link reads as copied. Each current issue needs at least \
                      one effect. It is systemic where three or more, and more than one in ten, \
                      name none.",
        mend: "Edit each issue and name the intended outcome it helps or hinders, and how.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["issue"],
        judge: Some(effects),
        waits_for: "",
    },
    Rule {
        id: "4.1-03",
        clause: "4.1.climate",
        title: "It was decided whether climate change is relevant",
        explanation: "Since the amendment of 2024 every organization must decide whether climate \
                      change is a relevant issue. Either answer is fine, but it needs a reason, a \
                      day and a person, and must not have run out.",
        mend: "Decide and record it: `muniment new determination` with the question \
               `climate_relevant`, the answer, why, who and when.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One, AuditStage::Surveillance],
        reads: &["determination", "approval"],
        judge: Some(climate_decided),
        waits_for: "",
    },
    Rule {
        id: "4.1-04",
        clause: "4.1.climate",
        title: "Relevant climate change shows up in the ISMS",
        explanation: "Where climate change was found relevant, an auditor follows it to the issue, \
                      requirement, risk or objective it led to. An issue on climate counts, or \
                      the record the decision names as its subject.",
        mend: "Record an issue on the topic `climate`, or name in the decision the requirement, \
               risk or objective it led to.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        reads: &["determination", "approval", "issue", "requirement", "risk", "objective"],
        judge: Some(climate_followed),
        waits_for: "",
    },
    Rule {
        id: "4.1-05",
        clause: "4.1",
        title: "Issues are looked at again in time",
        explanation: "Changes of issues are an input of every management review, so the list must \
                      not grow old. An issue is due one interval after it was last looked at or \
                      first recorded: its own, else your parameter `context.review`. An imported \
                      issue never looked at since leaves the answer open.",
        mend: "Look at each issue; where it still holds say so with `muniment review`, else edit \
               or retire it.",
        basis: Basis::Practice,
        isolated: Grade::Opportunity,
        systemic: Grade::Opportunity,
        stages: &[AuditStage::Surveillance],
        reads: &["issue", "approval", "organization"],
        judge: Some(reviewed),
        waits_for: "",
    },
];

fn both_sides(chain: &Chain<'_>) -> Outcome {
    let (mut passes, mut fails, mut unknowns) = (Vec::new(), Vec::new(), Vec::new());
    for side in [Side::External, Side::Internal] {
        let before = passes.len();
        let mut proposed = false;
        for (record, _) in relevant(chain).filter(|(_, it)| it.side == Some(side)) {
            match is_current(record) {
                true => passes.push(record.head.id),
                false => proposed = true,
            }
        }
        let (none, open) = match side {
            Side::External => ("no external issue", "external issues are only proposed yet"),
            Side::Internal => ("no internal issue", "internal issues are only proposed yet"),
        };
        match (passes.len() > before, proposed) {
            (true, _) => {}
            (false, true) => unknowns.push(Case::absent(open)),
            (false, false) => fails.push(Case::absent(none)),
        }
    }
    match (fails.len(), unknowns.is_empty()) {
        (0, true) => Outcome::pass("external and internal issues are known", passes),
        (0, false) => Outcome::unknown("some issues are only proposed").with_unknowns(unknowns),
        (2, _) => Outcome::fail(Grade::Major, "no issue is known", fails),
        (_, _) => {
            Outcome::fail(Grade::Minor, "one side has no issue", fails).with_unknowns(unknowns)
        }
    }
}

fn effects(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for (record, issue) in relevant(chain) {
        let named = issue.effects.iter().any(|it| !it.outcome.trim().is_empty());
        match (named, is_current(record)) {
            (true, _) => each.pass(record),
            (false, true) => each.fail(record, "names no outcome it affects"),
            (false, false) => each.unknown(record, "only proposed yet"),
        }
    }
    let grade = if each.is_widespread() { Grade::Minor } else { Grade::Opportunity };
    each.outcome(grade, "issues", no_issue)
}

fn climate_decided(chain: &Chain<'_>) -> Outcome {
    if let Some((record, _)) = climate_answer(chain) {
        let passes = vec![record.head.id];
        return Outcome::pass("climate change was considered", passes);
    }
    let asked = chain
        .own::<Determination>()
        .filter(|(_, it)| it.question == Some(Question::ClimateRelevant))
        .map(|(record, it)| match it.answer {
            None => Case::on(record, "has no answer yet"),
            Some(_) => Case::on(record, "does not hold: incomplete, run out or due for review"),
        });
    let mut fails: Vec<Case> = asked.collect();
    if fails.is_empty() {
        fails.push(Case::absent("no decision whether climate change is relevant"));
    }
    Outcome::fail(Grade::Minor, "it was not decided whether climate change is relevant", fails)
}

fn climate_followed(chain: &Chain<'_>) -> Outcome {
    let Some((record, decision)) = climate_answer(chain) else {
        return Outcome::unknown("it was not decided whether climate change is relevant");
    };
    if decision.answer == Some(Answer::No) {
        return Outcome::not_applicable("climate change was found not relevant");
    }
    let subject = decision.subject.and_then(|it| chain.view.isms.get(it.id()));
    let led_to = ["issue", "requirement", "risk", "objective"];
    let subject = subject.filter(|it| it.is_live() && it.is_own() && led_to.contains(&it.def().id));
    let issues = chain.own::<Issue>().filter(|(_, it)| it.topic == Some(Topic::Climate));
    let found: Vec<_> = issues.map(|it| it.0).chain(subject).map(|it| it.head.id).collect();
    if found.is_empty() {
        let fails = vec![Case::on(record, "led to no issue, requirement, risk or objective")];
        return Outcome::fail(Grade::Minor, "relevant climate change led to nothing", fails);
    }
    Outcome::pass("what climate change means was followed up", found)
}

fn reviewed(chain: &Chain<'_>) -> Outcome {
    let interval = parameters::period(chain.view.isms, "context.review");
    let mut each = Each::new();
    for (record, issue) in relevant(chain).filter(|(it, _)| is_current(it)) {
        let imported = record.head.provenance == meta::Provenance::Import;
        let first = issue
            .identified_on
            .or_else(|| if imported { None } else { due::recorded(chain, record.head.created) });
        let last = issue.last_reviewed.or(first);
        match due::review(chain, record, last, Some(issue.cadence.unwrap_or(interval))) {
            Some(due) if due < chain.view.day => each.fail(record, format!("was due on {due}")),
            Some(_) => each.pass(record),
            None => each.unknown(record, "never looked at since it was imported"),
        }
    }
    each.outcome(Grade::Opportunity, "issues", no_issue)
}

/// Issues that somebody answers for and that were not found irrelevant.
fn relevant<'a>(chain: &Chain<'a>) -> impl Iterator<Item = (&'a Record, &'a Issue)> {
    chain.own::<Issue>().filter(|(_, it)| it.relevant != Some(YesNo::No))
}

fn is_current(record: &Record) -> bool {
    record.head.stage == Lifecycle::Current as u8
}

fn climate_answer<'a>(chain: &Chain<'a>) -> Option<(&'a Record, &'a Determination)> {
    answers::answer(chain, Question::ClimateRelevant, |_| true)
}

fn no_issue() -> Outcome {
    Outcome::unknown("there is no issue to look at")
}

#[cfg(test)]
mod tests;
