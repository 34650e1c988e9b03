//! Personal tokens: how programs act in somebody's name.
//!
//! A token never allows more than its owner may do. It is shown once, kept as a hash, and always
//! ends.

use std::fmt;

use jiff::Timestamp;
use meta::Id;
use store::accounts as rows;

use super::{Accounts, Token, time, token};
use crate::{Error, fresh_id};

/// How long a token is good unless its owner says otherwise, in days.
pub const TOKEN_DAYS: i64 = 90;

/// The longest a token can be good, in days.
pub const MOST_TOKEN_DAYS: i64 = 366;

/// The longest name of a token, in characters.
pub const LONGEST_TOKEN_NAME: usize = 60;

/// No account has more tokens that are good.
const MOST: usize = 50;

/// What every token begins with, so that scanners of sources and logs know one.
const PREFIX: &str = "mun_";

/// A day in milliseconds.
const DAY: i64 = 24 * 3_600_000;

/// Use is noted once in so long: ten minutes, in milliseconds.
const TOUCH: i64 = 600_000;

/// What a token may be used for, on top of what its owner may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Read what its owner may see. Every token may.
    Read,
    /// Make and change records.
    Write,
    /// Assent in its owner's name: approve, accept, review, acknowledge, confirm.
    Approve,
    /// Decide who may do what, give addresses outside something to read, and erase.
    Administer,
}

/// The scopes of one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scopes(u8);

/// A personal token. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// Its identity; no secret.
    pub id: Id,
    /// In whose name it acts.
    pub account: Id,
    /// The organization it opens; all of its owner's when absent.
    pub organization: Option<Id>,
    /// What its owner calls it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Scopes,
    /// When it was made.
    pub created: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// When it was last used, to ten minutes or so.
    pub used: Option<Timestamp>,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
}

/// A token that somebody wants.
#[derive(Debug, Clone, Copy)]
pub struct WantedToken<'a> {
    /// What they call it.
    pub name: &'a str,
    /// The organization it shall open; all of theirs when absent.
    pub organization: Option<Id>,
    /// What it may be used for.
    pub scopes: Scopes,
    /// How long it shall be good, in days.
    pub days: i64,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Read, Self::Write, Self::Approve, Self::Administer];

    /// As stored and typed.
    pub fn id(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Approve => "approve",
            Self::Administer => "administer",
        }
    }

    /// What it allows, in a few words.
    pub fn help(self) -> &'static str {
        match self {
            Self::Read => "see what you may see",
            Self::Write => "make and change records where you may",
            Self::Approve => {
                "decide in your name: approve, accept, review, acknowledge, confirm what was proposed"
            }
            Self::Administer => {
                "decide who may do what, make webhooks and calendars, and erase content for good"
            }
        }
    }

    /// From its stored form.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }
}

impl Scopes {
    /// These and reading, which every token may.
    pub fn of(scopes: impl IntoIterator<Item = Scope>) -> Self {
        let bits = scopes.into_iter().fold(1, |bits, it| bits | 1 << it as u8);
        Self(bits)
    }

    /// Whether this one is among them.
    pub fn has(self, scope: Scope) -> bool {
        self.0 & 1 << scope as u8 != 0
    }

    /// Each of them, in order.
    pub fn each(self) -> impl Iterator<Item = Scope> {
        Scope::ALL.into_iter().filter(move |it| self.has(*it))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.each().map(Scope::id).collect();
        f.write_str(&words.join(" "))
    }
}

impl AccessToken {
    /// Whether a text has the form of a token; what has not opens nothing, and need not be looked
    /// for.
    pub fn has_form(text: &str) -> bool {
        parts(text).is_some()
    }

    /// Whether it is good at this time.
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.revoked.is_none() && now < self.expires
    }
}

impl Accounts<'_> {
    /// Makes a token for an account. What it answers is shown once and not kept here:
    /// `mun_<id>_<secret>`.
    ///
    /// # Errors
    /// [`Error::Wrong`] when the name is none, the time too long, the account disabled, not of that
    /// organization, or has too many tokens.
    pub fn make_token(
        &self,
        account: Id,
        wanted: &WantedToken<'_>,
    ) -> Result<(AccessToken, String), Error> {
        let wrong = |what: &str| Err(Error::Wrong(what.to_owned()));
        let name = wanted.name.trim();
        if name.is_empty()
            || name.chars().count() > LONGEST_TOKEN_NAME
            || name.chars().any(char::is_control)
        {
            return Err(Error::Wrong(format!(
                "give the token a name of up to {LONGEST_TOKEN_NAME} characters that tells you what it is for"
            )));
        }
        if !(1..=MOST_TOKEN_DAYS).contains(&wanted.days) {
            return Err(Error::Wrong(format!(
                "a token is good for 1 to {MOST_TOKEN_DAYS} days: write how many"
            )));
        }
        if let Some(organization) = wanted.organization
            && self.person(account, organization)?.is_none()
        {
            return wrong("you do not belong to this organization");
        }
        let now = self.now();
        let good = self.rows().tokens(account)?;
        if good.iter().filter(|it| it.revoked.is_none() && it.expires > now).count() >= MOST {
            return Err(Error::Wrong(format!(
                "you have {MOST} tokens already: revoke those that nothing uses any more"
            )));
        }
        let (id, secret) = (fresh_id(), Token::fresh());
        let row = rows::AccessToken {
            id,
            account,
            organization: wanted.organization,
            name: name.to_owned(),
            hash: token::hash(secret.as_str()),
            scopes: wanted.scopes.to_string(),
            created: now,
            expires: now + wanted.days * DAY,
            used: None,
            revoked: None,
        };
        let text = format!("{PREFIX}{}_{}", id.simple(), secret.as_str());
        match self.rows().keep_token(&row)? {
            true => Ok((read(row), text)),
            false => wrong("this account is disabled: ask whoever administers it here"),
        }
    }

    /// The token that a program shows; `None` when there is none like it, it has ended or was
    /// revoked, or its account is disabled. Its use is noted now and then.
    pub fn token(&self, text: &str) -> Result<Option<AccessToken>, Error> {
        let Some((id, secret)) = parts(text) else { return Ok(None) };
        let Some(mut row) = self.rows().token(id)? else { return Ok(None) };
        let now = self.now();
        if !is_same(&row.hash, &token::hash(secret)) || row.expires <= now {
            return Ok(None);
        }
        if row.used.is_none_or(|it| now - it >= TOUCH) {
            self.rows().touch_token(id, now)?;
            row.used = Some(now);
        }
        Ok(Some(read(row)))
    }

    /// The tokens of an account, the newest first; with those that have ended.
    pub fn tokens(&self, account: Id) -> Result<Vec<AccessToken>, Error> {
        Ok(self.rows().tokens(account)?.into_iter().map(read).collect())
    }

    /// The tokens that open an organization, of all who belong to it, the newest first.
    pub fn tokens_into(&self, organization: Id) -> Result<Vec<AccessToken>, Error> {
        let now = self.now();
        let rows = self.rows().tokens_into(organization)?.into_iter();
        Ok(rows.filter(|it| it.expires > now).map(read).collect())
    }

    /// What the owner of a token called it, whatever became of it.
    pub fn token_name(&self, id: Id) -> Result<Option<String>, Error> {
        Ok(self.rows().token_name(id)?)
    }

    /// Revokes a token of an account; answers whether there was one to revoke.
    pub fn revoke_token(&self, account: Id, id: Id) -> Result<bool, Error> {
        Ok(self.rows().revoke_token(account, id, self.now())?)
    }

    /// What was kept of accounts, tokens and belongings in memory holds until this moves; changes
    /// by other processes do not move it.
    pub fn version(&self) -> u64 {
        self.app.store.accounts_version()
    }
}

fn read(row: rows::AccessToken) -> AccessToken {
    AccessToken {
        id: row.id,
        account: row.account,
        organization: row.organization,
        name: row.name,
        scopes: Scopes::of(row.scopes.split(' ').filter_map(Scope::from_id)),
        created: time(row.created),
        expires: time(row.expires),
        used: row.used.map(time),
        revoked: row.revoked.map(time),
    }
}

/// The id and the secret of a token.
fn parts(text: &str) -> Option<(Id, &str)> {
    let (id, secret) = text.strip_prefix(PREFIX)?.split_once('_')?;
    let is_secret = secret.len() == 43
        && secret.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_');
    let id = (id.len() == 32 && is_secret).then(|| Id::try_parse(id).ok())??;
    Some((id, secret))
}

/// Whether two hashes are the same, in a time that does not tell where they differ.
fn is_same(one: &[u8; 32], other: &[u8; 32]) -> bool {
    one.iter().zip(other).fold(0, |so_far, (a, b)| so_far | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_words_and_always_read() {
        let scopes = Scopes::of([Scope::Approve]);
        assert_eq!(scopes.to_string(), "read approve");
        assert!(!scopes.has(Scope::Write) && !scopes.has(Scope::Administer));
        assert_eq!(Scope::from_id("everything"), None);
    }

    #[test]
    fn only_what_we_wrote_is_a_token() {
        let (id, secret) = (fresh_id(), Token::fresh());
        let text = format!("{PREFIX}{}_{}", id.simple(), secret.as_str());
        assert_eq!(parts(&text), Some((id, secret.as_str())));
        for wrong in
            ["", "mun_", "mun_a_b", &text[1..], &text[..text.len() - 1], &format!("{text}x")]
        {
            assert_eq!(parts(wrong), None, "{wrong}");
        }
    }
}
