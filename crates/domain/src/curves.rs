//! What is counted at one point of the ledger, to be drawn over time: the past has the same figures
//! as the present, made by the same rules from a shorter ledger.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use kinds::control::Implementation;

use crate::{
    View,
    conformity::{self, Chain, ControlState, Grade, ProofState, Verdict},
};

/// At most so many points are drawn.
pub const MOST_POINTS: usize = 24;

/// The figures of one point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The day they are for.
    pub day: Date,
    /// The ledger position they were made from.
    pub position: u64,
    /// The risks that count by their level of that day, lowest first.
    pub levels: Vec<Level>,
    /// The risks that count and have no level.
    pub not_rated: usize,
    /// What an auditor would raise.
    pub findings: Findings,
    /// How the controls stand.
    pub controls: Controls,
}

/// The risks of one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its rank in the method.
    pub rank: i64,
    /// What the method calls it.
    pub name: String,
    /// How many risks have it.
    pub count: usize,
}

/// How many rules fail in each grade, and how many could not be told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Findings {
    /// Major nonconformities.
    pub major: usize,
    /// Minor nonconformities.
    pub minor: usize,
    /// Opportunities for improvement.
    pub opportunity: usize,
    /// What could not be told.
    pub unknown: usize,
}

/// How many controls stand how; each is counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Controls {
    /// Included, declared implemented, and shown by proof that holds.
    pub proven: usize,
    /// Included and declared implemented, without proof that holds.
    pub declared: usize,
    /// Included and implemented in part.
    pub in_part: usize,
    /// Included and planned.
    pub planned: usize,
    /// Included and not begun, or nobody said how far it is.
    pub not_begun: usize,
    /// Excluded.
    pub excluded: usize,
    /// Nobody decided.
    pub undecided: usize,
}

/// The figures on the view's day. Builds the chain and runs every rule: as long as a check takes.
pub fn figures(view: View<'_>) -> Figures {
    let chain = Chain::build(view);
    let report = conformity::run_on(&chain);
    Figures {
        day: view.day,
        position: view.isms.position(),
        not_rated: chain.risks.iter().filter(|it| it.current.is_none()).count(),
        levels: levels(&chain),
        findings: Findings {
            major: report.graded(Grade::Major),
            minor: report.graded(Grade::Minor),
            opportunity: report.graded(Grade::Opportunity),
            unknown: report.count(Verdict::Unknown),
        },
        controls: controls(&chain),
    }
}

/// The days to draw, oldest first: the ends of days, weeks or months between the first day and the
/// last, whichever are few enough, and the last day itself.
pub fn days(first: Date, last: Date) -> Vec<Date> {
    let span = first.until(last).map_or(0, |it| it.get_days());
    let most = i32::try_from(MOST_POINTS).unwrap_or(i32::MAX);
    let mut days = vec![last];
    while days.len() < MOST_POINTS {
        let day = days[days.len() - 1];
        let before = if span < most {
            day.yesterday().ok()
        } else if span < most * 7 {
            day.nth_weekday(-1, Weekday::Sunday).ok()
        } else {
            day.first_of_month().yesterday().ok()
        };
        match before.filter(|it| *it >= first) {
            Some(before) => days.push(before),
            None => break,
        }
    }
    days.reverse();
    days
}

fn levels(chain: &Chain<'_>) -> Vec<Level> {
    let mut found = BTreeMap::<i64, Level>::new();
    let known = chain.method.iter().flat_map(|it| &it.body.levels);
    for it in known {
        let level = Level { rank: it.rank, name: it.name.clone(), count: 0 };
        found.insert(it.rank, level);
    }
    for risk in &chain.risks {
        if let Some(rank) = risk.current {
            let new = || Level { rank, name: risk.level_name(rank), count: 0 };
            found.entry(rank).or_insert_with(new).count += 1;
        }
    }
    found.into_values().collect()
}

fn controls(chain: &Chain<'_>) -> Controls {
    let mut counts = Controls::default();
    let annex_a = chain.annex_a().map(|it| it.1);
    let own = chain.controls.iter().filter(|it| it.annex_a.is_none()).map(Some);
    for it in annex_a.chain(own) {
        *slot(&mut counts, chain.view, it) += 1;
    }
    counts
}

fn slot<'c>(
    counts: &'c mut Controls,
    view: View<'_>,
    control: Option<&ControlState<'_>>,
) -> &'c mut usize {
    let Some(it) = control else { return &mut counts.undecided };
    match (it.is_included(), it.is_excluded(), it.control.implementation) {
        (true, _, Some(Implementation::Implemented)) => match it.held(view) {
            ProofState::Current(_) => &mut counts.proven,
            _ => &mut counts.declared,
        },
        (true, _, Some(Implementation::InPart)) => &mut counts.in_part,
        (true, _, Some(Implementation::Planned)) => &mut counts.planned,
        (true, ..) => &mut counts.not_begun,
        (_, true, _) => &mut counts.excluded,
        _ => &mut counts.undecided,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;
    use crate::conformity::fixture::Fixture;

    #[test]
    fn every_control_and_risk_is_counted_once() {
        let mut fixture = Fixture::new();
        let (ada, method) = (fixture.me(), fixture.method());
        let proven = fixture.included("A.5.1", json!({}));
        fixture.evidence(proven, "2026-11-01", json!({}));
        let old = fixture.included("A.5.2", json!({}));
        fixture.evidence(old, "2024-01-01", json!({}));
        fixture.included("A.5.3", json!({"implementation": "unknown"}));
        fixture.included("OWN-1", json!({"implementation": "in_part"}));
        fixture.excluded("A.7.4", json!({}));
        fixture.risk(method, ada, json!({}));
        fixture.new_record("risk", json!({"title": "A sketch", "concerns": "information"}));

        let figures = figures(fixture.view());
        let expected = Controls {
            proven: 1,
            declared: 1,
            in_part: 1,
            planned: 0,
            not_begun: 1,
            excluded: 1,
            undecided: 89,
        };
        assert_eq!(figures.controls, expected);
        let levels: Vec<_> = figures.levels.iter().map(|it| (it.rank, it.count)).collect();
        assert_eq!((levels, figures.not_rated), (vec![(1, 0), (2, 1)], 1));
        let report = conformity::run(fixture.view());
        assert_eq!(figures.findings.major, report.graded(Grade::Major));
        assert!(figures.findings.major > 0 && figures.findings.unknown > 0);
    }

    #[test]
    fn young_ledgers_are_drawn_by_days_old_ones_by_months() {
        let last = date(2026, 11, 22);
        assert_eq!(days(last, last), [last]);
        assert_eq!(days(date(2026, 11, 20), last).len(), 3);
        let weeks = days(date(2026, 9, 1), last);
        assert_eq!(weeks[weeks.len() - 2..], [date(2026, 11, 15), last]);
        let months = days(date(2020, 1, 1), last);
        assert_eq!(months.len(), MOST_POINTS);
        assert_eq!(months[MOST_POINTS - 2..], [date(2026, 10, 31), last]);
        assert_eq!(months[0], date(2024, 12, 31));
        let year = days(date(2025, 12, 5), last);
        assert_eq!(year[0], date(2025, 12, 31));
    }
}
