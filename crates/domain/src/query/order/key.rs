//! What records are sorted by.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use icu_collator::{
    CollatorBorrowed, CollatorPreferences, options::CollatorOptions,
    preferences::CollationNumericOrdering,
};
use jiff::{Timestamp, civil::Date};
use meta::{Body, Cell, ChoiceDef, Decimal, FieldType, Id, Period, Record};

use super::Column;
use crate::{
    View,
    text::{self, Links},
};

/// Texts are told apart by their beginning: who sorts by a long text looks for its first words.
const LETTERS: usize = 96;

/// What a record is sorted by. In one order all are of one form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A whole number; yes after no.
    Integer(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// A day.
    Day(Date),
    /// A moment.
    Instant(Timestamp),
    /// A length of time.
    Period(Period),
    /// Consequence, then likelihood.
    Rating(Option<i64>, Option<i64>),
    /// The places of options.
    Places(Arc<[usize]>),
    /// What the collator made of a text.
    Text(Arc<[u8]>),
    /// The rank; one without comes last. Then the text in the collator's form, and as it is.
    Computed(bool, i64, Arc<[u8]>, Arc<str>),
    /// There is nothing.
    Nothing,
}

/// Makes keys.
pub struct Keys<'a> {
    view: View<'a>,
    column: Column,
    links: HashMap<Id, Key, foldhash::fast::RandomState>,
}

static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    let mut preferences = CollatorPreferences::default();
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    CollatorBorrowed::try_new(preferences, CollatorOptions::default())
        .expect("the root collation is part of the library")
});

impl<'a> Keys<'a> {
    /// Makes keys for one column.
    pub fn new(view: View<'a>, column: Column) -> Self {
        Self { view, column, links: HashMap::default() }
    }

    /// What a record is sorted by.
    pub fn key(&mut self, record: &Record) -> Key {
        match self.column {
            Column::Field(at, field) => self.of_cell(&field.ty, Body::cell(&record.body, at)),
            Column::Computed(column) => {
                let text = (column.text)(self.view, record);
                if text.is_empty() {
                    return Key::Nothing;
                }
                let rank = column.rank.and_then(|it| it(self.view, record));
                Key::Computed(rank.is_none(), rank.unwrap_or(0), collated(&text), text.into())
            }
            column => of_text(&column.text(self.view, record, Links::Titles)),
        }
    }

    fn of_cell(&mut self, ty: &FieldType, cell: Cell<'_>) -> Key {
        match (ty, cell) {
            (_, Cell::Empty) => Key::Nothing,
            (_, Cell::Bool(is)) => Key::Integer(is.into()),
            (_, Cell::Integer(number)) => Key::Integer(number),
            (_, Cell::Decimal(number)) => Key::Decimal(number),
            (_, Cell::Day(day)) => Key::Day(day),
            (_, Cell::Instant(at)) => Key::Instant(at),
            (_, Cell::Period(period)) => Key::Period(period),
            (_, Cell::Rating(rating)) => Key::Rating(rating.consequence(), rating.likelihood),
            (FieldType::Choice(options) | FieldType::Choices(options), cell) => {
                let places = cell.each().filter_map(|it| place(options, it));
                Key::Places(places.collect())
            }
            (_, Cell::Text(text)) => of_text(text),
            (_, Cell::Link(link)) => {
                let key = self.links.entry(link.id);
                let text = || text::of_link(self.view.isms, link.id.into(), Links::Titles);
                key.or_insert_with(|| of_text(&text())).clone()
            }
            (_, cell) => of_text(&text::of(self.view.isms, cell, Links::Titles)),
        }
    }
}

fn place(options: &[ChoiceDef], cell: Cell<'_>) -> Option<usize> {
    let Cell::Choice(choice) = cell else { return None };
    options.iter().position(|it| it.id == choice.id)
}

fn of_text(text: &str) -> Key {
    if text.is_empty() { Key::Nothing } else { Key::Text(collated(text)) }
}

/// A text in a form whose bytes are in the order of people: `a` < `Ä` < `b`, `A.5.9` < `A.5.10`.
pub fn collated(text: &str) -> Arc<[u8]> {
    let end = text.char_indices().nth(LETTERS).map_or(text.len(), |it| it.0);
    let mut key = Vec::with_capacity(2 * end);
    let Ok(()) = COLLATOR.write_sort_key_to(&text[..end], &mut key);
    key.into()
}
