//! Rows of the ledger's tables, read.

use ledger::{Entry, Op, Revision, Salted};

use super::Loaded;
use crate::db::Row;
use crate::{Error, Ledger};

pub(super) const LEDGER: &str = "organization, slug, origin, seq, at, edge";
pub(super) const ENTRY: &str = "seq, at, actor, via, count, root, note_hash, note_salt, note";
pub(super) const REVISION: &str = "record, version, seq, number, body_version, kind, op, stage, provenance, \
                        hash, content, salt";
pub(super) const CONTENT: &str = "r.record, r.version, r.seq, r.number, r.body_version, r.kind, r.op, \
                       r.stage, r.provenance, r.hash, r.content";

pub(super) fn read_op(row: &Row<'_>, column: usize) -> Result<Op, Error> {
    match row.text(column)? {
        "put" => Ok(Op::Put),
        "withdraw" => Ok(Op::Withdraw),
        "erase" => Ok(Op::Erase),
        _ => Err(row.corrupt(column, "`put`, `withdraw` or `erase`")),
    }
}

pub(super) fn read_ledger(row: &Row<'_>) -> Result<Ledger, Error> {
    Ok(Ledger {
        organization: row.uuid(0)?,
        slug: row.text(1)?.to_owned(),
        origin: row.text(2)?.to_owned(),
        seq: row.count(3)?,
        at: row.text(4)?.to_owned(),
        edge: row.bytes(5)?.to_owned(),
    })
}

pub(super) fn read_entry(row: &Row<'_>) -> Result<Entry, Error> {
    Ok(Entry {
        seq: row.count(0)?,
        at: row.text(1)?.to_owned(),
        actor: row.text(2)?.to_owned(),
        via: row.text(3)?.to_owned(),
        count: row.count(4)?,
        root: row.hash(5)?,
        note_hash: row.hash_if_any(6)?,
        note: read_salted(row, 7, 8)?,
    })
}

pub(super) fn read_revision(row: &Row<'_>) -> Result<Revision, Error> {
    Ok(Revision {
        record: row.uuid(0)?,
        version: row.count(1)?,
        seq: row.count(2)?,
        number: row.count(3)?,
        body_version: row.count(4)?,
        kind: row.text(5)?.to_owned(),
        op: read_op(row, 6)?,
        stage: row.text(7)?.to_owned(),
        provenance: row.text(8)?.to_owned(),
        hash: row.hash(9)?,
        content: read_salted(row, 11, 10)?,
    })
}

pub(super) fn read_loaded<'r>(row: &'r Row<'_>) -> Result<Loaded<'r>, Error> {
    let version = row.count(1)?;
    Ok(Loaded {
        record: row.uuid(0)?,
        kind: row.text(5)?,
        number: row.count(3)?,
        version,
        seq: row.count(2)?,
        made: None,
        stage: row.text(7)?,
        withdrawn: read_op(row, 6)? == Op::Withdraw,
        content_version: version,
        provenance: row.text(8)?,
        body_version: row.count(4)?,
        hash: row.hash(9)?,
        content: row.text_if_any(10)?,
    })
}

fn read_salted(row: &Row<'_>, salt: usize, text: usize) -> Result<Option<Salted>, Error> {
    match (row.salt_if_any(salt)?, row.text_if_any(text)?) {
        (Some(salt), Some(text)) => Ok(Some(Salted { salt, text: text.to_owned() })),
        (None, None) => Ok(None),
        (None, Some(_)) => Err(row.corrupt(salt, "the salt of a text")),
        (Some(_), None) => Err(row.corrupt(text, "the text of a salt")),
    }
}
