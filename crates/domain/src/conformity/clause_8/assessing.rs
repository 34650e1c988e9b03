//! How assessment rounds, events and treatment are judged.

use jiff::civil::Date;
use kinds::{
    action::{self, Action, Purpose},
    assessment_round::{AssessmentRound, Lifecycle},
    determination::{Answer, Determination, Question},
    risk::Risk,
};
use meta::Record;

use crate::{
    conformity::{Case, Chain, Grade, Outcome, answers, due, outcome::Each},
    parameters,
};

pub(super) fn assessed(chain: &Chain<'_>) -> Outcome {
    let own = chain.method_in_force().and_then(|it| it.body.interval);
    let interval = own.unwrap_or_else(|| parameters::period(chain.view.isms, "risk.assessment"));
    let newest =
        closed(chain).filter_map(|it| Some((ended(chain, it)?, it.0))).max_by_key(|it| it.0);
    let Some((ended, record)) = newest else {
        let mut fails: Vec<Case> = chain
            .own::<AssessmentRound>()
            .filter(|(it, _)| it.head.stage != Lifecycle::Closed as u8)
            .map(|(it, _)| Case::on(it, "not closed yet"))
            .collect();
        if fails.is_empty() {
            fails.push(Case::absent("no assessment round"));
        }
        return Outcome::fail(Grade::Major, "no risk assessment was completed", fails);
    };
    let due = interval.after(ended);
    if due < chain.view.day {
        let fails = vec![Case::on(record, format!("ended on {ended}, the next was due by {due}"))];
        return Outcome::fail(Grade::Minor, "the last risk assessment is too old", fails);
    }
    Outcome::pass("risks were assessed within the interval", vec![record.head.id])
}

pub(super) fn events(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    let last = closed(chain).filter_map(|it| ended(chain, it)).max();
    for (record, it) in needed(chain) {
        let answered = it.decided_on.is_some_and(|on| last.is_some_and(|last| last >= on));
        match it.answer {
            Some(Answer::No) => each.pass(record),
            Some(_) if answered => each.pass(record),
            Some(_) => each.fail(record, "needed, and no round was closed since"),
            None => {}
        }
    }
    for it in chain.risks.iter().filter(|it| !it.risk.triggered_by.is_empty()) {
        let (record, risk) = (it.record, it.risk);
        let excused = || {
            needed(chain).any(|(_, it)| {
                it.answer == Some(Answer::No)
                    && it.subject.is_some_and(|it| it.id() == record.head.id)
            })
        };
        match risk.open_triggers().next() {
            Some(open) if !excused() => {
                let event = open.event.as_deref().unwrap_or("an event");
                each.fail(record, format!("not looked at since: {event}"));
            }
            _ => each.pass(record),
        }
    }
    each.outcome(Grade::Minor, "events", || {
        Outcome::unknown("no event that would call for a new assessment is recorded")
    })
}

pub(super) fn kept(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for (record, round) in closed(chain) {
        each.judge(record, round.position.is_some(), "does not say where its results are kept");
    }
    each.outcome(Grade::Minor, "closed rounds", || Outcome::unknown("no round was closed yet"))
}

pub(super) fn treated(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for (record, it) in treating(chain).filter(|(it, _)| is_done(it)) {
        if answers::says(it.effect_seen.as_ref()) {
            each.pass(record);
            continue;
        }
        let Some(done) = it.done_on else {
            each.unknown(record, "does not say when it was done");
            continue;
        };
        let served = it.serves.iter().filter_map(|it| chain.view.isms.get(it.id()));
        let mut risks = served.filter(|it| it.is_live()).filter_map(Record::typed::<Risk>);
        let is_rated = |risk: &Risk| {
            let ratings = [risk.current.as_deref(), risk.residual.as_deref()];
            ratings.into_iter().flatten().any(|it| it.on.is_some_and(|on| on >= done))
        };
        match risks.clone().next().is_some() {
            true => each.judge(record, risks.all(is_rated), "its risk was not rated since"),
            false => each.unknown(record, "serves no risk that still counts"),
        }
    }
    each.outcome(Grade::Minor, "treatment actions that were done", || {
        Outcome::unknown("no action that treats a risk was done yet")
    })
}

pub(super) fn moving(chain: &Chain<'_>) -> Outcome {
    let day = chain.view.day;
    let since = parameters::period(chain.view.isms, "audit.period").before(day);
    let is_recent = |it: Option<Date>| it.is_some_and(|it| it >= since && it <= day);
    let (mut passes, mut open, mut overdue) = (Vec::new(), Vec::new(), false);
    for (record, it) in treating(chain) {
        let moved = is_recent(it.done_on)
            || it.progress.iter().any(|it| is_recent(it.on))
            || it.moves.iter().any(|it| is_recent(it.on));
        if moved {
            passes.push(record.head.id);
        } else if !is_done(record) {
            overdue |= it.due.is_some_and(|due| due < day);
            open.push(Case::on(record, "open, and nothing was reported"));
        }
    }
    match (passes.is_empty(), open.is_empty()) {
        (false, _) => Outcome::pass("the treatment plan moved", passes),
        (true, true) => Outcome::unknown("no action that treats a risk is open"),
        (true, false) => {
            let grade = if overdue { Grade::Minor } else { Grade::Opportunity };
            Outcome::fail(grade, "nothing in the treatment plan moved", open)
        }
    }
}

fn closed<'a>(chain: &Chain<'a>) -> impl Iterator<Item = (&'a Record, &'a AssessmentRound)> {
    chain.own::<AssessmentRound>().filter(|(it, _)| it.head.stage == Lifecycle::Closed as u8)
}

/// The day on which a round ended.
fn ended(chain: &Chain<'_>, (record, round): (&Record, &AssessmentRound)) -> Option<Date> {
    let typed = round.period_until.or(round.approved_on);
    typed.or_else(|| due::recorded(chain, record.head.changed))
}

/// Decisions whether risks must be assessed anew.
fn needed<'a>(chain: &Chain<'a>) -> impl Iterator<Item = (&'a Record, &'a Determination)> {
    chain
        .own::<Determination>()
        .filter(|(_, it)| it.question == Some(Question::ReassessmentNeeded))
        .filter(|(record, it)| answers::holds(chain, record, it))
}

/// Actions that treat risks, those given up aside.
fn treating<'a>(chain: &Chain<'a>) -> impl Iterator<Item = (&'a Record, &'a Action)> {
    chain.own::<Action>().filter(|(_, it)| it.purpose == Some(Purpose::TreatRisk))
}

fn is_done(record: &Record) -> bool {
    let done = [action::Lifecycle::Done as u8, action::Lifecycle::Verified as u8];
    done.contains(&record.head.stage)
}
