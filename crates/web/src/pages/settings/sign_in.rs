//! How people sign in: what is built in, what is asked of them, and who has a second factor.

use app::accounts::{ABSOLUTE_DAYS, Account, Held, IDLE_HOURS, LONGEST, SHORTEST, SecondFactor};
use domain::access::{Act, On};
use maud::{Markup, html};
use meta::Choice;

use super::page;
use crate::{Answer, Ask, Problem, words};

/// The page.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let secure = ask.site.settings.secure;
    let manages = ask.may(Act::ManageAccess, On::Everything);
    let body = html! {
        p.lead { "What is asked of everybody who signs in here. The configuration of the installation sets the second factor; the rest is built in, so that nobody loosens it by mistake." }
        section.card { h2 { "Second factor" } dl.facts {
            dt { "Asked for" } dd { @match ask.site.settings.sign_in.second_factor {
                SecondFactor::Offered => { "By choice: who wants one sets it up on the page of their account." }
                SecondFactor::Asked => { "At each sign-in, who has none is led to set one up, and can go on without." }
                SecondFactor::Required => { span.st.good { "always" } " Who has none sets one up before anything else." }
            } }
            dt { "What counts" } dd { "A passkey, or the codes of an authenticator app. A passkey that knows its owner is enough on its own." }
            dt { "Lost" } dd { "Ten recovery codes, each once. Without them an administrator takes the factor away, under " a href=(ask.to("/settings/people")) { "People and access" } "; the person is told, and it is recorded." }
            dt { "Weighty acts" } dd { "Passwords, second factors and tokens are changed by who has shown within 15 minutes that it is them." }
        } }
        @if !ask.site.providers.is_empty() { (providers(ask)?) }
        @if manages { (who(ask)?) }
        section.card { h2 { "Passwords" } dl.facts {
            dt { "Length" } dd { "At least " (SHORTEST) " characters, at most " (LONGEST) "." }
            dt { "What is in them" } dd { "No rules about signs and digits, and no forced changes: they make passwords worse (NIST SP 800-63B)." }
            dt { "Refused" } dd { "Passwords that are tried first, keyboard runs, and what is made of somebody's name, address or organization." }
            dt { "Kept" } dd { "As argon2id hashes, beside the ledger and never in it." }
            dt { "Forgotten" } dd { "An administrator makes a link to a new one, under " a href=(ask.to("/settings/people")) { "People and access" } "." }
        } }
        section.card { h2 { "Sessions" } dl.facts {
            dt { "Without use" } dd { "They end after " (IDLE_HOURS) " hours." }
            dt { "In any case" } dd { "They end after " (ABSOLUTE_DAYS) " days." }
            dt { "An open form" } dd { "Survives: after signing in again it is sent on. Files wait for an hour." }
            dt { "Wrong tries" } dd { "After five in a row each further one waits, from 5 seconds up to 15 minutes; also by network address, from twenty. Codes are counted like passwords." }
        } }
        section.card { h2 { "The way here" } dl.facts {
            dt { "Address" } dd { (ask.site.settings.origin) }
            dt { "Encrypted" } dd { @if secure { span.st.good { "yes, and browsers are told to insist on it" } } @else { span.st.part { "no: reached on this machine only" } } }
        } }
    };
    Ok(page(ask, "/settings/sign-in", &body).into())
}

/// The providers that people may sign in through, and what their groups give here.
fn providers(ask: &Ask) -> Result<Markup, Problem> {
    let slug = ask.place()?.organization.slug();
    let is_alone = ask.site.app.organizations()?.len() == 1;
    Ok(html! {
        section.card { h2 { "Providers" }
            @for it in &ask.site.providers {
                @let settings = it.settings();
                h3 { (settings.name) }
                dl.facts {
                    dt { "Address" } dd { code { (settings.issuer) } }
                    dt { "Who is let in" } dd {
                        @if settings.create { "Who has an account here, and whoever a group gives access." }
                        @else { "Who has an account here with the same e-mail address." }
                        @if !settings.domains.is_empty() { " Only addresses at " (settings.domains.join(", ")) "." }
                    }
                    @let grants: Vec<_> = settings.grants.iter().filter(|it| it.organization.as_ref().map_or(is_alone, |it| it == slug)).collect();
                    dt { "What groups give here" } dd {
                        @if grants.is_empty() { "Nothing: access is given by hand." }
                        @else { ul.several { @for it in grants {
                            li { @if it.group == "*" { "everybody" } @else { code { (it.group) } } ": " (it.profile.def().label) }
                        } } }
                    }
                    dt { "Second factor" } dd { "Is the provider's to ask for: who comes through it is not asked here again." }
                }
            }
            p.soft.after { "Groups are looked at each time somebody signs in. What you give by hand stays, and the last administrator does too." }
        }
    })
}

/// Who has a second factor, by name.
fn who(ask: &Ask) -> Result<Markup, Problem> {
    let accounts = ask.site.app.accounts();
    let members = accounts.members(ask.place()?.organization.id())?;
    let held = accounts.all_factors()?;
    let of = |account: &Account| held.get(&account.id).copied().unwrap_or_default();
    let has = |it: &Held| it.authenticator.is_some() || it.passkeys > 0;
    let (with, without): (Vec<_>, Vec<_>) =
        members.iter().filter(|it| it.0.is_enabled()).partition(|it| has(&of(&it.0)));
    let person = |id: meta::Id| {
        html! {
            @match ask.sight().get(id) {
                Some(person) => { a.to href=(ask.to(&format!("/settings/people/{}", person.head.number))) { (words::title(person)) } }
                None => { span.soft { "somebody who is not in the register any more" } }
            }
        }
    };
    Ok(html! {
        section.card { h2 { "Who has a second factor" }
            @if without.is_empty() && with.is_empty() { p.soft { "Nobody has an account here yet." } }
            @if !without.is_empty() {
                h3 { "Nothing beside the password or links" }
                ul.several { @for (_, it) in &without { li { (person(it.person)) } } }
            }
            @if !with.is_empty() {
                h3.after { "With one" }
                ul.several { @for (account, it) in &with {
                    @let held = of(account);
                    @let passkeys = usize::try_from(held.passkeys).unwrap_or(usize::MAX);
                    li {
                        (person(it.person)) " "
                        span.soft {
                            @if passkeys > 0 { (words::count(passkeys, "passkey", "passkeys")) }
                            @if passkeys > 0 && held.authenticator.is_some() { ", " }
                            @if held.authenticator.is_some() { "authenticator app" }
                            @if held.codes == 0 { ", no recovery code left" }
                        }
                    }
                } }
            }
        }
    })
}
