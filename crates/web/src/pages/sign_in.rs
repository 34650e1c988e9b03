//! Signing in and out.

use app::accounts::{By, Device, SignInRefused};
use maud::{Markup, html};

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    carry, cookie,
    form::Form,
    plain::{Faults, Field, Input},
    routes::{Needs, Route, get, post},
};

/// The routes of signing in.
pub(crate) const ROUTES: &[Route] = &[
    get("/sign-in", Needs::Nothing, show),
    post("/sign-in", Needs::Nothing, enter),
    post("/sign-out", Needs::Nothing, leave),
];

/// How long a browser keeps the session's cookie, in seconds; the session itself ends by its own
/// rules.
const COOKIE_SECONDS: i64 = app::accounts::ABSOLUTE_DAYS * 24 * 3600;

const EMAIL: Field =
    Field { id: "email", name: "email", label: "E-mail", help: "", input: Input::Email };

const PASSWORD: Field =
    Field { id: "password", name: "password", label: "Password", help: "", input: Input::Password };

/// Only what leads on is taken from the address: a link must not fill in a form for somebody.
fn show(ask: &Ask) -> Result<Answer, Problem> {
    let next = ask.query.said("next").filter(|it| carry::is_local(it));
    if ask.signed.is_some() {
        return Ok(Answer::go(next.unwrap_or("/")));
    }
    let carried: Form = next.map(|it| ("next", it)).into_iter().collect();
    Ok(form(ask, &carried, &Faults::default())?.into())
}

/// The page to sign in on, with what is carried and what was wrong. Before there is any account it
/// says what to wait for.
///
/// # Errors
/// When the database fails.
pub(crate) fn form(ask: &Ask, carried: &Form, faults: &Faults) -> Result<Page, Problem> {
    if !ask.site.app.accounts().any()? {
        return Ok(waiting());
    }
    let keeps = carry::is_carrying(carried);
    // A form that was carried may be large, or hold what an address cannot.
    let enctype = keeps.then_some("multipart/form-data");
    let body = html! {
        header { h1 { "Sign in" } }
        @if keeps { p.note { "You were away too long. What you typed is kept: sign in, and send it then." } }
        form.card.form method="post" action="/sign-in" enctype=[enctype] {
            (carry::hidden(carried))
            (faults.said())
            (EMAIL.show(carried, faults))
            (PASSWORD.show(carried, faults))
            div.row { button.btn.go { "Sign in" } }
        }
        (no_way_in())
    };
    Ok(Page::new("Sign in", body))
}

fn no_way_in() -> Markup {
    html! {
        details.soft {
            summary { span.plain { "No password, or forgot it?" } }
            p { "Ask an administrator of your organization. They find you under Settings, People and access, and can give you a link to set a new password. Nobody can look up the old one." }
        }
    }
}

/// The first run: nobody can sign in yet.
fn waiting() -> Page {
    let body = html! {
        header {
            h1 { "Muniment waits for its administrator" }
            p.lead { "Nobody can sign in here yet. The console on which Muniment was started shows a link: it makes the first account and the first organization." }
        }
        div.card {
            h2 { "Where is the link?" }
            p { "In the window or the log in which " code { "muniment serve" } " runs. It works once, and for a limited time; starting Muniment again prints a new one." }
        }
    };
    Page::new("Muniment waits for its administrator", body)
}

fn enter(ask: &Ask) -> Result<Answer, Problem> {
    let said = |name: &str| ask.form.get(name).unwrap_or_default();
    let accounts = ask.site.app.accounts();
    let account = match accounts.sign_in(said("email").trim(), said("password"), ask.address) {
        Ok(account) => account,
        Err(app::Error::SignIn(refused)) => {
            let page = form(ask, &ask.form, &Faults::whole(refused))?;
            let problem = match refused {
                SignInRefused::Wait { seconds } => Problem::TooOften(seconds),
                SignInRefused::Wrong => Problem::Wrong(String::new()),
            };
            return Ok(page.with_status(problem.status()).into());
        }
        Err(err) => return Err(err.into()),
    };
    // Another session in the same browser has no cookie any more: nobody could end it there.
    if let Some(signed) = &ask.signed {
        accounts.close(&signed.token)?;
    }
    let (token, cookies) = open(ask, account.id, By::Password)?;
    match carry::send_on(ask, &token) {
        Some(page) => Ok(carry::with_cookies(ask, page, &cookies)),
        None => {
            let next = ask.form.get("next").filter(|it| carry::is_local(it)).unwrap_or("/");
            Ok(Answer::Go { to: next.to_owned(), said: None, cookies })
        }
    }
}

/// Opens a session; answers its token and the cookie to set.
pub(crate) fn open(ask: &Ask, account: meta::Id, by: By) -> Result<(String, Vec<String>), Problem> {
    let device = Device { agent: ask.header("user-agent"), address: ask.address };
    let token = ask.site.app.accounts().open(account, by, &device)?.as_str().to_owned();
    let secure = ask.site.settings.secure;
    let cookie = cookie::set(cookie::session(secure), &token, COOKIE_SECONDS, secure);
    Ok((token, vec![cookie]))
}

fn leave(ask: &Ask) -> Result<Answer, Problem> {
    if let Some(signed) = &ask.signed {
        ask.site.app.accounts().close(&signed.token)?;
    }
    let secure = ask.site.settings.secure;
    let gone = cookie::set(cookie::session(secure), "", 0, secure);
    Ok(Answer::Go { to: "/sign-in".to_owned(), said: None, cookies: vec![gone] })
}
