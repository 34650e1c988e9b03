//! Being told that somebody else has written.

use std::time::Duration;

use crate::db::Connection;
use crate::{Address, Error};

/// Tells when another connection, of this process or of any other, has committed.
///
/// A hint, and for all organizations: ask [`crate::Store::seq`] what it means for one.
pub struct Watch {
    connection: Connection,
}

impl Watch {
    pub(crate) fn new(address: &Address) -> Result<Self, Error> {
        let connection = Connection::open(address)?;
        connection.listen()?;
        Ok(Self { connection })
    }

    /// Whether something was committed since the last call.
    ///
    /// # Errors
    /// [`Error::Failed`] when the connection was lost; make a new watch then.
    pub fn changed(&self) -> Result<bool, Error> {
        self.connection.changed(Duration::ZERO)
    }

    /// As [`Watch::changed`], waiting up to `patience` for it to become so.
    ///
    /// # Errors
    /// [`Error::Failed`] when the connection was lost; make a new watch then.
    pub fn wait(&self, patience: Duration) -> Result<bool, Error> {
        self.connection.changed(patience)
    }
}
