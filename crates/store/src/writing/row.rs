//! Where rows of the ledger go, and their values.

use ledger::{Entry, Op, Revision, Salted};

use crate::db::{Conflict, Insert, Value};

pub(super) const ENTRIES: Insert<10> = Insert {
    table: "entry",
    columns: [
        "organization",
        "seq",
        "at",
        "actor",
        "via",
        "count",
        "root",
        "note_hash",
        "note_salt",
        "note",
    ],
    conflict: Conflict::Fail,
};

pub(super) const REVISIONS: Insert<13> = Insert {
    table: "revision",
    columns: [
        "organization",
        "record",
        "version",
        "seq",
        "number",
        "body_version",
        "kind",
        "op",
        "stage",
        "provenance",
        "hash",
        "salt",
        "content",
    ],
    conflict: Conflict::Fail,
};

pub(super) const NEW_RECORDS: Insert<6> = Insert {
    table: "record",
    columns: ["organization", "id", "kind", "number", "version", "seq"],
    conflict: Conflict::Fail,
};

pub(super) const RECORDS: Insert<6> = Insert {
    conflict: Conflict::Replace { key: "organization, id", set: &["version", "seq"] },
    ..NEW_RECORDS
};

pub(super) const NODES: Insert<4> = Insert {
    table: "node",
    columns: ["organization", "level", "place", "hash"],
    conflict: Conflict::Fail,
};

pub(super) const EDITIONS: Insert<4> = Insert {
    table: "edition",
    columns: ["organization", "record", "version", "seq"],
    conflict: Conflict::Keep,
};

pub(super) const CHECKPOINTS: Insert<3> = Insert {
    table: "checkpoint",
    columns: ["organization", "size", "note"],
    conflict: Conflict::Replace { key: "organization, size", set: &["note"] },
};

pub(super) const FILES: Insert<3> =
    Insert { table: "file", columns: ["organization", "sha256", "size"], conflict: Conflict::Keep };

pub(super) fn entry_row<'a>(id: Value<'a>, entry: &'a Entry) -> [Value<'a>; 10] {
    [
        id,
        entry.seq.into(),
        entry.at.as_str().into(),
        entry.actor.as_str().into(),
        entry.via.as_str().into(),
        entry.count.into(),
        (&entry.root).into(),
        entry.note_hash.as_ref().into(),
        salt(entry.note.as_ref()),
        text(entry.note.as_ref()),
    ]
}

pub(super) fn revision_row<'a>(id: Value<'a>, revision: &'a Revision) -> [Value<'a>; 13] {
    [
        id,
        (&revision.record).into(),
        revision.version.into(),
        revision.seq.into(),
        revision.number.into(),
        revision.body_version.into(),
        revision.kind.as_str().into(),
        op_text(revision.op).into(),
        revision.stage.as_str().into(),
        revision.provenance.as_str().into(),
        (&revision.hash).into(),
        salt(revision.content.as_ref()),
        text(revision.content.as_ref()),
    ]
}

pub(super) fn record_row<'a>(id: Value<'a>, newest: &'a Revision) -> [Value<'a>; 6] {
    [
        id,
        (&newest.record).into(),
        newest.kind.as_str().into(),
        newest.number.into(),
        newest.version.into(),
        newest.seq.into(),
    ]
}

fn salt(salted: Option<&Salted>) -> Value<'_> {
    salted.map(|it| &it.salt).into()
}

fn text(salted: Option<&Salted>) -> Value<'_> {
    salted.map(|it| it.text.as_str()).into()
}

fn op_text(op: Op) -> &'static str {
    match op {
        Op::Put => "put",
        Op::Withdraw => "withdraw",
        Op::Erase => "erase",
    }
}
