//! Several threads and processes on one database.

use std::process::Command;
use std::time::Duration;

use store::{Error, Store};

use crate::commit::{append, begin, commit, fault, id, put};
use crate::place::{ORGANIZATION, Place};

on_both!(
    sees_what_others_commit,
    loses_nothing_between_threads,
    loses_nothing_between_processes,
    reads_beside_an_open_write,
    copies_while_reading,
);

const CHILD: &str = "MUNIMENT_TEST_CHILD";

fn sees_what_others_commit(place: &Place) {
    let (one, two) = (place.store(), place.again());
    let watch = two.watch().unwrap();
    assert!(!watch.changed().unwrap());
    commit(&one, vec![begin()]);
    assert!(watch.wait(Duration::from_secs(10)).unwrap());
    assert!(!watch.changed().unwrap());
    assert_eq!(two.seq(ORGANIZATION).unwrap(), 1);
    commit(&two, vec![put(1, 1)]);
    commit(&one, vec![put(2, 1)]);
    let writing = two.begin(ORGANIZATION).unwrap();
    let mut since = Vec::new();
    writing
        .since(1, |entry, revisions| {
            since.push((entry.seq, revisions[0].record));
            Ok::<_, Error>(())
        })
        .unwrap();
    assert_eq!(since, [(2, id(1)), (3, id(2))]);
}

fn loses_nothing_between_threads(place: &Place) {
    let (one, two) = (place.store(), place.again());
    commit(&one, vec![begin()]);
    std::thread::scope(|scope| {
        for (worker, store) in [(1, &one), (2, &one), (3, &two), (4, &two)] {
            scope.spawn(move || write_some(store, worker));
        }
    });
    assert_eq!(one.seq(ORGANIZATION).unwrap(), 1 + 4 * 20);
    assert_eq!(fault(&two), None);
}

fn loses_nothing_between_processes(place: &Place) {
    let store = place.store();
    commit(&store, vec![begin()]);
    let children: Vec<_> = (1..=2)
        .map(|worker| {
            Command::new(std::env::current_exe().unwrap())
                .args(["--ignored", "--exact", "sharing::child"])
                .env(CHILD, format!("{worker} {}", place.url))
                .spawn()
                .unwrap()
        })
        .collect();
    write_some(&store, 3);
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(store.seq(ORGANIZATION).unwrap(), 1 + 3 * 20);
    assert_eq!(fault(&store), None);
}

#[test]
#[ignore = "it is the other process of `loses_nothing_between_processes`"]
fn child() {
    if let Ok(task) = std::env::var(CHILD) {
        let (worker, url) = task.split_once(' ').unwrap();
        write_some(&Store::open(url).unwrap(), worker.parse().unwrap());
    }
}

fn write_some(store: &Store, worker: u32) {
    for round in 0..20 {
        let mut writing = store.begin(ORGANIZATION).unwrap();
        append(&mut writing, vec![put(worker * 1000 + round, 1)]);
        writing.commit().unwrap();
    }
}

fn reads_beside_an_open_write(place: &Place) {
    let store = place.store();
    commit(&store, vec![begin()]);
    let mut writing = store.begin(ORGANIZATION).unwrap();
    append(&mut writing, vec![put(1, 1)]);
    assert_eq!(store.seq(ORGANIZATION).unwrap(), 1);
    assert_eq!(place.again().tail(ORGANIZATION).unwrap().seq, 1);
    writing.commit().unwrap();
    assert_eq!(store.seq(ORGANIZATION).unwrap(), 2);
}

/// A row is handed on where another connection may be used.
fn copies_while_reading(place: &Place) {
    let store = place.store();
    commit(&store, (1..=400).map(|number| put(number, 1)).collect());
    let (mut seen, other) = (0, place.again());
    store
        .snapshot()
        .unwrap()
        .load(ORGANIZATION, None, |_| {
            seen += 1;
            if seen % 100 == 0 {
                commit(&other, vec![put(1000 + seen, 1)]);
            }
            Ok::<_, Error>(())
        })
        .unwrap();
    assert_eq!((seen, store.seq(ORGANIZATION).unwrap()), (400, 5));
}
