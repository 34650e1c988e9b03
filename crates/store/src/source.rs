//! A stored ledger as verification reads it.

use std::collections::VecDeque;
use std::io::Read;

use ledger::verify::{Commit, Line, Pointer, StoredFile, StoredTail};
use ledger::{Fault, Hash, Node, StoredCheckpoint};
use uuid::Uuid;

use crate::{Error, FileStored, Reading, Store};

/// So many commits are held while they are verified.
const AHEAD: u64 = 500;

/// A stored ledger as verification reads it: one state of it, whatever is written meanwhile.
pub struct StoredLedger<'s> {
    store: &'s Store,
    reading: Reading<'s>,
    organization: Uuid,
    ahead: VecDeque<Commit>,
    next: u64,
    at: String,
    files: Option<std::vec::IntoIter<FileStored>>,
}

impl Store {
    /// An organization's ledger for [`ledger::verify()`], with its derived rows and its files.
    ///
    /// # Errors
    /// [`Error::NoOrganization`] when there is none.
    pub fn stored_ledger(&self, organization: Uuid) -> Result<StoredLedger<'_>, Error> {
        let reading = self.snapshot()?;
        reading.seq(organization)?;
        Ok(StoredLedger {
            store: self,
            reading,
            organization,
            ahead: VecDeque::new(),
            next: 1,
            at: String::new(),
            files: None,
        })
    }
}

impl ledger::Source for StoredLedger<'_> {
    fn organization(&self) -> Uuid {
        self.organization
    }

    fn nodes(&mut self) -> Result<Option<Vec<Node>>, ledger::Error> {
        self.reading.nodes(self.organization).map(Some).map_err(told)
    }

    fn next_commit(&mut self) -> Result<Option<Commit>, ledger::Error> {
        if self.ahead.is_empty() {
            self.read_ahead().map_err(told)?;
        }
        let commit = self.ahead.pop_front();
        if let Some(commit) = &commit {
            self.at.clone_from(&commit.entry.at);
        }
        Ok(commit)
    }

    fn checkpoints(&mut self) -> Result<Vec<StoredCheckpoint>, ledger::Error> {
        self.reading.checkpoints(self.organization).map_err(told)
    }

    fn tail(&mut self) -> Result<Option<StoredTail>, ledger::Error> {
        let tail = self.reading.tail(self.organization).map_err(told)?;
        if tail.at != self.at {
            let reason = format!("expected the time `{}`, found `{}`", self.at, tail.at);
            return Err(Fault::Damaged { what: "the ledger's tail".to_owned(), reason }.into());
        }
        Ok(Some(StoredTail { seq: tail.seq, edge: tail.edge }))
    }

    fn pointers(&mut self) -> Result<Option<Vec<Pointer>>, ledger::Error> {
        self.reading.pointers(self.organization).map(Some).map_err(told)
    }

    fn next_file(
        &mut self,
        chunk: &mut dyn FnMut(&[u8]),
    ) -> Result<Option<StoredFile>, ledger::Error> {
        if self.files.is_none() {
            self.files = Some(self.reading.files(self.organization).map_err(told)?.into_iter());
        }
        let Some(FileStored { sha256: hash, size }) = self.files.as_mut().and_then(Iterator::next)
        else {
            return Ok(None);
        };
        let mut file = match self.store.open_file_as_is(self.organization, &hash) {
            Ok(file) => file,
            Err(Error::FileMissing { .. }) => {
                return Ok(Some(StoredFile { hash, found: false }));
            }
            Err(error) => return Err(told(error)),
        };
        let mut read = 0;
        let mut some = vec![0; 64 * 1024];
        loop {
            let count = file.read(&mut some)?;
            if count == 0 {
                break;
            }
            read += count as u64;
            chunk(&some[..count]);
        }
        if read != size {
            let reason = format!("expected {size} bytes, found {read}");
            return Err(Fault::Damaged { what: "a file".to_owned(), reason }.into());
        }
        Ok(Some(StoredFile { hash, found: true }))
    }
}

impl StoredLedger<'_> {
    /// Hands out only some of the files.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keep_files(&mut self, wanted: impl Fn(&Hash) -> bool) -> Result<(), ledger::Error> {
        let mut files = self.reading.files(self.organization).map_err(told)?;
        files.retain(|it| wanted(&it.sha256));
        self.files = Some(files.into_iter());
        Ok(())
    }

    fn read_ahead(&mut self) -> Result<(), Error> {
        // Past the tail too: an entry that it does not count must not stay unseen.
        let to = match self.next.checked_add(AHEAD - 1) {
            Some(to) if self.has_later(to)? => to,
            _ => u64::MAX,
        };
        let ahead = &mut self.ahead;
        self.reading.commits(self.organization, self.next, to, |entry, revisions| {
            let lines = revisions.into_iter().map(|it| Line::Shown(Box::new(it))).collect();
            ahead.push_back(Commit { entry, lines });
            Ok::<_, Error>(())
        })?;
        self.next = to.saturating_add(1);
        Ok(())
    }

    /// Whether something lies after a position that the tail counts.
    fn has_later(&self, seq: u64) -> Result<bool, Error> {
        Ok(self.reading.seq(self.organization)? > seq)
    }
}

/// A row that cannot be read is a fault of the ledger, anything else one of the database.
fn told(error: Error) -> ledger::Error {
    match error {
        Error::Corrupt { found, expected, .. } => Fault::Damaged {
            what: "a stored row".to_owned(),
            reason: format!("expected {expected}, found {found}"),
        }
        .into(),
        other => ledger::Error::Source(Box::new(other)),
    }
}
