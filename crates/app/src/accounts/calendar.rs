//! Secret addresses at which calendar programs read what is due.

use jiff::Timestamp;
use meta::Id;
use store::accounts as rows;

use super::{Accounts, Token, time, token};
use crate::Error;

/// An account has at most so many calendars.
pub const MOST_CALENDARS: usize = 10;

/// Whoever reads a calendar is noted once an hour.
const NOTED_MS: i64 = 3_600_000;

/// A calendar that somebody made. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Names it, for its owner: the beginning of its token's hash.
    pub name: String,
    /// Whose it is.
    pub account: Id,
    /// The organization it shows.
    pub organization: Id,
    /// Whether it shows what is due for everybody, while its owner may see that.
    pub everything: bool,
    /// When it was made.
    pub made: Timestamp,
    /// When it was last read, within an hour.
    pub seen: Option<Timestamp>,
}

impl Accounts<'_> {
    /// Makes a calendar; the token goes into its address, this once, and is not kept here.
    ///
    /// # Errors
    /// [`Error::Wrong`] when there are too many.
    pub fn add_calendar(
        &self,
        account: Id,
        organization: Id,
        everything: bool,
    ) -> Result<(Calendar, Token), Error> {
        if self.rows().calendars(account)?.len() >= MOST_CALENDARS {
            return Err(Error::Wrong(format!(
                "there are {MOST_CALENDARS} calendars already: remove one that is not read any more"
            )));
        }
        let token = Token::fresh();
        let row = rows::Calendar {
            hash: token::hash(token.as_str()),
            account,
            organization,
            breadth: if everything { EVERYTHING } else { MINE }.to_owned(),
            made: self.now(),
            seen: None,
        };
        self.rows().add_calendar(&row)?;
        Ok((calendar(row), token))
    }

    /// The calendars of an account, the oldest first.
    pub fn calendars(&self, account: Id) -> Result<Vec<Calendar>, Error> {
        Ok(self.rows().calendars(account)?.into_iter().map(calendar).collect())
    }

    /// The calendar with this token and the person who owns it; `None` when it was removed, or its
    /// owner is disabled or belongs to the organization no more.
    pub fn calendar(&self, token: &str) -> Result<Option<(Calendar, Id)>, Error> {
        let hash = token::hash(token);
        let Some(row) = self.rows().calendar(&hash)? else { return Ok(None) };
        let account = self.by_id(row.account)?.filter(|it| it.disabled.is_none());
        let person = self.person(row.account, row.organization)?;
        let Some(person) = person.filter(|_| account.is_some()) else { return Ok(None) };
        let now = self.now();
        if row.seen.is_none_or(|it| it <= now.saturating_sub(NOTED_MS)) {
            self.rows().see_calendar(&hash, now)?;
        }
        Ok(Some((calendar(row), person)))
    }

    /// Removes a calendar by its name: its address shows nothing any more.
    ///
    /// # Errors
    /// [`Error::Wrong`] when there is none.
    pub fn remove_calendar(&self, account: Id, name: &str) -> Result<(), Error> {
        let found = self.rows().calendars(account)?.into_iter().find(|it| named(it) == name);
        match found {
            Some(row) if self.rows().remove_calendar(account, &row.hash)? => Ok(()),
            _ => Err(Error::Wrong("there is no such calendar: it was removed".to_owned())),
        }
    }
}

const EVERYTHING: &str = "everything";
const MINE: &str = "mine";

fn calendar(row: rows::Calendar) -> Calendar {
    Calendar {
        name: named(&row),
        account: row.account,
        organization: row.organization,
        everything: row.breadth == EVERYTHING,
        made: time(row.made),
        seen: row.seen.map(time),
    }
}

fn named(row: &rows::Calendar) -> String {
    ledger::hash::hex(&row.hash[..8])
}
