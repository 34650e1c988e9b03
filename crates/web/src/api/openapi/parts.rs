//! The forms of what is sent and answered.

use kinds::approval::{Decision, Purpose};
use meta::{Choice, KindDef};
use serde_json::{Map, Value, json};

use super::{
    component,
    schema::{self, Way, id, named, whole},
};
use crate::api::commits::MOST_STEPS;

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

/// The forms that all kinds share.
pub(super) fn shared() -> Map<String, Value> {
    let text = || json!({"type": "string"});
    let truth = || json!({"type": "boolean"});
    let maybe = || json!({"type": ["string", "null"]});
    let called = || json!({"$ref": "#/components/schemas/Called"});
    let called_or_nobody = || json!({"anyOf": [called(), {"type": "null"}]});
    let list_of = |items: Value| json!({"type": "array", "items": items});
    let items = |items: Value| object(json!({"items": list_of(items)}), &["items"]);
    let made = || {
        object(json!({"id": id(), "ref": text(), "version": whole()}), &["id", "ref", "version"])
    };
    let made_or_not = || json!({"anyOf": [made(), {"type": "null"}]});
    let day = || json!({"type": "string", "format": "date"});
    let maybe_day = || json!({"type": ["string", "null"], "format": "date"});
    let entry = json!({
        "entry": whole(), "at": {"type": "string", "format": "date-time"}, "by": called_or_nobody(),
        "via": text(), "token": maybe(), "note": maybe(), "root": text(),
        "touched": list_of(object(json!({"kind": text(), "count": whole()}), &["kind", "count"])),
    });
    let of_entry = ["entry", "at", "by", "via", "token", "note", "root", "touched"];
    let mut full = entry.clone();
    full["records"] = list_of(object(
        json!({"id": id(), "ref": text(), "kind": text(), "version": whole(), "what": text(), "stage": text()}),
        &["id", "ref", "kind", "version", "what", "stage"],
    ));
    let point = || object(json!({"entry": whole(), "day": day()}), &["entry", "day"]);
    let case =
        || object(json!({"record": called_or_nobody(), "note": text()}), &["record", "note"]);
    let parts = [
        ("Problem", problem()),
        ("Record", record("", None)),
        (
            "Called",
            object(
                json!({"ref": text(), "kind": text(), "title": text()}),
                &["ref", "kind", "title"],
            ),
        ),
        (
            "File",
            object(
                json!({"name": text(), "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "size": {"type": "integer", "minimum": 0}, "media": text()}),
                &["name", "sha256", "size", "media"],
            ),
        ),
        (
            "Me",
            object(
                json!({
                    "account": object(json!({"name": text(), "email": text()}), &["name", "email"]),
                    "token": object(
                        json!({"id": id(), "name": text(), "scopes": texts(), "expires": {"type": "string", "format": "date-time"}}),
                        &["id", "name", "scopes", "expires"],
                    ),
                    "organizations": list_of(object(
                        json!({"organization": text(), "position": whole(), "url": text()}),
                        &["organization", "position", "url"],
                    )),
                    "description": text(),
                }),
                &["account", "token", "organizations", "description"],
            ),
        ),
        (
            "Place",
            object(
                json!({
                    "organization": text(), "id": id(), "title": maybe(), "position": whole(), "day": day(),
                    "person": called_or_nobody(), "profiles": texts(),
                }),
                &["organization", "id", "title", "position", "day", "person", "profiles"],
            ),
        ),
        (
            "Kinds",
            items(object(
                json!({
                    "kind": text(), "prefix": text(), "label": text(), "plural": text(), "help": text(),
                    "clause": text(), "count": {"type": ["integer", "null"]}, "may_create": truth(),
                    "stages": list_of(object(
                        json!({"stage": text(), "label": text(), "next": texts(), "ended": truth()}),
                        &["stage", "label", "next", "ended"],
                    )),
                    "url": text(),
                }),
                &[
                    "kind",
                    "prefix",
                    "label",
                    "plural",
                    "help",
                    "clause",
                    "may_create",
                    "stages",
                    "url",
                ],
            )),
        ),
        ("Links", object(json!({"to": list_of(link()), "from": list_of(link())}), &["to", "from"])),
        (
            "History",
            items(object(
                json!({
                    "entry": whole(), "at": {"type": "string", "format": "date-time"},
                    "by": called_or_nobody(), "note": maybe(),
                    "record": {"$ref": "#/components/schemas/Record"},
                }),
                &["entry", "at", "by", "note", "record"],
            )),
        ),
        ("Move", object(json!({"to": text(), "reason": text()}), &["to"])),
        ("Assent", object(assent(), &["purpose"])),
        ("Remark", object(json!({"text": text()}), &["text"])),
        (
            "Restore",
            object(
                json!({"to_version": {"type": "integer", "minimum": 1, "maximum": 999_999_999}}),
                &["to_version"],
            ),
        ),
        ("Merge", object(json!({"into": named(), "note": note()}), &["into"])),
        (
            "Erase",
            object(
                json!({"versions": list_of(json!({"type": "integer", "minimum": 0, "maximum": 999_999_999})), "note": note()}),
                &[],
            ),
        ),
        ("Undo", object(json!({"note": note(), "skip_changed": truth()}), &[])),
        ("Verify", object(json!({"checkpoint": text()}), &[])),
        ("Batch", batch()),
        (
            "Committed",
            object(
                json!({"entry": whole(), "records": list_of(made_or_not())}),
                &["entry", "records"],
            ),
        ),
        ("Log", list(&object(entry, &of_entry), false)),
        (
            "Entry",
            object(
                full,
                &["entry", "at", "by", "via", "token", "note", "root", "touched", "records"],
            ),
        ),
        (
            "Imported",
            object(
                json!({
                    "dry_run": truth(), "steps": whole(), "entry": whole(),
                    "sheets": list_of(object(
                        json!({
                            "file": text(), "kind": maybe(), "rows": whole(), "made": whole(),
                            "changed": whole(), "unchanged": whole(),
                            "rejected": list_of(object(json!({"line": whole(), "why": text()}), &["line", "why"])),
                        }),
                        &["file", "rows", "made", "changed", "unchanged", "rejected"],
                    )),
                }),
                &["dry_run", "steps", "sheets"],
            ),
        ),
        (
            "Hits",
            items(object(
                json!({"id": id(), "record": called(), "field": text()}),
                &["id", "record"],
            )),
        ),
        (
            "Work",
            items(object(
                json!({
                    "what": {"type": "string", "enum": [
                        "answer", "approve_treatment", "accept_residual", "act", "prove", "read",
                        "review", "mention", "seed",
                    ]},
                    "id": id(), "record": called(), "day": maybe_day(), "note": text(),
                }),
                &["what", "id", "record", "day", "note"],
            )),
        ),
        (
            "Conformity",
            object(
                json!({
                    "pack": text(), "entry": whole(), "day": day(),
                    "items": list_of(object(
                        json!({
                            "rule": text(), "clause": text(), "title": text(),
                            "verdict": {"type": "string", "enum": ["pass", "fail", "unknown", "not_applicable"]},
                            "grade": maybe(), "basis": text(), "summary": text(),
                            "fails": list_of(case()), "unknowns": list_of(case()),
                            "passes": list_of(called()),
                        }),
                        &["rule", "clause", "title", "verdict", "grade", "basis", "summary", "fails", "unknowns", "passes"],
                    )),
                }),
                &["pack", "entry", "day", "items"],
            ),
        ),
        (
            "Statement",
            object(
                json!({
                    "organization": text(), "title": text(), "entry": whole(), "day": day(), "scope": maybe(),
                    "edition": maybe(), "approver": maybe(), "approved_on": maybe_day(), "seeds": whole(),
                    "rows": list_of(statement_row()),
                }),
                &["organization", "title", "entry", "day", "rows"],
            ),
        ),
        (
            "Comparison",
            object(
                json!({
                    "from": point(), "to": point(),
                    "items": list_of(object(
                        json!({
                            "reference": text(), "title": text(), "record": maybe(),
                            "changes": list_of(object(
                                json!({"part": text(), "before": text(), "after": text()}),
                                &["part", "before", "after"],
                            )),
                        }),
                        &["reference", "title", "record", "changes"],
                    )),
                }),
                &["from", "to", "items"],
            ),
        ),
        ("Keys", items(object(json!({"since": text(), "key": text()}), &["since", "key"]))),
        (
            "Verified",
            object(
                json!({
                    "whole": truth(), "fault": text(), "entries": whole(), "root": text(),
                    "revisions": whole(), "erased": whole(), "checkpoints": whole(), "files": whole(),
                    "remarks": texts(),
                }),
                &["whole"],
            ),
        ),
    ];
    parts.into_iter().map(|(name, part)| (name.to_owned(), part)).collect()
}

fn object(properties: Value, required: &[&str]) -> Value {
    let mut schema =
        json!({"type": "object", "properties": properties, "additionalProperties": false});
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn texts() -> Value {
    json!({"type": "array", "items": {"type": "string"}})
}

fn note() -> Value {
    json!({"type": "string", "description": "Why; kept with the commit."})
}

fn stages(def: &KindDef) -> Value {
    let ids: Vec<&str> = def.stages.iter().map(|it| it.id).collect();
    json!({"type": "string", "enum": ids})
}

fn list(items: &Value, positioned: bool) -> Value {
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

fn link() -> Value {
    object(
        json!({"field": {"type": "string"}, "id": id(), "record": {"$ref": "#/components/schemas/Called"}}),
        &["field", "id", "record"],
    )
}

fn record(kind: &str, fields: Option<&Value>) -> Value {
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

fn assent() -> Value {
    let options = |list: &[meta::ChoiceDef]| {
        let ids: Vec<&str> = list.iter().map(|it| it.id).collect();
        json!({"type": "string", "enum": ids})
    };
    let day = || json!({"type": "string", "format": "date"});
    json!({
        "purpose": options(Purpose::CHOICES), "decision": options(Decision::CHOICES),
        "conditions": {"type": "string"}, "comment": {"type": "string"}, "acting_as": named(),
        "good_until": day(), "effective_from": day(), "edition": {"type": "string"},
        "next_review": day(), "note": note(),
    })
}

fn batch() -> Value {
    let text = || json!({"type": "string"});
    let version = || json!({"type": "integer", "minimum": 1, "maximum": 999_999_999});
    let does = |it: &str| json!({"const": it});
    let simple = |it: &str| object(json!({"do": does(it), "record": named()}), &["do", "record"]);
    let free = || json!({"type": "object", "description": "As in what makes or changes a record of the kind."});
    let kinds: Vec<&str> = super::written().map(|it| it.id).collect();
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

fn statement_row() -> Value {
    let text = || json!({"type": "string"});
    let truth = || json!({"type": "boolean"});
    let day = || json!({"type": "string", "format": "date"});
    let list_of = |items: Value| json!({"type": "array", "items": items});
    object(
        json!({
            "reference": text(), "title": text(), "theme": text(), "own": truth(),
            "applicability": {"type": "string", "enum": ["included", "excluded", "undecided"]},
            "reasons": texts(), "justification": text(), "exclusion": text(),
            "implementation": {
                "type": "string",
                "enum": ["not_begun", "planned", "in_part", "implemented", "unknown"],
            },
            "how": text(), "owner": text(), "documents": texts(), "proof_wanted": whole(),
            "seed": truth(),
            "drivers": list_of(object(
                json!({"kind": text(), "ref": text(), "title": text()}),
                &["kind", "ref", "title"],
            )),
            "evidence": list_of(object(
                json!({"ref": text(), "title": text(), "day": day(), "until": {"type": ["string", "null"]}}),
                &["ref", "title", "day", "until"],
            )),
        }),
        &["reference", "title", "applicability", "implementation", "drivers", "evidence"],
    )
}

fn problem() -> Value {
    let text = || json!({"type": "string"});
    object(
        json!({
            "type": text(), "title": text(), "status": whole(), "detail": text(),
            "id": {"type": "string", "description": "What to tell your administrator: it is in the log."},
            "current": {"type": "integer", "description": "The version that the record has."},
            "errors": {"type": "array", "items": object(
                json!({
                    "pointer": {"type": "string", "description": "Into the body (RFC 6901)."},
                    "parameter": text(), "header": text(), "detail": text(),
                }),
                &["detail"],
            )},
        }),
        &["type", "title", "status", "detail"],
    )
}
