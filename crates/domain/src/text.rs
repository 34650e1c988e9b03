//! Cells as people and programs read them in text.

use meta::{Cell, Link, Rating, Record};

use crate::{Isms, Refusal};

/// How links are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// By number, as `RISK-12`: short, and read back as it was.
    Numbers,
    /// By title, for people: `Ransomware`; a control by its reference.
    Titles,
}

/// A cell in one line; several values are parted by `; `.
pub fn of(isms: &Isms, cell: Cell<'_>, links: Links) -> String {
    with(cell, links, &|link| of_link(isms, link, links))
}

/// The same, with links written by `named`.
pub fn with(cell: Cell<'_>, links: Links, named: &dyn Fn(Link) -> String) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.to_owned(),
        Cell::Bool(true) => "yes".to_owned(),
        Cell::Bool(false) => "no".to_owned(),
        Cell::Integer(number) => number.to_string(),
        Cell::Decimal(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Instant(at) => at.to_string(),
        Cell::Period(period) => period.words(),
        Cell::Choice(choice) => match links {
            Links::Numbers => choice.id.to_owned(),
            Links::Titles => choice.label.to_owned(),
        },
        Cell::Link(link) => named(link),
        Cell::File(file) => file.name.clone(),
        Cell::Rating(rating) => of_rating(rating),
        Cell::Row(row) => {
            let cells =
                row.fields().iter().enumerate().map(|(at, _)| with(row.cell(at), links, named));
            cells.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
        }
        Cell::Many(_) => {
            let each = cell.each().map(|it| with(it, links, named));
            each.collect::<Vec<_>>().join("; ")
        }
    }
}

/// A link in text.
pub fn of_link(isms: &Isms, link: Link, links: Links) -> String {
    let Some(record) = isms.get(link.id) else { return link.to_string() };
    let name = match links {
        Links::Titles if !record.title().is_empty() => short_title(record),
        _ => record.name(),
    };
    match (link.edition, links) {
        (Some(edition), Links::Numbers) => format!("{name}@{edition}"),
        _ => name,
    }
}

/// How a record is called in a sentence: `RISK-12 Ransomware`, a control by its reference.
pub fn called(record: &Record) -> String {
    match (record.title(), record.cell("reference").text()) {
        ("", _) => format!("{} (erased)", record.name()),
        (title, Some(reference)) if record.def().id == "control" => format!("{reference} {title}"),
        (title, _) => format!("{} {title}", record.name()),
    }
}

/// A noun with its article: `a risk`, `an asset`.
pub fn a(noun: &str) -> String {
    let article =
        if noun.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// A rating in one line: `likelihood 3; money 4; service 2`.
pub fn of_rating(rating: &Rating) -> String {
    let likelihood = rating.likelihood.map(|it| format!("likelihood {it}"));
    let each = rating.consequences.iter().map(|it| format!("{} {}", it.criterion, it.rank));
    likelihood.into_iter().chain(each).collect::<Vec<_>>().join("; ")
}

/// A refusal with ids of records put as their names.
pub fn of_refusal(isms: &Isms, refusal: &Refusal) -> String {
    let text = refusal.to_string();
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.split('`').enumerate() {
        if at > 0 {
            out.push('`');
        }
        match part.parse::<Link>().ok().and_then(|it| isms.get(it.id)) {
            Some(record) => out.push_str(&record.name()),
            None => out.push_str(part),
        }
    }
    out
}

fn short_title(record: &Record) -> String {
    match record.cell("reference").text() {
        Some(reference) if record.def().id == "control" => reference.to_owned(),
        _ => record.title().to_owned(),
    }
}
