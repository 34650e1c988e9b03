//! Reads one file of a folder: what it says about its record, with the line of each part.

use std::{borrow::Cow, collections::BTreeMap};

use meta::{Id, KindDef};
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::document;
use crate::export::{Fault, said::Part};

/// How many bytes one file may have.
const LARGEST: usize = 8 << 20;

/// A value and the line its name stands in.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) value: Value,
    pub(super) line: usize,
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Contents {
    /// The record's id; absent for a new one.
    pub(super) id: Option<(Id, usize)>,
    /// The record's number, as `RISK-12`.
    pub(super) number: Option<(String, usize)>,
    /// The version that was written.
    pub(super) version: Option<(i64, usize)>,
    /// The stage its envelope names.
    pub(super) stage: Option<String>,
    /// Its fields and extras.
    pub(super) said: BTreeMap<Part, Found>,
}

/// Where the lines of a text begin.
struct Lines {
    begins: Vec<usize>,
    above: usize,
}

/// The text of a file, with line ends as we write them.
///
/// # Errors
/// When it is too large or no UTF-8.
pub(super) fn text<'a>(path: &str, bytes: &'a [u8]) -> Result<Cow<'a, str>, Fault> {
    if bytes.len() > LARGEST {
        let size = bytes.len();
        let message =
            format!("the file has {size} bytes, more than the {LARGEST} allowed: shorten it");
        return Err(Fault::at(path, message));
    }
    let text = std::str::from_utf8(bytes).map_err(|err| {
        let line = 1 + bytes[..err.valid_up_to()].iter().filter(|it| **it == b'\n').count();
        Fault::at(at(path, line), "this is not UTF-8: save the file as UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(nul) = text.find('\0') {
        let line = Lines::new(text, 0).of(nul);
        return Err(Fault::at(at(path, line), "the character U+0000 cannot be kept: remove it"));
    }
    // Git may have made the line ends of another system; our own texts have theirs escaped.
    Ok(match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n")),
        false => Cow::Borrowed(text),
    })
}

/// The top of a TOML text.
///
/// # Errors
/// The first thing that is no TOML, with its line.
pub(super) fn parse(path: &str, text: &str) -> Result<BTreeMap<String, Found>, Fault> {
    let lines = Lines::new(text, 0);
    Ok(level(&root(path, text, &lines)?, &lines))
}

/// What a record's file says.
///
/// # Errors
/// The first thing that is wrong, with its line.
pub(super) fn read(path: &str, def: &'static KindDef, text: &str) -> Result<Contents, Fault> {
    let main = document::main_text(def);
    let (front, below, above) = match main {
        Some(_) => {
            let (front, below) = document::split(text).map_err(|err| Fault::at(path, err))?;
            (front, below, 1)
        }
        None => (text, None, 0),
    };
    let lines = Lines::new(front, above);
    let root = root(path, front, &lines)?;
    let mut contents = Contents::default();
    for (key, value) in root.iter() {
        let line = lines.of(key.span().start);
        let fault = |message: String| Fault::at(at(path, line), message);
        let DeValue::Table(table) = value.get_ref() else {
            return Err(fault(format!(
                "`{}` stands above the tables: move it into one",
                key.get_ref()
            )));
        };
        let inner = level(table, &lines);
        match key.get_ref().as_ref() {
            "muniment" => identity(path, inner, &mut contents)?,
            "envelope" => {
                let stage = inner.get("stage").and_then(|it| it.value.as_str());
                contents.stage = stage.map(str::to_owned);
            }
            "extras" => {
                for (key, found) in inner {
                    extra(path, table, &lines, &key, found, &mut contents)?;
                }
            }
            name if name == def.id => {
                for (key, found) in inner {
                    let Some((field, _)) = def.field(&key) else {
                        let known: Vec<&str> = def.fields.iter().map(|it| it.name).collect();
                        let message = format!(
                            "a {} has no field `{key}`: it has {}",
                            def.label.to_lowercase(),
                            known.join(", ")
                        );
                        return Err(Fault::at(at(path, found.line), message));
                    };
                    contents.said.insert(Part::Field(field), found);
                }
            }
            name => {
                let known = format!("[{}], [extras], [muniment] and [envelope]", def.id);
                return Err(fault(format!("there is no table `{name}` here: there are {known}")));
            }
        }
    }
    if let (Some(main), Some(below)) = (main, below) {
        let line = lines.of(usize::MAX) + 1;
        let found = Found { value: Value::from(below), line };
        if contents.said.insert(Part::Field(main), found).is_some() {
            let message = "the main text stands both in `text` and below: keep one of them";
            return Err(Fault::at(path, message));
        }
    }
    Ok(contents)
}

/// A line of a file, as faults name it.
pub(super) fn at(path: &str, line: usize) -> String {
    format!("{path}, line {line}")
}

fn root<'a>(path: &str, text: &'a str, lines: &Lines) -> Result<DeTable<'a>, Fault> {
    let table = DeTable::parse(text).map_err(|err| {
        let line = lines.of(err.span().map_or(0, |it| it.start));
        let message = err.message().lines().collect::<Vec<_>>().join(" ");
        Fault::at(at(path, line), format!("this is no TOML ({message}): correct it"))
    })?;
    Ok(table.into_inner())
}

fn level(table: &DeTable<'_>, lines: &Lines) -> BTreeMap<String, Found> {
    let each = table.iter().map(|(key, value)| {
        let line = lines.of(key.span().start);
        (key.get_ref().to_string(), Found { value: json(value.get_ref()), line })
    });
    each.collect()
}

fn identity(
    path: &str,
    table: BTreeMap<String, Found>,
    contents: &mut Contents,
) -> Result<(), Fault> {
    for (key, Found { value, line }) in table {
        let wrong = |form: &str| {
            Err(Fault::at(at(path, line), format!("`{key}` is no {form}: put it back as it was")))
        };
        match (key.as_str(), &value) {
            ("id", Value::String(text)) => match text.parse::<meta::Link>() {
                Ok(link) if link.edition.is_none() => contents.id = Some((link.id, line)),
                _ => return wrong("id of a record"),
            },
            ("number", Value::String(text)) => contents.number = Some((text.clone(), line)),
            ("version", Value::Number(number)) if number.is_i64() => {
                contents.version = number.as_i64().map(|it| (it, line));
            }
            ("id", _) => return wrong("id of a record"),
            ("number", _) => return wrong("text"),
            ("version", _) => return wrong("whole number"),
            _ => {
                let message = format!("[muniment] has no `{key}`: it has id, number and version");
                return Err(Fault::at(at(path, line), message));
            }
        }
    }
    Ok(())
}

fn extra(
    path: &str,
    extras: &DeTable<'_>,
    lines: &Lines,
    key: &str,
    found: Found,
    contents: &mut Contents,
) -> Result<(), Fault> {
    let part = match key {
        "tags" => Part::Tags,
        "external_id" => Part::ExternalId,
        "attachments" => Part::Attachments,
        "columns" => {
            let columns =
                extras.iter().find(|(it, _)| it.get_ref() == key).map(|it| it.1.get_ref());
            let Some(DeValue::Table(columns)) = columns else {
                let message = "`columns` is no table: write headers and their texts";
                return Err(Fault::at(at(path, found.line), message));
            };
            let columns = level(columns, lines).into_iter();
            contents.said.extend(columns.map(|(header, it)| (Part::Column(header), it)));
            return Ok(());
        }
        _ => {
            let known = "tags, external_id, attachments and columns";
            let message = format!("[extras] has no `{key}`: it has {known}");
            return Err(Fault::at(at(path, found.line), message));
        }
    };
    contents.said.insert(part, found);
    Ok(())
}

fn json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::from(number),
            Err(_) => Value::from(number.to_string()),
        },
        // Its digits as they stand: a decimal number is kept exactly.
        DeValue::Float(number) => Value::from(number.as_str()),
        DeValue::Boolean(truth) => Value::from(*truth),
        DeValue::Datetime(at) => Value::from(at.to_string()),
        DeValue::Array(list) => list.iter().map(|it| json(it.get_ref())).collect(),
        DeValue::Table(table) => {
            let each =
                table.iter().map(|(key, it)| (key.get_ref().to_string(), json(it.get_ref())));
            Value::Object(each.collect::<Map<_, _>>())
        }
    }
}

impl Lines {
    /// The lines of a text that stands below `above` others.
    fn new(text: &str, above: usize) -> Self {
        let ends = text.bytes().enumerate().filter(|it| it.1 == b'\n');
        Self { begins: ends.map(|(at, _)| at + 1).collect(), above }
    }

    /// The line of a byte, from 1.
    fn of(&self, at: usize) -> usize {
        1 + self.above + self.begins.partition_point(|begin| *begin <= at)
    }
}
