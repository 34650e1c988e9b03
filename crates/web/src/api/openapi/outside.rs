//! The forms of what reaches outside: webhooks, calendars, invitations, tokens.

use serde_json::{Map, Value, json};

use super::{
    parts::{object, texts},
    schema::{id, named, whole},
};

/// The forms of what reaches outside.
pub(super) fn all() -> Vec<(&'static str, Value)> {
    let text = || json!({"type": "string"});
    let moment = || json!({"type": "string", "format": "date-time"});
    let maybe_moment = || json!({"type": ["string", "null"], "format": "date-time"});
    let called = || json!({"$ref": "#/components/schemas/Called"});
    let items = |name: &str| {
        let items = json!({"$ref": format!("#/components/schemas/{name}")});
        object(json!({"items": {"type": "array", "items": items}}), &["items"])
    };
    let webhook = json!({
        "id": id(), "url": text(), "kinds": texts(),
        "by": {"anyOf": [called(), {"type": "null"}]}, "made": moment(), "paused": maybe_moment(),
    });
    let of_webhook = ["id", "url", "kinds", "by", "made", "paused"];
    let calendar = json!({"name": text(), "of": whose(), "made": moment(), "read": maybe_moment()});
    let of_calendar = ["name", "of", "made", "read"];
    let url = json!({"type": "string", "format": "uri", "maxLength": 2_000});
    let kinds: Vec<&str> = kinds::KINDS.iter().map(|it| it.id).collect();
    vec![
        ("Webhooks", items("Webhook")),
        ("Webhook", object(webhook.clone(), &of_webhook)),
        (
            "WebhookNew",
            object(
                json!({
                    "url": url,
                    "kinds": {
                        "type": "array", "items": {"type": "string", "enum": kinds},
                        "description": "The kinds of record it is told of; all when empty.",
                    },
                }),
                &["url"],
            ),
        ),
        ("WebhookMade", with("key", webhook, &of_webhook)),
        ("WebhookChange", object(json!({"paused": {"type": "boolean"}}), &["paused"])),
        ("Deliveries", items("Delivery")),
        (
            "Delivery",
            object(
                json!({
                    "id": id(), "entry": {"type": ["integer", "null"]},
                    "state": {"type": "string", "enum": ["waiting", "sent", "failed", "dropped"]},
                    "tries": whole(), "made": maybe_moment(), "next": maybe_moment(),
                    "ended": maybe_moment(), "fault": {"type": ["string", "null"]},
                }),
                &["id", "entry", "state", "tries", "made", "next", "ended", "fault"],
            ),
        ),
        ("Calendars", items("Calendar")),
        ("Calendar", object(calendar.clone(), &of_calendar)),
        ("CalendarNew", object(json!({"of": whose()}), &[])),
        ("CalendarMade", with("address", calendar, &of_calendar)),
        ("Invitations", items("Invitation")),
        (
            "Invitation",
            object(
                json!({
                    "person": called(), "email": {"type": ["string", "null"]}, "until": moment(),
                }),
                &["person", "email", "until"],
            ),
        ),
        (
            "Invite",
            object(
                json!({
                    "person": named(), "email": {"type": "string", "format": "email"},
                    "show": {"type": "boolean"},
                }),
                &["person"],
            ),
        ),
        (
            "Invited",
            object(
                json!({"person": called(), "days": whole(), "sent_to": text(), "address": text()}),
                &["person", "days"],
            ),
        ),
        ("Tokens", items("Token")),
        (
            "Token",
            object(
                json!({
                    "id": id(), "name": text(), "scopes": texts(),
                    "organization": {"type": ["string", "null"]}, "created": moment(),
                    "expires": moment(), "used": maybe_moment(),
                }),
                &["id", "name", "scopes", "organization", "created", "expires", "used"],
            ),
        ),
    ]
}

fn whose() -> Value {
    json!({"type": "string", "enum": ["mine", "everybody"]})
}

/// The form of something that was made, with a secret that is shown once.
fn with(secret: &str, form: Value, required: &[&str]) -> Value {
    let mut members: Map<String, Value> = match form {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    members.insert(secret.to_owned(), json!({"type": "string", "description": "Shown this once."}));
    let required: Vec<&str> = required.iter().copied().chain([secret]).collect();
    object(Value::Object(members), &required)
}
