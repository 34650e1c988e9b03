//! The account of whoever is signed in: name, password, sessions, what they want to be told.

mod about;
mod authenticator;
mod confirm;
mod device;
mod factors;
mod notices;
mod passkeys;
mod password;
mod providers;
mod recovery;
mod sessions;
mod tokens;

use axum::http::StatusCode;
use maud::html;

pub(crate) use self::{confirm::page as confirm, factors::asked_for};
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    form::Form,
    plain::Faults,
    routes::{Needs, Route, get, post},
};

/// The routes of the account.
pub(crate) const ROUTES: &[Route] = &[
    get("/account", Needs::Account, show),
    post("/account/about", Needs::Account, about::change),
    post("/account/password", Needs::Account, password::change),
    post("/account/password/end", Needs::Account, password::end),
    get("/account/confirm", Needs::Account, confirm::show),
    post("/account/confirm", Needs::Account, confirm::take),
    get("/account/second-factor", Needs::Account, factors::lead),
    get("/account/authenticator", Needs::Account, authenticator::show),
    post("/account/authenticator", Needs::Account, authenticator::take),
    post("/account/authenticator/end", Needs::Account, authenticator::end),
    post("/account/providers/{provider}", Needs::Account, providers::link),
    post("/account/providers/{provider}/end", Needs::Account, providers::unlink),
    get("/account/passkey", Needs::Account, passkeys::show),
    post("/account/passkey", Needs::Account, passkeys::make),
    post("/account/passkey/{passkey}/name", Needs::Account, passkeys::rename),
    post("/account/passkey/{passkey}/end", Needs::Account, passkeys::end),
    post("/account/recovery", Needs::Account, recovery::make),
    post("/account/notices", Needs::Account, notices::change),
    post("/account/sessions/others/end", Needs::Account, sessions::end_others),
    post("/account/sessions/{session}/end", Needs::Account, sessions::end),
    get("/account/tokens", Needs::Account, tokens::list),
    post("/account/tokens", Needs::Account, tokens::make),
    post("/account/tokens/{token}/revocation", Needs::Account, tokens::revoke),
];

fn show(ask: &Ask) -> Result<Answer, Problem> {
    let signed = ask.signed()?;
    let form = [("name", &signed.account.name), ("email", &signed.account.email)];
    page(ask, &form.into_iter().collect(), &Faults::default()).map(Answer::from)
}

/// The page again, with what was typed and what was wrong with it.
fn wrong(ask: &Ask, faults: &Faults) -> Result<Answer, Problem> {
    let account = &ask.signed()?.account;
    let mut form = ask.form.clone();
    for (name, value) in [("name", &account.name), ("email", &account.email)] {
        if !form.has(name) {
            form.push(name, value);
        }
    }
    let page = page(ask, &form, faults)?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into())
}

fn page(ask: &Ask, form: &Form, faults: &Faults) -> Result<Page, Problem> {
    let account = &ask.signed()?.account;
    let body = html! {
        header { h1 { "Your account" } p.lead { "The same in all organizations that you belong to. What you may do in each, its administrators say." } }
        (about::card(ask, account, form, faults))
        (password::card(ask, account, form, faults)?)
        (providers::card(ask, account)?)
        (factors::card(ask, account)?)
        (sessions::card(ask)?)
        (notices::card(ask)?)
        (tokens::card(ask)?)
    };
    Ok(Page::new("Your account", body))
}

/// Why the present password was not taken, at its field; what is no refusal goes on.
fn not_proved(err: app::Error, field: &'static str, faults: &mut Faults) -> Result<(), Problem> {
    match err {
        app::Error::SignIn(app::accounts::SignInRefused::Wrong) => {
            faults.add(field, "this is not your present password");
            Ok(())
        }
        app::Error::SignIn(refused) => {
            faults.add(field, refused);
            Ok(())
        }
        err => Err(err.into()),
    }
}
