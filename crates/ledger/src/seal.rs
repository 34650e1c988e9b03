//! Sealing: a draft of a commit becomes rows with hashes, placed at the end of a ledger.

use std::{fmt, num::NonZero, panic::resume_unwind, thread};

use jiff::Timestamp;
use uuid::Uuid;

use crate::hash::leaf_hash;
use crate::line::{entry_hash, push_change_line};
use crate::tree::{Edge, root};
use crate::{Checkpoint, Entry, Error, Hash, Hashed, Node, Op, Revision};

/// So many lines of a large commit are hashed together: a power of two.
const SUBTREE: usize = 4096;

/// A commit before it has a position: what `domain::decide` allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// A person's record id, or `system`.
    pub actor: String,
    /// By which way it came: `cli`, `web`, `api`, `import`, `job`.
    pub via: String,
    /// The reason given.
    pub note: Option<Hashed>,
    /// One per record changed, in any order.
    pub lines: Vec<DraftLine>,
}

/// One record's change before it is hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    /// The record.
    pub record: Uuid,
    /// Its kind.
    pub kind: String,
    /// Its number within the kind, from 1.
    pub number: u32,
    /// The new version: one more than the last.
    pub version: u32,
    /// What is done.
    pub op: Op,
    /// The record's stage after it.
    pub stage: String,
    /// `seed`, `import`, `tool` or `person`.
    pub provenance: String,
    /// The version of the kind's body format.
    pub body_version: u32,
    /// Canonical JSON of `{body, extras}`, taken as it is.
    pub content: Hashed,
}

/// The end of a ledger: all that the next commit needs to know; cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tail {
    /// Whose ledger.
    pub organization: Uuid,
    /// Time of the last entry; empty before the first.
    pub at: String,
    /// The tree's edge; its size is the last position.
    pub edge: Edge,
}

/// A commit in its place: rows to write. Only [`seal`] makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    entry: Entry,
    revisions: Vec<Revision>,
    nodes: Vec<Node>,
    after: Tail,
    clamped: bool,
}

/// The rows of a sealed commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// The commit.
    pub entry: Entry,
    /// Its lines, in order of record id.
    pub revisions: Vec<Revision>,
    /// The tree nodes it completes, its leaf first.
    pub nodes: Vec<Node>,
}

impl Tail {
    /// The end of a ledger without entries.
    pub fn empty(organization: Uuid) -> Self {
        Self { organization, at: String::new(), edge: Edge::default() }
    }

    /// The last position; 0 before the first.
    pub fn seq(&self) -> u64 {
        self.edge.size()
    }

    /// Moves past a commit that was sealed on this tail.
    pub fn advance(&mut self, sealed: &Sealed) {
        self.clone_from(&sealed.after);
    }

    /// What a checkpoint taken here states.
    pub fn checkpoint(&self, origin: &str) -> Checkpoint {
        Checkpoint {
            origin: origin.to_owned(),
            size: self.seq(),
            root: self.edge.root(),
            extensions: Vec::new(),
        }
    }
}

impl Sealed {
    /// The commit.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// Its lines, in order of record id.
    pub fn revisions(&self) -> &[Revision] {
        &self.revisions
    }

    /// The tree nodes it completes, its leaf first.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Its leaf in the tree.
    pub fn leaf(&self) -> Hash {
        self.nodes[0].hash
    }

    /// The ledger's end after it.
    pub fn after(&self) -> &Tail {
        &self.after
    }

    /// Whether the clock had stepped back, so that the time of the entry before was taken.
    pub fn clamped(&self) -> bool {
        self.clamped
    }

    /// The rows, to keep.
    pub fn into_rows(self) -> Rows {
        Rows { entry: self.entry, revisions: self.revisions, nodes: self.nodes }
    }
}

impl fmt::Display for Sealed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "commit {}", self.entry.seq)
    }
}

/// Seals a draft as the commit after `tail`, at `at` milliseconds since 1970 UTC.
///
/// Refuses a draft without lines, one that changes a record twice, and a time outside the years 0
/// to 9999.
pub fn seal(draft: Draft, tail: &Tail, at: i64) -> Result<Sealed, Error> {
    let Draft { actor, via, note, mut lines } = draft;
    let now = format_time(at)?;
    let clamped = now < tail.at;
    lines.sort_by_key(|line| line.record);
    if lines.is_empty() {
        return Err(Error::EmptyCommit);
    }
    if let Some(pair) = lines.windows(2).find(|pair| pair[0].record == pair[1].record) {
        return Err(Error::RecordTwice(pair[0].record));
    }
    let seq = tail.seq() + 1;
    let (note, note_hash) = note.map(Hashed::into_parts).unzip();
    let revisions: Vec<_> = lines.into_iter().map(|line| line.seal(seq)).collect();
    let root = root_of(&revisions);
    let entry = Entry {
        seq,
        at: if clamped { tail.at.clone() } else { now },
        actor,
        via,
        note_hash,
        note,
        count: u32::try_from(revisions.len()).expect("a commit of 2^32 lines fits in no memory"),
        root,
    };
    let mut after =
        Tail { organization: tail.organization, at: entry.at.clone(), edge: tail.edge.clone() };
    let mut nodes = Vec::new();
    after.edge.append(entry_hash(tail.organization, &entry), &mut nodes);
    Ok(Sealed { entry, revisions, nodes, after, clamped })
}

/// The root over the lines of a commit. A large one is hashed on all cores, in complete subtrees:
/// the root over their roots is that over all lines.
fn root_of(lines: &[Revision]) -> Hash {
    if lines.len() <= SUBTREE {
        return root_of_few(lines);
    }
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let each = lines.len().div_ceil(cores).next_multiple_of(SUBTREE);
    thread::scope(|scope| {
        let hands: Vec<_> = lines
            .chunks(each)
            .map(|own| scope.spawn(|| own.chunks(SUBTREE).map(root_of_few).collect::<Vec<_>>()))
            .collect();
        let roots = hands.into_iter().map(|it| it.join().unwrap_or_else(|it| resume_unwind(it)));
        root(roots.flatten())
    })
}

fn root_of_few(lines: &[Revision]) -> Hash {
    let mut buffer = String::with_capacity(400);
    root(lines.iter().map(|line| {
        buffer.clear();
        push_change_line(line, &mut buffer);
        leaf_hash(buffer.as_bytes())
    }))
}

/// Milliseconds since 1970 UTC as RFC 3339 with exactly three fractional digits.
pub fn format_time(at: i64) -> Result<String, Error> {
    let time = Timestamp::from_millisecond(at).map_err(|_| Error::Time(at))?;
    let text = time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string();
    // Years before 0 would not order as text.
    if text.len() == 24 && !text.starts_with('-') { Ok(text) } else { Err(Error::Time(at)) }
}

/// Milliseconds since 1970 UTC from the one form that [`format_time`] writes.
pub fn parse_time(text: &str) -> Option<i64> {
    if text.len() != 24 || !text.ends_with('Z') {
        return None;
    }
    let at = text.parse::<Timestamp>().ok()?.as_millisecond();
    (format_time(at).ok()? == text).then_some(at)
}

impl DraftLine {
    fn seal(self, seq: u64) -> Revision {
        let (content, hash) = self.content.into_parts();
        Revision {
            seq,
            record: self.record,
            kind: self.kind,
            number: self.number,
            version: self.version,
            op: self.op,
            stage: self.stage,
            provenance: self.provenance,
            body_version: self.body_version,
            hash,
            content: Some(content),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_made_on_several_cores_is_the_root() {
        let line = |at: usize| {
            let content = Hashed::new([7; 16], format!(r#"{{"body":{{"title":"{at}"}}}}"#));
            DraftLine {
                record: Uuid::from_u128(at as u128),
                kind: "risk".to_owned(),
                number: u32::try_from(at + 1).unwrap(),
                version: 1,
                op: Op::Put,
                stage: "identified".to_owned(),
                provenance: "import".to_owned(),
                body_version: 1,
                content,
            }
        };
        let lines: Vec<Revision> = (0..5 * SUBTREE + 1).map(|at| line(at).seal(3)).collect();
        for parts in 0..=5 {
            for count in [parts * SUBTREE, parts * SUBTREE + 1, (parts * SUBTREE).max(1) - 1] {
                let lines = &lines[..count];
                assert_eq!(root_of(lines), root_of_few(lines), "{count} lines");
            }
        }
    }
}
