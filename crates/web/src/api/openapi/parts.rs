//! The forms of records: each kind has its own.

use meta::KindDef;
use serde_json::{Map, Value, json};

use super::{
    component,
    schema::{self, Way, id, whole},
};

/// The forms of one kind: its fields, records, lists, what makes one and what changes one.
pub(super) fn of_kind(def: &'static KindDef) -> Vec<(String, Value)> {
    let name = component(def);
    let own = |suffix: &str| format!("#/components/schemas/{name}{suffix}");
    let mut record = record(def.id, Some(&json!({"$ref": own("Fields")})));
    record["description"] = json!(def.help);
    record["properties"]["stage"] = stages(def);
    let computed = domain::columns::columns(def.id);
    let computed: Map<String, Value> = computed
        .iter()
        .map(|it| {
            (
                it.name.to_owned(),
                json!({"type": "string", "title": it.label, "description": it.help}),
            )
        })
        .collect();
    record["properties"]["computed"] =
        json!({"type": "object", "properties": computed, "additionalProperties": false});
    let mut fields = schema::fields(def, Way::Read, false);
    fields["description"] = json!(def.help);
    let mut parts = vec![
        (name.clone(), record),
        (format!("{name}Fields"), fields),
        (format!("{name}List"), list(&json!({"$ref": own("")}), true)),
    ];
    if def.id != ledger::EVENT_KIND {
        parts.push((format!("{name}New"), new(def)));
        parts.push((
            format!("{name}Change"),
            object(
                json!({
                    "fields": schema::fields(def, Way::Sent, false),
                    "tags": texts(), "external_id": {"type": ["string", "null"]}, "note": note(),
                }),
                &[],
            ),
        ));
    }
    parts
}

pub(super) fn object(properties: Value, required: &[&str]) -> Value {
    let mut schema =
        json!({"type": "object", "properties": properties, "additionalProperties": false});
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

pub(super) fn texts() -> Value {
    json!({"type": "array", "items": {"type": "string"}})
}

pub(super) fn note() -> Value {
    json!({"type": "string", "description": "Why; kept with the commit."})
}

fn stages(def: &KindDef) -> Value {
    let ids: Vec<&str> = def.stages.iter().map(|it| it.id).collect();
    json!({"type": "string", "enum": ids})
}

pub(super) fn list(items: &Value, positioned: bool) -> Value {
    let mut schema = object(
        json!({
            "items": {"type": "array", "items": items},
            "total": {"type": "integer", "description": "How many there are on all pages."},
            "next": {"type": "string", "description": "Where the next page is; absent on the last."},
        }),
        &["items", "total"],
    );
    if positioned {
        schema["properties"]["position"] =
            json!({"type": "integer", "description": "The entry of the ledger that is shown."});
    }
    schema
}

pub(super) fn record(kind: &str, fields: Option<&Value>) -> Value {
    let moment = || {
        object(
            json!({"entry": whole(), "at": {"type": "string", "format": "date-time"}}),
            &["entry"],
        )
    };
    let kind = if kind.is_empty() { json!({"type": "string"}) } else { json!({"const": kind}) };
    object(
        json!({
            "id": id(),
            "ref": {"type": "string", "description": "What people call it: `RISK-12`."},
            "kind": kind, "number": whole(), "version": whole(), "stage": {"type": "string"},
            "provenance": {
                "type": "string", "enum": ["seed", "import", "tool", "person"],
                "description": "Where the content comes from: proposed by the program, read from a \
                                file, made through a token, or typed by a person.",
            },
            "withdrawn": {"type": "boolean"}, "erased": {"type": "boolean"},
            "created": moment(), "changed": moment(),
            "fields": fields.cloned().unwrap_or_else(|| json!({"type": "object"})),
            "tags": texts(), "external_id": {"type": "string"},
            "confirmed": object(
                json!({"by": id(), "on": {"type": "string", "format": "date"}}),
                &["by", "on"],
            ),
            "attachments": {"type": "array", "items": {"$ref": "#/components/schemas/File"}},
            "imported": {
                "type": "object", "additionalProperties": {"type": "string"},
                "description": "Columns of an import that no field takes.",
            },
            "links": {
                "type": "object",
                "additionalProperties": {"$ref": "#/components/schemas/Called"},
                "description": "By id, the records that `fields` link to, as far as you may see them.",
            },
            "computed": {"type": "object", "additionalProperties": {"type": "string"}},
        }),
        &[
            "id",
            "ref",
            "kind",
            "number",
            "version",
            "stage",
            "provenance",
            "withdrawn",
            "erased",
            "created",
            "changed",
            "fields",
            "links",
            "computed",
        ],
    )
}

fn new(def: &KindDef) -> Value {
    object(
        json!({
            "id": id(), "fields": schema::fields(def, Way::Sent, true), "stage": stages(def),
            "tags": texts(), "external_id": {"type": ["string", "null"]}, "note": note(),
        }),
        &["fields"],
    )
}
