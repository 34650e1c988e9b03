//! What is erased is gone from the tables and, on SQLite, from the bytes of its files.

use std::fs;

use ledger::Op;
use store::Append;

use crate::commit::{append_with, begin, commit, fault, id, line, put};
use crate::place::{ORGANIZATION, Place};

on_both!(erases_contents_and_reasons);

const SECRET: &str = "Erika-Mustermann-was-here";

fn erases_contents_and_reasons(place: &Place) {
    let store = place.store();
    commit(&store, vec![begin()]);
    let filler = "x".repeat(6000);
    let text = format!(r#"{{"body":{{"title":"{SECRET} {filler} {SECRET}"}}}}"#);
    let mut writing = store.begin(ORGANIZATION).unwrap();
    append_with(
        &mut writing,
        Some(SECRET),
        vec![line(1, 1, Op::Put, &text), put(2, 1)],
        Append::default(),
    );
    writing.commit().unwrap();
    commit(&store, vec![line(1, 2, Op::Put, &format!(r#"{{"body":{{"title":"{SECRET}"}}}}"#))]);
    assert!(place_holds(place, SECRET) || !place.file().exists());

    let mut writing = store.begin(ORGANIZATION).unwrap();
    append_with(
        &mut writing,
        None,
        vec![line(1, 3, Op::Erase, r#"{"body":{"versions":[1,2]}}"#)],
        Append { erasures: &[(id(1), vec![1, 2])], erased_notes: &[2], ..Append::default() },
    );
    writing.commit().unwrap();
    assert!(store.scrub().unwrap());
    let reading = store.snapshot().unwrap();
    let revisions = reading.revisions(ORGANIZATION, id(1)).unwrap();
    let erased: Vec<bool> = revisions.iter().map(|it| it.content.is_none()).collect();
    assert_eq!(erased, [true, true, false]);
    let entry = reading.entry(ORGANIZATION, 2).unwrap().unwrap();
    assert!(entry.note.is_none() && entry.note_hash.is_some());
    drop(reading);
    assert_eq!(fault(&store), None);
    assert!(!place_holds(place, SECRET));
}

/// Whether a text lies in any file of the database's folder.
fn place_holds(place: &Place, text: &str) -> bool {
    fs::read_dir(place.folder()).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        path.is_file()
            && fs::read(path).unwrap().windows(text.len()).any(|window| window == text.as_bytes())
    })
}
