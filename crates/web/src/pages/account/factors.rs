//! What somebody has beside their password: passkeys, an authenticator app, recovery codes.

use app::accounts::{Account, Factors, Passkey, SecondFactor};
use domain::parameters;
use kinds::{Kind, organization::Organization};
use maud::{Markup, html};

use crate::{
    Answer, Ask, Problem, answer::Page, carry, form::Form, passkey, routes::Route, shell, words,
};

/// The card that lists them.
pub(super) fn card(ask: &Ask, account: &Account) -> Result<Markup, Problem> {
    let factors = ask.site.app.accounts().factors(account.id)?;
    let can = passkey::relying(ask).is_some();
    Ok(html! {
        section.card aria-labelledby="second" {
            h2 #second { "Passkeys and second factor" }
            @if !factors.is_second() {
                p { "A password can be watched, guessed or given away. A passkey cannot; an authenticator app makes a stolen password worth little." }
            }
            @if can || !factors.passkeys.is_empty() {
                h3 { "Passkeys" }
                @if factors.passkeys.is_empty() { p.soft { "None yet. With one you sign in by finger, face or PIN of your device, without a password." } }
                @else { ul.choose { @for it in &factors.passkeys { (one(ask, it)) } } }
                @if can { p.after { a.btn href="/account/passkey" { "Add a passkey" } } }
                @else { p.soft.after { "No more can be added while this site is reached by a number or without HTTPS." } }
            } @else {
                p.soft.after { "Passkeys need a site that is reached by name and HTTPS; this one is not." }
            }
            h3.after { "Authenticator app" }
            (app(ask, &factors))
            @if factors.is_second() { (codes(ask, &factors)) }
        }
    })
}

/// The page that leads to a second factor, for who has none.
pub(super) fn lead(ask: &Ask) -> Result<Answer, Problem> {
    let account = &ask.signed()?.account;
    let next = ask.query.said("next").filter(|it| carry::is_local(it)).unwrap_or("/");
    if ask.site.app.accounts().factors(account.id)?.is_second() {
        return Ok(Answer::go(next));
    }
    let query = Form::from_iter([("next", next)]).query();
    let must = ask.site.settings.sign_in.second_factor == SecondFactor::Required;
    let asks = asking(ask, next)?;
    let body = html! {
        header {
            h1 { "Protect your account" }
            p.lead {
                @if let Some(name) = &asks { (name) " opens its records to people with a second factor. Choose yours; it takes a minute." }
                @else if must { "Everybody here signs in with a second factor. Choose yours; it takes a minute." }
                @else { "Please set up a second factor: what you have, beside the password that you know. It takes a minute." }
            }
        }
        @if passkey::relying(ask).is_some() {
            section.card {
                h2 { "A passkey" }
                p { "By finger, face or PIN of this device, of your phone or of a security key. The easiest, and nobody can lure it from you." }
                p.after { a.btn.go href={ "/account/passkey?" (query) } { "Make a passkey" } }
            }
        }
        section.card {
            h2 { "An authenticator app" }
            p { "An app on your phone that shows a new code every half minute; many password managers can do it too." }
            p.after { a.btn href={ "/account/authenticator?" (query) } { "Set up an app" } }
        }
        @if asks.is_some() && !must { p { a href="/organizations" { "Later: go to your other organizations" } } }
        @else if !must { p { a href=(next) { "Later" } } }
    };
    Ok(Page::new("Protect your account", body).into())
}

/// Where an account without a second factor is led before anything else, where the installation or
/// the organization requires one.
///
/// # Errors
/// [`Problem::Confirm`] when there is one that was not proved in this session yet.
pub(crate) fn asked_for(ask: &Ask, route: &Route) -> Result<Option<Answer>, Problem> {
    let must = ask.site.settings.sign_in.second_factor == SecondFactor::Required
        || ask.place.as_ref().is_some_and(|it| it.asks_second);
    let Some(signed) = ask.signed.as_ref().filter(|it| must && !it.session.is_strong()) else {
        return Ok(None);
    };
    let sets_up = ["/account/second-factor", "/account/authenticator", "/account/passkey"];
    let is_open = sets_up.contains(&route.path) || route.path == "/account/confirm";
    if route.needs == crate::routes::Needs::Nothing || is_open {
        return Ok(None);
    }
    if ask.site.app.accounts().factors(signed.account.id)?.is_second() {
        return Err(Problem::Confirm);
    }
    let next = if ask.method == axum::http::Method::GET { ask.path.as_str() } else { "/" };
    let query = Form::from_iter([("next", next)]).query();
    Ok(Some(Answer::go(format!("/account/second-factor?{query}"))))
}

/// What the organization is called that a path leads into, where it asks everybody for a second
/// factor.
fn asking(ask: &Ask, path: &str) -> Result<Option<String>, Problem> {
    let slug = path.strip_prefix("/o/").and_then(|it| it.split(['/', '@', '?', '#']).next());
    let Some(slug) = slug else { return Ok(None) };
    let Some(row) = ask.site.app.by_slug(slug)? else { return Ok(None) };
    let account = ask.signed()?.account.id;
    if ask.site.app.accounts().person(account, row.organization)?.is_none() {
        return Ok(None);
    }
    let isms = ask.site.app.organization(Some(slug))?.current()?;
    let asks = parameters::is_set(&isms, parameters::SECOND_FACTOR);
    let title = isms.rows(Organization::ID).next().map(|it| it.title().to_owned());
    Ok(title.filter(|_| asks))
}

fn one(ask: &Ask, it: &Passkey) -> Markup {
    let path = format!("/account/passkey/{}", it.id);
    html! {
        li {
            div {
                strong { (it.name) }
                small { "Made " (words::ago(it.since, ask.now)) @match it.used { Some(at) => { ", last used " (words::ago(at, ask.now)) } None => { ", not used yet" } } "." }
                details.fold {
                    summary { "Rename" }
                    form.row.after method="post" action={ (path) "/name" } {
                        (shell::token(ask))
                        input type="text" name="name" value=(it.name) aria-label="Name of the passkey" required maxlength="200";
                        button.btn.small { "Save" }
                    }
                }
            }
            form method="post" action={ (path) "/end" } { (shell::token(ask)) button.btn.small.danger { "Remove" } }
        }
    }
}

fn app(ask: &Ask, factors: &Factors) -> Markup {
    html! {
        @match factors.authenticator {
            Some(since) => {
                ul.choose { li {
                    div { strong { "It is set up" } small { "Since " (words::ago(since, ask.now)) ". After your password you are asked for its code." } }
                    form method="post" action="/account/authenticator/end" { (shell::token(ask)) button.btn.small.danger { "Remove" } }
                } }
                p.after { a.btn href="/account/authenticator" { "Set up another app in its place" } }
            }
            None => {
                p.soft { "None yet. It shows a code that you type after your password." }
                p.after { a.btn href="/account/authenticator" { "Set up an app" } }
            }
        }
    }
}

fn codes(ask: &Ask, factors: &Factors) -> Markup {
    let left = usize::try_from(factors.codes).unwrap_or(usize::MAX);
    html! {
        h3.after { "Recovery codes" }
        p { @match left {
            0 => { span.st.bad { "none left." } " If you lose your second factor, only an administrator can help you." }
            left => { span.st.good { (words::count(left, "code is", "codes are")) " left." } " Each opens your account once in place of the second factor." }
        } }
        form.row.after method="post" action="/account/recovery" { (shell::token(ask)) button.btn { "Make ten new codes" } span.soft { "Those you have become useless." } }
    }
}
