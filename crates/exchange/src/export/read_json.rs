//! Records as JSON objects, and back.

use std::collections::{BTreeMap, BTreeSet};

use domain::View;
use meta::{Id, KindDef, Record, Texts};
use serde_json::{Map, Value};

use super::{
    Names, Node, ReadBack,
    said::{self, Part},
    take::{Row, Said, Taking},
};
use crate::{Error, Limits};

const KEYS: [&str; 10] = [
    "id",
    "number",
    "kind",
    "stage",
    "version",
    "provenance",
    "withdrawn",
    "title",
    "body",
    "extras",
];

/// A record as an object of an exported list.
pub(super) fn node(names: &Names<'_>, record: &Record) -> Node {
    let text = |text: &str| Node::Text(text.to_owned());
    let mut body = Vec::new();
    for (part, node) in said::of(names, record) {
        if let Part::Field(at) = part {
            body.push((record.def().fields[at].name, node));
        }
    }
    let mut object = vec![
        ("id", Node::Text(record.head.id.to_string())),
        ("number", Node::Text(record.name())),
        ("kind", text(record.def().id)),
        ("stage", text(record.stage().id)),
        ("version", Node::Integer(record.head.version.into())),
        ("provenance", text(record.head.provenance.id())),
        ("withdrawn", Node::Bool(record.head.withdrawn)),
        ("title", text(record.title())),
        ("body", Node::table(body)),
    ];
    object.extend(extras(record).map(|it| ("extras", it)));
    Node::table(object)
}

/// What an exported JSON file asks for when it comes back, as [`read_back`](super::read_back) does
/// for sheets. Fields that an object's `body` leaves out are emptied; `provenance`, `title`, and in
/// `extras` the rows of imports and confirmations are never read.
///
/// # Errors
/// Everything that is wrong, with its place in the list: then there is nothing to do.
pub fn read_back_json(
    view: View<'_>,
    bytes: &[u8],
    ids: &mut dyn FnMut() -> Id,
) -> Result<ReadBack, Error> {
    let limit = Limits::default().bytes;
    if bytes.len() > limit {
        return Err(Error::TooLarge { bytes: bytes.len(), limit });
    }
    let names = Names::new(view.isms);
    let mut taking = Taking::new(view, &names, ids);
    match serde_json::from_slice(bytes) {
        Ok(Value::Array(list)) => {
            for (at, value) in list.iter().enumerate() {
                let place = format!("record {} of the list", at + 1);
                match read(view, value, place.clone()) {
                    Ok((def, row)) => taking.take(def, &row),
                    Err(message) => taking.fault(place, message),
                }
            }
        }
        Ok(_) => {
            taking.fault("the file", "it is no JSON list of records: export one to see its form")
        }
        Err(err) => taking.fault("the file", format!("it is no JSON ({err}): correct it there")),
    }
    taking.finish()
}

fn extras(record: &Record) -> Option<Node> {
    let extras = record.head.extras.as_deref()?;
    let text = |text: &String| Node::Text(text.clone());
    let mut table = Vec::new();
    if !extras.columns.is_empty() {
        table.push(("columns", texts(&extras.columns)));
    }
    if !extras.imported.is_empty() {
        let imported = extras.imported.iter().map(|it| {
            let row = ("row", texts(&it.row));
            Node::table([("register", text(&it.register)), ("key", text(&it.key)), row])
        });
        table.push(("imported", Node::List(imported.collect())));
    }
    if !extras.tags.is_empty() {
        table.push(("tags", Node::List(extras.tags.iter().map(text).collect())));
    }
    table.extend(extras.external_id.iter().map(|it| ("external_id", text(it))));
    if let Some(confirmed) = &extras.confirmed {
        let by = ("by", Node::Text(confirmed.by.to_string()));
        table.push(("confirmed", Node::table([by, ("on", Node::Day(confirmed.on))])));
    }
    if !extras.attachments.is_empty() {
        table
            .push(("attachments", Node::List(extras.attachments.iter().map(Node::file).collect())));
    }
    table.extend(extras.stub.map(|it| ("stub", Node::Bool(it))));
    (!table.is_empty()).then(|| Node::table(table))
}

fn texts(texts: &Texts) -> Node {
    Node::Table(texts.iter().map(|(key, it)| (key.to_owned(), Node::Text(it.to_owned()))).collect())
}

fn read(view: View<'_>, value: &Value, place: String) -> Result<(&'static KindDef, Row), String> {
    let object = value.as_object().ok_or("it is no object")?;
    if let Some(key) = object.keys().find(|it| !KEYS.contains(&it.as_str())) {
        return Err(format!("`{key}` is unknown here: there are {}", KEYS.join(", ")));
    }
    let text = |key: &str| match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("`{key}` is no text")),
    };
    let kind = text("kind")?.ok_or("it has no `kind`")?;
    let def = kinds::KINDS.iter().copied().find(|it| it.id == kind);
    let def = def.ok_or_else(|| format!("there is no kind `{kind}`"))?;
    let (number, stage) = (text("number")?, text("stage")?);
    if let Some(stage) = stage.as_deref().filter(|it| def.stage(it).is_none()) {
        let known: Vec<&str> = def.stages.iter().map(|it| it.id).collect();
        return Err(format!("`{stage}` is not a stage: write one of {}", known.join(", ")));
    }
    let withdrawn = match object.get("withdrawn") {
        None | Some(Value::Null) => None,
        Some(Value::Bool(it)) => Some(*it),
        Some(_) => return Err("`withdrawn` is neither true nor false".to_owned()),
    };
    let mut said = BTreeMap::new();
    for at in 0..def.fields.len() {
        said.insert(Part::Field(at), Said::Json(Value::Null));
    }
    for (key, value) in part(object, "body")?.into_iter().flatten() {
        let Some((at, _)) = def.field(key) else {
            let known: Vec<&str> = def.fields.iter().map(|it| it.name).collect();
            return Err(format!("`body` has no field `{key}`: it has {}", known.join(", ")));
        };
        said.insert(Part::Field(at), Said::Json(value.clone()));
    }
    let record = number
        .as_deref()
        .and_then(|it| view.isms.numbered(def.id, it.rsplit_once('-')?.1.parse().ok()?));
    let before = record.and_then(|it| it.head.extras.as_deref());
    let headers: BTreeSet<&str> = before.iter().flat_map(|it| it.columns.headers()).collect();
    if let Some(extras) = part(object, "extras")? {
        for it in headers {
            said.insert(Part::Column(it.to_owned()), Said::Json(Value::Null));
        }
        read_extras(extras, &mut said)?;
    }
    let version = object.get("version").filter(|it| !it.is_null()).map(ToString::to_string);
    let row = Row { place, number, id: text("id")?, version, stage, withdrawn, said };
    Ok((def, row))
}

fn part<'v>(
    object: &'v Map<String, Value>,
    key: &str,
) -> Result<Option<&'v Map<String, Value>>, String> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(map)) => Ok(Some(map)),
        Some(_) => Err(format!("`{key}` is no object")),
    }
}

fn read_extras(extras: &Map<String, Value>, said: &mut BTreeMap<Part, Said>) -> Result<(), String> {
    for (key, part) in [
        ("tags", Part::Tags),
        ("external_id", Part::ExternalId),
        ("attachments", Part::Attachments),
    ] {
        let value = extras.get(key).cloned().unwrap_or_default();
        said.insert(part, Said::Json(value));
    }
    for (key, value) in extras {
        match key.as_str() {
            "tags" | "external_id" | "attachments" | "imported" | "confirmed" | "stub" => {}
            "columns" => {
                for (header, value) in value.as_object().ok_or("`columns` is no object")? {
                    said.insert(Part::Column(header.clone()), Said::Json(value.clone()));
                }
            }
            other => return Err(format!("`extras` has no `{other}`")),
        }
    }
    Ok(())
}
