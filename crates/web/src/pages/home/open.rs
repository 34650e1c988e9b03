//! What is open today by grade and clause, and what to do next.

use domain::conformity::{AuditStage, Grade, Judged, Report, Verdict};
use maud::{Markup, html};

use crate::{
    Ask,
    pages::{
        conformity::{mark, quoted, rank},
        mend,
    },
    words,
};

/// The clauses as headings of the picture, each with what it is called in a word.
const CLAUSES: [(&str, &str); 7] = [
    ("4", "Context"),
    ("5", "Leadership"),
    ("6", "Planning"),
    ("7", "Support"),
    ("8", "Operation"),
    ("9", "Performance"),
    ("10", "Improvement"),
];

/// Notes of so many letters together stand for their summary.
const SHORT: usize = 90;

/// How many of the next things to do are shown.
const SHOWN: usize = 5;

/// What is open by grade, and by clause; of one audit only, where one is named.
pub(super) fn tally(ask: &Ask, report: &Report, audit: Option<AuditStage>) -> Markup {
    let results: Vec<&Judged> = report
        .results
        .iter()
        .filter(|it| audit.is_none_or(|audit| it.rule.stages.contains(&audit)))
        .collect();
    let graded = |grade: Grade| results.iter().filter(|it| it.outcome.grade == Some(grade)).count();
    let unknown = results.iter().filter(|it| it.outcome.verdict == Verdict::Unknown).count();
    let query = audit.map_or_else(String::new, |it| format!("&audit={}", it.id()));
    let number = |count: usize, class: &str, label: &str, filter: &str| {
        let path = ask.to(&format!("/conformity?{filter}{query}"));
        html! { a href=(path) { span.big.(class) { (count) } " " (label) } }
    };
    html! {
        section.card.c4 {
            h2 { @if ask.is_past() { "Open on " (words::short_day(ask.day())) } @else { "Open today" } small { "entry " (report.position) } }
            div.tally {
                (number(graded(Grade::Major), "bad", "major", "grade=major"))
                (number(graded(Grade::Minor), "ink", "minor", "grade=minor"))
                (number(graded(Grade::Opportunity), "ink", "to improve", "grade=opportunity"))
                (number(unknown, "none", "unknown", "verdict=unknown"))
            }
            ul.clauses { @for (id, name) in CLAUSES {
                li {
                    a href=(ask.to(&format!("/conformity?clause={id}{query}"))) { (id) " " (name) }
                    (marks(&results, id))
                }
            } }
        }
    }
}

/// One mark for each rule of a clause that fails, the worst first; the rest in words.
fn marks(results: &[&Judged], clause: &str) -> Markup {
    let of = results.iter().filter(|it| it.rule.clause.split('.').next() == Some(clause));
    let (mut fails, mut unknown) = (Vec::new(), 0);
    for it in of {
        match it.outcome.verdict {
            Verdict::Fail => fails.push(*it),
            Verdict::Unknown => unknown += 1,
            Verdict::Pass | Verdict::NotApplicable => {}
        }
    }
    fails.sort_by_key(|it| std::cmp::Reverse(it.outcome.grade));
    let said = |grade: Grade, one: &str| {
        let count = fails.iter().filter(|it| it.outcome.grade == Some(grade)).count();
        (count > 0).then(|| format!("{count} {one}"))
    };
    let words: Vec<String> = [
        said(Grade::Major, "major"),
        said(Grade::Minor, "minor"),
        said(Grade::Opportunity, "to improve"),
    ]
    .into_iter()
    .flatten()
    .collect();
    html! {
        span.marks {
            @if !fails.is_empty() {
                span.unseen { (words.join(", ")) "; " }
                @for it in &fails { span.st.(mark(it.outcome.grade)) title={ (it.rule.id) ": " (it.rule.title) } aria-hidden="true" {} }
            } @else if unknown == 0 { "nothing open" }
            @if unknown > 0 { small { (unknown) " unknown" } }
        }
    }
}

/// What to do next, in the order of its effect; of the next audit only where the organization has
/// just begun.
pub(super) fn next(ask: &Ask, report: &Report, audit: AuditStage, only: bool) -> Markup {
    let mut open: Vec<&Judged> = report
        .results
        .iter()
        .filter(|it| it.outcome.verdict == Verdict::Fail)
        .filter(|it| !only || it.rule.stages.contains(&audit))
        .collect();
    open.sort_by_key(|it| match only {
        // Who has just begun goes by the order of the clauses.
        true => (rank(it, audit).0, false, 0, 0),
        false => rank(it, audit),
    });
    html! {
        section.card.c8 {
            h2 { @if only { "Begin with these" } @else { "What to do next" } small { "by effect on certification" } }
            @if open.is_empty() { p.soft { "The rules find nothing to mend. Look at what could not be told, and at what is due." } }
            ul.todo { @for judged in open.iter().take(SHOWN) { (todo(ask, judged)) } }
            @if open.len() > SHOWN { p { a href=(ask.to("/conformity?verdict=fail")) { "All " (open.len()) " open points" } } }
        }
    }
}

fn todo(ask: &Ask, judged: &Judged) -> Markup {
    let (rule, outcome) = (judged.rule, &judged.outcome);
    let record = |it: &domain::conformity::Case| it.record.and_then(|id| ask.sight().get(id));
    let first = outcome.fails.first();
    let way = mend::way(ask, judged);
    html! {
        li {
            span.st.(mark(outcome.grade)) { span.unseen { (outcome.grade.map_or("", Grade::id)) } }
            span {
                @match (outcome.fails.as_slice(), first.and_then(record)) {
                    ([one], Some(record)) => { (words::record(ask, record)) ": " (mend::in_words(ask, rule, &one.note)) }
                    ([one], None) => { (mend::said(ask, rule, &one.note)) }
                    ([], _) => { (mend::said(ask, rule, &outcome.summary)) }
                    (many, None) if many.iter().map(|it| it.note.len()).sum::<usize>() <= SHORT => { @for it in many { (mend::said(ask, rule, &it.note)) " " } }
                    (_, None) => { (mend::said(ask, rule, &outcome.summary)) }
                    (many, _) => { (rule.title) ": not so for " (many.len()) " of " (many.len() + outcome.unknowns.len() + outcome.passes.len()) "." }
                }
                small {
                    @let name = if outcome.fails.len() > 1 { rule.id } else { rule.title };
                    a href=(ask.to(&format!("/conformity/{}", rule.id))) { (name) } " · " (quoted(rule.clause))
                    @if outcome.fails.len() > 1 && let Some(record) = first.and_then(record) {
                        " · first: " (mend::name(record)) " " (words::title(record)) ", " (mend::in_words(ask, rule, first.map_or("", |it| &*it.note)))
                    }
                }
            }
            a.btn href=(way.path) { (way.label) }
        }
    }
}
