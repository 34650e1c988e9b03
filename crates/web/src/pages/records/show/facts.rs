//! What a record says: its standing, what is computed for it, its fields in groups.

use domain::{
    access::{Act, On},
    columns,
};
use jiff::civil::Date;
use kinds::{Kind, approval::Approval};
use maud::{Markup, html};
use meta::{Cell, FieldDef, FieldType, Provenance, Record};

use super::super::groups::{Group, groups};
use crate::{Ask, pages::employee, widget::grid, words};

/// Stage, where it comes from, who changed it last and when.
pub(super) fn standing(ask: &Ask, record: &Record) -> Markup {
    let (isms, zone) = (ask.isms(), ask.zone());
    let changed = isms.moment(record.head.changed);
    html! {
        p.row {
            @if record.head.withdrawn { span.chip.bad { "withdrawn" } }
            @else { span.chip title=(record.stage().help) { (record.stage().label) } }
            @match record.head.provenance {
                Provenance::Seed if !record.is_own() => { span.chip.seed { "proposed, nobody made it theirs yet" } }
                Provenance::Import => { span.chip.seed { "imported" } }
                Provenance::Tool => { span.chip.seed { "made by a program" } }
                _ => {}
            }
            @for tag in record.head.extras.iter().flat_map(|it| &it.tags) { span.chip { (tag) } }
            @if let Some(moment) = changed {
                span.soft { "version " (record.head.version) ", changed " (words::moment(moment.at, &zone)) " by " (words::person(&ask.sight(), moment.actor)) }
            }
        }
    }
}

/// What is computed for the record, at a glance.
pub(super) fn glance(ask: &Ask, record: &Record) -> Markup {
    // The columns read everything: they are for those who see all registers.
    if record.is_erased() || !ask.may(Act::See, On::Kind(record.def())) {
        return html! {};
    }
    let columns = columns::columns(record.def().id).iter();
    let said: Vec<_> = columns
        .map(|it| (it, (it.text)(ask.view(), record)))
        .filter(|it| !it.1.is_empty())
        .collect();
    html! {
        @if !said.is_empty() {
            dl.glance { @for (column, text) in said { div title=(column.help) {
                dt { (column.label) }
                dd { @match text.parse::<Date>() { Ok(day) => { time datetime=(day) { (words::short_day(day)) } }, Err(_) => { (words::with_days(&text)) } } }
            } } }
        }
    }
}

/// The fields in their groups; what is empty is named below, with the way to fill it.
pub(super) fn facts(ask: &Ask, record: &Record) -> Markup {
    if record.is_erased() {
        return html! { p.soft { "The content was erased for good. The ledger still proves that it was there." } };
    }
    let edit = (ask.may(Act::Edit, On::Record(record)) && is_editable(record))
        .then(|| format!("{}/edit", ask.to_record(record)));
    let sight = ask.sight();
    // A field that names only what may not be seen says nothing.
    let is_shown = |at: usize, cell: Cell<'_>| {
        record.def().fields[at].ty.targets().is_none()
            || cell.ids().any(|it| sight.get(it).is_some())
    };
    let is_filled = |at: usize| {
        let cell = record.body.cell(at);
        at > 0 && !cell.is_empty() && is_shown(at, cell)
    };
    let (filled, empty): (Vec<Group>, Vec<Group>) =
        groups(record.def()).into_iter().partition(|it| it.fields.iter().any(|it| is_filled(it.0)));
    let missing = domain::missing_to_leave(record);
    let label = |name: &str| record.def().field(name).map_or(name, |it| it.1.label).to_owned();
    html! {
        div.sections {
            @if let Some(said) = employee::standing(ask, record) { p.note { (said) } }
            @else if !missing.is_empty() && record.head.stage == 0 {
                p.note { "To go on, it still needs: " @for (at, it) in missing.iter().enumerate() {
                    @if at > 0 { ", " }
                    @if let Some(edit) = &edit { a href={ (edit) "#at-" (it.field) } { (label(&it.field)) } } @else { (label(&it.field)) }
                } "." }
            }
            @for group in &filled {
                section id=(group.id) {
                    h2 { (group.heading) @if let Some(edit) = &edit { a href={ (edit) "#" (group.id) } { "Edit" span.unseen { ": " (group.heading) } } } }
                    @let lines: Vec<_> = group.fields.iter().filter(|it| is_filled(it.0) && !is_sealed(it.1)).collect();
                    dl.facts { @for (at, field) in lines { (line(ask, record, *at, field)) } }
                }
            }
            @let sealed: Vec<_> = record.def().fields.iter().enumerate().filter(|it| is_filled(it.0) && is_sealed(it.1)).collect();
            @if !sealed.is_empty() {
                details { summary.soft { "▸ As sealed, to be verified" } dl.facts { @for (at, field) in sealed { (line(ask, record, at, field)) } } }
            }
            @if let Some(imported) = record.head.extras.as_ref().filter(|it| !it.columns.is_empty()) {
                section { h2 { "From the import" } dl.facts { @for (name, text) in &imported.columns { dt { (name) } dd { (text) } } } }
            }
            @if filled.is_empty() { p.soft { "Nothing more is said yet." } }
            @if let Some(edit) = edit.as_ref().filter(|_| !empty.is_empty()) {
                p.soft { "Not filled yet: " @for (at, it) in empty.iter().enumerate() { @if at > 0 { " · " } a href={ (edit) "#" (it.id) } { (it.heading) } } }
            }
        }
    }
}

fn line(ask: &Ask, record: &Record, at: usize, field: &FieldDef) -> Markup {
    let said = || words::cell(ask, &field.ty, record.body.cell(at));
    html! {
        dt title=(field.help) { (field.label) }
        dd.rows[matches!(field.ty, FieldType::Rows(_))] { (grid::of(record, at).unwrap_or_else(said)) }
    }
}

/// Whether a field is there for whoever verifies what an approval is bound to: figures that nobody
/// else reads.
fn is_sealed(field: &FieldDef) -> bool {
    let is_of = |it: &&FieldDef| std::ptr::eq(*it, field);
    let names = ["content_hash", "digest", "salt", "body_version", "rows"];
    names.contains(&field.name) && Approval::DEF.fields.iter().any(|it| is_of(&it))
}

/// Whether anything in a record is written by hand: a decision is not, once it was made.
pub(super) fn is_editable(record: &Record) -> bool {
    match record.def().id {
        "approval" => record.stage().id == "asked",
        _ => record.def().fields.iter().any(|it| domain::is_written_by_hand(record.def(), it.name)),
    }
}
