//! Assessment rounds: which risks were looked at while one was open, and which were not (8.2).
//!
//! A risk is confirmed in a round when it was rated, or said to be still true, on a day of the
//! round. Nothing is ticked off by hand.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use kinds::{
    Kind,
    approval::{Approval, Decision, Purpose},
    assessment_round::{AssessmentRound, TakesIn},
    risk::Risk,
};
use meta::{Id, Record};

use crate::{
    View,
    approvals::{self, State},
    holder,
    risk::{self, Above},
};

/// A risk that a round takes in.
pub struct Taken<'a> {
    /// The record.
    pub record: &'a Record,
    /// Its body.
    pub risk: &'a Risk,
    /// How it was looked at in the round; `None` when it was not yet.
    pub looked: Option<Looked>,
    /// Whether the round is open, and the risk rated by another edition of the method than the one in
    /// force: it counts as looked at only once it is rated anew.
    pub older: bool,
}

/// How a risk was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// It was rated on this day.
    Rated(Date),
    /// Somebody said on this day that it is still true.
    StillTrue(Date),
    /// Its own record names the round.
    Named,
}

/// What its owner still has to decide about a risk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Open {
    /// No approval of the treatment stands.
    pub treatment: bool,
    /// No acceptance of what remains stands.
    pub residual: bool,
    /// It stays above the acceptance criteria, and nobody who may has accepted that.
    pub above: Option<Above>,
}

/// The risks that a round takes in, in the order of their numbers: those named, else all that are
/// not closed.
pub fn taken<'a>(view: View<'a>, record: &Record, round: &AssessmentRound) -> Vec<Taken<'a>> {
    let reviews = reviews(view, round);
    let named: HashSet<Id> = round.risks.iter().map(|it| it.id()).collect();
    let is_in = |it: &Record| match round.takes_in {
        Some(TakesIn::Named) => named.contains(&it.head.id),
        _ => named.is_empty() || named.contains(&it.head.id),
    };
    // A risk that was closed since was still looked at in the round.
    let risks = view.isms.all::<Risk>().filter(|(it, _)| it.is_own() && is_in(it));
    risks
        .map(|(it, risk)| {
            let rated = risk.current.as_deref().and_then(|it| it.on);
            let rated = rated.filter(|it| round.covers(*it)).map(Looked::Rated);
            // What nobody rated cannot be still true.
            let reviewed = reviews.get(&it.head.id).filter(|_| risk.current.is_some());
            let reviewed = || reviewed.copied().map(Looked::StillTrue);
            let says = || {
                let here = risk.round.is_some_and(|it| it.id() == record.head.id);
                here.then_some(Looked::Named)
            };
            let older = record.stage().id != "closed" && risk::is_older(view, risk);
            let looked = rated.or_else(reviewed).or_else(says).filter(|_| !older);
            Taken { record: it, risk, looked, older }
        })
        .filter(|it| it.record.is_live() || it.looked.is_some())
        .collect()
}

/// What is still open for the owner of a risk, whoever that is.
pub fn open(view: View<'_>, record: &Record, risk: &Risk) -> Open {
    let stands = |purpose| {
        let newest = approvals::newest(view, record.head.id, purpose);
        newest.is_some_and(|it| it.2 == State::Valid)
    };
    Open {
        treatment: !risk.treatment.is_empty() && !stands(Purpose::ApproveTreatment),
        residual: risk.residual.is_some() && !stands(Purpose::AcceptResidual),
        above: risk::above(view, risk).filter(|_| !stands(Purpose::GrantException)),
    }
}

/// The names of the risks that a round takes in and nobody looked at, in the order of their numbers.
pub fn left_out(view: View<'_>, record: &Record, round: &AssessmentRound) -> Vec<String> {
    let all = taken(view, record, round).into_iter();
    all.filter(|it| it.looked.is_none()).map(|it| it.record.name()).collect()
}

/// Whether a person stands behind the owner of a risk on the view's day.
pub fn is_owned_by(view: View<'_>, risk: &Risk, person: Id) -> bool {
    risk.owner.is_some_and(|it| holder::is_behind(view, person, &it))
}

/// The last day of the round on which somebody said that a risk is still true, by risk.
fn reviews(view: View<'_>, round: &AssessmentRound) -> HashMap<Id, Date> {
    let mut found = HashMap::new();
    for record in view.isms.rows(Approval::ID).filter(|it| it.is_live()) {
        let Some(it) = record.typed::<Approval>() else { continue };
        let is_review = it.purpose == Some(Purpose::Review)
            && matches!(it.decision, Some(Decision::Given | Decision::GivenOnCondition));
        let day = it.decided_on.filter(|it| is_review && round.covers(*it));
        if let (Some(day), Some(subject)) = (day, it.subject) {
            let last = found.entry(subject.id()).or_insert(day);
            *last = day.max(*last);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::conformity::fixture::Fixture;

    #[test]
    fn a_risk_is_looked_at_by_rating_it_or_saying_it_is_still_true() {
        let mut fixture = Fixture::new();
        let (ada, method) = (fixture.me(), fixture.method());
        let rating = |on: &str| json!({"likelihood": 1, "consequences": [{"criterion": "Money", "rank": 1}], "on": on});
        let round = fixture.new_at(
            "assessment_round",
            "open",
            json!({"title": "Round", "reason": "interval", "method": method,
                "period_from": "2026-11-01", "takes_in": "all_open"}),
        );
        fixture.risk(method, ada, json!({"current": rating("2026-11-10")}));
        let still = fixture.risk(method, ada, json!({"current": rating("2026-10-10")}));
        fixture.assent(still, Purpose::Review);
        fixture.risk(method, ada, json!({"current": rating("2026-10-10")}));
        fixture.risk(method, ada, json!({"current": rating("2026-10-10"), "round": round}));
        let unrated = fixture.new_at(
            "risk",
            "identified",
            json!({"title": "New", "concerns": "information"}),
        );
        fixture.assent(unrated, Purpose::Review);

        let view = fixture.view();
        let record = fixture.isms.get(round).unwrap();
        let found = taken(view, record, record.typed().unwrap());
        let looked: Vec<_> = found.iter().map(|it| it.looked).collect();
        let rated = Some(Looked::Rated("2026-11-10".parse().unwrap()));
        let expected =
            [rated, Some(Looked::StillTrue(fixture.day)), None, Some(Looked::Named), None];
        assert_eq!(looked, expected);
        assert!(is_owned_by(view, found[0].risk, ada));
        assert!(!is_owned_by(view, found[0].risk, method));
    }

    #[test]
    fn what_stands_is_not_open_until_it_is_stale() {
        let mut fixture = Fixture::new();
        let (ada, method) = (fixture.me(), fixture.method());
        let id = fixture.risk(method, ada, json!({}));
        let of = |fixture: &Fixture| {
            let record = fixture.isms.get(id).unwrap();
            open(fixture.view(), record, record.typed().unwrap())
        };
        assert_eq!(of(&fixture), Open { treatment: true, residual: true, above: None });
        fixture.assent(id, Purpose::ApproveTreatment);
        fixture.assent(id, Purpose::AcceptResidual);
        assert_eq!(of(&fixture), Open::default());
        fixture.edit(id, json!({"scenario": "Another story."}));
        assert_eq!(of(&fixture), Open { treatment: false, residual: true, above: None });
    }
}
