//! How people sign in: what is built in, what is asked of them, and who has a second factor.

use app::accounts::{ABSOLUTE_DAYS, Account, Held, IDLE_HOURS, LONGEST, SHORTEST, SecondFactor};
use domain::{
    Step,
    access::{Act, On},
    command::Edit,
    parameters,
};
use kinds::organization::Organization;
use maud::{Markup, html};
use meta::{Choice, Provenance};
use serde_json::{Map, Value, json};

use super::page;
use crate::{Answer, Ask, Problem, shell, words};

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
            dt { "Here" } dd { (here(ask, manages)) }
            dt { "What counts" } dd { "A passkey, or the codes of an authenticator app. A passkey that knows its owner is enough on its own." }
            dt { "Lost" } dd { "Ten recovery codes, each once. Without them an administrator takes the factor away, under " a href=(ask.to("/settings/people")) { "People and access" } "; the person is told, and it is recorded." }
            dt { "Weighty acts" } dd { "Who changes their e-mail address, password, second factor or providers, makes a token, or opens the way to somebody else's account, has shown within 15 minutes that it is them." }
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

/// Whether this organization wants a second factor of everybody, and the button to change it.
fn here(ask: &Ask, manages: bool) -> Markup {
    let asks = ask.here().asks_second;
    html! {
        @match asks {
            true => { span.st.good { "required" } " Whoever opens these records in a browser has one: who has none sets one up first." }
            false => { "Nothing more than above." }
        }
        @if manages && !ask.is_past() {
            form.after method="post" action=(ask.to("/settings/sign-in")) {
                (shell::token(ask))
                input type="hidden" name="second" value=(if asks { "no" } else { "yes" });
                button.btn { @if asks { "Leave it to each person" } @else { "Require it of everybody here" } }
            }
        }
    }
}

/// Begins or ends wanting a second factor of everybody: a parameter of the organization.
pub(super) fn change(ask: &Ask) -> Result<Answer, Problem> {
    ask.recent()?;
    let wants = ask.form.said("second") == Some("yes");
    let (record, it) = ask.isms().all::<Organization>().next().ok_or(Problem::NotFound)?;
    let kept = it.parameters.iter().filter(|it| it.key != parameters::SECOND_FACTOR);
    let kept = kept.map(serde_json::to_value).collect::<Result<Vec<Value>, _>>();
    let mut rows = kept.map_err(Problem::broken)?;
    if wants {
        rows.push(json!({"key": parameters::SECOND_FACTOR, "value": "yes"}));
    }
    let step = Step::Edit(Edit {
        record: record.head.id,
        version: Some(record.head.version),
        fields: Map::from_iter([("parameters".to_owned(), rows.into())]),
        extras: None,
        provenance: Provenance::Person,
    });
    let receipt = ask.step(step)?;
    let said = match wants {
        true => "From now on, whoever opens these records has a second factor.",
        false => "A second factor is up to each person again.",
    };
    Ok(Answer::done(ask.to("/settings/sign-in"), said, Some(receipt.seq)))
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
