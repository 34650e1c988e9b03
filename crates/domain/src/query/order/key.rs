//! What records are sorted by.

use std::{collections::HashMap, sync::Arc};

use jiff::{Timestamp, civil::Date};
use meta::{Body, Cell, ChoiceDef, Decimal, FieldType, Id, Period, Record};

use super::{
    super::Column,
    collation::{Collation, Language},
};
use crate::{
    View,
    text::{self, Links},
};

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
    collation: Collation,
    links: HashMap<Id, Key, foldhash::fast::RandomState>,
}

impl<'a> Keys<'a> {
    /// Makes keys for one column.
    pub fn new(view: View<'a>, column: Column) -> Self {
        let collation = Collation::new(Language::of(view.isms));
        Self { view, column, collation, links: HashMap::default() }
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
                Key::Computed(
                    rank.is_none(),
                    rank.unwrap_or(0),
                    self.collation.key(&text),
                    text.into(),
                )
            }
            column => self.of_text(&column.text(self.view, record, Links::Titles)),
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
            (_, Cell::Text(text)) => self.of_text(text),
            (_, Cell::Link(link)) => {
                if let Some(key) = self.links.get(&link.id) {
                    return key.clone();
                }
                let text = text::of_link(self.view.isms, link.id.into(), Links::Titles);
                let key = self.of_text(&text);
                self.links.insert(link.id, key.clone());
                key
            }
            (_, cell) => self.of_text(&text::of(self.view.isms, cell, Links::Titles)),
        }
    }

    fn of_text(&self, text: &str) -> Key {
        if text.is_empty() { Key::Nothing } else { Key::Text(self.collation.key(text)) }
    }
}

fn place(options: &[ChoiceDef], cell: Cell<'_>) -> Option<usize> {
    let Cell::Choice(choice) = cell else { return None };
    options.iter().position(|it| it.id == choice.id)
}
