//! Setting up an authenticator app, and removing it.

use app::accounts::AuthenticatorOffer;
use axum::http::StatusCode;
use maud::html;

use super::recovery;
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    carry,
    form::Form,
    plain::{Faults, Field, Input},
    qr, shell,
};

const CODE: Field = Field {
    id: "code",
    name: "code",
    label: "The code that the app shows now",
    help: "Six digits. With them we know that the app works, before it counts.",
    input: Input::Code,
};

/// The page with a new secret.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    ask.recent()?;
    let accounts = ask.site.app.accounts();
    let offer = accounts.offer_authenticator(ask.signed()?.account.id, &issuer(ask))?;
    let next = ask.query.said("next").filter(|it| carry::is_local(it));
    let typed: Form = next.map(|it| ("next", it)).into_iter().collect();
    Ok(page(ask, &offer, &typed, &Faults::default()).into())
}

/// Keeps the app once it has shown a code.
pub(super) fn take(ask: &Ask) -> Result<Answer, Problem> {
    ask.recent()?;
    let signed = ask.signed()?;
    let accounts = ask.site.app.accounts();
    let said = |name: &str| ask.form.get(name).unwrap_or_default();
    let (id, ticket) = (signed.account.id, said("ticket"));
    match accounts.take_authenticator(id, ticket, said("code"), ask.address) {
        Ok(()) => recovery::after_set_up(ask, "Your authenticator app is set up."),
        Err(app::Error::SignIn(refused)) => {
            let offer = accounts.offer_again(id, &issuer(ask), ticket)?;
            let page = page(ask, &offer, &ask.form, &Faults::on(CODE.id, refused));
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into())
        }
        Err(err) => Err(err.into()),
    }
}

/// Removes the app.
pub(super) fn end(ask: &Ask) -> Result<Answer, Problem> {
    ask.recent()?;
    let said = match ask.site.app.accounts().remove_authenticator(ask.signed()?.account.id)? {
        true => "The authenticator app is removed: you are no longer asked for its code.",
        false => "There was no authenticator app.",
    };
    Ok(Answer::done("/account", said, None))
}

/// What the app calls this site.
fn issuer(ask: &Ask) -> String {
    let origin = &ask.site.settings.origin;
    let host = origin.split_once("://").map_or(origin.as_str(), |it| it.1);
    format!("Muniment {}", host.split(['/', ':']).next().unwrap_or_default()).trim().to_owned()
}

fn page(ask: &Ask, offer: &AuthenticatorOffer, typed: &Form, faults: &Faults) -> Page {
    let body = html! {
        header { h1 { "Set up an authenticator app" } p.lead { "Open the app on your phone, or your password manager, and let it add an account." } }
        form.card.form method="post" action="/account/authenticator" {
            (shell::token(ask))
            input type="hidden" name="ticket" value=(offer.ticket);
            @if let Some(next) = typed.get("next") { input type="hidden" name="next" value=(next); }
            div.two {
                div { p { strong { "1. Let it look at this picture" } } (qr::code(&offer.address, "QR code for the app; the key stands beside it")) }
                div {
                    p { strong { "or type this key" } }
                    p.key.mono { (offer.key) }
                    p.soft { "Time-based, six digits. Show neither to anybody: who has it can make your codes." }
                    p.after { a href=(offer.address) { "Open an app on this device" } }
                }
            }
            p { strong { "2. Type what it shows" } }
            (CODE.show(typed, faults))
            div.row { button.btn.go { "This is the code" } a.btn href="/account" { "Leave it" } }
        }
    };
    Page::new("Set up an authenticator app", body).below("Your account", "/account")
}
