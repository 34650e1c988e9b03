//! Rows of a batch, and what goes when they erase something.

use std::collections::BTreeSet;

use ledger::{Hash, Sealed, StoredCheckpoint};
use meta::Id;
use store::{Append, Edition, FileStored};

use super::Job;
use crate::Error;

/// Writes a batch; answers the files that go with what it erases, where it erases something.
pub(super) fn append(
    writing: &mut store::Writing<'_>,
    sealed: &[Sealed],
    jobs: &[Job],
    checkpoint: &StoredCheckpoint,
) -> Result<Option<Vec<Hash>>, Error> {
    let (mut editions, mut erasures) = (Vec::new(), Vec::<(Id, Vec<u32>)>::new());
    let mut files: Vec<FileStored> = Vec::new();
    for (job, receipt) in jobs.iter().filter_map(|it| Some((it, it.receipt()?))) {
        files.extend(&job.request.files);
        for it in receipt.change.operations() {
            let head = &it.record().head;
            if it.published().is_some() {
                editions.push(Edition { record: head.id, version: head.version, seq: receipt.seq });
            }
            if !it.erased().is_empty() {
                erasures.push((head.id, it.erased().to_vec()));
            }
        }
    }
    // What is erased may have been written by this very batch: it has to be there first.
    let mut batch = Append {
        sealed,
        editions: &editions,
        checkpoint: Some(checkpoint),
        files: &files,
        ..Append::default()
    };
    writing.append(&batch)?;
    if erasures.is_empty() {
        return Ok(None);
    }
    let (notes, gone) = erased_beside(writing, &erasures)?;
    batch = Append {
        erasures: &erasures,
        erased_notes: &notes,
        files_gone: &gone,
        ..Append::default()
    };
    writing.append(&batch)?;
    Ok(Some(gone))
}

/// The commits whose reasons go with erased revisions, and the files that nothing else names.
fn erased_beside(
    writing: &store::Writing<'_>,
    erasures: &[(Id, Vec<u32>)],
) -> Result<(Vec<u64>, Vec<Hash>), Error> {
    let organization = writing.ledger().organization;
    let is_erased = |record: Id, version: u32| {
        erasures.iter().any(|(id, versions)| *id == record && versions.contains(&version))
    };
    let mut notes = BTreeSet::new();
    let mut text = String::new();
    for (record, _) in erasures {
        for revision in writing.revisions(organization, *record)? {
            if is_erased(*record, revision.version) {
                notes.insert(revision.seq);
                text.extend(revision.content.map(|it| it.text));
            }
        }
    }
    let mut gone: Vec<(Hash, String)> = writing
        .files(organization)?
        .into_iter()
        .map(|it| (it.sha256, ledger::hash::hex(&it.sha256)))
        .filter(|(_, name)| text.contains(name))
        .collect();
    if !gone.is_empty() {
        let last = writing.ledger().seq;
        writing.commits(organization, 1, last, |_, revisions| -> Result<(), Error> {
            for it in revisions.iter().filter(|it| !is_erased(it.record, it.version)) {
                let text = it.content.as_ref().map_or("", |it| it.text.as_str());
                gone.retain(|(_, name)| !text.contains(name));
            }
            Ok(())
        })?;
    }
    Ok((notes.into_iter().collect(), gone.into_iter().map(|it| it.0).collect()))
}
