//! Commits as people read them, and points of the ledger as they name them.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, civil::Date};
use ledger::{Entry, Revision};
use meta::Id;

use crate::{Error, Organization};

/// A point of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// After the entry with this number.
    Seq(u64),
    /// At the end of this day.
    Day(Date),
}

/// A commit as stored.
#[derive(Debug, Clone)]
pub struct Commit {
    /// The entry.
    pub entry: Entry,
    /// When it was made.
    pub at: Timestamp,
    /// The person; `None` for the system.
    pub actor: Option<Id>,
    /// Its lines.
    pub revisions: Vec<Revision>,
}

impl Organization {
    /// Commits of a range of positions, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn commits(&self, from: u64, upto: u64) -> Result<Vec<Commit>, Error> {
        let mut commits = Vec::new();
        if from > upto {
            return Ok(commits);
        }
        let reading = self.store.snapshot()?;
        reading.commits(self.id, from.max(1), upto, |entry, revisions| -> Result<(), Error> {
            let moment = crate::apply::moment(&entry.at, &entry.actor)?;
            commits.push(Commit { entry, at: moment.at, actor: moment.actor, revisions });
            Ok(())
        })?;
        Ok(commits)
    }

    /// The commit at a position.
    ///
    /// # Errors
    /// When there is none.
    pub fn commit(&self, seq: u64) -> Result<Commit, Error> {
        let found = self.commits(seq, seq)?.pop();
        found.ok_or_else(|| Error::Wrong(format!("there is no entry {seq}")))
    }

    /// All revisions of a record, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn revisions(&self, record: Id) -> Result<Vec<Revision>, Error> {
        Ok(self.store.snapshot()?.revisions(self.id, record)?)
    }
}

impl FromStr for Point {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(seq) = text.parse() {
            return Ok(Self::Seq(seq));
        }
        text.parse().map(Self::Day).map_err(|_| {
            format!("`{text}` is neither a day like 2026-03-31 nor the number of an entry")
        })
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seq(seq) => write!(f, "entry {seq}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}
