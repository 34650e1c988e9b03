//! Compare: what changed between any two days or entries.

use std::sync::Arc;

use app::{Past, Point};
use domain::{
    access::Act,
    diff::{self, RecordChange, What},
};
use jiff::ToSpan;
use maud::{Markup, html};

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    pages::records::differences,
    problem::sentence_of,
    routes::{Needs, Route, get},
    words,
};

/// The routes of comparing.
pub(crate) const ROUTES: &[Route] =
    &[get("/o/{place}/compare", Needs::May(Act::SeeEverything), show)];

/// At most so many records of a kind are shown with what changed in them.
const SHOWN: usize = 40;

/// The two points, earlier first.
struct Between {
    before: Arc<Past>,
    after: Arc<Past>,
}

fn show(ask: &Ask) -> Result<Answer, Problem> {
    let month_ago = ask.day().saturating_sub(1.months());
    let from = ask.query.said("from").map_or_else(|| month_ago.to_string(), str::to_owned);
    let to = ask.query.said("to").map_or_else(|| ask.day().to_string(), str::to_owned);
    let between = points(ask, &from, &to);
    let kind = ask.query.said("kind").and_then(kinds::kind);
    let body = html! {
        header { h1 { "Compare" } p.lead { "What was made, changed or withdrawn between any two days, or entries of the ledger." } }
        form.filters.narrow method="get" action=(ask.to("/compare")) {
            label { "From the end of " input type="text" name="from" value=(from) size="12" required; }
            label { "to the end of " input type="text" name="to" value=(to) size="12" required; }
            @if let Some(kind) = kind { input type="hidden" name="kind" value=(kind.id); }
            button.btn { "Compare" }
            span.soft { "a day like 2026-03-31, or the number of an entry" }
        }
        @match &between {
            Err(problem) => { p.wrong role="alert" { (sentence_of(problem)) } }
            Ok(between) => { (changes(ask, between, kind.map(|it| it.id), &from, &to)) }
        }
    };
    Ok(Page::new("Compare", body).at("/compare").wide().into())
}

fn points(ask: &Ask, from: &str, to: &str) -> Result<Between, String> {
    let at = |text: &str| -> Result<Arc<Past>, String> {
        let point: Point = text.trim().parse()?;
        ask.point(point, Act::SeeEverything).map_err(|it| it.to_string())
    };
    let (one, other) = (at(from)?, at(to)?);
    match one.isms.position() <= other.isms.position() {
        true => Ok(Between { before: one, after: other }),
        false => Ok(Between { before: other, after: one }),
    }
}

fn changes(ask: &Ask, between: &Between, kind: Option<&str>, from: &str, to: &str) -> Markup {
    let (before, after) = (&between.before, &between.after);
    let sight = ask.sight();
    // What came after the point looked at is looked at as it is there.
    let sees = |it: &RecordChange| sight.sees(&it.record);
    let found: Vec<RecordChange> =
        diff::between(&before.isms, &after.isms).into_iter().filter(sees).collect();
    let count = |what: What, id: &str| {
        found.iter().filter(|it| it.what == what && it.record.def().id == id).count()
    };
    let defs =
        kinds::KINDS.iter().filter(|def| found.iter().any(|it| it.record.def().id == def.id));
    let defs: Vec<_> = defs.collect();
    let address = |more: &str| ask.to(&format!("/compare?from={from}&to={to}{more}"));
    html! {
        p { "From entry " (before.isms.position()) " (" (words::day(before.day)) ") to entry " (after.isms.position()) " (" (words::day(after.day)) "): "
            (words::count(found.len(), "record differs", "records differ")) "." }
        @if found.is_empty() { p.empty { "Nothing differs between these two points." } }
        @else {
            div.scroll { table.list {
                thead { tr { th scope="col" { "Register" } th.num scope="col" { "Made" } th.num scope="col" { "Changed" } th.num scope="col" { "Withdrawn" } th.num scope="col" { "Brought back" } th.num scope="col" { "Erased" } } }
                tbody { @for def in &defs { tr {
                    td { a.to href=(address(&format!("&kind={}", def.id))) aria-current=[(kind == Some(def.id)).then_some("true")] { (def.plural) } }
                    @for what in [What::Made, What::Changed, What::Withdrawn, What::Reinstated, What::Erased] {
                        td.num { @match count(what, def.id) { 0 => { span.soft { "–" } } count => { (count) } } }
                    }
                } } }
            } }
            p.row {
                @if kind.is_some() { a href=(address("")) { "All registers" } }
                @if defs.iter().any(|it| it.id == "control") { a href=(ask.to(&format!("/soa/compare?from={from}&to={to}"))) { "What this means for the Statement of Applicability" } }
            }
            @for def in defs.iter().filter(|it| kind.is_none_or(|kind| it.id == kind)) {
                @let of: Vec<&RecordChange> = found.iter().filter(|it| it.record.def().id == def.id).collect();
                @let shown = if kind.is_some() { of.len().min(SHOWN * 10) } else { of.len().min(SHOWN) };
                section.card {
                    h2 { (def.plural) small { (of.len()) } }
                    ul.timeline { @for it in of.iter().take(shown) { (change(ask, it)) } }
                    @if of.len() > shown { p.soft { "The first " (shown) " of " (of.len()) "." @if kind.is_none() { " " a href=(address(&format!("&kind={}", def.id))) { "Only " (def.plural.to_lowercase()) } } } }
                }
            }
        }
    }
}

fn change(ask: &Ask, it: &RecordChange) -> Markup {
    let (class, word) = match it.what {
        What::Made => ("good", "made"),
        What::Changed => ("none", "changed"),
        What::Withdrawn => ("bad", "withdrawn"),
        What::Reinstated => ("good", "brought back"),
        What::Erased => ("bad", "erased"),
    };
    let moment = ask.isms().moment(it.record.head.changed);
    html! {
        li {
            span.row { (words::record(ask, &it.record)) span.st.(class) { (word) }
                @if let Some(moment) = moment { span.soft { (words::moment(moment.at, &ask.zone())) " by " (words::person(&ask.sight(), moment.actor)) " · " a href=(ask.to(&format!("/history/{}", it.record.head.changed))) { "entry " (it.record.head.changed) } } }
            }
            @match it.what {
                What::Made => { details.fold { summary { "What it says" } (differences(&it.fields)) } }
                _ => { (differences(&it.fields)) }
            }
        }
    }
}
