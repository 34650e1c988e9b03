//! The first thing that is wrong with a ledger, in one sentence.

use uuid::Uuid;

use crate::Hash;
use crate::hash::{encode, hex};

/// What is wrong: which commit, which record, what was expected, what was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the sentence above each variant says what its fields are")]
pub enum Fault {
    /// A stored row is not readable as what it should be.
    #[error("{what} cannot be read: {reason}")]
    Damaged { what: String, reason: String },
    /// A ledger without entries.
    #[error("the ledger is empty: expected a first commit that names its key")]
    Empty,
    /// A position is missing, repeated or out of order.
    #[error("commit {expected} is missing: found commit {found} in its place")]
    Order { expected: u64, found: u64 },
    /// A time in another form than the one that orders as text.
    #[error("commit {seq}: the time `{found}` is not UTC in milliseconds")]
    TimeForm { seq: u64, found: String },
    /// A time before that of the commit before.
    #[error("commit {seq}: time runs backwards: `{found}` after `{before}`")]
    TimeBackwards { seq: u64, before: String, found: String },
    /// The reason does not fit its hash.
    #[error(
        "commit {seq}: the reason was changed: expected the hash `{}`, found {}",
        encode(expected), found.as_ref().map_or("none".to_owned(), |hash| format!("`{}`", encode(hash)))
    )]
    Note { seq: u64, expected: Hash, found: Option<Hash> },
    /// A reason that the entry does not know of.
    #[error("commit {seq}: a reason was added: the entry was made without one")]
    NoteAdded { seq: u64 },
    /// More or fewer lines than the entry says.
    #[error("commit {seq}: expected {expected} changed records, found {found}")]
    Count { seq: u64, expected: u32, found: usize },
    /// A line that says it belongs to another commit.
    #[error("commit {seq}: record `{record}` version {version} says it belongs to commit {found}")]
    Position { seq: u64, record: Uuid, version: u32, found: u64 },
    /// Lines that are not in the order of record ids.
    #[error("commit {seq}: record `{record}` comes twice or out of order")]
    LineOrder { seq: u64, record: Uuid },
    /// A version that does not follow the one before.
    #[error("commit {seq}: record `{record}`: expected version {expected}, found version {found}")]
    Version { seq: u64, record: Uuid, expected: u32, found: u32 },
    /// A record that changed its kind or number.
    #[error("commit {seq}: record `{record}` was `{expected}`, found `{found}`")]
    Identity { seq: u64, record: Uuid, expected: String, found: String },
    /// A content that does not fit its hash.
    #[error(
        "commit {seq}: record `{record}` version {version}: the content was changed: expected the \
         hash `{}`, found `{}`",
        encode(expected),
        encode(found)
    )]
    Content { seq: u64, record: Uuid, version: u32, expected: Hash, found: Hash },
    /// A line or its order does not fit the root in the entry.
    #[error(
        "commit {seq}: {}: a change was altered: expected the root `{}`, found `{}`",
        record.map_or("one of its records".to_owned(), |record| format!("record `{record}`")),
        encode(expected), encode(found)
    )]
    Lines { seq: u64, record: Option<Uuid>, expected: Hash, found: Hash },
    /// The entry and the tree disagree.
    #[error(
        "commit {seq}: the entry does not fit the tree: expected the leaf `{}`, found `{}`",
        encode(expected),
        encode(found)
    )]
    Leaf { seq: u64, expected: Hash, found: Hash },
    /// A tree node is wrong.
    #[error(
        "tree node {level}/{index}, above commits {first} to {last}: expected `{}`, found `{}`",
        encode(expected),
        encode(found)
    )]
    Node { level: u8, index: u64, first: u64, last: u64, expected: Hash, found: Hash },
    /// A tree node is missing.
    #[error("tree node {level}/{index} is missing: proofs for commit {last} need it")]
    NodeMissing { level: u8, index: u64, last: u64 },
    /// A tree node that is not part of the tree.
    #[error("tree node {level}/{index} is stored, but a ledger of {size} commits has none there")]
    NodeExtra { level: u8, index: u64, size: u64 },
    /// A content is gone and no commit says why.
    #[error(
        "commit {seq}: the content of record `{record}` version {version} is gone: expected it, or \
         a later commit that erases it"
    )]
    Gone { seq: u64, record: Uuid, version: u32 },
    /// A reason is gone although nothing of its commit was erased.
    #[error("commit {seq}: the reason is gone: expected it, or an erased record in this commit")]
    NoteGone { seq: u64 },
    /// A content is still there although a commit erased it.
    #[error(
        "commit {seq} erases version {version} of record `{record}`: expected no content, found it"
    )]
    NotErased { seq: u64, record: Uuid, version: u32 },
    /// A commit that erases names its versions badly.
    #[error("commit {seq}: record `{record}`: expected the versions it erases, {reason}")]
    Erase { seq: u64, record: Uuid, reason: String },
    /// The first commit does not name origin and key.
    #[error("commit 1: expected the event that names the origin and the first key, found none")]
    NoBegin,
    /// An event of the ledger that cannot be.
    #[error("commit {seq}: record `{record}`: {reason}")]
    Event { seq: u64, record: Uuid, reason: String },
    /// No checkpoint, or none that covers the newest commits.
    #[error("commits {first} to {last} are not signed: the newest checkpoint covers {} commits", first - 1)]
    Unsigned { first: u64, last: u64 },
    /// A stored checkpoint that cannot be read.
    #[error("the checkpoint of {size} commits cannot be read: {reason}")]
    CheckpointForm { size: u64, reason: String },
    /// A stored checkpoint that states another size than its row.
    #[error("the checkpoint of {expected} commits states {found}")]
    CheckpointSize { expected: u64, found: u64 },
    /// Two stored checkpoints of one size.
    #[error("there are two checkpoints of {size} commits")]
    CheckpointTwice { size: u64 },
    /// A stored checkpoint of another ledger.
    #[error(
        "the checkpoint of {size} commits is of another ledger: expected the origin `{expected}`, found `{found}`"
    )]
    Origin { size: u64, expected: String, found: String },
    /// A stored checkpoint that is ahead of the ledger.
    #[error("commits {} to {signed} are missing: a checkpoint of {signed} commits is signed, found {found}", found + 1)]
    Truncated { signed: u64, found: u64 },
    /// The root that was signed is not the root of the rows.
    #[error(
        "one of the commits {first} to {last} was changed: the checkpoint of {last} commits states \
         the root `{}`, the rows give `{}`",
        encode(expected),
        encode(found)
    )]
    Root { first: u64, last: u64, expected: Hash, found: Hash },
    /// A stored checkpoint without the signature that its time calls for.
    #[error("the checkpoint of {size} commits is not signed by the key `{key}`")]
    Signer { size: u64, key: String },
    /// A stored signature that does not fit.
    #[error("the checkpoint of {size} commits: {reason}")]
    Signature { size: u64, reason: String },
    /// A key kept outside that the ledger does not know.
    #[error(
        "the ledger does not know the key `{key}`: it was made or signed again with another key"
    )]
    TrustedKey { key: String },
    /// A checkpoint kept outside that cannot be read.
    #[error("`{name}`: {reason}")]
    OutsideForm { name: String, reason: String },
    /// A checkpoint kept outside is of another ledger.
    #[error("`{name}` is of another ledger: expected the origin `{expected}`, found `{found}`")]
    OutsideOrigin { name: String, expected: String, found: String },
    /// A checkpoint kept outside is signed by no key of the ledger.
    #[error(
        "`{name}` is signed by no key of this ledger: expected one of {expected}, found {found}: \
         the ledger was signed again with another key, or `{name}` is not its checkpoint"
    )]
    OutsideKey { name: String, expected: String, found: String },
    /// A checkpoint kept outside has a wrong signature.
    #[error("`{name}`: {reason}: it was changed after it was signed")]
    OutsideSignature { name: String, reason: String },
    /// The ledger is shorter than a checkpoint kept outside.
    #[error(
        "commits {} to {kept} are missing: `{name}` states {kept} commits, found {found}{}",
        found + 1, restored_by(*restored)
    )]
    Shorter { name: String, kept: u64, found: u64, restored: Option<u64> },
    /// The ledger is not the one that a checkpoint kept outside saw.
    #[error(
        "one of the first {size} commits was changed after `{name}` was signed: it states the root \
         `{}`, the ledger had `{}`{}", encode(expected), encode(found), restored_by(*restored)
    )]
    Fork { name: String, size: u64, expected: Hash, found: Hash, restored: Option<u64> },
    /// The stored end of the ledger is wrong.
    #[error("the stored end of the ledger: expected commit {expected}, found {found}")]
    Tail { expected: u64, found: u64 },
    /// The stored edge of the tree is wrong.
    #[error("the stored edge of the tree does not fit commit {seq}")]
    Edge { seq: u64 },
    /// A record's pointer is wrong.
    #[error("the current state of record `{record}`: expected `{expected}`, found `{found}`")]
    Pointer { record: Uuid, expected: String, found: String },
    /// A file's bytes do not fit its hash.
    #[error(
        "file `{}`: its bytes were changed: found the hash `{}`",
        encode(expected),
        encode(found)
    )]
    File { expected: Hash, found: Hash },
    /// A file is missing.
    #[error("file `{}` is missing", hex(hash))]
    FileMissing { hash: Hash },
}

fn restored_by(restored: Option<u64>) -> String {
    restored.map_or(String::new(), |seq| {
        format!("; commit {seq} says that the ledger was restored from an older backup")
    })
}
