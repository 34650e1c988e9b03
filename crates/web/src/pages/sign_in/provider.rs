//! Signing in through a provider: there, and back again.

use app::{
    accounts::{By, Identity},
    provider::{Claims, Provider, ProviderRefused, ProviderSettings, Returned},
};
use axum::http::StatusCode;
use maud::{Markup, html};
use serde_json::{Value, json};

use super::{admit, form};
use crate::{
    Answer, Ask, Problem, answer::Page, carry, cookie, form::Form, plain::Faults, upload::Upload,
};

/// How long the browser keeps the ticket, in seconds.
const TICKET_SECONDS: i64 = 30 * 60;

/// Buttons for all providers, with what is carried; or for those that know an account, which shall
/// ask anew who it is.
pub(crate) fn buttons(ask: &Ask, carried: &Form, known: Option<&[Identity]>) -> Markup {
    let (keeps, again) = (carry::is_carrying(carried), known.is_some());
    let is_meant = |id: &str| known.is_none_or(|known| known.iter().any(|it| it.provider == id));
    let enctype = keeps.then_some("multipart/form-data");
    html! {
        @for it in ask.site.providers.iter().filter(|it| is_meant(&it.settings().id)) {
            @let settings = it.settings();
            @let action = format!("/sign-in/with/{}", settings.id);
            @let label = format!("Sign in with {}", settings.name);
            @match keeps {
                // What was typed cannot go along in an address: it waits here.
                true => {
                    form method="post" action=(action) enctype=[enctype] {
                        (carry::hidden(carried))
                        @if again { input type="hidden" name="again" value="1"; }
                        button.btn { (label) }
                    }
                }
                false => { a.btn href=(address(&action, carried.get("next"), again)) { (label) } }
            }
        }
    }
}

/// Leads to the provider.
pub(super) fn go(ask: &Ask) -> Result<Answer, Problem> {
    let next = ask.query.said("next").filter(|it| carry::is_local(it)).unwrap_or("/");
    let again = ask.query.has("again");
    match begin(ask, &json!({"next": next}), again)? {
        Ok((to, cookie)) => Ok(Answer::Go { to, said: None, cookies: vec![cookie] }),
        Err(page) => Ok(page.into()),
    }
}

/// As [`go`], while what was typed waits here. Browsers follow no form to another site, so that a
/// link leads on.
pub(super) fn go_with(ask: &Ask) -> Result<Answer, Problem> {
    let provider = named(ask)?;
    let mut file = ask.site.shelf.file()?;
    std::io::Write::write_all(&mut file, ask.form.query().as_bytes())?;
    let upload = Upload::new(String::new(), "form", file)?;
    let key = ask.site.shelf.put_carried(upload, ask.now);
    match begin(ask, &json!({"next": "/", "shelf": key}), ask.form.has("again"))? {
        Ok((to, cookie)) => {
            let name = &provider.settings().name;
            let body = html! {
                header { h1 { "What you typed is kept" } p.lead { "Sign in with " (name) " now; you come back here, and send it then." } }
                p { a.btn.go href=(to) { "Go on to " (name) } }
            };
            let page = Page::new("What you typed is kept", body);
            Ok(carry::with_cookies(ask, page, &[cookie]))
        }
        Err(page) => Ok(page.into()),
    }
}

/// Takes what the browser brings back from the provider, and lets in.
pub(super) fn back(ask: &Ask) -> Result<Answer, Problem> {
    let provider = named(ask)?;
    let ticket = ask.cookie(cookie::way(ask.site.settings.secure)).unwrap_or_default();
    let query = |name: &str| ask.query.get(name).map(str::to_owned);
    let app = &ask.site.app;
    let returned = provider.finish(app, &back_to(ask, provider), ticket, &query);
    if let Ok(Returned { claims, carried, .. }) = &returned
        && let Some(session) = carried["link"].as_str()
    {
        return Ok(forgotten(ask, linked(ask, provider.settings(), claims, session)?));
    }
    let admitted = returned.and_then(|it| {
        let account = app.accounts().admit(provider.settings(), &it.claims)?;
        Ok((account, it.carried, it.is_fresh))
    });
    let (account, carried, is_fresh) = match admitted {
        Ok(admitted) => admitted,
        Err(err) if err.is_refusal() && ask.signed.is_some() => return Ok(not_linked(err)),
        Err(err) if err.is_refusal() => {
            let page = form(ask, &Form::default(), &Faults::whole(err))?;
            return Ok(page.with_status(StatusCode::BAD_REQUEST).into());
        }
        Err(err) => return Err(err.into()),
    };
    let next = carried["next"].as_str().filter(|it| carry::is_local(it)).unwrap_or("/");
    let typed = waited(ask, &carried)?;
    let by = By::Provider { id: &provider.settings().id, is_fresh };
    let answer = admit(ask, &typed, account.id, by, next)?;
    Ok(forgotten(ask, answer))
}

/// The note on the sign-in page after signing out of a session that a provider opened.
pub(super) fn signed_out(ask: &Ask) -> Markup {
    let id = ask.query.said("out").unwrap_or_default();
    let provider = ask.site.provider(id);
    html! {
        @if let Some(provider) = provider {
            @let name = &provider.settings().name;
            p.note { "You are signed out here."
                @if let Some(to) = provider.way_out(&format!("{}/sign-in", ask.site.settings.origin)) {
                    " At " (name) " you may still be signed in: " a href=(to) { "sign out there too" } "."
                }
            }
        }
    }
}

/// Leads to the provider to link it with the account that is signed in. Browsers follow no form to
/// another site, so that a link leads on.
///
/// # Errors
/// When there is no such provider, or the database fails.
pub(crate) fn link(ask: &Ask) -> Result<Answer, Problem> {
    let name = &named(ask)?.settings().name;
    let session = ask.signed()?.session.id;
    match begin(ask, &json!({"link": session}), false)? {
        Ok((to, cookie)) => {
            let title = format!("Link {name}");
            let body = html! {
                header { h1 { (title) } p.lead { "Sign in there as yourself. You come back here, and from then on it opens your account too." } }
                div.row { a.btn.go href=(to) { "Go on to " (name) } a.btn href="/account" { "Leave it" } }
            };
            let page = Page::new(title, body).below("Your account", "/account");
            Ok(carry::with_cookies(ask, page, &[cookie]))
        }
        Err(page) => Ok(page.into()),
    }
}

/// Links the account of the session that asked for it, and of no other.
fn linked(
    ask: &Ask,
    provider: &ProviderSettings,
    claims: &Claims,
    session: &str,
) -> Result<Answer, Problem> {
    let signed = ask.signed()?;
    if signed.session.id.to_string() != session {
        return Ok(not_linked(ProviderRefused::Over.into()));
    }
    match ask.site.app.accounts().link(signed.account.id, provider, claims) {
        Ok(()) => {
            let said = format!("{} is linked: it opens your account from now on.", provider.name);
            Ok(Answer::done("/account", said, None))
        }
        Err(err) if err.is_refusal() => Ok(not_linked(err)),
        Err(err) => Err(err.into()),
    }
}

/// Nothing came of it, for somebody who is signed in.
fn not_linked(err: app::Error) -> Answer {
    let body = html! {
        header { h1 { "Nothing has changed" } }
        (Faults::whole(err).said())
        p { a.btn.go href="/account" { "Back to your account" } }
    };
    let page = Page::new("Nothing has changed", body).below("Your account", "/account");
    page.with_status(StatusCode::BAD_REQUEST).into()
}

/// The provider's page with the cookie to come back with, or the page that says why not.
fn begin(
    ask: &Ask,
    carried: &Value,
    again: bool,
) -> Result<Result<(String, String), Page>, Problem> {
    let provider = named(ask)?;
    match provider.begin(&ask.site.app, &back_to(ask, provider), carried, again) {
        Ok(way) => {
            let secure = ask.site.settings.secure;
            let cookie = cookie::set(cookie::way(secure), &way.ticket, TICKET_SECONDS, secure);
            Ok(Ok((way.to, cookie)))
        }
        Err(err) if err.is_refusal() => {
            let page = form(ask, &ask.form, &Faults::whole(err))?;
            Ok(Err(page.with_status(StatusCode::BAD_GATEWAY)))
        }
        Err(err) => Err(err.into()),
    }
}

/// The form that waited while somebody was at the provider; an empty one when there was none.
fn waited(ask: &Ask, carried: &Value) -> Result<Form, Problem> {
    let key = carried["shelf"].as_str();
    Ok(match key.and_then(|it| ask.site.shelf.take(it)) {
        Some(upload) => Form::parse(&upload.bytes()?),
        None => Form::default(),
    })
}

/// The answer with the ticket's cookie removed.
fn forgotten(ask: &Ask, answer: Answer) -> Answer {
    let secure = ask.site.settings.secure;
    let gone = cookie::set(cookie::way(secure), "", 0, secure);
    match answer {
        Answer::Go { to, said, mut cookies } => {
            cookies.push(gone);
            Answer::Go { to, said, cookies }
        }
        answer => answer,
    }
}

fn named(ask: &Ask) -> Result<&Provider, Problem> {
    ask.site.provider(ask.param("provider")).ok_or(Problem::NotFound)
}

/// Each provider has an address of its own to come back to: what one answers is taken for no
/// other's.
fn back_to(ask: &Ask, provider: &Provider) -> String {
    format!("{}/sign-in/back/{}", ask.site.settings.origin, provider.settings().id)
}

fn address(action: &str, next: Option<&str>, again: bool) -> String {
    let mut query = Form::from_iter(next.map(|it| ("next", it)));
    if again {
        query.push("again", "1");
    }
    let query = query.query();
    if query.is_empty() { action.to_owned() } else { format!("{action}?{query}") }
}
