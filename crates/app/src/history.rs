//! Commits as people read them, and points of the ledger as they name them.

use std::{fmt, str::FromStr, sync::Arc};

use jiff::{Timestamp, civil::Date};
use ledger::{Entry, Op, Revision};
use meta::{Envelope, Erased, Id, Provenance, Record};
use store::Tally;

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

/// What a commit did, without its contents.
#[derive(Debug, Clone)]
pub struct Outline {
    /// The entry.
    pub entry: Entry,
    /// When it was made.
    pub at: Timestamp,
    /// The person; `None` for the system.
    pub actor: Option<Id>,
    /// How many records of which kinds it touched.
    pub tallies: Vec<Tally>,
}

/// One version of a record, and the commit that made it.
#[derive(Clone)]
pub struct Version {
    /// As stored.
    pub revision: Revision,
    /// The record as it was; erased where its content is gone.
    pub record: Arc<Record>,
    /// When it was made.
    pub at: Timestamp,
    /// By whom; `None` for the system.
    pub actor: Option<Id>,
    /// Why.
    pub note: Option<String>,
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

    /// What the commits of a range of positions did, oldest first: cheap also where one holds a
    /// whole register.
    ///
    /// # Errors
    /// When the database fails.
    pub fn outlines(&self, from: u64, upto: u64) -> Result<Vec<Outline>, Error> {
        let reading = self.store.snapshot()?;
        let mut tallies = reading.tallies(self.id, from.max(1), upto)?.into_iter().peekable();
        let mut outlines = Vec::new();
        for entry in reading.entries(self.id, from.max(1), upto)? {
            let moment = crate::apply::moment(&entry.at, &entry.actor)?;
            let mut own = Vec::new();
            while let Some(it) = tallies.next_if(|it| it.seq <= entry.seq) {
                own.push(it);
            }
            let (at, actor) = (moment.at, moment.actor);
            outlines.push(Outline { entry, at, actor, tallies: own });
        }
        Ok(outlines)
    }

    /// So many lines of the commit at a position, after so many others.
    ///
    /// # Errors
    /// When the database fails.
    pub fn lines(&self, seq: u64, after: u64, most: u64) -> Result<Vec<Revision>, Error> {
        Ok(self.store.snapshot()?.lines(self.id, seq, after, most)?)
    }

    /// All revisions of a record, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn revisions(&self, record: Id) -> Result<Vec<Revision>, Error> {
        Ok(self.store.snapshot()?.revisions(self.id, record)?)
    }
}

impl Organization {
    /// The versions of a record up to a position, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn versions(&self, record: &Record, upto: u64) -> Result<Vec<Version>, Error> {
        let revisions = self.revisions(record.head.id)?.into_iter();
        revisions.filter(|it| it.seq <= upto).map(|it| self.version(record, it)).collect()
    }

    /// The version of a record that a revision of it made. Of the commit it reads the entry alone,
    /// which may have changed a whole register besides.
    ///
    /// # Errors
    /// When the database fails.
    pub fn version(&self, record: &Record, revision: Revision) -> Result<Version, Error> {
        let found = self.store.snapshot()?.entries(self.id, revision.seq, revision.seq)?.pop();
        let entry =
            found.ok_or_else(|| Error::Wrong(format!("there is no entry {}", revision.seq)))?;
        let moment = crate::apply::moment(&entry.at, &entry.actor)?;
        Ok(Version {
            record: version_of(record, &revision),
            at: moment.at,
            actor: moment.actor,
            note: entry.note.map(|it| it.text),
            revision,
        })
    }
}

/// A record as it was at one of its revisions; erased where the content is gone.
pub fn version_of(record: &Record, revision: &Revision) -> Arc<Record> {
    let def = record.def();
    let head = Envelope {
        version: revision.version,
        content_version: revision.version,
        stage: def.stage(&revision.stage).unwrap_or(0),
        provenance: Provenance::from_id(&revision.provenance).unwrap_or(Provenance::Person),
        withdrawn: revision.op == Op::Withdraw,
        changed: revision.seq,
        hash: revision.hash,
        extras: None,
        ..record.head.clone()
    };
    let text = revision.content.as_ref().filter(|_| revision.op != Op::Erase);
    let parsed = text.and_then(|it| (def.parse)(head.clone(), &it.text).ok());
    parsed.unwrap_or_else(|| Arc::new(Record { head, body: Erased(def) }))
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
