//! The result of a check as SARIF 2.1.0, for tools that gather findings.

use std::collections::HashMap;

use domain::{
    conformity::{AuditStage, Case, Grade, Judged, Report, Rule, Verdict},
    text,
};
use serde_json::{Value, json};

use super::raised;
use crate::place::Desk;

/// The report as one SARIF log with one run; at audit stage 1 failures are areas of concern.
pub fn sarif(desk: &Desk, report: &Report, judged: &[&Judged], stage: Option<AuditStage>) -> Value {
    let rules: Vec<Value> = judged.iter().map(|it| rule(it.rule)).collect();
    let results: Vec<Value> =
        judged.iter().enumerate().flat_map(|(at, it)| results(desk, at, it, stage)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "Muniment",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "automationDetails": {
                "id": format!("muniment/{}/{}", desk.organization.slug(), report.position),
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": {
                "pack": report.pack, "entry": report.position, "day": report.day.to_string(),
                "organization": desk.organization.slug(),
            },
        }],
    })
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": if rule.mend.is_empty() { rule.title } else { rule.mend }},
        "defaultConfiguration": {"level": level(rule.isolated)},
        "properties": {
            "clause": rule.clause, "basis": rule.basis.label(),
            "stages": rule.stages.iter().map(|it| it.id()).collect::<Vec<_>>(),
        },
    })
}

/// One result for each record that fails or cannot be told, else one for the rule.
fn results(desk: &Desk, at: usize, it: &Judged, stage: Option<AuditStage>) -> Vec<Value> {
    let outcome = &it.outcome;
    let (kind, level) = match (outcome.verdict, outcome.grade) {
        (Verdict::Fail, grade) => ("fail", grade.map_or("warning", level)),
        (Verdict::Unknown, _) => ("open", "none"),
        (Verdict::Pass, _) => ("pass", "none"),
        (Verdict::NotApplicable, _) => ("notApplicable", "none"),
    };
    let mut found = Vec::new();
    for case in &outcome.fails {
        let mut told = result(desk, at, it, (kind, level), Some(case));
        if let Some(grade) = outcome.grade {
            told["properties"] = json!({ "raisedAs": raised(grade, stage) });
        }
        found.push(told);
    }
    for case in &outcome.unknowns {
        found.push(result(desk, at, it, ("open", "none"), Some(case)));
    }
    let is_told = outcome.verdict == Verdict::Fail && !outcome.fails.is_empty()
        || outcome.verdict == Verdict::Unknown && !found.is_empty();
    if !is_told {
        found.push(result(desk, at, it, (kind, level), None));
    }
    // Several findings about one record are several: scanners tell them apart by this alone.
    let mut seen: HashMap<String, usize> = HashMap::new();
    for it in &mut found {
        let print = &mut it["partialFingerprints"]["muniment/v1"];
        let own = print.as_str().unwrap_or_default().to_owned();
        let before = seen.entry(own.clone()).or_default();
        if *before > 0 {
            *print = json!(format!("{own}:{before}"));
        }
        *before += 1;
    }
    found
}

fn result(
    desk: &Desk,
    at: usize,
    it: &Judged,
    (kind, level): (&str, &str),
    case: Option<&Case>,
) -> Value {
    let record = case.and_then(|it| it.record).and_then(|id| desk.isms().get(id));
    let message = match (case, record) {
        (Some(case), Some(record)) => format!("{}: {}", text::called(record), case.note),
        (Some(case), None) => case.note.to_string(),
        (None, _) => it.outcome.summary.to_string(),
    };
    let mut result = json!({
        "ruleId": it.rule.id, "ruleIndex": at, "kind": kind, "level": level,
        "message": {"text": format!("{message} ({})", it.rule.title)},
        "partialFingerprints": {"muniment/v1": format!(
            "{}:{}", it.rule.id, record.map_or_else(String::new, |it| it.head.id.to_string())
        )},
    });
    if let Some(record) = record {
        result["locations"] = json!([{"logicalLocations": [{
            "name": record.name(), "kind": record.def().id,
            "fullyQualifiedName": format!("{}/{}", desk.organization.slug(), record.name()),
        }]}]);
    }
    result
}

fn level(grade: Grade) -> &'static str {
    match grade {
        Grade::Major => "error",
        Grade::Minor => "warning",
        Grade::Opportunity => "note",
    }
}
