//! What a decision makes: the only thing that can be sealed and stored.

use std::sync::Arc;

use ledger::{Hashed, Op};
use meta::{Id, Record};

use crate::Isms;

/// A decided change of one or more records: one commit. Only [`crate::decide`] makes one.
#[derive(Clone)]
pub struct Change {
    pub(crate) note: Option<String>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) after: Isms,
}

/// What happens to one record.
#[derive(Clone)]
pub struct Operation {
    pub(crate) op: Op,
    pub(crate) record: Arc<Record>,
    pub(crate) content: Option<Hashed>,
    pub(crate) erased: Vec<u32>,
    pub(crate) published: Option<Id>,
}

impl Change {
    /// Why it is made.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// One for each record, in the order of record ids.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// Takes the contents to store out of the operations.
    pub fn take_contents(&mut self) -> impl Iterator<Item = (&Operation, Hashed)> {
        self.operations.iter_mut().filter_map(|it| {
            let content = it.content.take()?;
            Some((&*it, content))
        })
    }

    /// The records as they are afterwards, before the commit is taken note of.
    pub fn after(&self) -> &Isms {
        &self.after
    }
}

impl Operation {
    /// What is done.
    pub fn op(&self) -> Op {
        self.op
    }

    /// The record as it is afterwards.
    pub fn record(&self) -> &Arc<Record> {
        &self.record
    }

    /// What to store: canonical JSON of `{body, extras}` with its salt and hash; `None` once it was
    /// taken.
    pub fn content(&self) -> Option<&Hashed> {
        self.content.as_ref()
    }

    /// The versions whose content is erased by it.
    pub fn erased(&self) -> &[u32] {
        &self.erased
    }

    /// The approval that makes this revision an edition.
    pub fn published(&self) -> Option<Id> {
        self.published
    }
}
