//! The ledger: commits, Merkle tree, signed checkpoints, proofs and their verification.
//!
//! Knows bytes and hashes; must not know SQL, HTTP or any kind of record.
//! Start reading at [`row`], then `seal`, then `verify`.

mod row;

pub use row::{Entry, Hash, Node, Op, Revision, Salt, Salted, StoredCheckpoint};
