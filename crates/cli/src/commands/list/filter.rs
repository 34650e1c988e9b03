//! `--filter`: which records to list.

use std::cmp::Ordering;

use domain::{
    Isms, View,
    columns::{self, Column},
    resolve::fold,
    text::{self, Links},
};
use meta::{Body, Cell, FieldDef, FieldType, KindDef, Record};
use serde_json::json;

use crate::{commands::stage, place::Desk, stop::refused, value::Reader};

/// One condition on a record.
pub struct Filter {
    subject: Subject,
    how: How,
    value: Wanted,
}

enum Subject {
    Field(usize),
    Computed(&'static Column),
    Stage,
    Tag,
    Provenance,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Is,
    IsNot,
    Contains,
    Less,
    AtMost,
    More,
    AtLeast,
}

enum Wanted {
    Nothing,
    /// As stored: options, links, numbers, days.
    Stored(serde_json::Value),
    /// Folded text.
    Text(String),
}

const SIGNS: [(&str, How); 7] = [
    ("!=", How::IsNot),
    ("<=", How::AtMost),
    (">=", How::AtLeast),
    ("=", How::Is),
    ("~", How::Contains),
    ("<", How::Less),
    (">", How::More),
];

impl Filter {
    /// Reads a condition.
    ///
    /// # Errors
    /// When it has no sign, or names no field, or a value that the field cannot hold.
    pub fn parse(desk: &Desk, def: &'static KindDef, text: &str) -> anyhow::Result<Self> {
        let at = text.find(['=', '!', '<', '>', '~']);
        let sign = at.and_then(|at| SIGNS.iter().find(|it| text[at..].starts_with(it.0)));
        let (Some(at), Some((sign, how))) = (at, sign) else {
            return Err(refused(format!(
                "`{text}` is no filter: write it like owner=\"Head of IT\" or due<2026-12-31"
            )));
        };
        let (name, value) = (text[..at].trim(), text[at + sign.len()..].trim());
        let folded = || Wanted::Text(fold(value));
        let (subject, value) = match name {
            "stage" => {
                let id = stage::id(def, value);
                if def.stage(&id).is_none() {
                    let known: Vec<&str> = def.stages.iter().map(|it| it.id).collect();
                    return Err(refused(format!(
                        "`{value}` is not a stage: it is one of {}",
                        known.join(", ")
                    )));
                }
                (Subject::Stage, Wanted::Text(id))
            }
            "tag" | "tags" => (Subject::Tag, folded()),
            "provenance" => (Subject::Provenance, folded()),
            name if columns::column(def.id, name).is_some() => {
                let column = columns::column(def.id, name).expect("it was found just now");
                (Subject::Computed(column), folded())
            }
            name => {
                let at = super::place_of(def, name)?;
                (Subject::Field(at), wanted(desk, &def.fields[at], *how, value)?)
            }
        };
        Ok(Self { subject, how: *how, value })
    }

    /// Whether it asks for a stage: then ended records may be meant, too.
    pub fn is_about_stage(&self) -> bool {
        matches!(self.subject, Subject::Stage)
    }

    /// Whether it holds for a record.
    pub fn takes(&self, view: View<'_>, record: &Record) -> bool {
        let is = match &self.subject {
            Subject::Stage => self.is_text(record.stage().id),
            Subject::Provenance => self.is_text(record.head.provenance.id()),
            Subject::Tag => {
                let tags = record.head.extras.iter().flat_map(|it| &it.tags);
                let mut tags = tags.map(|it| fold(it)).peekable();
                match &self.value {
                    Wanted::Text(text) if !text.is_empty() => tags.any(|it| {
                        if self.how == How::Contains { it.contains(text) } else { it == *text }
                    }),
                    _ => tags.peek().is_none(),
                }
            }
            Subject::Computed(column) => self.is_text(&(column.text)(view, record)),
            Subject::Field(at) => self.is_cell(view.isms, Body::cell(&record.body, *at)),
        };
        if self.how == How::IsNot { !is } else { is }
    }

    fn is_text(&self, text: &str) -> bool {
        match &self.value {
            Wanted::Text(wanted) => match self.how {
                How::Contains => fold(text).contains(&fold(wanted)),
                how => fits(fold(text).cmp(&fold(wanted)), how),
            },
            _ => false,
        }
    }

    fn is_cell(&self, isms: &Isms, cell: Cell<'_>) -> bool {
        match &self.value {
            Wanted::Nothing => cell.is_empty(),
            Wanted::Text(wanted) => {
                let mut texts = cell.each().map(|it| fold(&text::of(isms, it, Links::Titles)));
                texts.any(|it| match self.how {
                    How::Contains => it.contains(wanted.as_str()),
                    How::Is | How::IsNot => it == *wanted,
                    how => fits(it.as_str().cmp(wanted.as_str()), how),
                })
            }
            Wanted::Stored(wanted) => cell.each().any(|it| fits(order(it, wanted), self.how)),
        }
    }
}

fn wanted(desk: &Desk, field: &'static FieldDef, how: How, value: &str) -> anyhow::Result<Wanted> {
    if value.is_empty() {
        return Ok(Wanted::Nothing);
    }
    let is_worded = matches!(
        field.ty,
        FieldType::Text
            | FieldType::Markdown
            | FieldType::Words
            | FieldType::File
            | FieldType::Rating
            | FieldType::Rows(_)
    );
    if is_worded || how == How::Contains {
        return Ok(Wanted::Text(fold(value)));
    }
    let read = Reader::new(desk).read(field, &json!(value)).map_err(refused)?;
    Ok(Wanted::Stored(match read {
        serde_json::Value::Array(mut list) if !list.is_empty() => list.swap_remove(0),
        read => read,
    }))
}

/// The order of a cell and a stored value of the same type; links and options are equal or not.
fn order(cell: Cell<'_>, wanted: &serde_json::Value) -> Ordering {
    let text = wanted.as_str().unwrap_or_default();
    match cell {
        Cell::Integer(number) => number.cmp(&wanted.as_i64().unwrap_or_default()),
        Cell::Bool(is) => is.cmp(&wanted.as_bool().unwrap_or_default()),
        Cell::Decimal(number) => text.parse().map_or(Ordering::Less, |it| number.cmp(&it)),
        Cell::Period(period) => text.parse().map_or(Ordering::Less, |it| period.cmp(&it)),
        Cell::Day(day) => text.parse().map_or(Ordering::Less, |it| day.cmp(&it)),
        Cell::Instant(at) => text.parse().map_or(Ordering::Less, |it| at.cmp(&it)),
        Cell::Choice(choice) => choice.id.cmp(text),
        Cell::Link(link) => {
            let wanted: Option<meta::Link> = text.parse().ok();
            link.id.cmp(&wanted.map(|it| it.id).unwrap_or_default())
        }
        _ => Ordering::Less,
    }
}

fn fits(order: Ordering, how: How) -> bool {
    match how {
        How::Is | How::IsNot | How::Contains => order.is_eq(),
        How::Less => order.is_lt(),
        How::AtMost => order.is_le(),
        How::More => order.is_gt(),
        How::AtLeast => order.is_ge(),
    }
}
