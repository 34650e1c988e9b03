//! Connections that wait to be used again.

use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::contact::Contact;
use crate::db::{Connection, Mode};
use crate::log::Keeper;
use crate::{Address, Error};

/// More threads than this connect for each use.
const KEPT: usize = 16;

/// Connections that wait to be used again.
pub(crate) struct Pool {
    address: Address,
    idle: Mutex<Vec<Connection>>,
    pub(crate) contact: Arc<Contact>,
    /// On SQLite. Goes last: its own connection is one of those that the log waits for.
    log: Option<Keeper>,
}

/// A connection in use; in a transaction until it is committed or dropped.
pub(crate) struct Held<'p> {
    pool: &'p Pool,
    connection: Option<Connection>,
    open: bool,
}

impl Pool {
    pub(crate) fn new(address: Address, first: Connection, contact: Arc<Contact>) -> Self {
        let log = first.is_sqlite().then(|| Keeper::new(address.clone()));
        let pool = Self { address, idle: Mutex::default(), contact, log };
        let first = pool.watched(first);
        Self { idle: Mutex::new(vec![first]), ..pool }
    }

    pub(crate) fn address(&self) -> &Address {
        &self.address
    }

    /// Nobody else moves SQLite's log while the answer is held.
    pub(crate) fn still(&self) -> Option<MutexGuard<'_, ()>> {
        self.log.as_ref().map(Keeper::still)
    }

    /// A connection outside of a transaction.
    pub(crate) fn get(&self) -> Result<Held<'_>, Error> {
        loop {
            if self.contact.cut_off().is_some() {
                return Err(Error::CutOff { at: self.address.to_string() });
            }
            let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = match idle {
                Some(connection) if !connection.is_alive() => continue,
                Some(connection) => connection,
                None => self.watched(Connection::open_watched(&self.address, &self.contact)?),
            };
            return Ok(Held { pool: self, connection: Some(connection), open: false });
        }
    }

    fn watched(&self, mut connection: Connection) -> Connection {
        if let Some(log) = &self.log {
            connection.tell(log.growth());
        }
        connection
    }

    /// A connection in a transaction.
    pub(crate) fn begin(&self, mode: Mode) -> Result<Held<'_>, Error> {
        let mut held = self.get()?;
        held.open = true;
        held.begin(mode)?;
        Ok(held)
    }

    /// A connection in a transaction that writes, unless it would have to wait for another.
    pub(crate) fn begin_if_free(&self) -> Result<Option<Held<'_>>, Error> {
        let mut held = self.get()?;
        held.open = held.begin_if_free()?;
        Ok(held.open.then_some(held))
    }
}

impl Held<'_> {
    /// Commits; whatever the answer, the transaction is over.
    pub(crate) fn commit(mut self, seq: u64) -> Result<(), Error> {
        self.deref().commit(seq)?;
        self.open = false;
        Ok(())
    }
}

impl Deref for Held<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection.as_ref().expect("it is taken by drop only")
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        if self.open && !connection.rollback() {
            return;
        }
        let mut idle = self.pool.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(connection);
        }
    }
}
