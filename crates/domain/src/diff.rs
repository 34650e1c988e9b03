//! What differs between two points of the ledger, record by record and field by field.

use std::sync::Arc;

use meta::{Body, Cell, FieldDef, FieldType, Id, Record};

use crate::{Isms, stored_text, text};

/// What became of one record.
pub struct RecordChange {
    /// The record, as it is at the later point.
    pub record: Arc<Record>,
    /// What it is called.
    pub called: String,
    /// What happened to it as a whole.
    pub what: What,
    /// The fields that differ.
    pub fields: Vec<FieldChange>,
}

/// What happened to a record as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It was made.
    Made,
    /// Its content or stage changed.
    Changed,
    /// It was withdrawn.
    Withdrawn,
    /// Its withdrawal was undone.
    Reinstated,
    /// Its content was erased.
    Erased,
}

/// One field before and after, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field's label; `Stage` for the stage.
    pub label: &'static str,
    /// What stood there; empty for nothing.
    pub before: String,
    /// What stands there now; empty for nothing.
    pub after: String,
    /// Whether it is a table: then only the rows that differ are named, with their columns.
    pub table: bool,
}

/// Every record that differs between two points, in the order of kinds and numbers.
pub fn between(before: &Isms, after: &Isms) -> Vec<RecordChange> {
    let changed = after.records().filter(|it| it.head.changed > before.position());
    changed.filter_map(|it| record(before, before.get(it.head.id), after, it.head.id)).collect()
}

/// What differs between two states of one record.
pub fn record(before: &Isms, old: Option<&Record>, after: &Isms, id: Id) -> Option<RecordChange> {
    let new = after.shared(id)?;
    let was_here = old.is_some_and(|it| !it.head.withdrawn);
    let what = match (old, new.head.withdrawn) {
        (None, true) => return None,
        (None, false) => What::Made,
        (Some(_), true) if was_here => What::Withdrawn,
        (Some(_), true) => return None,
        (Some(_), false) if !was_here => What::Reinstated,
        (Some(old), false) if new.is_erased() && !old.is_erased() => What::Erased,
        (Some(_), false) => What::Changed,
    };
    let fields = if what == What::Erased { Vec::new() } else { fields(before, old, after, &new) };
    if what == What::Changed && fields.is_empty() {
        return None;
    }
    Some(RecordChange { called: text::called(&new), record: new, what, fields })
}

/// The fields in which two states of one record differ, and the stage.
pub fn fields(before: &Isms, old: Option<&Record>, after: &Isms, new: &Record) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let mut add = |label, before: String, after: String, table| {
        if before != after {
            changes.push(FieldChange { label, before, after, table });
        }
    };
    if let Some(old) = old {
        add("Stage", old.stage().label.to_owned(), new.stage().label.to_owned(), false);
    }
    for (at, field) in new.def().fields.iter().enumerate() {
        let (was, is) =
            (old.map(|it| in_words(before, it, at, field)), in_words(after, new, at, field));
        let was = was.unwrap_or_default();
        let (gone, come) = match field.ty {
            FieldType::Rows(_) if was != is => rows_apart(
                old.map(|it| rows(before, it, at)).unwrap_or_default(),
                rows(after, new, at),
            ),
            _ => (String::new(), String::new()),
        };
        match gone == come {
            true => add(field.label, was, is, false),
            false => add(field.label, gone, come, true),
        }
    }
    let extras = |record: Option<&Record>| {
        let extras = record.and_then(|it| it.head.extras.as_deref());
        extras.map(|it| (it.tags.join("; "), it.columns.clone())).unwrap_or_default()
    };
    let ((old_tags, old_columns), (new_tags, new_columns)) = (extras(old), extras(Some(new)));
    add("Tags", old_tags, new_tags, false);
    if old_columns != new_columns {
        let words = |it: &meta::Texts| {
            it.iter().map(|(k, v)| format!("{k}: {v}")).collect::<Vec<_>>().join("; ")
        };
        add("Other columns", words(&old_columns), words(&new_columns), false);
    }
    changes
}

/// The rows that only the one table has, and those that only the other has.
fn rows_apart(old: Vec<String>, mut new: Vec<String>) -> (String, String) {
    let is_gone = |it: &String| match new.iter().position(|other| other == it) {
        Some(at) => {
            new.remove(at);
            false
        }
        None => true,
    };
    let gone: Vec<String> = old.into_iter().filter(is_gone).collect();
    (gone.join("; "), new.join("; "))
}

/// The rows of a table, each in words with the names of its columns.
fn rows(isms: &Isms, record: &Record, at: usize) -> Vec<String> {
    let in_words = |row: Cell<'_>| match row {
        Cell::Row(row) => {
            let cells = row.fields().iter().enumerate().map(|(at, field)| {
                (field.label, text::of(isms, row.cell(at), text::Links::Titles))
            });
            let said = cells.filter(|it| !it.1.is_empty());
            said.map(|(label, it)| format!("{label}: {it}")).collect::<Vec<_>>().join(", ")
        }
        cell => text::of(isms, cell, text::Links::Titles),
    };
    Body::cell(&record.body, at).each().map(in_words).collect()
}

/// Whether two states of a record have the same content.
pub fn is_same(one: &Record, other: &Record) -> bool {
    stored_text(one) == stored_text(other)
        && one.head.stage == other.head.stage
        && one.head.withdrawn == other.head.withdrawn
}

fn in_words(isms: &Isms, record: &Record, at: usize, field: &FieldDef) -> String {
    let cell = Body::cell(&record.body, at);
    match cell {
        // Ratings differ by more than their ranks: the reasons belong to them.
        Cell::Rating(rating) => {
            let mut words = vec![text::of_rating(rating)];
            words.extend(rating.rationale.iter().map(|it| format!("because {it}")));
            words.extend(rating.source.iter().map(|it| format!("source {it}")));
            words.extend(rating.confidence.iter().map(|it| format!("confidence {it}")));
            let names =
                rating.controls.iter().map(|it| text::of_link(isms, *it, text::Links::Titles));
            let names: Vec<String> = names.collect();
            if !names.is_empty() {
                words.push(format!("with {}", names.join(", ")));
            }
            words.join("; ")
        }
        cell => {
            let _ = field;
            text::of(isms, cell, text::Links::Titles)
        }
    }
}
