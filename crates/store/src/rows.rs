//! Rows that are derived from the ledger, or say where it stands.

use ledger::{Edge, Tail};
use uuid::Uuid;

use crate::Error;

/// The ledger of one organization, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// The organization.
    pub organization: Uuid,
    /// Its short name, unique in a database.
    pub slug: String,
    /// The name its checkpoints bear.
    pub origin: String,
    /// The position of its newest entry; 0 when it has none.
    pub seq: u64,
    /// The time of its newest entry; empty when it has none.
    pub at: String,
    /// The edge of its tree, as `ledger` writes it.
    pub edge: Vec<u8>,
}

impl Ledger {
    /// What the next commit is sealed on.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the stored edge is none, or is of another position.
    pub fn tail(&self) -> Result<Tail, Error> {
        let edge = Edge::from_bytes(&self.edge).ok().filter(|edge| edge.size() == self.seq);
        let edge = edge.ok_or_else(|| Error::Corrupt {
            at: self.slug.clone(),
            found: format!("an edge of {} bytes at entry {}", self.edge.len(), self.seq),
            expected: "the edge of the ledger's tree",
        })?;
        Ok(Tail { organization: self.organization, at: self.at.clone(), edge })
    }
}

/// A published version of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edition {
    /// The record.
    pub record: Uuid,
    /// The version that was published.
    pub version: u32,
    /// The commit that published it.
    pub seq: u64,
}
