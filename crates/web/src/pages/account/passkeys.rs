//! Making passkeys, naming and removing them.

use axum::http::StatusCode;
use maud::html;

use super::{device, providers, recovery};
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    carry,
    form::Form,
    passkey,
    plain::{Faults, Field, Input},
    shell,
};

const NAME: Field = Field {
    id: "passkey-name",
    name: "name",
    label: "What you call it",
    help: "So that you know it again: where it is kept.",
    input: Input::Text("off"),
};

/// The page that makes one.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    ask.recent()?;
    let next = ask.query.said("next").filter(|it| carry::is_local(it));
    let mut typed: Form = next.map(|it| ("next", it)).into_iter().collect();
    typed.push("name", device::called(ask.header("user-agent")));
    Ok(page(ask, &typed, &Faults::default())?.into())
}

/// Keeps what was made.
pub(super) fn make(ask: &Ask) -> Result<Answer, Problem> {
    ask.recent()?;
    let account = ask.signed()?.account.id;
    let relying = passkey::relying(ask).ok_or(Problem::NotFound)?;
    let said = |name: &str| ask.form.get(name).unwrap_or_default();
    let accounts = ask.site.app.accounts();
    match accounts.add_passkey(account, &relying, said("passkey"), said("name")) {
        Ok(_) => recovery::after_set_up(ask, "Your passkey is kept."),
        Err(err) if err.is_refusal() => {
            let page = page(ask, &ask.form, &Faults::whole(err))?;
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into())
        }
        Err(err) => Err(err.into()),
    }
}

/// Changes what one is called.
pub(super) fn rename(ask: &Ask) -> Result<Answer, Problem> {
    let account = ask.signed()?.account.id;
    let id = ask.param("passkey").parse().map_err(|_| Problem::NotFound)?;
    let name = ask.form.get("name").unwrap_or_default();
    ask.site.app.accounts().rename_passkey(account, id, name)?;
    Ok(Answer::done("/account", "The passkey has its new name.", None))
}

/// Removes one.
pub(super) fn end(ask: &Ask) -> Result<Answer, Problem> {
    ask.recent()?;
    let (accounts, account) = (ask.site.app.accounts(), &ask.signed()?.account);
    let id = ask.param("passkey").parse().map_err(|_| Problem::NotFound)?;
    let has_another = accounts.factors(account.id)?.passkeys.iter().any(|it| it.id != id);
    providers::keep_open(ask, has_another || account.has_password())?;
    let said = match accounts.remove_passkey(account.id, id)? {
        true => {
            "The passkey is removed: it opens nothing here any more. Delete it on its device too."
        }
        false => "It was removed already.",
    };
    Ok(Answer::done("/account", said, None))
}

fn page(ask: &Ask, typed: &Form, faults: &Faults) -> Result<Page, Problem> {
    let account = ask.signed()?.account.id;
    let factors = ask.site.app.accounts().factors(account)?;
    let body = html! {
        header { h1 { "Add a passkey" } p.lead { "Your device keeps it and asks for your finger, your face or a PIN. Nothing secret leaves the device." } }
        @if passkey::relying(ask).is_none() {
            p.note { "Browsers keep passkeys only for sites that are reached by name and HTTPS; this one is reached at " (ask.site.settings.origin) "." }
        } @else {
            form.card.form method="post" action="/account/passkey" {
                (shell::token(ask))
                @if let Some(next) = typed.get("next") { input type="hidden" name="next" value=(next); }
                (faults.said())
                (NAME.show(typed, faults))
                (passkey::making(ask, &factors.passkeys, "Make the passkey")?)
            }
        }
        p { a href="/account" { "Leave it" } }
    };
    Ok(Page::new("Add a passkey", body).below("Your account", "/account"))
}
