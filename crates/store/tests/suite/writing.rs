//! Appending, committing, giving up.

use ledger::{Edge, Sealed, StoredCheckpoint};
use store::{Append, Edition, Error, FileStored, Replay, Store};

use crate::commit::{ORIGIN, append, begin, commit, fault, id, put, seal, signer};
use crate::place::{ORGANIZATION, Place};

on_both!(
    appends_and_verifies,
    appends_many_rows,
    leaves_no_trace_when_dropped,
    refuses_what_does_not_follow,
    replays_a_ledger,
    names_what_was_tampered_with,
);

fn appends_and_verifies(place: &Place) {
    let store = place.store();
    assert_eq!(commit(&store, vec![begin()]), 1);
    assert_eq!(commit(&store, vec![put(1, 1), put(2, 1)]), 2);
    assert_eq!(commit(&store, vec![put(2, 2)]), 3);
    assert_eq!(fault(&store), None);
    let tail = store.tail(ORGANIZATION).unwrap();
    assert_eq!((tail.seq, tail.slug.as_str()), (3, "acme"));
    assert_eq!(tail.tail().unwrap().seq(), 3);
    let reading = store.snapshot().unwrap();
    let pointers = reading.pointers(ORGANIZATION).unwrap();
    let pointers: Vec<_> = pointers.iter().map(|it| (it.record, it.version, it.seq)).collect();
    assert_eq!(pointers, [(id(0), 1, 1), (id(1), 1, 2), (id(2), 2, 3)]);
    assert_eq!(reading.checkpoints(ORGANIZATION).unwrap().len(), 3);
    assert_eq!(reading.checkpoint(ORGANIZATION).unwrap().unwrap().size, 3);
    assert!(reading.node(ORGANIZATION, 0, 2).unwrap().is_some());
    assert_eq!(reading.node(ORGANIZATION, 0, 3).unwrap(), None);
}

/// Enough for `COPY`, for every size of an insertion, and for two versions in one batch.
fn appends_many_rows(place: &Place) {
    let store = place.store();
    commit(&store, vec![begin()]);
    let mut writing = store.begin(ORGANIZATION).unwrap();
    let mut tail = writing.ledger().tail().unwrap();
    let mut sealed = vec![seal(&mut tail, Some("many"), (1..=1234).map(|n| put(n, 1)).collect())];
    sealed.extend((1..=333).map(|n| seal(&mut tail, None, vec![put(n, 2)])));
    let note = tail.checkpoint(ORIGIN).sign(&[&signer()]).unwrap();
    let checkpoint = StoredCheckpoint { size: tail.seq(), note };
    writing
        .append(&Append { sealed: &sealed, checkpoint: Some(&checkpoint), ..Append::default() })
        .unwrap();
    append(&mut writing, (100..=510).map(|n| put(n, if n <= 333 { 3 } else { 2 })).collect());
    writing.commit().unwrap();
    assert_eq!(fault(&store), None);
    assert_eq!(store.seq(ORGANIZATION).unwrap(), 336);
    let pointers = store.snapshot().unwrap().pointers(ORGANIZATION).unwrap();
    assert_eq!(pointers.len(), 1235);
    assert_eq!(pointers.iter().map(|it| u64::from(it.version)).sum::<u64>(), 1235 + 333 + 411);
}

fn leaves_no_trace_when_dropped(place: &Place) {
    let store = place.store();
    commit(&store, vec![begin()]);
    let before = store.tail(ORGANIZATION).unwrap();
    let mut writing = store.begin(ORGANIZATION).unwrap();
    append(&mut writing, vec![put(1, 1)]);
    assert_eq!(writing.ledger().seq, 2);
    assert_eq!(writing.revisions(ORGANIZATION, id(1)).unwrap().len(), 1);
    drop(writing);
    assert_eq!(store.tail(ORGANIZATION).unwrap(), before);
    let reading = place.again();
    let reading = reading.snapshot().unwrap();
    assert_eq!(reading.revisions(ORGANIZATION, id(1)).unwrap(), []);
    assert_eq!(reading.entry(ORGANIZATION, 2).unwrap(), None);
    assert_eq!(commit(&store, vec![put(1, 1)]), 2);
}

fn refuses_what_does_not_follow(place: &Place) {
    let store = place.store();
    let mut tail = store.tail(ORGANIZATION).unwrap().tail().unwrap();
    let first = seal(&mut tail, None, vec![begin()]);
    let second = seal(&mut tail, None, vec![put(1, 1)]);
    let refused = |sealed: &[Sealed]| {
        let mut writing = store.begin(ORGANIZATION).unwrap();
        writing.append(&Append { sealed, ..Append::default() }).unwrap_err()
    };
    assert!(matches!(
        refused(std::slice::from_ref(&second)),
        Error::Position { tail: 0, found: 2, .. }
    ));
    assert!(matches!(refused(&[first.clone(), first.clone()]), Error::Position { found: 1, .. }));
    let mut writing = store.begin(ORGANIZATION).unwrap();
    let nothing = [(id(9), vec![1])];
    let append = Append { sealed: &[first], erasures: &nothing, ..Append::default() };
    let refused = writing.append(&append).unwrap_err();
    assert!(refused.to_string().contains("version 1 of record"), "{refused}");
    drop(writing);
    assert_eq!(store.seq(ORGANIZATION).unwrap(), 0);
}

fn replays_a_ledger(place: &Place) {
    let store = place.store();
    commit(&store, vec![begin()]);
    commit(&store, vec![put(1, 1), put(2, 1)]);
    let other_place = Place::sqlite();
    let other = other_place.store();
    let source = store.snapshot().unwrap();
    let mut rows = Vec::new();
    let mut nodes = source.nodes(ORGANIZATION).unwrap();
    source
        .commits(ORGANIZATION, 1, 2, |entry, revisions| {
            rows.push(ledger::seal::Rows { entry, revisions, nodes: std::mem::take(&mut nodes) });
            Ok::<_, Error>(())
        })
        .unwrap();
    let replay = Replay {
        rows: &rows,
        edge: Edge::from_bytes(&source.tail(ORGANIZATION).unwrap().edge).unwrap(),
        editions: &[Edition { record: id(1), version: 1, seq: 2 }],
        checkpoints: &source.checkpoints(ORGANIZATION).unwrap(),
        files: &[],
    };
    let mut writing = other.begin(ORGANIZATION).unwrap();
    writing.replay(&replay).unwrap();
    writing.commit().unwrap();
    assert_eq!(fault(&other), None);
    assert_eq!(other.tail(ORGANIZATION).unwrap(), store.tail(ORGANIZATION).unwrap());
}

fn names_what_was_tampered_with(place: &Place) {
    let found = |sql: &str| {
        let store = place.again();
        place.tamper(sql);
        fault(&store).unwrap_or_default()
    };
    let store = place.store();
    commit(&store, vec![begin()]);
    commit(&store, vec![put(1, 1), put(2, 1)]);
    let file = store.put_file(ORGANIZATION, &mut &b"evidence"[..], 100).unwrap();
    let mut writing = store.begin(ORGANIZATION).unwrap();
    let mut tail = writing.ledger().tail().unwrap();
    let sealed = [seal(&mut tail, None, vec![put(1, 2)])];
    let note = tail.checkpoint(ORIGIN).sign(&[&signer()]).unwrap();
    let checkpoint = StoredCheckpoint { size: 3, note };
    writing
        .append(&Append {
            sealed: &sealed,
            checkpoint: Some(&checkpoint),
            files: &[file],
            ..Append::default()
        })
        .unwrap();
    writing.commit().unwrap();
    assert_eq!(fault(&store), None);
    drop(store);

    let and_back = [
        ("update file set size = size + 1", "expected 9 bytes, found 8", "size - 1"),
        ("update record set version = version + 1", "version", "version - 1"),
        ("update revision set seq = seq + 7 where seq = 3", "expected", "3 where seq = 10"),
        ("update ledger set seq = seq + 1", "", "seq - 1"),
        (
            "update revision set number = -1 where number = 1 and seq = 2",
            "-1",
            "1 where number = -1",
        ),
        ("update entry set count = count + 1", "", "count - 1"),
    ];
    for (sql, expected, back) in and_back {
        let said = found(sql);
        assert!(!said.is_empty() && said.contains(expected), "{sql}: {said}");
        let set = sql.split(" = ").next().unwrap();
        place.tamper(&format!("{set} = {back}"));
        assert_eq!(fault(&place.again()), None, "{sql}");
    }
    assert!(found("update ledger set at = '2030-01-01T00:00:00.000Z'").contains("2030"));
}

#[test]
fn a_batch_can_be_empty() {
    let place = Place::sqlite();
    let store: Store = place.store();
    let mut writing = store.begin(ORGANIZATION).unwrap();
    writing.append(&Append::default()).unwrap();
    let files = [FileStored { sha256: [1; 32], size: 5 }];
    writing.append(&Append { files: &files, ..Append::default() }).unwrap();
    writing.commit().unwrap();
    assert_eq!(store.snapshot().unwrap().files(ORGANIZATION).unwrap(), files);
    let mut writing = store.begin(ORGANIZATION).unwrap();
    writing.append(&Append { files_gone: &[[1; 32]], ..Append::default() }).unwrap();
    writing.commit().unwrap();
    assert_eq!(store.snapshot().unwrap().files(ORGANIZATION).unwrap(), []);
}
