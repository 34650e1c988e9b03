//! What failed, as far as somebody can do something about it.

use std::{error::Error as _, io};

use crate::Error;

/// What failed, as far as somebody can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outage {
    /// The database cannot be reached, or failed: nothing was changed.
    Database,
    /// Somebody else has been writing for too long: nothing was changed.
    Busy,
    /// The database was lost at the very end: the change may be there or not.
    Unsure,
    /// There is no room left on a disk: nothing was changed.
    Full,
    /// The folder or the bucket of files cannot be read or written: nothing was changed.
    Files,
    /// A file that a record names is not where it was kept, or not what it was.
    FileMissing,
}

impl Outage {
    /// What failed, when it is one of these.
    pub fn of(err: &Error) -> Option<Self> {
        let Error::Store(err) = err else { return None };
        match **err {
            store::Error::Unsure { .. } => Some(Self::Unsure),
            store::Error::Busy { .. } => Some(Self::Busy),
            store::Error::FileMissing { .. } => Some(Self::FileMissing),
            store::Error::Open { .. }
            | store::Error::Failed { .. }
            | store::Error::Folder { .. }
            | store::Error::Bucket { .. }
                if is_full(err) =>
            {
                Some(Self::Full)
            }
            store::Error::Open { .. } | store::Error::Failed { .. } => Some(Self::Database),
            store::Error::Folder { .. } | store::Error::Bucket { .. } => Some(Self::Files),
            _ => None,
        }
    }

    /// What an error of files says.
    pub fn of_io(err: &io::Error) -> Option<Self> {
        let cause = err.get_ref().and_then(|it| it.downcast_ref());
        match cause {
            Some(store::Error::FileAltered { .. }) => Some(Self::FileMissing),
            _ => is_no_room(err).then_some(Self::Full),
        }
    }
}

/// Whether a cause is that there is no room: SQLite and PostgreSQL tell it in words.
fn is_full(err: &store::Error) -> bool {
    let mut next = err.source();
    while let Some(cause) = next {
        let told = cause.to_string();
        let in_words = told.contains("disk is full") || told.contains("No space left on device");
        if in_words || cause.downcast_ref::<io::Error>().is_some_and(is_no_room) {
            return true;
        }
        next = cause.source();
    }
    false
}

fn is_no_room(err: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(err.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}
