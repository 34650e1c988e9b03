//! How objectives are judged.

use std::collections::HashSet;

use kinds::{
    Kind,
    action::{self, Action},
    determination::{Answer, Determination, Question},
    objective::{Lifecycle, Objective},
};
use meta::{Id, Record};

use crate::{
    conformity::{Case, Chain, Grade, Outcome, answers, due, outcome::Each},
    holder,
};

pub(super) fn set(chain: &Chain<'_>) -> Outcome {
    let passes: Vec<Id> = settled(chain).map(|(it, _)| it.head.id).collect();
    if !passes.is_empty() {
        return Outcome::pass("objectives are set", passes);
    }
    let drafts: Vec<Case> =
        chain.own::<Objective>().map(|(it, _)| Case::on(it, "a draft yet")).collect();
    match drafts.is_empty() {
        true => {
            let fails = vec![Case::absent("no objective")];
            Outcome::fail(Grade::Major, "no information security objective is set", fails)
        }
        false => Outcome::unknown("objectives are only drafts").with_unknowns(drafts),
    }
}

pub(super) fn supports(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for (record, it) in chain.own::<Objective>() {
        let is = answers::says(it.supports.as_ref());
        settle(&mut each, record, is, "does not say what it supports");
    }
    let grade = if each.is_widespread() { Grade::Minor } else { Grade::Opportunity };
    each.outcome(grade, "objectives", none)
}

pub(super) fn measurable(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for (record, it) in chain.own::<Objective>() {
        let measured = answers::names(it.measure.as_ref()) && answers::names(it.target.as_ref());
        let excused = || {
            let Some(id) = it.not_measurable.map(|it| it.id()) else { return false };
            let Some(found) = chain.view.isms.get(id) else { return false };
            found.is_live()
                && found.is_own()
                && found.typed::<Determination>().is_some_and(|it| {
                    it.question == Some(Question::NotMeasurable)
                        && it.answer == Some(Answer::Yes)
                        && answers::holds(chain, found, it)
                })
        };
        let note = match it.not_measurable {
            None => "no measure with a target, and no word why",
            Some(_) => "the decision that it cannot be measured does not hold",
        };
        settle(&mut each, record, measured || excused(), note);
    }
    each.outcome(Grade::Minor, "objectives", none)
}

pub(super) fn founded(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for (record, it) in chain.own::<Objective>() {
        let mut found = it.takes_account_of.iter().filter_map(|it| chain.view.isms.get(it.id()));
        let is = found.any(|it| it.is_live() && it.is_own());
        settle(&mut each, record, is, "takes no requirement, risk or obligation into account");
    }
    each.outcome(Grade::Minor, "objectives", none)
}

pub(super) fn measured(chain: &Chain<'_>) -> Outcome {
    let day = chain.view.day;
    let mut each = Each::new();
    for (record, it) in settled(chain).filter(|(_, it)| it.measure.is_some()) {
        let Some(cadence) = it.cadence else {
            each.unknown(record, "does not say how often it is measured");
            continue;
        };
        let with_value = it.readings.iter().filter(|it| answers::names(it.value.as_ref()));
        match with_value.filter_map(|it| it.until).max() {
            Some(last) if cadence.after(last) < day => {
                each.fail(record, format!("last measured for {last}"));
            }
            Some(_) => each.pass(record),
            None => match due::recorded(chain, record.head.created) {
                Some(made) if cadence.after(made) < day => {
                    each.fail(record, format!("never measured since {made}"));
                }
                _ => each.unknown(record, "not measured yet"),
            },
        }
    }
    each.outcome(Grade::Minor, "measurable objectives", || {
        Outcome::unknown("there is no agreed objective with a measure")
    })
}

pub(super) fn communicated(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    let mut untold = false;
    for (record, it) in settled(chain) {
        if !answers::names(it.told_to.as_ref()) || it.told_on.is_none() {
            untold = true;
            each.fail(record, "no word on who was told and when");
        } else if let Some(due) = it.due.filter(|it| *it < chain.view.day) {
            each.fail(record, format!("its day, {due}, has passed and it still stands"));
        } else {
            each.pass(record);
        }
    }
    let grade = if untold { Grade::Minor } else { Grade::Opportunity };
    each.outcome(grade, "agreed objectives", none)
}

pub(super) fn planned(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for (record, it) in chain.own::<Objective>() {
        let has_action = it.actions.iter().any(|it| {
            let found = chain.view.isms.get(it.id());
            found.is_some_and(|it| {
                let given_up = it.head.stage == action::Lifecycle::Cancelled as u8;
                it.is_live() && it.is_own() && it.def().id == Action::ID && !given_up
            })
        });
        let has_owner = it.owner.is_some_and(|it| !holder::people(chain.view, &it).is_empty());
        let parts = [
            (has_action, "what is done"),
            (answers::says(it.resources.as_ref()), "resources"),
            (has_owner, "who is responsible"),
            (it.due.is_some(), "by when"),
            (answers::says(it.evaluated_how.as_ref()), "how results are evaluated"),
        ];
        if parts.iter().all(|it| it.0) {
            each.pass(record);
            continue;
        }
        let missing: Vec<&str> = parts.iter().filter(|it| !it.0).map(|it| it.1).collect();
        settle(&mut each, record, false, format!("missing: {}", missing.join(", ")));
    }
    each.outcome(Grade::Minor, "objectives", none)
}

pub(super) fn levels(chain: &Chain<'_>) -> Outcome {
    let (mut levels, mut units) = (HashSet::new(), HashSet::new());
    let (mut all, mut open) = (Vec::new(), Vec::new());
    for (record, it) in settled(chain) {
        all.push(record);
        units.extend(it.units.iter().map(|it| it.id()));
        match it.level {
            Some(level) => drop(levels.insert(level)),
            None => open.push(Case::on(record, "has no level")),
        }
    }
    if all.is_empty() {
        return none();
    }
    if levels.len() > 1 || units.len() > 1 {
        let passes = all.iter().map(|it| it.head.id).collect();
        return Outcome::pass("objectives stand at several levels or functions", passes);
    }
    if !open.is_empty() {
        return Outcome::unknown("some objectives have no level").with_unknowns(open);
    }
    let fails = all.iter().map(|it| Case::on(it, "the same level as all others")).collect();
    Outcome::fail(Grade::Opportunity, "all objectives stand at one level", fails)
}

/// Objectives that are agreed or pursued.
fn settled<'a>(chain: &Chain<'a>) -> impl Iterator<Item = (&'a Record, &'a Objective)> {
    chain.own::<Objective>().filter(|(it, _)| is_settled(it))
}

fn is_settled(record: &Record) -> bool {
    record.head.stage != Lifecycle::Draft as u8
}

/// Judges an objective; what a draft lacks leaves the answer open.
fn settle(
    each: &mut Each,
    record: &Record,
    is: bool,
    note: impl Into<std::borrow::Cow<'static, str>>,
) {
    match (is, is_settled(record)) {
        (true, _) => each.pass(record),
        (false, true) => each.fail(record, note),
        (false, false) => each.unknown(record, note),
    }
}

fn none() -> Outcome {
    Outcome::unknown("there is no objective to look at")
}
