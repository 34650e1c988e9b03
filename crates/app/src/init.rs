//! The beginning of an organization: its ledger, its signing key, its first records.

use std::sync::Arc;

use domain::{
    Actor, Command, Step,
    command::{Edit, New},
    parameters,
};
use kinds::{
    Kind,
    membership::{Membership, Profile},
};
use meta::{Choice, Extras, Id, Provenance};
use serde_json::{Map, Value, json};

use crate::{App, Error, Organization, Request, fresh_id};

/// What an organization begins with.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// Its short name: lower-case letters, digits and hyphens.
    pub slug: String,
    /// Its legal name.
    pub name: String,
    /// The time zone in which its days begin and end, e.g. `Europe/Berlin`.
    pub time_zone: String,
    /// The name under which checkpoints are signed; made from the short name when absent.
    pub origin: Option<String>,
    /// The name of the person who begins.
    pub person: String,
    /// Their e-mail address.
    pub email: Option<String>,
}

impl App {
    /// Begins an organization: makes its ledger and key, records it and the person who begins as
    /// administrator and ISMS manager, and seeds the 93 controls of Annex A, all undecided.
    ///
    /// # Errors
    /// When the short name is taken or no name, or the time zone is unknown.
    pub fn begin(&self, beginning: &Beginning) -> Result<(Arc<Organization>, Id), Error> {
        self.begin_via(beginning, "cli")
    }

    /// As [`App::begin`], by another way than the command line, see [`Request::via`].
    ///
    /// # Errors
    /// Those of [`App::begin`].
    pub fn begin_via(
        &self,
        beginning: &Beginning,
        via: &'static str,
    ) -> Result<(Arc<Organization>, Id), Error> {
        beginning.check()?;
        // A beginning that was interrupted left an empty ledger: go on with it.
        let unfinished = self.organizations()?;
        let unfinished = unfinished.into_iter().find(|it| it.slug == beginning.slug && it.seq == 0);
        let (id, origin) = match unfinished {
            Some(row) => (row.organization, row.origin),
            None => {
                let id = fresh_id();
                let short = id.simple().to_string();
                let made = || format!("muniment/{}-{}", beginning.slug, &short[24..]);
                let origin = beginning.origin.clone().unwrap_or_else(made);
                self.store.create_ledger(id, &beginning.slug, &origin)?;
                (id, origin)
            }
        };
        let signer = self.keys.prepare(id, &origin)?;
        self.keys.promote(id)?;
        let organization = self.organization(Some(&beginning.slug))?;
        let person = fresh_id();
        let about = json!({"title": beginning.name, "time_zone": beginning.time_zone});
        let event = json!({
            "title": "The ledger begins", "event": "begin", "origin": origin,
            "key": signer.verifier().to_string(),
        });
        let steps = vec![
            new(fresh_id(), ledger::EVENT_KIND, event, Provenance::Tool),
            new(fresh_id(), "organization", about, Provenance::Person),
            Step::New(New {
                id: person,
                kind: "person".to_owned(),
                fields: fields(json!({"title": beginning.person, "email": beginning.email})),
                stage: None,
                provenance: Provenance::Person,
                extras: Extras::default(),
            }),
            Step::Edit(Edit {
                record: person,
                version: None,
                fields: fields(json!({"engagement": "employee", "in_scope": "yes"})),
                extras: None,
                provenance: Provenance::Person,
            }),
            Step::Move { record: person, version: None, to: "active".to_owned(), reason: None },
            membership(person, Profile::Administrator),
            membership(person, Profile::IsmsManager),
        ];
        let command = Command { note: Some("the beginning".to_owned()), steps };
        let actor = Actor::Person(person);
        organization.execute(Request { actor, via, command, files: Vec::new(), bound: false })?;
        let steps = catalog::controls().iter().map(|it| {
            let body = json!({"title": it.title, "reference": it.id});
            new(fresh_id(), "control", body, Provenance::Seed)
        });
        let note = Some("the controls of Annex A, to be decided on".to_owned());
        let command = Command { note, steps: steps.collect() };
        let request =
            Request { actor: Actor::System, via: "job", command, files: Vec::new(), bound: false };
        organization.execute(request)?;
        Ok((organization, person))
    }
}

impl Beginning {
    /// Whether an organization can begin with this, as far as it can be told before.
    ///
    /// # Errors
    /// When the short name is no name, something is not said, or the time zone is unknown.
    pub fn check(&self) -> Result<(), Error> {
        check_slug(&self.slug)?;
        for (what, text) in [("the organization is", &self.name), ("you are", &self.person)] {
            if text.trim().is_empty() {
                return Err(Error::Wrong(format!("say what {what} called")));
            }
        }
        let zone = &self.time_zone;
        if zone.trim().is_empty() {
            let text = "name the time zone that says which day it is, like Europe/Berlin or UTC";
            return Err(Error::Wrong(text.to_owned()));
        }
        if !parameters::is_time_zone(zone) {
            return Err(Error::Wrong(format!(
                "there is no time zone `{zone}`: name one like Europe/Berlin or UTC"
            )));
        }
        Ok(())
    }
}

/// A short name made from a name: its words without the legal form, joined by hyphens. Empty where
/// no letter of it can stand in an address.
pub fn short_name(name: &str) -> String {
    let mut spelt = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' => spelt.push_str("ae"),
            'ö' => spelt.push_str("oe"),
            'ü' => spelt.push_str("ue"),
            other => spelt.push(other),
        }
    }
    let folded = domain::resolve::fold(&spelt);
    let words = folded.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let words: Vec<&str> = words.collect();
    let core: Vec<&str> = words.iter().copied().filter(|it| !LEGAL_FORMS.contains(it)).collect();
    let mut short = if core.is_empty() { words.join("-") } else { core.join("-") };
    short.truncate(40);
    short.truncate(short.trim_end_matches('-').len());
    short
}

/// Legal forms, which a short name does without.
const LEGAL_FORMS: [&str; 12] =
    ["gmbh", "ag", "se", "kg", "ltd", "inc", "llc", "plc", "sa", "sarl", "co", "ev"];

/// Whether an organization can have this short name, which stands in addresses.
pub(crate) fn check_slug(slug: &str) -> Result<(), Error> {
    let fits = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    if slug.is_empty() {
        return Err(Error::Wrong("no short name can be made from this name: write one".into()));
    }
    if slug.len() > 40 || !slug.chars().all(fits) {
        return Err(Error::Wrong(format!(
            "`{slug}` cannot be a short name: use up to 40 lower-case letters, digits and hyphens"
        )));
    }
    Ok(())
}

/// Its title names nobody: a person's name stands in their record alone, where it can be erased.
fn membership(person: Id, profile: Profile) -> Step {
    let def = profile.def();
    let body = json!({"title": def.label, "person": person, "profile": def.id});
    new(fresh_id(), Membership::ID, body, Provenance::Person)
}

fn new(id: Id, kind: &str, body: Value, provenance: Provenance) -> Step {
    let extras = Extras::default();
    Step::New(New {
        id,
        kind: kind.to_owned(),
        fields: fields(body),
        stage: None,
        provenance,
        extras,
    })
}

fn fields(body: Value) -> Map<String, Value> {
    match body {
        Value::Object(fields) => fields,
        _ => unreachable!("a body is an object"),
    }
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn short_names_are_made_from_long_ones() {
        for (name, short) in [
            ("  Müller & Söhne GmbH.", "mueller-soehne"),
            ("Café Élan SA", "cafe-elan"),
            ("SE", "se"),
            ("東京", ""),
        ] {
            assert_eq!(short_name(name), short, "{name}");
        }
        assert!(short_name(&"a b".repeat(40)).len() <= 40);
    }
}
