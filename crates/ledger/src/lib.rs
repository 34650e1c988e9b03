//! The ledger: commits, Merkle tree, signed checkpoints, proofs and their verification.
//!
//! Knows bytes and hashes; must not know SQL, HTTP or any kind of record.
//! Start reading at [`row`](Entry) for what is stored, then [`seal()`] for how a commit is made, then
//! [`verify()`] for how a stranger checks it.

pub mod bundle;
pub mod canonical;
pub mod checkpoint;
pub mod error;
pub mod event;
pub mod hash;
pub mod line;
pub mod note;
pub mod proof;
mod row;
pub mod seal;
pub mod tree;
pub mod verify;

pub use checkpoint::Checkpoint;
pub use error::Error;
pub use event::{EVENT_KIND, Event};
pub use hash::Hashed;
pub use note::{Note, Signer, Verifier};
pub use row::{Entry, Hash, Node, Op, Revision, Salt, Salted, StoredCheckpoint};
pub use seal::{Draft, DraftLine, Sealed, Tail, seal};
pub use tree::Edge;
pub use verify::{Fault, Options, Report, Source, verify};
