//! Loading now and as of a position, history, editions, snapshots.

use ledger::Op;
use store::{Append, Edition, Error, Store};

use crate::commit::{append_with, begin, commit, content, id, line, put};
use crate::place::{ORGANIZATION, Place};

on_both!(
    loads_now_and_as_of,
    reads_history_in_windows,
    reads_editions,
    keeps_a_snapshot,
    finds_a_position_by_time,
    stops_when_told,
);

/// `RISK-n version(content version) stage content`, with `-` for erased and `w` for withdrawn.
fn loaded(store: &Store, upto: Option<u64>) -> Vec<String> {
    let mut all = Vec::new();
    store
        .snapshot()
        .unwrap()
        .load(ORGANIZATION, upto, |it| {
            let text = it.content.map_or("-", |text| text.split(' ').nth(1).unwrap_or("?"));
            let content = it.content_version;
            let withdrawn = if it.withdrawn { " w" } else { "" };
            assert_eq!(it.made, Some(if it.number == 3 { 2 } else { 1 }));
            all.push(format!(
                "{}-{} {}({content}) {} of {}: {text}{withdrawn}",
                it.kind, it.number, it.version, it.stage, it.seq
            ));
            Ok::<_, Error>(())
        })
        .unwrap();
    all
}

fn loads_now_and_as_of(place: &Place) {
    let store = place.store();
    commit(&store, vec![put(1, 1), put(2, 1)]);
    commit(&store, vec![put(1, 2), put(3, 1)]);
    commit(&store, vec![line(2, 2, Op::Withdraw, &content(2, 2))]);
    let mut writing = store.begin(ORGANIZATION).unwrap();
    let erasures = [(id(1), vec![1]), (id(2), vec![1, 2])];
    let text = r#"{"body":{"versions":[1,2]}}"#;
    append_with(
        &mut writing,
        None,
        vec![line(1, 3, Op::Erase, text), line(2, 3, Op::Erase, text)],
        Append { erasures: &erasures, ..Append::default() },
    );
    writing.commit().unwrap();
    assert_eq!(
        loaded(&store, None),
        [
            "risk-1 3(2) stage 3 of 4: 1",
            "risk-2 3(2) stage 3 of 4: - w",
            "risk-3 1(1) stage 1 of 2: 3",
        ]
    );
    assert_eq!(loaded(&store, Some(4)), loaded(&store, None));
    assert_eq!(loaded(&store, Some(u64::MAX)), loaded(&store, None));
    assert_eq!(
        loaded(&store, Some(3)),
        [
            "risk-1 2(2) stage 2 of 2: 1",
            "risk-2 2(2) stage 2 of 3: - w",
            "risk-3 1(1) stage 1 of 2: 3",
        ]
    );
    assert_eq!(
        loaded(&store, Some(1)),
        ["risk-1 1(1) stage 1 of 1: -", "risk-2 1(1) stage 1 of 1: -"]
    );
    assert_eq!(loaded(&store, Some(0)), [""; 0]);
}

fn reads_history_in_windows(place: &Place) {
    let store = place.store();
    let mut writing = store.begin(ORGANIZATION).unwrap();
    let mut tail = writing.ledger().tail().unwrap();
    let sealed: Vec<_> = (1..=2100)
        .map(|n| crate::commit::seal(&mut tail, Some("why"), vec![put(n, 1), put(n + 5000, 1)]))
        .collect();
    writing.append(&Append { sealed: &sealed, ..Append::default() }).unwrap();
    writing.commit().unwrap();
    let reading = store.snapshot().unwrap();
    for (from, to) in [(1, 2100), (1, 1000), (7, 2006), (2100, u64::MAX), (5, 4)] {
        let mut next = from;
        reading
            .commits(ORGANIZATION, from, to, |entry, revisions| {
                let expected = &sealed[usize::try_from(next).unwrap() - 1];
                assert_eq!(&entry, expected.entry());
                assert_eq!(revisions, expected.revisions());
                next += 1;
                Ok::<_, Error>(())
            })
            .unwrap();
        assert_eq!(next, to.min(2100).max(from - 1) + 1);
    }
    let history = reading.revisions(ORGANIZATION, id(9)).unwrap();
    assert_eq!(history, sealed[8].revisions()[..1]);
}

fn reads_editions(place: &Place) {
    let store = place.store();
    commit(&store, vec![put(1, 1)]);
    commit(&store, vec![put(1, 2)]);
    let mut writing = store.begin(ORGANIZATION).unwrap();
    let first = [Edition { record: id(1), version: 1, seq: 3 }];
    append_with(
        &mut writing,
        None,
        vec![put(1, 3)],
        Append { editions: &first, ..Append::default() },
    );
    let second = [Edition { record: id(1), version: 3, seq: 4 }];
    append_with(
        &mut writing,
        None,
        vec![put(2, 1)],
        Append { editions: &second, ..Append::default() },
    );
    writing.commit().unwrap();
    let editions = |upto| {
        let mut found = Vec::new();
        let reading = store.snapshot().unwrap();
        reading
            .editions(ORGANIZATION, upto, |edition, loaded| {
                assert_eq!(loaded.content, Some(content(1, edition.version).as_str()));
                found.push(edition);
                Ok::<_, Error>(())
            })
            .unwrap();
        found
    };
    assert_eq!(editions(None), [first[0], second[0]]);
    assert_eq!(editions(Some(3)), first);
    assert_eq!(editions(Some(2)), []);
}

fn keeps_a_snapshot(place: &Place) {
    let store = place.store();
    commit(&store, vec![put(1, 1)]);
    let before = store.snapshot().unwrap();
    commit(&place.again(), vec![put(2, 1)]);
    commit(&store, vec![put(3, 1)]);
    assert_eq!(before.seq(ORGANIZATION).unwrap(), 1);
    assert_eq!(before.pointers(ORGANIZATION).unwrap().len(), 1);
    assert_eq!(store.seq(ORGANIZATION).unwrap(), 3);
    drop(before);
    assert_eq!(store.snapshot().unwrap().pointers(ORGANIZATION).unwrap().len(), 3);
}

fn finds_a_position_by_time(place: &Place) {
    let store = place.store();
    for number in 1..=5 {
        commit(&store, vec![put(number, 1)]);
    }
    let reading = store.snapshot().unwrap();
    let third = reading.entry(ORGANIZATION, 3).unwrap().unwrap().at;
    let found = |at: &str| reading.seq_at(ORGANIZATION, at).unwrap();
    assert_eq!(found(&third), 3);
    assert_eq!(found(&third.replace(".000Z", ".999Z")), 3);
    assert_eq!(found("2000-01-01T00:00:00.000Z"), 0);
    assert_eq!(found("2100-01-01T00:00:00.000Z"), 5);
}

fn stops_when_told(place: &Place) {
    let store = place.store();
    commit(&store, vec![begin()]);
    commit(&store, (1..=600).map(|number| put(number, 1)).collect());
    let reading = store.snapshot().unwrap();
    let mut seen = 0;
    let stopped = reading.load(ORGANIZATION, None, |_| {
        seen += 1;
        if seen == 300 { Err(Error::FileTooLarge { limit: 0 }) } else { Ok(()) }
    });
    assert!(matches!(stopped, Err(Error::FileTooLarge { .. })));
    assert_eq!(reading.pointers(ORGANIZATION).unwrap().len(), 601);
}
