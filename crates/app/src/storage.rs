//! Where an organization's records and files lie, and how much there is of them.

use crate::{Error, Organization};

/// Where an organization's records and files lie, and how much there is of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Storage {
    /// The database, without its password.
    pub database: String,
    /// The folder or the bucket that holds the files.
    pub folder: String,
    /// How many entries the ledger has.
    pub entries: u64,
    /// How many files there are.
    pub files: usize,
    /// The size of all files together, in bytes.
    pub bytes: u64,
}

impl Organization {
    /// Where its records and files lie, and how much there is of them. Reads a row for every file.
    ///
    /// # Errors
    /// When the database fails.
    pub fn storage(&self) -> Result<Storage, Error> {
        let address = self.store.address();
        let reading = self.store.snapshot()?;
        let files = reading.files(self.id)?;
        Ok(Storage {
            database: address.to_string(),
            folder: address.files().to_string(),
            entries: reading.seq(self.id)?,
            files: files.len(),
            bytes: files.iter().map(|it| it.size).sum(),
        })
    }
}
