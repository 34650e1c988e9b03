//! The page of a rule: what it asks, what it found, and how each finding is mended.

use domain::{
    access::{Act, On},
    conformity::{Case, Judged, Verdict},
};
use kinds::approval::Purpose;
use maud::{Markup, html};
use meta::Record;

use super::{audits, quoted, verdict};
use crate::{Answer, Ask, Problem, answer::Page, pages::mend, problem::sentence_of, shell, words};

/// At most so many cases are shown; the export has all of them.
const SHOWN: usize = 200;

/// The page of a rule.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let report = ask.verdicts();
    let id = ask.param("rule");
    let judged = report.results.iter().find(|it| it.rule.id.eq_ignore_ascii_case(id));
    let judged = judged.ok_or(Problem::NotFound)?;
    let (rule, outcome) = (judged.rule, &judged.outcome);
    let fails = outcome.verdict == Verdict::Fail;
    let body = html! {
        header {
            p.soft { span.ref { (rule.id) } " · " (quoted(rule.clause)) @if let Some(it) = catalog::clause(rule.clause.split(".d").next().unwrap_or_default()) { " " (it.title) } }
            h1 { (rule.title) }
            p.row { (verdict(judged)) span { (mend::said(ask, rule, &outcome.summary)) } }
        }
        div.grid {
            section.card.c8 { h2 { "Why an auditor looks at it" } p { (mend::in_words(ask, rule, rule.explanation)) }
                @if outcome.verdict != Verdict::Pass { h3 { "What to do" } p { (mend::sentence(ask, rule)) } }
            }
            section.card.c4 { h2 { "The rule" } dl.facts {
                dt { "Ground" } dd { (sentence_of(rule.basis.label())) }
                dt { "Grade" } dd { @if rule.isolated == rule.systemic { (sentence_of(rule.isolated.label())) } @else { "A single lapse: " (rule.isolated.label()) ". Where it is systemic: " (rule.systemic.label()) "." } }
                dt { "Asked at" } dd { (audits(judged)) }
                @if !rule.reads.is_empty() { dt { "Reads" } dd { @for (at, it) in rule.reads.iter().filter_map(|it| kinds::kind(it)).enumerate() { @if at > 0 { ", " } a href=(ask.to(&format!("/{}", it.id))) { (it.plural.to_lowercase()) } } } }
                @if !rule.waits_for.is_empty() { dt { "Waits for" } dd { "a register of " (mend::in_words(ask, rule, rule.waits_for)) } }
                dt { "Told" } dd { "at entry " (report.position) ", as of " (words::day(report.day)) ", by rule pack " (report.pack) }
            } }
        }
        @if fails { (cases(ask, judged, "Not as it should be", &outcome.fails, true)) }
        (cases(ask, judged, "Cannot be told", &outcome.unknowns, false))
        (passes(ask, judged))
    };
    let page = Page::new(rule.id, body).at("/conformity").wide();
    Ok(page.below("Conformity", ask.to("/conformity")).into())
}

fn cases(ask: &Ask, judged: &Judged, title: &str, cases: &[Case], fails: bool) -> Markup {
    if cases.is_empty() {
        return html! {};
    }
    // What only wants another look is said for many at once.
    let reviews = judged.rule.mend.contains("`muniment review`");
    let record = |it: &Case| it.record.and_then(|id| ask.sight().get(id));
    let may_review = |it: &Record| {
        reviews
            && it.def().field("next_review").is_some()
            && ask.may(Act::Approve(Purpose::Review), On::Record(it))
    };
    let any = cases.iter().take(SHOWN).filter_map(record).any(may_review);
    let table = html! {
        div.scroll { table.list.broad {
            thead { tr {
                @if any { th scope="col" { span.unseen { "Choose" } } }
                th scope="col" { "Record" } th scope="col" { "What is the matter" } th scope="col" { "Owner" } th scope="col" { span.unseen { "Mend it" } }
            } }
            tbody { @for case in cases.iter().take(SHOWN) {
                @let found = record(case);
                @let way = mend::way_of(ask, judged.rule, case);
                tr {
                    @if any { td { @if let Some(it) = found.filter(|it| may_review(it)) { input type="checkbox" name="record" value=(it.head.id) aria-label={ "Choose " (it.name()) }; } } }
                    td { @match found { Some(it) => { (words::record(ask, it)) } None => { span.soft { "missing" } } } }
                    td { @if fails { span.st.(super::mark(judged.outcome.grade)) {} " " } @else { span.st.none {} " " } (mend::said(ask, judged.rule, &case.note)) }
                    td { @if let Some(it) = found { (words::brief(ask, it.cell("owner"))) } }
                    td { @if !ask.is_past() { a.btn.small href=(way.path) { (way.label) } } }
                }
            } }
        } }
        @if cases.len() > SHOWN { p.soft { "The first " (SHOWN) " of " (cases.len()) ". " a href=(ask.to("/conformity/export?format=csv")) { "The export has them all." } } }
    };
    html! {
        section {
            h2 { (title) " " small { (cases.len()) } }
            @if any && !ask.is_past() {
                form method="post" action=(ask.to("/work-review")) {
                    (shell::token(ask))
                    input type="hidden" name="back" value=(ask.to(&format!("/conformity/{}", judged.rule.id)));
                    (table)
                    p.row { button.btn { "Reviewed, still true" } span.soft { "for those that you chose" } }
                }
            } @else { (table) }
        }
    }
}

fn passes(ask: &Ask, judged: &Judged) -> Markup {
    let passes = &judged.outcome.passes;
    if passes.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 { "As it should be " small { (passes.len()) } }
            details.fold open[passes.len() <= 12] {
                summary { "The records that prove it" }
                ul.several { @for it in passes.iter().take(SHOWN).filter_map(|it| ask.sight().get(*it)) { li { (words::record(ask, it)) } } }
                @if passes.len() > SHOWN { p.soft { "and " (passes.len() - SHOWN) " more" } }
            }
        }
    }
}
