//! From what people type into a field to what the field holds: on the command line and in forms.

mod rating;

use domain::{
    Isms,
    resolve::{self, Unresolved},
};
use jiff::civil::Date;
use meta::{ChoiceDef, Decimal, FieldDef, FieldType, Id, Link, Period};
use serde_json::{Map, Value, json};

/// What reading needs from where it happens.
pub trait Around {
    /// Why a text names no record, in one sentence that says what to do here.
    fn not_found(&self, isms: &Isms, kinds: &[&str], text: &str, why: Unresolved) -> String;

    /// The stored form of a file that a text names.
    ///
    /// # Errors
    /// A sentence when there is no such file.
    fn file(&mut self, text: &str) -> Result<Value, String>;

    /// Whether the same command makes a record with this id, so that links may name it.
    fn is_coming(&self, _: Id) -> bool {
        false
    }
}

/// Reads what people typed, against the records it may name.
pub struct Reader<'a, A> {
    /// The records.
    pub isms: &'a Isms,
    /// What `today` means.
    pub day: Date,
    /// Where it happens.
    pub around: A,
}

impl<A: Around> Reader<'_, A> {
    /// What a field holds when given this: text by the field's type, or a value of that form.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it and what would be right.
    pub fn read(&mut self, def: &FieldDef, given: &Value) -> Result<Value, String> {
        if given.is_null() || given.as_str().is_some_and(|it| it.trim().is_empty()) {
            return Ok(Value::Null);
        }
        let wrong = |why: String| format!("`{}`: {why}", def.name);
        self.of_type(&def.ty, given).map_err(wrong)
    }

    pub(crate) fn of_type(&mut self, ty: &FieldType, given: &Value) -> Result<Value, String> {
        match ty {
            FieldType::Text | FieldType::Markdown => text(given).map(Value::from),
            FieldType::Bool => match given {
                Value::Bool(is) => Ok(json!(is)),
                given => {
                    let text = text(given)?;
                    let is = crate::parse::boolean(&text);
                    is.map(Value::from).ok_or_else(|| format!("`{text}` is neither yes nor no"))
                }
            },
            FieldType::Integer => {
                let text = text(given)?;
                let number: i64 = text
                    .trim()
                    .parse()
                    .map_err(|_| format!("`{text}` is not a whole number: write it like 3"))?;
                Ok(json!(number))
            }
            FieldType::Decimal => {
                let number: Decimal = text(given)?.trim().parse().map_err(told)?;
                Ok(json!(number.to_string()))
            }
            FieldType::Day => {
                let text = text(given)?;
                let day: Date = match text.trim() {
                    "today" => self.day,
                    text => text.parse().map_err(|_| {
                        format!("`{text}` is not a day: write it like 2026-03-31, or `today`")
                    })?,
                };
                Ok(json!(day.to_string()))
            }
            FieldType::Instant => {
                let text = text(given)?;
                let at: jiff::Timestamp = text.trim().parse().map_err(|_| {
                    format!("`{text}` is not a moment: write it like 2026-03-31T14:00:00Z")
                })?;
                Ok(json!(at.to_string()))
            }
            FieldType::Period => {
                let period: Period = text(given)?.parse().map_err(told)?;
                Ok(json!(period.to_string()))
            }
            FieldType::Choice(options) => choice(options, &text(given)?),
            FieldType::Choices(options) => self.list(given, |_, it| choice(options, &text(it)?)),
            FieldType::Words => self.list(given, |_, it| text(it).map(Value::from)),
            FieldType::Link(kinds) => self.link(kinds, given),
            FieldType::Links(kinds) => {
                // A title may hold a semicolon: the whole is tried first.
                if let Ok(whole) = self.link(kinds, given) {
                    return Ok(json!([whole]));
                }
                self.list(given, |it, one| it.link(kinds, one))
            }
            FieldType::File => match given {
                Value::Object(_) => Ok(given.clone()),
                given => self.around.file(&text(given)?),
            },
            FieldType::Rating => self.rating(given),
            FieldType::Rows(def) => {
                let given = structured(given)?;
                let rows = match &given {
                    Value::Array(rows) => rows.clone(),
                    row => vec![row.clone()],
                };
                let rows = rows.iter().map(|row| self.row(def.fields, row));
                rows.collect::<Result<Vec<_>, _>>().map(Value::from)
            }
        }
    }

    fn list(
        &mut self,
        given: &Value,
        mut each: impl FnMut(&mut Self, &Value) -> Result<Value, String>,
    ) -> Result<Value, String> {
        let members: Vec<Value> = match given {
            Value::Array(list) => list.clone(),
            Value::String(text) => {
                let parts = text.split(';').map(str::trim).filter(|it| !it.is_empty());
                parts.map(Value::from).collect()
            }
            one => vec![one.clone()],
        };
        members.iter().map(|it| each(self, it)).collect::<Result<Vec<_>, _>>().map(Value::from)
    }

    fn row(&mut self, fields: &'static [FieldDef], given: &Value) -> Result<Value, String> {
        let Value::Object(given) = given else {
            let names: Vec<String> = fields.iter().map(|it| format!("{} = …", it.name)).collect();
            return Err(format!("write a row like {{{}}}", names.join(", ")));
        };
        let mut row = Map::new();
        for (name, value) in given {
            let Some(def) = field(fields, name) else {
                let known: Vec<&str> = fields.iter().map(|it| it.name).collect();
                return Err(format!("a row has no `{name}`: it has {}", known.join(", ")));
            };
            let value = self.read(def, value)?;
            if !value.is_null() {
                row.insert(def.name.to_owned(), value);
            }
        }
        Ok(Value::Object(row))
    }

    fn link(&self, kinds: &[&str], given: &Value) -> Result<Value, String> {
        let named = given.get("id").unwrap_or(given);
        let text = text(named)?;
        if let Ok(link) = text.parse::<Link>()
            && self.around.is_coming(link.id)
        {
            return Ok(json!(text));
        }
        let found: Result<Link, _> = resolve::resolve(self.isms, kinds, &text);
        let found = found.map_err(|why| self.around.not_found(self.isms, kinds, &text, why))?;
        Ok(json!(found.to_string()))
    }
}

/// The field that a text means: by name, else by label.
pub fn field(fields: &'static [FieldDef], name: &str) -> Option<&'static FieldDef> {
    let named = fields.iter().find(|it| it.name == name);
    let folded = resolve::fold(name);
    named
        .or_else(|| fields.iter().find(|it| resolve::fold(it.label) == folded))
        .or_else(|| fields.iter().find(|it| resolve::fold(it.name) == folded))
}

/// A value of TOML as one of JSON.
pub fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.to_string().into(),
        toml::Value::Boolean(is) => is.into(),
        toml::Value::Datetime(at) => at.to_string().into(),
        toml::Value::Array(list) => list.into_iter().map(from_toml).collect(),
        toml::Value::Table(table) => {
            table.into_iter().map(|(name, it)| (name, from_toml(it))).collect::<Map<_, _>>().into()
        }
    }
}

fn text(given: &Value) -> Result<String, String> {
    match given {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(is) => Ok(is.to_string()),
        other => Err(format!("`{other}` is not a text")),
    }
}

/// A value that is typed as text is read as TOML, else as JSON.
fn structured(given: &Value) -> Result<Value, String> {
    let Value::String(text) = given else { return Ok(given.clone()) };
    let toml = toml::from_str::<toml::Table>(&format!("value = {text}"));
    let toml = toml.ok().and_then(|mut it| it.remove("value")).map(from_toml);
    let value = toml.or_else(|| serde_json::from_str(text).ok());
    value.filter(|it| it.is_object() || it.is_array()).ok_or_else(|| {
        format!("`{text}` is not in the form {{name = \"value\", …}}: mind quotes and braces")
    })
}

fn choice(options: &'static [ChoiceDef], text: &str) -> Result<Value, String> {
    let folded = resolve::fold(text);
    let is = |it: &str| resolve::fold(it) == folded;
    let found = options
        .iter()
        .find(|it| is(it.id) || is(it.label))
        .or_else(|| options.iter().find(|it| it.also.iter().any(|it| is(it))));
    found.map(|it| json!(it.id)).ok_or_else(|| {
        let known: Vec<&str> = options.iter().map(|it| it.id).collect();
        format!("`{text}` is not an option: it is one of {}", known.join(", "))
    })
}

fn told(err: impl std::fmt::Display) -> String {
    err.to_string()
}
