//! Where a program begins: who asks, which organizations there are, and kinds of records.

use app::accounts::Scope;
use domain::access::{Act, On};
use meta::{KindDef, Record};
use serde_json::json;

use super::{Endpoint, Fault, Gives, Reply, endpoint::get, openapi};
use crate::{Ask, Problem, routes::Needs};

/// Where a program begins.
pub(super) const TABLE: &[Endpoint] = &[
    get("/api/v1", "me", me)
        .says("Whose token this is, what it is for, and which organizations it opens.")
        .needs(Needs::Account)
        .query(&[])
        .gives(Gives::Json(200, "Me")),
    get("/api/v1/openapi.json", "description", openapi::serve)
        .says("This description, as OpenAPI 3.1; open to everybody.")
        .needs(Needs::Nothing)
        .query(&[])
        .gives(Gives::Json(200, "Any")),
    get("/api/v1/o/{org}", "organization", organization)
        .says("The organization, where its ledger stands, and what you are in it.")
        .gives(Gives::Json(200, "Place")),
    get("/api/v1/o/{org}/kinds", "kinds", kinds)
        .says("The kinds of records that you may see, with their stages.")
        .gives(Gives::Json(200, "Kinds")),
];

/// Who asks, and where they may go.
pub(super) fn me(ask: &Ask) -> Result<Reply, Fault> {
    let bearer = ask.bearer.as_ref().ok_or(Problem::SignIn)?;
    let accounts = ask.site.app.accounts();
    let account = accounts.by_id(bearer.account)?.ok_or(Problem::SignIn)?;
    let mut organizations = Vec::new();
    let belongings = accounts.belongings(account.id)?;
    for row in ask.site.app.organizations()? {
        let opens = bearer.organization.is_none_or(|it| it == row.organization);
        let here = belongings.iter().find(|it| opens && it.organization == row.organization);
        let Some(here) = here else { continue };
        let organization = ask.site.app.organization(Some(&row.slug))?;
        let isms = organization.current()?;
        let day = organization.today(&isms);
        let access = ask.site.beside(&organization).admitted.access(&isms, here.person, day);
        if access.day_to_show(day).is_some() {
            organizations.push(json!({
                "organization": row.slug, "position": row.seq,
                "url": format!("/api/v1/o/{}", row.slug),
            }));
        }
    }
    let scopes: Vec<&str> = bearer.scopes.each().map(Scope::id).collect();
    Ok(Reply::json(&json!({
        "account": {"name": account.name, "email": account.email},
        "token": {
            "id": bearer.id, "name": bearer.name, "scopes": scopes,
            "expires": bearer.expires.to_string(),
        },
        "organizations": organizations,
        "description": "/api/v1/openapi.json",
    })))
}

/// The organization, and what whoever asks is in it.
pub(super) fn organization(ask: &Ask) -> Result<Reply, Fault> {
    let (place, sight) = (ask.place()?, ask.sight());
    let person = ask.isms().get(place.person);
    let profiles: Vec<&str> =
        place.access.profiles().iter().map(|it| meta::Choice::def(it).id).collect();
    let organization = sight.rows("organization").next();
    Ok(Reply::json(&json!({
        "organization": place.organization.slug(),
        "id": place.organization.id(),
        "title": organization.map(Record::title),
        "position": ask.isms().position(),
        "day": ask.day().to_string(),
        "person": person.map(|it| json!({"ref": it.name(), "kind": it.def().id, "title": it.title()})),
        "profiles": profiles,
    })))
}

/// The kinds of which whoever asks may see records.
pub(super) fn kinds(ask: &Ask) -> Result<Reply, Fault> {
    let sight = ask.sight();
    let sees_all = sight.sees_every_record();
    let kind = |def: &'static KindDef| {
        json!({
            "kind": def.id, "prefix": def.prefix, "label": def.label, "plural": def.plural,
            "help": def.help, "clause": def.clause,
            "count": sees_all.then(|| ask.isms().count(def.id)),
            "may_create": ask.may(Act::Create, On::Kind(def)),
            "stages": def.stages.iter().map(|it| json!({
                "stage": it.id, "label": it.label, "next": it.next, "ended": it.ended,
            })).collect::<Vec<_>>(),
            "url": format!("/api/v1/o/{}/{}", ask.param("org"), def.id),
        })
    };
    Ok(Reply::json(&json!({"items": sight.kinds().map(kind).collect::<Vec<_>>()})))
}
