//! Two databases behind one small surface: one SQL text, in the subset both understand.
//!
//! Parameters are `$1`, `$2`, … and first appear in this order (SQLite numbers them by
//! appearance). Values are 64-bit integers, texts and bytes; an id is its 16 bytes.

mod insert;
mod postgres;
mod row;
mod sqlite;
mod tls;

use std::sync::Arc;
use std::time::Duration;

use crate::Error;
use crate::address::{Address, Place};
use crate::contact::Contact;
use crate::log::Growth;

pub use insert::{Conflict, Insert};
pub use row::{Row, Value};
pub(crate) use sqlite::{APPLICATION, stamp};
pub use tls::Trust;

/// How a transaction uses the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Reads one state of the database, whatever others write meanwhile.
    Snapshot,
    /// Writes; on SQLite it holds the file's only write lock from the start.
    Write,
}

/// One connection, used by one thread at a time.
pub struct Connection {
    at: String,
    server: Server,
}

enum Server {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

impl Connection {
    /// Connects, sets what durability needs and reads it back.
    ///
    /// # Errors
    /// [`Error::Open`] when the database cannot be reached, [`Error::Setting`] when it would not
    /// keep what it acknowledged.
    pub fn open(address: &Address) -> Result<Self, Error> {
        Self::open_watched(address, &Arc::default())
    }

    /// The same, giving up whenever the server has not answered for too long.
    pub(crate) fn open_watched(address: &Address, contact: &Arc<Contact>) -> Result<Self, Error> {
        let server = match &address.place {
            Place::Sqlite(path) => Server::Sqlite(sqlite::Sqlite::open(path, address)?),
            Place::Postgres { config, trust } => {
                Server::Postgres(postgres::Postgres::open(config, trust, address, contact)?)
            }
        };
        Ok(Self { at: address.to_string(), server })
    }

    /// The address it is connected to, without a password.
    pub fn at(&self) -> &str {
        &self.at
    }

    /// Whether this is SQLite, for the few texts that differ.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.server, Server::Sqlite(_))
    }

    /// Tells how large the log is after each commit of this connection; on SQLite only.
    pub(crate) fn tell(&mut self, growth: Growth) {
        if let Server::Sqlite(server) = &mut self.server {
            server.tell(growth);
        }
    }

    /// Hands every row of a query to `each`, without holding more than a few of them.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails, and whatever `each` answers.
    pub fn query<E: From<Error>>(
        &self,
        sql: &str,
        parameters: &[Value<'_>],
        mut each: impl FnMut(&Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        match &self.server {
            Server::Sqlite(server) => server.query(&self.at, sql, parameters, &mut each),
            Server::Postgres(server) => server.query(&self.at, sql, parameters, &mut each),
        }
    }

    /// The first row of a query, read by `read`.
    ///
    /// # Errors
    /// As [`Connection::query`].
    pub fn first<T>(
        &self,
        sql: &str,
        parameters: &[Value<'_>],
        read: impl Fn(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let mut first = None;
        self.query(sql, parameters, |row| {
            if first.is_none() {
                first = Some(read(row)?);
            }
            Ok::<_, Error>(())
        })?;
        Ok(first)
    }

    /// Executes a statement and answers how many rows it changed.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn execute(&self, sql: &str, parameters: &[Value<'_>]) -> Result<u64, Error> {
        match &self.server {
            Server::Sqlite(server) => server.execute(sql, parameters).map_err(self.sqlite()),
            Server::Postgres(server) => server.execute(sql, parameters).map_err(self.postgres()),
        }
    }

    /// Executes several statements without parameters.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn batch(&self, sql: &str) -> Result<(), Error> {
        match &self.server {
            Server::Sqlite(server) => server.batch(sql).map_err(self.sqlite()),
            Server::Postgres(server) => server.batch(sql).map_err(self.postgres()),
        }
    }

    /// Inserts many rows by the quickest way there is: a prepared statement in a loop on SQLite,
    /// `COPY` or rows by the dozen on PostgreSQL.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn bulk<'v, const N: usize>(
        &self,
        insert: &Insert<N>,
        rows: impl ExactSizeIterator<Item = [Value<'v>; N]>,
    ) -> Result<(), Error> {
        match &self.server {
            Server::Sqlite(server) => server.bulk(insert, rows).map_err(self.sqlite()),
            Server::Postgres(server) => server.bulk(insert, rows).map_err(self.postgres()),
        }
    }

    /// Begins a transaction.
    ///
    /// # Errors
    /// [`Error::Busy`] when another process writes for too long.
    pub fn begin(&self, mode: Mode) -> Result<(), Error> {
        match (&self.server, mode) {
            (Server::Sqlite(_), Mode::Snapshot) => self.batch("begin"),
            (Server::Sqlite(_), Mode::Write) => self.batch("begin immediate"),
            (Server::Postgres(_), Mode::Snapshot) => {
                self.batch("begin isolation level repeatable read read only")
            }
            (Server::Postgres(_), Mode::Write) => self.batch("begin"),
        }?;
        if mode == Mode::Snapshot {
            // The state is fixed by the first reading, not by `begin`.
            self.first("select number from migration limit 1", &[], |row| row.int(0))?;
        }
        Ok(())
    }

    /// Begins a transaction that writes, unless it would have to wait for another; answers whether
    /// it has begun. PostgreSQL locks rows only, so that it always has.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn begin_if_free(&self) -> Result<bool, Error> {
        match &self.server {
            Server::Sqlite(server) => server.begin_if_free().map_err(self.sqlite()),
            Server::Postgres(_) => self.begin(Mode::Write).map(|()| true),
        }
    }

    /// Makes the transaction durable; `seq` is the newest entry it writes.
    ///
    /// # Errors
    /// [`Error::Unsure`] when no answer came.
    pub fn commit(&self, seq: u64) -> Result<(), Error> {
        match &self.server {
            Server::Sqlite(server) => server.batch("commit").map_err(|source| {
                // Without room the end of the transaction was not written: it is none.
                if sqlite::is_full(&source) {
                    sqlite::failed(&self.at, source)
                } else {
                    Error::Unsure { at: self.at.clone(), seq, source: source.into() }
                }
            }),
            Server::Postgres(server) => server.batch("commit").map_err(|source| {
                if source.as_db_error().is_some() {
                    postgres::failed(&self.at, source)
                } else {
                    Error::Unsure { at: self.at.clone(), seq, source: source.into() }
                }
            }),
        }
    }

    /// Forgets the transaction; answers whether the connection can be used again.
    pub fn rollback(&self) -> bool {
        match &self.server {
            Server::Sqlite(server) => server.is_idle() || server.batch("rollback").is_ok(),
            Server::Postgres(server) => server.batch("rollback").is_ok(),
        }
    }

    /// Whether the connection still stands, as far as can be told without asking the server.
    pub fn is_alive(&self) -> bool {
        match &self.server {
            Server::Sqlite(_) => true,
            Server::Postgres(server) => server.is_alive(),
        }
    }

    /// Asks to be told of commits by others.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn listen(&self) -> Result<(), Error> {
        match &self.server {
            Server::Sqlite(server) => server.changed().map(drop).map_err(self.sqlite()),
            Server::Postgres(server) => server.batch("listen muniment").map_err(self.postgres()),
        }
    }

    /// Tells listeners of other processes; on PostgreSQL when the transaction commits.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn notify(&self) -> Result<(), Error> {
        match &self.server {
            // Every commit changes what `PRAGMA data_version` answers to others.
            Server::Sqlite(_) => Ok(()),
            Server::Postgres(_) => self.batch("notify muniment"),
        }
    }

    /// Whether another connection has committed since the last call, waiting for up to `patience`.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn changed(&self, patience: Duration) -> Result<bool, Error> {
        match &self.server {
            Server::Sqlite(server) => server.changed_within(patience).map_err(self.sqlite()),
            Server::Postgres(server) => server.changed_within(patience).map_err(self.postgres()),
        }
    }

    /// What an administrator should know about how the database is set up.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn remarks(&self) -> Result<Vec<String>, Error> {
        match &self.server {
            Server::Sqlite(_) => Ok(Vec::new()),
            Server::Postgres(server) => server.remarks(&self.at),
        }
    }

    fn sqlite(&self) -> impl FnOnce(rusqlite::Error) -> Error + '_ {
        |source| sqlite::failed(&self.at, source)
    }

    fn postgres(&self) -> impl FnOnce(tokio_postgres::Error) -> Error + '_ {
        |source| postgres::failed(&self.at, source)
    }
}
