//! Who was signed in and where they belonged when the database last said so: for reading while it
//! does not answer. Whoever is signed out elsewhere meanwhile reads on for [`LONGEST`] at most.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use app::accounts::{Account, Session};
use jiff::{SignedDuration, Timestamp};
use meta::Id;

/// So long the database's word is good while it is silent.
const LONGEST: SignedDuration = SignedDuration::from_mins(5);
/// At most so many are remembered.
const MOST: usize = 10_000;

/// What the database said last.
#[derive(Default)]
pub(crate) struct Remembered {
    sessions: Mutex<Kept<String, (Account, Session)>>,
    persons: Mutex<Kept<(Id, String), Id>>,
}

type Kept<K, V> = HashMap<K, (Timestamp, V)>;

impl Remembered {
    /// The session with this token is of this account.
    pub(crate) fn session(&self, token: &str, now: Timestamp, account: &Account, of: &Session) {
        keep(&self.sessions, token.to_owned(), now, (account.clone(), of.clone()));
    }

    /// The account is this person of an organization.
    pub(crate) fn person(&self, account: Id, slug: &str, now: Timestamp, person: Id) {
        keep(&self.persons, (account, slug.to_owned()), now, person);
    }

    /// The session with this token, as it was.
    pub(crate) fn session_of(&self, token: &str, now: Timestamp) -> Option<(Account, Session)> {
        let kept = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, found) = kept.get(token)?;
        (now - LONGEST < *at && found.1.expires > now).then(|| found.clone())
    }

    /// The person that an account was in an organization.
    pub(crate) fn person_of(&self, account: Id, slug: &str, now: Timestamp) -> Option<Id> {
        let kept = self.persons.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, person) = kept.get(&(account, slug.to_owned()))?;
        (now - LONGEST < *at).then_some(*person)
    }

    /// Forgets a session, because the database says that there is none.
    pub(crate) fn forget(&self, token: &str) {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).remove(token);
    }
}

fn keep<K: std::hash::Hash + Eq, V>(kept: &Mutex<Kept<K, V>>, key: K, now: Timestamp, value: V) {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= MOST {
        kept.clear();
    }
    kept.insert(key, (now, value));
}
