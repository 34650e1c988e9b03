//! Compensating a commit by another one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use domain::{
    Command, Isms, Step,
    command::{Former, undo_note, undoes},
    held_by,
};
use ledger::Op;
use meta::{Id, Provenance};

use crate::{Commit, Error, Organization};

/// Of at most so many records that were changed more than once since a commit all versions are read,
/// to find what undid it: that took back most of what it did, and what it left was left for a reason.
const READ: usize = 200;

/// What undoing a commit takes.
#[derive(Debug, Clone)]
pub struct Undo {
    /// The command that compensates it.
    pub command: Command,
    /// Records that are left as they are.
    pub left: Vec<(Id, Left)>,
}

/// Why undoing a commit leaves a record as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// It was changed again since.
    Changed,
    /// It was made by the commit, and something that stays names it.
    Named,
}

impl Organization {
    /// Prepares what compensates a commit: each record becomes what it was before. What was changed
    /// again since stays as it is, and so does what that names.
    ///
    /// # Errors
    /// When there is no such entry, or it erased something or is about the ledger itself.
    pub fn undo(&self, seq: u64) -> Result<Undo, Error> {
        let commit = self.commit(seq)?;
        let isms = self.current()?;
        let (mut steps, mut left) = (Vec::new(), Vec::new());
        for line in &commit.revisions {
            if line.op == Op::Erase {
                return Err(Error::Wrong(format!("entry {seq} erased content: that is for good")));
            }
            if line.kind == ledger::EVENT_KIND {
                return Err(Error::Wrong(format!(
                    "entry {seq} is about the ledger itself and stays"
                )));
            }
            let current = isms.get(line.record).map_or(0, |it| it.head.version);
            if current != line.version {
                left.push((line.record, Left::Changed));
                continue;
            }
            let before = match line.version {
                1 => None,
                _ => self.former(line.record, line.version - 1)?,
            };
            steps.push(Step::Revert {
                record: line.record,
                version: Some(line.version),
                to: before,
            });
        }
        let named = named_by_what_stays(&isms, &steps);
        steps.retain(|it| !matches!(it, Step::Revert { record, .. } if named.contains(record)));
        left.extend(named.into_iter().map(|it| (it, Left::Named)));
        let command = Command { note: Some(undo_note(seq, None)), steps };
        Ok(Undo { command, left })
    }

    /// The entry that undid a commit, unless that was undone in turn.
    ///
    /// What undoes a commit makes the version after it of each record that it does not leave as it
    /// is, so that is where it is looked for.
    ///
    /// # Errors
    /// When the database fails.
    pub fn undone_by(&self, commit: &Commit) -> Result<Option<u64>, Error> {
        let isms = self.current()?;
        let (mut looked_at, mut read) = (BTreeSet::new(), 0);
        for line in &commit.revisions {
            let Some(record) = isms.get(line.record) else { continue };
            let since = record.head.version - line.version.min(record.head.version);
            let next = match since {
                0 => continue,
                1 => record.head.changed,
                _ if read == READ => continue,
                _ => {
                    read += 1;
                    let revisions = self.revisions(line.record)?;
                    let next = revisions.iter().find(|it| it.version == line.version + 1);
                    let Some(next) = next else { continue };
                    next.seq
                }
            };
            if !looked_at.insert(next) {
                continue;
            }
            let later = self.commit(next)?;
            let note = later.entry.note.as_ref().map_or("", |it| it.text.as_str());
            if undoes(note) == Some(commit.entry.seq) {
                return Ok(self.undone_by(&later)?.is_none().then_some(next));
            }
        }
        Ok(None)
    }

    /// What a record was at a version.
    ///
    /// # Errors
    /// When there is no such version or its content was erased.
    pub fn former(&self, record: Id, version: u32) -> Result<Option<Former>, Error> {
        let revisions = self.revisions(record)?;
        let found = revisions.iter().find(|it| it.version == version);
        let Some((line, content)) = found.and_then(|it| Some((it, it.content.as_ref()?))) else {
            return Err(Error::Wrong(format!("version {version} is not there, or was erased")));
        };
        Ok(Some(Former {
            text: content.text.clone(),
            stage: line.stage.clone(),
            withdrawn: line.op == Op::Withdraw,
            provenance: Provenance::from_id(&line.provenance).unwrap_or(Provenance::Person),
        }))
    }
}

/// The records that these steps would withdraw though something that stays names them, or names what
/// names them.
fn named_by_what_stays(isms: &Isms, steps: &[Step]) -> Vec<Id> {
    let gone = |it: &Option<Former>| it.as_ref().is_none_or(|it| it.withdrawn);
    let mut ends: BTreeMap<Id, bool> = steps
        .iter()
        .filter_map(|it| match it {
            Step::Revert { record, to, .. } => Some((*record, gone(to))),
            _ => None,
        })
        .collect();
    // What becomes what it was before names what there was before.
    let stays = |ends: &BTreeMap<Id, bool>, id| !ends.contains_key(&id);
    let is_held =
        |ends: &BTreeMap<Id, bool>, id| held_by(isms, id).any(|it| stays(ends, it.head.id));
    let withdrawn = ends.iter().filter(|it| *it.1).map(|it| *it.0);
    let mut held: VecDeque<Id> = withdrawn.filter(|it| is_held(&ends, *it)).collect();
    let mut named = Vec::new();
    while let Some(id) = held.pop_front() {
        if ends.remove(&id).is_none() {
            continue;
        }
        named.push(id);
        let Some(record) = isms.get(id) else { continue };
        record.links(&mut |_, link| {
            if ends.get(&link.id) == Some(&true) {
                held.push_back(link.id);
            }
        });
    }
    named
}
