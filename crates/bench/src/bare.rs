//! The same rows written by bare prepared statements: what the program is compared with.

use std::{path::Path, time::Instant};

use anyhow::Result;
use ledger::{Edge, Entry, Node, Op, Revision, StoredCheckpoint};
use meta::Id;
use rusqlite::{Connection, params};
use store::{
    Store,
    db::{self, Conflict, Insert, Value},
};

/// What the program wrote in one transaction.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    entries: Vec<Entry>,
    revisions: Vec<Revision>,
    nodes: Vec<Node>,
    checkpoint: Option<StoredCheckpoint>,
    edge: Vec<u8>,
}

impl Batch {
    /// How many commits it holds.
    pub fn commits(&self) -> usize {
        self.entries.len()
    }

    /// How many rows it inserts.
    pub fn rows(&self) -> usize {
        self.entries.len() + 2 * self.revisions.len() + self.nodes.len() + 1
    }
}

/// What the program wrote after a position, transaction by transaction: each ends with a
/// checkpoint. `edge` is that of the tree at that position.
///
/// # Errors
/// When the database fails.
pub fn batches(store: &Store, organization: Id, after: u64, edge: &[u8]) -> Result<Vec<Batch>> {
    let reading = store.snapshot()?;
    let leaves = reading.nodes(organization)?;
    let mut ends = reading.checkpoints(organization)?.into_iter().filter(|it| it.size > after);
    let mut end = ends.next();
    let mut edge = if edge.is_empty() { Edge::default() } else { Edge::from_bytes(edge)? };
    let (mut batches, mut open) = (Vec::new(), Batch::default());
    reading.commits(organization, after + 1, u64::MAX, |entry, revisions| {
        // Nodes come by level and place: the leaves first.
        let hash = leaves.get(entry.seq as usize - 1).map_or([0; 32], |it| it.hash);
        edge.append(hash, &mut open.nodes);
        let seq = entry.seq;
        open.entries.push(entry);
        open.revisions.extend(revisions);
        if end.as_ref().is_some_and(|it| it.size == seq) {
            let batch = Batch {
                checkpoint: end.take(),
                edge: edge.to_bytes(),
                ..std::mem::take(&mut open)
            };
            batches.push(batch);
            end = ends.next();
        }
        Ok::<_, store::Error>(())
    })?;
    Ok(batches)
}

/// Writes the batches into an SQLite database that ends where they begin, durably one after the
/// other, with the settings the program has; the seconds it took.
///
/// # Errors
/// When the database fails.
pub fn sqlite(file: &Path, organization: Id, batches: &[Batch]) -> Result<f64> {
    let connection = Connection::open(file)?;
    connection.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
         pragma secure_delete = on; pragma trusted_schema = off; pragma cache_size = -16384;
         pragma journal_size_limit = 67108864;",
    )?;
    let mut entry = connection.prepare(
        "insert into entry (organization, seq, at, actor, via, count, root, note_hash, note_salt, \
         note) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    let mut revision = connection.prepare(
        "insert into revision (organization, record, version, seq, number, body_version, kind, \
         op, stage, provenance, hash, salt, content) \
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    let mut record = connection.prepare(
        "insert into record (organization, id, kind, number, version, seq) \
         values (?, ?, ?, ?, ?, ?)",
    )?;
    let mut newer = connection.prepare(
        "insert into record (organization, id, kind, number, version, seq) \
         values (?, ?, ?, ?, ?, ?) on conflict (organization, id) \
         do update set version = excluded.version, seq = excluded.seq",
    )?;
    let mut node = connection
        .prepare("insert into node (organization, level, place, hash) values (?, ?, ?, ?)")?;
    let mut checkpoint =
        connection.prepare("insert into checkpoint (organization, size, note) values (?, ?, ?)")?;
    let mut ledger =
        connection.prepare("update ledger set seq = ?, at = ?, edge = ? where organization = ?")?;
    let id = organization.as_bytes();
    let start = Instant::now();
    for batch in batches {
        connection.execute_batch("begin immediate")?;
        for it in &batch.entries {
            let note = it.note.as_ref();
            entry.execute(params![
                id,
                it.seq as i64,
                it.at,
                it.actor,
                it.via,
                it.count,
                it.root,
                it.note_hash,
                note.map(|it| it.salt),
                note.map(|it| &it.text),
            ])?;
        }
        for it in &batch.revisions {
            let content = it.content.as_ref();
            revision.execute(params![
                id,
                it.record.as_bytes(),
                it.version,
                it.seq as i64,
                it.number,
                it.body_version,
                it.kind,
                operation(it.op),
                it.stage,
                it.provenance,
                it.hash,
                content.map(|it| it.salt),
                content.map(|it| &it.text),
            ])?;
        }
        for it in &batch.revisions {
            let statement = if it.version == 1 { &mut record } else { &mut newer };
            let key = it.record.as_bytes();
            statement.execute(params![id, key, it.kind, it.number, it.version, it.seq as i64])?;
        }
        for it in &batch.nodes {
            node.execute(params![id, it.level, it.index as i64, it.hash])?;
        }
        if let Some(it) = &batch.checkpoint {
            checkpoint.execute(params![id, it.size as i64, it.note])?;
        }
        if let Some(last) = batch.entries.last() {
            ledger.execute(params![last.seq as i64, last.at, batch.edge, id])?;
        }
        connection.execute_batch("commit")?;
    }
    Ok(start.elapsed().as_secs_f64())
}

/// Writes the batches into a PostgreSQL database that ends where they begin, durably one after
/// the other, many rows to a statement; the seconds it took.
///
/// # Errors
/// When the database fails.
pub fn postgres(connection: &db::Connection, organization: Id, batches: &[Batch]) -> Result<f64> {
    const RECORDS: Insert<6> = Insert {
        table: "record",
        columns: ["organization", "id", "kind", "number", "version", "seq"],
        conflict: Conflict::Replace { key: "organization, id", set: &["version", "seq"] },
    };
    let entries = insert([
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
    ]);
    let revisions = insert([
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
    ]);
    let nodes = insert(["organization", "level", "place", "hash"]);
    let id = Value::from(&organization);
    let start = Instant::now();
    for batch in batches {
        connection.begin(db::Mode::Write)?;
        connection.bulk(
            &Insert { table: "entry", ..entries },
            batch.entries.iter().map(|it| {
                let note = it.note.as_ref();
                [
                    id,
                    it.seq.into(),
                    it.at.as_str().into(),
                    it.actor.as_str().into(),
                    it.via.as_str().into(),
                    it.count.into(),
                    (&it.root).into(),
                    it.note_hash.as_ref().into(),
                    note.map(|it| &it.salt).into(),
                    note.map(|it| it.text.as_str()).into(),
                ]
            }),
        )?;
        connection.bulk(
            &Insert { table: "revision", ..revisions },
            batch.revisions.iter().map(|it| {
                let content = it.content.as_ref();
                [
                    id,
                    (&it.record).into(),
                    it.version.into(),
                    it.seq.into(),
                    it.number.into(),
                    it.body_version.into(),
                    it.kind.as_str().into(),
                    operation(it.op).into(),
                    it.stage.as_str().into(),
                    it.provenance.as_str().into(),
                    (&it.hash).into(),
                    content.map(|it| &it.salt).into(),
                    content.map(|it| it.text.as_str()).into(),
                ]
            }),
        )?;
        connection.bulk(
            &RECORDS,
            batch.revisions.iter().map(|it| {
                let (kind, key) = (it.kind.as_str().into(), (&it.record).into());
                [id, key, kind, it.number.into(), it.version.into(), it.seq.into()]
            }),
        )?;
        connection.bulk(
            &Insert { table: "node", ..nodes },
            batch
                .nodes
                .iter()
                .map(|it| [id, u32::from(it.level).into(), it.index.into(), (&it.hash).into()]),
        )?;
        if let Some(it) = &batch.checkpoint {
            let sql = "insert into checkpoint (organization, size, note) values ($1, $2, $3)";
            connection.execute(sql, &[id, it.size.into(), it.note.as_str().into()])?;
        }
        if let Some(last) = batch.entries.last() {
            let sql = "update ledger set seq = $1, at = $2, edge = $3 where organization = $4";
            let edge = batch.edge.as_slice().into();
            connection.execute(sql, &[last.seq.into(), last.at.as_str().into(), edge, id])?;
        }
        connection.commit(0)?;
    }
    Ok(start.elapsed().as_secs_f64())
}

fn insert<const N: usize>(columns: [&'static str; N]) -> Insert<N> {
    Insert { table: "", columns, conflict: Conflict::Fail }
}

fn operation(op: Op) -> &'static str {
    match op {
        Op::Put => "put",
        Op::Withdraw => "withdraw",
        Op::Erase => "erase",
    }
}
