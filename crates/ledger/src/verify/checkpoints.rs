//! Stored checkpoints and those kept outside, against the rows.

use std::num::NonZero;
use std::thread;

use crate::checkpoint::Checkpoint;
use crate::tree::root_at;
use crate::verify::commits::Commits;
use crate::verify::{Fault, KeyChange, Options, Outside};
use crate::{Hash, Note, StoredCheckpoint, Verifier};

/// A stored checkpoint that fits the rows, with the keys that had to sign it.
pub(super) struct Stated {
    size: u64,
    note: Note,
    /// Positions in the list of keys.
    signers: Vec<usize>,
    check: bool,
}

/// Checks what all stored checkpoints state, not yet who signed it.
pub(super) fn check_stored(
    commits: &Commits,
    stored: &[StoredCheckpoint],
) -> Result<Vec<Stated>, Fault> {
    let mut stored: Vec<_> = stored.iter().collect();
    stored.sort_by_key(|checkpoint| checkpoint.size);
    let mut read: Vec<Stated> = Vec::with_capacity(stored.len());
    for checkpoint in stored {
        let last = read.last().map_or(0, |last| last.size);
        if checkpoint.size == last {
            return Err(Fault::CheckpointTwice { size: last });
        }
        read.push(read_stored(commits, checkpoint, last)?);
    }
    let (covered, size) = (read.last().map_or(0, |last| last.size), commits.edge.size());
    if covered < size {
        return Err(Fault::Unsigned { first: covered + 1, last: size });
    }
    Ok(read)
}

/// Checks the signatures that matter, or all; gives how many.
pub(super) fn check_signed(
    commits: &Commits,
    mut read: Vec<Stated>,
    options: &Options,
) -> Result<u64, Fault> {
    call_for_signatures(commits, &mut read);
    read.retain(|checkpoint| checkpoint.check || options.every_signature);
    let keys: Vec<_> = commits.keys.uses().iter().map(|entry| entry.key.clone()).collect();
    check_signatures(&read, &keys, options.threads)
}

/// Checks the checkpoints and keys that somebody kept outside.
pub(super) fn check_outside(commits: &Commits, options: &Options) -> Result<(), Fault> {
    let keys: Vec<_> = commits.keys.uses().iter().map(|entry| entry.key.clone()).collect();
    if let Some(unknown) = options.trusted.iter().find(|key| !keys.contains(key)) {
        return Err(Fault::TrustedKey { key: unknown.to_string() });
    }
    options.outside.iter().try_for_each(|outside| check_one_outside(commits, &keys, outside))
}

fn check_one_outside(commits: &Commits, keys: &[Verifier], outside: &Outside) -> Result<(), Fault> {
    let name = || outside.name.clone();
    let (checkpoint, note) = Checkpoint::parse(&outside.note)
        .map_err(|error| Fault::OutsideForm { name: name(), reason: error.to_string() })?;
    let expected = commits.keys.origin().unwrap_or_default();
    if checkpoint.origin != expected {
        let (expected, found) = (expected.to_owned(), crate::hash::shorten(&checkpoint.origin));
        return Err(Fault::OutsideOrigin { name: name(), expected, found });
    }
    let signed = note
        .verify(keys)
        .map_err(|error| Fault::OutsideSignature { name: name(), reason: error.to_string() })?;
    if signed.is_empty() {
        let list = |names: Vec<String>| names.join(", ");
        return Err(Fault::OutsideKey {
            name: name(),
            expected: list(keys.iter().map(|key| format!("`{:08x}`", key.id())).collect()),
            found: list(note.signatures().iter().map(|by| format!("`{:08x}`", by.id)).collect()),
        });
    }
    let (kept, size) = (checkpoint.size, commits.edge.size());
    let restored = commits.restored();
    if kept > size {
        return Err(Fault::Shorter { name: name(), kept, found: size, restored });
    }
    let found = root_of(commits, kept);
    if found != checkpoint.root {
        let expected = checkpoint.root;
        return Err(Fault::Fork { name: name(), size: kept, expected, found, restored });
    }
    Ok(())
}

fn read_stored(commits: &Commits, stored: &StoredCheckpoint, last: u64) -> Result<Stated, Fault> {
    let size = stored.size;
    let (checkpoint, note) = Checkpoint::parse(&stored.note)
        .map_err(|error| Fault::CheckpointForm { size, reason: error.to_string() })?;
    if checkpoint.size != size {
        return Err(Fault::CheckpointSize { expected: size, found: checkpoint.size });
    }
    let origin = commits.keys.origin().unwrap_or_default();
    if checkpoint.origin != origin {
        let (expected, found) = (origin.to_owned(), crate::hash::shorten(&checkpoint.origin));
        return Err(Fault::Origin { size, expected, found });
    }
    let found = commits.edge.size();
    if size > found {
        return Err(Fault::Truncated { signed: size, found });
    }
    let found = root_of(commits, size);
    if found != checkpoint.root {
        let expected = checkpoint.root;
        return Err(Fault::Root { first: last + 1, last: size, expected, found });
    }
    Ok(Stated { size, note, signers: vec![commits.keys.at(size)], check: false })
}

/// Marks the newest checkpoint, the last of each key, and the first after a rotation, which the key
/// before has to sign too.
fn call_for_signatures(commits: &Commits, read: &mut [Stated]) {
    let uses = commits.keys.uses();
    for (index, entry) in uses.iter().enumerate() {
        let first = read.partition_point(|checkpoint| checkpoint.size < entry.since);
        if entry.change == KeyChange::Rotated
            && index > 0
            && let Some(checkpoint) = read.get_mut(first)
        {
            checkpoint.signers.extend([index - 1, index]);
            checkpoint.check = true;
        }
        let next = uses.get(index + 1).map_or(u64::MAX, |next| next.since);
        let end = read.partition_point(|checkpoint| checkpoint.size < next);
        if let Some(checkpoint) = end.checked_sub(1).and_then(|last| read.get_mut(last)) {
            checkpoint.check = true;
        }
    }
    for checkpoint in read {
        checkpoint.signers.sort_unstable();
        checkpoint.signers.dedup();
    }
}

fn check_signatures(
    read: &[Stated],
    keys: &[Verifier],
    threads: Option<NonZero<usize>>,
) -> Result<u64, Fault> {
    let threads = threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get);
    let share = read.len().div_ceil(threads).max(64);
    thread::scope(|scope| {
        // Collected first: a lazy chain would start one thread after the other.
        let workers: Vec<_> = read
            .chunks(share)
            .map(|part| {
                scope.spawn(move || {
                    part.iter()
                        .map(|checkpoint| check_note(checkpoint, keys))
                        .sum::<Result<u64, _>>()
                })
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().expect("checking a signature does not panic"))
            .sum()
    })
}

fn check_note(checkpoint: &Stated, keys: &[Verifier]) -> Result<u64, Fault> {
    let size = checkpoint.size;
    let signed = checkpoint
        .note
        .verify(keys)
        .map_err(|error| Fault::Signature { size, reason: error.to_string() })?;
    for signer in &checkpoint.signers {
        let key = &keys[*signer];
        if !signed.contains(&key) {
            return Err(Fault::Signer { size, key: key.to_string() });
        }
    }
    Ok(signed.len() as u64)
}

fn root_of(commits: &Commits, size: u64) -> Hash {
    root_at(size, &mut |level, index| commits.nodes.get(level, index))
        .expect("a tree has the nodes of every smaller one")
}
