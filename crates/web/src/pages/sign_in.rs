//! Signing in and out.

use app::accounts::{By, Device, SignInRefused};
use maud::html;

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    carry, cookie,
    form::Form,
    problem::sentence_of,
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
const COOKIE_SECONDS: i64 = 14 * 24 * 3600;

fn show(ask: &Ask) -> Result<Answer, Problem> {
    Ok(form(ask, &ask.query, None).into())
}

/// The page to sign in on, with what is carried and what was wrong.
pub(crate) fn form(_ask: &Ask, carried: &Form, wrong: Option<&str>) -> Page {
    let email = carried.get("email").unwrap_or_default();
    let body = html! {
        header { h1 { "Sign in" } }
        @if carried.has("carry-to") { p.note { "You were away too long. What you typed is kept: sign in, and it is sent on." } }
        form.card.form method="post" action="/sign-in" {
            (carry::hidden(carried))
            @if let Some(wrong) = wrong { p.wrong role="alert" { (sentence_of(wrong)) } }
            div.field {
                label for="email" { "E-mail" }
                input #email type="email" name="email" value=(email) autocomplete="username" required autofocus[email.is_empty()];
            }
            div.field {
                label for="password" { "Password" }
                input #password type="password" name="password" autocomplete="current-password" required autofocus[!email.is_empty()];
            }
            div.row { button.btn.go { "Sign in" } }
        }
        p.soft { "No way in? Ask your administrator for a link." }
    };
    Page::new("Sign in", body)
}

fn enter(ask: &Ask) -> Result<Answer, Problem> {
    let said = |name: &str| ask.form.get(name).unwrap_or_default();
    let accounts = ask.site.app.accounts();
    let account = match accounts.sign_in(said("email").trim(), said("password"), ask.address) {
        Ok(account) => account,
        Err(app::Error::SignIn(refused)) => {
            let page = form(ask, &ask.form, Some(&refused.to_string()));
            let problem = match refused {
                SignInRefused::Wait { seconds } => Problem::TooOften(seconds),
                SignInRefused::Wrong => Problem::Wrong(String::new()),
            };
            return Ok(page.with_status(problem.status()).into());
        }
        Err(err) => return Err(err.into()),
    };
    let (token, cookies) = open(ask, account.id, By::Password)?;
    match carry::send_on(ask, &token) {
        Some(page) => {
            let mut response = Answer::Page(page).into_response(ask);
            for cookie in &cookies {
                if let Ok(value) = cookie.parse() {
                    response.headers_mut().append(axum::http::header::SET_COOKIE, value);
                }
            }
            Ok(Answer::Raw(Box::new(response)))
        }
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
