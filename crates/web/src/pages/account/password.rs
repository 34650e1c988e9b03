//! The password, and the other ways to sign in.

use app::accounts::Account;
use maud::{Markup, html};

use super::{not_proved, providers, wrong};
use crate::{
    Answer, Ask, Problem,
    form::Form,
    plain::{Faults, Field, Input, PASSWORD_HELP},
    shell, words,
};

const PRESENT: Field = Field {
    id: "password-present",
    name: "password",
    label: "Your present password",
    help: "",
    input: Input::Password,
};

const FRESH: Field = Field {
    id: "password-new",
    name: "password-new",
    label: "The new password",
    help: PASSWORD_HELP,
    input: Input::NewPassword,
};

/// The card that says how somebody signs in, and changes the password.
pub(super) fn card(
    ask: &Ask,
    account: &Account,
    form: &Form,
    faults: &Faults,
) -> Result<Markup, Problem> {
    let signed = ask.signed()?;
    let accounts = ask.site.app.accounts();
    let factors = accounts.factors(account.id)?;
    let identities = accounts.identities(account.id)?;
    // A session that somebody else sits down at must not be enough where there is more to ask for.
    let asks_here = !factors.is_second() && (account.has_password() || identities.is_empty());
    let is_open = asks_here || signed.session.is_recent(factors.is_second(), ask.now);
    Ok(html! {
        section.card aria-labelledby="password" {
            h2 #password { "How you sign in" }
            p {
                @match account.password_set {
                    Some(since) => { "With your e-mail address and a password, set " (words::ago(since, ask.now)) "." }
                    None if !factors.passkeys.is_empty() => { "With a passkey: this account has no password." }
                    None if !identities.is_empty() => { "Through a provider: this account has no password." }
                    None => { "By links that an administrator gives you: this account has no password yet." }
                }
            }
            @if !is_open {
                p.after { a.btn href="/account/confirm?next=/account" { @if account.has_password() { "Change it" } @else { "Set a password" } } " " span.soft { "You show once more that it is you first." } }
            } @else { form.form.after method="post" action="/account/password" {
                (shell::token(ask))
                // Password managers keep a password under the name they find beside it.
                input type="text" autocomplete="username" value=(account.email) readonly hidden;
                @if account.has_password() { (PRESENT.show(form, faults)) }
                (FRESH.show(form, faults))
                div.row {
                    button.btn { @if account.has_password() { "Change the password" } @else { "Set a password" } }
                    span.soft { "All other browsers are signed out." }
                }
            } }
            @if is_open && account.has_password() && (!factors.passkeys.is_empty() || !identities.is_empty()) {
                form.row.after method="post" action="/account/password/end" {
                    (shell::token(ask))
                    button.btn.danger { "Do without a password" }
                    span.soft { "What else you sign in with opens the account alone then." }
                }
            }
        }
    })
}

/// Changes the password, after asking for the present one.
pub(super) fn change(ask: &Ask) -> Result<Answer, Problem> {
    let signed = ask.signed()?;
    let accounts = ask.site.app.accounts();
    let typed = |name: &str| ask.form.get(name).unwrap_or_default();
    if accounts.factors(signed.account.id)?.is_second() || !signed.account.has_password() {
        ask.recent()?;
    }
    let mut faults = Faults::default();
    // What is wrong with the new one is told first: it costs no attempt.
    if let Err(err) = accounts.check_password(signed.account.id, typed("password-new")) {
        faults.take(err, FRESH.id)?;
    }
    if faults.is_empty()
        && signed.account.has_password()
        && let Err(err) = accounts.prove(&signed.token, typed("password"), ask.address)
    {
        not_proved(err, PRESENT.id, &mut faults)?;
    }
    if !faults.is_empty() {
        return wrong(ask, &faults);
    }
    accounts.set_password(signed.account.id, typed("password-new"), Some(signed.session.id))?;
    let said = "Your new password is kept. All other browsers are signed out.";
    Ok(Answer::done("/account", said, None))
}

/// Removes the password: passkeys are enough.
pub(super) fn end(ask: &Ask) -> Result<Answer, Problem> {
    ask.recent()?;
    let (accounts, account) = (ask.site.app.accounts(), ask.signed()?.account.id);
    providers::keep_open(ask, !accounts.factors(account)?.passkeys.is_empty())?;
    accounts.remove_password(account)?;
    Ok(Answer::done("/account", "The password is gone: you sign in without it from now on.", None))
}
