//! The Statement of Applicability: edited in its table, published as editions, compared.

mod compare;
mod editions;
mod paper;
mod row;
mod save;
mod sheet;
mod sift;
mod typed;

use std::collections::HashMap;

use axum::http::StatusCode;
use domain::{
    Isms, View,
    access::{Act, On},
    conformity::{Case, Rule, Verdict},
};
use kinds::control::Control;
use maud::{Markup, html};
use meta::{Id, Record};

pub(crate) use self::{editions::edition_name, sheet::Sheets};
use self::{row::Row, sheet::Sheet, sift::Sift, typed::Typed};
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    problem::sentence_of,
    routes::{Needs, Route, get, post},
    shell, words,
};

/// The routes of the statement.
pub(crate) const ROUTES: &[Route] = &[
    get("/o/{place}/soa", Needs::May(Act::SeeRegisters), show),
    post("/o/{place}/soa", Needs::May(Act::SeeRegisters), save::save),
    post("/o/{place}/soa/request", Needs::May(Act::SeeEverything), editions::request),
    post("/o/{place}/soa/edition", Needs::May(Act::SeeEverything), editions::publish),
    get("/o/{place}/soa/compare", Needs::May(Act::SeeRegisters), compare::show),
    get("/o/{place}/soa/paper/{form}", Needs::May(Act::Export), paper::paper),
];

/// What is shown beside the records: what was typed, and what is wrong with it.
#[derive(Default)]
struct Again {
    typed: Typed,
    /// What is wrong, by the key of the row.
    wrongs: HashMap<String, Wrong>,
    /// What is wrong with the whole.
    trouble: Option<String>,
    status: Option<StatusCode>,
}

/// What is wrong with a row.
#[derive(Default, Clone)]
struct Wrong {
    message: String,
    /// What somebody else wrote meanwhile: the field's label and their words.
    theirs: Vec<(&'static str, String)>,
}

/// What the checks say about a control: the rule, the case, and whether it fails.
type Said<'r> = (&'static Rule, &'r Case, bool);

fn show(ask: &Ask) -> Result<Answer, Problem> {
    match ask.query.said("row").filter(|_| ask.wants_part()) {
        Some(key) => save::part(ask, ask.view(), key, &Again::default(), None),
        None => page(ask, Again::default()),
    }
}

/// The whole page; with what was typed, where that was not saved.
fn page(ask: &Ask, again: Again) -> Result<Answer, Problem> {
    let sheet = ask.here().beside.soa.of(ask.view());
    let report = ask.verdicts();
    let said = said(&report);
    let sift = Sift::read(&ask.query);
    let all = rows(ask, ask.isms(), &sheet, &said, &again);
    let shown: Vec<&Row<'_>> =
        all.iter().filter(|it| it.wrong.is_some() || sift.takes(it)).collect();
    let may = shown.iter().any(|it| it.may_edit);
    let body = html! {
        (heading(ask, ask.view(), &sheet, &again))
        @if let Some(trouble) = &again.trouble { div.trouble role="alert" { p { (sentence_of(trouble)) } } }
        (tally(ask, &sheet, &said))
        (sift.form(ask, &all))
        soa-table {
            form method="post" action={ (ask.to("/soa")) (sift.query()) } {
                (shell::token(ask))
                section.card.flush {
                    div.scroll {
                        table.soa {
                            thead { tr {
                                th scope="col" { "Control" } th scope="col" { "Title" } th scope="col" { "Necessary?" }
                                th scope="col" { "Why, or why not" } th scope="col" { "Implemented?" } th scope="col" { "Owner" } th scope="col" { "Proof" }
                            } }
                            tbody { @for row in &shown { (row.show(ask)) } }
                        }
                    }
                    @if shown.is_empty() { p.empty { "No control is like that. " a href=(ask.to("/soa")) { "Show all of them" } } }
                }
                @if may && !shown.is_empty() {
                    div.actions.without-script { button.btn.go { "Save all changes" } span.soft { "Only rows that you changed are saved, all in one step." } }
                }
                p.soft role="status" data-status {}
            }
        }
        (editions::list(ask))
    };
    let status = again.status.unwrap_or(StatusCode::OK);
    let page = Page::new("Statement of Applicability", body).at("/soa").wide();
    Ok(page.with_status(status).into())
}

/// Where it stands, and what can be done with it as a whole.
fn heading(ask: &Ask, view: View<'_>, sheet: &Sheet, again: &Again) -> Markup {
    html! {
        header.heading data-part="heading" {
            div { h1 { "Statement of Applicability" } (editions::standing(ask, sheet)) }
            (editions::acts(ask, view, sheet, again))
        }
    }
}

/// The rows of the statement, with what is beside them.
fn rows<'a>(
    ask: &Ask,
    isms: &'a Isms,
    sheet: &'a Sheet,
    said: &'a HashMap<Id, Vec<Said<'a>>>,
    again: &'a Again,
) -> Vec<Row<'a>> {
    let changed = sheet.in_force.as_ref().map_or(&[][..], |it| it.changed.as_slice());
    let each = sheet.soa.rows.iter().map(|it| {
        let record = sheet.records.get(&it.reference).and_then(|it| isms.get(*it));
        let key = key(record, &it.reference);
        let control = record.and_then(Record::typed::<Control>);
        let wanted = record.and_then(|it| it.cell("reference").text()).unwrap_or(&it.reference);
        Row {
            row: it,
            record,
            control,
            known: catalog::control(&it.reference).filter(|_| !it.own),
            said: record.and_then(|it| said.get(&it.head.id)).map_or(&[], Vec::as_slice),
            is_changed: changed.iter().any(|it| it == wanted),
            may_edit: match record {
                Some(record) => ask.may(Act::Edit, On::Record(record)),
                None => ask.may_make("control"),
            },
            typed: &again.typed,
            wrong: again.wrongs.get(&key),
            saved: None,
            key,
        }
    });
    each.collect()
}

/// What a row is called in forms: the number of its record, else its reference.
fn key(record: Option<&Record>, reference: &str) -> String {
    record.map_or_else(|| reference.to_owned(), |it| it.head.number.to_string())
}

/// What the rules of the statement say about each control; the worst first.
fn said(report: &domain::conformity::Report) -> HashMap<Id, Vec<Said<'_>>> {
    let mut found = HashMap::<Id, Vec<Said<'_>>>::new();
    for judged in report.results.iter().filter(|it| it.rule.id.starts_with("SOA-")) {
        let fails = judged.outcome.verdict == Verdict::Fail;
        // That proof is missing stands in its own column.
        let told = !matches!(judged.rule.id, "SOA-09" | "SOA-17");
        let unknowns = if told { judged.outcome.unknowns.as_slice() } else { &[] };
        let cases = [(judged.outcome.fails.as_slice(), fails), (unknowns, false)];
        for (cases, fails) in cases {
            for case in cases {
                if let Some(record) = case.record {
                    found.entry(record).or_default().push((judged.rule, case, fails));
                }
            }
        }
    }
    for cases in found.values_mut() {
        cases.sort_by_key(|it| !it.2);
    }
    found
}

fn tally(ask: &Ask, sheet: &Sheet, said: &HashMap<Id, Vec<Said<'_>>>) -> Markup {
    let counts = &sheet.soa.counts;
    let wrong = said.values().filter(|it| it.iter().any(|it| it.2)).count();
    let to = |query: &str| ask.to(&format!("/soa?{query}"));
    html! {
        ul.sums data-part="sums" {
            li { strong { (counts.included) } " included" }
            li { strong { (counts.excluded) } " excluded" }
            @if counts.undecided > 0 { li { strong { (counts.undecided) } " " a.to href=(to("applicability=undecided")) { "undecided" } } }
            @if counts.own > 0 { li { strong { (counts.own) } " of your own" } }
            @if wrong > 0 { li { span.st.bad { strong { (wrong) } " " a.to href=(to("only=contradictions")) { "an auditor would question" } } } }
            @if sheet.soa.seeds > 0 { li { span.chip.seed { (words::count(sheet.soa.seeds as usize, "row is", "rows are")) " a proposal nobody confirmed" } } }
        }
    }
}
