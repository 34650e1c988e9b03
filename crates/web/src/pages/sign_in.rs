//! Signing in and out.

mod provider;
mod second;

pub(crate) use self::{
    provider::{buttons as provider_buttons, link as link_provider},
    second::{prove as prove_second, ways},
};
use app::accounts::{Asking, By, Device, SecondFactor, SignInRefused};
use maud::{Markup, html};

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    carry, cookie,
    form::Form,
    passkey,
    plain::{Faults, Field, Input},
    routes::{Needs, Route, get, post},
};

/// The routes of signing in.
pub(crate) const ROUTES: &[Route] = &[
    get("/sign-in", Needs::Nothing, show),
    post("/sign-in", Needs::Nothing, enter),
    post("/sign-in/second", Needs::Nothing, second::enter),
    get("/sign-in/with/{provider}", Needs::Nothing, provider::go),
    post("/sign-in/with/{provider}", Needs::Nothing, provider::go_with),
    get("/sign-in/back/{provider}", Needs::Nothing, provider::back),
    post("/sign-out", Needs::Nothing, leave),
];

/// How long a browser keeps the session's cookie, in seconds; the session itself ends by its own
/// rules.
const COOKIE_SECONDS: i64 = app::accounts::ABSOLUTE_DAYS * 24 * 3600;

/// The page from which something carried is sent on.
const SIGNED_IN: &str = "You are signed in";

const EMAIL: Field = Field {
    id: "email",
    name: "email",
    label: "E-mail",
    help: "",
    input: Input::Email("username webauthn"),
};

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
        (provider::signed_out(ask))
        @if keeps { p.note { "You were away too long. What you typed is kept: sign in, and send it then." } }
        form.card.form method="post" action="/sign-in" enctype=[enctype] {
            (carry::hidden(carried))
            (faults.said())
            (EMAIL.show(carried, faults))
            (PASSWORD.show(carried, faults))
            div.row { button.btn.go { "Sign in" } }
        }
        @if passkey::relying(ask).is_some() {
            form.other method="post" action="/sign-in" enctype=[enctype] {
                (carry::hidden(carried))
                (passkey::using(ask, Asking::SignIn, &[], "Sign in with a passkey")?)
            }
        }
        @if !ask.site.providers.is_empty() { div.row { (provider_buttons(ask, carried, None)) } }
        (no_way_in(ask))
    };
    Ok(Page::new("Sign in", body))
}

/// Lets somebody in who proved who they are: at once, or after the second factor that they have.
/// What `carried` holds is sent on then, or `next` is shown.
///
/// # Errors
/// When the account is disabled, or the database fails.
pub(crate) fn admit(
    ask: &Ask,
    carried: &Form,
    account: meta::Id,
    by: By<'_>,
    next: &str,
) -> Result<Answer, Problem> {
    let factors = ask.site.app.accounts().factors(account)?;
    if factors.is_second() && matches!(by, By::Password | By::Link) {
        return second::ask_for(ask, account, &factors, next);
    }
    let wants = ask.site.settings.sign_in.second_factor != SecondFactor::Offered;
    let is_led = wants && !factors.is_second() && !matches!(by, By::Provider { .. });
    enter_as(ask, carried, account, by, next, is_led)
}

/// Opens a session; answers its token and the cookie to set.
pub(crate) fn open(
    ask: &Ask,
    account: meta::Id,
    by: By<'_>,
) -> Result<(String, Vec<String>), Problem> {
    let device = Device { agent: ask.header("user-agent"), address: ask.address };
    let token = ask.site.app.accounts().open(account, by, &device)?.as_str().to_owned();
    let secure = ask.site.settings.secure;
    let cookie = cookie::set(cookie::session(secure), &token, COOKIE_SECONDS, secure);
    Ok((token, vec![cookie]))
}

fn enter_as(
    ask: &Ask,
    carried: &Form,
    account: meta::Id,
    by: By<'_>,
    next: &str,
    is_led: bool,
) -> Result<Answer, Problem> {
    // Another session in the same browser has no cookie any more: nobody could end it there.
    if let Some(signed) = &ask.signed {
        ask.site.app.accounts().close(&signed.token)?;
    }
    let (token, mut cookies) = open(ask, account, by)?;
    let secure = ask.site.settings.secure;
    if ask.cookie(cookie::half(secure)).is_some() {
        cookies.push(cookie::set(cookie::half(secure), "", 0, secure));
    }
    if let Some(page) = carry::send_on(carried, &token, SIGNED_IN) {
        return Ok(carry::with_cookies(ask, page, &cookies));
    }
    let to = match is_led {
        true => {
            format!("/account/second-factor?{}", Form::from_iter([("next", next)]).query())
        }
        false => next.to_owned(),
    };
    Ok(Answer::Go { to, said: None, cookies })
}

/// Where the form leads on to.
fn next(ask: &Ask) -> &str {
    ask.form.get("next").filter(|it| carry::is_local(it)).unwrap_or("/")
}

fn no_way_in(ask: &Ask) -> Markup {
    let by_mail = ask.site.post.mailer.is_some();
    html! {
        details.soft {
            summary { span.plain { "No password, or forgot it?" } }
            @if by_mail { p { a.to href="/forgotten" { "Have a link to a new password sent to you" } "." } }
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
    let entered = match (ask.form.said("passkey"), passkey::relying(ask)) {
        (Some(answer), Some(relying)) => {
            let proved = accounts.prove_passkey(Asking::SignIn, &relying, answer);
            proved.map(|account| (account, By::Passkey))
        }
        _ => {
            let found = accounts.sign_in(said("email").trim(), said("password"), ask.address);
            found.map(|account| (account.id, By::Password))
        }
    };
    match entered {
        Ok((account, by)) => admit(ask, &ask.form, account, by, next(ask)),
        Err(app::Error::SignIn(refused)) => {
            let page = form(ask, &ask.form, &Faults::whole(refused))?;
            Ok(page.with_status(status(refused)).into())
        }
        Err(err) => Err(err.into()),
    }
}

/// The status of a page that says why somebody is not signed in.
pub(crate) fn status(refused: SignInRefused) -> axum::http::StatusCode {
    let problem = match refused {
        SignInRefused::Wait { seconds } => Problem::TooOften(seconds),
        _ => Problem::Wrong(String::new()),
    };
    problem.status()
}

fn leave(ask: &Ask) -> Result<Answer, Problem> {
    let mut to = "/sign-in".to_owned();
    if let Some(signed) = &ask.signed {
        ask.site.app.accounts().close(&signed.token)?;
        if let Some(provider) = &signed.session.provider {
            to = format!("/sign-in?{}", Form::from_iter([("out", provider)]).query());
        }
    }
    let secure = ask.site.settings.secure;
    let gone = cookie::set(cookie::session(secure), "", 0, secure);
    Ok(Answer::Go { to, said: None, cookies: vec![gone] })
}
