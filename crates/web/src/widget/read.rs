//! What was typed into a form, as a command wants it.

use std::collections::BTreeMap;

use domain::{Isms, Step, command::New, resolve::Unresolved, text};
use exchange::typed::{Around, Reader};
use meta::{Extras, FieldDef, FieldType, Id, KindDef, Provenance};
use serde_json::{Map, Value, json};

use super::{PREFIX, Wrong, Wrongs, link, rows};
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

/// Reads the fields of a kind that the form holds.
///
/// # Errors
/// When a file cannot be stored.
pub(crate) fn read(
    ask: &Ask,
    fields: impl IntoIterator<Item = &'static FieldDef>,
) -> Result<Read, Problem> {
    let mut read = Read::default();
    for field in fields {
        match read_one(ask, field, &mut read)? {
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
        Value::Array(list) => list.iter().map(bare).collect(),
        Value::Object(map) => {
            let said = map.iter().map(|(name, it)| (name.clone(), bare(it)));
            Value::Object(said.filter(|it| !it.1.is_null()).collect())
        }
        value => value.clone(),
    }
}

fn read_one(
    ask: &Ask,
    field: &'static FieldDef,
    read: &mut Read,
) -> Result<Result<Value, Wrong>, Problem> {
    let name = format!("{PREFIX}{}", field.name);
    if let FieldType::File = field.ty {
        return file(ask, &name, read).map(Ok);
    }
    let mut typing = Typing { ask, made: &mut read.made };
    let given = match typing.given(&field.ty, &name) {
        Ok(given) => given,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let around = Quiet(&read.made);
    let mut reader = Reader { isms: ask.isms(), day: ask.day(), around };
    let of_record = |why: String| {
        // The reader names the field, and the form shows it there already.
        let bare = why.strip_prefix(&format!("`{}`: ", field.name)).map(str::to_owned);
        Wrong { message: bare.unwrap_or(why), ..Wrong::default() }
    };
    Ok(reader.read(field, &given).map_err(of_record))
}

fn file(ask: &Ask, name: &str, read: &mut Read) -> Result<Value, Problem> {
    if let Some(upload) = ask.uploads.iter().find(|it| it.field == name && it.size > 0) {
        let organization = &ask.place()?.organization;
        let (file, stored) =
            organization.store_file(&upload.name, upload.media, &mut upload.open()?)?;
        read.files.push(stored);
        return Ok(json!(file));
    }
    if ask.form.has(&format!("{name}.drop")) {
        return Ok(Value::Null);
    }
    let kept = ask.form.said(&format!("{name}.kept"));
    Ok(kept.and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default())
}

/// Gathers what the inputs of one field say, with links as ids.
struct Typing<'a> {
    ask: &'a Ask,
    made: &'a mut Vec<Made>,
}

impl Typing<'_> {
    fn given(&mut self, ty: &FieldType, name: &str) -> Result<Value, Wrong> {
        let form = &self.ask.form;
        Ok(match ty {
            FieldType::Link(kinds) => match form.said(name) {
                Some(typed) => json!(self.link(kinds, name, typed)?),
                None => Value::Null,
            },
            FieldType::Links(kinds) => {
                let mut list = Vec::new();
                let typed: Vec<String> = form.all(name).map(|it| it.trim().to_owned()).collect();
                for typed in typed.iter().filter(|it| !it.is_empty()) {
                    let link = json!(self.link(kinds, name, typed)?);
                    if !list.contains(&link) {
                        list.push(link);
                    }
                }
                listed(list)
            }
            FieldType::Choices(_) => listed(form.all(name).map(Value::from).collect()),
            FieldType::Words => {
                let lines = form.all(name).flat_map(str::lines).map(str::trim);
                listed(lines.filter(|it| !it.is_empty()).map(Value::from).collect())
            }
            FieldType::Rating => self.rating(name)?,
            FieldType::Rows(def) => {
                let mut list = Vec::new();
                for at in 0..rows::count(name, form) {
                    let mut row = Map::new();
                    for field in def.fields {
                        let value =
                            self.given(&field.ty, &format!("{name}.{at}.{}", field.name))?;
                        if !is_nothing(&value) {
                            row.insert(field.name.to_owned(), value);
                        }
                    }
                    if !row.is_empty() {
                        list.push(Value::Object(row));
                    }
                }
                listed(list)
            }
            _ => match form.get(name) {
                Some(text) if !text.trim().is_empty() => json!(text.trim()),
                _ => Value::Null,
            },
        })
    }

    fn rating(&mut self, name: &str) -> Result<Value, Wrong> {
        let form = &self.ask.form;
        let mut rating = Map::new();
        for part in ["likelihood", "rationale", "source", "confidence", "by", "on"] {
            if let Some(text) = form.said(&format!("{name}.{part}")) {
                rating.insert(part.to_owned(), json!(text));
            }
        }
        let start = format!("{name}.c.");
        let ranks: BTreeMap<String, Value> = form
            .pairs()
            .filter_map(|(it, rank)| Some((it.strip_prefix(&start)?, rank.trim())))
            .filter(|it| !it.1.is_empty())
            .map(|(criterion, rank)| (criterion.to_owned(), json!(rank)))
            .collect();
        if !ranks.is_empty() {
            rating
                .insert("consequences".to_owned(), ranks.into_iter().collect::<Map<_, _>>().into());
        }
        let controls = self.given(&FieldType::Links(&["control"]), &format!("{name}.controls"))?;
        if !is_nothing(&controls) {
            rating.insert("controls".to_owned(), controls);
        }
        Ok(if rating.is_empty() { Value::Null } else { Value::Object(rating) })
    }

    /// The id that a typed link means; of a record to be made, where that was ticked.
    fn link(&mut self, kinds: &[&'static str], name: &str, typed: &str) -> Result<String, Wrong> {
        let sight = self.ask.sight();
        let why = match link::pick(&sight, kinds, typed) {
            Ok(link) => return Ok(link.to_string()),
            Err(why) => why,
        };
        let possible: Vec<&'static str> =
            kinds.iter().copied().filter(|it| self.ask.may_make(it)).collect();
        let wanted = self.ask.form.get(&format!("make.{name}"));
        if let (Unresolved::Unknown, Some(kind)) = (&why, wanted)
            && let Some(kind) = possible.iter().find(|it| **it == kind)
            && let Some(kind) = kinds::kind(kind)
        {
            if let Some(made) =
                self.made.iter().find(|it| it.title == typed && it.kind.id == kind.id)
            {
                return Ok(made.id.to_string());
            }
            let made = Made { id: app::fresh_id(), kind, title: typed.to_owned() };
            let id = made.id.to_string();
            self.made.push(made);
            return Ok(id);
        }
        Err(self.unknown(kinds, typed, &why, possible))
    }

    fn unknown(
        &self,
        kinds: &[&'static str],
        typed: &str,
        why: &Unresolved,
        possible: Vec<&'static str>,
    ) -> Wrong {
        let sight = self.ask.sight();
        match why {
            Unresolved::Ambiguous(ids) => {
                let named = ids.iter().filter_map(|it| sight.get(*it)).take(6);
                Wrong {
                    message: format!("`{typed}` may be several: name one by its number"),
                    candidates: named.map(text::called).collect(),
                    could_make: Vec::new(),
                }
            }
            Unresolved::Unknown => {
                let labels: Vec<String> = kinds
                    .iter()
                    .filter_map(|it| kinds::kind(it))
                    .map(|it| it.label.to_lowercase())
                    .collect();
                let what =
                    if labels.is_empty() { "record".to_owned() } else { labels.join(" or ") };
                let looked: Vec<&'static str> = if kinds.is_empty() {
                    kinds::KINDS.iter().map(|it| it.id).collect()
                } else {
                    kinds.to_vec()
                };
                Wrong {
                    message: format!("there is no {what} called `{typed}`"),
                    candidates: near(&sight, &looked, typed),
                    could_make: possible,
                }
            }
        }
    }
}

/// Records whose title holds what was typed, a few.
fn near(sight: &domain::access::Sight<'_>, kinds: &[&str], typed: &str) -> Vec<String> {
    let needle = domain::resolve::fold(typed);
    if needle.len() < 2 {
        return Vec::new();
    }
    let rows = kinds.iter().flat_map(|it| sight.rows(it)).filter(|it| !it.head.withdrawn);
    let found = rows.filter(|it| domain::resolve::fold(it.title()).contains(&needle));
    found.take(5).map(text::called).collect()
}

fn listed(list: Vec<Value>) -> Value {
    if list.is_empty() { Value::Null } else { Value::Array(list) }
}

fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|it| it.trim().is_empty())
}

/// Links are ids by now, perhaps of records that will be made by the same command.
struct Quiet<'a>(&'a [Made]);

impl Around for Quiet<'_> {
    fn not_found(&self, _: &Isms, _: &[&str], text: &str, _: Unresolved) -> String {
        format!("there is no record `{text}`")
    }

    fn file(&mut self, _: &str) -> Result<Value, String> {
        Err("bring the file itself".to_owned())
    }

    fn is_coming(&self, id: Id) -> bool {
        self.0.iter().any(|it| it.id == id)
    }
}
