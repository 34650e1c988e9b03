//! How a person signs in: their account, and what an administrator may do about it.

use app::{
    accounts::{Account, Factors, Once, Purpose},
    outbox::{Content, MAIL},
};
use domain::access::{Access, Act, On};
use maud::{Markup, html};
use meta::Id;

use super::{access::Typed, factor, invite, people::Standing, person};
use crate::{Answer, Ask, Problem, mails, problem::sentence_of, shell, words};

/// The card of a person's account.
pub(super) fn card(ask: &Ask, standing: &Standing<'_>, typed: &Typed) -> Result<Markup, Problem> {
    let known = standing.person.cell("email").text();
    let email = typed.form.said("email").or(known).unwrap_or_default();
    let path = person::path(ask, standing.person);
    let mails = ask.site.post.mailer.is_some();
    let inside = match (&standing.account, &standing.invitation) {
        (Some(account), _) => of_account(ask, account, &format!("{path}/account"))?,
        (None, Some(issued)) => html! {
            p { span.st.part { "Invited" } " " (words::ago(issued.issued, ask.now)) @if let Some(email) = &issued.once.email { ", at " (email) } ". The link works until " (words::moment(issued.expires, &ask.zone())) "." }
            div.row.after {
                form method="post" action={ (path) "/invitation" } {
                    (shell::token(ask))
                    @if mails && issued.once.email.is_some() { button.btn { "Send it again" } " " }
                    button.btn name="do" value="show" { "Show a new link" }
                }
                form method="post" action={ (path) "/invitation/recall" } { (shell::token(ask)) button.btn.danger { "Take the invitation back" } }
            }
            p.soft.after { "A new link makes the old one useless." @if mails { " Whether the mail was sent stands under " a href=(ask.to("/settings/notifications")) { "Notifications" } "." } }
        },
        (None, None) => html! {
            p { "They have no account that belongs to them here." }
            form.form.after method="post" action={ (path) "/invitation" } {
                (shell::token(ask))
                div.field {
                    label for="email" { "E-mail address" }
                    p.help { "They sign in with it." }
                    input #email type="email" name="email" value=(email) autocomplete="off";
                    @if let Some(wrong) = typed.wrongs.get("email") { p.wrong { (sentence_of(&wrong.message)) } }
                }
                div.row {
                    @if mails { button.btn.go { "Send an invitation" } button.btn name="do" value="show" { "Show a link instead" } }
                    @else { button.btn.go { "Make an invitation link" } }
                }
            }
        },
    };
    Ok(
        html! { section.card aria-labelledby="account" { h2 #account { "How they sign in" } (inside) } },
    )
}

fn of_account(ask: &Ask, account: &Account, action: &str) -> Result<Markup, Problem> {
    let is_me = ask.signed()?.account.id == account.id;
    let decides = decides_over(ask, account.id)?;
    let accounts = ask.site.app.accounts();
    let factors = accounts.factors(account.id)?;
    let known = accounts.identities(account.id)?;
    let provider = known.iter().find_map(|it| ask.site.provider(&it.provider));
    let button = |act: &str, label: &str, class: &str| {
        html! {
            form method="post" action=(action) {
                (shell::token(ask))
                button class=(class) name="do" value=(act) { (label) }
            }
        }
    };
    Ok(html! {
        dl.facts {
            dt { "E-mail" } dd { (account.email) }
            dt { "State" } dd {
                @match account.disabled {
                    Some(since) => { span.st.bad { "disabled" } " since " (words::ago(since, ask.now)) }
                    None if !account.has_password() && !factors.passkeys.is_empty() => { span.st.good { "signs in with a passkey" } }
                    None if account.has_password() => { span.st.good { "signs in with a password" } }
                    None if provider.is_some() => { span.st.good { "signs in through a provider" } }
                    None => { span.st.part { "signs in by links only" } }
                }
            }
            @if let Some(it) = provider { dt { "Linked with" } dd { (it.settings().name) } }
            dt { "Second factor" } dd { (second(&factors)) }
            dt { "Last signed in" } dd { @match account.seen { Some(at) => { (words::ago(at, ask.now)) } None => { "never" } } }
        }
        @if is_me { p.after { "This is you. " a href="/account" { "Your account" } " has your password and your sessions." } }
        @else {
            div.row.after {
                @if decides && account.is_enabled() {
                    @if ask.site.post.mailer.is_some() { (button("reset", "Send a link to a new password", "btn")) }
                    @else { (button("reset", "Make a link to a new password", "btn")) }
                    @if factors.is_second() { (button("factor", "Take the second factor away", "btn danger")) }
                    (button("forgive", "Let them try again at once", "btn"))
                    (button("disable", "Disable the account", "btn danger"))
                } @else if decides {
                    (button("enable", "Enable the account again", "btn"))
                }
                (button("leave", "Part the account from this person", "btn danger"))
            }
            @if !decides { p.soft.after { "This account belongs to organizations that you do not administer, too: only who administers all of them may disable it or give it a new password. You can part it from this person, and end their access here." } }
        }
    })
}

/// What an account has beside its password, in words.
fn second(factors: &Factors) -> Markup {
    let mut parts = Vec::new();
    if !factors.passkeys.is_empty() {
        parts.push(words::count(factors.passkeys.len(), "passkey", "passkeys"));
    }
    if factors.authenticator.is_some() {
        parts.push("authenticator app".to_owned());
    }
    let codes = usize::try_from(factors.codes).unwrap_or(usize::MAX);
    html! {
        @if parts.is_empty() { span.st.none { "none" } }
        @else { span.st.good { (parts.join(", ")) } ", " (words::count(codes, "recovery code", "recovery codes")) " left" }
    }
}

/// Does something about the account of a person.
pub(super) fn act(ask: &Ask) -> Result<Answer, Problem> {
    let person = person::named(ask)?;
    let organization = ask.place()?.organization.id();
    let accounts = ask.site.app.accounts();
    let account = accounts.who_is(organization, person.head.id)?.ok_or(Problem::NotFound)?;
    if ask.signed()?.account.id == account.id {
        let what = "this is your own account: another administrator can do this, or you can on \
                    the page of your account";
        return Err(Problem::Wrong(what.to_owned()));
    }
    let wanted = ask.form.said("do").unwrap_or_default();
    if ["reset", "factor", "forgive", "disable", "enable"].contains(&wanted)
        && !decides_over(ask, account.id)?
    {
        let what = "this account belongs to other organizations too, and only who administers \
                    all of them may do this";
        return Err(Problem::Forbidden(what.to_owned()));
    }
    let name = person.title();
    let said = match wanted {
        "reset" => {
            ask.recent()?;
            if ask.site.post.mailer.is_some() && ask.form.said("how") != Some("show") {
                let content = Content::Reset { account: account.id };
                let whom = Some(person.head.id);
                ask.site.app.outbox().put(MAIL, Some(organization), whom, &content)?;
                let said = format!("A link to a new password goes to {}.", account.email);
                return Ok(Answer::done(person::path(ask, person), said, None));
            }
            let once = Once::for_account(Purpose::Reset, account.id);
            let token = accounts.issue(&once, mails::RESET)?;
            let lead = "sets a new password. It works once, for 24 hours; all browsers they are \
                        signed in with are signed out then";
            return Ok(invite::link_page(ask, person, &token, lead).into());
        }
        "factor" => {
            ask.recent()?;
            factor::take_away(ask, person, account.id)?
        }
        "forgive" => {
            accounts.forgive(account.id)?;
            format!("{name} can try to sign in at once.")
        }
        "disable" => {
            accounts.disable(account.id)?;
            format!("The account of {name} is disabled, and signed out everywhere.")
        }
        "enable" => {
            accounts.enable(account.id)?;
            format!("{name} can sign in again.")
        }
        "leave" => {
            accounts.leave(account.id, organization)?;
            format!("The account {} is no longer {name}.", account.email)
        }
        _ => return Err(Problem::Wrong("say what to do about the account".to_owned())),
    };
    Ok(Answer::done(person::path(ask, person), said, None))
}

/// Whether whoever asks administers every organization that an account belongs to: a link to a new
/// password opens all of them.
fn decides_over(ask: &Ask, account: Id) -> Result<bool, Problem> {
    let accounts = ask.site.app.accounts();
    let me = ask.signed()?.account.id;
    let known = ask.site.app.organizations()?;
    for belonging in accounts.belongings(account)? {
        let row = known.iter().find(|it| it.organization == belonging.organization);
        let mine = accounts.person(me, belonging.organization)?;
        let (Some(row), Some(mine)) = (row, mine) else { return Ok(false) };
        let organization = ask.site.app.organization(Some(&row.slug))?;
        let now = organization.as_of(None)?;
        let access = Access::of(&now.isms, mine, now.day);
        if !access.may(now.view(), Act::ManageAccess, On::Everything) {
            return Ok(false);
        }
    }
    Ok(true)
}
