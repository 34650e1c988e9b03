//! Tokens that programs show, kept for a moment: looking one up for every request would cost more
//! than most answers.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use app::{App, Error, Organization, accounts::AccessToken};
use jiff::Timestamp;
use meta::Id;
use sha2::{Digest, Sha256};

/// What is known of a token holds so long, in milliseconds: another process may have revoked it.
const GOOD: i64 = 1_000;

/// At most so many tokens are kept.
const MOST: usize = 1_024;

/// Tokens that were shown a moment ago, by the hash of their text.
#[derive(Default)]
pub(crate) struct Bearers(Mutex<HashMap<[u8; 32], Known>>);

/// What is known of a token.
struct Known {
    token: Arc<AccessToken>,
    /// When it was looked up.
    since: Timestamp,
    /// The version of the accounts then.
    version: u64,
    /// By short name, the organizations that it was used in, and whom it acts for there.
    places: HashMap<String, (Arc<Organization>, Id)>,
}

impl Bearers {
    /// The token, when it was looked up a moment ago.
    pub(super) fn known(&self, app: &App, text: &str, now: Timestamp) -> Option<Arc<AccessToken>> {
        self.with(app, text, now, |it| it.token.clone())
    }

    /// The organization with this short name and the person a token acts for in it, when both were
    /// looked up a moment ago.
    pub(super) fn known_place(
        &self,
        app: &App,
        text: &str,
        slug: &str,
        now: Timestamp,
    ) -> Option<(Arc<Organization>, Id)> {
        self.with(app, text, now, |it| it.places.get(slug).cloned()).flatten()
    }

    /// The token, looked up if need be; `None` when it opens nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) fn token(
        &self,
        app: &App,
        text: &str,
        now: Timestamp,
    ) -> Result<Option<Arc<AccessToken>>, Error> {
        if let Some(token) = self.known(app, text, now) {
            return Ok(Some(token));
        }
        let version = app.accounts().version();
        let Some(token) = app.accounts().token(text)? else { return Ok(None) };
        let token = Arc::new(token);
        let known = Known { token: token.clone(), since: now, version, places: HashMap::new() };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(digest(text), known);
        Ok(Some(token))
    }

    /// The organization with this short name and the person a token acts for in it; `None` when
    /// there is none, or the token does not open it.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) fn place(
        &self,
        app: &App,
        text: &str,
        token: &AccessToken,
        slug: &str,
        now: Timestamp,
    ) -> Result<Option<(Arc<Organization>, Id)>, Error> {
        if let Some(place) = self.known_place(app, text, slug, now) {
            return Ok(Some(place));
        }
        let Some(row) = app.organizations()?.into_iter().find(|it| it.slug == slug) else {
            return Ok(None);
        };
        if token.organization.is_some_and(|it| it != row.organization) {
            return Ok(None);
        }
        let Some(person) = app.accounts().person(token.account, row.organization)? else {
            return Ok(None);
        };
        let organization = app.organization(Some(slug))?;
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.get_mut(&digest(text)) {
            known.places.insert(slug.to_owned(), (organization.clone(), person));
        }
        Ok(Some((organization, person)))
    }

    fn with<T>(
        &self,
        app: &App,
        text: &str,
        now: Timestamp,
        look: impl FnOnce(&Known) -> T,
    ) -> Option<T> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.get(&digest(text))?;
        let age = now.as_millisecond() - known.since.as_millisecond();
        let holds = (0..GOOD).contains(&age)
            && known.version == app.accounts().version()
            && known.token.is_good(now);
        holds.then(|| look(known))
    }
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}
