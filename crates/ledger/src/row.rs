//! What a ledger is stored as: entries, revisions, nodes and checkpoints.

use uuid::Uuid;

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// The random bytes hashed before a text, so that an erased text cannot be guessed from its hash.
pub type Salt = [u8; 16];

/// A text beside its salt; both go when it is erased, the hash stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salted {
    /// Random, never reused.
    pub salt: Salt,
    /// Exactly the bytes that were hashed.
    pub text: String,
}

/// What a change line did to its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    /// The record now has this content.
    Put,
    /// The record is hidden from lists; its content is repeated.
    Withdraw,
    /// Contents of earlier revisions were erased; the content names their versions.
    Erase,
}

/// One commit: a leaf of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position in the ledger, from 1; the tree of size `seq` ends with this leaf.
    pub seq: u64,
    /// RFC 3339 UTC with exactly three fractional digits; never runs backwards.
    pub at: String,
    /// A person's record id, or `system`.
    pub actor: String,
    /// By which way it came: `cli`, `web`, `api`, `import`, `job`.
    pub via: String,
    /// Hash of the reason; absent when no reason was given.
    pub note_hash: Option<Hash>,
    /// The reason; absent when none was given or when it was erased.
    pub note: Option<Salted>,
    /// Number of change lines.
    pub count: u32,
    /// RFC 9162 tree hash over the change lines in order of record id.
    pub root: Hash,
}

/// One version of one record: a change line beside its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The commit it belongs to.
    pub seq: u64,
    /// The record.
    pub record: Uuid,
    /// The record's kind, e.g. `risk`.
    pub kind: String,
    /// The record's number within its kind, from 1.
    pub number: u32,
    /// From 1, without gaps.
    pub version: u32,
    /// What was done.
    pub op: Op,
    /// The record's stage after it.
    pub stage: String,
    /// Where the content comes from: `seed`, `import`, `tool` or `person`.
    pub provenance: String,
    /// The version of the kind's body format.
    pub body_version: u32,
    /// SHA-256(salt ‖ text).
    pub hash: Hash,
    /// Canonical JSON of `{body, extras}`; absent once erased.
    pub content: Option<Salted>,
}

/// The root of a complete subtree of the commit tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// 0 for leaves.
    pub level: u8,
    /// From the left, from 0.
    pub index: u64,
    /// Its hash.
    pub hash: Hash,
}

/// A signed statement of a ledger's size and root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCheckpoint {
    /// Number of entries it covers.
    pub size: u64,
    /// The whole signed note.
    pub note: String,
}
