//! Everything that can go wrong in this crate.

use uuid::Uuid;

use crate::verify::Fault;

/// Why a ledger operation was refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A text is not JSON, or is JSON that a ledger cannot hold.
    #[error("not readable as JSON: {0}")]
    Json(String),
    /// A value has no canonical form.
    #[error("the value at `{pointer}` cannot be recorded: {reason}")]
    Canonical {
        /// JSON pointer to the value; empty for the whole.
        pointer: String,
        /// What is wrong and what to write instead.
        reason: &'static str,
    },
    /// A hash is not 32 bytes of base64.
    #[error("`{0}` is not a hash: expected 44 characters of base64")]
    Hash(String),
    /// A key's text is not a C2SP verifier key.
    #[error("`{text}` is not a public key: {reason}")]
    Key {
        /// What was given, shortened.
        text: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// A text is not a C2SP signed note.
    #[error("not a signed note: {0}")]
    Note(String),
    /// A signature does not fit its text.
    #[error("the signature of key `{name}+{id:08x}` does not fit the text")]
    Signature {
        /// The key's name.
        name: String,
        /// The key's id.
        id: u32,
    },
    /// A text is not a C2SP checkpoint.
    #[error("not a checkpoint: {0}")]
    Checkpoint(String),
    /// A text is not a C2SP tlog-proof.
    #[error("not a proof: {0}")]
    ProofForm(String),
    /// A proof is well formed and proves nothing.
    #[error("the proof does not lead to the checkpoint's root")]
    ProofWrong,
    /// Stored bytes of a tree's edge do not fit their size.
    #[error("not the edge of a tree: {0}")]
    Edge(String),
    /// A content of kind [`EVENT_KIND`](crate::EVENT_KIND) is not an event.
    #[error("not an event of the ledger: {0}")]
    Event(String),
    /// A commit without change lines.
    #[error("a commit needs at least one change")]
    EmptyCommit,
    /// A commit that changes a record twice.
    #[error("record `{0}` is changed twice in one commit: merge the two changes")]
    RecordTwice(Uuid),
    /// A time outside the years 0 to 9999.
    #[error("`{0}` ms is not a time that can be recorded: expected the years 0 to 9999")]
    Time(i64),
    /// A bundle is malformed.
    #[error("bundle line {line}: {reason}")]
    Bundle {
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// A bundle was written in an order that its form forbids.
    #[error("writing a bundle: {0}")]
    BundleOrder(&'static str),
    /// Bytes could not be read or written.
    #[error("reading or writing a bundle")]
    Io(#[from] std::io::Error),
    /// The ledger is not what it should be.
    #[error(transparent)]
    Fault(Box<Fault>),
    /// Whoever stores the ledger could not read it.
    #[error("reading the ledger")]
    Source(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Fault(Box::new(fault))
    }
}
