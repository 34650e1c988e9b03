//! Cells as people and programs read them in text.

use std::{fmt::Write as _, iter};

use meta::{Cell, ChoiceDef, FieldDef, FieldType, KindDef, Link, Rating, Record};

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

/// A refusal with ids of records put as their names. Fields, stages and options stay as they are
/// typed on a command line and in the API.
pub fn of_refusal(isms: &Isms, refusal: &Refusal) -> String {
    retold(&refusal.to_string(), |it| Some(isms.get(it.parse::<Link>().ok()?.id)?.name()))
}

/// A sentence about a record of this kind as a page says it: with the labels of the fields, stages
/// and options that stand in it in backticks.
pub fn in_labels(def: &KindDef, sentence: &str) -> String {
    retold(sentence, |it| label(def, it))
}

/// Names as a sentence lists them: `` `low`, `high` ``.
pub(crate) fn quoted(names: &[&str]) -> String {
    names.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}

/// A sentence with what stands in it in backticks told by `tell`, where that knows it.
fn retold(sentence: &str, tell: impl Fn(&str) -> Option<String>) -> String {
    let parts = sentence.split('`').enumerate();
    let parts = parts.map(|(at, part)| match at % 2 {
        0 => part.to_owned(),
        _ => tell(part).unwrap_or_else(|| part.to_owned()),
    });
    parts.collect::<Vec<_>>().join("`")
}

/// What people call a field, a cell of its rows (`harms[0].name`), a stage or an option of a kind.
fn label(def: &KindDef, text: &str) -> Option<String> {
    let (name, rest) = text.split_at(text.find(['[', '.']).unwrap_or(text.len()));
    if let Some((_, field)) = def.field(name) {
        let mut label = field.label.to_owned();
        let row = rest.strip_prefix('[').and_then(|it| it.split_once(']'));
        if let Some((at, _)) = row.filter(|_| matches!(field.ty, FieldType::Rows(_))) {
            let _ = write!(label, ", row {}", at.parse::<usize>().ok()? + 1);
        }
        let cell = rest.rsplit_once('.').map(|it| it.1);
        let cell = cell.and_then(|it| cells(field.ty).iter().find(|field| field.name == it));
        cell.into_iter().for_each(|it| label.extend([", ", it.label]));
        return Some(label);
    }
    let stage = def.stages.iter().find(|it| it.id == text).map(|it| it.label);
    let fields = || def.fields.iter().flat_map(|it| iter::once(it).chain(cells(it.ty)));
    let option = || fields().find_map(|it| options(it.ty).iter().find(|it| it.id == text));
    let envelope = || ENVELOPE.iter().find(|it| it.0 == text).map(|it| it.1);
    stage.or_else(|| option().map(|it| it.label)).or_else(envelope).map(str::to_owned)
}

/// What belongs to every record, and is called so in a refusal.
const ENVELOPE: [(&str, &str); 3] = [("note", "Reason"), ("stage", "Stage"), ("tags", "Tags")];

fn cells(ty: FieldType) -> &'static [FieldDef] {
    match ty {
        FieldType::Rows(row) => row.fields,
        _ => &[],
    }
}

fn options(ty: FieldType) -> &'static [ChoiceDef] {
    match ty {
        FieldType::Choice(options) | FieldType::Choices(options) => options,
        _ => &[],
    }
}

fn short_title(record: &Record) -> String {
    match record.cell("reference").text() {
        Some(reference) if record.def().id == "control" => reference.to_owned(),
        _ => record.title().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_labels_where_a_program_says_names() {
        let risk = kinds::kind("risk").unwrap();
        for (said, expected) in [
            ("`treatment`: is needed", "`Treatment`: is needed"),
            (
                "RISK-1 cannot go from `analysed` to `closed`",
                "RISK-1 cannot go from `Analyzed` to `Closed`",
            ),
            ("say why `note`, `gone` and `owner[2]` go", "say why `Reason`, `gone` and `Owner` go"),
            ("no backtick", "no backtick"),
        ] {
            assert_eq!(in_labels(risk, said), expected);
        }
        let document = kinds::kind("document").unwrap();
        assert_eq!(in_labels(document, "`in_review`"), "`In review`");
        let action = kinds::kind("action").unwrap();
        assert_eq!(in_labels(action, "`progress[1].text`"), "`Progress, row 2, Text`");
    }

    #[test]
    fn a_field_and_a_stage_of_one_name_have_one_label() {
        for def in kinds::KINDS {
            for stage in def.stages {
                let field = def.field(stage.id).map_or(stage.label, |it| it.1.label);
                assert_eq!(field, stage.label, "{}: {}", def.id, stage.id);
            }
        }
    }
}
