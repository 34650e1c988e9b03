//! An auditor's spine: by clause and by control, what is said, who answers for it, the rule
//! documents in force then, the proofs by date, what was found, and the history. Every page prints
//! and reads alone.

pub(crate) mod about;
mod history;
pub(crate) mod paper;

use catalog::{Clause, ClauseLevel, Requirement};
use domain::{
    access::Act,
    conformity::{Proof, ProofState, Report, Verdict},
    holder, parameters,
};
use kinds::{control::Control, document::Document, evidence::Evidence};
use maud::{Markup, html};
use meta::{Choice, Record};

use self::about::About;
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    routes::{Needs, Route, get},
    words,
};

/// The routes of the spine.
pub(crate) const ROUTES: &[Route] = &[
    get("/o/{place}/spine", Needs::May(Act::SeeEverything), index),
    get("/o/{place}/spine/{subject}", Needs::May(Act::SeeEverything), show),
];

/// What a page is about.
#[derive(Clone, Copy)]
enum Subject {
    Clause(&'static Clause),
    Control(&'static catalog::Control),
}

/// All pages in their order: the clauses that require something, then the controls.
fn subjects() -> impl Iterator<Item = Subject> {
    let clauses = catalog::clauses().iter().filter(|it| it.level == ClauseLevel::Requirement);
    let controls = catalog::controls().iter().map(Subject::Control);
    clauses.map(Subject::Clause).chain(controls)
}

impl Subject {
    fn id(self) -> &'static str {
        match self {
            Self::Clause(it) => it.id,
            Self::Control(it) => it.id,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Clause(it) => it.title,
            Self::Control(it) => it.title,
        }
    }
}

/// Every clause and every control in one line each.
fn index(ask: &Ask) -> Result<Answer, Problem> {
    let report = ask.verdicts();
    let documents: Vec<(&Record, &Document)> =
        ask.sight().all::<Document>().filter(|it| it.0.is_live()).collect();
    let body = html! {
        (paper::head(ask))
        header {
            h1 { "Auditor's view" }
            p.lead { "For every clause and every control: what is said, who answers for it, which documents rule it, what proves it and when, what the checks find, and how it came about." }
        }
        section.card {
            h2 { "Clauses 4 to 10" }
            div.scroll { table.list {
                thead { tr { th scope="col" { "Clause" } th scope="col" { "Title" } th scope="col" { "Checks" } th scope="col" { "Rule documents" } } }
                tbody { @for clause in catalog::clauses() {
                    @if clause.level == ClauseLevel::Heading {
                        tr { th scope="row" { (clause.id) } th colspan="3" { (clause.title) } }
                    } @else {
                        @let its = documents.iter().filter(|it| about::serves(&it.1.serves_clauses, clause.id));
                        tr {
                            td { a.to href=(ask.to(&format!("/spine/{}", clause.id))) { (clause.id) } }
                            td { (clause.title) }
                            td { (checks(&report, clause.id)) }
                            td { @for (at, (record, _)) in its.take(4).enumerate() { @if at > 0 { ", " } a.to href=(ask.to_record(record)) { (words::title(record)) } } }
                        }
                    }
                } }
            } }
        }
        section.card {
            h2 { "Controls of Annex A" }
            div.scroll { table.list {
                thead { tr { th scope="col" { "Control" } th scope="col" { "Title" } th scope="col" { "Needed" } th scope="col" { "Declared" } th scope="col" { "Answers for it" } th scope="col" { "Proof" } } }
                tbody { @for control in catalog::controls() { (control_row(ask, control)) } }
            } }
        }
    };
    Ok(Page::new("Auditor's view", body).at("/spine").into())
}

/// How many rules of a clause answered how.
fn checks(report: &Report, clause: &str) -> Markup {
    let its: Vec<_> =
        report.results.iter().filter(|it| about::is_within(it.rule.clause, clause)).collect();
    let count = |verdict| its.iter().filter(|it| it.outcome.verdict == verdict).count();
    let [fail, unknown, pass] = [Verdict::Fail, Verdict::Unknown, Verdict::Pass].map(count);
    html! {
        span.row {
            @if fail > 0 { span.st.bad { (fail) " fail" } }
            @if unknown > 0 { span.st.none { (unknown) " unknown" } }
            @if pass > 0 { span.st.good { (pass) " pass" } }
        }
    }
}

fn control_row(ask: &Ask, control: &'static catalog::Control) -> Markup {
    let view = ask.view();
    let mut rows = view.isms.live::<Control>();
    let found = rows.find(|(_, it)| it.annex_a().is_some_and(|it| it.id == control.id));
    html! {
        tr {
            td { a.to href=(ask.to(&format!("/spine/{}", control.id))) { (control.id) } }
            td { (control.title) }
            @match found {
                None => { td colspan="4" { span.soft { "not in the register" } } }
                Some((record, body)) => {
                    td { @match body.applicability { Some(it) => { (it.def().label) } None => { span.soft { "undecided" } } } }
                    td { @match body.implementation.filter(|_| !body.is_excluded()) { None if body.is_excluded() => { span.soft { "excluded" } } Some(it) => { (it.def().label) } None => { span.soft { "not said" } } } }
                    td { @match &body.owner { Some(it) => { (holder::describe(view, it)) } None => { span.soft { "nobody" } } } }
                    td { (proof(held(ask, record, body))) }
                }
            }
        }
    }
}

/// What the proofs of a control show together.
fn held<'a>(ask: &'a Ask, record: &'a Record, control: &Control) -> ProofState<'a> {
    let view = ask.view();
    let wanted = control.proof_wanted.iter().filter_map(|it| it.cadence).max();
    let cadence = wanted.unwrap_or_else(|| parameters::period(view.isms, "evidence.cadence"));
    let all = view.isms.sources::<Evidence>(record.head.id);
    Proof::together(all.filter_map(|(it, body)| Proof::of(it, body)), cadence, view.day)
}

fn proof(state: ProofState<'_>) -> Markup {
    html! {
        @match state {
            ProofState::Current(it) => { span.st.good { "held" @if let Some(day) = it.day() { ", of " (words::short_day(day)) } } }
            ProofState::Expired(_, day) => { span.st.bad { "ran out on " (words::short_day(day)) } }
            ProofState::Undated(_) => { span.st.part { "without a day" } }
            ProofState::NotAccepted(_) => { span.st.part { "not accepted" } }
            ProofState::Missing => { span.st.none { "none" } }
        }
    }
}

/// All about one clause or control.
fn show(ask: &Ask) -> Result<Answer, Problem> {
    let asked = ask.param("subject");
    let all: Vec<Subject> = subjects().collect();
    let Some(at) = all.iter().position(|it| it.id() == asked) else {
        return elsewhere(ask, asked);
    };
    let subject = all[at];
    let report = ask.verdicts();
    let about = About::of(ask, &report, subject.id());
    let link = |it: Subject| ask.to(&format!("/spine/{}", it.id()));
    let (before, after) = (at.checked_sub(1).map(|at| all[at]), all.get(at + 1).copied());
    let body = html! {
        (paper::head(ask))
        header {
            p.soft { @match subject { Subject::Clause(_) => { "Clause of ISO/IEC 27001:2022" } Subject::Control(it) => { "Control of Annex A, " (it.theme.name().to_lowercase()) } } }
            h1 { (subject.id()) " " (subject.title()) }
        }
        nav.row.acts aria-label="Clauses and controls" {
            @match before { Some(it) => { a.btn rel="prev" href=(link(it)) { "← " (it.id()) } } None => {} }
            @match after { Some(it) => { a.btn rel="next" href=(link(it)) { (it.id()) " →" } } None => {} }
            a.btn.push href=(ask.to("/spine")) { "All" }
        }
        section.card { h2 { "What it asks" } (asks(subject)) }
        div.grid {
            section.card.c8 {
                h2 { "What is said" }
                (about.control(ask))
                (about.said(ask))
                (about.callers(ask))
                @if about.says_nothing() { p.soft { "No record says anything about this yet." } }
            }
            section.card.c4 { h2 { "Who answers for it" } (about.responsible(ask)) }
        }
        section.card { h2 { "Rule documents" small { "in force on " (words::day(ask.day())) } } (about.rule_documents(ask)) }
        section.card { h2 { "Proofs" small { "newest first" } } (about.proof_table(ask)) }
        section.card {
            h2 { "What the checks find" small { "rule pack " (report.pack) ", entry " (report.position) } }
            (about.verdicts(ask, 12))
            @if !about.is_judged() { p.soft { "No check is about this." } }
        }
        section.card { h2 { "How it came about" } (history::of(ask, &about.records())?) }
    };
    let page = Page::new(format!("{} {}", subject.id(), subject.title()), body).at("/spine");
    Ok(page.below("Auditor's view", ask.to("/spine")).into())
}

/// A requirement within a clause leads to its clause, a heading to its first one.
fn elsewhere(ask: &Ask, asked: &str) -> Result<Answer, Problem> {
    let clause = catalog::requirement(asked).map(|it| it.clause);
    let below = || {
        let heading = catalog::clause(asked)?;
        heading.requirements().next().map(|it| it.clause)
    };
    let control = || catalog::control(asked).map(|it| it.id);
    let to = clause.or_else(below).or_else(control).ok_or(Problem::NotFound)?;
    let hash = catalog::requirement(asked).map(|it| format!("#{}", it.id)).unwrap_or_default();
    Ok(Answer::go(ask.to(&format!("/spine/{to}{hash}"))))
}

fn asks(subject: Subject) -> Markup {
    match subject {
        Subject::Control(it) => html! {
            p.prose { (it.asks) }
            div.asks {
                div { h3 { "What an auditor looks at" } p { (it.looked_at) } }
                div { h3 { "What typically shows it" } p { (it.evidence) } }
            }
        },
        Subject::Clause(clause) => {
            let own = |it: &&Requirement| it.clause == clause.id;
            html! {
                dl.facts { @for it in catalog::requirements().iter().filter(own) {
                    dt id=(it.id) { strong { (it.reference()) } br; (it.title) }
                    dd { (it.asks) }
                } }
                @if let Some(note) = clause.note { p.soft { (note) } }
            }
        }
    }
}
