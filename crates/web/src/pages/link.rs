//! One-time links: a page with a button, because mail scanners and browsers open every link before
//! people do.

use app::accounts::{By, Purpose};
use maud::html;

use super::sign_in;
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    routes::{Needs, Route, get, post},
};

/// The routes of one-time links.
pub(crate) const ROUTES: &[Route] =
    &[get("/link/{token}", Needs::Nothing, show), post("/link/{token}", Needs::Nothing, follow)];

fn show(ask: &Ask) -> Result<Answer, Problem> {
    let found = ask.site.app.accounts().peek(ask.param("token"))?;
    let Some(found) = found.filter(|it| it.once.purpose == Purpose::SignIn) else {
        return Ok(gone().into());
    };
    let _ = found;
    let body = html! {
        header { h1 { "Sign in" } p.lead { "This link works once, for you." } }
        form.card.form method="post" action=(ask.path) { div.row { button.btn.go autofocus { "Sign in" } } }
    };
    Ok(Page::new("Sign in", body).into())
}

fn follow(ask: &Ask) -> Result<Answer, Problem> {
    let accounts = ask.site.app.accounts();
    let Ok(once) = accounts.redeem(ask.param("token"), Purpose::SignIn) else {
        return Ok(gone().into());
    };
    let account = once.account.ok_or(Problem::NotFound)?;
    let (_, cookies) = sign_in::open(ask, account, By::Link)?;
    Ok(Answer::Go { to: "/".to_owned(), said: None, cookies })
}

/// The link was used, or has ended.
fn gone() -> Page {
    let body = html! {
        header { h1 { "This link does not work any more" } p.lead { "It was used already, or is too old. Ask for another one." } }
        p { a.btn href="/sign-in" { "Sign in" } }
    };
    Page::new("This link does not work any more", body).with_status(axum::http::StatusCode::GONE)
}
