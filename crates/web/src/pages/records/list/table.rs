//! The records found, as a table.

use domain::{approvals, query::Column, text::Links};
use maud::{Markup, html};
use meta::{Body, FieldType, Provenance, Record};

use super::{Listing, marks};
use crate::{Ask, words};

/// The table of the records of this page.
pub(super) fn table(ask: &Ask, listing: &Listing<'_>, ticks: bool) -> Markup {
    let columns = listing.query.shown();
    let marked = marks::of(ask);
    html! {
        div.scroll { table.list {
            thead { tr {
                @if ticks { td.pick { span.unseen { "Ticked" } } }
                @for column in &columns { (head(ask, listing, *column)) }
                @if marked.is_some() { th scope="col" title="What the checks say, the gravest first" { "Checks" } }
            } }
            tbody { @for record in listing.shown() {
                tr data-to=(ask.to_record(record)) {
                    @if ticks { td.pick { input type="checkbox" name="record" value={ (record.head.number) "." (record.head.version) } aria-label={ "Tick " (record.name()) }; } }
                    @for column in &columns { (cell(ask, record, *column)) }
                    @if let Some(marked) = &marked { td { @if let Some(mark) = marked.get(&record.head.id) { (mark.show()) } } }
                }
            } }
        } }
    }
}

/// The heading of a column, which sorts by it.
fn head(ask: &Ask, listing: &Listing<'_>, column: Column) -> Markup {
    let class = is_number(column).then_some("num");
    if matches!(column, Column::Mine) {
        return html! { th.(class.unwrap_or_default()) scope="col" title=(column.help()) { (column.label()) } };
    }
    let sorted = listing.sorted(column);
    let (aria, next) = match sorted {
        None => ("none", column.name().to_owned()),
        Some(false) => ("ascending", format!("-{}", column.name())),
        Some(true) => ("descending", column.name().to_owned()),
    };
    html! {
        th.(class.unwrap_or_default()) scope="col" title=(column.help()) aria-sort=(aria) {
            a href=(listing.address(ask, &[("sort", &next)])) {
                (column.label())
                @match sorted {
                    Some(false) => { span aria-hidden="true" { " ↑" } }
                    Some(true) => { span aria-hidden="true" { " ↓" } }
                    None => {}
                }
            }
        }
    }
}

fn cell(ask: &Ask, record: &Record, column: Column) -> Markup {
    match column {
        Column::Number => html! { td { a.ref href=(ask.to_record(record)) { (record.name()) } } },
        Column::Field(0, _) => html! {
            th.title scope="row" { a.to href=(ask.to_record(record)) { (words::title(record)) } (flags(ask, record)) }
        },
        Column::Field(at, _) => {
            let value = words::brief(ask, Body::cell(&record.body, at));
            html! { @if is_number(column) { td.num { (value) } } @else { td { (value) } } }
        }
        Column::Stage if record.head.withdrawn => html! { td { span.chip { "withdrawn" } } },
        Column::Stage => {
            html! { td { span.chip title=(record.stage().help) { (record.stage().label) } } }
        }
        Column::Tags => html! {
            td { span.row { @for tag in record.head.extras.iter().flat_map(|it| &it.tags) { span.chip { (tag) } } } }
        },
        Column::Created | Column::Changed => {
            let text = column.text(ask.view(), record, Links::Titles);
            let day = text.parse().map_or(text, words::short_day);
            html! { td { (day) } }
        }
        Column::Version => html! { td.num { (record.head.version) } },
        Column::Computed(_) | Column::External | Column::Provenance | Column::Mine => {
            html! { td { (words::with_days(&column.text(ask.view(), record, Links::Titles))) } }
        }
    }
}

/// What to know of a record before opening it: that nobody made it theirs, that it wants a look.
fn flags(ask: &Ask, record: &Record) -> Markup {
    let due = match record.def().field("next_review") {
        Some(_) => approvals::next_review(ask.view(), record).filter(|it| *it <= ask.day()),
        None => None,
    };
    html! {
        @match record.head.provenance {
            Provenance::Seed if !record.is_own() => { " " span.chip.seed title="Proposed by the program; nobody made it theirs yet" { "proposed" } }
            Provenance::Import => { " " span.chip.seed title="Came from a file" { "imported" } }
            Provenance::Tool => { " " span.chip.seed title="Made by a program" { "by a program" } }
            _ => {}
        }
        @if let Some(day) = due { " " span.chip.due title={ "To be looked at again since " (words::day(day)) } { "review due" } }
    }
}

fn is_number(column: Column) -> bool {
    match column {
        Column::Field(_, field) => matches!(field.ty, FieldType::Integer | FieldType::Decimal),
        Column::Version => true,
        _ => false,
    }
}
