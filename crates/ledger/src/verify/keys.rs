//! Which key had to sign at which time.

use crate::event::Event;
use crate::hash::shorten;
use crate::verify::{Fault, Remark};
use crate::{Revision, Verifier};

/// How a key came into use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyChange {
    /// It is the first.
    First,
    /// The key before it vouched for it.
    Rotated,
    /// It stands in for one lost or stolen; nobody vouched for it.
    Replaced,
}

/// One key of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyUse {
    /// The key.
    pub key: Verifier,
    /// The commit that brought it.
    pub since: u64,
    /// How it came.
    pub change: KeyChange,
}

/// All keys in their order, with the origin.
#[derive(Debug, Default)]
pub(super) struct Keys {
    origin: Option<String>,
    uses: Vec<KeyUse>,
}

impl Keys {
    pub(super) fn origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }

    pub(super) fn uses(&self) -> &[KeyUse] {
        &self.uses
    }

    pub(super) fn into_uses(self) -> Vec<KeyUse> {
        self.uses
    }

    /// The key in use when the ledger held `size` commits.
    pub(super) fn at(&self, size: u64) -> usize {
        self.uses.partition_point(|entry| entry.since <= size).saturating_sub(1)
    }

    /// Takes in a revision of the kind that holds events.
    pub(super) fn add(&mut self, revision: &Revision) -> Result<Option<Remark>, Fault> {
        let (seq, record) = (revision.seq, revision.record);
        let fault = |reason: String| Fault::Event { seq, record, reason };
        if revision.version != 1 || revision.op != crate::Op::Put {
            return Err(fault("an event of the ledger is never changed".to_owned()));
        }
        let Some(content) = &revision.content else {
            return Err(fault("an event of the ledger is never erased".to_owned()));
        };
        let event = Event::parse(&content.text).map_err(|error| fault(error.to_string()))?;
        if let Event::Begin { origin, .. } = &event {
            if seq != 1 || self.origin.is_some() {
                return Err(fault("the ledger begins a second time".to_owned()));
            }
            self.origin = Some(origin.clone());
        }
        let Some(origin) = self.origin() else {
            return Err(Fault::NoBegin);
        };
        if let Some(key) = event.key()
            && key.name() != origin
        {
            return Err(fault(format!(
                "the key is named `{}`, expected the origin `{}`",
                shorten(key.name()),
                shorten(origin)
            )));
        }
        let mut use_key = |key: Verifier, change| {
            self.uses.push(KeyUse { key, since: seq, change });
        };
        match event {
            Event::Begin { key, .. } => use_key(key, KeyChange::First),
            Event::Rotate { key } => use_key(key, KeyChange::Rotated),
            Event::Replace { key } => {
                let remark = Remark::Replaced { seq, key: key.to_string() };
                use_key(key, KeyChange::Replaced);
                return Ok(Some(remark));
            }
            Event::Restored { was } => return Ok(Some(Remark::Restored { seq, was })),
        }
        Ok(None)
    }
}
