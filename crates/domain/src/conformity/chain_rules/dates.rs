//! Days that cannot be, what was recorded late, and approvals in a rush.

use std::collections::HashMap;

use jiff::{Timestamp, civil::Date};
use kinds::{
    Kind,
    action::Action,
    approval::{Approval, Purpose},
    assessment_round::AssessmentRound,
    determination::Determination,
    evidence::Evidence,
};
use meta::{Id, Period, Provenance, Record};

use crate::{
    approvals,
    conformity::{Case, Chain, Grade, Outcome, due, outcome::Each},
    parameters,
};

pub(super) fn possible(chain: &Chain<'_>) -> Outcome {
    let isms = chain.view.isms;
    let mut look = Look {
        recorded: due::Recorded::of(chain),
        late: parameters::period(isms, "record.backdated"),
        each: Each::new(),
        impossible: false,
    };
    // Also what was withdrawn: a day that cannot be is flagged, never hidden.
    for record in isms.rows(Evidence::ID).filter(|it| it.is_own()) {
        if let Some(it) = record.typed::<Evidence>() {
            look.at(record, &[("collected", it.collected_on)]);
        }
    }
    for (record, it) in chain.own::<Action>() {
        look.at(record, &[("done", it.done_on), ("verified", it.verified_on)]);
    }
    for (record, it) in chain.own::<Determination>() {
        look.at(record, &[("decided", it.decided_on)]);
    }
    for (record, it) in chain.own::<AssessmentRound>() {
        look.at(record, &[("approved", it.approved_on)]);
    }
    for (record, it) in chain.own::<Approval>() {
        match (it.effective_from, it.decided_on) {
            (Some(from), Some(on)) if from < on => {
                look.impossible = true;
                look.each.fail(record, format!("holds since {from}, decided on {on}"));
            }
            _ => look.at(record, &[("decided", it.decided_on)]),
        }
    }
    let grade = if look.impossible { Grade::Minor } else { Grade::Opportunity };
    look.each.outcome(grade, "records with a day", || {
        Outcome::unknown("no record tells when something happened")
    })
}

pub(super) fn bursts(chain: &Chain<'_>) -> Outcome {
    let isms = chain.view.isms;
    let count = usize::try_from(parameters::number(isms, "acceptance.burst.count")).unwrap_or(0);
    let within = parameters::period(isms, "acceptance.burst.within").days() * 86_400.0;
    let quiet = [Purpose::Review, Purpose::Acknowledge, Purpose::ConfirmSeed];
    let mut acts: HashMap<Id, Vec<(u64, &Record)>> = HashMap::new();
    let mut passes = Vec::new();
    for (record, it) in chain.own::<Approval>() {
        let (Some(purpose), Some(by)) = (it.purpose, it.by) else { continue };
        if !quiet.contains(&purpose) {
            passes.push(record.head.id);
            acts.entry(by.id()).or_default().push((approvals::decided_at(record), record));
        }
    }
    let mut fails = Vec::new();
    for acts in acts.values_mut() {
        // Several in one commit are one sign-off, not single clicks.
        acts.sort_by_key(|it| it.0);
        let singles: Vec<(Timestamp, &Record)> = acts
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|it| it.len() == 1)
            .filter_map(|it| Some((isms.moment(it[0].0)?.at, it[0].1)))
            .collect();
        let rush = |it: &&[(Timestamp, &Record)]| {
            let (first, last) = (it[0].0, it[it.len() - 1].0);
            last.duration_since(first).as_secs_f64() <= within
        };
        // More than the count: one window longer than it.
        if let Some(window) = singles.windows(count.max(1) + 1).find(rush) {
            let note = format!("the last of {} by one person within minutes", window.len());
            fails.push(Case::on(window[window.len() - 1].1, note));
        }
    }
    fails.sort_by_key(|it| it.record);
    match (fails.is_empty(), passes.is_empty()) {
        (_, true) => Outcome::unknown("nothing was approved yet"),
        (true, false) => Outcome::pass("approvals were given one at a time or together", passes),
        (false, false) => {
            let summary = "many approvals were given one by one within minutes";
            Outcome::fail(Grade::Opportunity, summary, fails)
        }
    }
}

/// A look at the days of records.
struct Look<'a> {
    recorded: due::Recorded<'a>,
    late: Period,
    each: Each,
    impossible: bool,
}

impl Look<'_> {
    fn at(&mut self, record: &Record, days: &[(&str, Option<Date>)]) {
        let imported = record.head.provenance == Provenance::Import
            || record.head.extras.as_ref().is_some_and(|it| !it.imported.is_empty());
        let mut any = false;
        for (what, day) in days.iter().filter_map(|it| Some((it.0, it.1?))) {
            any = true;
            let Some(changed) = self.recorded.day(record.head.changed) else { continue };
            if day > changed {
                self.impossible = true;
                return self.each.fail(record, format!("{what} on {day}, recorded on {changed}"));
            }
            let made = if imported { None } else { self.recorded.day(record.head.created) };
            if made.is_some_and(|made| self.late.after(day) < made) {
                return self.each.fail(record, format!("{what} on {day}, recorded much later"));
            }
        }
        if any {
            self.each.pass(record);
        }
    }
}
