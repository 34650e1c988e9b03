//! Rows that are derived from others, against their source.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use crate::verify::commits::Commits;
use crate::verify::{Fault, Pointer, Source, StoredTail};
use crate::{Edge, Error, Hash};

/// Stored nodes: those that should be there were compared as they were made; is one too many?
pub(super) fn check_nodes(commits: &Commits) -> Result<(), Fault> {
    let Some(stored) = &commits.stored else { return Ok(()) };
    let extra = stored.keys().filter(|(level, index)| commits.nodes.get(*level, *index).is_none());
    match extra.min() {
        Some(&(level, index)) => Err(Fault::NodeExtra { level, index, size: commits.edge.size() }),
        None => Ok(()),
    }
}

/// The stored end of the ledger.
pub(super) fn check_tail(commits: &Commits, tail: &StoredTail) -> Result<(), Fault> {
    let seq = commits.edge.size();
    if tail.seq != seq {
        return Err(Fault::Tail { expected: seq, found: tail.seq });
    }
    match Edge::from_bytes(&tail.edge) {
        Ok(edge) if edge == commits.edge => Ok(()),
        _ => Err(Fault::Edge { seq }),
    }
}

/// The pointers from records to their newest revision.
pub(super) fn check_pointers(commits: &Commits, pointers: Vec<Pointer>) -> Result<(), Fault> {
    let mut missing: HashMap<_, _> = commits.records.iter().collect();
    for pointer in pointers {
        let record = pointer.record;
        let found = || state(&pointer.kind, pointer.number, pointer.version, pointer.seq);
        let Some(seen) = missing.remove(&record) else {
            return Err(Fault::Pointer { record, expected: "none".to_owned(), found: found() });
        };
        let same = seen.kind == pointer.kind
            && (seen.number, seen.version, seen.seq)
                == (pointer.number, pointer.version, pointer.seq);
        if !same {
            let expected = state(&seen.kind, seen.number, seen.version, seen.seq);
            return Err(Fault::Pointer { record, expected, found: found() });
        }
    }
    match missing.into_iter().min_by_key(|(record, _)| **record) {
        Some((&record, seen)) => Err(Fault::Pointer {
            record,
            expected: state(&seen.kind, seen.number, seen.version, seen.seq),
            found: "none".to_owned(),
        }),
        None => Ok(()),
    }
}

/// Files against their hashes; gives how many there are.
pub(super) fn check_files(source: &mut dyn Source) -> Result<u64, Error> {
    let mut count = 0;
    loop {
        let mut hasher = Sha256::new();
        let Some(file) = source.next_file(&mut |chunk| hasher.update(chunk))? else {
            return Ok(count);
        };
        if !file.found {
            return Err(Fault::FileMissing { hash: file.hash }.into());
        }
        let found: Hash = hasher.finalize().into();
        if found != file.hash {
            return Err(Fault::File { expected: file.hash, found }.into());
        }
        count += 1;
    }
}

fn state(kind: &str, number: u32, version: u32, seq: u64) -> String {
    format!("{kind} {number} version {version} of commit {seq}")
}
