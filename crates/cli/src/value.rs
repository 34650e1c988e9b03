//! From what people type to what a field holds.

mod assign;
mod file;
mod form;

use std::{fs::File, path::Path};

use domain::{Isms, resolve};
use meta::{ChoiceDef, Decimal, FieldDef, FieldType, FileRef, KindDef, Link, Period};
use serde_json::{Map, Value, json};
use store::FileStored;

pub use self::{
    assign::{Assign, adjust, assign},
    file::{from_toml, parse, read_file},
    form::{form, record_json},
};
use crate::place::{Desk, not_found};

/// Reads values against the records they may name.
pub struct Reader<'a> {
    desk: &'a Desk,
    /// Files that were stored while reading; the command must name them.
    pub files: Vec<FileStored>,
}

impl<'a> Reader<'a> {
    /// A reader for this organization.
    pub fn new(desk: &'a Desk) -> Self {
        Self { desk, files: Vec::new() }
    }

    /// The field of a kind that a text means: by name, else by label.
    ///
    /// # Errors
    /// A sentence that lists the fields there are.
    pub fn field(&self, def: &KindDef, name: &str) -> Result<&'static FieldDef, String> {
        field(def.fields, name).ok_or_else(|| {
            let known: Vec<&str> = def.fields.iter().map(|it| it.name).collect();
            let a_kind = domain::text::a(&def.label.to_lowercase());
            format!("{a_kind} has no field `{name}`: it has {}", known.join(", "))
        })
    }

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

    fn of_type(&mut self, ty: &FieldType, given: &Value) -> Result<Value, String> {
        match ty {
            FieldType::Text | FieldType::Markdown => text(given).map(Value::from),
            FieldType::Bool => match given {
                Value::Bool(is) => Ok(json!(is)),
                given => {
                    let text = text(given)?;
                    let is = exchange::parse::boolean(&text);
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
                let day: jiff::civil::Date = match text.trim() {
                    "today" => self.desk.past.day,
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
            FieldType::Link(kinds) => link(self.desk.isms(), kinds, given),
            FieldType::Links(kinds) => {
                // A title may hold a semicolon: the whole is tried first.
                if let Ok(whole) = link(self.desk.isms(), kinds, given) {
                    return Ok(json!([whole]));
                }
                self.list(given, |it, one| link(it.desk.isms(), kinds, one))
            }
            FieldType::File => self.file(given),
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

    fn rating(&mut self, given: &Value) -> Result<Value, String> {
        let given = structured(given)?;
        let Value::Object(given) = &given else {
            return Err("write a rating like {likelihood = 3, consequences = [{criterion = \
                        \"money\", rank = 4}], rationale = \"…\"}"
                .to_owned());
        };
        let mut rating = Map::new();
        for (name, value) in given {
            if value.is_null() {
                continue;
            }
            let read = match name.as_str() {
                "likelihood" => self.of_type(&FieldType::Integer, value)?,
                "rationale" | "source" | "confidence" => self.of_type(&FieldType::Text, value)?,
                "controls" => self.of_type(&FieldType::Links(&["control"]), value)?,
                "by" => self.of_type(&FieldType::Link(&["person", "role"]), value)?,
                "on" => self.of_type(&FieldType::Day, value)?,
                "consequences" => self.consequences(value)?,
                other => {
                    return Err(format!(
                        "a rating has no `{other}`: it has likelihood, consequences, rationale, \
                         source, confidence, controls, by, on"
                    ));
                }
            };
            rating.insert(name.clone(), read);
        }
        Ok(Value::Object(rating))
    }

    /// `{money = 4}` or `[{criterion = "money", rank = 4}]`.
    fn consequences(&mut self, given: &Value) -> Result<Value, String> {
        let form = || "write consequences like {money = 4, service = 2}".to_owned();
        let given = structured(given)?;
        let pairs: Vec<(String, Value)> = match &given {
            Value::Object(map) => map.iter().map(|(k, v)| (k.clone(), v.clone())).collect(),
            Value::Array(list) => {
                let pair = |it: &Value| {
                    let name = it.get("criterion")?.as_str()?.to_owned();
                    Some((name, it.get("rank")?.clone()))
                };
                list.iter().map(pair).collect::<Option<_>>().ok_or_else(form)?
            }
            _ => return Err(form()),
        };
        let rank = |(criterion, rank): (String, Value)| {
            let rank = self.of_type(&FieldType::Integer, &rank)?;
            Ok(json!({"criterion": criterion, "rank": rank}))
        };
        pairs.into_iter().map(rank).collect::<Result<Vec<_>, String>>().map(Value::from)
    }

    fn file(&mut self, given: &Value) -> Result<Value, String> {
        if let Value::Object(_) = given {
            return Ok(given.clone());
        }
        Ok(json!(self.keep_file(Path::new(&text(given)?))?))
    }

    /// Stores a file and gives the reference that a field keeps.
    ///
    /// # Errors
    /// A sentence when the file cannot be read or kept.
    pub fn keep_file(&mut self, path: &Path) -> Result<FileRef, String> {
        let shown = path.display();
        let name = path.file_name().map(|it| it.to_string_lossy().into_owned());
        let name = name.ok_or_else(|| format!("`{shown}` names no file"))?;
        let mut file =
            File::open(path).map_err(|err| format!("`{shown}` cannot be read: {err}"))?;
        if file.metadata().is_ok_and(|it| !it.is_file()) {
            return Err(format!("`{shown}` is not a file"));
        }
        let stored = self.desk.organization.store_file(&name, media(path), &mut file);
        let (file, stored) = stored.map_err(|err| format!("`{shown}`: {err}"))?;
        self.files.push(stored);
        Ok(file)
    }
}

fn field(fields: &'static [FieldDef], name: &str) -> Option<&'static FieldDef> {
    let named = fields.iter().find(|it| it.name == name);
    let folded = resolve::fold(name);
    named
        .or_else(|| fields.iter().find(|it| resolve::fold(it.label) == folded))
        .or_else(|| fields.iter().find(|it| resolve::fold(it.name) == folded))
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

fn link(isms: &Isms, kinds: &[&str], given: &Value) -> Result<Value, String> {
    let named = given.get("id").unwrap_or(given);
    let text = text(named)?;
    let found: Result<Link, _> = resolve::resolve(isms, kinds, &text);
    let found = found.map_err(|why| not_found(isms, kinds, &text, why))?;
    Ok(json!(found.to_string()))
}

fn media(path: &Path) -> &'static str {
    let extension = path.extension().map(|it| it.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("pdf") => "application/pdf",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("txt" | "log") => "text/plain",
        Some("md") => "text/markdown",
        Some("csv") => "text/csv",
        Some("json") => "application/json",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("zip") => "application/zip",
        Some("eml") => "message/rfc822",
        _ => "application/octet-stream",
    }
}

fn told(err: impl std::fmt::Display) -> String {
    err.to_string()
}
