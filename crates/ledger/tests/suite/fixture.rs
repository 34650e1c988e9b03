//! A small ledger in memory, built through `seal`, and a source that hands its rows out.

use ledger::bundle::Writer;
use ledger::event::Event;
use ledger::hash::sha256;
use ledger::verify::{Commit, Line, Pointer, StoredFile, StoredTail};
use ledger::{
    Draft, DraftLine, EVENT_KIND, Error, Hashed, Node, Op, Options, Report, Signer, Source,
    StoredCheckpoint, Tail, seal, verify,
};
use uuid::Uuid;

pub const ORIGIN: &str = "muniment.example/acme";
pub const START: i64 = 1_763_806_000_000;

pub fn organization() -> Uuid {
    Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001)
}

pub fn record(number: u32) -> Uuid {
    Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0000 + u128::from(number))
}

pub fn signer(seed: u8) -> Signer {
    Signer::new(ORIGIN, &[seed; 32]).unwrap()
}

pub fn put(number: u32, version: u32, text: &str) -> DraftLine {
    DraftLine {
        record: record(number),
        kind: "risk".to_owned(),
        number,
        version,
        op: Op::Put,
        stage: "identified".to_owned(),
        provenance: "person".to_owned(),
        body_version: 1,
        content: salted(number, version, text),
    }
}

/// A text with a salt of its own.
pub fn salted(number: u32, version: u32, text: &str) -> Hashed {
    let salt = u128::from(number) << 64 | u128::from(version);
    Hashed::new(salt.to_be_bytes(), text.to_owned())
}

pub fn erase(number: u32, version: u32, versions: &[u32]) -> DraftLine {
    let text = format!("{{\"body\":{{\"versions\":{versions:?}}}}}").replace(' ', "");
    DraftLine { op: Op::Erase, ..put(number, version, &text) }
}

pub fn event(number: u32, event: &Event) -> DraftLine {
    DraftLine {
        kind: EVENT_KIND.to_owned(),
        record: record(1_000_000 + number),
        stage: "recorded".to_owned(),
        provenance: "tool".to_owned(),
        ..put(number, 1, &event.content("An event").unwrap())
    }
}

/// All stored rows of a ledger.
#[derive(Clone)]
pub struct Book {
    pub tail: Tail,
    pub commits: Vec<Commit>,
    pub nodes: Option<Vec<Node>>,
    pub checkpoints: Vec<StoredCheckpoint>,
    pub stored_tail: Option<StoredTail>,
    pub pointers: Option<Vec<Pointer>>,
    pub files: Vec<([u8; 32], Option<Vec<u8>>)>,
}

impl Book {
    pub fn new() -> Self {
        Self {
            tail: Tail::empty(organization()),
            commits: Vec::new(),
            nodes: Some(Vec::new()),
            checkpoints: Vec::new(),
            stored_tail: None,
            pointers: Some(Vec::new()),
            files: Vec::new(),
        }
    }

    /// A ledger that began with the key of seed 1.
    pub fn begun() -> Self {
        let mut book = Self::new();
        let key = signer(1).verifier().clone();
        book.commit(None, vec![event(1, &Event::Begin { origin: ORIGIN.to_owned(), key })]);
        book.checkpoint(&[&signer(1)]);
        book
    }

    /// A small ledger with a bit of everything.
    pub fn sample() -> Self {
        let mut book = Self::begun();
        book.commit(
            Some("first risks"),
            vec![put(3, 1, "{\"body\":{\"title\":\"Fire\"}}"), put(2, 1, "{\"body\":{}}")],
        );
        book.commit(Some("said Jane"), vec![put(3, 2, "{\"body\":{\"title\":\"Jane\"}}")]);
        book.checkpoint(&[&signer(1)]);
        let withdrawn = DraftLine { op: Op::Withdraw, ..put(2, 2, "{\"body\":{}}") };
        book.commit(None, vec![withdrawn, erase(3, 3, &[2])]);
        book.forget(3, 2);
        book.commits[2].entry.note = None;
        book.commit(None, vec![put(4, 1, "{\"body\":{\"title\":\"W\u{e4}sser\"}}")]);
        book.checkpoint(&[&signer(1)]);
        let bytes = b"evidence".to_vec();
        book.files.push((sha256(&bytes), Some(bytes)));
        book
    }

    pub fn commit(&mut self, note: Option<&str>, lines: Vec<DraftLine>) {
        let seq = self.tail.seq() + 1;
        let draft = Draft {
            actor: "system".to_owned(),
            via: "cli".to_owned(),
            note: note.map(|it| salted(0, seq as u32, it)),
            lines,
        };
        let at = START + 1000 * self.tail.seq() as i64;
        let sealed = seal(draft, &self.tail, at).unwrap();
        self.tail.advance(&sealed);
        let rows = sealed.into_rows();
        self.nodes.as_mut().unwrap().extend(rows.nodes);
        self.stored_tail =
            Some(StoredTail { seq: self.tail.seq(), edge: self.tail.edge.to_bytes() });
        let pointers = self.pointers.as_mut().unwrap();
        for revision in &rows.revisions {
            pointers.retain(|pointer| pointer.record != revision.record);
            pointers.push(Pointer {
                record: revision.record,
                kind: revision.kind.clone(),
                number: revision.number,
                version: revision.version,
                seq: revision.seq,
            });
        }
        let lines = rows.revisions.into_iter().map(|line| Line::Shown(Box::new(line))).collect();
        self.commits.push(Commit { entry: rows.entry, lines });
    }

    pub fn checkpoint(&mut self, signers: &[&Signer]) {
        let note = self.tail.checkpoint(ORIGIN).sign(signers).unwrap();
        self.checkpoints.push(StoredCheckpoint { size: self.tail.seq(), note });
    }

    /// Removes a content, as erasing does.
    pub fn forget(&mut self, number: u32, version: u32) {
        for line in self.commits.iter_mut().flat_map(|commit| &mut commit.lines) {
            if let Line::Shown(line) = line
                && line.record == record(number)
                && line.version == version
            {
                line.content = None;
            }
        }
    }

    /// Only what a bundle holds: no derived rows.
    pub fn bare(mut self) -> Self {
        self.nodes = None;
        self.pointers = None;
        self.stored_tail = None;
        self
    }

    pub fn verify(&self, options: &Options) -> Result<Report, Error> {
        verify(&mut Rows { book: self, commit: 0, file: 0 }, options)
    }

    /// The sentence that a verification of this ledger ends with.
    pub fn fault(&self, options: &Options) -> String {
        self.verify(options).expect_err("a fault").to_string()
    }

    pub fn bundle(&self) -> Vec<u8> {
        let mut writer = Writer::new(Vec::new(), organization()).unwrap();
        for commit in &self.commits {
            writer.entry(&commit.entry).unwrap();
            for line in &commit.lines {
                match line {
                    Line::Shown(revision) => writer.revision(revision).unwrap(),
                    Line::Hidden(_) => unreachable!("the fixture hides nothing"),
                }
            }
        }
        self.checkpoints.iter().for_each(|checkpoint| writer.checkpoint(checkpoint).unwrap());
        for (hash, bytes) in &self.files {
            let bytes = bytes.as_deref().unwrap();
            writer.file(*hash, bytes.len() as u64, &mut { bytes }).unwrap();
        }
        writer.finish().unwrap().0
    }
}

struct Rows<'a> {
    book: &'a Book,
    commit: usize,
    file: usize,
}

impl Source for Rows<'_> {
    fn organization(&self) -> Uuid {
        self.book.tail.organization
    }

    fn nodes(&mut self) -> Result<Option<Vec<Node>>, Error> {
        Ok(self.book.nodes.clone())
    }

    fn next_commit(&mut self) -> Result<Option<Commit>, Error> {
        self.commit += 1;
        Ok(self.book.commits.get(self.commit - 1).cloned())
    }

    fn checkpoints(&mut self) -> Result<Vec<StoredCheckpoint>, Error> {
        Ok(self.book.checkpoints.clone())
    }

    fn tail(&mut self) -> Result<Option<StoredTail>, Error> {
        Ok(self.book.stored_tail.clone())
    }

    fn pointers(&mut self) -> Result<Option<Vec<Pointer>>, Error> {
        Ok(self.book.pointers.clone())
    }

    fn next_file(&mut self, chunk: &mut dyn FnMut(&[u8])) -> Result<Option<StoredFile>, Error> {
        let Some((hash, bytes)) = self.book.files.get(self.file) else { return Ok(None) };
        self.file += 1;
        bytes.iter().for_each(|bytes| chunk(bytes));
        Ok(Some(StoredFile { hash: *hash, found: bytes.is_some() }))
    }
}
