//! Saying again who one is, before something that outlasts a session.

use app::accounts::SignInRefused;
use axum::http::StatusCode;
use maud::html;

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    carry,
    form::Form,
    pages::sign_in::{self, prove_second, provider_buttons, ways},
    plain::{Faults, Field, Input},
    shell,
};

const PASSWORD: Field = Field {
    id: "password",
    name: "password",
    label: "Your password",
    help: "",
    input: Input::Password,
};

/// The page for whoever comes by a link.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let next = ask.query.said("next").filter(|it| carry::is_local(it)).unwrap_or("/account");
    if ask.recent().is_ok() {
        return Ok(Answer::go(next));
    }
    let carried = Form::from_iter([("next", next)]);
    Ok(page(ask, &carried, &Faults::default())?.into())
}

/// The page, with what is carried and what was wrong.
///
/// # Errors
/// When the database fails.
pub(crate) fn page(ask: &Ask, carried: &Form, faults: &Faults) -> Result<Page, Problem> {
    let account = &ask.signed()?.account;
    let factors = ask.site.app.accounts().factors(account.id)?;
    let known = ask.site.app.accounts().identities(account.id)?;
    let has_provider = known.iter().any(|it| ask.site.provider(&it.provider).is_some());
    let enctype = carry::is_carrying(carried).then_some("multipart/form-data");
    let body = html! {
        header { h1 { "Is it you?" } p.lead { "What you are about to do outlasts this visit. Show once more that it is you, then it goes on." } }
        @if factors.is_second() {
            (ways(ask, account.id, &factors, "/account/confirm", carried, faults)?)
        } @else if !account.has_password() {
            (faults.said())
            div.row { (provider_buttons(ask, carried, Some(&known))) a.btn href="/account" { "Leave it" } }
        } @else {
            form.card.form method="post" action="/account/confirm" enctype=[enctype] {
                (shell::token(ask))
                (carry::hidden(carried))
                (faults.said())
                input type="text" autocomplete="username" value=(account.email) readonly hidden;
                (PASSWORD.show(carried, faults))
                div.row { button.btn.go { "Go on" } a.btn href="/account" { "Leave it" } }
            }
            @if has_provider { div.row { (provider_buttons(ask, carried, Some(&known))) } }
        }
    };
    Ok(Page::new("Is it you?", body))
}

/// Notes that it is the same person, and goes on.
pub(super) fn take(ask: &Ask) -> Result<Answer, Problem> {
    let signed = ask.signed()?;
    let accounts = ask.site.app.accounts();
    let is_second = accounts.factors(signed.account.id)?.is_second();
    let proved = match is_second {
        true => prove_second(ask, signed.account.id).map(drop),
        false => {
            let password = ask.form.get("password").unwrap_or_default();
            accounts.prove(&signed.token, password, ask.address)
        }
    };
    let refused = match proved {
        Ok(()) => {
            accounts.note_proof(signed.session.id, is_second)?;
            if let Some(page) = carry::send_on(&ask.form, &signed.token, "Thank you") {
                return Ok(page.into());
            }
            let next = ask.form.get("next").filter(|it| carry::is_local(it));
            return Ok(Answer::go(next.unwrap_or("/account")));
        }
        Err(app::Error::SignIn(refused)) => refused,
        Err(err) => return Err(err.into()),
    };
    let faults = match refused {
        SignInRefused::Wrong => Faults::on(PASSWORD.id, "this is not your present password"),
        refused => Faults::whole(refused),
    };
    let status = match refused {
        SignInRefused::Wrong => StatusCode::BAD_REQUEST,
        refused => sign_in::status(refused),
    };
    Ok(page(ask, &ask.form, &faults)?.with_status(status).into())
}
