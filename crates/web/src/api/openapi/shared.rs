//! The forms of what is sent and answered beside records.

use kinds::approval::{Decision, Purpose};
use meta::Choice;
use serde_json::{Map, Value, json};

use super::{
    batch, outside,
    parts::{list, note, object, record, texts},
    schema::{id, named, whole},
};

/// The forms that all kinds share.
pub(super) fn all() -> Map<String, Value> {
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
        ("Batch", batch::form()),
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
                            "file": text(), "kind": maybe(), "why": text(), "rows": whole(), "made": whole(),
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
                    "what": duty(), "id": id(), "record": called(), "day": maybe_day(), "note": text(),
                }),
                &["what", "id", "record", "day", "note"],
            )),
        ),
        (
            "Agenda",
            items(object(
                json!({"day": day(), "what": duty(), "id": id(), "record": called()}),
                &["day", "what", "id", "record"],
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
    let parts = parts.into_iter().chain(outside::all());
    parts.map(|(name, part)| (name.to_owned(), part)).collect()
}

fn duty() -> Value {
    json!({"type": "string", "enum": [
        "answer", "approve_treatment", "accept_residual", "act", "prove", "read", "review",
        "mention", "seed",
    ]})
}

fn link() -> Value {
    object(
        json!({"field": {"type": "string"}, "id": id(), "record": {"$ref": "#/components/schemas/Called"}}),
        &["field", "id", "record"],
    )
}

/// The members of an assent.
pub(super) fn assent() -> Value {
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
