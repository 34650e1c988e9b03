//! The pass over all commits: hashes, order, versions, erasing.

use std::collections::HashMap;

use uuid::Uuid;

use crate::hash::leaf_hash;
use crate::line::{entry_hash, push_change_line};
use crate::seal::parse_time;
use crate::tree::{Edge, Nodes, root};
use crate::verify::keys::Keys;
use crate::verify::{Commit, Fault, Line, Remark};
use crate::{EVENT_KIND, Entry, Hash, Node, Op, Revision, Salted, canonical};

/// What the commits so far add up to.
pub(super) struct Commits {
    pub(super) organization: Uuid,
    pub(super) edge: Edge,
    pub(super) nodes: Nodes,
    pub(super) stored: Option<HashMap<(u8, u64), Hash>>,
    pub(super) records: HashMap<Uuid, Seen>,
    pub(super) keys: Keys,
    pub(super) remarks: Vec<Remark>,
    pub(super) at: String,
    pub(super) revisions: u64,
    pub(super) erased: u64,
    pub(super) hidden: u64,
    made: Vec<Node>,
    buffer: String,
}

/// What is known of a record.
pub(super) struct Seen {
    pub(super) kind: String,
    pub(super) number: u32,
    pub(super) version: u32,
    pub(super) seq: u64,
    /// Versions without content, and whether a commit accounts for them.
    gone: Vec<Gone>,
    /// Versions that erase: their content names versions, and stays.
    erasers: Vec<u32>,
    /// Versions were passed over because they are not disclosed.
    gaps: bool,
}

struct Gone {
    version: u32,
    seq: u64,
    accounted: bool,
}

impl Commits {
    pub(super) fn new(organization: Uuid, stored: Option<Vec<Node>>) -> Self {
        let stored = stored.map(|nodes| {
            nodes.into_iter().map(|node| ((node.level, node.index), node.hash)).collect()
        });
        Self {
            organization,
            edge: Edge::default(),
            nodes: Nodes::default(),
            stored,
            records: HashMap::new(),
            keys: Keys::default(),
            remarks: Vec::new(),
            at: String::new(),
            revisions: 0,
            erased: 0,
            hidden: 0,
            made: Vec::new(),
            buffer: String::new(),
        }
    }

    /// Checks one commit against all before it.
    pub(super) fn add(&mut self, commit: Commit) -> Result<(), Fault> {
        let Commit { entry, lines } = commit;
        self.check_entry(&entry, lines.len())?;
        let hidden = lines.iter().filter(|line| matches!(line, Line::Hidden(_))).count();
        self.hidden += hidden as u64;
        let erased_before = self.erased;
        let mut hashes = Vec::with_capacity(lines.len());
        let mut last = None;
        for line in &lines {
            hashes.push(match line {
                Line::Hidden(hash) => *hash,
                Line::Shown(revision) => {
                    let record = revision.record;
                    if last.is_some_and(|last| last >= record) {
                        return Err(Fault::LineOrder { seq: entry.seq, record });
                    }
                    last = Some(record);
                    self.check_revision(entry.seq, revision)?
                }
            });
        }
        let found = root(hashes);
        if found != entry.root {
            let record = match &lines[..] {
                [Line::Shown(revision)] => Some(revision.record),
                _ => None,
            };
            return Err(Fault::Lines { seq: entry.seq, record, expected: entry.root, found });
        }
        if entry.note_hash.is_some()
            && entry.note.is_none()
            && hidden == 0
            && self.erased == erased_before
        {
            return Err(Fault::NoteGone { seq: entry.seq });
        }
        for line in lines {
            if let Line::Shown(revision) = line {
                self.keep(*revision)?;
            }
        }
        if self.keys.origin().is_none() {
            return Err(Fault::NoBegin);
        }
        self.append(&entry)?;
        self.at = entry.at;
        Ok(())
    }

    /// Checks what only the end can tell: that every missing content is accounted for.
    pub(super) fn finish(&self) -> Result<(), Fault> {
        let unaccounted = self.records.iter().flat_map(|(record, seen)| {
            seen.gone
                .iter()
                .filter(|gone| !gone.accounted)
                .map(move |gone| (gone.seq, *record, gone))
        });
        match unaccounted.min_by_key(|(seq, record, _)| (*seq, *record)) {
            Some((seq, record, gone)) => Err(Fault::Gone { seq, record, version: gone.version }),
            None => Ok(()),
        }
    }

    /// The last commit that says the ledger was restored.
    pub(super) fn restored(&self) -> Option<u64> {
        self.remarks.iter().rev().find_map(|remark| match remark {
            Remark::Restored { seq, .. } => Some(*seq),
            Remark::Replaced { .. } => None,
        })
    }

    fn check_entry(&self, entry: &Entry, lines: usize) -> Result<(), Fault> {
        let seq = self.edge.size() + 1;
        if entry.seq != seq {
            return Err(Fault::Order { expected: seq, found: entry.seq });
        }
        if entry.at < self.at {
            let (before, found) = (self.at.clone(), entry.at.clone());
            return Err(Fault::TimeBackwards { seq, before, found });
        }
        if parse_time(&entry.at).is_none() {
            return Err(Fault::TimeForm { seq, found: crate::hash::shorten(&entry.at) });
        }
        match (&entry.note, entry.note_hash) {
            (Some(_), None) => return Err(Fault::NoteAdded { seq }),
            (Some(note), Some(expected)) => {
                let found = note.hash();
                if found != expected {
                    return Err(Fault::Note { seq, expected, found: Some(found) });
                }
            }
            (None, _) => {}
        }
        if entry.count as usize != lines {
            return Err(Fault::Count { seq, expected: entry.count, found: lines });
        }
        Ok(())
    }

    /// Checks one revision by itself and gives the hash of its line.
    fn check_revision(&mut self, seq: u64, revision: &Revision) -> Result<Hash, Fault> {
        let &Revision { record, version, .. } = revision;
        if revision.seq != seq {
            return Err(Fault::Position { seq, record, version, found: revision.seq });
        }
        match &revision.content {
            Some(content) => check_content(revision, content)?,
            None => self.erased += 1,
        }
        let seen = self.records.get(&record);
        let expected = seen.map_or(1, |seen| seen.version + 1);
        let passed_over = version.checked_sub(expected).map(u64::from);
        if passed_over.is_none_or(|missing| missing > self.hidden) {
            return Err(Fault::Version { seq, record, expected, found: version });
        }
        if let Some(seen) = seen
            && (seen.kind != revision.kind || seen.number != revision.number)
        {
            return Err(Fault::Identity {
                seq,
                record,
                expected: format!("{} {}", seen.kind, seen.number),
                found: format!("{} {}", revision.kind, revision.number),
            });
        }
        self.revisions += 1;
        self.buffer.clear();
        push_change_line(revision, &mut self.buffer);
        Ok(leaf_hash(self.buffer.as_bytes()))
    }

    /// Takes a checked revision into what is known of its record.
    fn keep(&mut self, revision: Revision) -> Result<(), Fault> {
        if revision.kind == EVENT_KIND {
            self.remarks.extend(self.keys.add(&revision)?);
        }
        let Revision { seq, record, version, .. } = revision;
        let seen = self.records.entry(record).or_insert_with(|| Seen {
            kind: revision.kind,
            number: revision.number,
            version: 0,
            seq,
            gone: Vec::new(),
            erasers: Vec::new(),
            gaps: false,
        });
        seen.gaps |= version != seen.version + 1;
        seen.version = version;
        seen.seq = seq;
        match (revision.op, revision.content) {
            (Op::Erase, content) => {
                seen.erase(seq, record, version, content)?;
                seen.erasers.push(version);
            }
            (_, None) => seen.gone.push(Gone { version, seq, accounted: false }),
            (_, Some(_)) => {}
        }
        Ok(())
    }

    fn append(&mut self, entry: &Entry) -> Result<(), Fault> {
        self.made.clear();
        self.edge.append(entry_hash(self.organization, entry), &mut self.made);
        for node in &self.made {
            let Node { level, index, hash: found } = *node;
            self.nodes.push(*node);
            let Some(stored) = &self.stored else { continue };
            match stored.get(&(level, index)) {
                Some(expected) if *expected == found => {}
                Some(&expected) if level == 0 => {
                    return Err(Fault::Leaf { seq: entry.seq, expected, found });
                }
                Some(&wrong) => {
                    return Err(Fault::Node {
                        level,
                        index,
                        first: (index << level) + 1,
                        last: entry.seq,
                        expected: found,
                        found: wrong,
                    });
                }
                None => return Err(Fault::NodeMissing { level, index, last: entry.seq }),
            }
        }
        Ok(())
    }
}

impl Seen {
    fn erase(
        &mut self,
        seq: u64,
        record: Uuid,
        eraser: u32,
        content: Option<Salted>,
    ) -> Result<(), Fault> {
        let fault = |reason: &str| Fault::Erase { seq, record, reason: reason.to_owned() };
        let content = content.ok_or_else(|| fault("found them erased too"))?;
        let content = canonical::parse(&content.text).map_err(|error| fault(&error.to_string()))?;
        let versions = content["body"]["versions"]
            .as_array()
            .ok_or_else(|| fault("found no list `versions`"))?;
        for version in versions {
            let version = version
                .as_u64()
                .and_then(|version| u32::try_from(version).ok())
                .filter(|version| (1..eraser).contains(version))
                .ok_or_else(|| fault("found one that is not an earlier version"))?;
            match self.gone.iter_mut().find(|gone| gone.version == version) {
                Some(gone) => gone.accounted = true,
                None if self.gaps || self.erasers.contains(&version) => {}
                None => return Err(Fault::NotErased { seq, record, version }),
            }
        }
        Ok(())
    }
}

fn check_content(revision: &Revision, content: &Salted) -> Result<(), Fault> {
    let found = content.hash();
    if found == revision.hash {
        return Ok(());
    }
    Err(Fault::Content {
        seq: revision.seq,
        record: revision.record,
        version: revision.version,
        expected: revision.hash,
        found,
    })
}
