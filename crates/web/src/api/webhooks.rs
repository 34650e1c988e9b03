//! Webhooks: addresses outside that are told of every commit.

use app::{
    accounts::Scope,
    hooks::{Hook, MOST},
    outbox::{Content, HOOK, Letter},
};
use axum::http::{StatusCode, header};
use domain::access::Act;
use jiff::Timestamp;
use meta::Id;
use serde_json::{Value, json};

use super::{
    Endpoint, Fault, Gives, Reply, Takes,
    endpoint::{delete, get, number, patch, post},
    fault::Wrong,
    told::{self, Told},
};
use crate::{Ask, routes::Needs};

/// What can be done about webhooks. Whoever makes one gives an address outside something to read,
/// also when the token has ended: that takes a token to administer.
pub(super) const TABLE: &[Endpoint] = &[
    get("/api/v1/o/{org}/webhooks", "webhooks", list)
        .says("The webhooks: addresses of yours that are told of every commit.")
        .needs(MANAGES)
        .query(&[])
        .gives(Gives::Json(200, "Webhooks")),
    post("/api/v1/o/{org}/webhooks", "add_webhook", create)
        .says(
            "Makes a webhook. Its `key`, shown this once, proves who calls: each call has a header \
             `Muniment-Signature: t=SECONDS,v1=HEX`, where HEX is the HMAC-SHA256, by the key, of \
             SECONDS, a full stop and the body.",
        )
        .needs(MANAGES)
        .scope(Scope::Administer)
        .takes(
            Takes::Json("WebhookNew"),
            r#"{"url": "https://example.org/muniment", "kinds": ["risk", "event_report"]}"#,
        )
        .gives(Gives::Json(201, "WebhookMade")),
    get("/api/v1/o/{org}/webhooks/{webhook}", "webhook", read)
        .says("One webhook.")
        .needs(MANAGES)
        .query(&[])
        .gives(Gives::Json(200, "Webhook")),
    patch("/api/v1/o/{org}/webhooks/{webhook}", "pause_webhook", pause)
        .says("Pauses a webhook, or lets it go on. What happens meanwhile is not reported later.")
        .needs(MANAGES)
        .scope(Scope::Administer)
        .takes(Takes::Json("WebhookChange"), r#"{"paused": true}"#)
        .gives(Gives::Json(200, "Webhook")),
    delete("/api/v1/o/{org}/webhooks/{webhook}", "remove_webhook", remove)
        .says("Removes a webhook, with what was still to be reported to it.")
        .needs(MANAGES)
        .scope(Scope::Administer),
    post("/api/v1/o/{org}/webhooks/{webhook}/trial", "try_webhook", attempt)
        .says("Has a webhook called for a try, with nothing to report, within seconds.")
        .needs(MANAGES)
        .scope(Scope::Administer),
    get("/api/v1/o/{org}/webhooks/{webhook}/deliveries", "deliveries", deliveries)
        .says("What was reported to a webhook and what waits, the newest first.")
        .needs(MANAGES)
        .query(&[number("limit", "How many; 50 otherwise.", 1, 500)])
        .gives(Gives::Json(200, "Deliveries")),
    post("/api/v1/o/{org}/webhooks/{webhook}/deliveries/{delivery}/retry", "retry", again)
        .says("Has what did not arrive tried now.")
        .needs(MANAGES)
        .scope(Scope::Administer),
];

const MANAGES: Needs = Needs::May(Act::ManageAccess);

/// So many deliveries are told unless more are asked for.
const SHOWN: u32 = 50;

fn list(ask: &Ask) -> Result<Reply, Fault> {
    let hooks = ask.site.app.hooks(ask.place()?.organization.id())?;
    Ok(Reply::json(&json!({"items": hooks.iter().map(|it| told_of(ask, it)).collect::<Vec<_>>()})))
}

fn create(ask: &Ask) -> Result<Reply, Fault> {
    let body = told::parse(&ask.body)?;
    let told = Told::of(&body, "")?;
    let url = told.needed("url");
    let kinds = told.texts("kinds").unwrap_or_default();
    if let Some(it) = kinds.iter().find(|it| kinds::kind(it).is_none()) {
        told.wrong("kinds", format!("there is no kind `{it}`"));
    }
    told.done()?;
    let (app, organization) = (&ask.site.app, ask.place()?.organization.id());
    let are_many = app.hooks(organization)?.len() >= MOST;
    let made = app.add_hook(organization, ask.person(), url, &kinds, &ask.site.post.hooks);
    let (hook, key) = made.map_err(|err| match err {
        app::Error::Wrong(detail) if are_many => too_many(&detail),
        app::Error::Wrong(detail) => Fault::body(vec![Wrong::body("/url", detail)]),
        err => err.into(),
    })?;
    let mut made = told_of(ask, &hook);
    made["key"] = json!(key.as_str());
    let to = format!("{}/{}", ask.path, hook.id);
    Ok(Reply::json(&made).status(StatusCode::CREATED).header(header::LOCATION, &to))
}

fn read(ask: &Ask) -> Result<Reply, Fault> {
    Ok(Reply::json(&told_of(ask, &named(ask)?)))
}

fn pause(ask: &Ask) -> Result<Reply, Fault> {
    let hook = named(ask)?;
    let body = told::parse(&ask.body)?;
    let told = Told::of(&body, "")?;
    let pauses = told.truth("paused");
    if told.members.get("paused").is_none() {
        told.needs("paused");
    }
    told.done()?;
    if pauses != hook.paused.is_some() {
        ask.site.app.pause_hook(ask.place()?.organization.id(), hook.id, pauses)?;
    }
    read(ask)
}

fn remove(ask: &Ask) -> Result<Reply, Fault> {
    let hook = named(ask)?;
    ask.site.app.remove_hook(ask.place()?.organization.id(), hook.id)?;
    Ok(Reply::nothing())
}

fn attempt(ask: &Ask) -> Result<Reply, Fault> {
    let hook = named(ask)?;
    ask.site.app.try_hook(ask.place()?.organization.id(), hook.id)?;
    Ok(Reply::nothing())
}

fn deliveries(ask: &Ask) -> Result<Reply, Fault> {
    let hook = named(ask)?;
    let most = ask.query.said("limit").and_then(|it| it.parse().ok()).unwrap_or(SHOWN);
    let organization = ask.place()?.organization.id();
    let letters = ask.site.app.outbox().newest(organization, HOOK, Some(hook.id), most)?;
    Ok(Reply::json(&json!({"items": letters.iter().map(delivery).collect::<Vec<_>>()})))
}

fn again(ask: &Ask) -> Result<Reply, Fault> {
    let hook = named(ask)?;
    let organization = ask.place()?.organization.id();
    let outbox = ask.site.app.outbox();
    let letter: Id = ask.param("delivery").parse().map_err(|_| Fault::not_found())?;
    let known = outbox.newest(organization, HOOK, Some(hook.id), 500)?;
    let known = known.iter().find(|it| it.id == letter).ok_or_else(Fault::not_found)?;
    outbox.again(organization, known.id).map_err(|err| match err {
        app::Error::Wrong(_) => {
            Fault::new(StatusCode::CONFLICT, "Done already", "this was delivered or dropped")
        }
        err => err.into(),
    })?;
    Ok(Reply::nothing())
}

fn named(ask: &Ask) -> Result<Hook, Fault> {
    let id: Id = ask.param("webhook").parse().map_err(|_| Fault::not_found())?;
    let hooks = ask.site.app.hooks(ask.place()?.organization.id())?;
    hooks.into_iter().find(|it| it.id == id).ok_or_else(Fault::not_found)
}

/// There are as many as there may be.
pub(super) fn too_many(detail: &str) -> Fault {
    Fault::new(StatusCode::CONFLICT, "Too many", detail)
}

fn told_of(ask: &Ask, hook: &Hook) -> Value {
    let by = ask.sight().get(hook.person);
    json!({
        "id": hook.id, "url": hook.url, "kinds": hook.kinds,
        "by": by.map(|it| json!({"ref": it.name(), "kind": it.def().id, "title": it.title()})),
        "made": hook.made.to_string(), "paused": hook.paused.map(|it| it.to_string()),
    })
}

fn delivery(it: &Letter) -> Value {
    let at = |ms: i64| Timestamp::from_millisecond(ms).ok().map(|it| it.to_string());
    let waits = it.ended.is_none();
    json!({
        "id": it.id,
        "entry": match Content::of(it) { Some(Content::Commit { seq }) => Some(seq), _ => None },
        "state": it.state.id(), "tries": it.tries, "made": at(it.made),
        "next": waits.then(|| at(it.due)).flatten(), "ended": it.ended.and_then(at),
        "fault": it.fault,
    })
}
