//! What rating risks and closing rounds bring with them.

use jiff::civil::Date;
use kinds::{assessment_round::AssessmentRound, risk::Risk};
use meta::{Provenance, Rating, Record};
use serde_json::{Map, Value};

use super::draft::Draft;
use crate::{Refusal, View, approvals, command::Edit, round};

/// So many risks are named that nobody looked at; the others are counted.
const NAMED: usize = 20;

/// The next review of a risk that a person rates anew by this edit, where that comes later than the
/// one it has: a rating is a look at the risk, as saying that it is still true.
pub(super) fn comes_up_again(draft: &Draft<'_, '_>, record: &Record, edit: &Edit) -> Option<Date> {
    let risk = record.typed::<Risk>().filter(|_| edit.provenance == Provenance::Person)?;
    let rating: Rating = serde_json::from_value(edit.fields.get("current")?.clone()).ok()?;
    let is_whole = rating.likelihood.is_some() && !rating.consequences.is_empty();
    let on = rating.on.unwrap_or(draft.now.day);
    let is_new =
        risk.current.as_deref().is_none_or(|it| *it != rating && it.on.is_none_or(|it| it <= on));
    let body = record.body.json();
    let typed = edit.fields.get("next_review");
    let is_typed = typed.is_some_and(|it| body.get("next_review").unwrap_or(&Value::Null) != it);
    if !is_whole || !is_new || is_typed || on > draft.now.day {
        return None;
    }
    let view = View::new(&draft.work, draft.now.day);
    let next = approvals::review_after(&draft.work, record, on);
    approvals::next_review(view, record).is_none_or(|it| it < next).then_some(next)
}

/// What a round keeps about the risks that nobody looked at when it is closed, and empties when it is
/// opened again: the fields to set.
pub(super) fn left_out(
    draft: &Draft<'_, '_>,
    record: &Record,
    to: &str,
    note: Option<&str>,
) -> Result<Map<String, Value>, Refusal> {
    let left_out = |it: Value| Map::from_iter([("left_out".to_owned(), it)]);
    let Some(round) = record.typed::<AssessmentRound>() else { return Ok(Map::new()) };
    if to != "closed" {
        return Ok(left_out(Value::Null));
    }
    let view = View::new(&draft.work, draft.now.day);
    let mut risks = round::left_out(view, record, round);
    if risks.is_empty() || round.left_out.is_some() {
        return Ok(Map::new());
    }
    let count = risks.len();
    risks.truncate(NAMED);
    let Some(why) = note.map(str::trim).filter(|it| !it.is_empty()) else {
        return Err(Refusal::LeftOut { record: record.name(), risks, count });
    };
    let mut names = risks.join(", ");
    if count > NAMED {
        names.push_str(&format!(" and {} more", count - NAMED));
    }
    Ok(left_out(Value::String(format!("{names}: {why}"))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{
        Refusal, Step, View, approvals,
        conformity::fixture::{Fixture, merged, method_fields},
    };

    #[test]
    fn a_risk_rated_anew_comes_up_again_after_its_cadence() {
        let mut f = Fixture::new();
        let (ada, method) = (f.me(), f.method());
        let risk = f.risk(method, ada, json!({"cadence": "P6M", "next_review": "2026-12-01"}));
        let next = |f: &Fixture| {
            let record = f.isms.get(risk).unwrap();
            approvals::next_review(View::new(&f.isms, f.day), record).unwrap().to_string()
        };
        let rating = |rank: i64, on: &str| {
            json!({"likelihood": rank,
            "consequences": [{"criterion": "money", "rank": 1}], "on": on})
        };
        f.edit(risk, json!({"current": {"likelihood": 1}}));
        assert_eq!(next(&f), "2026-12-01", "half a rating is no look");
        f.edit(risk, json!({"current": rating(1, "2026-11-22"), "next_review": "2026-12-02"}));
        assert_eq!(next(&f), "2026-12-02", "a day somebody names stays");
        f.edit(risk, json!({"current": rating(2, "2026-11-22"), "next_review": "2026-12-02"}));
        assert_eq!(next(&f), "2027-05-22");
        f.edit(risk, json!({"next_review": "2028-01-01"}));
        f.edit(risk, json!({"current": rating(1, "2026-11-22")}));
        assert_eq!(next(&f), "2028-01-01", "never to an earlier day");
    }

    #[test]
    fn a_round_closes_with_what_it_leaves_out() {
        let mut f = Fixture::new();
        let (ada, method) = (f.me(), f.method());
        let round = json!({"title": "Round", "reason": "interval", "method": method,
            "period_from": "2026-11-01", "takes_in": "all_open"});
        let round = f.new_at("assessment_round", "open", round);
        f.risk(method, ada, json!({}));
        let old = json!({"current": {"likelihood": 1, "on": "2026-01-01",
            "consequences": [{"criterion": "money", "rank": 1}]}});
        let left = f.risk(method, ada, old);
        let close = |reason: Option<&str>| Step::Move {
            record: round,
            version: None,
            to: "closed".to_owned(),
            reason: reason.map(str::to_owned),
        };
        let why = f.clone().try_run(close(None)).unwrap_err();
        assert!(matches!(why, Refusal::LeftOut { count: 1, .. }), "{why}");
        assert!(why.to_string().starts_with("nobody looked at RISK-2 in ROUND-1"), "{why}");
        f.run(close(Some("Its owner is ill.")));
        let said =
            |f: &Fixture| f.isms.get(round).unwrap().cell("left_out").text().map(str::to_owned);
        assert_eq!(said(&f).as_deref(), Some("RISK-2: Its owner is ill."));
        f.go(round, "open");
        assert_eq!(said(&f), None);
        f.assent(left, kinds::approval::Purpose::Review);
        f.run(close(None));
        assert_eq!(said(&f), None);
    }

    #[test]
    fn what_an_older_edition_rated_is_not_looked_at() {
        let mut f = Fixture::new();
        let (ada, method) = (f.me(), f.method());
        let first = f.isms.in_force(method, f.day).unwrap().record.head.version;
        let named = format!("{method}@{first}");
        let round = json!({"title": "Round", "reason": "interval", "method": method,
            "period_from": "2026-11-01", "takes_in": "all_open"});
        let round = f.new_at("assessment_round", "open", round);
        let risk = f.risk(method, ada, json!({"method": named}));
        f.assent(risk, kinds::approval::Purpose::Review);
        let left = |f: &Fixture| {
            let record = f.isms.get(round).unwrap();
            crate::round::left_out(f.view(), record, record.typed().unwrap())
        };
        assert!(left(&f).is_empty());
        f.edit(method, merged(method_fields(), json!({"horizon": "P1Y"})));
        f.publish(method);
        assert_eq!(left(&f), ["RISK-1"], "the scale has moved on");
        f.edit(risk, json!({"method": method}));
        assert!(left(&f).is_empty());
    }
}
