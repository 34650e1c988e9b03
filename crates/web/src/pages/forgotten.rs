//! Asking for a new password, where mail is set up.

use axum::http::StatusCode;
use maud::html;

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    form::Form,
    plain::{Faults, Field, Input},
    routes::{Needs, Route, get, post},
    shell,
};

/// The routes of forgotten passwords.
pub(crate) const ROUTES: &[Route] =
    &[get("/forgotten", Needs::Nothing, show), post("/forgotten", Needs::Nothing, send)];

const EMAIL: Field = Field {
    id: "email",
    name: "email",
    label: "E-mail",
    help: "The one you sign in with.",
    input: Input::Email("username"),
};

fn show(ask: &Ask) -> Result<Answer, Problem> {
    page(ask, &Form::default(), &Faults::default()).map(Answer::from)
}

/// Sends a link, if there is such an account; the answer does not tell whether there is.
fn send(ask: &Ask) -> Result<Answer, Problem> {
    if ask.site.post.mailer.is_none() {
        return Err(Problem::NotFound);
    }
    let email = ask.form.said("email").unwrap_or_default();
    let mut faults = Faults::default();
    if app::accounts::fold_email(email).is_none() {
        faults.add("email", "this is not an e-mail address: write one like ada@example.org");
    } else if let Err(err) = ask.site.app.accounts().forgotten(email, ask.address) {
        match err {
            app::Error::SignIn(refused) => faults.add("email", refused),
            err => return Err(err.into()),
        }
    }
    if !faults.is_empty() {
        let page = page(ask, &ask.form, &faults)?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into());
    }
    let body = html! {
        header { h1 { "Look into your mail" } p.lead { "If an account has the address " (email) ", a link to a new password goes there. It works once, for 24 hours." } }
        p { "Nothing arrives? Look into the folder of unwanted mail, or ask an administrator of your organization." }
        p { a.btn href="/sign-in" { "Back" } }
    };
    Ok(Page::new("Look into your mail", body).into())
}

fn page(ask: &Ask, form: &Form, faults: &Faults) -> Result<Page, Problem> {
    if ask.site.post.mailer.is_none() {
        return Err(Problem::NotFound);
    }
    let body = html! {
        header { h1 { "Forgot your password?" } p.lead { "You get a mail with a link on which you choose a new one." } }
        form.card.form method="post" action="/forgotten" {
            (shell::token(ask))
            (faults.said())
            (EMAIL.show(form, faults))
            div.row { button.btn.go { "Send me a link" } a.btn href="/sign-in" { "Back" } }
        }
    };
    Ok(Page::new("Forgot your password?", body))
}
