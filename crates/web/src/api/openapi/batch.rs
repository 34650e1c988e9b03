//! The form of steps that are taken in one commit.

use serde_json::{Value, json};

use super::{
    parts::{note, object, texts},
    schema::{id, named},
    shared::assent,
    written,
};
use crate::api::commits::MOST_STEPS;

/// The form of what is sent: steps, each of one of these forms.
pub(super) fn form() -> Value {
    let text = || json!({"type": "string"});
    let version = || json!({"type": "integer", "minimum": 1, "maximum": 999_999_999});
    let does = |it: &str| json!({"const": it});
    let simple = |it: &str| object(json!({"do": does(it), "record": named()}), &["do", "record"]);
    let free = || json!({"type": "object", "description": "As in what makes or changes a record of the kind."});
    let kinds: Vec<&str> = written().map(|it| it.id).collect();
    let mut assents = assent();
    if let Some(members) = assents.as_object_mut() {
        members.remove("note");
        members.extend([
            ("do".to_owned(), does("assent")),
            ("record".to_owned(), named()),
            ("version".to_owned(), version()),
        ]);
    }
    let steps = json!([
        object(
            json!({
                "do": does("create"), "kind": {"type": "string", "enum": kinds}, "id": id(),
                "name": {"type": "string", "description": "To be linked to as `$name` by other steps."},
                "fields": free(), "stage": text(), "tags": texts(),
                "external_id": {"type": ["string", "null"]},
            }),
            &["do", "kind", "fields"],
        ),
        object(
            json!({
                "do": does("edit"), "record": named(), "version": version(), "fields": free(),
                "tags": texts(), "external_id": {"type": ["string", "null"]},
            }),
            &["do", "record"],
        ),
        object(
            json!({"do": does("move"), "record": named(), "version": version(), "to": text(), "reason": text()}),
            &["do", "record", "to"],
        ),
        object(
            json!({"do": does("withdraw"), "record": named(), "version": version()}),
            &["do", "record"],
        ),
        simple("reinstate"),
        simple("confirm"),
        object(
            json!({"do": does("merge"), "kept": named(), "dropped": named()}),
            &["do", "kept", "dropped"],
        ),
        object(assents, &["do", "record", "purpose"]),
    ]);
    object(
        json!({
            "note": note(),
            "steps": {
                "type": "array", "minItems": 1, "maxItems": MOST_STEPS, "items": {"oneOf": steps},
            },
        }),
        &["steps"],
    )
}
