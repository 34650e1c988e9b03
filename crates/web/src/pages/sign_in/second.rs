//! The second step of signing in. Between the two the browser carries a sealed ticket and no
//! session: nothing is open yet.

use app::accounts::{Asking, By, Factors};
use jiff::SignedDuration;
use maud::{Markup, html};
use meta::Id;
use serde_json::{Value, json};

use super::{enter_as, form, next, status};
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    carry, cookie,
    form::Form,
    passkey,
    plain::{Faults, Field, Input},
    words,
};

/// So long somebody may take for it.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// What the ticket is about.
const TICKET: &str = "second factor";

const CODE: Field = Field {
    id: "code",
    name: "code",
    label: "Code of your authenticator app",
    help: "Six digits; they change every half minute.",
    input: Input::Code,
};

const RECOVERY: Field = Field {
    id: "recovery",
    name: "recovery",
    label: "Recovery code",
    help: "One of the ten that you kept when you set your second factor up. It works once.",
    input: Input::Text("off"),
};

/// The page that asks for the second factor, and the ticket to come back with.
pub(super) fn ask_for(
    ask: &Ask,
    account: Id,
    factors: &Factors,
    next: &str,
) -> Result<Answer, Problem> {
    let accounts = ask.site.app.accounts();
    let row = accounts.by_id(account)?.ok_or(Problem::NotFound)?;
    let set = row.password_set.map(jiff::Timestamp::as_millisecond);
    let ticket = accounts.ticket(TICKET, &json!({"account": account, "set": set}), PATIENCE)?;
    let secure = ask.site.settings.secure;
    let cookie = cookie::set(cookie::half(secure), &ticket, PATIENCE.as_secs(), secure);
    let carried = match ask.form.has("next") {
        true => ask.form.clone(),
        false => ask.form.with("next", Some(next)),
    };
    let page = page(ask, account, factors, &carried, &Faults::default())?;
    Ok(carry::with_cookies(ask, page, &[cookie]))
}

/// Takes the second factor, and lets in.
pub(super) fn enter(ask: &Ask) -> Result<Answer, Problem> {
    let Some(account) = waiting(ask)? else {
        let faults = Faults::whole(app::accounts::SignInRefused::Over);
        let page = form(ask, &ask.form, &faults)?;
        return Ok(page.with_status(Problem::SignIn.status()).into());
    };
    match prove(ask, account) {
        Ok(left) => {
            let answer = enter_as(ask, &ask.form, account, By::Second, next(ask), false)?;
            Ok(told(answer, left))
        }
        Err(app::Error::SignIn(refused)) => {
            let factors = ask.site.app.accounts().factors(account)?;
            let page = page(ask, account, &factors, &ask.form, &Faults::whole(refused))?;
            Ok(page.with_status(status(refused)).into())
        }
        Err(err) => Err(err.into()),
    }
}

/// Proves the second factor of an account by what the form says; answers how many recovery codes
/// are left when one was used.
///
/// # Errors
/// [`app::Error::SignIn`] when it is not proved.
pub(crate) fn prove(ask: &Ask, account: Id) -> Result<Option<u64>, app::Error> {
    let accounts = ask.site.app.accounts();
    if let Some((answer, relying)) = ask.form.said("passkey").zip(passkey::relying(ask)) {
        return accounts.prove_passkey(Asking::Second(account), &relying, answer).map(|_| None);
    }
    if let Some(code) = ask.form.said("recovery") {
        return accounts.prove_recovery(account, code, ask.address).map(Some);
    }
    let code = ask.form.get("code").unwrap_or_default();
    accounts.prove_code(account, code, ask.address).map(|()| None)
}

/// The forms that prove a second factor, sent to `action` with what is carried.
pub(crate) fn ways(
    ask: &Ask,
    account: Id,
    factors: &Factors,
    action: &str,
    carried: &Form,
    faults: &Faults,
) -> Result<Markup, Problem> {
    let enctype = carry::is_carrying(carried).then_some("multipart/form-data");
    let start = || {
        html! { (carry::hidden(carried)) @if ask.signed.is_some() { (crate::shell::token(ask)) } }
    };
    let has_passkeys = !factors.passkeys.is_empty();
    Ok(html! {
        (faults.said())
        @if has_passkeys {
            form.card method="post" action=(action) enctype=[enctype] {
                (start())
                (passkey::using(ask, Asking::Second(account), &factors.passkeys, "Use a passkey")?)
            }
        }
        @if factors.authenticator.is_some() {
            form.card.form method="post" action=(action) enctype=[enctype] {
                (start())
                (CODE.show(carried, faults))
                div.row { button.btn.go { "Go on" } }
            }
        }
        details.soft open[!has_passkeys && factors.authenticator.is_none()] {
            summary { span.plain { "You do not have it at hand?" } }
            @if factors.codes > 0 {
                form.card.form.after method="post" action=(action) enctype=[enctype] {
                    (start())
                    (RECOVERY.show(&Form::default(), faults))
                    div.row { button.btn { "Use this recovery code" } }
                }
            }
            p.after { "No recovery code either? An administrator of your organization can take the second factor away, so that you can set up a new one." }
        }
    })
}

fn page(
    ask: &Ask,
    account: Id,
    factors: &Factors,
    carried: &Form,
    faults: &Faults,
) -> Result<Page, Problem> {
    let body = html! {
        header { h1 { "One more step" } p.lead { "Your account asks for a second proof that it is you." } }
        (ways(ask, account, factors, "/sign-in/second", carried, faults)?)
        p { a href="/sign-in" { "Begin again" } }
    };
    Ok(Page::new("One more step", body))
}

/// The account that waits for its second factor in this browser.
fn waiting(ask: &Ask) -> Result<Option<Id>, Problem> {
    let accounts = ask.site.app.accounts();
    let Some(ticket) = ask.cookie(cookie::half(ask.site.settings.secure)) else { return Ok(None) };
    let Some(content) = accounts.open_ticket(TICKET, ticket)? else { return Ok(None) };
    let id = content["account"].as_str().and_then(|it| it.parse().ok());
    let Some(row) = id.map(|it| accounts.by_id(it)).transpose()?.flatten() else { return Ok(None) };
    // A password that was changed since proves nothing.
    let set = row.password_set.map(jiff::Timestamp::as_millisecond);
    let is_same = content["set"] == set.map_or(Value::Null, |it| json!(it));
    Ok((is_same && row.is_enabled()).then_some(row.id))
}

/// The answer with how many recovery codes are left, where one was used.
fn told(answer: Answer, left: Option<u64>) -> Answer {
    let Some(left) = left.and_then(|it| usize::try_from(it).ok()) else { return answer };
    match answer {
        Answer::Go { to, cookies, .. } => {
            let left = words::count(left, "recovery code is", "recovery codes are");
            let text = format!(
                "{left} left. If your second factor is lost for good, set up a new one on the page \
                 of your account."
            );
            Answer::Go { to, said: Some(crate::answer::Said { text, entry: None }), cookies }
        }
        answer => answer,
    }
}
