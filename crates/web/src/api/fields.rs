//! From the fields that a program sends to those that are stored: links may be numbers and names of
//! the same batch; all else has the form in which records are read.

use std::cell::RefCell;

use jiff::{Timestamp, civil::Date};
use meta::{ChoiceDef, Decimal, FieldType, FileRef, KindDef, Link, Period, RowDef};
use serde_json::{Map, Value};

use super::fault::{Wrong, escaped};

/// The largest whole number that every reader of JSON keeps exactly.
pub(super) const LARGEST: i64 = 9_007_199_254_740_991;

/// Finds the record that a text names.
pub(super) type Resolve<'r> = &'r dyn Fn(&str) -> Result<Link, String>;

/// Reads what a program sends, and notes what is wrong where.
pub(super) struct Fields<'r> {
    /// Finds the record that a text names.
    pub(super) resolve: Resolve<'r>,
    /// The files that the record names already; others are sent as bytes first.
    pub(super) files: Vec<FileRef>,
    /// What was wrong.
    pub(super) wrongs: RefCell<Vec<Wrong>>,
}

impl<'r> Fields<'r> {
    /// Finds records like this.
    pub(super) fn new(resolve: Resolve<'r>) -> Self {
        Self { resolve, files: Vec::new(), wrongs: RefCell::default() }
    }

    /// Notes that something is wrong at a pointer.
    pub(super) fn wrong(&self, at: &str, what: impl Into<String>) {
        self.wrongs.borrow_mut().push(Wrong::body(at, what));
    }

    /// Notes that what stands at a pointer is not what it must be.
    pub(super) fn must_be(&self, at: &str, what: &str) {
        self.wrongs.borrow_mut().push(Wrong::must_be(at, what));
    }

    /// The fields of a kind as they are stored; `null` clears one.
    pub(super) fn read(
        &self,
        def: &KindDef,
        sent: &Map<String, Value>,
        at: &str,
    ) -> Map<String, Value> {
        let mut fields = Map::new();
        for (name, value) in sent {
            let at = format!("{at}/{}", escaped(name));
            let Some((_, field)) = def.field(name) else {
                let known: Vec<&str> = def.fields.iter().map(|it| it.name).collect();
                self.wrong(
                    &at,
                    format!("there is no field `{name}`: it is one of {}", known.join(", ")),
                );
                continue;
            };
            let stored = match value {
                Value::Null => Some(Value::Null),
                // Absent and empty are one, and so is what nobody can see.
                Value::String(text) if text.trim().is_empty() && is_text(&field.ty) => {
                    Some(Value::Null)
                }
                value => self.value(&field.ty, value, &at),
            };
            fields.extend(stored.map(|it| (name.clone(), it)));
        }
        fields
    }

    fn value(&self, ty: &FieldType, value: &Value, at: &str) -> Option<Value> {
        let must_be = |what: &str| {
            self.must_be(at, what);
            None
        };
        let wrong = |what: &str| {
            self.wrong(at, what);
            None
        };
        match ty {
            FieldType::Text | FieldType::Markdown => match value {
                Value::String(_) => Some(value.clone()),
                _ => must_be("a text"),
            },
            FieldType::Bool => match value {
                Value::Bool(_) => Some(value.clone()),
                _ => must_be("`true` or `false`"),
            },
            FieldType::Integer => match whole(value) {
                Some(number) => Some(Value::from(number)),
                None => must_be("a whole number"),
            },
            FieldType::Decimal => {
                let text = value.as_str();
                match text.and_then(|it| it.parse::<Decimal>().ok()) {
                    Some(number) => Some(Value::from(number.to_string())),
                    None => must_be("a decimal number as a text, such as `\"12.5\"`"),
                }
            }
            FieldType::Day => match value.as_str().and_then(day) {
                Some(day) => Some(Value::from(day.to_string())),
                None => must_be("a day, such as `2026-03-31`"),
            },
            FieldType::Instant => {
                match value.as_str().and_then(|it| it.parse::<Timestamp>().ok()) {
                    Some(at) => Some(Value::from(at.to_string())),
                    None => must_be("a moment, such as `2026-03-31T14:00:00Z`"),
                }
            }
            FieldType::Period => match value.as_str().and_then(period) {
                Some(period) => Some(Value::from(period.to_string())),
                None => must_be("a length of time in ISO 8601, such as `P3M`"),
            },
            FieldType::Choice(options) => self.choice(options, value, at),
            FieldType::Choices(options) => {
                self.each(value, at, |it, at| self.choice(options, it, at))
            }
            FieldType::Words => self.each(value, at, |it, at| self.value(&FieldType::Text, it, at)),
            FieldType::Link(_) => self.link(value, at),
            FieldType::Links(_) => self.each(value, at, |it, at| self.link(it, at)),
            FieldType::File => match file(value) {
                Some(known) if self.files.contains(&known) => Some(value.clone()),
                Some(_) => {
                    wrong("the record has no such file: send its bytes to `file` below the record")
                }
                None => must_be("a file: `name`, `sha256`, `size` and `media`"),
            },
            FieldType::Rating => self.rating(value, at),
            FieldType::Rows(def) => self.each(value, at, |it, at| self.row(def, it, at)),
        }
    }

    fn each(
        &self,
        value: &Value,
        at: &str,
        read: impl Fn(&Value, &str) -> Option<Value>,
    ) -> Option<Value> {
        let Value::Array(list) = value else {
            self.must_be(at, "a list");
            return None;
        };
        let each = list.iter().enumerate();
        Some(each.filter_map(|(place, it)| read(it, &format!("{at}/{place}"))).collect())
    }

    fn choice(&self, options: &[ChoiceDef], value: &Value, at: &str) -> Option<Value> {
        let found = options.iter().find(|it| value.as_str() == Some(it.id));
        if found.is_none() {
            let known: Vec<&str> = options.iter().map(|it| it.id).collect();
            self.must_be(at, &format!("one of {}", known.join(", ")));
        }
        found.map(|it| Value::from(it.id))
    }

    fn link(&self, value: &Value, at: &str) -> Option<Value> {
        let Some(text) = value.as_str() else {
            self.must_be(at, "the id of a record, or a number such as `ROLE-3`");
            return None;
        };
        match (self.resolve)(text) {
            Ok(link) => Some(Value::from(link.to_string())),
            Err(what) => {
                self.wrong(at, what);
                None
            }
        }
    }

    fn rating(&self, value: &Value, at: &str) -> Option<Value> {
        const MEMBERS: [&str; 8] = [
            "likelihood",
            "consequences",
            "rationale",
            "source",
            "confidence",
            "controls",
            "by",
            "on",
        ];
        let sent = self.object(value, at, &MEMBERS)?;
        let mut rating = Map::new();
        for (name, value) in sent {
            let at = format!("{at}/{name}");
            let read = match name.as_str() {
                "likelihood" => self.value(&FieldType::Integer, value, &at),
                "consequences" => self.each(value, &at, |it, at| {
                    let sent = self.object(it, at, &["criterion", "rank"])?;
                    let part = |name: &str, ty| {
                        let value = sent.get(name).unwrap_or(&Value::Null);
                        self.value(&ty, value, &format!("{at}/{name}"))
                    };
                    let criterion = part("criterion", FieldType::Text)?;
                    let rank = part("rank", FieldType::Integer)?;
                    Some(serde_json::json!({"criterion": criterion, "rank": rank}))
                }),
                "controls" => self.each(value, &at, |it, at| self.link(it, at)),
                "by" => self.link(value, &at),
                "on" => self.value(&FieldType::Day, value, &at),
                _ => self.value(&FieldType::Text, value, &at),
            };
            rating.extend(read.map(|it| (name.clone(), it)));
        }
        Some(Value::Object(rating))
    }

    fn row(&self, def: &RowDef, value: &Value, at: &str) -> Option<Value> {
        let names: Vec<&str> = def.fields.iter().map(|it| it.name).collect();
        let sent = self.object(value, at, &names)?;
        let mut row = Map::new();
        for field in def.fields {
            let at = format!("{at}/{}", field.name);
            if let Some(value) = sent.get(field.name) {
                let read = self.value(&field.ty, value, &at);
                row.extend(read.map(|it| (field.name.to_owned(), it)));
            }
        }
        Some(Value::Object(row))
    }

    /// An object with no other members than these.
    pub(super) fn object<'v>(
        &self,
        value: &'v Value,
        at: &str,
        members: &[&str],
    ) -> Option<&'v Map<String, Value>> {
        let Value::Object(sent) = value else {
            self.must_be(at, "an object");
            return None;
        };
        for name in sent.keys().filter(|it| !members.contains(&it.as_str())) {
            let what = format!("there is no member `{name}`: it is one of {}", members.join(", "));
            self.wrong(&format!("{at}/{}", escaped(name)), what);
        }
        Some(sent)
    }
}

/// A whole number that every reader of JSON keeps; also written as `3.0`.
pub(super) fn whole(value: &Value) -> Option<i64> {
    let number = value.as_i64().or_else(|| {
        let number = value.as_f64()?;
        // JSON Schema takes these for whole numbers, too.
        (number.fract() == 0.0 && number.abs() <= LARGEST as f64).then_some(number as i64)
    })?;
    (number.unsigned_abs() <= LARGEST.unsigned_abs()).then_some(number)
}

/// A day as ISO 8601 writes it.
pub(super) fn day(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

fn is_text(ty: &FieldType) -> bool {
    matches!(ty, FieldType::Text | FieldType::Markdown)
}

fn period(text: &str) -> Option<Period> {
    text.starts_with('P').then(|| text.parse().ok()).flatten()
}

fn file(value: &Value) -> Option<FileRef> {
    serde_json::from_value(value.clone()).ok()
}
