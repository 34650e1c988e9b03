//! The hashed JSON, letter by letter: it can never change.

use ledger::canonical::{parse, write};
use ledger::line::{change_line, leaf_line};
use ledger::{Entry, Op, Revision};
use serde_json::json;

use crate::fixture::{organization, record};

#[test]
fn a_change_line_is_this_text() {
    let revision = Revision {
        seq: 7,
        record: record(3),
        kind: "risk".to_owned(),
        number: 3,
        version: 2,
        op: Op::Withdraw,
        stage: "a \"stage\"".to_owned(),
        provenance: "person".to_owned(),
        body_version: 4,
        hash: [0xab; 32],
        content: None,
    };
    let line = change_line(&revision);
    assert_eq!(
        line,
        "{\"body\":\"q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\",\"body_version\":4,\
         \"kind\":\"risk\",\"number\":3,\"op\":\"withdraw\",\"provenance\":\"person\",\
         \"record\":\"01930000-0000-7000-8000-000000000003\",\"stage\":\"a \\\"stage\\\"\",\
         \"v\":1,\"version\":2}"
    );
    assert_eq!(write(&parse(&line).unwrap()).unwrap(), line);
}

#[test]
fn a_leaf_is_this_text() {
    let mut entry = Entry {
        seq: 7,
        at: "2026-11-22T10:00:00.000Z".to_owned(),
        actor: "system".to_owned(),
        via: "job".to_owned(),
        note_hash: Some([0xab; 32]),
        note: None,
        count: 2,
        root: [0xcd; 32],
    };
    let leaf = leaf_line(organization(), &entry);
    assert_eq!(
        leaf,
        "{\"actor\":\"system\",\"at\":\"2026-11-22T10:00:00.000Z\",\"changes\":{\"count\":2,\
         \"root\":\"zc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc0=\"},\
         \"note\":\"q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\",\
         \"organization\":\"01920000-0000-7000-8000-000000000001\",\"seq\":7,\"v\":1,\"via\":\"job\"}"
    );
    assert_eq!(write(&parse(&leaf).unwrap()).unwrap(), leaf);
    entry.note_hash = None;
    let leaf = parse(&leaf_line(organization(), &entry)).unwrap();
    assert_eq!(leaf.get("note"), None);
    assert_eq!(leaf["changes"], json!({"count": 2, "root": ledger::hash::encode(&entry.root)}));
}

#[test]
fn operations_have_one_word_each() {
    for op in [Op::Put, Op::Withdraw, Op::Erase] {
        assert_eq!(Op::parse(op.as_str()), Some(op));
    }
    assert_eq!(Op::parse("delete"), None);
}
