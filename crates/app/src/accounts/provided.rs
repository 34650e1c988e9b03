//! Whom a provider means: finding, linking and making accounts, and what groups give them.

use std::collections::BTreeSet;

use domain::{
    Actor, Command, Isms, Refusal, Step,
    command::{Edit, New},
};
use kinds::{
    Kind,
    membership::{Membership, Profile},
    person::Person,
};
use meta::{Choice, Extras, Id, Provenance};
use serde_json::{Map, Value, json};
use store::accounts as rows;

use super::{Account, Accounts, account, fold_email};
use crate::{
    Error, Organization, Request, fresh_id,
    provider::{Claims, ProviderRefused, ProviderSettings},
};

/// How commits say where they came from.
const VIA: &str = "sign-in";

impl Accounts<'_> {
    /// The account of whoever a provider let go, after what its groups give was brought up to date.
    /// Linked by what the provider calls them; the first time by the e-mail address that the
    /// provider made sure of.
    ///
    /// # Errors
    /// [`Error::Provider`] says why they are not let in.
    pub fn admit(&self, provider: &ProviderSettings, claims: &Claims) -> Result<Account, Error> {
        let row = self.meant(provider, claims)?;
        if row.disabled.is_some() {
            return Err(ProviderRefused::Disabled.into());
        }
        if !self.note_identity(provider, claims, row.id)? {
            return Err(ProviderRefused::Taken { name: provider.name.clone() }.into());
        }
        let places = self.places(provider)?;
        for (organization, wanted) in &places {
            let wanted = wanted_by(wanted, claims);
            self.bring_up_to_date(provider, claims, &row, organization, &wanted)?;
        }
        Ok(account(row))
    }

    /// The account that a provider means; made where the provider may.
    fn meant(&self, provider: &ProviderSettings, claims: &Claims) -> Result<rows::Account, Error> {
        let name = || provider.name.clone();
        let (email, folded) = (proved_email(claims), proved_email(claims).and_then(fold_email));
        check_domain(provider, folded.as_deref())?;
        if let Some(known) = self.rows().identity(&provider.issuer, &claims.subject)? {
            return self.row(known.account);
        }
        let Some((email, folded)) = email.zip(folded) else {
            return Err(ProviderRefused::Unverified { name: name() }.into());
        };
        if let Some(row) = self.rows().by_email(&folded)? {
            // An address that was given to somebody else must not open what was another's.
            let known = self.rows().identities(row.id)?;
            if known.iter().any(|it| it.issuer == provider.issuer) {
                return Err(ProviderRefused::Taken { name: name() }.into());
            }
            // Nor may anybody wait under an address that is not theirs for whoever it belongs to.
            if self.is_only_said(row.id)? {
                return Err(ProviderRefused::OnlySaid { name: name() }.into());
            }
            return Ok(row);
        }
        let places = self.places(provider)?;
        let has_access = places.iter().any(|it| !wanted_by(&it.1, claims).is_empty());
        if !provider.create || !has_access {
            return Err(ProviderRefused::Unknown { name: name() }.into());
        }
        let row = self.new_row(email, &called(claims, email))?;
        match self.rows().insert(&row)? {
            true => Ok(row),
            false => Err(Error::EmailTaken { email: row.email }),
        }
    }

    /// The organizations in which a provider's groups give something, and what.
    #[expect(clippy::type_complexity, reason = "organizations with what groups give there")]
    fn places<'p>(
        &self,
        provider: &'p ProviderSettings,
    ) -> Result<Vec<(std::sync::Arc<Organization>, Vec<(&'p str, Profile)>)>, Error> {
        let all = self.app.organizations()?;
        let mut places = Vec::new();
        for row in &all {
            let is_here = |slug: &Option<String>| match slug {
                Some(slug) => *slug == row.slug,
                None => all.len() == 1,
            };
            let here: Vec<_> = provider
                .grants
                .iter()
                .filter(|it| is_here(&it.organization))
                .map(|it| (it.group.as_str(), it.profile))
                .collect();
            if !here.is_empty() && row.seq > 0 {
                places.push((self.app.organization(Some(&row.slug))?, here));
            }
        }
        Ok(places)
    }

    /// Gives and takes memberships in one organization; those that others gave stay.
    fn bring_up_to_date(
        &self,
        provider: &ProviderSettings,
        claims: &Claims,
        row: &rows::Account,
        organization: &Organization,
        wanted: &BTreeSet<Profile>,
    ) -> Result<(), Error> {
        let past = organization.as_of(None)?;
        let known = self.person(row.id, organization.id())?;
        if known.is_none() && (wanted.is_empty() || !provider.create) {
            return Ok(());
        }
        let mut steps = Vec::new();
        let person = match known {
            Some(person) => person,
            None => self.whom(row, claims, organization, &past.isms, &mut steps)?,
        };
        let given = self.rows().provided(organization.id(), row.id, &provider.id)?;
        let is_theirs = |it: &Membership| it.person.is_some_and(|it| it.id() == person);
        let theirs: Vec<_> =
            past.isms.sources::<Membership>(person).filter(|it| is_theirs(it.1)).collect();
        for profile in wanted {
            let has = theirs.iter().any(|(record, it)| {
                record.is_live() && it.profile == Some(*profile) && it.holds_on(past.day)
            });
            if !has {
                let id = fresh_id();
                // Noted first: a membership that nobody knows the origin of would stay for ever.
                self.rows().put_provided(&rows::Provided {
                    organization: organization.id(),
                    membership: id,
                    account: row.id,
                    provider: provider.id.clone(),
                })?;
                steps.push(membership(id, person, *profile, &provider.name));
            }
        }
        if !steps.is_empty() {
            execute(organization, &provider.name, steps)?;
        }
        if known.is_none() {
            self.belong(row.id, organization.id(), person)?;
        }
        for (record, it) in theirs {
            let is_given = record.is_live() && given.contains(&record.head.id);
            if is_given && it.profile.is_none_or(|it| !wanted.contains(&it)) {
                let why = format!("No group at {} gives this any more.", provider.name);
                end(organization, &provider.name, record.head.id, why)?;
            }
        }
        Ok(())
    }

    /// The person of an organization that an account becomes: who has its e-mail address there and
    /// no account, or somebody new.
    fn whom(
        &self,
        row: &rows::Account,
        claims: &Claims,
        organization: &Organization,
        isms: &Isms,
        steps: &mut Vec<Step>,
    ) -> Result<Id, Error> {
        let is_it = |it: &meta::Record| {
            !it.stage().ended
                && it.cell("email").text().and_then(fold_email).as_deref() == Some(&row.folded)
        };
        let mut found = isms.rows(Person::ID).filter(|it| is_it(it));
        if let (Some(person), None) = (found.next(), found.next())
            && self.rows().who_is(organization.id(), person.head.id)?.is_none()
        {
            if person.stage().id == "expected" {
                let missing = [("engagement", "employee"), ("in_scope", "yes")];
                let missing = missing.into_iter().filter(|it| person.cell(it.0).is_empty());
                let fields: Map<String, Value> =
                    missing.map(|(name, value)| (name.to_owned(), json!(value))).collect();
                if !fields.is_empty() {
                    steps.push(edit(person.head.id, fields));
                }
                steps.push(active(person.head.id));
            }
            return Ok(person.head.id);
        }
        let id = fresh_id();
        let about = json!({"title": called(claims, &row.email), "email": row.email});
        steps.push(new(id, Person::ID, about));
        let bound = json!({"engagement": "employee", "in_scope": "yes"});
        steps.push(edit(id, object(bound)));
        steps.push(active(id));
        Ok(id)
    }
}

/// The profiles that somebody's groups give.
fn wanted_by(grants: &[(&str, Profile)], claims: &Claims) -> BTreeSet<Profile> {
    let has = |group: &str| group == "*" || claims.groups.iter().any(|it| it == group);
    grants.iter().filter(|it| has(it.0)).map(|it| it.1).collect()
}

/// What somebody is called: by the provider, or by their address.
fn called(claims: &Claims, email: &str) -> String {
    let name = claims.name.as_deref().map(str::trim).filter(|it| !it.is_empty());
    let name: String = name
        .unwrap_or_else(|| email.split('@').next().unwrap_or(email))
        .chars()
        .filter(|it| !it.is_control())
        .take(super::LONGEST_NAME)
        .collect();
    name
}

/// Ends a membership that a provider gave; the last administrator's stays.
pub(super) fn end(
    organization: &Organization,
    provider: &str,
    membership: Id,
    why: String,
) -> Result<(), Error> {
    let to = "ended".to_owned();
    let end = Step::Move { record: membership, version: None, to, reason: Some(why) };
    match execute(organization, provider, vec![end]) {
        // Whoever decides last goes on deciding.
        Err(Error::Refused { refusal, .. })
            if matches!(*refusal, Refusal::LastAdministrator { .. }) =>
        {
            tracing::warn!(provider, "the last administrator stays");
            Ok(())
        }
        done => done,
    }
}

/// The e-mail address of somebody, where the provider made sure that it is theirs.
pub(super) fn proved_email(claims: &Claims) -> Option<&str> {
    claims.email.as_deref().filter(|_| claims.is_email_verified)
}

/// Whether a provider lets in addresses of this one's domain; all where it names none.
///
/// # Errors
/// [`Error::Provider`] when it does not.
pub(super) fn check_domain(provider: &ProviderSettings, email: Option<&str>) -> Result<(), Error> {
    let domain = email.and_then(|it| it.rsplit_once('@')).map(|it| format!("x@{}", it.1));
    let mut let_in = provider.domains.iter().map(|it| fold_email(&format!("x@{it}")));
    match provider.domains.is_empty() || (domain.is_some() && let_in.any(|it| it == domain)) {
        true => Ok(()),
        false => Err(ProviderRefused::Domain { name: provider.name.clone() }.into()),
    }
}

fn execute(organization: &Organization, provider: &str, steps: Vec<Step>) -> Result<(), Error> {
    let command = Command { note: Some(format!("through {provider}")), steps };
    let actor = Actor::System;
    organization
        .execute(Request { actor, via: VIA, command, files: Vec::new(), bound: false })
        .map(drop)
}

/// Its title names nobody: a person's name stands in their record alone, where it can be erased.
fn membership(id: Id, person: Id, profile: Profile, provider: &str) -> Step {
    let def = profile.def();
    let body = json!({
        "title": def.label, "person": person, "profile": def.id,
        "reason": format!("A group at {provider} gives this."),
    });
    new(id, Membership::ID, body)
}

fn new(id: Id, kind: &str, body: Value) -> Step {
    Step::New(New {
        id,
        kind: kind.to_owned(),
        fields: object(body),
        stage: None,
        provenance: Provenance::Tool,
        extras: Extras::default(),
    })
}

fn edit(record: Id, fields: Map<String, Value>) -> Step {
    let provenance = Provenance::Tool;
    Step::Edit(Edit { record, version: None, fields, extras: None, provenance })
}

fn active(record: Id) -> Step {
    Step::Move { record, version: None, to: "active".to_owned(), reason: None }
}

fn object(body: Value) -> Map<String, Value> {
    match body {
        Value::Object(fields) => fields,
        _ => unreachable!("a body is an object"),
    }
}
