//! What changed in the statement between two editions or days, by whom and why.

use std::sync::Arc;

use app::{Past, Point};
use domain::{
    View,
    access::Act,
    approvals,
    soa::{self, Part, RowChange},
};
use jiff::civil::Date;
use kinds::approval::Approval;
use maud::{Markup, html};
use meta::{Id, Record};

use super::editions::edition_name;
use crate::{Answer, Ask, Problem, answer::Page, words};

/// For so many controls it is also told who changed them; that asks the ledger for each.
const TOLD: usize = 40;

/// One side of a comparison.
struct Side {
    label: String,
    past: Option<Arc<Past>>,
    day: Date,
}

impl Side {
    fn view<'a>(&'a self, ask: &'a Ask) -> View<'a> {
        View::new(self.past.as_ref().map_or(ask.isms(), |it| &it.isms), self.day)
    }
}

/// The comparison.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let editions: Vec<(&Record, &Approval)> = approvals::soa_standing(ask.isms()).collect();
    let newest = editions.last().map(|it| it.0.head.id.to_string()).unwrap_or_default();
    let wanted = |name: &str, default: &str| {
        let day = ask.query.said(&format!("{name}_day"));
        day.or(ask.query.said(name)).unwrap_or(default).to_owned()
    };
    let (from, to) = (wanted("from", &newest), wanted("to", "now"));
    let compared = match from.is_empty() {
        true => None,
        false => Some((side(ask, &editions, &from)?, side(ask, &editions, &to)?)),
    };
    let body = html! {
        header { h1 { "Compare statements" } p.lead { "What changed in substance: not the words around it, but what is necessary, why, and how far it is." } }
        (form(ask, &editions, &from, &to))
        @match &compared {
            None => { p.note { "There is no edition yet. Choose a day to compare with." } }
            Some((before, after)) => { (changes(ask, before, after)?) }
        }
    };
    let page = Page::new("Compare statements", body).at("/soa").wide();
    Ok(page.below("Statement of Applicability", ask.to("/soa")).into())
}

fn form(ask: &Ask, editions: &[(&Record, &Approval)], from: &str, to: &str) -> Markup {
    let side = |name: &str, label: &str, value: &str| {
        let day = value.parse::<Date>().ok().map(|it| it.to_string()).unwrap_or_default();
        html! {
            label { span { (label) } select name=(name) {
                option value="now" selected[value == "now"] { "the working copy" }
                @for (at, (record, it)) in editions.iter().enumerate().rev() {
                    @let id = record.head.id.to_string();
                    option value=(id) selected[id == value] { "edition " (edition_name(at, it)) }
                }
            } }
            label { span { "or a day" } input type="date" name={ (name) "_day" } value=(day) max=(ask.day()); }
        }
    };
    html! {
        form.sift method="get" action=(ask.to("/soa/compare")) {
            (side("from", "Before", from)) (side("to", "After", to))
            button.btn.go { "Compare" }
        }
    }
}

fn changes(ask: &Ask, before: &Side, after: &Side) -> Result<Markup, Problem> {
    let (old, new) = (before.view(ask), after.view(ask));
    if old.isms.position() > new.isms.position() {
        let sentence = "the first of the two is the later one: choose them the other way round";
        return Ok(html! { p.trouble role="alert" { (crate::problem::sentence_of(sentence)) } });
    }
    let found = soa::diff(old, new);
    let positions = (old.isms.position(), new.isms.position());
    let told = found.len() <= TOLD;
    let mut rows = Vec::new();
    for it in &found {
        let touched = match it.record.filter(|_| told) {
            Some(record) => touched(ask, record, positions)?,
            None => html! {},
        };
        rows.push((it, touched));
    }
    Ok(html! {
        section.card.flush {
            h2 { (words::count(found.len(), "control differs", "controls differ")) small { (before.label) " → " (after.label) } }
            @if found.is_empty() { p.empty { "Both say the same in every row." } }
            @else { div.scroll { table.list.roomy {
                thead { tr { th scope="col" { "Control" } th scope="col" { "What changed" } @if told { th scope="col" { "Who, when and why" } } } }
                tbody { @for (it, touched) in &rows { (row(ask, it, touched, told)) } }
            } } }
        }
    })
}

fn row(ask: &Ask, it: &RowChange, touched: &Markup, told: bool) -> Markup {
    let record = it.record.and_then(|it| ask.isms().get(it));
    html! {
        tr {
            th scope="row" { span.ref { (it.reference) } " " @match record { Some(record) => { a.to href=(ask.to_record(record)) { (it.title) } } None => { (it.title) } } }
            td { div.diff { @for part in &it.parts {
                span.soft { (label(part.part)) }
                span {
                    @if !part.before.is_empty() { del { (part.before) } " " }
                    @if !part.after.is_empty() { ins { (part.after) } }
                }
            } } }
            @if told { td { (touched) } }
        }
    }
}

fn label(part: Part) -> &'static str {
    match part {
        Part::Row => "in the statement",
        Part::Applicability => "necessary",
        Part::Status => "implemented",
        Part::Justification => "why included",
        Part::Exclusion => "why excluded",
        Part::Reasons => "reasons",
        Part::Drivers => "called for by",
    }
}

/// Who changed a control between two positions, and why.
fn touched(ask: &Ask, id: Id, (from, to): (u64, u64)) -> Result<Markup, Problem> {
    let Some(record) = ask.isms().get(id) else { return Ok(html! {}) };
    let versions = ask.place()?.organization.versions(record, to)?;
    let (sight, zone) = (ask.sight(), ask.zone());
    Ok(html! {
        @for it in versions.iter().filter(|it| it.revision.seq > from && sight.reads_version(record, it.revision.seq)).rev().take(3) {
            span.why {
                (words::person(&sight, it.actor)) ", "
                a.to href=(ask.to(&format!("/history/{}", it.revision.seq))) { (words::moment(it.at, &zone)) }
                @if let Some(note) = &it.note { ": “" (note) "”" }
            }
        }
    })
}

/// One side, as the address names it: `now`, the id of a publication, or a day.
fn side(ask: &Ask, editions: &[(&Record, &Approval)], wanted: &str) -> Result<Side, Problem> {
    let place = ask.place()?;
    if wanted == "now" {
        return Ok(Side { label: "the working copy".to_owned(), past: None, day: ask.day() });
    }
    let named = editions.iter().position(|it| it.0.head.id.to_string() == wanted);
    if let Some(at) = named {
        let (record, it) = editions[at];
        let past = place
            .beside
            .pasts
            .at(&place.organization, Point::Seq(approvals::decided_at(record)))?;
        let day = it.effective_from.map_or(past.day, |from| past.day.max(from));
        let label = format!("edition {}", edition_name(at, it));
        return Ok(Side { label, past: Some(past), day });
    }
    let wrong = |_| Problem::Wrong(format!("`{wanted}` is neither an edition nor a day"));
    let day: Date = wanted.parse().map_err(wrong)?;
    let past = ask.point(Point::Day(day.min(ask.day())), Act::SeeRegisters)?;
    Ok(Side { label: words::day(day), past: Some(past), day })
}
