//! Commits for tests: sealed as the program seals them, with salts that count.

use ledger::{
    Draft, DraftLine, EVENT_KIND, Event, Hashed, Op, Sealed, Signer, StoredCheckpoint, Tail,
};
use store::{Append, Store, Writing};
use uuid::Uuid;

use crate::place::ORGANIZATION;

pub const ORIGIN: &str = "acme.example/isms";

/// The id of a record by a small number.
pub fn id(number: u32) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0001_0000 + u128::from(number))
}

pub fn signer() -> Signer {
    Signer::new(ORIGIN, &[7; 32]).unwrap()
}

/// A line of a risk.
pub fn line(number: u32, version: u32, op: Op, text: &str) -> DraftLine {
    DraftLine {
        record: id(number),
        kind: "risk".to_owned(),
        number,
        version,
        op,
        stage: format!("stage {version}"),
        provenance: "person".to_owned(),
        body_version: 1,
        content: salted(number, version, text),
    }
}

/// A text with a salt of its own.
fn salted(number: u32, version: u32, text: &str) -> Hashed {
    let salt = u128::from(number) << 64 | u128::from(version);
    Hashed::new(salt.to_be_bytes(), text.to_owned())
}

pub fn put(number: u32, version: u32) -> DraftLine {
    line(number, version, Op::Put, &content(number, version))
}

pub fn content(number: u32, version: u32) -> String {
    format!(r#"{{"body":{{"title":"risk {number} in words of version {version}"}}}}"#)
}

/// The first line of a ledger.
pub fn begin() -> DraftLine {
    let event = Event::Begin { origin: ORIGIN.to_owned(), key: signer().verifier().clone() };
    let text = event.content("beginning").unwrap();
    let kind = EVENT_KIND.to_owned();
    DraftLine { record: id(0), kind, number: 1, ..line(0, 1, Op::Put, &text) }
}

/// Seals lines as the next commit of a tail, and moves the tail.
pub fn seal(tail: &mut Tail, note: Option<&str>, lines: Vec<DraftLine>) -> Sealed {
    let draft = Draft {
        actor: "system".to_owned(),
        via: "job".to_owned(),
        note: note.map(|it| salted(0, tail.seq() as u32 + 1, it)),
        lines,
    };
    let at = 1_700_000_000_000 + i64::try_from(tail.seq()).unwrap() * 1000;
    let sealed = ledger::seal(draft, tail, at).unwrap();
    tail.advance(&sealed);
    sealed
}

/// Appends one commit and leaves the transaction open.
pub fn append(writing: &mut Writing<'_>, lines: Vec<DraftLine>) -> u64 {
    append_with(writing, None, lines, Append::default())
}

/// Appends one commit with a signed checkpoint and what goes with it.
pub fn append_with(
    writing: &mut Writing<'_>,
    note: Option<&str>,
    lines: Vec<DraftLine>,
    rest: Append<'_>,
) -> u64 {
    let mut tail = writing.ledger().tail().unwrap();
    let sealed = [seal(&mut tail, note, lines)];
    let note = tail.checkpoint(ORIGIN).sign(&[&signer()]).unwrap();
    let checkpoint = StoredCheckpoint { size: tail.seq(), note };
    writing.append(&Append { sealed: &sealed, checkpoint: Some(&checkpoint), ..rest }).unwrap();
    tail.seq()
}

/// Commits one commit.
pub fn commit(store: &Store, lines: Vec<DraftLine>) -> u64 {
    let mut writing = store.begin(ORGANIZATION).unwrap();
    let seq = append(&mut writing, lines);
    writing.commit().unwrap();
    seq
}

/// What verification says: a sentence, or nothing when all is well.
pub fn fault(store: &Store) -> Option<String> {
    let options = ledger::Options { every_signature: true, ..Default::default() };
    let mut source = store.stored_ledger(ORGANIZATION).unwrap();
    ledger::verify(&mut source, &options).err().map(|error| error.to_string())
}
