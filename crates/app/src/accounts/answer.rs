//! Links on which one person answers one thing, without signing in.
//!
//! A link is bound to a person, a question, a record and the version that was seen. It opens
//! nothing else, is used once, and what it does is decided as if the person had signed in.

use jiff::{SignedDuration, Timestamp};
use kinds::approval::Purpose;
use ledger::Hash;
use meta::{Choice, Id};
use store::accounts as rows;

use super::{Accounts, Token, time, token};
use crate::Error;

/// How long such a link works.
pub const ANSWER_DAYS: i32 = 14;

/// What a link asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// For an assent of this purpose: to approve, to accept, to acknowledge, to say it still holds.
    Assent(Purpose),
    /// Whether the person takes on what was given to them.
    Confirm,
}

/// What a link is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The organization.
    pub organization: Id,
    /// The person who is asked.
    pub person: Id,
    /// Their account.
    pub account: Id,
    /// What they are asked.
    pub question: Question,
    /// About which record.
    pub record: Id,
    /// At which version.
    pub version: u32,
}

/// A link as it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What it is bound to.
    pub bound: Bound,
    /// When it ends.
    pub expires: Timestamp,
    /// When it was used.
    pub used: Option<Timestamp>,
    /// The commit that holds the answer.
    pub seq: Option<u64>,
}

impl Accounts<'_> {
    /// Makes a link; the token goes into its address and is not kept here.
    ///
    /// # Errors
    /// When the database fails; so it is with all others here that name nothing else.
    pub fn ask(&self, bound: &Bound) -> Result<Token, Error> {
        let (now, token) = (self.now(), Token::fresh());
        let life = SignedDuration::from_hours(24 * i64::from(ANSWER_DAYS));
        let row = rows::Answer {
            organization: bound.organization,
            person: bound.person,
            account: bound.account,
            purpose: bound.question.id(),
            record: bound.record,
            version: bound.version,
            issued: now,
            expires: now.saturating_add(i64::try_from(life.as_millis()).unwrap_or(i64::MAX)),
            used: None,
            seq: None,
        };
        self.rows().ask(&token::hash(token.as_str()), &row)?;
        Ok(token)
    }

    /// What a link asks, also when it was used; `None` when it is over, or whoever it was sent to
    /// is not that person any more, or their account is disabled.
    pub fn asked(&self, token: &str) -> Result<Option<Asked>, Error> {
        let Some(row) = self.rows().asked(&token::hash(token), self.now())? else {
            return Ok(None);
        };
        let account = self.by_id(row.account)?.filter(|it| it.disabled.is_none());
        let person = self.person(row.account, row.organization)?;
        let still = account.is_some() && person == Some(row.person);
        let Some(question) = Question::from_id(&row.purpose).filter(|_| still) else {
            return Ok(None);
        };
        let bound = Bound {
            organization: row.organization,
            person: row.person,
            account: row.account,
            question,
            record: row.record,
            version: row.version,
        };
        let used = row.used.map(time);
        Ok(Some(Asked { bound, expires: time(row.expires), used, seq: row.seq }))
    }

    /// Uses a link up and does what it is for; refused, it still works. `act` answers the position
    /// of its commit.
    ///
    /// # Errors
    /// [`Error::LinkOver`] when it was used, and whatever `act` answers.
    pub fn answer<E: From<Error>>(
        &self,
        token: &str,
        act: impl FnOnce() -> Result<u64, E>,
    ) -> Result<u64, E> {
        let hash: Hash = token::hash(token);
        let taken = self.rows().take_answer(&hash, self.now()).map_err(Error::from)?;
        if !taken {
            return Err(Error::LinkOver.into());
        }
        match act() {
            Ok(seq) => {
                self.rows().settle_answer(&hash, Some(seq)).map_err(Error::from)?;
                Ok(seq)
            }
            Err(err) => {
                self.rows().settle_answer(&hash, None).map_err(Error::from)?;
                Err(err)
            }
        }
    }

    /// Lets a link be used again, after what it did was undone.
    pub fn reopen_answer(&self, token: &str) -> Result<(), Error> {
        Ok(self.rows().settle_answer(&token::hash(token), None)?)
    }
}

impl Question {
    fn id(self) -> String {
        match self {
            Self::Assent(purpose) => purpose.def().id.to_owned(),
            Self::Confirm => "confirm".to_owned(),
        }
    }

    fn from_id(id: &str) -> Option<Self> {
        match id {
            "confirm" => Some(Self::Confirm),
            id => Purpose::from_id(id).map(Self::Assent),
        }
    }
}
