//! Tokens that programs show, kept for a moment: looking one up for every request would cost more
//! than most answers.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use app::{App, Error, Organization, accounts::AccessToken};
use jiff::Timestamp;
use meta::Id;
use sha2::{Digest, Sha256};

use super::{
    Fault,
    limits::{Guesses, Turns},
};

/// What is known of a token holds so long, in milliseconds: another process may have revoked it.
const GOOD: i64 = 1_000;

/// At most so many tokens are kept.
const MOST: usize = 1_024;

const WRONG: &str = "this token opens nothing: it has ended, was revoked, or never was one";

/// Tokens that were shown a moment ago, by the hash of their text.
#[derive(Default)]
pub(crate) struct Bearers {
    all: Mutex<HashMap<Key, Known>>,
    guesses: Guesses,
}

/// The hash of what was shown as a token.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key([u8; 32]);

/// A token that opens something, and what it has under way.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) token: Arc<AccessToken>,
    pub(super) turns: Turns,
}

/// What is known of a token.
struct Known {
    found: Found,
    told: Told,
    /// Held by the one request that looks it up again; the others wait for what it finds.
    renewal: Arc<Renewal>,
    /// By short name, the organizations that it was used in, and whom it acts for there.
    places: HashMap<String, (Told, Arc<Organization>, Id)>,
}

/// When the database told something, and the version of the accounts then.
#[derive(Clone, Copy)]
struct Told {
    at: Timestamp,
    version: u64,
}

/// Held by the one who looks a token up again.
pub(super) type Renewal = tokio::sync::Mutex<()>;

impl Key {
    /// Of what was shown.
    pub(super) fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }
}

impl Bearers {
    /// The token, when it was looked up a moment ago.
    pub(super) fn known(&self, app: &App, key: &Key, now: Timestamp) -> Option<Found> {
        let all = self.all();
        let known = all.get(key)?;
        known.holds(app, now).then(|| known.found.clone())
    }

    /// What to hold while a token that was known before is looked up again.
    pub(super) fn renewal(&self, key: &Key) -> Option<Arc<Renewal>> {
        self.all().get(key).map(|it| it.renewal.clone())
    }

    /// The organization with this short name and the person a token acts for in it, when both were
    /// looked up a moment ago.
    pub(super) fn known_place(
        &self,
        app: &App,
        key: &Key,
        slug: &str,
        now: Timestamp,
    ) -> Option<(Arc<Organization>, Id)> {
        let all = self.all();
        let known = all.get(key).filter(|it| it.holds(app, now))?;
        let (told, organization, person) = known.places.get(slug)?;
        told.holds(app, now).then(|| (organization.clone(), *person))
    }

    /// The token with this text, looked up.
    ///
    /// # Errors
    /// 401 when it opens nothing, 429 when the address showed too many of that sort; or when the
    /// database fails.
    pub(super) fn token(
        &self,
        app: &App,
        key: &Key,
        text: &str,
        address: IpAddr,
        now: Timestamp,
    ) -> Result<Found, Fault> {
        if !AccessToken::has_form(text) {
            return Err(Fault::no_token(WRONG));
        }
        // One that was good goes on, whatever others show from the same address.
        if !self.all().contains_key(key) {
            self.guesses.may(address, now)?;
        }
        let told = Told { at: now, version: app.accounts().version() };
        let Some(token) = app.accounts().token(text)? else {
            self.all().remove(key);
            self.guesses.wrong(address, now);
            return Err(Fault::no_token(WRONG));
        };
        let (mut all, token) = (self.all(), Arc::new(token));
        if let Some(known) = all.get_mut(key) {
            // What is under way counts on.
            (known.found.token, known.told) = (token, told);
            return Ok(known.found.clone());
        }
        let found = Found { token, turns: Turns::default() };
        let (renewal, places) = (Arc::default(), HashMap::new());
        let known = Known { found: found.clone(), told, renewal, places };
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(key.clone(), known);
        Ok(found)
    }

    /// The organization with this short name and the person a token acts for in it; `None` when
    /// there is none, or the token does not open it.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) fn place(
        &self,
        app: &App,
        key: &Key,
        token: &AccessToken,
        slug: &str,
        now: Timestamp,
    ) -> Result<Option<(Arc<Organization>, Id)>, Error> {
        if let Some(place) = self.known_place(app, key, slug, now) {
            return Ok(Some(place));
        }
        let told = Told { at: now, version: app.accounts().version() };
        let Some(row) = app.by_slug(slug)? else { return Ok(None) };
        if token.organization.is_some_and(|it| it != row.organization) {
            return Ok(None);
        }
        let Some(person) = app.accounts().person(token.account, row.organization)? else {
            return Ok(None);
        };
        let organization = app.organization(Some(slug))?;
        if let Some(known) = self.all().get_mut(key) {
            known.places.insert(slug.to_owned(), (told, organization.clone(), person));
        }
        Ok(Some((organization, person)))
    }

    fn all(&self) -> MutexGuard<'_, HashMap<Key, Known>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn holds(&self, app: &App, now: Timestamp) -> bool {
        self.told.holds(app, now) && self.found.token.is_good(now)
    }
}

impl Told {
    fn holds(self, app: &App, now: Timestamp) -> bool {
        let age = now.as_millisecond() - self.at.as_millisecond();
        (0..GOOD).contains(&age) && self.version == app.accounts().version()
    }
}
