//! Writing one batch of commits under an organization's lock.

use std::ops::Deref;
use std::sync::MutexGuard;

use ledger::seal::Rows;
use ledger::{Edge, Entry, Hash, Node, Revision, Sealed, StoredCheckpoint};
use uuid::Uuid;

use self::row::{CHECKPOINTS, EDITIONS, ENTRIES, FILES, NEW_RECORDS, NODES, RECORDS, REVISIONS};
use self::row::{entry_row, record_row, revision_row};
use crate::db::{Connection, Value};
use crate::pool::Held;
use crate::reading::{Reading, no_organization};
use crate::{Edition, Error, FileStored, Ledger};

mod row;

/// A transaction that holds an organization's lock; dropped without [`Writing::commit`] it leaves
/// no trace.
///
/// It reads too, through [`Reading`], what is committed and what it has appended itself.
pub struct Writing<'s> {
    reading: Reading<'s>,
    tail: Ledger,
    // After the reading: a thread that waits for its turn finds the transaction over.
    _turn: Option<MutexGuard<'s, ()>>,
}

/// What one batch adds to a ledger.
#[derive(Debug, Clone, Copy, Default)]
pub struct Append<'a> {
    /// The commits, sealed one after the other on the ledger's tail.
    pub sealed: &'a [Sealed],
    /// Versions that were published.
    pub editions: &'a [Edition],
    /// Versions of records whose contents and salts go for good.
    pub erasures: &'a [(Uuid, Vec<u32>)],
    /// Entries whose reasons and salts go for good.
    pub erased_notes: &'a [u64],
    /// The signed statement of where the ledger stands after the batch.
    pub checkpoint: Option<&'a StoredCheckpoint>,
    /// Files that the commits name; already stored.
    pub files: &'a [FileStored],
    /// Files that nothing names any more; remove their bytes after the commit.
    pub files_gone: &'a [Hash],
}

/// What a backup puts back: rows that were sealed before, and verified by the caller.
#[derive(Debug, Clone, Default)]
pub struct Replay<'a> {
    /// The commits, following the ledger's tail.
    pub rows: &'a [Rows],
    /// The tree's edge after them.
    pub edge: Edge,
    /// Versions that were published.
    pub editions: &'a [Edition],
    /// Signed statements of where the ledger stood.
    pub checkpoints: &'a [StoredCheckpoint],
    /// Files that the commits name; already stored.
    pub files: &'a [FileStored],
}

/// The rows of a commit, wherever they come from.
struct Commit<'a> {
    entry: &'a Entry,
    revisions: &'a [Revision],
    nodes: &'a [Node],
}

impl<'s> Writing<'s> {
    pub(crate) fn new(
        held: Held<'s>,
        turn: Option<MutexGuard<'s, ()>>,
        organization: Uuid,
    ) -> Result<Self, Error> {
        if !held.is_sqlite() {
            let sql = "select seq from ledger where organization = $1 for update";
            held.first(sql, &[(&organization).into()], |row| row.int(0))?
                .ok_or_else(|| no_organization(&held, organization))?;
        }
        let reading = Reading::new(held);
        let tail = reading.tail(organization)?;
        Ok(Self { reading, tail, _turn: turn })
    }

    /// Where the ledger stands, including what this transaction has appended.
    pub fn ledger(&self) -> &Ledger {
        &self.tail
    }

    /// Hands the entries after a position to `each`: what others have appended since.
    ///
    /// # Errors
    /// Whatever `each` answers.
    pub fn since<E: From<Error>>(
        &self,
        seq: u64,
        each: impl FnMut(Entry, Vec<Revision>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.commits(self.tail.organization, seq + 1, self.tail.seq, each)
    }

    /// Adds commits and what goes with them.
    ///
    /// # Errors
    /// [`Error::Position`] when they do not follow the ledger's tail, [`Error::NothingToErase`]
    /// when a revision to erase does not exist. Drop the transaction then.
    pub fn append(&mut self, append: &Append<'_>) -> Result<(), Error> {
        let commits: Vec<Commit<'_>> = append.sealed.iter().map(Commit::sealed).collect();
        let edge = append.sealed.last().map(|last| last.after().edge.to_bytes());
        self.put(&commits, edge)?;
        self.put_editions(append.editions)?;
        self.put_checkpoints(append.checkpoint.as_slice())?;
        self.put_files(append.files)?;
        self.erase(append)
    }

    /// Puts back the commits of a backup and what goes with them.
    ///
    /// # Errors
    /// [`Error::Position`] when they do not follow the ledger's tail. Drop the transaction then.
    pub fn replay(&mut self, replay: &Replay<'_>) -> Result<(), Error> {
        let commits: Vec<Commit<'_>> = replay.rows.iter().map(Commit::rows).collect();
        self.put(&commits, (!commits.is_empty()).then(|| replay.edge.to_bytes()))?;
        self.put_editions(replay.editions)?;
        let checkpoints: Vec<&StoredCheckpoint> = replay.checkpoints.iter().collect();
        self.put_checkpoints(&checkpoints)?;
        self.put_files(replay.files)
    }

    /// Removes checkpoints that are no longer wanted, by size.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn thin(&mut self, sizes: &[u64]) -> Result<(), Error> {
        for &size in sizes {
            self.reading.held.execute(
                "delete from checkpoint where organization = $1 and size = $2",
                &[(&self.tail.organization).into(), size.into()],
            )?;
        }
        Ok(())
    }

    /// Makes the batch durable: when this answers, it survives the loss of power.
    ///
    /// # Errors
    /// [`Error::Unsure`] when no answer came: look for the entry; after any other error nothing
    /// was written.
    pub fn commit(self) -> Result<(), Error> {
        self.reading.held.notify()?;
        self.reading.held.commit(self.tail.seq)
    }

    /// Writes commits and moves the tail.
    fn put(&mut self, commits: &[Commit<'_>], edge: Option<Vec<u8>>) -> Result<(), Error> {
        let (Some(last), Some(edge)) = (commits.last(), edge) else { return Ok(()) };
        self.check_positions(commits)?;
        let connection: &Connection = &self.reading.held;
        let id = Value::from(&self.tail.organization);
        connection.bulk(&ENTRIES, commits.iter().map(|commit| entry_row(id, commit.entry)))?;
        let revisions: Vec<&Revision> =
            commits.iter().flat_map(|commit| commit.revisions).collect();
        connection.bulk(&REVISIONS, revisions.iter().map(|it| revision_row(id, it)))?;
        let (new, known) = newest(&revisions);
        connection.bulk(&NEW_RECORDS, new.iter().map(|it| record_row(id, it)))?;
        connection.bulk(&RECORDS, known.iter().map(|it| record_row(id, it)))?;
        let nodes: Vec<&Node> = commits.iter().flat_map(|commit| commit.nodes).collect();
        connection.bulk(
            &NODES,
            nodes.iter().map(|node| {
                [id, u32::from(node.level).into(), node.index.into(), (&node.hash).into()]
            }),
        )?;
        let moved = connection.execute(
            "update ledger set seq = $1, at = $2, edge = $3 where organization = $4 and seq = $5",
            &[
                last.entry.seq.into(),
                last.entry.at.as_str().into(),
                edge.as_slice().into(),
                id,
                self.tail.seq.into(),
            ],
        )?;
        if moved != 1 {
            return Err(self.misplaced(last.entry.seq, "somebody else has moved the tail"));
        }
        self.tail.seq = last.entry.seq;
        self.tail.at.clone_from(&last.entry.at);
        self.tail.edge = edge;
        Ok(())
    }

    fn check_positions(&self, commits: &[Commit<'_>]) -> Result<(), Error> {
        for (commit, expected) in commits.iter().zip(self.tail.seq + 1..) {
            let found = commit.entry.seq;
            if found != expected {
                return Err(self.misplaced(found, "positions have no gaps"));
            }
            if commit.revisions.iter().any(|revision| revision.seq != found) {
                return Err(self.misplaced(found, "it has revisions of another entry"));
            }
            if commit.entry.at < self.tail.at {
                return Err(self.misplaced(found, "its time is earlier"));
            }
        }
        Ok(())
    }

    fn put_editions(&self, editions: &[Edition]) -> Result<(), Error> {
        let id = Value::from(&self.tail.organization);
        let rows =
            editions.iter().map(|it| [id, (&it.record).into(), it.version.into(), it.seq.into()]);
        self.reading.held.bulk(&EDITIONS, rows)
    }

    fn put_checkpoints(&self, checkpoints: &[&StoredCheckpoint]) -> Result<(), Error> {
        let id = Value::from(&self.tail.organization);
        let rows = checkpoints.iter().map(|it| [id, it.size.into(), it.note.as_str().into()]);
        self.reading.held.bulk(&CHECKPOINTS, rows)
    }

    fn put_files(&self, files: &[FileStored]) -> Result<(), Error> {
        let id = Value::from(&self.tail.organization);
        let rows = files.iter().map(|it| [id, (&it.sha256).into(), it.size.into()]);
        self.reading.held.bulk(&FILES, rows)
    }

    fn erase(&self, append: &Append<'_>) -> Result<(), Error> {
        let connection: &Connection = &self.reading.held;
        let organization = self.tail.organization;
        let id = Value::from(&organization);
        for (record, versions) in append.erasures {
            for &version in versions {
                let erased = connection.execute(
                    "update revision set content = null, salt = null \
                     where organization = $1 and record = $2 and version = $3",
                    &[id, record.into(), version.into()],
                )?;
                if erased != 1 {
                    let what = format!("version {version} of record `{record}`");
                    return Err(Error::NothingToErase { organization, what });
                }
            }
        }
        for &seq in append.erased_notes {
            let erased = connection.execute(
                "update entry set note = null, note_salt = null \
                 where organization = $1 and seq = $2",
                &[id, seq.into()],
            )?;
            if erased != 1 {
                let what = format!("entry {seq}");
                return Err(Error::NothingToErase { organization, what });
            }
        }
        for sha256 in append.files_gone {
            connection.execute(
                "delete from file where organization = $1 and sha256 = $2",
                &[id, sha256.into()],
            )?;
        }
        Ok(())
    }

    fn misplaced(&self, found: u64, why: &'static str) -> Error {
        let Ledger { organization, seq, .. } = self.tail;
        Error::Position { organization, tail: seq, found, why }
    }
}

impl<'s> Deref for Writing<'s> {
    type Target = Reading<'s>;

    fn deref(&self) -> &Reading<'s> {
        &self.reading
    }
}

impl<'a> Commit<'a> {
    fn sealed(sealed: &'a Sealed) -> Self {
        Self { entry: sealed.entry(), revisions: sealed.revisions(), nodes: sealed.nodes() }
    }

    fn rows(rows: &'a Rows) -> Self {
        Self { entry: &rows.entry, revisions: &rows.revisions, nodes: &rows.nodes }
    }
}

/// The newest revision of each record: of those that begin here, and of those known before.
fn newest<'a>(revisions: &[&'a Revision]) -> (Vec<&'a Revision>, Vec<&'a Revision>) {
    // A long commit stands in this order already.
    let mut sorted = revisions.to_vec();
    sorted.sort_by_key(|it| (it.record, it.version));
    let (mut new, mut known) = (Vec::with_capacity(sorted.len()), Vec::new());
    for versions in sorted.chunk_by(|one, next| one.record == next.record) {
        let list = if versions[0].version == 1 { &mut new } else { &mut known };
        list.extend(versions.last());
    }
    (new, known)
}
