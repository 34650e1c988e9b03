//! SQLite: settings, statements, and how its errors read.

use std::cell::Cell;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
use rusqlite::hooks::Wal;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{Insert, Row, Value};
use crate::Error;
use crate::address::Address;
use crate::log::Growth;

/// `MUNI`: what the header of a file of this program says.
pub(crate) const APPLICATION: u32 = u32::from_be_bytes(*b"MUNI");

const FLAGS: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);
const PATIENCE: Duration = Duration::from_secs(10);
const GLANCE: Duration = Duration::from_millis(20);

/// Marks an empty file as one of this program, before its header can linger in a log.
pub(crate) fn stamp(path: &Path, address: &Address) -> Result<(), Error> {
    Connection::open_with_flags(path, FLAGS)
        .and_then(|connection| connection.pragma_update(None, "application_id", APPLICATION))
        .map_err(|source| unopened(address, source))
}

/// A connection to an SQLite file.
pub(super) struct Sqlite {
    connection: Connection,
    version: Cell<i64>,
}

impl Sqlite {
    pub(super) fn open(path: &Path, address: &Address) -> Result<Self, Error> {
        let opened = |source| unopened(address, source);
        let connection = Connection::open_with_flags(path, FLAGS).map_err(opened)?;
        connection.busy_timeout(PATIENCE).map_err(opened)?;
        connection.set_prepared_statement_cache_capacity(64);
        let keeps = |setting: &'static str, value: &'static str, wanted: &'static str| {
            connection
                .query_row(&format!("pragma {setting} = {value}"), [], |_| Ok(()))
                .or_else(|error| match error {
                    rusqlite::Error::QueryReturnedNoRows => Ok(()),
                    other => Err(other),
                })
                .map_err(opened)?;
            let found: rusqlite::types::Value = connection
                .query_row(&format!("pragma {setting}"), [], |row| row.get(0))
                .map_err(opened)?;
            let found = match found {
                rusqlite::types::Value::Integer(number) => number.to_string(),
                rusqlite::types::Value::Text(text) => text,
                other => format!("{other:?}"),
            };
            if found == wanted {
                Ok(())
            } else {
                Err(Error::Setting { at: address.to_string(), setting, wanted, found })
            }
        };
        keeps("journal_mode", "wal", "wal")?;
        keeps("synchronous", "full", "2")?;
        keeps("foreign_keys", "on", "1")?;
        keeps("secure_delete", "on", "1")?;
        keeps("trusted_schema", "off", "0")?;
        keeps("cache_size", "-16384", "-16384")?;
        // The log shrinks again after a large import.
        keeps("journal_size_limit", "67108864", "67108864")?;
        Ok(Self { connection, version: Cell::new(-1) })
    }

    /// Tells how large the write-ahead log is after each commit, and moves it into the file only
    /// when it has become very large.
    pub(super) fn tell(&mut self, growth: Growth) {
        let hook = move |log: &mut Wal, pages| {
            if growth.is(pages) {
                // The commit stands, whether or not somebody else is moving the log just now.
                log.checkpoint().ok();
            }
            Ok(())
        };
        // Without the hook SQLite goes on to move the log at each thousandth page.
        self.connection.wal_hook(Some(hook)).ok();
    }

    pub(super) fn query<E: From<Error>>(
        &self,
        at: &str,
        sql: &str,
        parameters: &[Value<'_>],
        each: &mut impl FnMut(&Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let error = |source| failed(at, source);
        let mut statement = self.connection.prepare_cached(sql).map_err(error)?;
        bind(&mut statement, parameters).map_err(error)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(error)? {
            each(&Row::sqlite(at, row))?;
        }
        Ok(())
    }

    pub(super) fn execute(&self, sql: &str, parameters: &[Value<'_>]) -> rusqlite::Result<u64> {
        let mut statement = self.connection.prepare_cached(sql)?;
        bind(&mut statement, parameters)?;
        statement.raw_execute().map(|count| count as u64)
    }

    pub(super) fn batch(&self, sql: &str) -> rusqlite::Result<()> {
        self.connection.execute_batch(sql)
    }

    /// Begins to write unless somebody else is writing: waits for nobody.
    pub(super) fn begin_if_free(&self) -> rusqlite::Result<bool> {
        self.connection.busy_timeout(Duration::ZERO)?;
        let begun = self.batch("begin immediate");
        self.connection.busy_timeout(PATIENCE)?;
        match begun {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(false),
            begun => begun.map(|()| true),
        }
    }

    pub(super) fn bulk<'v, const N: usize>(
        &self,
        insert: &Insert<N>,
        rows: impl ExactSizeIterator<Item = [Value<'v>; N]>,
    ) -> rusqlite::Result<()> {
        if rows.len() == 0 {
            return Ok(());
        }
        let mut statement = self.connection.prepare_cached(&insert.sql(1))?;
        for row in rows {
            bind(&mut statement, &row)?;
            statement.raw_execute()?;
        }
        Ok(())
    }

    pub(super) fn is_idle(&self) -> bool {
        self.connection.is_autocommit()
    }

    /// Whether another connection has committed since the last call.
    pub(super) fn changed(&self) -> rusqlite::Result<bool> {
        let mut statement = self.connection.prepare_cached("pragma data_version")?;
        let version = statement.query_row([], |row| row.get(0))?;
        Ok(self.version.replace(version) != version)
    }

    pub(super) fn changed_within(&self, patience: Duration) -> rusqlite::Result<bool> {
        let start = Instant::now();
        loop {
            let left = patience.saturating_sub(start.elapsed());
            if self.changed()? {
                return Ok(true);
            }
            if left.is_zero() {
                return Ok(false);
            }
            std::thread::sleep(left.min(GLANCE));
        }
    }
}

fn unopened(address: &Address, source: rusqlite::Error) -> Error {
    let at = address.to_string();
    if matches!(source.sqlite_error_code(), Some(ErrorCode::DatabaseBusy)) {
        return Error::Busy { at };
    }
    let advice = match is_full(&source) {
        true => "make room on its disk and try again",
        false => {
            "check that the file is a whole database and that you may write to it and to its folder"
        }
    };
    Error::Open { at, advice, source: source.into() }
}

/// Whether there was no room on the disk.
pub(super) fn is_full(source: &rusqlite::Error) -> bool {
    // Without room even for the index of its log it says that only so.
    let no_index = source.sqlite_error().map(|it| it.extended_code) == Some(SQLITE_IOERR_SHMSIZE);
    no_index || source.sqlite_error_code() == Some(ErrorCode::DiskFull)
}

pub(super) fn failed(at: &str, source: rusqlite::Error) -> Error {
    let at = at.to_owned();
    let advice = match source.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => return Error::Busy { at },
        Some(ErrorCode::DiskFull) => "make room on its disk and try again",
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => "allow writing to its file",
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            "its file is damaged, restore a backup"
        }
        Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => "check its disk",
        _ => "this is a fault of the program, please report it",
    };
    Error::Failed { at, advice, source: source.into() }
}

fn bind(statement: &mut rusqlite::Statement<'_>, values: &[Value<'_>]) -> rusqlite::Result<()> {
    for (index, value) in values.iter().enumerate() {
        statement.raw_bind_parameter(index + 1, value)?;
    }
    Ok(())
}
