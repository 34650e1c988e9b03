//! What an account has beside its password, and proving who one is with it.

use std::{collections::BTreeMap, net::IpAddr};

use jiff::{SignedDuration, Timestamp};
use meta::Id;

use super::{Accounts, Passkey, Session, passkey, throttle::Subject, time};
use crate::Error;

/// Before something weighty, whoever does it proved within so long who they are.
const RECENT: SignedDuration = SignedDuration::from_mins(15);

/// What an account has beside its password.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Factors {
    /// Since when it has an authenticator app.
    pub authenticator: Option<Timestamp>,
    /// Its passkeys, oldest first.
    pub passkeys: Vec<Passkey>,
    /// How many recovery codes are left.
    pub codes: u64,
}

/// How many of each an account has; for lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// Since when it has an authenticator app.
    pub authenticator: Option<Timestamp>,
    /// How many passkeys.
    pub passkeys: u64,
    /// How many recovery codes are left.
    pub codes: u64,
}

impl Factors {
    /// Whether there is a second factor.
    pub fn is_second(&self) -> bool {
        self.authenticator.is_some() || !self.passkeys.is_empty()
    }
}

impl Session {
    /// Whether whoever opened it proved a second factor, or came through a provider, whose it is to
    /// ask for one.
    pub fn is_strong(&self) -> bool {
        self.strong.is_some() || self.provider.is_some()
    }

    /// Whether whoever uses it proved at `now`, or a little before, who they are: with their second
    /// factor where they have one.
    pub fn is_recent(&self, has_second: bool, now: Timestamp) -> bool {
        let proved = if has_second { self.strong } else { self.proved };
        proved.is_some_and(|it| now.duration_since(it) <= RECENT)
    }
}

impl Accounts<'_> {
    /// What an account has beside its password.
    ///
    /// # Errors
    /// When the database fails.
    pub fn factors(&self, account: Id) -> Result<Factors, Error> {
        let held = self.rows().held(account)?;
        let passkeys = match held.passkeys {
            0 => Vec::new(),
            _ => self.rows().passkeys(account)?.into_iter().map(passkey::shown).collect(),
        };
        let authenticator = held.authenticator.map(time);
        Ok(Factors { authenticator, passkeys, codes: held.codes })
    }

    /// What accounts have beside their passwords; those that have nothing are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub fn all_factors(&self) -> Result<BTreeMap<Id, Held>, Error> {
        let all = self.rows().all_held()?.into_iter();
        Ok(all
            .map(|(account, it)| {
                let authenticator = it.authenticator.map(time);
                (account, Held { authenticator, passkeys: it.passkeys, codes: it.codes })
            })
            .collect())
    }

    /// Takes the second factor and the recovery codes of an account away, and ends its sessions:
    /// for somebody who has lost them. Answers whether there was one.
    ///
    /// # Errors
    /// [`Error::Wrong`] when there is no such account.
    pub fn clear_factors(&self, account: Id) -> Result<bool, Error> {
        self.row(account)?;
        Ok(self.rows().clear_factors(account)?)
    }

    /// Notes that whoever uses a session proved who they are; with a second factor, or what counts
    /// as one, when `strong`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note_proof(&self, session: Id, strong: bool) -> Result<(), Error> {
        Ok(self.rows().prove(session, self.now(), strong)?)
    }

    /// Tries something that proves a second factor; wrong tries are counted and have to wait.
    pub(super) fn second<T>(
        &self,
        account: Id,
        address: IpAddr,
        prove: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (who, from) = (Subject::Second(account), Subject::Address(address));
        self.try_once(who, from)?;
        let proved = prove()?;
        self.rows().forgive(&who.hash(), Some(&from.hash()))?;
        Ok(proved)
    }
}
