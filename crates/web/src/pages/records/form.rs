//! The form of a record: new and edit. What is wrong, and what somebody else saved first, is shown
//! on a [`Sheet`] with everything that was typed.

mod sheet;

use axum::http::StatusCode;
use domain::{
    Command, Step,
    access::{self, Act, On},
    command::{Edit, New},
    risk,
};
use kinds::{Kind, risk::Risk};
use meta::{Extras, FieldDef, KindDef, Need, Provenance, Record};
use serde_json::{Map, Value};

use self::sheet::Sheet;
use crate::{
    Answer, Ask, Problem,
    form::Form,
    widget,
    widget::{Read, Wrong, Wrongs},
};

/// The form of a new record; the query may fill fields: `?f.title=…`.
pub(super) fn new(ask: &Ask) -> Result<Answer, Problem> {
    let def = ask.kind()?;
    ask.must(Act::Create, On::Kind(def))?;
    let mut form = widget::with_links_shown(&ask.sight(), def, &ask.query);
    if def.id == Risk::ID && !form.has("f.method") {
        // What is rated now is rated by what is in force now.
        form.push("f.method", method_now(ask).unwrap_or_default());
        form = widget::with_links_shown(&ask.sight(), def, &form);
    }
    Ok(Sheet::of(def, None, form).page(ask)?.into())
}

/// Markdown as the page of a record will show it: a part of the form that our script asks for.
pub(super) fn preview(ask: &Ask) -> Result<Answer, Problem> {
    Ok(Answer::Part(crate::words::markdown(ask.form.get("text").unwrap_or_default())))
}

/// Makes a record.
pub(super) fn create(ask: &Ask) -> Result<Answer, Problem> {
    let def = ask.kind()?;
    ask.must(Act::Create, On::Kind(def))?;
    let mut sheet = Sheet::of(def, None, ask.form.clone());
    if ask.form.has(widget::MORE) {
        return Ok(sheet.page(ask)?.into());
    }
    // A form carries the id of what it makes: sent twice, it makes one.
    let carried = ask.form.said(sheet::MAKES).and_then(|it| it.parse().ok());
    if let Some(made) = carried.and_then(|id| ask.sight().get(id)) {
        return Ok(sheet.sent_before(made).page(ask)?.into());
    }
    let mut read = widget::read(ask, written(ask, def, None))?;
    let needed = def.fields.iter().filter(|it| it.need == Need::Create);
    let missing = needed.filter(|it| read.fields.get(it.name).is_none_or(Value::is_null));
    let missing = missing.map(|it| (it.name.to_owned(), Wrong::new("is needed: fill it in")));
    let missing: Wrongs = missing.collect();
    if !read.wrongs.is_empty() {
        // All at once: who mends one field shall not learn of the next only then.
        missing.into_iter().for_each(|(name, it)| {
            read.wrongs.entry(name).or_insert(it);
        });
        return Ok(sheet.refused(read.wrongs).page(ask)?.into());
    }
    let id = carried.unwrap_or_else(app::fresh_id);
    let fields = read.fields.iter().filter(|it| !it.1.is_null());
    let new = New {
        id,
        kind: def.id.to_owned(),
        fields: fields.map(|(name, it)| (name.clone(), it.clone())).collect(),
        stage: None,
        provenance: Provenance::Person,
        extras: Extras {
            tags: tags(ask.form.get("tags").unwrap_or_default()),
            ..Extras::default()
        },
    };
    match send(ask, &read, Step::New(new)) {
        Ok(receipt) => {
            let record = receipt.isms.get(id).ok_or(Problem::NotFound)?;
            let to = match (ask.form.has("again"), back(ask)) {
                (true, _) => ask.to(&format!("/{}/new", def.id)),
                (false, Some(back)) => back,
                (false, None) => ask.to_record(record),
            };
            let said = format!("{} is made.", domain::text::called(record));
            Ok(Answer::done(to, said, Some(receipt.seq)))
        }
        // Of half a record nobody can say whose it is to make.
        Err(problem) if problem.status() == StatusCode::FORBIDDEN && !missing.is_empty() => {
            Ok(sheet.refused(missing).page(ask)?.into())
        }
        Err(problem) => {
            sheet.take(problem)?;
            Ok(sheet.page(ask)?.into())
        }
    }
}

/// The edition of the method in force, as a form names it.
pub(super) fn method_now(ask: &Ask) -> Option<String> {
    let newest = risk::method_in_force(ask.view())?.record;
    Some(format!("{}@{}", newest.name(), newest.head.version))
}

/// The form of a record; the query may fill fields of it: `?f.method=…`.
pub(super) fn edit(ask: &Ask) -> Result<Answer, Problem> {
    let record = ask.record()?;
    ask.must(Act::Edit, On::Record(record))?;
    let asked = widget::with_links_shown(&ask.sight(), record.def(), &ask.query);
    let asked = asked.without(|it| !it.starts_with(widget::PREFIX));
    let mut form = widget::filled(&ask.sight(), record.def(), &body_of(record));
    form = form.without(|it| asked.has(it));
    asked.pairs().for_each(|(name, value)| form.push(name, value));
    form.push("tags", tags_of(record).join(", "));
    Ok(Sheet::of(record.def(), Some(record), form).page(ask)?.into())
}

/// Changes a record: only the fields that differ are written.
pub(super) fn update(ask: &Ask) -> Result<Answer, Problem> {
    let record = ask.record()?;
    ask.must(Act::Edit, On::Record(record))?;
    let def = record.def();
    let seen = ask.form.said("version").and_then(|it| it.parse().ok());
    let mut sheet = Sheet::of(def, Some(record), typed(ask, record));
    sheet.version = seen.or(sheet.version);
    if ask.form.has(widget::MORE) {
        return Ok(sheet.page(ask)?.into());
    }
    let read = widget::read_over(ask, written(ask, def, Some(record)), Some(record))?;
    if !read.wrongs.is_empty() {
        return Ok(sheet.refused(read.wrongs).page(ask)?.into());
    }
    let stale = seen.filter(|it| *it != record.head.version);
    let before = match stale {
        Some(version) => past_body(ask, record, version)?,
        None => body_of(record),
    };
    let mut mine = widget::written(read.fields.clone(), &before);
    // Beside what somebody else wrote first stands a choice of whose is kept.
    mine.retain(|name, _| ask.form.get(&format!("keep.{name}")) != Some("theirs"));
    if stale.is_some() {
        let theirs = widget::written(body_with_nulls(record), &before);
        let is_both = |it: &&FieldDef| match (mine.get(it.name), theirs.get(it.name)) {
            (Some(mine), Some(theirs)) => widget::bare(mine) != widget::bare(theirs),
            _ => false,
        };
        let both: Vec<&'static FieldDef> = def.fields.iter().filter(is_both).collect();
        if !both.is_empty() {
            return Ok(sheet.conflict(ask, record, &both, &mine).page(ask)?.into());
        }
        mine.retain(|name, _| !theirs.contains_key(name));
    }
    let extras = new_extras(ask, record);
    if mine.is_empty() && extras.is_none() {
        return Ok(Answer::done(ask.to_record(record), "Nothing was changed.", None));
    }
    let edit = Edit {
        record: record.head.id,
        version: Some(record.head.version),
        fields: mine,
        extras,
        provenance: Provenance::Person,
    };
    match send(ask, &read, Step::Edit(edit)) {
        Ok(receipt) => {
            let mut said = format!("{} is saved.", domain::text::called(record));
            if stale.is_some() {
                said.push_str(" Somebody else had saved other fields meanwhile; both are kept.");
            }
            let to = back(ask).unwrap_or_else(|| ask.to_record(record));
            Ok(Answer::done(to, said, Some(receipt.seq)))
        }
        Err(problem) => {
            sheet.take(problem)?;
            Ok(sheet.page(ask)?.into())
        }
    }
}

/// What was typed; fields that were not asked for stand as they are in the record.
fn typed(ask: &Ask, record: &Record) -> Form {
    let (mut form, body) = (ask.form.clone(), body_of(record));
    for field in record.def().fields.iter().filter(|it| !widget::is_shown(ask, it)) {
        widget::filled_field(&ask.sight(), field, body.get(field.name), &mut form);
    }
    if !form.has("tags") {
        form.push("tags", tags_of(record).join(", "));
    }
    form
}

fn send(ask: &Ask, read: &Read, step: Step) -> Result<app::Receipt, Problem> {
    let mut steps: Vec<Step> = read.made.iter().map(widget::Made::step).collect();
    steps.push(step);
    let note = ask.form.said("note").map(str::to_owned);
    ask.execute_with(Command { note, steps }, read.files.clone())
}

/// The fields that whoever asks writes: not those that come about by deciding, nor what is said
/// by whoever judges.
fn written(
    ask: &Ask,
    def: &'static KindDef,
    record: Option<&Record>,
) -> impl Iterator<Item = &'static FieldDef> {
    let judges = ask.may(Act::Judge, record.map_or(On::Kind(def), On::Record));
    def.fields.iter().filter(move |it| {
        domain::is_written_by_hand(def, it.name) && (judges || !access::is_judgment(def, it.name))
    })
}

/// The page the form was opened from, where it says so.
fn back(ask: &Ask) -> Option<String> {
    ask.form.said("back").filter(|it| crate::carry::is_local(it)).map(str::to_owned)
}

/// The tags of a text, parted by commas.
pub(super) fn tags(text: &str) -> Vec<String> {
    let all = text.split([',', ';']).map(str::trim);
    all.filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

fn tags_of(record: &Record) -> Vec<String> {
    record.head.extras.as_ref().map(|it| it.tags.clone()).unwrap_or_default()
}

/// What the record carries beside its fields from now on, where the form's tags were changed in
/// it: tags that somebody else set meanwhile stay.
fn new_extras(ask: &Ask, record: &Record) -> Option<Extras> {
    let typed = ask.form.get("tags")?;
    let seen = ask.form.get("tags.seen").unwrap_or_default();
    let wanted = tags(typed);
    if typed == seen || wanted == tags_of(record) {
        return None;
    }
    let extras = record.head.extras.as_deref().cloned().unwrap_or_default();
    Some(Extras { tags: wanted, ..extras })
}

fn body_of(record: &Record) -> Map<String, Value> {
    match widget::bare(&record.body.json()) {
        Value::Object(body) => body,
        _ => Map::new(),
    }
}

fn body_with_nulls(record: &Record) -> Map<String, Value> {
    let body = body_of(record);
    let fields = record.def().fields.iter();
    fields.map(|it| (it.name.to_owned(), body.get(it.name).cloned().unwrap_or_default())).collect()
}

/// The body of an earlier version, as its form saw it; nothing where it was erased, so that every
/// difference is asked about.
fn past_body(ask: &Ask, record: &Record, version: u32) -> Result<Map<String, Value>, Problem> {
    let revisions = ask.place()?.organization.revisions(record.head.id)?;
    let found = revisions.into_iter().find(|it| it.version == version).and_then(|it| it.content);
    let Some(found) = found else { return Ok(Map::new()) };
    let mut stored: Value = serde_json::from_str(&found.text).unwrap_or_default();
    match stored.get_mut("body").map(Value::take) {
        Some(Value::Object(body)) => Ok(body),
        _ => Ok(Map::new()),
    }
}
