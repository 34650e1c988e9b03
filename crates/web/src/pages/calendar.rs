//! Calendars: secret addresses at which calendar programs read what is due.

mod ics;

use app::accounts::Calendar;
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use domain::{
    View,
    access::{Access, Sight},
    agenda,
};
use jiff::Timestamp;
use maud::{Markup, html};
use sha2::{Digest, Sha256};

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    routes::{Needs, Route, get, post},
    shell, words,
};

/// The routes of calendars.
pub(crate) const ROUTES: &[Route] = &[
    get("/o/{place}/calendar", Needs::Member, show),
    post("/o/{place}/calendar", Needs::Member, create),
    post("/o/{place}/calendar/{name}/removal", Needs::Member, remove),
    get("/calendar/{file}", Needs::Nothing, feed),
];

/// The calendars of whoever asks, and a form for a new one.
fn show(ask: &Ask) -> Result<Answer, Problem> {
    let organization = ask.place()?.organization.id();
    let mut own = ask.site.app.accounts().calendars(ask.signed()?.account.id)?;
    own.retain(|it| it.organization == organization);
    let body = html! {
        header {
            h1 { "In your own calendar" }
            p.lead { "A secret address at which your calendar program reads what is due, again and again: on whole days, with a link to each record." }
        }
        @if own.is_empty() { div.empty { p { "You have no such address yet. Make one, then paste it where your calendar program subscribes to a calendar by its address." } } }
        @else {
            section.card { h2 { "Your addresses" } ul.todo { @for it in &own { (line(ask, it)) } } }
        }
        form.card.form method="post" action=(ask.to("/calendar")) {
            (shell::token(ask))
            h2 { "A new address" }
            @if ask.sight().sees_everything() {
                fieldset {
                    legend { "What it shows" }
                    label { input type="radio" name="breadth" value="mine" checked; " What is due for me" }
                    label { input type="radio" name="breadth" value="everything"; " What is due for everybody" }
                }
            }
            p.help { "Whoever knows the address reads numbers and titles of what is due, without a password; so does whoever runs your calendar. You can take it back at any time." }
            div.row { button.btn.go { "Make an address" } a.btn href=(ask.to("/work")) { "My work" } }
        }
    };
    Ok(page(ask, "In your own calendar", body).into())
}

/// Makes a calendar and shows its address, this once.
fn create(ask: &Ask) -> Result<Answer, Problem> {
    ask.recent()?;
    let everything =
        ask.form.said("breadth") == Some("everything") && ask.sight().sees_everything();
    let organization = ask.place()?.organization.id();
    let account = ask.signed()?.account.id;
    let accounts = ask.site.app.accounts();
    let (_, token) = accounts.add_calendar(account, organization, everything)?;
    let address = format!("{}/calendar/{}.ics", ask.site.settings.origin, token.as_str());
    let body = html! {
        header { h1 { "The address of your calendar" } p.lead { strong { "It is shown only now." } " Paste it where your calendar program subscribes to a calendar." } }
        div.card.form {
            copy-text { div.field {
                label for="address" { "Address" }
                input.mono #address type="text" readonly value=(address);
            } }
            div.row { a.btn href=(ask.to("/calendar")) { "Done" } }
        }
    };
    Ok(page(ask, "The address of your calendar", body).into())
}

/// Takes a calendar back.
fn remove(ask: &Ask) -> Result<Answer, Problem> {
    let account = ask.signed()?.account.id;
    ask.site.app.accounts().remove_calendar(account, ask.param("name"))?;
    let said = "The address shows nothing any more.";
    Ok(Answer::done(ask.to("/calendar"), said, None))
}

/// The calendar itself, for programs.
fn feed(ask: &Ask) -> Result<Answer, Problem> {
    let token = ask.param("file").strip_suffix(".ics").ok_or(Problem::NotFound)?;
    let found = ask.site.app.accounts().calendar(token)?.ok_or(Problem::NotFound)?;
    let (calendar, person) = found;
    let rows = ask.site.app.organizations()?;
    let row = rows.into_iter().find(|it| it.organization == calendar.organization);
    let row = row.ok_or(Problem::NotFound)?;
    let organization = ask.site.app.organization(Some(&row.slug))?;
    let now = organization.as_of(None)?;
    let changed = now.isms.moment(now.isms.position()).map_or(Timestamp::UNIX_EPOCH, |it| it.at);
    // What is due differs with the records, the day and who asks, and with nothing else.
    let mark = format!("{} {} {person} {}", now.isms.position(), now.day, calendar.everything);
    let mark = Sha256::digest(format!("{} {mark}", ask.site.settings.origin));
    let tag: String = mark[..12].iter().map(|it| format!("{it:02x}")).collect();
    let tag = format!("\"{tag}\"");
    if ask.header("if-none-match").split(',').any(|it| it.trim().trim_start_matches("W/") == tag) {
        return Ok(answer(StatusCode::NOT_MODIFIED, &tag, changed, String::new()));
    }
    let access = Access::of(&now.isms, person, now.day);
    let sight = Sight::new(View::new(&now.isms, now.day), &access);
    let dated = match calendar.everything && sight.sees_everything() {
        true => agenda::everything(sight.view),
        false => agenda::mine(sight),
    };
    let base = format!("{}/o/{}", ask.site.settings.origin, organization.slug());
    let text = ics::calendar(sight, &dated, &base, organization.slug());
    Ok(answer(StatusCode::OK, &tag, changed, text))
}

fn line(ask: &Ask, calendar: &Calendar) -> Markup {
    html! {
        li {
            span {
                @if calendar.everything { "What is due for everybody" } @else { "What is due for you" }
                small {
                    "made " (words::ago(calendar.made, ask.now)) ", "
                    @match calendar.seen { Some(at) => { "last read " (words::ago(at, ask.now)) } None => { "never read" } }
                }
            }
            form method="post" action=(ask.to(&format!("/calendar/{}/removal", calendar.name))) { (shell::token(ask)) button.btn.small.danger { "Take it back" } }
        }
    }
}

fn page(ask: &Ask, title: &str, body: Markup) -> Page {
    Page::new(title, body).at("/work").below("My work", ask.to("/work"))
}

fn answer(status: StatusCode, tag: &str, changed: Timestamp, text: String) -> Answer {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let media = HeaderValue::from_static("text/calendar; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, media);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    let changed = changed.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    for (name, value) in [(header::ETAG, tag), (header::LAST_MODIFIED, &changed)] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    Answer::Raw(Box::new(response))
}
