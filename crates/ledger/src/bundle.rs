//! Bundles: a whole ledger in one plain file, read without database or secret.
//!
//! The form is JSON Lines, one object with one field per line, in this order:
//!
//! | line | holds |
//! | --- | --- |
//! | `{"muniment_bundle":{…}}` | once: `v` (1) and `organization` |
//! | `{"entry":{…}}` | a commit, then exactly `count` lines that follow it |
//! | `{"revision":{…}}` | a change line with its content, or without one that was erased |
//! | `{"hidden":"…"}` | a change line that is not disclosed: its leaf hash, base64 |
//! | `{"checkpoint":{…}}` | `size` and the signed `note` |
//! | `{"file":{…}}` | `sha256` and `size` of a file, then its bytes |
//! | `{"chunk":"…"}` | up to 48 KiB of a file, base64 |
//! | `{"extra":{…}}` | `name` and `row`: anything else, as the accounts of a backup |
//! | `{"end":{…}}` | once: how many entries, lines, checkpoints, files and extras there were |
//!
//! Hashes and salts are base64. Since every entry is there, each proof can be made from the file.
//! A ledger is a stream of these lines: writing and reading hold one of them at a time.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::{Entry, Hash, Revision, StoredCheckpoint};

mod form;
mod reader;
mod source;
mod writer;

pub use reader::Reader;
pub use source::BundleSource;
pub use writer::Writer;

/// The version of the form.
pub const FORM: u32 = 1;

/// The longest line that is read, in bytes.
pub const MAX_LINE: u64 = 64 << 20;

/// The most bytes of a file in one line.
pub const CHUNK: usize = 48 << 10;

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The version of the form: [`FORM`].
    pub v: u32,
    /// Whose ledger it is.
    pub organization: Uuid,
}

/// What the lines of a bundle hold, in their order.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A commit; `count` revisions or hidden lines follow.
    Entry(Entry),
    /// A disclosed change line.
    Revision(Box<Revision>),
    /// A change line that is not disclosed.
    Hidden(Hash),
    /// A stored checkpoint.
    Checkpoint(StoredCheckpoint),
    /// A file; chunks with its bytes follow.
    File {
        /// Its SHA-256.
        hash: Hash,
        /// Its length in bytes.
        size: u64,
    },
    /// A piece of the file before.
    Chunk(Vec<u8>),
    /// A row of something that is not in the ledger.
    Extra {
        /// Which rows it belongs to, e.g. `account`.
        name: String,
        /// The row.
        row: Value,
    },
}

/// How many items of each sort a bundle holds; its last line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Commits.
    pub entries: u64,
    /// Revisions and hidden lines.
    pub lines: u64,
    /// Checkpoints.
    pub checkpoints: u64,
    /// Files.
    pub files: u64,
    /// Other rows.
    pub extras: u64,
}

/// Where in a bundle one is, so that writer and reader hold to the same order.
#[derive(Debug, Default)]
struct Progress {
    counts: Counts,
    stage: Stage,
    /// Lines of the current commit still to come.
    lines_left: u64,
    /// Bytes of the current file still to come.
    bytes_left: u64,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    #[default]
    Entries,
    Checkpoints,
    Files,
    Extras,
    Ended,
}

impl Progress {
    /// Takes note of an item; says what is wrong when it may not come now.
    fn step(&mut self, item: &Item) -> Result<(), &'static str> {
        match item {
            Item::Revision(_) | Item::Hidden(_) => {
                self.lines_left =
                    self.lines_left.checked_sub(1).ok_or("a change line outside its commit")?;
                self.counts.lines += 1;
                return Ok(());
            }
            Item::Chunk(bytes) => {
                if bytes.is_empty() || bytes.len() > CHUNK {
                    return Err("a chunk that is empty or larger than 48 KiB");
                }
                self.bytes_left = self
                    .bytes_left
                    .checked_sub(bytes.len() as u64)
                    .ok_or("a file is longer than it says")?;
                return Ok(());
            }
            _ => {}
        }
        self.complete()?;
        let (stage, count) = match item {
            Item::Entry(_) => (Stage::Entries, &mut self.counts.entries),
            Item::Checkpoint(_) => (Stage::Checkpoints, &mut self.counts.checkpoints),
            Item::File { .. } => (Stage::Files, &mut self.counts.files),
            _ => (Stage::Extras, &mut self.counts.extras),
        };
        if stage < self.stage {
            return Err("expected entries, then checkpoints, then files, then extras");
        }
        self.stage = stage;
        *count += 1;
        match item {
            Item::Entry(entry) => self.lines_left = entry.count.into(),
            Item::File { size, .. } => self.bytes_left = *size,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self) -> Result<Counts, &'static str> {
        self.complete()?;
        self.stage = Stage::Ended;
        Ok(self.counts)
    }

    fn complete(&self) -> Result<(), &'static str> {
        if self.lines_left > 0 {
            return Err("a commit has fewer change lines than it says");
        }
        if self.bytes_left > 0 {
            return Err("a file is shorter than it says");
        }
        if self.stage == Stage::Ended { Err("something after the end") } else { Ok(()) }
    }
}
