//! What a filter compares with.

use std::{cmp::Ordering, fmt};

use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};
use meta::{Cell, ChoiceDef, Decimal, FieldType, Id, KindDef, Period, Provenance, Record};

use super::{Asker, Column};
use crate::{
    resolve::{self, Unresolved, fold},
    text::{self, quoted},
};

/// What a filter compares with: read from text by what the column holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// In the form that stays good: an option's id, a record's number.
    text: String,
    is: Is,
}

#[derive(Debug, Clone, PartialEq)]
enum Is {
    Bool(bool),
    Integer(i64),
    Decimal(Decimal),
    Day(Date),
    Instant(Timestamp),
    Period(Period),
    Option(usize, &'static [ChoiceDef]),
    Record(Id),
    /// Folded.
    Text(String),
}

impl Value {
    /// Reads what the column of a kind is to be compared with.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text and what would be right.
    pub fn read(
        asker: &Asker<'_>,
        kind: &'static KindDef,
        column: Column,
        text: &str,
    ) -> Result<Self, String> {
        let text = text.trim();
        match column {
            Column::Field(_, field) => Self::of_type(asker, &field.ty, text),
            Column::Computed(_) | Column::Tags | Column::External => Ok(Self::words(text)),
            Column::Stage => Self::stage(kind, text),
            Column::Provenance => {
                let found = Provenance::from_id(&fold(text));
                let is = found.ok_or_else(|| {
                    format!("`{text}` is not where records come from: it is one of seed, import, tool, person")
                })?;
                Ok(Self::words(is.id()))
            }
            Column::Number => {
                let number = text.strip_prefix(kind.prefix).unwrap_or(text);
                Self::of_type(asker, &FieldType::Integer, number.trim_start_matches(['-', ' ']))
            }
            Column::Version => Self::of_type(asker, &FieldType::Integer, text),
            Column::Created | Column::Changed => Self::of_type(asker, &FieldType::Day, text),
            Column::Mine => Self::of_type(asker, &FieldType::Bool, text),
        }
    }

    /// The order of a cell and this; `None` where they cannot be compared.
    pub fn order(&self, cell: Cell<'_>) -> Option<Ordering> {
        match (cell, &self.is) {
            (Cell::Bool(one), Is::Bool(other)) => Some(one.cmp(other)),
            (Cell::Integer(one), Is::Integer(other)) => Some(one.cmp(other)),
            (Cell::Decimal(one), Is::Decimal(other)) => Some(one.cmp(other)),
            (Cell::Day(one), Is::Day(other)) => Some(one.cmp(other)),
            (Cell::Instant(one), Is::Instant(other)) => Some(one.cmp(other)),
            (Cell::Period(one), Is::Period(other)) => Some(one.cmp(other)),
            (Cell::Choice(one), Is::Option(other, options)) => {
                Some(options.iter().position(|it| it.id == one.id)?.cmp(other))
            }
            (Cell::Link(one), Is::Record(other)) => Some(one.id.cmp(other)),
            _ => None,
        }
    }

    /// The folded text it is compared by, where it is.
    pub fn folded(&self) -> Option<&str> {
        if let Is::Text(text) = &self.is { Some(text) } else { None }
    }

    /// The record it names, where it does.
    pub fn record(&self) -> Option<Id> {
        if let Is::Record(id) = self.is { Some(id) } else { None }
    }

    /// The number it is, where it is one.
    pub fn integer(&self) -> Option<i64> {
        if let Is::Integer(number) = self.is { Some(number) } else { None }
    }

    /// The day it is, where it is one.
    pub fn day(&self) -> Option<Date> {
        if let Is::Day(day) = self.is { Some(day) } else { None }
    }

    /// Whether it says yes.
    pub fn is_yes(&self) -> bool {
        self.is == Is::Bool(true)
    }

    /// The place of the option it is, or of the stage.
    pub fn place(&self) -> Option<usize> {
        if let Is::Option(place, _) = self.is { Some(place) } else { None }
    }

    fn words(text: &str) -> Self {
        Self { text: text.to_owned(), is: Is::Text(fold(text)) }
    }

    fn of_type(asker: &Asker<'_>, ty: &FieldType, text: &str) -> Result<Self, String> {
        let (text, is) = match ty {
            FieldType::Text
            | FieldType::Markdown
            | FieldType::Words
            | FieldType::File
            | FieldType::Rating
            | FieldType::Rows(_) => return Ok(Self::words(text)),
            FieldType::Bool => match fold(text).as_str() {
                "yes" | "true" | "1" | "on" => ("yes".to_owned(), Is::Bool(true)),
                "no" | "false" | "0" => ("no".to_owned(), Is::Bool(false)),
                _ => return Err(format!("`{text}` is neither yes nor no")),
            },
            FieldType::Integer => {
                let number: i64 = text
                    .parse()
                    .map_err(|_| format!("`{text}` is not a whole number: write it like 3"))?;
                (number.to_string(), Is::Integer(number))
            }
            FieldType::Decimal => {
                let number: Decimal = text.parse().map_err(told)?;
                (number.to_string(), Is::Decimal(number))
            }
            FieldType::Day => (text.to_owned(), Is::Day(day(asker.view.day, text)?)),
            FieldType::Instant => (text.to_owned(), Is::Instant(instant(text)?)),
            FieldType::Period => {
                let period: Period = text.parse().map_err(told)?;
                (period.to_string(), Is::Period(period))
            }
            FieldType::Choice(options) | FieldType::Choices(options) => {
                let place = option(options, text)?;
                (options[place].id.to_owned(), Is::Option(place, options))
            }
            FieldType::Link(kinds) | FieldType::Links(kinds) => {
                let record = record(asker, kinds, text)?;
                (record.name(), Is::Record(record.head.id))
            }
        };
        Ok(Self { text, is })
    }

    fn stage(kind: &'static KindDef, text: &str) -> Result<Self, String> {
        let folded = fold(text);
        let is = |it: &meta::StageDef| fold(it.id) == folded || fold(it.label) == folded;
        let place = kind.stages.iter().position(is).ok_or_else(|| {
            let known: Vec<&str> = kind.stages.iter().map(|it| it.id).collect();
            format!("`{text}` is not a stage: it is one of {}", quoted(&known))
        })?;
        Ok(Self { text: kind.stages[place].id.to_owned(), is: Is::Option(place, &[]) })
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// `2026-03-31`, `today`, `today+30`, `today-7`.
fn day(today: Date, text: &str) -> Result<Date, String> {
    let wrong = || {
        format!(
            "`{text}` is not a day: write it like 2026-03-31, `today`, or `today+30` for in 30 days"
        )
    };
    let Some(rest) = text.strip_prefix("today") else { return text.parse().map_err(|_| wrong()) };
    if rest.is_empty() {
        return Ok(today);
    }
    // In the address of a page a plus is a space.
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let days = rest.parse::<i32>().map_err(|_| wrong())?;
    let span = Span::new().try_days(days).map_err(|_| wrong())?;
    today.checked_add(span).map_err(|_| wrong())
}

/// A moment, or the beginning of a day.
fn instant(text: &str) -> Result<Timestamp, String> {
    let begins = |day: Date| day.to_zoned(TimeZone::UTC).ok().map(|it| it.timestamp());
    let found = text.parse().ok().or_else(|| begins(text.parse().ok()?));
    found.ok_or_else(|| {
        format!("`{text}` is not a moment: write it like 2026-03-31T14:00:00Z or 2026-03-31")
    })
}

fn option(options: &'static [ChoiceDef], text: &str) -> Result<usize, String> {
    let folded = fold(text);
    let is = |it: &str| fold(it) == folded;
    let found = options
        .iter()
        .position(|it| is(it.id) || is(it.label))
        .or_else(|| options.iter().position(|it| it.also.iter().any(|it| is(it))));
    found.ok_or_else(|| {
        let known: Vec<&str> = options.iter().map(|it| it.id).collect();
        format!("`{text}` is not an option: it is one of {}", quoted(&known))
    })
}

/// The record that a text names; one the asker may not see is as unknown as one there is not.
fn record<'a>(asker: &Asker<'a>, kinds: &[&str], text: &str) -> Result<&'a Record, String> {
    let isms = asker.view.isms;
    let found = match resolve::resolve(isms, kinds, text) {
        Ok(link) => vec![link.id],
        Err(Unresolved::Ambiguous(ids)) => ids,
        Err(Unresolved::Unknown) => Vec::new(),
    };
    let found: Vec<&Record> = found.iter().filter_map(|it| isms.get(*it)).collect();
    let seen: Vec<&Record> = found.into_iter().filter(|it| asker.sees(it)).collect();
    match seen.as_slice() {
        [record] => Ok(record),
        [] => {
            let labels = kinds.iter().filter_map(|it| kinds::kind(it));
            let labels: Vec<String> = labels.map(|it| it.label.to_lowercase()).collect();
            let what = if labels.is_empty() { "record".to_owned() } else { labels.join(" or ") };
            Err(format!("there is no {what} called `{text}`"))
        }
        several => {
            let names: Vec<String> = several.iter().take(5).map(|it| text::called(it)).collect();
            Err(format!("`{text}` could be {}: name it by its number", names.join(", ")))
        }
    }
}

fn told(err: impl fmt::Display) -> String {
    err.to_string()
}
