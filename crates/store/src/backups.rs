//! The notes of backups that were made on schedule.

use crate::db::{Connection, Row};
use crate::{Error, Lease, Reading, Store};

/// A backup that was restored and verified after it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupNote {
    /// Its name, unique.
    pub name: String,
    /// The folder or the bucket that it lies in.
    pub place: String,
    /// When it was begun, in milliseconds since 1970.
    pub made: i64,
    /// When it had been restored and verified, in the same measure.
    pub verified: i64,
    /// Its size in bytes.
    pub size: u64,
    /// How many organizations it holds.
    pub organizations: u64,
    /// How many entries their ledgers have together.
    pub entries: u64,
    /// How many files it holds.
    pub files: u64,
}

const COLUMNS: &str = "name, place, made, verified, size, organizations, entries, files";

impl Store {
    /// The backups that are noted, newest first.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn backups(&self) -> Result<Vec<BackupNote>, Error> {
        let sql = format!("select {COLUMNS} from backup order by made desc");
        Reading::new(self.pool.get()?).all(&sql, &[], read)
    }
}

impl Lease<'_> {
    /// Notes a backup and forgets those that were removed; answers whether the lease was still
    /// ours. Nothing is written otherwise.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn note_backup(&self, note: &BackupNote, gone: &[String]) -> Result<bool, Error> {
        let written = self.write(|connection| {
            put(connection, note)?;
            for name in gone {
                connection
                    .execute("delete from backup where name = $1", &[name.as_str().into()])?;
            }
            Ok(())
        })?;
        Ok(written.is_some())
    }
}

fn put(connection: &Connection, note: &BackupNote) -> Result<(), Error> {
    let sql = format!(
        "insert into backup ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8) \
         on conflict do nothing"
    );
    let values = [
        note.name.as_str().into(),
        note.place.as_str().into(),
        note.made.into(),
        note.verified.into(),
        note.size.into(),
        note.organizations.into(),
        note.entries.into(),
        note.files.into(),
    ];
    connection.execute(&sql, &values).map(drop)
}

fn read(row: &Row<'_>) -> Result<BackupNote, Error> {
    Ok(BackupNote {
        name: row.text(0)?.to_owned(),
        place: row.text(1)?.to_owned(),
        made: row.int(2)?,
        verified: row.int(3)?,
        size: row.count(4)?,
        organizations: row.count(5)?,
        entries: row.count(6)?,
        files: row.count(7)?,
    })
}
