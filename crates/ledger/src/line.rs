//! The JSON that is hashed: one change line per record, one leaf per commit.
//!
//! This form can never change; a new one gets a new `v`.

use std::fmt::Write as _;

use uuid::Uuid;

use crate::canonical::push_string;
use crate::hash::{encode, leaf_hash};
use crate::{Entry, Hash, Op, Revision};

/// The version of the form, `v` in lines and leaves.
pub const FORM: u8 = 1;

impl Op {
    /// The word in the change line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Put => "put",
            Self::Withdraw => "withdraw",
            Self::Erase => "erase",
        }
    }

    /// The operation that a word names.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Put, Self::Withdraw, Self::Erase].into_iter().find(|op| op.as_str() == word)
    }
}

/// The change line of a revision: canonical JSON.
pub fn change_line(revision: &Revision) -> String {
    let mut out = String::with_capacity(320);
    push_change_line(revision, &mut out);
    out
}

/// The hash of a change line as a leaf of its commit's tree.
pub fn change_hash(revision: &Revision) -> Hash {
    leaf_hash(change_line(revision).as_bytes())
}

/// The leaf of a commit: canonical JSON.
pub fn leaf_line(organization: Uuid, entry: &Entry) -> String {
    let mut out = String::with_capacity(400);
    out.push_str("{\"actor\":");
    push_string(&entry.actor, &mut out);
    out.push_str(",\"at\":");
    push_string(&entry.at, &mut out);
    push(&mut out, format_args!(",\"changes\":{{\"count\":{},\"root\":\"", entry.count));
    out.push_str(&encode(&entry.root));
    out.push_str("\"}");
    if let Some(note) = &entry.note_hash {
        push(&mut out, format_args!(",\"note\":\"{}\"", encode(note)));
    }
    push(&mut out, format_args!(",\"organization\":\"{organization}\",\"seq\":{}", entry.seq));
    push(&mut out, format_args!(",\"v\":{FORM},\"via\":"));
    push_string(&entry.via, &mut out);
    out.push('}');
    out
}

/// The hash of a commit as a leaf of the ledger's tree.
pub fn entry_hash(organization: Uuid, entry: &Entry) -> Hash {
    leaf_hash(leaf_line(organization, entry).as_bytes())
}

/// Appends the change line of a revision.
pub(crate) fn push_change_line(revision: &Revision, out: &mut String) {
    out.push_str("{\"body\":\"");
    out.push_str(&encode(&revision.hash));
    push(out, format_args!("\",\"body_version\":{},\"kind\":", revision.body_version));
    push_string(&revision.kind, out);
    push(out, format_args!(",\"number\":{},\"op\":\"", revision.number));
    out.push_str(revision.op.as_str());
    out.push_str("\",\"provenance\":");
    push_string(&revision.provenance, out);
    push(out, format_args!(",\"record\":\"{}\",\"stage\":", revision.record));
    push_string(&revision.stage, out);
    push(out, format_args!(",\"v\":{FORM},\"version\":{}}}", revision.version));
}

fn push(out: &mut String, arguments: std::fmt::Arguments<'_>) {
    out.write_fmt(arguments).expect("a string takes any text");
}
