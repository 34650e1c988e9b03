//! The verdicts as a file: with rule pack, position and day, so that they can be made again.

use domain::conformity::{Case, Grade, Judged, Verdict};
use exchange::{TableSheet, Value};
use meta::{Id, Record};
use serde_json::json;

use super::filter::Filter;
use crate::{Answer, Ask, Problem};

/// What is shown on the page, as CSV or JSON.
pub(super) fn export(ask: &Ask) -> Result<Answer, Problem> {
    let report = ask.verdicts();
    let filter = Filter::read(ask)?;
    let found: Vec<&Judged> = report.results.iter().filter(|it| filter.takes(ask, it)).collect();
    let slug = ask.place()?.organization.slug();
    let name = format!("{slug}-conformity-{}-{}", report.day, report.position);
    match ask.query.said("format") {
        Some("json") => {
            let value = json!({
                "pack": report.pack, "entry": report.position, "day": report.day.to_string(),
                "organization": slug,
                "results": found.iter().map(|it| result(ask, it)).collect::<Vec<_>>(),
            });
            let bytes = format!("{value:#}\n").into_bytes();
            Ok(Answer::file(format!("{name}.json"), "application/json", bytes))
        }
        Some("csv") | None => {
            let header = [
                "pack", "entry", "day", "clause", "rule", "title", "verdict", "grade", "basis",
                "record", "called", "note",
            ];
            let first =
                [report.pack.to_owned(), report.position.to_string(), report.day.to_string()];
            let rows = found
                .iter()
                .flat_map(|it| rows(ask, it))
                .map(|row| first.iter().cloned().chain(row).map(Value::from_text).collect());
            let table = TableSheet {
                name: "Conformity".to_owned(),
                header: header.map(str::to_owned).to_vec(),
                rows: rows.collect(),
            };
            let bytes = exchange::csv::write(&table, true);
            Ok(Answer::file(format!("{name}.csv"), "text/csv; charset=utf-8", bytes))
        }
        Some(other) => Err(Problem::Wrong(format!("`{other}` is no format: ask for csv or json"))),
    }
}

fn seen(ask: &Ask, id: Option<Id>) -> Option<&Record> {
    ask.sight().get(id?)
}

fn result(ask: &Ask, it: &Judged) -> serde_json::Value {
    let (rule, outcome) = (it.rule, &it.outcome);
    let case = |it: &Case| {
        let record = seen(ask, it.record);
        json!({ "record": record.map(Record::name), "title": record.map(Record::title), "note": it.note })
    };
    let passes = outcome.passes.iter().filter_map(|it| seen(ask, Some(*it)));
    json!({
        "rule": rule.id, "clause": rule.clause, "title": rule.title,
        "verdict": outcome.verdict.label(), "grade": outcome.grade.map(Grade::id),
        "basis": rule.basis.label(), "summary": outcome.summary,
        "fails": outcome.fails.iter().map(case).collect::<Vec<_>>(),
        "unknowns": outcome.unknowns.iter().map(case).collect::<Vec<_>>(),
        "passes": passes.map(Record::name).collect::<Vec<_>>(),
        "stages": rule.stages.iter().map(|it| it.id()).collect::<Vec<_>>(),
    })
}

/// A row for each case; one where there is none.
fn rows(ask: &Ask, it: &Judged) -> Vec<[String; 9]> {
    let (rule, outcome) = (it.rule, &it.outcome);
    let row = |verdict: Verdict, record: Option<Id>, note: &str| {
        let record = seen(ask, record);
        let grade = outcome.grade.filter(|_| verdict == Verdict::Fail);
        [
            rule.clause.to_owned(),
            rule.id.to_owned(),
            rule.title.to_owned(),
            verdict.label().to_owned(),
            grade.map_or_else(String::new, |it| it.id().to_owned()),
            rule.basis.label().to_owned(),
            record.map_or_else(String::new, Record::name),
            record.map_or_else(String::new, |it| it.title().to_owned()),
            note.to_owned(),
        ]
    };
    let fails = outcome.fails.iter().map(|it| row(Verdict::Fail, it.record, &it.note));
    let unknowns = outcome.unknowns.iter().map(|it| row(Verdict::Unknown, it.record, &it.note));
    let mut rows: Vec<[String; 9]> = fails.chain(unknowns).collect();
    if rows.is_empty() {
        rows.push(row(outcome.verdict, None, &outcome.summary));
    }
    rows
}
