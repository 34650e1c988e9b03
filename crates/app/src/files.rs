//! Files that records name.

use std::io::Read;

use meta::{Cell, FileRef, Record};
use store::{Blob, FileStored};

use crate::{Error, Organization};

/// The largest file that can be attached, in bytes.
pub const LARGEST: u64 = 1 << 30;

impl Organization {
    /// Stores a file, so that a record can name it: it is on disk when this answers. Pass what it
    /// gives back in the request that names the file.
    ///
    /// # Errors
    /// When the file is larger than [`LARGEST`], or the folder of files fails.
    pub fn store_file(
        &self,
        name: &str,
        media: &str,
        bytes: &mut dyn Read,
    ) -> Result<(FileRef, FileStored), Error> {
        let stored = self.store.put_file(self.id, bytes, LARGEST)?;
        // Only the last part of a path is a name.
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let file = FileRef {
            name: name.to_owned(),
            sha256: ledger::hash::hex(&stored.sha256),
            size: stored.size,
            media: media.to_owned(),
        };
        Ok((file, stored))
    }
}

impl Organization {
    /// Opens a file that a record names; reading it fails at the end when somebody changed it.
    ///
    /// # Errors
    /// When it is not there.
    pub fn open_file(&self, file: &FileRef) -> Result<Blob, Error> {
        let missing = || Error::Wrong(format!("the file `{}` is not there", file.name));
        let digest = ledger::hash::unhex::<32>(&file.sha256).ok_or_else(missing)?;
        Ok(self.store.open_file(self.id, &digest)?)
    }
}

/// Calls `visit` for every file that a record names.
pub fn named_files(record: &Record, visit: &mut dyn FnMut(&FileRef)) {
    for (at, field) in record.def().fields.iter().enumerate() {
        if matches!(field.ty, meta::FieldType::File)
            && let Cell::File(file) = record.body.cell(at)
        {
            visit(file);
        }
    }
    let extras = record.head.extras.iter();
    extras.flat_map(|it| &it.attachments).for_each(visit);
}
