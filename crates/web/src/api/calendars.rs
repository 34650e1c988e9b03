//! Calendars: secret addresses at which calendar programs read what is due.

use app::accounts::{Calendar, MOST_CALENDARS, Scope};
use axum::http::{StatusCode, header};
use domain::access::{Act, On};
use serde_json::{Value, json};

use super::{
    Endpoint, Fault, Gives, Reply, Takes,
    endpoint::{delete, get, post},
    told::{self, Told},
    webhooks::too_many,
};
use crate::{Ask, Problem};

/// What can be done about calendars. An address outlives the token that made it: that takes a token
/// to administer.
pub(super) const TABLE: &[Endpoint] = &[
    get("/api/v1/o/{org}/calendars", "calendars", list)
        .says("Your calendars: secret addresses at which a calendar program reads what is due.")
        .query(&[])
        .gives(Gives::Json(200, "Calendars")),
    post("/api/v1/o/{org}/calendars", "add_calendar", create)
        .says(
            "Makes a calendar. Its `address`, shown this once, answers as iCalendar (RFC 5545) to \
             whoever knows it, until you take it back.",
        )
        .scope(Scope::Administer)
        .takes(Takes::Json("CalendarNew"), r#"{"of": "mine"}"#)
        .gives(Gives::Json(201, "CalendarMade")),
    delete("/api/v1/o/{org}/calendars/{calendar}", "remove_calendar", remove)
        .says("Takes a calendar back: its address shows nothing any more.")
        .scope(Scope::Administer),
];

fn list(ask: &Ask) -> Result<Reply, Fault> {
    Ok(Reply::json(&json!({"items": own(ask)?.iter().map(told_of).collect::<Vec<_>>()})))
}

fn create(ask: &Ask) -> Result<Reply, Fault> {
    let body = told::parse(&ask.body)?;
    let told = Told::of(&body, "")?;
    let of = told.text("of").unwrap_or("mine");
    if !["mine", "everybody"].contains(&of) {
        told.must_be("of", "`mine` or `everybody`");
    }
    told.done()?;
    let everything = of == "everybody";
    if everything {
        ask.must(Act::SeeEverything, On::Everything)?;
    }
    let (accounts, account) = (ask.site.app.accounts(), account(ask)?);
    if accounts.calendars(account)?.len() >= MOST_CALENDARS {
        return Err(too_many(&format!(
            "you have {MOST_CALENDARS} calendars already: remove one that is not read any more"
        )));
    }
    let organization = ask.place()?.organization.id();
    let (calendar, token) = accounts.add_calendar(account, organization, everything)?;
    let mut made = told_of(&calendar);
    let origin = &ask.site.settings.origin;
    made["address"] = json!(format!("{origin}/calendar/{}.ics", token.as_str()));
    let to = format!("{}/{}", ask.path, calendar.name);
    Ok(Reply::json(&made).status(StatusCode::CREATED).header(header::LOCATION, &to))
}

fn remove(ask: &Ask) -> Result<Reply, Fault> {
    let name = ask.param("calendar");
    let found = own(ask)?.into_iter().find(|it| it.name == name);
    let found = found.ok_or_else(Fault::not_found)?;
    ask.site.app.accounts().remove_calendar(found.account, &found.name)?;
    Ok(Reply::nothing())
}

/// The calendars of the token's owner in the organization asked for.
fn own(ask: &Ask) -> Result<Vec<Calendar>, Fault> {
    let organization = ask.place()?.organization.id();
    let mut own = ask.site.app.accounts().calendars(account(ask)?)?;
    own.retain(|it| it.organization == organization);
    Ok(own)
}

fn account(ask: &Ask) -> Result<meta::Id, Fault> {
    Ok(ask.bearer.as_ref().ok_or(Problem::SignIn)?.account)
}

fn told_of(it: &Calendar) -> Value {
    json!({
        "name": it.name, "of": if it.everything { "everybody" } else { "mine" },
        "made": it.made.to_string(), "read": it.seen.map(|it| it.to_string()),
    })
}
