//! Sessions: browsers that are signed in.

use std::net::IpAddr;

use jiff::Timestamp;
use meta::Id;
use store::accounts as rows;

use super::{Accounts, Token, time, token};
use crate::{Error, fresh_id};

/// A session ends when it is not used for so long, in hours.
pub const IDLE_HOURS: i64 = 12;

/// A session ends after so long, however much it is used, in days.
pub const ABSOLUTE_DAYS: i64 = 14;

/// [`IDLE_HOURS`] in milliseconds.
const IDLE: i64 = IDLE_HOURS * 3_600_000;

/// [`ABSOLUTE_DAYS`] in milliseconds.
const ABSOLUTE: i64 = ABSOLUTE_DAYS * 24 * 3_600_000;

/// Its use is noted once in so long: a minute, in milliseconds.
const TOUCH: i64 = 60_000;

/// So much is kept of what a browser calls itself, in characters.
const LONGEST_AGENT: usize = 300;

/// How whoever opens a session proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By<'a> {
    /// They typed the password.
    Password,
    /// They had a link.
    Link,
    /// They typed the password or had a link, and proved a second factor.
    Second,
    /// They used a passkey that knows its owner.
    Passkey,
    /// A provider says so.
    Provider {
        /// Its short name.
        id: &'a str,
        /// Whether it asked them just now; else they may have sat down where somebody was signed in
        /// to it.
        is_fresh: bool,
    },
}

/// What a session is opened on.
#[derive(Debug, Clone, Copy)]
pub struct Device<'a> {
    /// What the browser calls itself.
    pub agent: &'a str,
    /// Its network address.
    pub address: IpAddr,
}

/// A browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its identity; no secret, good for a button that ends it.
    pub id: Id,
    /// Whose it is.
    pub account: Id,
    /// When it was opened.
    pub created: Timestamp,
    /// When it was last used, to the minute.
    pub seen: Timestamp,
    /// When it ends if it is not used before.
    pub idle: Timestamp,
    /// When it ends, however much it is used.
    pub expires: Timestamp,
    /// When whoever uses it last proved who they are; absent when it was opened by a link, or by a
    /// provider that did not ask them then.
    pub proved: Option<Timestamp>,
    /// When they last proved it with a second factor, or a provider did so.
    pub strong: Option<Timestamp>,
    /// The short name of the provider that it was opened through.
    pub provider: Option<String>,
    /// Whether it was opened by a passkey.
    pub by_passkey: bool,
    /// What the browser called itself, shortened.
    pub agent: String,
    /// Where it was opened from.
    pub address: String,
}

impl<'a> By<'a> {
    fn id(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Link => "link",
            Self::Second => "second",
            Self::Passkey => "passkey",
            Self::Provider { .. } => "provider",
        }
    }

    fn provider(self) -> Option<&'a str> {
        match self {
            Self::Provider { id, .. } => Some(id),
            _ => None,
        }
    }
}

impl Accounts<'_> {
    /// Opens a session; the token goes into the cookie and is not kept here.
    ///
    /// # Errors
    /// [`Error::Wrong`] when there is no such account, or it is disabled.
    pub fn open(&self, account: Id, by: By<'_>, device: &Device<'_>) -> Result<Token, Error> {
        let (now, token) = (self.now(), Token::fresh());
        let is_stale = matches!(by, By::Link | By::Provider { is_fresh: false, .. });
        let is_strong =
            matches!(by, By::Second | By::Passkey | By::Provider { is_fresh: true, .. });
        let agent = device.agent.chars().map(|it| if it.is_control() { ' ' } else { it });
        let session = rows::Session {
            id: fresh_id(),
            account,
            created: now,
            seen: now,
            expires: now + ABSOLUTE,
            proved: (!is_stale).then_some(now),
            strong: is_strong.then_some(now),
            way: Some(by.id().to_owned()),
            provider: by.provider().map(str::to_owned),
            agent: agent.take(LONGEST_AGENT).collect(),
            address: device.address.to_canonical().to_string(),
        };
        match self.rows().open(&token::hash(token.as_str()), &session)? {
            true => Ok(token),
            false => {
                let what = "this account is disabled: ask whoever administers it here";
                Err(Error::Wrong(what.to_owned()))
            }
        }
    }

    /// The session that a cookie names; `None` when it has ended, or its account is disabled. Its
    /// use is noted, at most once a minute.
    pub fn session(&self, token: &str) -> Result<Option<Session>, Error> {
        let now = self.now();
        let found = self.rows().session(&token::hash(token))?;
        let Some(mut row) = found.filter(|it| is_alive(it, now)) else { return Ok(None) };
        if now - row.seen >= TOUCH && self.rows().touch(row.id, now)? {
            row.seen = now;
        }
        Ok(Some(session(row)))
    }

    /// The sessions of an account, the last used first.
    pub fn sessions(&self, account: Id) -> Result<Vec<Session>, Error> {
        let now = self.now();
        let rows = self.rows().sessions(account)?.into_iter();
        Ok(rows.filter(|it| is_alive(it, now)).map(session).collect())
    }

    /// Ends the session that a cookie names: signing out.
    pub fn close(&self, token: &str) -> Result<(), Error> {
        Ok(self.rows().close(&token::hash(token))?)
    }

    /// Ends one session of an account; answers whether there was one.
    pub fn revoke(&self, account: Id, session: Id) -> Result<bool, Error> {
        Ok(self.rows().revoke(account, session)?)
    }

    /// Ends all sessions of an account but `keep`; answers how many.
    pub fn revoke_all(&self, account: Id, keep: Option<Id>) -> Result<u64, Error> {
        Ok(self.rows().revoke_all(account, keep)?)
    }
}

/// Sessions that were not used since this time have ended.
pub(super) fn idle_before(now: i64) -> i64 {
    now - IDLE
}

fn is_alive(row: &rows::Session, now: i64) -> bool {
    row.seen > idle_before(now) && row.expires > now
}

fn session(row: rows::Session) -> Session {
    Session {
        id: row.id,
        account: row.account,
        created: time(row.created),
        seen: time(row.seen),
        idle: time(row.seen + IDLE),
        expires: time(row.expires),
        proved: row.proved.map(time),
        strong: row.strong.map(time),
        by_passkey: row.way.as_deref() == Some(By::Passkey.id()),
        provider: row.provider,
        agent: row.agent,
        address: row.address,
    }
}
