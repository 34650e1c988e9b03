//! Keys: beginning, rotation, replacement, restore, and keys kept outside.

use ledger::event::{Event, Position};
use ledger::verify::{KeyChange, Outside, Remark};
use ledger::{Checkpoint, Error, Options, Signer};

use crate::fixture::{Book, ORIGIN, event, put, signer};

fn every() -> Options {
    Options { every_signature: true, ..Options::default() }
}

fn rotated(event_of: fn(ledger::Verifier) -> Event) -> Book {
    let mut book = Book::begun();
    book.commit(None, vec![put(1, 1, "{}")]);
    book.checkpoint(&[&signer(1)]);
    book.commit(None, vec![event(2, &event_of(signer(2).verifier().clone()))]);
    book
}

#[test]
fn a_rotation_carries_both_signatures() {
    let mut book = rotated(|key| Event::Rotate { key });
    for one in [1, 2] {
        let mut half = book.clone();
        half.checkpoint(&[&signer(one)]);
        let other = signer(3 - one).verifier().to_string();
        assert_eq!(
            half.fault(&Options::default()),
            format!("the checkpoint of 3 commits is not signed by the key `{other}`")
        );
    }
    book.checkpoint(&[&signer(1), &signer(2)]);
    book.commit(None, vec![put(2, 1, "{}")]);
    let mut old = book.clone();
    old.checkpoint(&[&signer(1)]);
    assert!(
        old.fault(&Options::default()).starts_with("the checkpoint of 4 commits is not signed")
    );
    book.checkpoint(&[&signer(2)]);
    let report = book.verify(&Options::default()).unwrap();
    let changes: Vec<_> = report.keys.iter().map(|key| (key.since, key.change)).collect();
    assert_eq!(changes, [(1, KeyChange::First), (3, KeyChange::Rotated)]);
    assert!(report.remarks.is_empty());
}

#[test]
fn a_replacement_is_signed_alone_and_remarked() {
    let mut book = rotated(|key| Event::Replace { key });
    book.checkpoint(&[&signer(2)]);
    let report = book.verify(&every()).unwrap();
    let [remark @ Remark::Replaced { seq: 3, .. }] = &report.remarks[..] else {
        panic!("{:?}", report.remarks)
    };
    assert!(
        remark.to_string().starts_with("commit 3 replaces the signing key by `muniment.example")
    );
}

#[test]
fn signed_again_with_another_key() {
    let mut book = Book::sample();
    for stored in &mut book.checkpoints {
        let (checkpoint, _) = Checkpoint::parse(&stored.note).unwrap();
        stored.note = checkpoint.sign(&[&signer(9)]).unwrap();
    }
    assert!(book.fault(&Options::default()).contains("is not signed by the key"));

    // A whole new ledger by another key is sound in itself; what was kept outside tells.
    let mut forged = Book::new();
    let key = signer(9).verifier().clone();
    forged.commit(None, vec![event(1, &Event::Begin { origin: ORIGIN.to_owned(), key })]);
    forged.checkpoint(&[&signer(9)]);
    forged.verify(&every()).unwrap();
    let trusted = vec![signer(1).verifier().clone()];
    let fault = forged.fault(&Options { trusted, ..every() });
    assert!(fault.starts_with("the ledger does not know the key"), "{fault}");
    let note = Book::begun().checkpoints[0].note.clone();
    let outside = |note| Options { outside: vec![Outside { name: "a".into(), note }], ..every() };
    let fault = forged.fault(&outside(note.clone()));
    assert!(fault.starts_with("`a` is signed by no key of this ledger"), "{fault}");

    let fault = Book::begun().fault(&outside(note.replacen(" ", "  ", 1)));
    assert!(fault.starts_with("`a`: not a signed note"), "{fault}");
    let fault = Book::begun().fault(&outside(note.replacen("\n1\n", "\n2\n", 1)));
    assert!(fault.contains("it was changed after it was signed"), "{fault}");
    let other = Signer::new("other", &[1; 32]).unwrap();
    let other = Book::begun().tail.checkpoint("other").sign(&[&other]).unwrap();
    let fault = Book::begun().fault(&outside(other));
    assert!(fault.starts_with("`a` is of another ledger"), "{fault}");
}

#[test]
fn a_restore_is_remarked_and_named_beside_a_fork() {
    let was = Position { size: 5, root: [7; 32] };
    let lost = Book::sample();
    let mut book = Book::begun();
    book.commit(None, vec![event(2, &Event::Restored { was: Some(was) })]);
    book.checkpoint(&[&signer(1)]);
    let report = book.verify(&every()).unwrap();
    assert_eq!(report.remarks, [Remark::Restored { seq: 2, was: Some(was) }]);
    let note = lost.checkpoints[2].note.clone();
    let fault =
        book.fault(&Options { outside: vec![Outside { name: "a".to_owned(), note }], ..every() });
    assert!(fault.ends_with("commit 2 says that the ledger was restored from an older backup"));
}

#[test]
fn a_ledger_begins_once_and_with_its_own_name() {
    let begin = |name: &str| {
        let key = Signer::new(name, &[1; 32]).unwrap().verifier().clone();
        Event::Begin { origin: ORIGIN.to_owned(), key }
    };
    let mut book = Book::new();
    book.commit(None, vec![put(1, 1, "{}")]);
    assert!(book.fault(&every()).starts_with("commit 1: expected the event that names"));
    let mut book = Book::begun();
    book.commit(None, vec![event(2, &begin(ORIGIN))]);
    assert!(book.fault(&every()).ends_with("the ledger begins a second time"));
    let mut book = Book::new();
    book.commit(None, vec![event(1, &begin("other"))]);
    assert!(book.fault(&every()).contains("the key is named `other`"));
}

#[test]
fn events_are_read_back() {
    let key = signer(3).verifier().clone();
    for event in [
        Event::Begin { origin: ORIGIN.to_owned(), key: key.clone() },
        Event::Rotate { key: key.clone() },
        Event::Replace { key },
        Event::Restored { was: None },
        Event::Restored { was: Some(Position { size: 3, root: [1; 32] }) },
    ] {
        let content = event.content("Title").unwrap();
        assert!(content.contains("\"title\":\"Title\""));
        assert_eq!(Event::parse(&content).unwrap(), event);
    }
    for content in ["{}", "1", r#"{"body":{"event":"x"}}"#, r#"{"body":{"event":"rotate"}}"#] {
        assert!(matches!(Event::parse(content), Err(Error::Event(_))), "{content}");
    }
}
