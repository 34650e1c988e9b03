//! Examples that can be copied.

use axum::http::Method;
use meta::{FieldType, KindDef, Need};
use serde_json::{Map, Value, json};

use crate::api::{Endpoint, Is, Takes};

/// A request as `curl` sends it.
pub(super) fn curl(origin: &str, endpoint: &Endpoint, kind: Option<&'static KindDef>) -> String {
    let def = kind.or_else(|| kinds::kind("risk"));
    let parts = endpoint.path.split('/').map(|part| match part {
        "{org}" => "acme",
        "{kind}" => def.map_or("risk", |it| it.id),
        "{number}" => "12",
        "{entry}" => "41",
        "{field}" => "file",
        "{sha256}" => "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        part => part,
    });
    let path = parts.collect::<Vec<_>>().join("/");
    let mut query: Vec<String> = Vec::new();
    for it in endpoint.query {
        match (it.is, it.name) {
            (Is::Sort, _) => query.push("sort=-changed".to_owned()),
            (_, "limit") if endpoint.name == "list" => query.push("limit=10".to_owned()),
            (_, "name") => query.push("name=assets.csv".to_owned()),
            (_, "from") => query.push("from=2026-01-01".to_owned()),
            (_, "q") if it.needed => query.push("q=mail".to_owned()),
            (_, "dry_run") => query.push("dry_run=true".to_owned()),
            _ => {}
        }
    }
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    let mut out = "curl".to_owned();
    if endpoint.method != Method::GET {
        out.push_str(&format!(" -X {}", endpoint.method));
    }
    out.push_str(" -H \"Authorization: Bearer $TOKEN\"");
    if endpoint.name == "change" {
        out.push_str(" \\\n  -H 'If-Match: \"3\"'");
    }
    match endpoint.takes {
        Takes::Nothing => {}
        Takes::Json(_) => {
            let body = match endpoint.example {
                "" => sent(endpoint, def),
                example => example.to_owned(),
            };
            out.push_str(&format!(" \\\n  -H 'Content-Type: application/json' \\\n  -d '{body}'"));
        }
        Takes::File => out.push_str(" \\\n  --data-binary @assets.csv"),
    }
    out.push_str(&format!(" \\\n  \"{origin}{path}{query}\""));
    out
}

fn sent(endpoint: &Endpoint, def: Option<&'static KindDef>) -> String {
    let Some(def) = def else { return "{}".to_owned() };
    let creates = endpoint.name == "create";
    let mut fields = Map::new();
    for field in def.fields {
        if creates && field.need == Need::Create || fields.is_empty() {
            fields.insert(field.name.to_owned(), value(&field.ty));
        }
    }
    json!({"fields": fields}).to_string()
}

fn value(ty: &FieldType) -> Value {
    match ty {
        FieldType::Text | FieldType::Markdown => json!("A few words"),
        FieldType::Bool => json!(true),
        FieldType::Integer => json!(1),
        FieldType::Decimal => json!("1.5"),
        FieldType::Day => json!("2026-03-31"),
        FieldType::Instant => json!("2026-03-31T14:00:00Z"),
        FieldType::Period => json!("P3M"),
        FieldType::Choice(options) => json!(options.first().map(|it| it.id)),
        FieldType::Choices(options) => json!([options.first().map(|it| it.id)]),
        FieldType::Words => json!(["one", "two"]),
        FieldType::Link(kinds) => named(kinds),
        FieldType::Links(kinds) => json!([named(kinds)]),
        FieldType::File => Value::Null,
        FieldType::Rating => json!({"likelihood": 2}),
        FieldType::Rows(_) => json!([]),
    }
}

fn named(kinds: &[&str]) -> Value {
    let def = kinds.first().and_then(|it| kinds::kind(it));
    json!(format!("{}-1", def.map_or("RISK", |it| it.prefix)))
}
