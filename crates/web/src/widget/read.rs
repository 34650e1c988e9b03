//! What was typed into a form, as a command wants it.

mod typing;

use domain::{Step, command::New};
use meta::{Extras, FieldDef, FieldType, Id, KindDef, Provenance, Record};
use serde_json::{Map, Value, json};

use self::typing::Typing;
use super::{PREFIX, Wrong, Wrongs, grid};
use crate::{Ask, Problem};

/// What a form says about the fields of a record.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// The fields it said something about; null for those that are empty.
    pub(crate) fields: Map<String, Value>,
    /// Records to be made first, because links name them.
    pub(crate) made: Vec<Made>,
    /// Files that were stored, for the command to name.
    pub(crate) files: Vec<app::FileStored>,
    /// What is wrong.
    pub(crate) wrongs: Wrongs,
}

/// A record to be made because a link names it.
#[derive(Debug)]
pub(crate) struct Made {
    /// Its identity.
    pub(crate) id: Id,
    /// Its kind.
    pub(crate) kind: &'static KindDef,
    /// Its title.
    pub(crate) title: String,
}

impl Made {
    /// The step that makes it.
    pub(crate) fn step(&self) -> Step {
        Step::New(New {
            id: self.id,
            kind: self.kind.id.to_owned(),
            fields: Map::from_iter([("title".to_owned(), json!(self.title))]),
            stage: None,
            provenance: Provenance::Person,
            extras: Extras::default(),
        })
    }
}

/// Reads the fields of a new record that the form shows.
///
/// # Errors
/// When a file cannot be stored.
pub(crate) fn read(
    ask: &Ask,
    fields: impl IntoIterator<Item = &'static FieldDef>,
) -> Result<Read, Problem> {
    read_over(ask, fields, None)
}

/// Reads the fields that the form shows, of a record that is there. What it does not show stays as
/// it is.
///
/// # Errors
/// When a file cannot be stored.
pub(crate) fn read_over(
    ask: &Ask,
    fields: impl IntoIterator<Item = &'static FieldDef>,
    before: Option<&Record>,
) -> Result<Read, Problem> {
    let mut read = Read::default();
    for field in fields.into_iter().filter(|it| is_shown(ask, it)) {
        match read_one(ask, field, before, &mut read)? {
            Ok(value) => {
                read.fields.insert(field.name.to_owned(), value);
            }
            Err(wrong) => {
                read.wrongs.insert(field.name.to_owned(), wrong);
            }
        }
    }
    Ok(read)
}

/// The fields that differ from what is stored.
pub(crate) fn written(read: Map<String, Value>, body: &Map<String, Value>) -> Map<String, Value> {
    let is_other = |(name, value): &(String, Value)| {
        bare(body.get(name).unwrap_or(&Value::Null)) != bare(value)
    };
    read.into_iter().filter(is_other).collect()
}

/// A value without what says nothing in it: a row says `null` for a cell that a form leaves out.
pub(crate) fn bare(value: &Value) -> Value {
    match value {
        Value::Array(list) if list.is_empty() => Value::Null,
        Value::Array(list) => {
            let mut list: Vec<Value> = list.iter().map(bare).collect();
            grid::sort(&mut list);
            Value::Array(list)
        }
        Value::Object(map) => {
            let said = map.iter().map(|(name, it)| (name.clone(), bare(it)));
            let mut said: Map<_, _> = said.filter(|it| !it.1.is_null()).collect();
            // A form asks for the parts of a rating in the order of the method.
            if let Some(Value::Array(list)) = said.get_mut("consequences") {
                list.sort_by_key(Value::to_string);
            }
            Value::Object(said)
        }
        value => value.clone(),
    }
}

fn read_one(
    ask: &Ask,
    field: &'static FieldDef,
    before: Option<&Record>,
    read: &mut Read,
) -> Result<Result<Value, Wrong>, Problem> {
    let name = format!("{PREFIX}{}", field.name);
    if let FieldType::File = field.ty {
        return file(ask, &name, before, read);
    }
    let mut typing = Typing { ask, made: &mut read.made };
    let value = typing.given(&field.ty, &name).and_then(|given| typing.checked(field, &given));
    Ok(match (field.ty, before) {
        (FieldType::Choices(_), Some(before)) => {
            value.map(|it| as_before(it, before.body.json().get(field.name)))
        }
        _ => value,
    })
}

/// Ticked boxes come in the order of the form: the same ones are no change.
fn as_before(value: Value, before: Option<&Value>) -> Value {
    match before {
        Some(before) if is_same_choice(&value, before) => before.clone(),
        _ => value,
    }
}

/// Whether two values are the same, whichever order options were ticked in.
pub(crate) fn is_same_choice(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().all(|it| other.contains(it))
        }
        (one, other) => one == other,
    }
}

/// Whether the form shows a field: it says so, or it holds something for it.
pub(crate) fn is_shown(ask: &Ask, field: &FieldDef) -> bool {
    let listed = ask.form.all(super::SHOWN).any(|it| it.split(' ').any(|it| it == field.name));
    let name = format!("{PREFIX}{}", field.name);
    let is_of = |it: &str| {
        it.strip_prefix(&name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    listed
        || ask.form.pairs().any(|it| is_of(it.0))
        || ask.uploads.iter().any(|it| it.field == name)
}

fn file(
    ask: &Ask,
    name: &str,
    before: Option<&Record>,
    read: &mut Read,
) -> Result<Result<Value, Wrong>, Problem> {
    if let Some(upload) = ask.uploads.iter().find(|it| it.field == name && it.size > 0) {
        let organization = &ask.place()?.organization;
        let (file, stored) =
            organization.store_file(&upload.name, upload.media, &mut upload.open()?)?;
        read.files.push(stored);
        return Ok(Ok(json!(file)));
    }
    let kept = ask.form.said(&format!("{name}.kept"));
    let Some(kept) = kept.filter(|_| !ask.form.has(&format!("{name}.drop"))) else {
        return Ok(Ok(Value::Null));
    };
    // Nobody names a file here that they did not bring.
    let mut known = Vec::new();
    before.iter().for_each(|it| app::named_files(it, &mut |file| known.push(json!(file))));
    let kept: Value = serde_json::from_str(kept).unwrap_or_default();
    Ok(match known.contains(&kept) {
        true => Ok(kept),
        false => Err(Wrong::new("this file is not there any more: choose it again")),
    })
}
