//! What was typed into a form, as a command wants it.

use std::collections::BTreeMap;

use domain::{Isms, Step, command::New, resolve::Unresolved, text};
use exchange::typed::{Around, Reader};
use meta::{Extras, FieldDef, FieldType, Id, KindDef, Provenance, Record, RowDef};
use serde_json::{Map, Value, json};

use super::{PREFIX, Wrong, Wrongs, grid, inputs, link, rows};
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
            FieldType::Choices(_) => {
                listed(form.all(name).filter(|it| !it.is_empty()).map(Value::from).collect())
            }
            FieldType::Words => {
                let lines = form.all(name).flat_map(str::lines).map(str::trim);
                listed(lines.filter(|it| !it.is_empty()).map(Value::from).collect())
            }
            FieldType::Rating => self.rating(name)?,
            FieldType::Rows(def) if grid::is_of(def) && grid::rows(name, form).is_some() => {
                listed(grid::rows(name, form).unwrap_or_default())
            }
            FieldType::Rows(def) => {
                let places = rows::places(name, form);
                if places.len() > rows::MOST {
                    let most = rows::MOST;
                    return Err(Wrong::new(format!("more than {most} rows do not fit here")));
                }
                let mut list = Vec::new();
                for (shown, at) in places.into_iter().enumerate() {
                    let row = self.row(def, name, at, shown + 1)?;
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

    /// A row; what is wrong in it is said with its number and the cell's label.
    fn row(
        &mut self,
        def: &RowDef,
        name: &str,
        at: u64,
        shown: usize,
    ) -> Result<Map<String, Value>, Wrong> {
        let mut row = Map::new();
        for field in def.fields {
            let input = format!("{name}.{at}.{}", field.name);
            let value = self.given(&field.ty, &input).and_then(|it| self.checked(field, &it));
            let value = value.map_err(|wrong| Wrong {
                message: format!("row {shown}, {}: {}", field.label, wrong.message),
                input: Some(input),
                ..wrong
            })?;
            if !is_nothing(&value) {
                row.insert(field.name.to_owned(), value);
            }
        }
        Ok(row)
    }

    /// What a field holds when given this.
    fn checked(&self, field: &'static FieldDef, given: &Value) -> Result<Value, Wrong> {
        let around = Quiet(self.made);
        let mut reader = Reader { isms: self.ask.isms(), day: self.ask.day(), around };
        reader.read(field, given).map_err(|why| {
            // The reader names the field, and the form shows it there already.
            let bare = why.strip_prefix(&format!("`{}`: ", field.name)).map(str::to_owned);
            Wrong::new(bare.unwrap_or(why))
        })
    }

    fn rating(&mut self, name: &str) -> Result<Value, Wrong> {
        let form = &self.ask.form;
        let mut rating = Map::new();
        for part in ["likelihood", "rationale", "source", "confidence", "on"] {
            if let Some(text) = form.said(&format!("{name}.{part}")) {
                rating.insert(part.to_owned(), json!(text));
            }
        }
        let by = self.given(&FieldType::Link(&["person", "role"]), &format!("{name}.by"))?;
        if !is_nothing(&by) {
            rating.insert("by".to_owned(), by);
        }
        let form = &self.ask.form;
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
        let make = format!("make.{name}");
        let is_wanted = |kind: &&&str| self.ask.form.all(&make).any(|it| it == **kind);
        if let (Unresolved::Unknown, Some(kind)) = (&why, possible.iter().find(is_wanted))
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
                    message: format!("`{}` may be several: name one by its number", start(typed)),
                    candidates: named.map(text::called).collect(),
                    ..Wrong::default()
                }
            }
            Unresolved::Unknown => {
                let what = inputs::what(kinds);
                let looked: Vec<&'static str> = if kinds.is_empty() {
                    kinds::KINDS.iter().map(|it| it.id).collect()
                } else {
                    kinds.to_vec()
                };
                Wrong {
                    message: format!("there is no {what} called `{}`", start(typed)),
                    candidates: near(&sight, &looked, typed),
                    could_make: possible,
                    input: None,
                }
            }
        }
    }
}

/// Records whose title holds what was typed, a few.
fn near(sight: &domain::access::Sight<'_>, kinds: &[&str], typed: &str) -> Vec<String> {
    let needle = domain::resolve::fold(typed);
    if !(2..200).contains(&needle.len()) {
        return Vec::new();
    }
    let rows = kinds.iter().flat_map(|it| sight.rows(it)).filter(|it| !it.head.withdrawn);
    let found = rows.filter(|it| domain::resolve::fold(it.title()).contains(&needle));
    found.take(5).map(text::called).collect()
}

/// The beginning of a text, for a sentence about it.
fn start(text: &str) -> String {
    let mut chars = text.chars();
    let start: String = chars.by_ref().take(80).collect();
    if chars.next().is_some() { format!("{start}…") } else { start }
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
