//! Personal tokens: made, shown once, revoked.

use app::accounts::{
    AccessToken, LONGEST_TOKEN_NAME, MOST_TOKEN_DAYS, Scope, Scopes, TOKEN_DAYS, WantedToken,
};
use axum::http::StatusCode;
use domain::parameters;
use maud::{Markup, html};
use meta::Id;

use crate::{
    Answer, Ask, Problem, answer::Page, form::Form, plain::Faults, problem::sentence_of, shell,
    words,
};

/// How long a token can be good, in days, as it is offered.
const DAYS: [i64; 5] = [7, 30, TOKEN_DAYS, 180, MOST_TOKEN_DAYS];

/// The card on the page of the account.
pub(super) fn card(ask: &Ask) -> Result<Markup, Problem> {
    let tokens = ask.site.app.accounts().tokens(ask.signed()?.account.id)?;
    let good = tokens.iter().filter(|it| it.is_good(ask.now)).count();
    Ok(html! {
        section.card #tokens aria-labelledby="for-programs" {
            h2 #for-programs { "Programs that act for you" }
            p { @match good { 0 => { "None: you have no tokens." } count => { (words::count(count, "token", "tokens")) ", each with what it may do and until when." } } }
            p.after { a.btn href="/account/tokens" { "Tokens" } }
        }
    })
}

/// The tokens of whoever is signed in.
pub(super) fn list(ask: &Ask) -> Result<Answer, Problem> {
    page(ask, &Faults::default(), None).map(Answer::from)
}

/// Makes a token, and shows it once.
pub(super) fn make(ask: &Ask) -> Result<Answer, Problem> {
    ask.recent()?;
    let accounts = ask.site.app.accounts();
    let account = ask.signed()?.account.id;
    let scopes = ask.form.all("scope").filter_map(Scope::from_id);
    let organization = match ask.form.said("organization") {
        None => None,
        Some(slug) => {
            let known = ask.site.app.organizations()?;
            let row = known.into_iter().find(|it| it.slug == slug);
            Some(row.ok_or(Problem::NotFound)?.organization)
        }
    };
    // What asks for a second factor is not opened by what was made without one.
    if !ask.signed()?.session.is_strong()
        && let Some(name) = asks_for_second(ask, organization)?
    {
        if accounts.factors(account)?.is_second() {
            return Err(Problem::Confirm);
        }
        let what = format!("set up a second factor first: {name} opens to nobody without one");
        let mut faults = Faults::default();
        faults.add("token-name", what);
        let page = page(ask, &faults, None)?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into());
    }
    let wanted = WantedToken {
        name: ask.form.said("name").unwrap_or_default(),
        organization,
        scopes: Scopes::of(scopes),
        days: ask.form.said("days").and_then(|it| it.parse().ok()).unwrap_or(TOKEN_DAYS),
    };
    match accounts.make_token(account, &wanted) {
        // Shown right here and not on a page to go to next: that would need it to be kept.
        Ok((token, text)) => Ok(page(ask, &Faults::default(), Some((&token, &text)))?.into()),
        Err(app::Error::Wrong(what)) => {
            let mut faults = Faults::default();
            faults.add("token-name", what);
            let page = page(ask, &faults, None)?;
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into())
        }
        Err(err) => Err(err.into()),
    }
}

/// The short name of an organization that a token would open, all of somebody's if it names none,
/// and that wants a second factor of everybody.
fn asks_for_second(ask: &Ask, wanted: Option<Id>) -> Result<Option<String>, Problem> {
    let app = &ask.site.app;
    let mine = app.accounts().belongings(ask.signed()?.account.id)?;
    let known = app.organizations()?;
    let is_meant =
        |id: Id| wanted.is_none_or(|it| it == id) && mine.iter().any(|it| it.organization == id);
    for row in known.into_iter().filter(|it| is_meant(it.organization)) {
        let isms = app.organization(Some(&row.slug))?.current()?;
        if parameters::is_set(&isms, parameters::SECOND_FACTOR) {
            return Ok(Some(row.slug));
        }
    }
    Ok(None)
}

/// Revokes a token.
pub(super) fn revoke(ask: &Ask) -> Result<Answer, Problem> {
    let id = ask.param("token").parse().map_err(|_| Problem::NotFound)?;
    let revoked = ask.site.app.accounts().revoke_token(ask.signed()?.account.id, id)?;
    let said = match revoked {
        true => "The token opens nothing any more.",
        false => "That token opened nothing already.",
    };
    Ok(Answer::done("/account/tokens", said, None))
}

fn page(ask: &Ask, faults: &Faults, made: Option<(&AccessToken, &str)>) -> Result<Page, Problem> {
    let tokens = ask.site.app.accounts().tokens(ask.signed()?.account.id)?;
    let (good, over): (Vec<_>, Vec<_>) = tokens.iter().partition(|it| it.is_good(ask.now));
    let nothing = Form::default();
    let body = html! {
        header { h1 { "Tokens" } p.lead { "A token lets a program act in your name, through the " a href="/api" { "API" } ". It never allows more than you may do, and it always ends." } }
        @if let Some((token, text)) = made {
            section.card aria-labelledby="made" {
                h2 #made { "Your new token: " (token.name) }
                p { "Copy it now. It is shown this once and not kept here: whoever has it acts as you." }
                pre.mono.after tabindex="0" { (text) }
                p.after { "Try it:" }
                pre.mono tabindex="0" { "curl -H \"Authorization: Bearer " (text) "\" " (ask.site.settings.origin) "/api/v1" }
            }
        }
        section.card aria-labelledby="good" {
            h2 #good { "Tokens that are good" @if !good.is_empty() { small { (good.len()) } } }
            @if good.is_empty() { p { "None yet. Make one for each program, so that you can revoke one without the others." } }
            @else { (table(ask, &good)?) }
        }
        (form(ask, if made.is_some() { &nothing } else { &ask.form }, faults)?)
        @if !over.is_empty() {
            details.fold { summary { "Ended and revoked" } ul.timeline {
                @for it in over.iter().take(50) { li { strong { (it.name) } " " span.soft {
                    @match it.revoked { Some(at) => { "revoked " (words::ago(at, ask.now)) } None => { "ended " (words::ago(it.expires, ask.now)) } }
                } } }
            } }
        }
    };
    Ok(Page::new("Tokens", body).below("Your account", "/account"))
}

fn table(ask: &Ask, tokens: &[&AccessToken]) -> Result<Markup, Problem> {
    let known = ask.site.app.organizations()?;
    let place = |id: Option<Id>| match id {
        None => "all of yours".to_owned(),
        Some(id) => known
            .iter()
            .find(|it| it.organization == id)
            .map_or_else(|| "one that is gone".to_owned(), |it| it.slug.clone()),
    };
    Ok(html! {
        div.scroll { table.list {
            thead { tr { th scope="col" { "Name" } th scope="col" { "May" } th scope="col" { "Opens" } th scope="col" { "Last used" } th scope="col" { "Ends" } th scope="col" { "End it" } } }
            tbody { @for it in tokens { tr {
                th scope="row" { (it.name) }
                td { (it.scopes.to_string().replace(' ', ", ")) }
                td { (place(it.organization)) }
                td { @match it.used { Some(at) => { (words::ago(at, ask.now)) } None => { "never" } } }
                td { (words::day(it.expires.to_zoned(jiff::tz::TimeZone::UTC).date())) }
                td { form method="post" action={ "/account/tokens/" (it.id) "/revocation" } { (shell::token(ask)) button.btn.small.danger aria-label={ "Revoke " (it.name) } { "Revoke" } } }
            } } }
        } }
    })
}

fn form(ask: &Ask, typed: &Form, faults: &Faults) -> Result<Markup, Problem> {
    let belongings = ask.site.app.accounts().belongings(ask.signed()?.account.id)?;
    let known = ask.site.app.organizations()?;
    let mine: Vec<&str> = known
        .iter()
        .filter(|it| belongings.iter().any(|mine| mine.organization == it.organization))
        .map(|it| it.slug.as_str())
        .collect();
    let days = typed.said("days").and_then(|it| it.parse().ok()).unwrap_or(TOKEN_DAYS);
    let chosen: Vec<&str> = typed.all("scope").collect();
    Ok(html! {
        section.card aria-labelledby="new" {
            h2 #new { "Make a token" }
            form.form method="post" action="/account/tokens" {
                (shell::token(ask))
                div.field {
                    label for="token-name" { "What is it for?" }
                    p.help #token-name-help { "A name that tells you which program has it, such as “nightly inventory”." }
                    input #token-name type="text" name="name" required maxlength=(LONGEST_TOKEN_NAME) value=(typed.said("name").unwrap_or_default()) autocomplete="off" aria-describedby="token-name-help";
                    (faults.at("token-name"))
                }
                fieldset.field {
                    legend { "What may it do?" }
                    p.help { "It may always read what you may see. Tick no more than the program needs." }
                    div.options {
                        @for scope in Scope::ALL.into_iter().filter(|it| *it != Scope::Read) {
                            label {
                                input type="checkbox" name="scope" value=(scope.id()) checked[chosen.contains(&scope.id())];
                                span { (sentence_of(scope.help())) }
                            }
                        }
                    }
                }
                div.field {
                    label for="token-place" { "What does it open?" }
                    select #token-place name="organization" {
                        @for slug in &mine { option value=(slug) selected[typed.said("organization") == Some(slug)] { (slug) } }
                        option value="" selected[mine.is_empty()] { "All organizations that I belong to" }
                    }
                }
                div.field {
                    label for="token-days" { "How long?" }
                    select #token-days name="days" { @for it in DAYS { option value=(it) selected[it == days] { (it) " days" } } }
                }
                div.row { button.btn.go { "Make the token" } }
            }
        }
    })
}
