//! What commits did is told without reading what they hold.

use ledger::Op;

use crate::commit::{begin, commit, content, id, line, put};
use crate::place::{ORGANIZATION, Place};

on_both!(commits_are_outlined_and_read_in_parts);

fn commits_are_outlined_and_read_in_parts(place: &Place) {
    let store = place.store();
    commit(&store, vec![begin()]);
    let made = commit(&store, vec![put(1, 1), put(2, 1), put(3, 1)]);
    let withdrawn = commit(&store, vec![line(1, 2, Op::Withdraw, &content(1, 2)), put(2, 2)]);
    let reading = store.snapshot().unwrap();
    let entries = reading.entries(ORGANIZATION, made, withdrawn).unwrap();
    assert_eq!(entries.iter().map(|it| (it.seq, it.count)).collect::<Vec<_>>(), [(2, 3), (3, 2)]);
    let tallies = reading.tallies(ORGANIZATION, made, withdrawn).unwrap();
    let told: Vec<_> =
        tallies.iter().map(|it| (it.seq, it.count, it.made, it.withdrawn, it.erased)).collect();
    assert_eq!(told, [(2, 3, 3, 0, 0), (3, 2, 0, 1, 0)]);
    assert_eq!(tallies.iter().map(|it| it.number).min(), Some(1));
    let first = reading.lines(ORGANIZATION, made, 0, 2).unwrap();
    let rest = reading.lines(ORGANIZATION, made, 2, 2).unwrap();
    let records: Vec<_> = first.iter().chain(&rest).map(|it| it.record).collect();
    assert_eq!(records, [id(1), id(2), id(3)]);
    assert!(reading.tallies(ORGANIZATION, 9, 12).unwrap().is_empty());
}
