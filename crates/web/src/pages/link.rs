//! One-time links: a page with a button, because mail scanners and browsers open every link before
//! people do.

use app::accounts::{By, Purpose};
use maud::html;

use super::{first_run, invitation, reset, sign_in};
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    plain::Faults,
    routes::{Needs, Route, get, post},
    shell,
};

/// The routes of one-time links.
pub(crate) const ROUTES: &[Route] =
    &[get("/link/{token}", Needs::Nothing, show), post("/link/{token}", Needs::Nothing, follow)];

fn show(ask: &Ask) -> Result<Answer, Problem> {
    let Some(found) = ask.site.app.accounts().peek(ask.param("token"))? else {
        return Ok(gone().into());
    };
    let page = match found.once.purpose {
        Purpose::SignIn => button(ask),
        Purpose::FirstRun => first_run::page(ask, &ask.form, &Faults::default())?,
        Purpose::Invitation => invitation::page(ask, &found.once, None, &Faults::default())?,
        Purpose::Reset => reset::page(ask, &found.once, &Faults::default())?,
    };
    Ok(page.into())
}

fn follow(ask: &Ask) -> Result<Answer, Problem> {
    let Some(found) = ask.site.app.accounts().peek(ask.param("token"))? else {
        return Ok(gone().into());
    };
    let done = match found.once.purpose {
        Purpose::SignIn => sign_in_by_link(ask),
        Purpose::FirstRun => first_run::follow(ask),
        Purpose::Invitation => invitation::follow(ask, &found.once),
        Purpose::Reset => reset::follow(ask, &found.once),
    };
    match done {
        Err(Refused::Over) => Ok(gone().into()),
        Err(Refused::Problem(problem)) => Err(problem),
        Ok(answer) => Ok(answer),
    }
}

/// Why a link was not followed.
pub(super) enum Refused {
    /// Somebody else used it up a moment ago.
    Over,
    /// Anything else.
    Problem(Problem),
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<app::Error> for Refused {
    fn from(err: app::Error) -> Self {
        match err {
            app::Error::LinkOver => Self::Over,
            err => Self::Problem(err.into()),
        }
    }
}

fn button(ask: &Ask) -> Page {
    let body = html! {
        header { h1 { "Sign in" } p.lead { "This link works once, for you." } }
        form.card.form method="post" action=(ask.path) {
            (shell::token(ask))
            div.row { button.btn.go { "Sign in" } }
        }
    };
    Page::new("Sign in", body)
}

fn sign_in_by_link(ask: &Ask) -> Result<Answer, Refused> {
    let once = ask.site.app.accounts().redeem(ask.param("token"), Purpose::SignIn)?;
    let account = once.account.ok_or(Refused::Over)?;
    Ok(sign_in::admit(ask, &ask.form, account, By::Link, "/")?)
}

/// The link was used, or has ended.
fn gone() -> Page {
    let body = html! {
        header { h1 { "This link does not work any more" } p.lead { "It was used already, or is too old. Ask whoever gave it to you for another one." } }
        p { a.btn href="/" { "Go on" } }
    };
    Page::new("This link does not work any more", body).with_status(axum::http::StatusCode::GONE)
}
