//! What must be seen to answer: the record in full, and what changed since the mail was sent.

use app::version_of;
use domain::{
    access::{Act, On},
    columns, diff,
    text::Links,
};
use kinds::document::Document;
use maud::{Markup, html};
use meta::{Cell, FieldDef, FieldType, Need, Record};

use super::Link;
use crate::{Problem, pages::records::differences, words};

/// What changed since the version that the mail spoke of.
pub(super) fn changed(link: &Link, record: &Record) -> Result<Markup, Problem> {
    let seen = link.asked.bound.version;
    let now = link.version(record).unwrap_or(seen);
    if now == seen {
        return Ok(html! {});
    }
    let all = link.organization.revisions(record.head.id)?;
    let was = all.iter().find(|it| it.version == seen).map(|it| version_of(record, it));
    let changes = was.filter(|it| !it.is_erased()).map(|was| {
        let isms = &link.past.isms;
        // Links of a reader's record may lead to what they may not see.
        match link.sight().sees_every_record() {
            true => diff::fields(isms, Some(&was), isms, record),
            false => Vec::new(),
        }
    });
    let changes = changes.unwrap_or_default();
    Ok(html! {
        section.card {
            h2 { "It changed since the mail was sent" }
            p { "Below stands what it says now. Your answer is about that." }
            @if !changes.is_empty() { (differences(&changes)) }
        }
    })
}

/// The record: what matters first, the rest to unfold.
pub(super) fn of(link: &Link, record: &Record) -> Markup {
    let filled = |it: &(usize, &FieldDef)| it.0 > 0 && !record.body.cell(it.0).is_empty();
    let fields = record.def().fields.iter().enumerate().filter(filled);
    let weighs = |it: &FieldDef| it.material || it.list || matches!(it.need, Need::Create);
    let (first, rest): (Vec<_>, Vec<_>) = fields.partition(|it| weighs(it.1));
    // The columns read everything: they are for those who see all registers.
    let computed: Vec<_> = match link.sight().may(Act::See, On::Kind(record.def())) {
        true => columns::columns(record.def().id)
            .iter()
            .map(|it| (it.label, (it.text)(link.sight().view, record)))
            .filter(|it| !it.1.is_empty())
            .collect(),
        false => Vec::new(),
    };
    html! {
        article.card {
            h2 { span.ref { (record.name()) } " " (words::title(record)) }
            @match record.typed::<Document>() {
                Some(document) => { (text_of(document)) }
                None => {
                    @if !computed.is_empty() { dl.glance { @for (label, text) in &computed { div { dt { (label) } dd { (text) } } } } }
                    dl.facts { @for (at, field) in first { (fact(link, record, at, field)) } }
                    @if !rest.is_empty() {
                        details.fold { summary { "All it says" } dl.facts { @for (at, field) in rest { (fact(link, record, at, field)) } } }
                    }
                }
            }
        }
    }
}

fn text_of(document: &Document) -> Markup {
    html! {
        @if let Some(text) = &document.text { (words::markdown(&text.0)) }
        @if let Some(file) = &document.file { p.note { "Its text is the file " strong { (file.name) } ": sign in to open it." } }
        @if let Some(place) = &document.elsewhere { p { "It is kept here: " (place) } }
    }
}

fn fact(link: &Link, record: &Record, at: usize, field: &FieldDef) -> Markup {
    let cell = record.body.cell(at);
    html! {
        dt { (field.label) }
        dd {
            @match cell {
                Cell::Text(text) if matches!(field.ty, FieldType::Markdown) => { (words::markdown(text)) }
                Cell::Day(day) => { time datetime=(day) { (words::day(day)) } }
                Cell::Many(_) => { ul.several { @for one in cell.each() { li { (link.sight().text(one, Links::Titles)) } } } }
                cell => { (link.sight().text(cell, Links::Titles)) }
            }
        }
    }
}
