//! The persons who have access, or had it, and the state of their accounts.

use std::collections::{BTreeMap, BTreeSet};

use app::accounts::{Account, Issued};
use domain::{
    access::{Access, Act, On},
    holder,
};
use jiff::civil::Date;
use kinds::membership::{Membership, Profile};
use maud::{Markup, html};
use meta::{Choice, Id, Record};

use crate::{Answer, Ask, Problem, words};

/// A person with what they may do and how they sign in.
pub(super) struct Standing<'a> {
    /// Their record.
    pub(super) person: &'a Record,
    /// What they may do, or might.
    pub(super) memberships: Vec<(&'a Record, &'a Membership)>,
    /// Their account.
    pub(super) account: Option<Account>,
    /// The invitation that waits for them.
    pub(super) invitation: Option<Issued>,
}

/// The page.
pub(super) fn list(ask: &Ask) -> Result<Answer, Problem> {
    let manages = ask.may(Act::ManageAccess, On::Everything);
    let mut standings = standings(ask)?;
    let key = |it: &Standing<'_>| (!has_access(ask.day(), it), it.person.title().to_lowercase());
    standings.sort_by_cached_key(key);
    let body = html! {
        div.row {
            p.lead { "Who may see and change what, from when and until when. What somebody answers for is said elsewhere, by roles and owners." }
            @if manages { a.btn.go.push href=(ask.to("/settings/people/new")) { "Invite somebody" } }
        }
        div.scroll { table.list {
            thead { tr {
                th scope="col" { "Person" } th scope="col" { "May act as" }
                @if manages { th scope="col" { "Account" } th scope="col" { "Last signed in" } }
            } }
            tbody { @for it in &standings { (row(ask, it, manages)) } }
        } }
        @if let Some(others) = ask.sight().count("person").checked_sub(standings.len()).filter(|it| *it > 0) {
            p.soft { (words::count(others, "other person", "other persons")) " in " a href=(ask.to("/person")) { "the register" } " have neither access nor an account." }
        }
        (profiles())
    };
    Ok(super::page(ask, "/settings/people", &body).wide().into())
}

fn row(ask: &Ask, standing: &Standing<'_>, manages: bool) -> Markup {
    let person = standing.person;
    let seen = standing.account.as_ref().and_then(|it| it.seen);
    html! {
        tr {
            th.when scope="row" {
                @if manages { a.to href=(ask.to(&format!("/settings/people/{}", person.head.number))) { (words::title(person)) } }
                @else { (words::record(ask, person)) }
                @if !holder::is_here(ask.view(), person) { " " span.st.none { (person.stage().label.to_lowercase()) } }
            }
            td { (acts_as(ask, standing)) }
            @if manages {
                td { (state(ask, standing)) }
                td { @match seen { Some(at) => { time datetime=(at) { (words::ago(at, ask.now)) } } None => { span.soft { "never" } } } }
            }
        }
    }
}

/// The profiles of a person with their times; those that do not hold today in gray.
fn acts_as(ask: &Ask, standing: &Standing<'_>) -> Markup {
    let day = ask.day();
    let began = standing.memberships.is_empty()
        && !Access::of(ask.isms(), standing.person.head.id, day).profiles().is_empty();
    let (now, other): (Vec<_>, Vec<_>) =
        standing.memberships.iter().partition(|it| holds(day, it.0, it.1));
    html! {
        ul.several {
            @for (_, it) in &now { li { (label(it)) " " span.soft { (time(it)) } } }
            // Those that were taken away stand on the page of the person.
            @for (_, it) in other.iter().filter(|it| it.0.is_live()) { li.soft { (label(it)) " " (time(it)) } }
            @if now.is_empty() && began { li { "Administrator " span.soft { "began the ledger; nobody was made administrator yet" } } }
            @else if now.is_empty() { li { span.st.none { "no access today" } } }
        }
    }
}

/// The label of a profile.
pub(super) fn label(membership: &Membership) -> &'static str {
    membership.profile.map_or("no profile", |it| it.def().label)
}

/// From when and until when, in words.
pub(super) fn time(membership: &Membership) -> String {
    let day = words::short_day;
    match (membership.from, membership.until) {
        (None, None) => String::new(),
        (Some(from), None) => format!("from {}", day(from)),
        (None, Some(until)) => format!("until {}", day(until)),
        (Some(from), Some(until)) => format!("{} to {}", day(from), day(until)),
    }
}

/// Whether a membership holds on a day.
pub(super) fn holds(day: Date, record: &Record, membership: &Membership) -> bool {
    record.is_live() && membership.holds_on(day)
}

/// How somebody signs in, in a few words with a mark.
pub(super) fn state(ask: &Ask, standing: &Standing<'_>) -> Markup {
    html! {
        @match (&standing.account, &standing.invitation) {
            (Some(account), _) if !account.is_enabled() => { span.st.bad { "disabled" } " " span.soft { (account.email) } }
            (Some(account), _) => { span.st.good { "signs in" } " " span.soft { (account.email) } }
            (None, Some(issued)) if issued.expires > ask.now => { span.st.part { "invited" } " " span.soft { (words::ago(issued.issued, ask.now)) } }
            _ => { span.st.none { "no account" } }
        }
    }
}

/// What each profile may do.
pub(super) fn profiles() -> Markup {
    html! {
        details.card.fold {
            summary { strong { "What the access profiles may do" } }
            dl.facts.after { @for it in Profile::CHOICES { dt { (it.label) } dd { (it.help) } } }
        }
    }
}

fn has_access(day: Date, standing: &Standing<'_>) -> bool {
    standing.memberships.iter().any(|it| holds(day, it.0, it.1))
}

/// Everybody who has a membership, an account or an invitation; accounts only for who decides about
/// them.
fn standings(ask: &Ask) -> Result<Vec<Standing<'_>>, Problem> {
    let mut memberships: BTreeMap<Id, Vec<(&Record, &Membership)>> = BTreeMap::new();
    for (record, it) in ask.sight().all::<Membership>() {
        if let Some(person) = it.person {
            memberships.entry(person.id()).or_default().push((record, it));
        }
    }
    let (mut accounts, mut invitations) = (BTreeMap::new(), BTreeMap::new());
    if ask.may(Act::ManageAccess, On::Everything) {
        let organization = ask.place()?.organization.id();
        let all = ask.site.app.accounts();
        let members = all.members(organization)?.into_iter();
        accounts.extend(members.map(|(account, it)| (it.person, account)));
        let open = all.invitations(organization)?.into_iter();
        invitations.extend(open.filter_map(|it| Some((it.once.person?, it))));
    }
    let ids: BTreeSet<Id> = memberships
        .keys()
        .copied()
        .chain(accounts.keys().copied())
        .chain(invitations.keys().copied())
        .collect();
    let standing = |id: Id| {
        Some(Standing {
            person: ask.sight().get(id)?,
            memberships: memberships.remove(&id).unwrap_or_default(),
            account: accounts.remove(&id),
            invitation: invitations.remove(&id),
        })
    };
    Ok(ids.into_iter().filter_map(standing).collect())
}

/// One person.
pub(super) fn standing<'a>(ask: &'a Ask, person: &'a Record) -> Result<Standing<'a>, Problem> {
    let id = person.head.id;
    let mut memberships: Vec<_> = ask
        .isms()
        .sources::<Membership>(id)
        .filter(|it| it.1.person.is_some_and(|it| it.id() == id))
        .collect();
    memberships.sort_by_key(|(record, it)| (!holds(ask.day(), record, it), it.profile, it.from));
    let organization = ask.place()?.organization.id();
    let accounts = ask.site.app.accounts();
    let invitations = accounts.invitations(organization)?;
    Ok(Standing {
        person,
        memberships,
        account: accounts.who_is(organization, id)?,
        invitation: invitations.into_iter().find(|it| it.once.person == Some(id)),
    })
}
