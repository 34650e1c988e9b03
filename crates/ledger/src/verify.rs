//! Verification: everything is computed again from the rows and compared with what was signed.
//!
//! Needs no secret and no database: a [`Source`] hands over rows, from a store or a
//! [`bundle`](crate::bundle).

use std::fmt;
use std::num::NonZero;

use uuid::Uuid;

use crate::event::Position;
use crate::{Entry, Error, Hash, Node, Revision, StoredCheckpoint, Verifier};

mod checkpoints;
mod commits;
mod derived;
mod fault;
mod keys;

pub use fault::Fault;
pub use keys::{KeyChange, KeyUse};

use commits::Commits;

/// Where the rows of one ledger come from, in the order of the methods below, each asked to its end.
///
/// A row that cannot be understood is [`Fault::Damaged`]; bytes that cannot be read are
/// [`Error::Source`].
pub trait Source {
    /// Whose ledger it is.
    fn organization(&self) -> Uuid;

    /// The stored tree nodes; `None` where they are not kept.
    fn nodes(&mut self) -> Result<Option<Vec<Node>>, Error> {
        Ok(None)
    }

    /// The next commit by position, or `None` after the last.
    fn next_commit(&mut self) -> Result<Option<Commit>, Error>;

    /// All stored checkpoints.
    fn checkpoints(&mut self) -> Result<Vec<StoredCheckpoint>, Error>;

    /// The stored end of the ledger; `None` where it is not kept.
    fn tail(&mut self) -> Result<Option<StoredTail>, Error> {
        Ok(None)
    }

    /// The pointers from records to their newest revision; `None` where they are not kept.
    fn pointers(&mut self) -> Result<Option<Vec<Pointer>>, Error> {
        Ok(None)
    }

    /// The next file, its bytes given to `chunk` piece by piece; `None` after the last.
    fn next_file(&mut self, chunk: &mut dyn FnMut(&[u8])) -> Result<Option<StoredFile>, Error> {
        let _ = chunk;
        Ok(None)
    }
}

/// An entry with its change lines, in order of record id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The entry.
    pub entry: Entry,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// One change line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Disclosed.
    Shown(Box<Revision>),
    /// Not disclosed: only the hash of the line, so that the root can still be computed.
    Hidden(Hash),
}

/// The stored end of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTail {
    /// Position of the last entry.
    pub seq: u64,
    /// [`Edge::to_bytes`](crate::Edge::to_bytes).
    pub edge: Vec<u8>,
}

/// The stored pointer from a record to its newest revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer {
    /// The record.
    pub record: Uuid,
    /// Its kind.
    pub kind: String,
    /// Its number within the kind.
    pub number: u32,
    /// Its newest version.
    pub version: u32,
    /// The commit of that version.
    pub seq: u64,
}

/// A stored file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredFile {
    /// The SHA-256 that it is known by.
    pub hash: Hash,
    /// Whether its bytes were there.
    pub found: bool,
}

/// A checkpoint that somebody kept outside the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// What to call it in a message, e.g. its file name.
    pub name: String,
    /// The signed note.
    pub note: String,
}

/// What to check beyond the ledger itself.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Checkpoints kept outside: the ledger must contain what they state.
    pub outside: Vec<Outside>,
    /// Keys kept outside: the ledger must know each of them.
    pub trusted: Vec<Verifier>,
    /// Check all stored signatures, not only the newest, the last of each key and the handovers.
    pub every_signature: bool,
    /// How many threads check signatures.
    pub threads: Option<NonZero<usize>>,
}

/// What a verified ledger holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Whose ledger.
    pub organization: Uuid,
    /// Its name in checkpoints.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Hash,
    /// Time of the last entry.
    pub at: String,
    /// Number of revisions seen.
    pub revisions: u64,
    /// Revisions whose content was erased, each covered by a later entry.
    pub erased: u64,
    /// Change lines that were not disclosed, only their hashes.
    pub hidden: u64,
    /// Number of files whose bytes fit their hash.
    pub files: u64,
    /// Number of stored checkpoints.
    pub checkpoints: u64,
    /// Stored signatures that were checked.
    pub signatures: u64,
    /// Every key, oldest first.
    pub keys: Vec<KeyUse>,
    /// What is sound and still worth knowing.
    pub remarks: Vec<Remark>,
}

/// Something a verifier should know although nothing is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// A key took over without the signature of the one before.
    Replaced {
        /// The commit that says so.
        seq: u64,
        /// The new key.
        key: String,
    },
    /// The ledger was restored from an older backup.
    Restored {
        /// The commit that says so.
        seq: u64,
        /// The newest position known to have been lost.
        was: Option<Position>,
    },
}

impl fmt::Display for Remark {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replaced { seq, key } => write!(
                out,
                "commit {seq} replaces the signing key by `{key}` without a signature of the key \
                 before: ask the organization why"
            ),
            Self::Restored { seq, was: None } => write!(
                out,
                "commit {seq} says that the ledger was restored from an older backup: entries made \
                 after that backup may be missing"
            ),
            Self::Restored { seq, was: Some(was) } => write!(
                out,
                "commit {seq} says that the ledger was restored from an older backup: it had {} \
                 entries before, with root `{}`",
                was.size,
                crate::hash::encode(&was.root)
            ),
        }
    }
}

/// Verifies a ledger; fails with the first [`Fault`] found, or with what kept it from being read.
///
/// Recomputes every line, leaf and root from the rows, every content not erased, versions without
/// gaps and times that do not run backwards; then what the checkpoints state, the rows that are
/// derived from others, the signatures, and the checkpoints kept outside.
pub fn verify(source: &mut dyn Source, options: &Options) -> Result<Report, Error> {
    let organization = source.organization();
    let mut commits = Commits::new(organization, source.nodes()?);
    while let Some(commit) = source.next_commit()? {
        commits.add(commit)?;
    }
    commits.finish()?;
    let begin = commits.keys.origin().ok_or(Fault::Empty)?;
    let origin = begin.to_owned();
    let stored = source.checkpoints()?;
    let stated = checkpoints::check_stored(&commits, &stored)?;
    derived::check_nodes(&commits)?;
    if let Some(tail) = source.tail()? {
        derived::check_tail(&commits, &tail)?;
    }
    if let Some(pointers) = source.pointers()? {
        derived::check_pointers(&commits, pointers)?;
    }
    let signatures = checkpoints::check_signed(&commits, stated, options)?;
    checkpoints::check_outside(&commits, options)?;
    let files = derived::check_files(source)?;
    Ok(Report {
        organization,
        origin,
        size: commits.edge.size(),
        root: commits.edge.root(),
        at: commits.at,
        revisions: commits.revisions,
        erased: commits.erased,
        hidden: commits.hidden,
        files,
        checkpoints: stored.len() as u64,
        signatures,
        keys: commits.keys.into_uses(),
        remarks: commits.remarks,
    })
}
