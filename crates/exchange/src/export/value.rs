//! From the values of a file to those that are stored: names become links, words their meaning.

use jiff::{Timestamp, civil::Date};
use meta::{ChoiceDef, Decimal, FieldType, FileRef, Link, Period, Rating, RowDef};
use serde_json::{Map, Value};

use crate::text::fold;

/// Finds the record among these kinds that a text names.
pub(crate) type Resolve<'a> = &'a dyn Fn(&[&str], &str) -> Result<Link, String>;

/// The largest integer that every JSON reader keeps exactly.
const MAX_INTEGER: i64 = 9_007_199_254_740_991;

/// The value as it is stored; null for nothing.
///
/// # Errors
/// One sentence: what is wrong and what to write.
pub(crate) fn read(resolve: Resolve<'_>, ty: &FieldType, value: &Value) -> Result<Value, String> {
    let is_empty = match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(table) => table.is_empty(),
        _ => false,
    };
    if is_empty {
        return Ok(Value::Null);
    }
    match ty {
        FieldType::Text | FieldType::Markdown => Ok(Value::from(text(value)?)),
        FieldType::Bool => truth(value).map(Value::from),
        FieldType::Integer => integer(value).map(Value::from),
        FieldType::Decimal => {
            let digits = match value {
                Value::Number(number) => number.to_string(),
                other => text(other)?.trim().to_owned(),
            };
            let number: Decimal = digits.parse().map_err(|err| format!("{err}"))?;
            Ok(Value::from(number.to_string()))
        }
        FieldType::Day => day(text(value)?).map(|it| Value::from(it.to_string())),
        FieldType::Instant => {
            let text = text(value)?;
            let at: Timestamp = text.trim().parse().map_err(|_| {
                format!("`{text}` is not a moment: write it like `2026-01-31T14:00:00Z`")
            })?;
            Ok(Value::from(at.to_string()))
        }
        FieldType::Period => {
            let period: Period = text(value)?.parse().map_err(|err| format!("{err}"))?;
            Ok(Value::from(period.to_string()))
        }
        FieldType::Choice(options) => choice(options, text(value)?).map(Value::from),
        FieldType::Choices(options) => {
            each(value, |it| choice(options, text(it)?).map(Value::from))
        }
        FieldType::Words => each(value, |it| text(it).map(Value::from)),
        FieldType::Link(kinds) => link(resolve, kinds, value),
        FieldType::Links(kinds) => each(value, |it| link(resolve, kinds, it)),
        FieldType::File => file(value),
        FieldType::Rating => rating(resolve, value),
        FieldType::Rows(def) => each(value, |it| row(resolve, def, it)),
    }
}

/// A file as it is stored.
///
/// # Errors
/// When it is not a table of name, sha256, size and media.
pub(crate) fn file(value: &Value) -> Result<Value, String> {
    const FORM: &str = "a file is a table of `name`, `sha256`, `size` and `media`";
    let file: FileRef =
        serde_json::from_value(value.clone()).map_err(|err| format!("{FORM}: {err}"))?;
    if file.sha256.len() != 64
        || !file.sha256.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
    {
        return Err(format!("{FORM}: `sha256` has 64 hex digits in lower case"));
    }
    Ok(serde_json::to_value(file).expect("a file has text keys only"))
}

/// Each member of a list as it is stored.
///
/// # Errors
/// When it is no list, or a member is wrong.
pub(crate) fn each(
    value: &Value,
    read: impl Fn(&Value) -> Result<Value, String>,
) -> Result<Value, String> {
    match value {
        Value::Array(list) => list.iter().map(read).collect(),
        _ => Err("write a list here".to_owned()),
    }
}

fn text(value: &Value) -> Result<&str, String> {
    match value {
        Value::String(text) if text.contains('\0') => {
            Err("a text with the character U+0000: remove it".to_owned())
        }
        Value::String(text) => Ok(text),
        Value::Number(number) => Err(format!("`{number}` is no text here: write it in quotes")),
        Value::Bool(truth) => Err(format!("`{truth}` is no text here: write it in quotes")),
        _ => Err("write a text here, in quotes".to_owned()),
    }
}

fn truth(value: &Value) -> Result<bool, String> {
    match value {
        Value::Bool(truth) => Ok(*truth),
        other => match text(other)?.trim().to_lowercase().as_str() {
            "yes" | "true" => Ok(true),
            "no" | "false" => Ok(false),
            word => Err(format!("`{word}` is neither yes nor no")),
        },
    }
}

fn integer(value: &Value) -> Result<i64, String> {
    let number = match value {
        Value::Number(number) => number.as_i64(),
        other => text(other)?.trim().parse().ok(),
    };
    number
        .filter(|it| it.unsigned_abs() <= MAX_INTEGER.unsigned_abs())
        .ok_or_else(|| format!("`{}` is not a whole number", plain(value)))
}

fn day(text: &str) -> Result<Date, String> {
    let text = text.trim();
    // A spreadsheet program may turn a day into a midnight.
    let bare = text.strip_suffix(" 00:00").unwrap_or(text);
    // Without digits and dashes only, a date parser would also take a time along and lose it.
    let is_day = !bare.is_empty() && bare.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    let day = if is_day { bare.parse().ok() } else { None };
    day.ok_or_else(|| format!("`{text}` is not a day: write it like `2026-01-31`"))
}

fn choice(options: &'static [ChoiceDef], text: &str) -> Result<&'static str, String> {
    let wanted = fold(text);
    let exact = options.iter().find(|it| it.id == text.trim());
    let found = exact.or_else(|| options.iter().find(|it| fold(it.label) == wanted));
    let found = found.map(|it| it.id);
    found.ok_or_else(|| {
        let known: Vec<&str> = options.iter().map(|it| it.id).collect();
        format!("`{text}` is none of the options: write one of {}", known.join(", "))
    })
}

fn link(resolve: Resolve<'_>, kinds: &[&str], value: &Value) -> Result<Value, String> {
    resolve(kinds, text(value)?).map(|it| Value::from(it.to_string()))
}

fn rating(resolve: Resolve<'_>, value: &Value) -> Result<Value, String> {
    let mut table = object(value)?.clone();
    if let Some(controls) = table.get_mut("controls") {
        *controls = each(controls, |it| link(resolve, &["control"], it))?;
    }
    if let Some(by) = table.get_mut("by") {
        *by = link(resolve, &[], by)?;
    }
    no_nul(value)?;
    let rating: Rating = serde_json::from_value(Value::Object(table))
        .map_err(|err| format!("a rating cannot be read like this: {err}"))?;
    Ok(serde_json::to_value(rating).expect("a rating has text keys only"))
}

fn row(resolve: Resolve<'_>, def: &RowDef, value: &Value) -> Result<Value, String> {
    let mut row = Map::new();
    for (key, value) in object(value)? {
        let Some(field) = def.fields.iter().find(|it| it.name == key) else {
            let known: Vec<&str> = def.fields.iter().map(|it| it.name).collect();
            return Err(format!("a row has no column `{key}`: it has {}", known.join(", ")));
        };
        let value = match value {
            // Some columns must be there, if only as an empty text.
            Value::String(text) if text.is_empty() => Value::from(""),
            value => {
                read(resolve, &field.ty, value).map_err(|err| format!("column `{key}`: {err}"))?
            }
        };
        row.insert(key.clone(), value);
    }
    Ok(Value::Object(row))
}

fn object(value: &Value) -> Result<&Map<String, Value>, String> {
    value.as_object().ok_or_else(|| "write a table of names and values here".to_owned())
}

fn no_nul(value: &Value) -> Result<(), String> {
    match value {
        Value::String(_) => text(value).map(drop),
        Value::Array(list) => list.iter().try_for_each(no_nul),
        Value::Object(table) => table.values().try_for_each(no_nul),
        _ => Ok(()),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
