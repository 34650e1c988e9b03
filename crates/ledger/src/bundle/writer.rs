//! Writing a bundle.

use std::io::{Read, Write};

use serde_json::Value;
use uuid::Uuid;

use crate::bundle::form::LineForm;
use crate::bundle::{CHUNK, Counts, FORM, Header, Item, Progress};
use crate::line::change_hash;
use crate::{Entry, Error, Hash, Revision, StoredCheckpoint};

/// Writes a bundle item by item; give it a buffered `Write`.
///
/// An item out of order is [`Error::BundleOrder`].
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    progress: Progress,
}

impl<W: Write> Writer<W> {
    /// Begins the bundle of an organization's ledger.
    pub fn new(mut out: W, organization: Uuid) -> Result<Self, Error> {
        write_line(&mut out, &LineForm::MunimentBundle(Header { v: FORM, organization }))?;
        Ok(Self { out, progress: Progress::default() })
    }

    /// Writes a commit; `count` calls of [`revision`](Self::revision) or [`hide`](Self::hide) follow.
    pub fn entry(&mut self, entry: &Entry) -> Result<(), Error> {
        self.write(&Item::Entry(entry.clone()))
    }

    /// Writes a change line with its content.
    pub fn revision(&mut self, revision: &Revision) -> Result<(), Error> {
        self.write(&Item::Revision(Box::new(revision.clone())))
    }

    /// Writes the hash of a change line that the reader may not see.
    pub fn hide(&mut self, revision: &Revision) -> Result<(), Error> {
        self.write(&Item::Hidden(change_hash(revision)))
    }

    /// Writes a checkpoint.
    pub fn checkpoint(&mut self, checkpoint: &StoredCheckpoint) -> Result<(), Error> {
        self.write(&Item::Checkpoint(checkpoint.clone()))
    }

    /// Writes a file of exactly `size` bytes.
    pub fn file(&mut self, hash: Hash, size: u64, bytes: &mut dyn Read) -> Result<(), Error> {
        self.write(&Item::File { hash, size })?;
        let mut chunk = Vec::with_capacity(CHUNK);
        loop {
            chunk.clear();
            (&mut *bytes).take(CHUNK as u64).read_to_end(&mut chunk)?;
            if chunk.is_empty() {
                return Ok(());
            }
            let item = Item::Chunk(std::mem::take(&mut chunk));
            self.write(&item)?;
        }
    }

    /// Writes a row that is not in the ledger.
    pub fn extra(&mut self, name: &str, row: Value) -> Result<(), Error> {
        self.write(&Item::Extra { name: name.to_owned(), row })
    }

    /// Writes any item, as [`Reader`](crate::bundle::Reader) gave it.
    pub fn write(&mut self, item: &Item) -> Result<(), Error> {
        self.progress.step(item).map_err(Error::BundleOrder)?;
        write_line(&mut self.out, &item.into())
    }

    /// Writes the end and gives back the flushed output with what was written.
    pub fn finish(mut self) -> Result<(W, Counts), Error> {
        let counts = self.progress.end().map_err(Error::BundleOrder)?;
        write_line(&mut self.out, &LineForm::End(counts))?;
        self.out.flush()?;
        Ok((self.out, counts))
    }
}

fn write_line(out: &mut impl Write, line: &LineForm) -> Result<(), Error> {
    serde_json::to_writer(&mut *out, line).map_err(std::io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}
