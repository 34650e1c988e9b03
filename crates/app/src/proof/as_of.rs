//! The ledger as it was after an earlier entry, for whoever checks it.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    io::Write,
};

use domain::Isms;
use kinds::ledger_event::LedgerEvent;
use ledger::{
    Checkpoint, Hash, Node, Op, Options, Report, Revision, Signer, StoredCheckpoint, Verifier,
    hash,
    line::change_hash,
    tree::{consistency, root_at, verify_consistency},
    verify,
    verify::{Commit, Line, Source, StoredFile},
};
use meta::Id;
use store::{Reading, StoredLedger};

use super::files_of;
use crate::{Error, Organization, apply::erased_versions, writer::key_events};

/// Versions of records.
type Versions = HashSet<(Id, u32)>;

/// A stored ledger up to an entry.
struct UpTo<'s> {
    stored: StoredLedger<'s>,
    size: u64,
    /// The last entry that was handed out.
    last: u64,
    /// What was erased by entries after it.
    erased: Versions,
    /// The files that its entries name, until they are asked for.
    files: Option<BTreeSet<String>>,
}

impl Organization {
    /// The signed checkpoint of the ledger as it was after an entry: the stored one, or one signed
    /// now by the key of then, once the stored nodes are proven to belong to what was signed.
    ///
    /// # Errors
    /// When there is no such entry, or the key of then is not here.
    pub fn checkpoint_at(&self, size: u64) -> Result<String, Error> {
        let isms = self.current()?;
        self.signed_at(&isms, &self.store.snapshot()?, size).map(|it| it.note)
    }

    /// Verifies the ledger as it was after an entry, whatever came later. Entries are signed by the
    /// batch: the report is of the first signed one from there on. Its hidden lines are those whose
    /// contents were erased since.
    ///
    /// # Errors
    /// When there is no such entry; the first thing that is wrong.
    pub fn verify_at(&self, size: u64, options: &Options) -> Result<Report, Error> {
        let reading = self.store.snapshot()?;
        self.check_size(&reading, size)?;
        let sizes = reading.checkpoints(self.id)?.into_iter().map(|it| it.size);
        let until = sizes.filter(|it| *it >= size).min().unwrap_or(size);
        for it in &options.outside {
            let stated = Checkpoint::parse(&it.note).map_or(0, |it| it.0.size);
            if stated > until {
                let name = &it.name;
                return Err(Error::Wrong(format!(
                    "`{name}` states {stated} entries, more than the {until} looked at: verify the \
                     whole ledger against it"
                )));
            }
        }
        let mut source = UpTo {
            stored: self.store.stored_ledger(self.id)?,
            size: until,
            erased: self.erased_after(&reading, until)?,
            last: 0,
            files: Some(BTreeSet::new()),
        };
        Ok(verify(&mut source, options)?)
    }

    /// Writes what an outsider needs to verify the ledger as it was after an entry. Contents that
    /// were erased since are given by the hashes of their lines only, as are lines for which `shows`
    /// says no.
    ///
    /// # Errors
    /// When there is no such entry, the key of then is not here, or the database or `out` fails.
    pub fn bundle_at<W: Write>(
        &self,
        size: u64,
        out: W,
        shows: &dyn Fn(&Revision) -> bool,
    ) -> Result<W, Error> {
        let isms = self.current()?;
        let reading = self.store.snapshot()?;
        let last = self.signed_at(&isms, &reading, size)?;
        let erased = self.erased_after(&reading, size)?;
        let mut checkpoints = reading.checkpoints(self.id)?;
        checkpoints.retain(|it| it.size < size);
        checkpoints.push(last);
        let shows = |it: &Revision| !is_gone(it, &erased) && shows(it);
        self.write_bundle(&reading, out, (size, &checkpoints), &shows)
    }

    /// The checkpoint of a size: stored, or signed now. Nothing is stored here.
    fn signed_at(
        &self,
        isms: &Isms,
        reading: &Reading<'_>,
        size: u64,
    ) -> Result<StoredCheckpoint, Error> {
        self.check_size(reading, size)?;
        let stored = reading.checkpoints(self.id)?;
        if let Some(found) = stored.iter().find(|it| it.size == size) {
            return Ok(found.clone());
        }
        let wrong = |what: &str| Error::Wrong(format!("{what}: run `muniment verify`"));
        let newest = stored.last().ok_or_else(|| wrong("no entry is signed"))?;
        let (newest, note) = Checkpoint::parse(&newest.note)?;
        let keys = key_events(isms).filter_map(|it| Verifier::parse(it.key.as_deref()?).ok());
        if note.verify(&keys.collect::<Vec<_>>())?.is_empty() {
            return Err(wrong("the newest checkpoint is signed by no key of this ledger"));
        }
        let nodes = reading.nodes(self.id)?.into_iter().map(|it| ((it.level, it.index), it.hash));
        let nodes: HashMap<(u8, u64), Hash> = nodes.collect();
        let mut lookup = |level, index| nodes.get(&(level, index)).copied();
        let root = root_at(size, &mut lookup);
        let path = consistency(size, newest.size, &mut lookup);
        let leads = |(root, path): &(Hash, Vec<Hash>)| {
            verify_consistency(size, root, newest.size, &newest.root, path)
        };
        let (root, _) = root
            .zip(path)
            .filter(leads)
            .ok_or_else(|| wrong("the stored nodes do not lead to what was signed"))?;
        let signers = self.signers_at(isms, &stored, size)?;
        let checkpoint = Checkpoint { size, root, ..newest };
        let note = checkpoint.sign(&signers.iter().collect::<Vec<_>>())?;
        Ok(StoredCheckpoint { size, note })
    }

    /// Who signs a checkpoint of an earlier size: the key of then, and the key before it where this
    /// is the first checkpoint after a rotation.
    fn signers_at(
        &self,
        isms: &Isms,
        stored: &[StoredCheckpoint],
        size: u64,
    ) -> Result<Vec<Signer>, Error> {
        let events = isms.all::<LedgerEvent>().filter(|(record, _)| record.head.created <= size);
        let keys = events.filter_map(|(record, it)| {
            Some((record.head.created, it.event.as_deref(), it.key.as_deref()?))
        });
        let keys: Vec<(u64, Option<&str>, &str)> = keys.collect();
        let wanted = match keys.as_slice() {
            [.., (_, _, old), (since, Some("rotate"), new)]
                if !stored.iter().any(|it| (*since..size).contains(&it.size)) =>
            {
                vec![*old, *new]
            }
            [.., (_, _, key)] => vec![*key],
            [] => Vec::new(),
        };
        let signers = wanted.into_iter().map(|it| self.keys.signer(self.id, it));
        let signers: Vec<Signer> = signers.collect::<Result<_, _>>().map_err(|err| {
            let later = stored.iter().map(|it| it.size).find(|it| *it > size);
            match (err, later) {
                (Error::NoKey { .. }, Some(later)) => Error::Wrong(format!(
                    "entry {size} is signed together with later ones only, and the key of then is \
                     not here: name entry {later}, which is signed"
                )),
                (err, _) => err,
            }
        })?;
        match signers.is_empty() {
            true => Err(Error::NoKey { path: self.keys.path(self.id) }),
            false => Ok(signers),
        }
    }

    fn check_size(&self, reading: &Reading<'_>, size: u64) -> Result<(), Error> {
        let last = reading.seq(self.id)?;
        match (1..=last).contains(&size) {
            true => Ok(()),
            false if size == 0 => {
                Err(Error::Wrong("nothing was recorded by then: name a later day".to_owned()))
            }
            false => Err(Error::Wrong(format!(
                "there is no entry {size}: the ledger has entries 1 to {last}"
            ))),
        }
    }

    /// The versions that entries after this one erase.
    fn erased_after(&self, reading: &Reading<'_>, size: u64) -> Result<Versions, Error> {
        let mut erased = Versions::new();
        let last = reading.seq(self.id)?;
        if size < last {
            reading.commits(self.id, size + 1, last, |_, revisions| -> Result<(), Error> {
                for it in revisions.iter().filter(|it| it.op == Op::Erase) {
                    erased.extend(erased_versions(it).into_iter().map(|at| (it.record, at)));
                }
                Ok(())
            })?;
        }
        Ok(erased)
    }
}

impl UpTo<'_> {
    /// A line as it can be checked here: what was erased since is hidden, as the entry that says
    /// so comes later.
    fn line(&mut self, line: Line) -> Line {
        match line {
            Line::Shown(it) if is_gone(&it, &self.erased) => Line::Hidden(change_hash(&it)),
            Line::Shown(it) => {
                self.files
                    .iter_mut()
                    .for_each(|files| files.extend(files_of(&it).into_iter().map(|it| it.sha256)));
                Line::Shown(it)
            }
            hidden => hidden,
        }
    }
}

impl Source for UpTo<'_> {
    fn organization(&self) -> Id {
        self.stored.organization()
    }

    fn nodes(&mut self) -> Result<Option<Vec<Node>>, ledger::Error> {
        let Some(mut nodes) = self.stored.nodes()? else { return Ok(None) };
        let is_there = |it: &Node| {
            let leaves = 1_u64.checked_shl(it.level.into()).unwrap_or(u64::MAX);
            it.index.saturating_add(1).saturating_mul(leaves) <= self.size
        };
        nodes.retain(is_there);
        Ok(Some(nodes))
    }

    fn next_commit(&mut self) -> Result<Option<Commit>, ledger::Error> {
        if self.last == self.size {
            return Ok(None);
        }
        let Some(Commit { entry, lines }) = self.stored.next_commit()? else { return Ok(None) };
        self.last += 1;
        let lines = lines.into_iter().map(|it| self.line(it)).collect();
        Ok(Some(Commit { entry, lines }))
    }

    fn checkpoints(&mut self) -> Result<Vec<StoredCheckpoint>, ledger::Error> {
        let mut checkpoints = self.stored.checkpoints()?;
        checkpoints.retain(|it| it.size <= self.size);
        Ok(checkpoints)
    }

    fn next_file(
        &mut self,
        chunk: &mut dyn FnMut(&[u8]),
    ) -> Result<Option<StoredFile>, ledger::Error> {
        if let Some(files) = self.files.take() {
            self.stored.keep_files(|it| files.contains(&hash::hex(it)))?;
        }
        self.stored.next_file(chunk)
    }
}

/// Whether the content of a revision went by a later entry.
fn is_gone(revision: &Revision, erased: &Versions) -> bool {
    revision.content.is_none() && erased.contains(&(revision.record, revision.version))
}
