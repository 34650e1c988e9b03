//! JSON Schema of fields, from their types.

use meta::{ChoiceDef, FieldDef, FieldType, KindDef, Need};
use serde_json::{Map, Value, json};

/// Which way a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// As it is read.
    Read,
    /// As it is sent.
    Sent,
}

const ID: &str = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/// All fields of a kind; `needed` names those that must be there.
pub(super) fn fields(def: &KindDef, way: Way, needed: bool) -> Value {
    let fields =
        def.fields.iter().filter(|it| way == Way::Read || domain::is_written_by_hand(def, it.name));
    let properties: Map<String, Value> = fields
        .map(|it| (it.name.to_owned(), field(it, way, !needed || it.need != Need::Create)))
        .collect();
    let mut schema = json!({
        "type": "object", "properties": properties, "additionalProperties": false,
    });
    if needed {
        let names: Vec<&str> =
            def.fields.iter().filter(|it| it.need == Need::Create).map(|it| it.name).collect();
        schema["required"] = json!(names);
    }
    schema
}

fn field(it: &FieldDef, way: Way, clears: bool) -> Value {
    let mut schema = of(&it.ty, way);
    if way == Way::Sent && clears {
        schema = json!({"anyOf": [schema, {"type": "null"}]});
    }
    schema["title"] = json!(it.label);
    schema["description"] = json!(it.help);
    schema
}

/// The schema of a type.
pub(crate) fn of(ty: &FieldType, way: Way) -> Value {
    match ty {
        FieldType::Text | FieldType::Markdown => json!({"type": "string"}),
        FieldType::Bool => json!({"type": "boolean"}),
        FieldType::Integer => whole(),
        FieldType::Decimal => {
            json!({"type": "string", "pattern": "^-?[0-9]{1,15}(\\.[0-9]{1,3})?$"})
        }
        FieldType::Day => json!({"type": "string", "format": "date"}),
        FieldType::Instant => json!({"type": "string", "format": "date-time"}),
        FieldType::Period => {
            json!({"type": "string", "pattern": "^(P[1-9][0-9]{0,3}[YMWD]|PT[1-9][0-9]{0,3}[HM])$"})
        }
        FieldType::Choice(options) => choice(options),
        FieldType::Choices(options) => json!({"type": "array", "items": choice(options)}),
        FieldType::Words => json!({"type": "array", "items": {"type": "string"}}),
        FieldType::Link(kinds) => link(kinds, way),
        FieldType::Links(kinds) => json!({"type": "array", "items": link(kinds, way)}),
        FieldType::File => json!({"$ref": "#/components/schemas/File"}),
        FieldType::Rating => rating(way),
        FieldType::Rows(def) => {
            let properties: Map<String, Value> = def
                .fields
                .iter()
                .map(|it| {
                    let mut schema = of(&it.ty, way);
                    schema["title"] = json!(it.label);
                    schema["description"] = json!(it.help);
                    (it.name.to_owned(), schema)
                })
                .collect();
            json!({"type": "array", "items": {
                "type": "object", "properties": properties, "additionalProperties": false,
            }})
        }
    }
}

/// A whole number that every reader of JSON keeps.
pub(super) fn whole() -> Value {
    let most = super::super::fields::LARGEST;
    json!({"type": "integer", "minimum": -most, "maximum": most})
}

/// The id of a record.
pub(super) fn id() -> Value {
    json!({"type": "string", "pattern": format!("^{ID}$")})
}

/// What names a record, as it is sent.
pub(super) fn named() -> Value {
    json!({
        "type": "string",
        "pattern": format!("^({ID}(@[1-9][0-9]{{0,8}})?|[A-Za-z]+-[0-9]{{1,9}}(@[1-9][0-9]{{0,8}})?|\\$.+)$"),
    })
}

fn choice(options: &[ChoiceDef]) -> Value {
    let ids: Vec<&str> = options.iter().map(|it| it.id).collect();
    json!({"type": "string", "enum": ids})
}

fn link(kinds: &[&str], way: Way) -> Value {
    let mut schema = match way {
        Way::Read => json!({"type": "string", "pattern": format!("^{ID}(@[1-9][0-9]{{0,8}})?$")}),
        Way::Sent => named(),
    };
    schema["x-kinds"] = json!(kinds);
    schema
}

fn rating(way: Way) -> Value {
    json!({
        "type": "object", "additionalProperties": false,
        "properties": {
            "likelihood": whole(),
            "consequences": {"type": "array", "items": {
                "type": "object", "additionalProperties": false,
                "properties": {"criterion": {"type": "string"}, "rank": whole()},
                "required": ["criterion", "rank"],
            }},
            "rationale": {"type": "string"}, "source": {"type": "string"},
            "confidence": {"type": "string"},
            "controls": {"type": "array", "items": link(&["control"], way)},
            "by": link(&["person", "role"], way),
            "on": {"type": "string", "format": "date"},
        },
    })
}
