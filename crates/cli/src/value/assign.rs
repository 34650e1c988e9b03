//! `--set field=value`, `--add`, `--remove` and `--clear`.

use meta::{FieldType, KindDef, Record};
use serde_json::{Map, Value, json};

use super::Reader;
use crate::{place::Desk, stop::refused};

/// Fields typed on the command line.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Assign {
    /// Set a field; lists by `;` or by repeating it: `--set owner="Head of IT"`.
    #[arg(long, value_name = "FIELD=VALUE")]
    pub set: Vec<String>,
    /// Read fields from a TOML or JSON file; `-` reads standard input.
    #[arg(long, value_name = "FILE")]
    pub from: Option<std::path::PathBuf>,
    /// Label it; may be repeated.
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
}

/// The fields that assignments make, as a command wants them; `before` is what a part of a rating
/// is put into.
///
/// # Errors
/// The first assignment that makes no sense.
pub fn assign(
    reader: &mut Reader<'_>,
    def: &KindDef,
    before: Option<&Record>,
    given: &Assign,
) -> anyhow::Result<Map<String, Value>> {
    let mut fields = Map::new();
    if let Some(path) = &given.from {
        for (name, value) in super::read_file(path)? {
            let field = reader.field(def, &name).map_err(refused)?;
            fields.insert(field.name.to_owned(), reader.read(field, &value).map_err(refused)?);
        }
    }
    let mut seen = Vec::new();
    for text in &given.set {
        let (path, value) = split(text)?;
        let (name, part) = match path.split_once('.') {
            Some((name, part)) => (name, Some(part)),
            None => (path, None),
        };
        let field = reader.field(def, name).map_err(refused)?;
        let kept = match part {
            Some(part) if matches!(field.ty, FieldType::Rating) => {
                let so_far = fields.remove(field.name).or_else(|| body(before, field.name));
                let with = rating_with(so_far, part, value);
                reader.read(field, &with).map_err(refused)?
            }
            Some(part) => {
                return Err(refused(format!("`{name}` has no part `{part}`: set it as a whole")));
            }
            None => {
                let read = reader.read(field, &json!(value)).map_err(refused)?;
                match fields.remove(field.name).filter(|_| seen.contains(&field.name)) {
                    Some(first) if field.ty.is_list() => joined(first, read),
                    _ => read,
                }
            }
        };
        seen.push(field.name);
        fields.insert(field.name.to_owned(), kept);
    }
    Ok(fields)
}

/// A list field with members added and taken out.
///
/// # Errors
/// When the field is no list, or a value makes no sense.
pub fn adjust(
    desk: &Desk,
    record: &Record,
    fields: &mut Map<String, Value>,
    add: &[String],
    remove: &[String],
) -> anyhow::Result<()> {
    let mut reader = Reader::new(desk);
    for (text, adds) in add.iter().map(|it| (it, true)).chain(remove.iter().map(|it| (it, false))) {
        let (name, value) = split(text)?;
        let field = reader.field(record.def(), name).map_err(refused)?;
        if !field.ty.is_list() {
            let name = field.name;
            return Err(refused(format!("`{name}` holds one value: use --set {name}=…")));
        }
        let read = reader.read(field, &json!(value)).map_err(refused)?;
        let now = fields.remove(field.name).or_else(|| body(Some(record), field.name));
        let now = now.filter(Value::is_array).unwrap_or_else(|| json!([]));
        let after = if adds { joined(now, read) } else { without(&now, &read) };
        fields.insert(field.name.to_owned(), after);
    }
    Ok(())
}

fn split(text: &str) -> anyhow::Result<(&str, &str)> {
    let parts = text.split_once('=').map(|(name, value)| (name.trim(), value));
    parts.filter(|it| !it.0.is_empty()).ok_or_else(|| {
        refused(format!("`{text}` is no assignment: write it like owner=\"Head of IT\""))
    })
}

fn body(record: Option<&Record>, field: &str) -> Option<Value> {
    record?.body.json().get(field).cloned().filter(|it| !it.is_null())
}

/// A rating with one part set; a part that is no part of ratings is a criterion.
fn rating_with(before: Option<Value>, part: &str, value: &str) -> Value {
    let mut rating = match before {
        Some(Value::Object(rating)) => rating,
        _ => Map::new(),
    };
    let criterion = part.strip_prefix("consequences.").unwrap_or(part);
    const PARTS: [&str; 7] =
        ["likelihood", "rationale", "source", "confidence", "controls", "by", "on"];
    if PARTS.contains(&part) {
        rating.insert(part.to_owned(), json!(value));
        return Value::Object(rating);
    }
    let list = rating.entry("consequences").or_insert_with(|| json!([]));
    if let Some(list) = list.as_array_mut() {
        list.retain(|it| it.get("criterion").and_then(Value::as_str) != Some(criterion));
        list.push(json!({"criterion": criterion, "rank": value}));
    }
    Value::Object(rating)
}

fn joined(first: Value, second: Value) -> Value {
    let (Value::Array(mut list), Value::Array(more)) = (first, second) else {
        return Value::Null;
    };
    for it in more {
        if !list.contains(&it) {
            list.push(it);
        }
    }
    Value::Array(list)
}

fn without(list: &Value, gone: &Value) -> Value {
    let gone = gone.as_array().cloned().unwrap_or_default();
    let kept = list.as_array().into_iter().flatten().filter(|it| !gone.contains(it));
    Value::Array(kept.cloned().collect())
}
