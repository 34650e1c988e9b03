//! What can go wrong in the store.

use std::path::PathBuf;

use uuid::Uuid;

/// The error underneath, as the database's library tells it.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// What can go wrong in the store; the display says what, where and what to do, the source why.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An address that names no database.
    #[error(
        "the database address `{url}` is not understood: {why}; write `sqlite:PATH` or \
         `postgres://USER@HOST/DATABASE`"
    )]
    Address {
        /// The address, without a password.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// There is nothing at the address.
    #[error(
        "there is no database at `{at}`; make one with `muniment init`, or name another with \
         `--database`"
    )]
    Missing {
        /// The address.
        at: String,
    },
    /// The server has no database of this name.
    #[error(
        "there is no database at `{at}`; make it with `createdb {name}`, or name another with \
         `--database`"
    )]
    NoDatabase {
        /// The address.
        at: String,
        /// The name of the database.
        name: String,
    },
    /// The server has no role of this name.
    #[error("there is no role `{role}`; make it with `create role {role} login`, or name another")]
    NoRole {
        /// The role.
        role: String,
    },
    /// There is something at the address already.
    #[error("there is a database at `{at}` already; use it, or name another with `--database`")]
    Exists {
        /// The address.
        at: String,
    },
    /// What is at the address was not made by this program.
    #[error(
        "`{at}` is not a database of this program: {found}; it was left as it is, name another \
         with `--database`"
    )]
    Foreign {
        /// The address.
        at: String,
        /// What was found there.
        found: String,
    },
    /// The database was made by a later version of this program.
    #[error(
        "the database `{at}` has form {found}, and this program knows forms up to {known} only; \
         use a newer version of the program"
    )]
    Newer {
        /// The address.
        at: String,
        /// The number of its newest migration.
        found: u64,
        /// The number of the newest migration this program knows.
        known: u64,
    },
    /// A migration that was applied is not the one this program knows under its number.
    #[error(
        "the database `{at}` was made by another migration {number} than this program has; use \
         the program that made it"
    )]
    Migration {
        /// The address.
        at: String,
        /// The migration's number.
        number: u64,
    },
    /// A setting that durability needs did not take.
    #[error(
        "the database `{at}` keeps `{setting}` at `{found}` and needs `{wanted}`; allow it, or \
         acknowledged changes could be lost"
    )]
    Setting {
        /// The address.
        at: String,
        /// The setting's name.
        setting: &'static str,
        /// What was asked for.
        wanted: &'static str,
        /// What the database answered.
        found: String,
    },
    /// The database cannot be reached.
    #[error("cannot open the database `{at}`; {advice}")]
    Open {
        /// The address.
        at: String,
        /// What to look at.
        advice: &'static str,
        /// Why.
        #[source]
        source: Cause,
    },
    /// Somebody else holds the lock for too long.
    #[error(
        "another process has been writing to `{at}` for ten seconds; try again when it is done"
    )]
    Busy {
        /// The address.
        at: String,
    },
    /// The database failed at something it should be able to do.
    #[error("the database `{at}` failed; {advice}")]
    Failed {
        /// The address.
        at: String,
        /// What to do.
        advice: &'static str,
        /// Why.
        #[source]
        source: Cause,
    },
    /// The connection to the database was lost, or its server was stopped.
    #[error("the database `{at}` does not answer; try again when it is back")]
    Lost {
        /// The address.
        at: String,
        /// Why.
        #[source]
        source: Cause,
    },
    /// The database has not answered anybody for some seconds.
    #[error("the database `{at}` has not answered for five seconds; try again when it is back")]
    CutOff {
        /// The address.
        at: String,
    },
    /// A commit that may or may not be on disk: look for the entry to know.
    #[error(
        "the database `{at}` was lost while committing up to entry {seq}; look for this entry \
         before trying again"
    )]
    Unsure {
        /// The address.
        at: String,
        /// The newest entry of the commit.
        seq: u64,
        /// Why.
        #[source]
        source: Cause,
    },
    /// A stored value that this program cannot have written.
    #[error(
        "the database `{at}` holds {found} where {expected} belongs; another program has changed \
         it, run `muniment verify`"
    )]
    Corrupt {
        /// The address.
        at: String,
        /// What was found, and where.
        found: String,
        /// What should be there.
        expected: &'static str,
    },
    /// An organization that has no ledger here.
    #[error(
        "the database `{at}` has no organization `{organization}`; list them with `muniment list organization`"
    )]
    NoOrganization {
        /// The address.
        at: String,
        /// The organization asked for.
        organization: Uuid,
    },
    /// A ledger that is there already.
    #[error("the database `{at}` has an organization `{slug}` already; choose another short name")]
    OrganizationExists {
        /// The address.
        at: String,
        /// The short name.
        slug: String,
    },
    /// Entries that do not follow the ledger's last one, or rows that contradict each other.
    #[error("entry {found} cannot follow entry {tail} of organization `{organization}`: {why}")]
    Position {
        /// The organization.
        organization: Uuid,
        /// The position of the ledger's newest entry.
        tail: u64,
        /// The position that was offered.
        found: u64,
        /// What is wrong.
        why: &'static str,
    },
    /// A revision to erase that does not exist.
    #[error("organization `{organization}` has no {what} to erase; nothing was erased")]
    NothingToErase {
        /// The organization.
        organization: Uuid,
        /// The revision or the note.
        what: String,
    },
    /// A file larger than allowed.
    #[error("the file is larger than {limit} bytes; keep it elsewhere and store a link to it")]
    FileTooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// A file that the database names, and that is not where files are kept.
    #[error("the file `{place}` is missing; restore it from a backup")]
    FileMissing {
        /// Where it should be.
        place: String,
    },
    /// A file whose bytes are not what its name says.
    #[error(
        "the file `{place}` is not what its name says: somebody changed it, restore it from a \
         backup"
    )]
    FileAltered {
        /// Where it is.
        place: String,
    },
    /// Bytes to store could not be read.
    #[error("the file to store could not be read")]
    FileUnreadable {
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The folder of files failed.
    #[error("cannot {doing} `{path}`; check the disk and the rights of its folder")]
    Folder {
        /// What was tried.
        doing: &'static str,
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Something that only a server of a database can do.
    #[error(
        "`{at}` is a file: whoever may read it reads everything, and no role of a server can be \
         given less; use PostgreSQL for that"
    )]
    NoServer {
        /// The address.
        at: String,
    },
    /// A bucket failed.
    #[error("cannot {doing}{name} in {at}; {advice}")]
    Bucket {
        /// The bucket.
        at: String,
        /// What was tried.
        doing: &'static str,
        /// The name in it, quoted; empty for the bucket itself.
        name: String,
        /// What to look at.
        advice: &'static str,
        /// Why.
        #[source]
        source: Cause,
    },
}

impl Error {
    /// Whether the database cannot be reached at this moment: what was asked for is right, and
    /// nothing was written.
    pub fn is_outage(&self) -> bool {
        matches!(self, Self::Lost { .. } | Self::CutOff { .. } | Self::Open { .. })
    }
}
