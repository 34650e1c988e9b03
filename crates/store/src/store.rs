//! Opening a database, and what concerns all of its organizations.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

use ledger::Edge;
use uuid::Uuid;

use crate::address::{Address, Place};
use crate::db::{self, APPLICATION, Connection, Mode};
use crate::files::Files;
use crate::pool::Pool;
use crate::reading::Reading;
use crate::watch::Watch;
use crate::writing::Writing;
use crate::{Error, Ledger, contact, migrate, views};

const HEADER: &[u8; 16] = b"SQLite format 3\0";

/// A database and its folder of files, shared by all threads of a process.
pub struct Store {
    pub(crate) pool: Pool,
    /// SQLite has one writer per file; threads queue here, where waiting is fair and quick.
    turn: Option<Mutex<()>>,
    pub(crate) files: Files,
    /// How often this process has changed accounts.
    accounts_changed: AtomicU64,
}

impl Store {
    /// Opens a database that exists, and brings an older one to the present form.
    ///
    /// # Errors
    /// [`Error::Address`], [`Error::Missing`], [`Error::Foreign`], [`Error::Newer`],
    /// [`Error::Open`]: each says what to do. Nothing was changed then.
    pub fn open(url: &str) -> Result<Self, Error> {
        Self::open_at(&Address::parse(url)?)
    }

    /// As [`Store::open`], of an address that was read before.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_at(address: &Address) -> Result<Self, Error> {
        if let Place::Sqlite(path) = &address.place {
            check_file(path, address)?;
        }
        Self::with(address, false)
    }

    /// Makes a new database; a PostgreSQL database must exist and hold no tables.
    ///
    /// # Errors
    /// [`Error::Exists`] when there is one of this program, [`Error::Foreign`] when there is one
    /// of another.
    pub fn create(url: &str) -> Result<Self, Error> {
        Self::create_at(&Address::parse(url)?)
    }

    /// As [`Store::create`], of an address that was read before.
    ///
    /// # Errors
    /// As [`Store::create`].
    pub fn create_at(address: &Address) -> Result<Self, Error> {
        let at = || address.to_string();
        let Place::Sqlite(path) = &address.place else {
            let connection = Connection::open(address)?;
            if migrate::is_ours(&connection)? {
                return Err(Error::Exists { at: at() });
            }
            return Self::with(address, true);
        };
        match OpenOptions::new().write(true).create_new(true).open(path) {
            Ok(_) => {
                let made = db::stamp(path, address);
                made.and_then(|()| Self::with(address, true)).inspect_err(|_| {
                    fs::remove_file(path).ok();
                })
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                check_file(path, address)?;
                // One that was given up while it was made has no tables yet.
                if migrate::is_ours(&Connection::open(address)?)? {
                    return Err(Error::Exists { at: at() });
                }
                Self::with(address, true)
            }
            Err(source) => {
                let advice = "check that its folder exists and that you may write to it";
                Err(Error::Open { at: at(), advice, source: source.into() })
            }
        }
    }

    /// Where it is.
    pub fn address(&self) -> &Address {
        self.pool.address()
    }

    /// Whether it is a file on this machine, and asking it takes no waiting for a network.
    pub fn is_local(&self) -> bool {
        self.turn.is_some()
    }

    /// The organizations and where their ledgers stand, by short name.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn organizations(&self) -> Result<Vec<Ledger>, Error> {
        self.snapshot()?.organizations()
    }

    /// The ledger of the organization with this short name, if there is one: as quick among many
    /// as among few.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn by_slug(&self, slug: &str) -> Result<Option<Ledger>, Error> {
        Reading::new(self.pool.get()?).by_slug(slug)
    }

    /// Makes the empty ledger of a new organization.
    ///
    /// # Errors
    /// [`Error::OrganizationExists`] when its id or its short name is taken.
    pub fn create_ledger(&self, id: Uuid, slug: &str, origin: &str) -> Result<(), Error> {
        let _turn = self.turn();
        let edge = Edge::default().to_bytes();
        let held = self.pool.begin(Mode::Write)?;
        let made = held.execute(
            "insert into ledger (organization, slug, origin, seq, at, edge) \
             values ($1, $2, $3, 0, '', $4) on conflict do nothing",
            &[(&id).into(), slug.into(), origin.into(), edge.as_slice().into()],
        )?;
        if made == 0 {
            return Err(Error::OrganizationExists {
                at: held.at().to_owned(),
                slug: slug.to_owned(),
            });
        }
        held.notify()?;
        held.commit(0)
    }

    /// Where an organization's ledger stands.
    ///
    /// # Errors
    /// [`Error::NoOrganization`] when there is none.
    pub fn tail(&self, organization: Uuid) -> Result<Ledger, Error> {
        Reading::new(self.pool.get()?).tail(organization)
    }

    /// The position of an organization's newest entry: quick enough to ask before each answer
    /// whether another process has written.
    ///
    /// # Errors
    /// [`Error::NoOrganization`] when there is none.
    pub fn seq(&self, organization: Uuid) -> Result<u64, Error> {
        Reading::new(self.pool.get()?).seq(organization)
    }

    /// Reads one state of the database, whatever is written meanwhile.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn snapshot(&self) -> Result<Reading<'_>, Error> {
        Ok(Reading::new(self.pool.begin(Mode::Snapshot)?))
    }

    /// Takes an organization's lock, for one batch of commits; a thread takes one at a time.
    ///
    /// # Errors
    /// [`Error::NoOrganization`] when there is none, [`Error::Busy`] when another process holds
    /// the lock for ten seconds.
    pub fn begin(&self, organization: Uuid) -> Result<Writing<'_>, Error> {
        let turn = self.turn();
        Writing::new(self.pool.begin(Mode::Write)?, turn, organization)
    }

    /// Keeps an eye on the server from now on: whoever waits for it gives up when it has not
    /// answered for five seconds, and see [`Store::cut_off`]. A file needs none of it.
    pub fn keep_contact(&self) {
        if matches!(self.address().place, Place::Postgres { .. }) {
            contact::watch(self.address().clone(), &self.pool.contact);
        }
    }

    /// How long ago the server last answered, when that is more than five seconds and somebody
    /// keeps an eye on it.
    pub fn cut_off(&self) -> Option<Duration> {
        self.pool.contact.cut_off()
    }

    /// Asks to be told when others commit.
    ///
    /// # Errors
    /// [`Error::Open`] when no further connection can be made.
    pub fn watch(&self) -> Result<Watch, Error> {
        Watch::new(self.address())
    }

    /// Takes what was erased out of the database's log and free space too; answers whether all of
    /// it is gone, which on SQLite others who read at this moment can prevent.
    ///
    /// On PostgreSQL this rewrites two tables and locks them meanwhile.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn scrub(&self) -> Result<bool, Error> {
        let held = self.pool.get()?;
        if held.is_sqlite() {
            let _turn = self.turn();
            let _still = self.pool.still();
            let busy = held.first("pragma wal_checkpoint(truncate)", &[], |row| row.int(0))?;
            return Ok(busy == Some(0));
        }
        held.batch("vacuum (full) revision")?;
        held.batch("vacuum (full) entry")?;
        Ok(true)
    }

    /// How often this process has changed accounts: what was kept of them holds until it moves.
    pub fn accounts_version(&self) -> u64 {
        self.accounts_changed.load(Ordering::Acquire)
    }

    /// What an administrator should know about how the database is set up, in sentences.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn remarks(&self) -> Result<Vec<String>, Error> {
        let held = self.pool.get()?;
        let mut remarks = held.remarks()?;
        if !views::is_fresh(&held)? {
            let at = held.at();
            remarks.push(format!(
                "the views for reporting in `{at}` are not those of this version: see that its \
                 user may make views and that none of yours is built on them, then open it again"
            ));
        }
        Ok(remarks)
    }

    fn with(address: &Address, may_create: bool) -> Result<Self, Error> {
        let contact = Arc::default();
        let connection = Connection::open_watched(address, &contact)?;
        migrate::migrate(&connection, may_create)?;
        // A report that runs at this moment, or a user who may not make views, keeps nobody out:
        // see [`Store::remarks`].
        views::refresh(&connection)?;
        let turn = connection.is_sqlite().then(Mutex::default);
        let (pool, files) =
            (Pool::new(address.clone(), connection, contact), Files::open(address.files())?);
        Ok(Self { pool, turn, files, accounts_changed: AtomicU64::new(0) })
    }

    pub(crate) fn accounts_changed(&self) {
        self.accounts_changed.fetch_add(1, Ordering::Release);
    }

    /// Whether nobody in this process is writing to the file at this moment, and nobody begins to
    /// while the answer is held.
    pub(crate) fn turn_if_free(&self) -> Option<Option<MutexGuard<'_, ()>>> {
        match self.turn.as_ref().map(Mutex::try_lock) {
            None => Some(None),
            Some(Ok(turn)) => Some(Some(turn)),
            Some(Err(TryLockError::Poisoned(turn))) => Some(Some(turn.into_inner())),
            Some(Err(TryLockError::WouldBlock)) => None,
        }
    }

    pub(crate) fn turn(&self) -> Option<MutexGuard<'_, ()>> {
        self.turn.as_ref().map(|turn| turn.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Refuses a file that this program did not make, before SQLite touches it.
fn check_file(path: &Path, address: &Address) -> Result<(), Error> {
    let at = || address.to_string();
    let foreign = |found: &str| Error::Foreign { at: at(), found: found.to_owned() };
    let opened = |source: std::io::Error| match source.kind() {
        ErrorKind::NotFound => Error::Missing { at: at() },
        _ => Error::Open { at: at(), advice: "check that you may read it", source: source.into() },
    };
    let file = File::open(path).map_err(opened)?;
    if !file.metadata().map_err(opened)?.is_file() {
        return Err(foreign("it is not a file"));
    }
    let mut header = Vec::with_capacity(100);
    file.take(100).read_to_end(&mut header).map_err(opened)?;
    match header.as_slice() {
        [] => Err(foreign("the file is empty")),
        header if !header.starts_with(HEADER) => Err(foreign("the file is no SQLite database")),
        header if header.len() < 100 => Err(foreign("the file is cut off")),
        header if header[68..72] != APPLICATION.to_be_bytes() => {
            Err(foreign("it is an SQLite database of another program"))
        }
        _ => Ok(()),
    }
}
