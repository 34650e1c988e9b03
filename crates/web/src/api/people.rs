//! Who comes in: invitations of people, and the tokens of who asks.

use app::accounts::{AccessToken, Issued, Scope, fold_email};
use axum::http::{StatusCode, header};
use domain::access::Act;
use kinds::{Kind, person::Person};
use meta::{Id, Record};
use serde_json::{Value, json};

use super::{
    Endpoint, Fault, Gives, Reply, Takes,
    endpoint::{delete, get, post},
    steps::{self, Names},
    told::{self, Told},
};
use crate::{
    Ask, Problem, mails,
    pages::settings::invite::{Invited, invite},
    routes::Needs,
};

/// What can be done about who comes in.
pub(super) const TABLE: &[Endpoint] = &[
    get("/api/v1/o/{org}/invitations", "invitations", invitations)
        .says("The invitations that can still be followed.")
        .needs(MANAGES)
        .query(&[])
        .gives(Gives::Json(200, "Invitations")),
    post("/api/v1/o/{org}/invitations", "invite", create)
        .says(
            "Invites a person to make an account, or to join with the one they have. The link goes \
             to them by mail; where no mail is sent from here, or `show` is `true`, it is the \
             answer, this once. What they may do is a `membership`: make that first.",
        )
        .needs(MANAGES)
        .scope(Scope::Administer)
        .takes(Takes::Json("Invite"), r#"{"person": "PERSON-12", "email": "ida@example.org"}"#)
        .gives(Gives::Json(201, "Invited")),
    delete("/api/v1/o/{org}/invitations/{person}", "recall", recall)
        .says("Takes the invitation of a person back: its link no longer works.")
        .needs(MANAGES)
        .scope(Scope::Administer),
    get("/api/v1/tokens", "tokens", tokens)
        .says("Your tokens that are good, the newest first.")
        .needs(Needs::Account)
        .query(&[])
        .gives(Gives::Json(200, "Tokens")),
    delete("/api/v1/tokens/{token}", "revoke_token", revoke)
        .says("Revokes a token of yours, at once; also the one that asks.")
        .needs(Needs::Account)
        .scope(Scope::Administer),
];

const MANAGES: Needs = Needs::May(Act::ManageAccess);

fn invitations(ask: &Ask) -> Result<Reply, Fault> {
    let found = ask.site.app.accounts().invitations(ask.place()?.organization.id())?;
    let items: Vec<Value> = found.iter().filter_map(|it| issued(ask, it)).collect();
    Ok(Reply::json(&json!({"items": items})))
}

fn create(ask: &Ask) -> Result<Reply, Fault> {
    let body = told::parse(&ask.body)?;
    let told = Told::of(&body, "")?;
    let text = told.needed("person");
    let named = steps::find(ask, &Names::new(), text);
    let person = named.ok().and_then(|it| ask.sight().get(it.id));
    let person = person.filter(|it| it.def().id == Person::ID);
    if person.is_none() && told.members.get("person").is_some_and(Value::is_string) {
        let what = format!("there is no person `{text}`: name one by id, or as `PERSON-12`");
        told.wrong("person", what);
    }
    let email = told.text("email");
    if email.is_some_and(|it| fold_email(it).is_none()) {
        told.must_be("email", "an e-mail address, such as `ada@example.org`");
    }
    let shows = told.truth("show");
    told.done()?;
    let person = person.ok_or_else(Fault::not_found)?;
    let (accounts, organization) = (ask.site.app.accounts(), ask.place()?.organization.id());
    if accounts.who_is(organization, person.head.id)?.is_some() {
        let detail = format!("{} has an account here already", person.name());
        return Err(Fault::new(StatusCode::CONFLICT, "There already", detail));
    }
    if person.stage().ended {
        let detail = format!("{} has left: take them back first", person.name());
        return Err(Fault::new(StatusCode::CONFLICT, "Not here any more", detail));
    }
    let days = mails::INVITATION.as_hours() / 24;
    let mut made = json!({"person": called(person), "days": days});
    match invite(ask, person, email, !shows)? {
        Invited::ByMail(email) => made["sent_to"] = json!(email),
        Invited::ByLink(token) => {
            made["address"] =
                json!(format!("{}/link/{}", ask.site.settings.origin, token.as_str()));
        }
    }
    let to = format!("{}/{}", ask.path, person.head.number);
    Ok(Reply::json(&made).status(StatusCode::CREATED).header(header::LOCATION, &to))
}

fn recall(ask: &Ask) -> Result<Reply, Fault> {
    let number = ask.param("person").parse().map_err(|_| Fault::not_found())?;
    let person = ask.sight().numbered(Person::ID, number).ok_or_else(Fault::not_found)?;
    let organization = ask.place()?.organization.id();
    match ask.site.app.accounts().recall(organization, person.head.id)? {
        true => Ok(Reply::nothing()),
        false => Err(Fault::not_found()),
    }
}

fn tokens(ask: &Ask) -> Result<Reply, Fault> {
    let items: Vec<Value> = own(ask)?.iter().map(token).collect();
    Ok(Reply::json(&json!({"items": items})))
}

fn revoke(ask: &Ask) -> Result<Reply, Fault> {
    let id: Id = ask.param("token").parse().map_err(|_| Fault::not_found())?;
    let found = own(ask)?.into_iter().find(|it| it.id == id).ok_or_else(Fault::not_found)?;
    ask.site.app.accounts().revoke_token(found.account, found.id)?;
    Ok(Reply::nothing())
}

/// The good tokens of who asks; by a token for one organization only those that open no other.
fn own(ask: &Ask) -> Result<Vec<AccessToken>, Fault> {
    let bearer = ask.bearer.as_ref().ok_or(Problem::SignIn)?;
    let mut all = ask.site.app.accounts().tokens(bearer.account)?;
    let is_open =
        |it: &AccessToken| bearer.organization.is_none() || bearer.organization == it.organization;
    all.retain(|it| it.is_good(ask.now) && is_open(it));
    Ok(all)
}

fn token(it: &AccessToken) -> Value {
    let scopes: Vec<&str> = it.scopes.each().map(Scope::id).collect();
    json!({
        "id": it.id, "name": it.name, "scopes": scopes, "organization": it.organization,
        "created": it.created.to_string(), "expires": it.expires.to_string(),
        "used": it.used.map(|it| it.to_string()),
    })
}

fn issued(ask: &Ask, it: &Issued) -> Option<Value> {
    let person = it.once.person.and_then(|it| ask.sight().get(it))?;
    Some(json!({
        "person": called(person), "email": it.once.email, "until": it.expires.to_string(),
    }))
}

fn called(it: &Record) -> Value {
    json!({"ref": it.name(), "kind": it.def().id, "title": it.title()})
}
