//! The description of the API as OpenAPI 3.1, made from the kinds and the table of endpoints.

mod batch;
mod outside;
mod parts;
pub(crate) mod schema;
mod shared;

use std::sync::LazyLock;

use app::accounts::Scope;
use axum::http::Method;
use domain::query::Column;
use ledger::EVENT_KIND;
use meta::KindDef;
use serde::Serialize;
use serde_json::{Map, Value, json, ser::PrettyFormatter};

use super::{Endpoint, Fault, Gives, Is, Parameter, Reply, Takes, endpoints};
use crate::{Ask, routes::Needs};

static TEXT: LazyLock<String> = LazyLock::new(|| {
    // Lines make changes of the committed file readable; one space for each level keeps it small.
    let mut text = Vec::new();
    let form = PrettyFormatter::with_indent(b" ");
    let mut writer = serde_json::Serializer::with_formatter(&mut text, form);
    document().serialize(&mut writer).expect("values can be written to memory");
    text.push(b'\n');
    String::from_utf8(text).expect("JSON of texts is text")
});

/// What stands above the whole description.
pub(crate) const INTRODUCTION: &str = "What the pages can do, as JSON. \
Send a personal token as `Authorization: Bearer mun_…`: make one on the page of your account. A token \
acts in your name and never allows more than you may do; its scopes (read, write, approve, \
administer) allow less.\n\n\
**Records** come with what all kinds share, with `fields` as the ledger keeps them (what is absent \
has no value; a link is the id of a record, or `id@version` for an edition), with `links`, the names \
of the records they link to as far as you may see them, and with `computed`, what follows from other \
records. `fields` can be sent back as they came. In what you send, a link can also be a number such \
as `ROLE-3`.\n\n\
**Versions.** The `ETag` of a record is its version. `PATCH` needs it as `If-Match` (428 without, 412 \
with the present version when it is old); acts take it where you send it.\n\n\
**Pages of lists** go on at `next`, also given as `Link`. A record that answers the query all the \
while and keeps its place comes exactly once, whatever is written meanwhile; one that moves may come \
twice or not at all; with `as_of` nothing moves.\n\n\
**Positions.** Every answer about an organization names the entry of the ledger it shows in \
`Muniment-Position`, every write the entry it made. A request that carries the header waits up to two \
seconds until that entry is known to whoever answers (503 if not): so what you wrote is what you read, \
on any node.\n\n\
**Faults** are `application/problem+json` (RFC 9457): `detail` says in one sentence what is the matter \
and what to do, `errors` where: a JSON `pointer` into the body, a `parameter` or a `header`.\n\n\
**Limits.** A token has 32 requests under way at once, four of them such as take long; one more is \
answered 429 with `Retry-After`, as is an address that shows many tokens that open nothing.\n\n\
**Again.** A record that you make with an `id` of your own is made once, however often you send it: \
the second time is refused with 409.";

/// The description as text.
pub fn text() -> &'static str {
    &TEXT
}

/// Serves the description.
pub(super) fn serve(_: &Ask) -> Result<Reply, Fault> {
    Ok(Reply::text(text().to_owned()))
}

/// The kinds whose records programs make and change.
pub(crate) fn written() -> impl Iterator<Item = &'static KindDef> {
    kinds::KINDS.iter().copied().filter(|it| it.id != EVENT_KIND)
}

/// The name of a kind's component: `RiskMethod`.
pub(crate) fn component(def: &KindDef) -> String {
    let words = def.id.split('_').map(|word| {
        let mut chars = word.chars();
        let first = chars.next().map(|it| it.to_ascii_uppercase());
        first.into_iter().chain(chars).collect::<String>()
    });
    words.collect()
}

/// Whether an endpoint is described once for each kind.
pub(crate) fn is_expanded(endpoint: &Endpoint) -> bool {
    let of_kind = |name: &str| name.contains("{Kind}");
    let takes = matches!(endpoint.takes, Takes::Json(name) if of_kind(name));
    let gives = matches!(endpoint.gives, Gives::Json(_, name) if of_kind(name));
    takes || gives || endpoint.name == "withdraw" || endpoint.name == "export"
}

fn document() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    let mut add = |path: String, endpoint: &Endpoint, kind: Option<&'static KindDef>| {
        let item = paths.entry(path).or_insert_with(|| json!({}));
        item[endpoint.method.as_str().to_lowercase()] = operation(endpoint, kind);
    };
    for endpoint in endpoints() {
        match is_expanded(endpoint) {
            false => add(endpoint.path.to_owned(), endpoint, None),
            true => {
                for def in kinds::KINDS.iter().copied() {
                    let writes = endpoint.method != Method::GET;
                    if !writes || def.id != EVENT_KIND {
                        add(endpoint.path.replace("{kind}", def.id), endpoint, Some(def));
                    }
                }
            }
        }
    }
    let mut schemas = shared::all();
    for def in kinds::KINDS {
        schemas.extend(parts::of_kind(def));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Muniment", "version": "1",
            "description": INTRODUCTION,
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "tags": kinds::KINDS.iter().map(|it| json!({
            "name": it.plural, "description": it.help,
        })).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {
                "type": "http", "scheme": "bearer", "bearerFormat": "mun_<id>_<secret>",
            }},
            "headers": {"Position": {
                "description": "The entry of the ledger that is shown or was made.",
                "schema": {"type": "integer"},
            }},
            "responses": {"Problem": {
                "description": "Not done; `detail` says why.",
                "content": {"application/problem+json": {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                }},
            }},
            "parameters": shared_parameters(),
            "schemas": schemas,
        },
    })
}

fn operation(endpoint: &Endpoint, kind: Option<&'static KindDef>) -> Value {
    let name = match kind {
        Some(def) => format!("{}_{}", endpoint.name, def.id),
        None => endpoint.name.to_owned(),
    };
    let mut parameters: Vec<Value> = path_parameters(endpoint, kind);
    for it in endpoint.query {
        match is_shared(it) {
            true => {
                parameters.push(json!({"$ref": format!("#/components/parameters/{}", it.name)}));
            }
            false => parameters.extend(query_parameter(it, kind)),
        }
    }
    if endpoint.name == "change" {
        parameters.push(json!({
            "name": "If-Match", "in": "header", "required": true,
            "description": "The ETag of the version you have seen.",
            "schema": {"type": "string", "pattern": "^(\"[1-9][0-9]{0,8}\"|\\*)$"},
        }));
    }
    let mut operation = json!({
        "operationId": name, "summary": endpoint.says, "parameters": parameters,
        "responses": responses(endpoint, kind),
    });
    if let Some(def) = kind {
        operation["tags"] = json!([def.plural]);
    }
    match endpoint.takes {
        Takes::Nothing => {}
        Takes::Json(name) => {
            operation["requestBody"] = json!({
                "required": true,
                "content": {"application/json": {"schema": reference(name, kind)}},
            });
        }
        Takes::File => {
            operation["requestBody"] = json!({
                "required": true,
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            });
        }
    }
    if endpoint.needs == Needs::Nothing {
        operation["security"] = json!([]);
    }
    operation["x-scope"] = json!(endpoint.scope.id());
    debug_assert!(Scope::from_id(endpoint.scope.id()).is_some(), "scopes have ids");
    operation
}

fn responses(endpoint: &Endpoint, kind: Option<&'static KindDef>) -> Value {
    let position = json!({"Muniment-Position": {"$ref": "#/components/headers/Position"}});
    let mut responses = Map::new();
    match endpoint.gives {
        Gives::Nothing => {
            responses.insert("204".into(), json!({"description": "Done.", "headers": position}));
        }
        Gives::Json(status, name) => {
            responses.insert(
                status.to_string(),
                json!({
                    "description": "Done.", "headers": position,
                    "content": {"application/json": {"schema": reference(name, kind)}},
                }),
            );
            // What may not be seen any more after it was changed is not shown.
            if endpoint.method != Method::GET && name != "Committed" {
                let told = "Done; what it is now is not open to you.";
                responses.insert("204".into(), json!({"description": told, "headers": position}));
            }
        }
        Gives::File(media) => {
            let content: Map<String, Value> =
                media.iter().map(|it| ((*it).to_owned(), json!({"schema": {}}))).collect();
            let description = json!({"description": "The file.", "content": content});
            responses.insert("200".into(), description);
        }
    }
    responses.insert("default".into(), json!({"$ref": "#/components/responses/Problem"}));
    Value::Object(responses)
}

fn reference(name: &str, kind: Option<&'static KindDef>) -> Value {
    if name == "Any" {
        return json!({"type": "object"});
    }
    let name = match kind {
        Some(def) => name.replace("{Kind}", &component(def)),
        None => name.to_owned(),
    };
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn path_parameters(endpoint: &Endpoint, kind: Option<&'static KindDef>) -> Vec<Value> {
    let names = endpoint.path.split('/').filter_map(|it| it.strip_prefix('{')?.strip_suffix('}'));
    let shown = names.filter(|it| kind.is_none() || *it != "kind");
    let parameter = |name: &str| {
        let (help, schema) = match name {
            "org" => (
                "The short name of the organization.",
                json!({"type": "string", "pattern": "^[a-z0-9-]+$"}),
            ),
            "kind" => {
                let ids: Vec<&str> = written().map(|it| it.id).collect();
                ("The kind of the record.", json!({"type": "string", "enum": ids}))
            }
            "number" => (
                "The number of the record: 12 of RISK-12.",
                json!({"type": "integer", "minimum": 1}),
            ),
            "entry" => ("The number of the entry.", json!({"type": "integer", "minimum": 1})),
            "sha256" => (
                "The SHA-256 of the file in hex.",
                json!({"type": "string", "pattern": "^[0-9a-f]{64}$"}),
            ),
            "webhook" | "delivery" | "token" => {
                ("Its id.", json!({"type": "string", "format": "uuid"}))
            }
            "calendar" => (
                "The name of the calendar.",
                json!({"type": "string", "pattern": "^[0-9a-f]{16}$"}),
            ),
            "person" => (
                "The number of the person: 12 of PERSON-12.",
                json!({"type": "integer", "minimum": 1}),
            ),
            _ => ("The name of the field.", json!({"type": "string", "pattern": "^[a-z_]+$"})),
        };
        json!({"name": name, "in": "path", "required": true, "description": help, "schema": schema})
    };
    shown.map(parameter).collect()
}

/// Parameters of lists that are the same for all kinds, described once.
fn shared_parameters() -> Map<String, Value> {
    let shared = super::list::LIST.iter().filter(|it| is_shared(it));
    shared.flat_map(|it| query_parameter(it, None)).map(|it| (named(&it), it)).collect()
}

fn named(parameter: &Value) -> String {
    parameter["name"].as_str().unwrap_or_default().to_owned()
}

fn is_shared(it: &Parameter) -> bool {
    let mut list = super::list::LIST.iter().filter(|it| !matches!(it.is, Is::Sort | Is::Filter));
    list.any(|known| {
        known.name == it.name && known.help == it.help && known.is == it.is && !it.needed
    })
}

fn query_parameter(it: &Parameter, kind: Option<&'static KindDef>) -> Vec<Value> {
    let schema = match it.is {
        Is::Text => json!({"type": "string"}),
        Is::Number(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
        Is::One(options) => json!({"type": "string", "enum": options}),
        Is::Truth => json!({"type": "boolean"}),
        Is::Point => json!({
            "type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,15})$",
        }),
        Is::Sort => {
            let names = kind.into_iter().flat_map(Column::all).map(Column::name);
            let both = names.flat_map(|it| [it.to_owned(), format!("-{it}")]);
            json!({"type": "string", "enum": both.collect::<Vec<_>>()})
        }
        Is::Filter => {
            // Lists on pages do not offer this one; programs that bring records need it.
            let columns = kind.into_iter().flat_map(Column::filters).chain([Column::External]);
            return columns
                .map(|column| {
                    json!({
                        "name": format!("{}{}", it.name, column.name()), "in": "query",
                        "schema": {"type": "string"},
                    })
                })
                .collect();
        }
    };
    let parameter = json!({
        "name": it.name, "in": "query", "description": it.help, "required": it.needed,
        "schema": schema,
    });
    vec![parameter]
}
