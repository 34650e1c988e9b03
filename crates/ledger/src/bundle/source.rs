//! A bundle as the source of a verification.

use std::io::BufRead;

use uuid::Uuid;

use crate::bundle::{Item, Reader};
use crate::verify::{Commit, Line, Source, StoredFile};
use crate::{Error, StoredCheckpoint};

/// Hands the rows of a bundle to [`verify`](crate::verify()), then keeps the other rows.
#[derive(Debug)]
pub struct BundleSource<R> {
    reader: Reader<R>,
    /// The first item that was not asked for yet.
    next: Option<Item>,
}

impl<R: BufRead> BundleSource<R> {
    /// Reads up to the first commit.
    pub fn new(input: R) -> Result<Self, Error> {
        let mut reader = Reader::new(input)?;
        let next = reader.next_item()?;
        Ok(Self { reader, next })
    }

    /// Reads up to the first commit of a bundle that others may follow.
    pub fn part(input: R) -> Result<Self, Error> {
        let mut reader = Reader::part(input)?;
        let next = reader.next_item()?;
        Ok(Self { reader, next })
    }

    /// Reads what follows the files; gives it to `each` by name and row.
    ///
    /// Call it after the verification, which leaves the bundle there; a bundle that is cut off
    /// among its last rows is found only here.
    pub fn extras(
        &mut self,
        each: &mut dyn FnMut(&str, &serde_json::Value) -> Result<(), Error>,
    ) -> Result<(), Error> {
        while let Some(item) = self.take()? {
            match item {
                Item::Extra { name, row } => each(&name, &row)?,
                _ => return Err(Error::BundleOrder("the bundle was not verified before")),
            }
        }
        Ok(())
    }

    fn take(&mut self) -> Result<Option<Item>, Error> {
        match self.next.take() {
            Some(item) => {
                self.next = self.reader.next_item()?;
                Ok(Some(item))
            }
            None => Ok(None),
        }
    }
}

impl<R: BufRead> Source for BundleSource<R> {
    fn organization(&self) -> Uuid {
        self.reader.header().organization
    }

    fn next_commit(&mut self) -> Result<Option<Commit>, Error> {
        if !matches!(self.next, Some(Item::Entry(_))) {
            return Ok(None);
        }
        let Some(Item::Entry(entry)) = self.take()? else { return Ok(None) };
        let mut lines = Vec::new();
        while let Some(Item::Revision(_) | Item::Hidden(_)) = self.next {
            lines.extend(self.take()?.and_then(|item| match item {
                Item::Revision(revision) => Some(Line::Shown(revision)),
                Item::Hidden(hash) => Some(Line::Hidden(hash)),
                _ => None,
            }));
        }
        Ok(Some(Commit { entry, lines }))
    }

    fn checkpoints(&mut self) -> Result<Vec<StoredCheckpoint>, Error> {
        let mut checkpoints = Vec::new();
        while let Some(Item::Checkpoint(_)) = self.next {
            if let Some(Item::Checkpoint(checkpoint)) = self.take()? {
                checkpoints.push(checkpoint);
            }
        }
        Ok(checkpoints)
    }

    fn next_file(&mut self, chunk: &mut dyn FnMut(&[u8])) -> Result<Option<StoredFile>, Error> {
        let Some(Item::File { hash, .. }) = self.next else { return Ok(None) };
        self.take()?;
        while let Some(Item::Chunk(bytes)) = &self.next {
            chunk(bytes);
            self.take()?;
        }
        Ok(Some(StoredFile { hash, found: true }))
    }
}
