//! Documented information: what the clauses and Annex A want documented, and what stands for it.

use catalog::{DocumentedInformation, Form, Need};
use domain::{access::Act, standing::DocumentedControl};
use kinds::{approval::Approval, document::Document};
use maud::{Markup, html};
use meta::{Id, Record};

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    pages::conformity::quoted,
    routes::{Needs, Route, get},
    words,
};

/// The routes of documented information.
pub(crate) const ROUTES: &[Route] =
    &[get("/o/{place}/documented", Needs::May(Act::SeeEverything), show)];

fn show(ask: &Ask) -> Result<Answer, Problem> {
    let found = ask.found();
    let standing = &found.standing;
    let missing = standing.documented.iter().filter(|it| it.1.is_none()).count();
    let body = html! {
        header {
            h1 { "Documented information" }
            p.lead { "The clauses want " (standing.documented.len()) " things documented, and some controls of Annex A want more. "
                @if missing == 0 { "Something stands for each of the former." } @else { "Nothing stands yet for " (missing) " of the former." } }
        }
        section {
            h2 { "What the clauses want" }
            div.scroll { table.list.broad {
                (columns("Clause"))
                tbody { @for (row, record) in &standing.documented { (of_clause(ask, row, *record)) } }
            } }
        }
        section {
            h2 { "What controls of Annex A want" }
            div.scroll { table.list.broad {
                (columns("Control"))
                tbody { @for it in &standing.documented_controls { (of_control(ask, it)) } }
            } }
        }
        p.soft { "As found at entry " (found.report.position) " of the ledger. All other documents you need are in the " a href=(ask.to("/document")) { "register of documents" } "." }
    };
    Ok(Page::new("Documented information", body).at("/documented").wide().into())
}

fn columns(first: &str) -> Markup {
    html! { thead { tr { th scope="col" { (first) } th scope="col" { "What" } th scope="col" { "What stands for it" } th scope="col" { "Edition in force" } th scope="col" { "Approved by" } th scope="col" { "Since" } th scope="col" { "Next review" } } } }
}

fn of_clause(ask: &Ask, row: &DocumentedInformation, record: Option<Id>) -> Markup {
    let record = record.and_then(|it| ask.sight().get(it));
    let clause = row.requirements.first().map_or_else(String::new, |it| quoted(it));
    html! {
        tr {
            td { span.ref { (clause) } }
            td { (row.what) span.why { (row.holds) } }
            @match record {
                Some(record) => { (standing_for(ask, row, record)) }
                None => {
                    td colspan="5" {
                        span.st.(absent(row).0) { (absent(row).1) }
                        @if let Some((label, path)) = offer(ask, row) { " " a.btn.small href=(path) { (label) } }
                    }
                }
            }
        }
    }
}

/// Shape and words for what is missing: not everything must be there from the first day on.
fn absent(row: &DocumentedInformation) -> (&'static str, &'static str) {
    match row.need {
        Need::Always if row.row <= 7 => ("bad", "missing"),
        Need::Always => ("part", "not shown yet; wanted from the first audit on"),
        Need::InOperation => ("part", "not shown yet; wanted once the ISMS runs"),
        Need::IfDetermined => ("none", "nothing recorded; wanted only if you need it"),
        Need::IfNonconformity => ("none", "nothing recorded; wanted after a nonconformity"),
    }
}

/// Where what is missing is made.
fn offer(ask: &Ask, row: &DocumentedInformation) -> Option<(String, String)> {
    let kind = match row.row {
        1 => "scope",
        3 | 4 => "risk_method",
        5 => return Some(("Open the statement".to_owned(), ask.to("/soa"))),
        6 => return Some(("Open the risks".to_owned(), ask.to("/risk"))),
        7 | 14 => "objective",
        12 => "assessment_round",
        13 => "action",
        _ if row.form == Form::Record => "evidence",
        _ => "document",
    };
    let def = kinds::kind(kind)?;
    // One that is only drafted wants to be finished, not a second one.
    let known =
        ask.sight().rows(kind).find(|it| it.is_live() && def.controlled && kind != "document");
    if let Some(record) = known {
        return Some((format!("Finish {}", record.name()), ask.to_record(record)));
    }
    let query = match kind {
        "document" if row.row == 2 => "?f.doc_type=policy".to_owned(),
        "document" => row
            .requirements
            .first()
            .map_or_else(String::new, |it| format!("?f.serves_clauses={it}")),
        "evidence" => {
            row.requirements.first().map_or_else(String::new, |it| format!("?f.shows_clauses={it}"))
        }
        _ => String::new(),
    };
    let may = !ask.is_past() && ask.may_make(kind);
    may.then(|| {
        (format!("New {}", def.label.to_lowercase()), ask.to(&format!("/{kind}/new{query}")))
    })
}

/// What stands for a row: an approval stands for what it approved.
fn standing_for(ask: &Ask, row: &DocumentedInformation, record: &Record) -> Markup {
    let approval = record.typed::<Approval>();
    let subject = approval.and_then(|it| it.subject).and_then(|it| ask.sight().get(it.id()));
    match (row.row, approval) {
        (5, Some(approval)) => html! {
            td { a.to href=(ask.to("/soa")) { "Statement of Applicability" } }
            td { (approval.edition.as_deref().unwrap_or("published")) }
            (approved(ask, approval))
            td.day { (next_review(ask, record)) }
        },
        (_, Some(approval)) => html! {
            td { @match subject { Some(it) => { (words::record(ask, it)) } None => { (words::record(ask, record)) } } span.why { "and others: " a href=(ask.to("/risk")) { "the risks" } } }
            td { span.soft { "—" } }
            (approved(ask, approval))
            td {}
        },
        (_, None) => edition(ask, record),
    }
}

/// A record with its edition in force, where its kind has editions.
fn edition(ask: &Ask, record: &Record) -> Markup {
    let found = ask.isms().in_force(record.head.id, ask.day());
    let approval = found.and_then(|it| ask.isms().typed::<Approval>(it.approval));
    html! {
        td { (words::record(ask, record)) }
        @match (record.def().controlled, found, approval) {
            (true, Some(found), Some(approval)) => {
                @let label = found.record.cell("edition_label");
                @let version = format!("version {}", found.record.head.version);
                td { (approval.edition.as_deref().or(label.text()).unwrap_or(&version)) }
                (approved(ask, approval))
            }
            (true, _, _) => { td colspan="3" { span.st.part { "no edition in force" } } }
            (false, _, _) => { td { span.soft { "a record" } } td { (words::brief(ask, record.cell("owner"))) } td.day { (day_of(ask, record)) } }
        }
        td.day { (next_review(ask, record)) }
    }
}

fn approved(ask: &Ask, approval: &Approval) -> Markup {
    let since = approval.effective_from.or(approval.decided_on);
    html! {
        td {
            (words::person(&ask.sight(), approval.by.map(|it| it.id())))
            @if let Some(role) = approval.acting_as { span.why { "as " (words::link(ask, role.link())) } }
        }
        td.day { @if let Some(since) = since { (words::short_day(since)) span.why { (words::away(since, ask.day())) } } }
    }
}

fn day_of(ask: &Ask, record: &Record) -> Markup {
    let moment = ask.isms().moment(record.head.changed);
    html! { @if let Some(moment) = moment { (words::short_day(moment.at.to_zoned(ask.zone()).date())) } }
}

fn next_review(ask: &Ask, record: &Record) -> Markup {
    let day = domain::approvals::next_review(ask.view(), record);
    html! {
        @if let Some(day) = day {
            @if day < ask.day() { span.st.bad { (words::short_day(day)) } } @else { (words::short_day(day)) }
            span.why { (words::away(day, ask.day())) }
        } @else { span.soft { "—" } }
    }
}

fn of_control(ask: &Ask, it: &DocumentedControl) -> Markup {
    let record = it.record.and_then(|id| ask.sight().get(id));
    let mut documents: Vec<&Record> =
        it.documents.iter().filter_map(|it| ask.sight().get(*it)).collect();
    // Those that hold come first: they are what an auditor reads.
    documents.sort_by_key(|it| ask.isms().in_force(it.head.id, ask.day()).is_none());
    let rows = documents.len().max(1);
    html! {
        @for at in 0..rows {
            tr {
                @if at == 0 {
                    td rowspan=(rows) { span.ref { (it.control.id) } }
                    td rowspan=(rows) { @match record { Some(record) => { a.to href=(ask.to_record(record)) { (it.control.title) } } None => { (it.control.title) } } }
                }
                @match documents.get(at) {
                    Some(document) => { (edition(ask, document)) }
                    None => { td colspan="5" { (no_document(ask, it)) } }
                }
            }
        }
    }
}

fn no_document(ask: &Ask, it: &DocumentedControl) -> Markup {
    match it.included {
        Some(false) => html! { span.st.none { "excluded" } },
        None => html! { span.st.none { "nobody has decided whether you need this control" } },
        Some(true) => html! {
            span.st.bad { "no document describes it" }
            @if !ask.is_past() && ask.may_make(<Document as kinds::Kind>::ID) {
                " " a.btn.small href=(ask.to(&format!("/document/new?f.serves_clauses={}", it.control.id))) { "New document" }
            }
        },
    }
}
