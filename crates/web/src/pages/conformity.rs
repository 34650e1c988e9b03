//! Conformity: every rule with its verdict and its records, and the way to mend each.

mod export;
mod filter;
mod rule;

use domain::{
    access::Act,
    conformity::{AuditStage, Grade, Judged, Verdict},
};
use maud::{Markup, html};

use self::filter::Filter;
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    pages::mend,
    routes::{Needs, Route, get},
    words,
};

/// The routes of conformity.
pub(crate) const ROUTES: &[Route] = &[
    get("/o/{place}/conformity", Needs::May(Act::SeeEverything), list),
    get("/o/{place}/conformity/export", Needs::May(Act::SeeEverything), export::export),
    get("/o/{place}/conformity/{rule}", Needs::May(Act::SeeEverything), rule::show),
];

/// The place of a result among those to mend: the graver first, then what bites at the next audit,
/// then what concerns more records.
pub(super) fn rank(judged: &Judged, audit: AuditStage) -> (u8, bool, u8, usize) {
    let grade = match judged.outcome.grade {
        Some(Grade::Major) => 0,
        Some(Grade::Minor) => 1,
        Some(Grade::Opportunity) => 2,
        None => 3,
    };
    let stages = judged.rule.stages;
    let earliest = [AuditStage::One, AuditStage::Two, AuditStage::Surveillance];
    let earliest = earliest.iter().position(|it| stages.contains(it)).unwrap_or(3) as u8;
    (grade, !stages.contains(&audit), earliest, usize::MAX - judged.outcome.fails.len())
}

/// The class of a grade: its color and shape.
pub(super) fn mark(grade: Option<Grade>) -> &'static str {
    match grade {
        Some(Grade::Major) => "bad",
        Some(Grade::Minor) => "part",
        _ => "none",
    }
}

/// A verdict by shape and word.
pub(super) fn verdict(judged: &Judged) -> Markup {
    let (class, word) = match (judged.outcome.verdict, judged.outcome.grade) {
        (Verdict::Pass, _) => ("good", "pass"),
        (Verdict::Unknown, _) => ("none", "unknown"),
        (Verdict::NotApplicable, _) => ("none", "not applicable"),
        (Verdict::Fail, Some(Grade::Major)) => ("bad", "major"),
        (Verdict::Fail, Some(Grade::Minor)) => ("part", "minor"),
        (Verdict::Fail, _) => ("none", "to improve"),
    };
    html! { span.st.(class) { (word) } }
}

/// How a clause is quoted: `6.1.3 d)`, without the words that many would bear.
pub(super) fn quoted(clause: &str) -> String {
    let quoted = catalog::reference(clause).unwrap_or_else(|| clause.to_owned());
    quoted.strip_suffix(" (documented information)").unwrap_or(&quoted).to_owned()
}

/// The clause that gathers others, by its number.
fn heading(number: &str) -> String {
    let title = catalog::clause(number).map_or("", |it| it.title);
    format!("{number} {title}")
}

fn list(ask: &Ask) -> Result<Answer, Problem> {
    let report = ask.verdicts();
    let filter = Filter::read(ask)?;
    let found: Vec<&Judged> = report.results.iter().filter(|it| filter.takes(ask, it)).collect();
    let (live, waiting): (Vec<&Judged>, Vec<&Judged>) =
        found.iter().partition(|it| it.rule.judge.is_some());
    let mut numbers: Vec<&str> = Vec::new();
    for it in &live {
        let number = it.rule.clause.split('.').next().unwrap_or_default();
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers.sort_by_key(|it| it.parse().unwrap_or(99));
    let body = html! {
        header {
            h1 { "Conformity" }
            p.lead { "What a certification auditor would raise, rule by rule, with the records behind it. Grades are suggestions: a human auditor decides. What cannot be told is never counted as good." }
        }
        (filter.form(ask, &report))
        p.row {
            span { (words::count(found.len(), "rule", "rules")) " shown" }
            a href=(ask.to(&format!("/conformity/export?format=csv&{}", ask.query.query()))) { "As CSV" }
            a href=(ask.to(&format!("/conformity/export?format=json&{}", ask.query.query()))) { "As JSON" }
        }
        @if found.is_empty() { p.empty { "No rule answers to all of these filters. " a href=(ask.to("/conformity")) { "Show all rules" } } }
        @for number in &numbers {
            section {
                h2 { (heading(number)) }
                @let of = |it: &&&Judged| it.rule.clause.split('.').next() == Some(*number);
                @let (fine, open): (Vec<&Judged>, Vec<&Judged>) = live.iter().filter(of).partition(|it| is_fine(it));
                @let open = { let mut open = open; open.sort_by_key(|it| (std::cmp::Reverse(it.outcome.verdict), std::cmp::Reverse(it.outcome.grade))); open };
                @if !open.is_empty() { (table(ask, &open)) }
                @if !fine.is_empty() {
                    details.fold open[filter.is_by_verdict()] { summary { (words::count(fine.len(), "rule finds", "rules find")) " nothing open" } (table(ask, &fine)) }
                }
            }
        }
        @if !waiting.is_empty() {
            section.card {
                h2 { "Not known yet" small { (waiting.len()) } }
                p.soft { "These rules wait for registers that do not exist here yet. Nobody can tell from the records whether they hold: keep what proves them elsewhere until then." }
                details.fold { summary { "Show them" } ul.timeline { @for it in &waiting {
                    li { span { a.to href=(ask.to(&format!("/conformity/{}", it.rule.id))) { (it.rule.title) } } small { (quoted(it.rule.clause)) " · waits for " (mend::in_words(ask, it.rule, it.rule.waits_for)) } }
                } } }
            }
        }
        p.soft { "Rule pack " (report.pack) ", entry " (report.position) " of the ledger, as of " (words::day(report.day)) "." }
    };
    Ok(Page::new("Conformity", body).at("/conformity").wide().into())
}

fn is_fine(it: &Judged) -> bool {
    matches!(it.outcome.verdict, Verdict::Pass | Verdict::NotApplicable)
}

fn table(ask: &Ask, rules: &[&Judged]) -> Markup {
    html! { div.scroll { table.list.rules {
        (columns())
        tbody { @for it in rules { (row(ask, it)) } }
    } } }
}

fn columns() -> Markup {
    html! { thead { tr { th scope="col" { "Verdict" } th scope="col" { "What must be so" } th scope="col" { "Clause" } th scope="col" { "What was found" } th scope="col" { "On what ground" } th scope="col" { "Audit" } } } }
}

fn row(ask: &Ask, it: &Judged) -> Markup {
    let (rule, outcome) = (it.rule, &it.outcome);
    html! {
        tr {
            td { (verdict(it)) }
            td { a.to href=(ask.to(&format!("/conformity/{}", rule.id))) { (rule.title) } " " span.ref { (rule.id) } }
            td { (quoted(rule.clause)) }
            td { (mend::said(ask, rule, &outcome.summary)) }
            td { (rule.basis.label()) }
            td { (audits(it)) }
        }
    }
}

/// The audits at which a rule bites, in words.
fn audits(it: &Judged) -> String {
    let each = it.rule.stages.iter().map(|it| match it {
        AuditStage::One => "stage 1",
        AuditStage::Two => "stage 2",
        AuditStage::Surveillance => "surveillance",
    });
    each.collect::<Vec<_>>().join(", ")
}
