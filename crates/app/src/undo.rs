//! Compensating a commit by another one.

use domain::{Command, Step, command::Former};
use ledger::Op;
use meta::{Id, Provenance};

use crate::{Error, Organization};

/// What undoing a commit takes.
#[derive(Debug, Clone)]
pub struct Undo {
    /// The command that compensates it.
    pub command: Command,
    /// Records that were changed again since: left as they are.
    pub changed_since: Vec<Id>,
}

impl Organization {
    /// Prepares what compensates a commit: each record becomes what it was before.
    ///
    /// # Errors
    /// When there is no such entry, or it erased something or is about the ledger itself.
    pub fn undo(&self, seq: u64) -> Result<Undo, Error> {
        let commit = self.commit(seq)?;
        let isms = self.current()?;
        let (mut steps, mut changed_since) = (Vec::new(), Vec::new());
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
                changed_since.push(line.record);
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
        let command = Command { note: Some(format!("undo of entry {seq}")), steps };
        Ok(Undo { command, changed_since })
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
