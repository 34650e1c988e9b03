//! Sealing.

use ledger::hash::{leaf_hash, salted_hash};
use ledger::line::{change_line, leaf_line};
use ledger::seal::{format_time, parse_time};
use ledger::tree::root;
use ledger::{Draft, Error, Sealed, Tail, seal};

use crate::fixture::{START, organization, put, salted};

fn sealed(tail: &Tail, at: i64, numbers: &[u32]) -> Result<Sealed, Error> {
    let lines = numbers.iter().map(|number| put(*number, 1, "{}")).collect();
    let note = Some(salted(0, 1, "because"));
    let draft = Draft { actor: "system".to_owned(), via: "job".to_owned(), note, lines };
    seal(draft, tail, at)
}

#[test]
fn lines_come_in_order_of_record_with_hashes_that_hold() {
    let tail = Tail::empty(organization());
    let commit = sealed(&tail, START, &[5, 1, 3]).unwrap();
    let numbers: Vec<_> = commit.revisions().iter().map(|line| line.number).collect();
    assert_eq!(numbers, [1, 3, 5]);
    for line in commit.revisions() {
        let content = line.content.as_ref().unwrap();
        assert_eq!(content, &salted(line.number, 1, "{}").into_parts().0);
        assert_eq!(line.hash, salted_hash(&content.salt, "{}"));
        assert_eq!(line.seq, 1);
    }
    let entry = commit.entry();
    let note = entry.note.as_ref().unwrap();
    assert_eq!(entry.note_hash, Some(salted_hash(&note.salt, "because")));
    let lines = commit.revisions().iter().map(|line| leaf_hash(change_line(line).as_bytes()));
    assert_eq!(entry.root, root(lines));
    assert_eq!(commit.leaf(), leaf_hash(leaf_line(organization(), entry).as_bytes()));
    assert_eq!(entry.at, "2025-11-22T10:06:40.000Z");
    assert_eq!(commit.after().edge.root(), commit.leaf());
}

#[test]
fn a_clock_that_steps_back_is_held() {
    let mut tail = Tail::empty(organization());
    let first = sealed(&tail, START, &[1]).unwrap();
    tail.advance(&first);
    let second = sealed(&tail, START - 5, &[2]).unwrap();
    assert!(!first.clamped() && second.clamped());
    assert_eq!(second.entry().at, first.entry().at);
    assert_eq!((tail.seq(), second.entry().seq), (1, 2));
    tail.advance(&second);
    assert_eq!(tail.checkpoint("x").size, 2);
    assert_eq!(tail.edge.root(), root([first.leaf(), second.leaf()]));
}

#[test]
fn what_cannot_be_sealed_is_refused() {
    let tail = Tail::empty(organization());
    assert!(matches!(sealed(&tail, START, &[]), Err(Error::EmptyCommit)));
    assert!(matches!(sealed(&tail, START, &[2, 1, 2]), Err(Error::RecordTwice(_))));
    assert!(matches!(sealed(&tail, i64::MAX, &[1]), Err(Error::Time(_))));
    assert!(matches!(sealed(&tail, -70_000_000_000_000, &[1]), Err(Error::Time(_))));
}

#[test]
fn a_time_has_one_text() {
    for at in [0, START, START + 1, 253_402_207_199_999, -1] {
        assert_eq!(parse_time(&format_time(at).unwrap()), Some(at));
    }
    for text in [
        "2026-11-22T10:00:00.00Z",
        "2026-11-22T10:00:00.0000Z",
        "2026-11-22T10:00:00,000Z",
        "2026-11-22t10:00:00.000Z",
        "2026-11-22 10:00:00.000Z",
        "2026-11-31T10:00:00.000Z",
        "2026-11-22T10:00:60.000Z",
        "",
    ] {
        assert_eq!(parse_time(text), None, "{text}");
    }
}
