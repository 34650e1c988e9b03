//! Invitations: whoever follows one becomes a person of an organization.

use app::accounts::{Acceptance, By, Once};
use axum::http::StatusCode;
use maud::html;
use meta::Id;

use super::{link::Refused, sign_in};
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    form::Form,
    plain::{EMAIL, Faults, NAME, PASSWORD, check_person},
    shell, words,
};

/// Where an invitation leads, and as whom.
struct Leads {
    slug: String,
    organization: String,
    person: String,
    email: Option<String>,
}

/// The page of an invitation: a new account, or the one that is signed in to.
pub(super) fn page(
    ask: &Ask,
    once: &Once,
    typed: Option<&Form>,
    faults: &Faults,
) -> Result<Page, Problem> {
    let leads = leads(ask, once)?;
    let mut form = typed.cloned().unwrap_or_default();
    if typed.is_none() {
        form.push("name", &leads.person);
    }
    let sign_in = Form::from_iter([("next", ask.path.as_str())]).query();
    let body = html! {
        header {
            h1 { "Welcome to " (leads.organization) }
            p.lead { "You are invited to its information security management system, as " (leads.person) "." }
        }
        @match &ask.signed {
            Some(signed) => {
                form.card.form method="post" action=(ask.path) {
                    (shell::token(ask))
                    (faults.said())
                    p { "You are signed in as " strong { (signed.account.name) } " (" (signed.account.email) ")." }
                    div.row { button.btn.go { "Join with this account" } }
                }
                form method="post" action="/sign-out" { (shell::token(ask)) p.soft { "Not you? " button.plain { "Sign out" } ", then open the link again." } }
            }
            None => {
                form.card.form method="post" action=(ask.path) {
                    h2 { "Your account" }
                    (faults.said())
                    (NAME.show(&form, faults))
                    @match &leads.email {
                        Some(email) => {
                            div.field {
                                label for="email" { (EMAIL.label) }
                                input #email type="email" value=(email) readonly autocomplete="username" aria-describedby="email-help";
                                p.help #email-help { "You sign in with it. You can change it later, on the page of your account." }
                                (faults.at("email"))
                            }
                        }
                        None => { (EMAIL.show(&form, faults)) }
                    }
                    (PASSWORD.show(&form, faults))
                    div.row { button.btn.go { "Make the account and join" } }
                }
                p { "You have an account here already? " a href={ "/sign-in?" (sign_in) } { "Sign in, and join with it" } "." }
            }
        }
    };
    Ok(Page::new(format!("Welcome to {}", leads.organization), body))
}

/// Joins, with a new account or the one that is signed in to.
pub(super) fn follow(ask: &Ask, once: &Once) -> Result<Answer, Refused> {
    let accounts = ask.site.app.accounts();
    let token = ask.param("token");
    let leads = leads(ask, once)?;
    let to = format!("/o/{}", leads.slug);
    let mut faults = Faults::default();
    if let Some(signed) = &ask.signed {
        match accounts.join(token, signed.account.id) {
            Ok(_) => {
                let said = format!("You belong to {} now.", leads.organization);
                return Ok(Answer::done(to, said, None));
            }
            Err(app::Error::LinkOver) => return Err(Refused::Over),
            Err(err) => faults.take(err, "password")?,
        }
    } else {
        let said = |name: &str| ask.form.get(name).unwrap_or_default().trim();
        let password = ask.form.get("password").unwrap_or_default();
        // Whoever is invited at an address has their account at that address: an invitation does
        // not tell whether there are accounts at others.
        let (name, email) = (said("name"), leads.email.as_deref().unwrap_or(said("email")));
        check_person(name, email, &mut faults);
        if faults.is_empty() {
            match accounts.accept(token, &Acceptance { email, name, password }) {
                Ok(account) => {
                    let (_, cookies) = sign_in::open(ask, account.id, By::Password)?;
                    return Ok(Answer::Go { to, said: None, cookies });
                }
                Err(app::Error::LinkOver) => return Err(Refused::Over),
                Err(err) => faults.take(err, "password")?,
            }
        }
    }
    let page = page(ask, once, Some(&ask.form), &faults)?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into())
}

fn leads(ask: &Ask, once: &Once) -> Result<Leads, Problem> {
    let known = ask.site.app.organizations()?;
    let is_it = |id: Id| once.organization == Some(id);
    let row = known.into_iter().find(|it| is_it(it.organization)).ok_or(Problem::NotFound)?;
    let isms = ask.site.app.organization(Some(&row.slug))?.current()?;
    let person = once.person.and_then(|it| isms.get(it)).ok_or(Problem::NotFound)?;
    Ok(Leads {
        organization: words::organization(&isms, &row.slug).to_owned(),
        slug: row.slug,
        person: person.title().to_owned(),
        email: once.email.clone(),
    })
}
