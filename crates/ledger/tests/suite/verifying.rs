//! Verifying sound and unsound ledgers: each fault by its sentence.

use ledger::hash::sha256;
use ledger::verify::{Line, Outside};
use ledger::{Error, Fault, Node, Op, Options, Revision};

use crate::fixture::{Book, erase, event, put, record, signer};

fn every() -> Options {
    Options { every_signature: true, ..Options::default() }
}

fn kept(book: &Book, index: usize) -> Options {
    let note = book.checkpoints[index].note.clone();
    Options { outside: vec![Outside { name: "kept.note".to_owned(), note }], ..every() }
}

fn line(book: &mut Book, commit: usize, line: usize) -> &mut Revision {
    match &mut book.commits[commit].lines[line] {
        Line::Shown(revision) => revision,
        Line::Hidden(_) => unreachable!("the fixture hides nothing"),
    }
}

#[test]
fn a_sound_ledger_is_reported() {
    let book = Book::sample();
    let report = book.verify(&every()).unwrap();
    assert_eq!((report.size, report.revisions, report.erased, report.hidden), (5, 7, 1, 0));
    assert_eq!((report.checkpoints, report.signatures, report.files), (3, 3, 1));
    assert_eq!(report.root, book.tail.edge.root());
    assert_eq!(report.keys.len(), 1);
    assert!(report.remarks.is_empty());
    assert_eq!(book.verify(&Options::default()).unwrap().signatures, 1);
    for index in 0..3 {
        book.verify(&kept(&book, index)).unwrap();
    }
    book.bare().verify(&every()).unwrap();
}

#[test]
fn each_fault_is_one_sentence() {
    type Tamper = fn(&mut Book);
    let id = record(3);
    let cases: &[(Tamper, String)] = &[
        (|book| book.commits.clear(), "the ledger is empty".into()),
        (|book| drop(book.commits.remove(1)), "commit 2 is missing: found commit 3".into()),
        (|book| book.commits.swap(1, 2), "commit 2 is missing: found commit 3".into()),
        (
            |book| drop(book.commits.pop()),
            "commits 5 to 5 are missing: a checkpoint of 5 commits is signed, found 4".into(),
        ),
        (
            |book| book.commits[1].entry.at = "2020-01-01T00:00:00.000Z".into(),
            "commit 2: time runs backwards".into(),
        ),
        (|book| book.commits[1].entry.at = "now".into(), "commit 2: the time `now` is not".into()),
        (
            |book| book.commits[1].entry.note.as_mut().unwrap().text.push('!'),
            "commit 2: the reason was changed".into(),
        ),
        (|book| book.commits[1].entry.note = None, "commit 2: the reason is gone".into()),
        (|book| book.commits[1].entry.note_hash = None, "commit 2: a reason was added".into()),
        (
            |book| drop(book.commits[1].lines.pop()),
            "commit 2: expected 2 changed records, found 1".into(),
        ),
        (|book| book.commits[1].lines.swap(0, 1), "commit 2: record `".into()),
        (
            |book| line(book, 1, 1).content.as_mut().unwrap().text.push(' '),
            format!("commit 2: record `{id}` version 1: the content was changed"),
        ),
        (
            |book| line(book, 2, 0).stage.push('x'),
            format!("commit 3: record `{id}`: a change was altered"),
        ),
        (
            |book| line(book, 1, 0).stage.push('x'),
            "commit 2: one of its records: a change was altered".into(),
        ),
        (
            |book| line(book, 2, 0).version = 3,
            format!("commit 3: record `{id}`: expected version 2, found version 3"),
        ),
        (
            |book| line(book, 2, 0).number = 9,
            format!("commit 3: record `{id}` was `risk 3`, found `risk 9`"),
        ),
        (|book| line(book, 2, 0).seq = 2, format!("commit 3: record `{id}` version 2 says")),
        (
            |book| book.forget(3, 1),
            format!("commit 2: the content of record `{id}` version 1 is gone"),
        ),
        (
            |book| book.commits[4].entry.actor = "someone".into(),
            "commit 5: the entry does not fit the tree".into(),
        ),
        (|book| book.nodes.as_mut().unwrap()[2].hash[0] ^= 1, "tree node 1/0, above".into()),
        (|book| book.nodes.as_mut().unwrap().truncate(7), "tree node 0/4 is missing".into()),
        (
            |book| book.nodes.as_mut().unwrap().push(Node { level: 3, index: 0, hash: [0; 32] }),
            "tree node 3/0 is stored".into(),
        ),
        (|book| drop(book.checkpoints.pop()), "commits 4 to 5 are not signed".into()),
        (|book| book.checkpoints.clear(), "commits 1 to 5 are not signed".into()),
        (
            |book| book.checkpoints[1].note.insert(0, '\n'),
            "the checkpoint of 3 commits cannot be read".into(),
        ),
        (|book| book.checkpoints[1].size = 2, "the checkpoint of 2 commits states 3".into()),
        (
            |book| book.checkpoints.push(book.checkpoints[1].clone()),
            "there are two checkpoints of 3 commits".into(),
        ),
        (
            |book| book.stored_tail.as_mut().unwrap().seq = 4,
            "the stored end of the ledger: expected commit 5, found 4".into(),
        ),
        (
            |book| book.stored_tail.as_mut().unwrap().edge[9] ^= 1,
            "the stored edge of the tree does not fit commit 5".into(),
        ),
        (
            |book| book.pointers.as_mut().unwrap()[0].version = 7,
            "the current state of record".into(),
        ),
        (|book| drop(book.pointers.as_mut().unwrap().pop()), "the current state of record".into()),
        (|book| book.files[0].1 = None, "file `".into()),
        (|book| book.files[0].1.as_mut().unwrap()[0] ^= 1, "file `".into()),
    ];
    for (index, (tamper, expected)) in cases.iter().enumerate() {
        let mut book = Book::sample();
        tamper(&mut book);
        let found = book.fault(&every());
        assert!(found.starts_with(expected), "case {index}: expected {expected}, found {found}");
        assert!(!found.contains('\n'), "{found}");
    }
}

#[test]
fn without_nodes_the_checkpoint_tells() {
    let mut book = Book::sample().bare();
    book.commits[3].entry.via = "web".to_owned();
    assert!(book.fault(&every()).starts_with("one of the commits 4 to 5 was changed"));
}

#[test]
fn dropped_commits_are_found_against_a_kept_checkpoint() {
    let whole = Book::sample();
    let mut short = Book::begun();
    let fault = short.fault(&kept(&whole, 2));
    assert!(
        fault.starts_with("commits 2 to 5 are missing: `kept.note` states 5 commits"),
        "{fault}"
    );
    for number in 0..5 {
        short.commit(None, vec![put(10 + number, 1, "{}")]);
    }
    short.checkpoint(&[&signer(1)]);
    let fault = short.fault(&kept(&whole, 2));
    assert!(
        fault.starts_with("one of the first 5 commits was changed after `kept.note`"),
        "{fault}"
    );
    short.verify(&kept(&whole, 0)).unwrap();
}

#[test]
fn erasing_must_be_said_and_done() {
    let mut book = Book::begun();
    book.commit(None, vec![put(3, 1, "{}")]);
    book.commit(None, vec![erase(3, 2, &[1])]);
    book.checkpoint(&[&signer(1)]);
    let fault = book.fault(&every());
    assert!(fault.starts_with("commit 3 erases version 1 of record"), "{fault}");
    book.forget(3, 1);
    assert_eq!(book.verify(&every()).unwrap().erased, 1);

    // Naming the line that erased, or erased versions again, does no harm.
    book.commit(None, vec![erase(3, 3, &[1, 2])]);
    book.checkpoint(&[&signer(1)]);
    book.verify(&every()).unwrap();
    book.forget(3, 2);
    assert!(book.fault(&every()).contains("found them erased too"));

    for wrong in [&[0][..], &[2], &[9]] {
        let mut book = Book::begun();
        book.commit(None, vec![put(3, 1, "{}")]);
        book.commit(None, vec![erase(3, 2, wrong)]);
        book.checkpoint(&[&signer(1)]);
        assert!(book.fault(&every()).contains("not an earlier version"), "{wrong:?}");
    }
    let mut book = Book::begun();
    book.commit(None, vec![put(3, 1, "{}")]);
    book.commit(None, vec![ledger::DraftLine { op: Op::Erase, ..put(3, 2, "{}") }]);
    book.checkpoint(&[&signer(1)]);
    assert!(book.fault(&every()).contains("found no list `versions`"));
}

#[test]
fn hidden_lines_keep_the_root() {
    let mut book = Book::sample().bare();
    let hash = ledger::line::change_hash(line(&mut book, 1, 0));
    book.commits[1].lines[0] = Line::Hidden(hash);
    let hash = ledger::line::change_hash(line(&mut book, 3, 0));
    book.commits[3].lines[0] = Line::Hidden(hash);
    book.commits[1].entry.note = None;
    let report = book.verify(&every()).unwrap();
    assert_eq!((report.revisions, report.hidden), (5, 2));
    book.commits[3].lines[0] = Line::Hidden(sha256(b"other"));
    assert!(
        matches!(book.verify(&every()), Err(Error::Fault(fault)) if matches!(*fault, Fault::Lines { .. }))
    );
}

#[test]
fn an_event_is_never_changed() {
    let begin = ledger::Event::Restored { was: None };
    let mut book = Book::begun();
    book.commit(None, vec![event(7, &begin)]);
    book.commit(None, vec![ledger::DraftLine { version: 2, ..event(7, &begin) }]);
    book.checkpoint(&[&signer(1)]);
    assert!(book.fault(&every()).contains("an event of the ledger is never changed"));
}
