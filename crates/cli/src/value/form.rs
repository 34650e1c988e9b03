//! A record in a form that is read back: JSON for programs, TOML for an editor.

use domain::{
    Isms,
    text::{self, Links},
};
use meta::{Body, Cell, FieldType, Rating, Record};
use serde_json::{Map, Value, json};

/// A cell as a JSON value with links by id, number and title.
pub fn cell(isms: &Isms, cell: Cell<'_>) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Bool(is) => json!(is),
        Cell::Integer(number) => json!(number),
        Cell::Period(period) => json!(period.to_string()),
        Cell::Choice(choice) => json!(choice.id),
        Cell::Link(link) => {
            let record = isms.get(link.id);
            json!({
                "id": link.to_string(), "number": text::of_link(isms, link, Links::Numbers),
                "title": record.map(Record::title),
            })
        }
        Cell::File(file) => json!(file),
        Cell::Rating(rating) => of_rating(isms, rating, &|link| self::cell(isms, Cell::Link(link))),
        Cell::Row(row) => {
            let fields = row.fields().iter().enumerate();
            let cells = fields.map(|(at, it)| (it.name.to_owned(), self::cell(isms, row.cell(at))));
            Value::Object(cells.filter(|it| !it.1.is_null()).collect())
        }
        Cell::Many(_) => cell.each().map(|it| self::cell(isms, it)).collect(),
        Cell::Text(_) | Cell::Decimal(_) | Cell::Day(_) | Cell::Instant(_) => {
            json!(text::of(isms, cell, Links::Numbers))
        }
    }
}

/// A record as a JSON object: its envelope, and its fields under `fields`.
pub fn record_json(isms: &Isms, record: &Record) -> Value {
    let head = &record.head;
    let fields: Map<String, Value> = record
        .def()
        .fields
        .iter()
        .enumerate()
        .map(|(at, it)| (it.name.to_owned(), cell(isms, Body::cell(&record.body, at))))
        .filter(|(_, it)| !it.is_null())
        .collect();
    json!({
        "id": head.id, "number": record.name(), "kind": record.def().id,
        "stage": record.stage().id, "version": head.version,
        "provenance": head.provenance.id(), "withdrawn": head.withdrawn,
        "created": head.created, "changed": head.changed,
        "title": record.title(), "fields": fields, "extras": head.extras,
    })
}

/// A record as TOML for an editor: what it holds, and what it could hold as comments.
pub fn form(isms: &Isms, record: &Record) -> String {
    let mut out = format!(
        "# {}: change what you like and save. Fields that you delete stay as they are;\n\
         # to clear one, leave its text empty.\n",
        text::called(record)
    );
    for (at, field) in record.def().fields.iter().enumerate() {
        out.push('\n');
        let help = field.help.split_once(". ").map_or(field.help, |it| it.0);
        out.push_str(&format!("# {}: {}\n", field.label, help.replace('\n', " ")));
        if let FieldType::Choice(options) | FieldType::Choices(options) = field.ty {
            let ids: Vec<&str> = options.iter().map(|it| it.id).collect();
            out.push_str(&format!("# One of: {}\n", ids.join(", ")));
        }
        match plain(isms, Body::cell(&record.body, at)) {
            Value::Null => out.push_str(&format!("# {} = {}\n", field.name, empty(&field.ty))),
            value => out.push_str(&assignment(field.name, &value)),
        }
    }
    out
}

fn empty(ty: &FieldType) -> &'static str {
    match ty {
        FieldType::Bool => "true",
        FieldType::Integer => "0",
        FieldType::Rating => "{likelihood = 0, consequences = {money = 0}, rationale = \"\"}",
        ty if ty.is_list() => "[]",
        _ => "\"\"",
    }
}

fn assignment(name: &str, value: &Value) -> String {
    match value {
        Value::String(text) if text.contains('\n') && !text.contains("'''") => {
            let ends = if text.ends_with('\n') { "" } else { "\\" };
            match (ends, text.contains(['\\', '"'])) {
                ("", _) | (_, true) => format!("{name} = '''\n{text}'''\n"),
                _ => format!("{name} = \"\"\"\n{text}\"\"\"\n"),
            }
        }
        Value::Array(list) if !list.is_empty() => {
            let members: Vec<String> =
                list.iter().map(|it| format!("  {},\n", inline(it))).collect();
            format!("{name} = [\n{}]\n", members.concat())
        }
        value => format!("{name} = {}\n", inline(value)),
    }
}

fn inline(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let members = map.iter().map(|(name, it)| format!("{} = {}", key(name), inline(it)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(list) => {
            let members: Vec<String> = list.iter().map(inline).collect();
            format!("[{}]", members.join(", "))
        }
        Value::String(text) => toml::Value::String(text.clone()).to_string(),
        other => other.to_string(),
    }
}

fn key(name: &str) -> String {
    let bare = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '-';
    match !name.is_empty() && name.chars().all(bare) {
        true => name.to_owned(),
        false => toml::Value::String(name.to_owned()).to_string(),
    }
}

/// A cell with links by number, as people type it.
fn plain(isms: &Isms, cell: Cell<'_>) -> Value {
    match cell {
        Cell::Link(link) => json!(text::of_link(isms, link, Links::Numbers)),
        Cell::Rating(rating) => {
            of_rating(isms, rating, &|link| json!(text::of_link(isms, link, Links::Numbers)))
        }
        Cell::Period(period) => json!(period.words()),
        Cell::Row(row) => {
            let fields = row.fields().iter().enumerate();
            let cells = fields.map(|(at, it)| (it.name.to_owned(), plain(isms, row.cell(at))));
            Value::Object(cells.filter(|it| !it.1.is_null()).collect())
        }
        Cell::Many(_) => cell.each().map(|it| plain(isms, it)).collect(),
        other => self::cell(isms, other),
    }
}

fn of_rating(_: &Isms, rating: &Rating, link: &dyn Fn(meta::Link) -> Value) -> Value {
    let mut map = Map::new();
    let mut put = |name: &str, value: Value| {
        let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !is_empty {
            map.insert(name.to_owned(), value);
        }
    };
    put("likelihood", json!(rating.likelihood));
    put("consequences", json!(rating.consequences));
    put("rationale", json!(rating.rationale));
    put("source", json!(rating.source));
    put("confidence", json!(rating.confidence));
    put("controls", rating.controls.iter().map(|it| link(*it)).collect());
    put("by", rating.by.map_or(Value::Null, link));
    put("on", json!(rating.on.map(|it| it.to_string())));
    Value::Object(map)
}
