//! What a decision makes: the only thing that can be sealed and stored.

use std::sync::Arc;

use ledger::{Hash, Op, Salt};
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
    pub(crate) text: String,
    pub(crate) salt: Salt,
    pub(crate) hash: Hash,
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

    /// Takes the texts to store out of the operations, in their order.
    pub fn take_texts(&mut self) -> Vec<String> {
        self.operations.iter_mut().map(|it| std::mem::take(&mut it.text)).collect()
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

    /// The text to store: canonical JSON of `{body, extras}`; empty once it was taken.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The salt that was hashed before the text.
    pub fn salt(&self) -> Salt {
        self.salt
    }

    /// SHA-256(salt ‖ text).
    pub fn hash(&self) -> Hash {
        self.hash
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
