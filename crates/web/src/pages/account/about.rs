//! Name and e-mail address.

use app::accounts::Account;
use maud::{Markup, html};

use super::{not_proved, wrong};
use crate::{
    Answer, Ask, Problem,
    form::Form,
    plain::{EMAIL, Faults, Field, Input, NAME, check_person},
    shell,
};

const PROOF: Field = Field {
    id: "about-password",
    name: "password",
    label: "Your password",
    help: "Only needed to change the e-mail address.",
    input: Input::Password,
};

/// The card that shows and changes them.
pub(super) fn card(ask: &Ask, account: &Account, form: &Form, faults: &Faults) -> Markup {
    html! {
        section.card aria-labelledby="about" {
            h2 #about { "You" }
            form.form method="post" action="/account/about" novalidate {
                (shell::token(ask))
                (NAME.show(form, faults))
                (EMAIL.show(form, faults))
                @if account.has_password() { (PROOF.show(form, faults)) }
                div.row { button.btn { "Save" } }
            }
        }
    }
}

/// Changes them; the e-mail address after asking for the password.
pub(super) fn change(ask: &Ask) -> Result<Answer, Problem> {
    let signed = ask.signed()?;
    let accounts = ask.site.app.accounts();
    let said = |name: &str| ask.form.get(name).unwrap_or_default().trim();
    let (name, email) = (said("name"), said("email"));
    let mut faults = Faults::default();
    check_person(name, email, &mut faults);
    let moves = email != signed.account.email;
    if moves && (!signed.account.has_password() || accounts.factors(signed.account.id)?.is_second())
    {
        ask.recent()?;
    }
    if faults.is_empty() && moves && signed.account.has_password() {
        let password = ask.form.get("password").unwrap_or_default();
        if password.is_empty() {
            faults.add(PROOF.id, "type your password to change the e-mail address");
        } else if let Err(err) = accounts.prove(&signed.token, password, ask.address) {
            not_proved(err, PROOF.id, &mut faults)?;
        }
    }
    if faults.is_empty()
        && moves
        && let Err(err) = accounts.set_email(signed.account.id, email)
    {
        match err {
            // Nobody learns here who else has an account.
            app::Error::EmailTaken { .. } => {
                faults.add("email", "this address cannot be used: ask your administrator why");
            }
            err => faults.take(err, PROOF.id)?,
        }
    }
    if faults.is_empty()
        && let Err(err) = accounts.rename(signed.account.id, name)
    {
        faults.take(err, PROOF.id)?;
    }
    match faults.is_empty() {
        true => Ok(Answer::done("/account", "Saved.", None)),
        false => wrong(ask, &faults),
    }
}
