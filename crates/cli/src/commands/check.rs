//! `check`: what a certification auditor would raise.

mod explain;
mod page;
mod sarif;

use domain::conformity::{self, AuditStage, Grade, Judged, Report, Verdict};
use exchange::Value;
use serde_json::json;

use crate::{
    Done,
    output::{Column, Format, Out, Table},
    place::{Desk, Place},
    progress::Busy,
    stop::refused,
};

/// Tells what a certification auditor would raise, by clause, worst first.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment check --stage 1\n  \
    muniment check --clause 6.1.3 --fail-on major\n  \
    muniment check --explain 6.1.2-10\n  \
    muniment check --format sarif > findings.sarif\n\n\
    Grades are suggestions: a human auditor decides.")]
pub struct Check {
    /// Only this clause and those below it; may be repeated.
    #[arg(long, value_name = "CLAUSE")]
    clause: Vec<String>,
    /// Only this rule; may be repeated.
    #[arg(long, value_name = "RULE")]
    rule: Vec<String>,
    /// Only what bites at this audit: 1, 2 or surveillance.
    #[arg(long, value_name = "AUDIT", value_parser = stage)]
    stage: Option<AuditStage>,
    /// End with exit code 1 when something of this grade or worse is found.
    #[arg(long, value_name = "GRADE", value_parser = grade)]
    fail_on: Option<Grade>,
    /// Explain a rule instead of running them.
    #[arg(long, value_name = "RULE")]
    explain: Option<String>,
    /// Also what is in order, and every record.
    #[arg(long)]
    all: bool,
}

impl Check {
    /// Runs the rules and prints what they found.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        if let Some(id) = &self.explain {
            explain::explain(known(id)?, out);
            return Ok(Done::Well);
        }
        let rules = self.rule.iter().map(|it| known(it)).collect::<anyhow::Result<Vec<_>>>()?;
        for clause in &self.clause {
            let clause = clause.trim_end_matches(['.', ')']);
            if !conformity::rules().any(|it| within(it.clause, clause)) {
                return Err(refused(format!(
                    "no rule is about clause `{clause}`: name one like 6.1.3"
                )));
            }
        }
        let desk = place.desk()?;
        let busy = Busy::with("checking");
        let report = conformity::run(desk.past.view());
        drop(busy);
        let wanted = |it: &&Judged| {
            let rule = it.rule;
            let about = |clause: &String| within(rule.clause, clause.trim_end_matches(['.', ')']));
            (rules.is_empty() || rules.iter().any(|it| it.id == rule.id))
                && (self.clause.is_empty() || self.clause.iter().any(about))
                && self.stage.is_none_or(|it| rule.stages.contains(&it))
        };
        let judged: Vec<&Judged> = report.results.iter().filter(wanted).collect();
        match out.format {
            Format::Table => {
                let page = page::Page {
                    desk: &desk,
                    report: &report,
                    stage: self.stage,
                    all: self.all,
                    named: !rules.is_empty(),
                };
                page.print(&judged, out);
            }
            Format::Json => out.json(&json(&desk, &report, &judged, self.stage)),
            Format::Csv => out.table(&rows(&desk, &judged)),
            Format::Sarif => out.json(&sarif::sarif(&desk, &report, &judged, self.stage)),
        }
        let worst = judged.iter().filter_map(|it| it.outcome.grade).max();
        Ok(match (self.fail_on, worst) {
            (Some(limit), Some(worst)) if worst >= limit => Done::Found,
            _ => Done::Well,
        })
    }
}

/// The rule with this name.
fn known(id: &str) -> anyhow::Result<&'static conformity::Rule> {
    conformity::rule(id).ok_or_else(|| {
        let clause = id.split('-').next().unwrap_or_default().to_lowercase();
        let near = conformity::rules().filter(|it| it.id.to_lowercase().starts_with(&clause));
        let near: Vec<&str> = near.map(|it| it.id).take(8).collect();
        refused(match near.as_slice() {
            [] => format!("there is no rule `{id}`: `muniment check --all` names them"),
            near => format!("there is no rule `{id}`: there is {}", near.join(", ")),
        })
    })
}

/// What to do, with the first record concerned in place of the one that stands as an example.
fn mend(desk: &Desk, it: &Judged) -> String {
    let mut mend = it.rule.mend.to_owned();
    let cases = it.outcome.fails.iter().chain(&it.outcome.unknowns);
    let mut done: Vec<&str> = Vec::new();
    for record in cases.filter_map(|it| desk.isms().get(it.record?)) {
        let def = record.def();
        if done.contains(&def.id) {
            continue;
        }
        done.push(def.id);
        let reference = record.cell("reference");
        let reference = reference.text().filter(|_| def.id == "control");
        let name = reference.map_or_else(|| record.name(), str::to_owned);
        for example in [format!("{}-1", def.prefix), "A.5.1".to_owned()] {
            let is_control = example == "A.5.1";
            if is_control && reference.is_none() {
                continue;
            }
            mend = mend.replace(&format!(" {example} "), &format!(" {name} "));
            mend = mend.replace(&format!(" {example}`"), &format!(" {name}`"));
        }
    }
    mend
}

/// Whether a clause is another or lies below it.
fn within(clause: &str, above: &str) -> bool {
    clause.strip_prefix(above).is_some_and(|it| it.is_empty() || it.starts_with(['.', ' ', ')']))
}

/// The grade as it would be raised at this audit: stage 1 knows areas of concern only.
fn raised(grade: Grade, stage: Option<AuditStage>) -> String {
    match (stage, grade) {
        (Some(AuditStage::One), Grade::Opportunity) | (None | Some(_), Grade::Opportunity) => {
            grade.label().to_owned()
        }
        (Some(AuditStage::One), grade) => {
            format!("area of concern (would be {} at stage 2)", grade.id())
        }
        _ => grade.label().to_owned(),
    }
}

fn json(
    desk: &Desk,
    report: &Report,
    judged: &[&Judged],
    stage: Option<AuditStage>,
) -> serde_json::Value {
    let case = |it: &conformity::Case| {
        let record = it.record.and_then(|id| desk.isms().get(id));
        json!({
            "record": record.map(meta::Record::name), "title": record.map(meta::Record::title),
            "id": it.record, "note": it.note,
        })
    };
    let results = judged.iter().map(|it| {
        let (rule, outcome) = (it.rule, &it.outcome);
        let passes = outcome.passes.iter().filter_map(|id| desk.isms().get(*id));
        json!({
            "rule": rule.id, "clause": rule.clause, "title": rule.title,
            "verdict": outcome.verdict.label(), "grade": outcome.grade.map(Grade::id),
            "raised_as": outcome.grade.map(|it| raised(it, stage)),
            "basis": rule.basis.label(), "summary": outcome.summary,
            "fails": outcome.fails.iter().map(case).collect::<Vec<_>>(),
            "unknowns": outcome.unknowns.iter().map(case).collect::<Vec<_>>(),
            "passes": passes.map(meta::Record::name).collect::<Vec<_>>(),
            "mend": mend(desk, it),
            "stages": rule.stages.iter().map(|it| it.id()).collect::<Vec<_>>(),
        })
    });
    json!({
        "pack": report.pack, "entry": report.position, "day": report.day.to_string(),
        "organization": desk.organization.slug(), "results": results.collect::<Vec<_>>(),
    })
}

fn rows(desk: &Desk, judged: &[&Judged]) -> Table {
    let names = ["clause", "rule", "title", "verdict", "grade", "record", "note", "mend"];
    let mut table = Table::new(names.iter().map(|it| Column::cut(it, it)).collect());
    for it in judged {
        let (rule, outcome) = (it.rule, &it.outcome);
        let name = |id: meta::Id| desk.isms().get(id).map(meta::Record::name).unwrap_or_default();
        // What cannot be told is no failure, also where others fail.
        let told = |verdict: Verdict| {
            move |it: &conformity::Case| {
                (verdict, it.record.map(name).unwrap_or_default(), it.note.to_string())
            }
        };
        let mut cases: Vec<(Verdict, String, String)> =
            outcome.fails.iter().map(told(Verdict::Fail)).collect();
        cases.extend(outcome.unknowns.iter().map(told(Verdict::Unknown)));
        if cases.is_empty() {
            cases.push((outcome.verdict, String::new(), outcome.summary.to_string()));
        }
        let mend = if outcome.verdict == Verdict::Pass { String::new() } else { mend(desk, it) };
        for (verdict, record, note) in cases {
            let grade = outcome.grade.filter(|_| verdict == Verdict::Fail);
            let row = [
                rule.clause.to_owned(),
                rule.id.to_owned(),
                rule.title.to_owned(),
                verdict.label().to_owned(),
                grade.map_or_else(String::new, |it| it.id().to_owned()),
                record,
                note,
                mend.clone(),
            ];
            table.row(row.map(Value::from_text).to_vec());
        }
    }
    table
}

fn stage(text: &str) -> Result<AuditStage, String> {
    match text {
        "1" => Ok(AuditStage::One),
        "2" => Ok(AuditStage::Two),
        "surveillance" | "s" | "S" => Ok(AuditStage::Surveillance),
        _ => Err("it is one of 1, 2, surveillance".to_owned()),
    }
}

fn grade(text: &str) -> Result<Grade, String> {
    let all = [Grade::Major, Grade::Minor, Grade::Opportunity];
    let found = all.into_iter().find(|it| it.id() == text);
    found.ok_or_else(|| "it is one of major, minor, opportunity".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_holds_what_lies_below_it() {
        assert!(within("6.1.3.d", "6.1.3") && within("6.1.3", "6.1.3") && within("6.1.3", "6"));
        assert!(!within("6.1.30", "6.1.3") && !within("6.1.2", "6.1.3"));
    }

    #[test]
    fn stage_1_raises_areas_of_concern() {
        let stage = Some(AuditStage::One);
        assert!(raised(Grade::Major, stage).starts_with("area of concern"));
        assert_eq!(raised(Grade::Major, None), "major nonconformity");
        assert_eq!(raised(Grade::Opportunity, stage), "opportunity for improvement");
    }
}
