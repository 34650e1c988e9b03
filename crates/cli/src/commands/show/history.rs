//! The versions of a record: what changed, by whom, when and why.

use std::sync::Arc;

use app::version_of;
use domain::diff;
use exchange::Value;
use ledger::{Op, Revision};
use meta::Record;
use serde_json::json;

use crate::{
    output::{Column, Format, Ink, Out, Table},
    place::Desk,
    stop::refused,
};

/// Prints what changed with each version, newest first.
///
/// # Errors
/// When the database fails.
pub fn show(desk: &Desk, record: &Record, out: &mut Out) -> anyhow::Result<()> {
    let revisions = desk.organization.revisions(record.head.id)?;
    let upto = desk.isms().position();
    let revisions: Vec<&Revision> = revisions.iter().filter(|it| it.seq <= upto).collect();
    let columns = vec![Column::cut("field", "").ink(Ink::Dim), Column::wrap("change", "")];
    let mut list = Vec::new();
    for (at, revision) in revisions.iter().enumerate().rev() {
        let commit = desk.organization.commit(revision.seq)?;
        let note = commit.entry.note.map(|it| it.text);
        let now = version_of(record, revision);
        let before = at.checked_sub(1).map(|at| version_of(record, revisions[at]));
        let known = |it: &Arc<Record>| !it.is_erased();
        let changes = match (&before, revision.op) {
            (_, Op::Erase) => Vec::new(),
            (Some(before), _) if !known(before) || !known(&now) => Vec::new(),
            (before, _) => diff::fields(desk.isms(), before.as_deref(), desk.isms(), &now),
        };
        if out.format != Format::Table {
            for it in &changes {
                list.push(json!({
                    "version": revision.version, "entry": revision.seq,
                    "at": commit.at.to_string(), "by": desk.name_of(commit.actor),
                    "why": note, "field": it.label, "before": it.before, "after": it.after,
                }));
            }
            if changes.is_empty() {
                list.push(json!({
                    "version": revision.version, "entry": revision.seq,
                    "at": commit.at.to_string(), "by": desk.name_of(commit.actor),
                    "why": note, "what": what(revision, &now),
                }));
            }
            continue;
        }
        let heading = format!("Version {}", revision.version);
        let who = format!(
            "  {} by {} · entry {}",
            desk.moment(commit.at),
            desk.name_of(commit.actor),
            revision.seq
        );
        out.line(format!("{}{}", out.paint(&heading, Ink::Bold), out.paint(&who, Ink::Dim)));
        if let Some(note) = note {
            out.wrapped(2, &format!("“{note}”"));
        }
        if changes.is_empty() {
            out.line(format!("  {}", what(revision, &now)));
        }
        let mut table = Table::new(columns.clone());
        for it in &changes {
            let change = change(&it.before, &it.after);
            table.row(vec![Value::from_text(format!("  {}", it.label)), Value::from_text(change)]);
        }
        if !changes.is_empty() {
            out.table(&table);
        }
        out.gap();
    }
    match out.format {
        Format::Table => {}
        Format::Json => out.json(&list.into()),
        _ => csv(&list, out),
    }
    Ok(())
}

/// A record as it was at a version.
///
/// # Errors
/// When there is no such version, or its content was erased.
pub fn version(desk: &Desk, record: &Record, version: u32) -> anyhow::Result<Arc<Record>> {
    let revisions = desk.organization.revisions(record.head.id)?;
    let found = revisions.iter().find(|it| it.version == version).ok_or_else(|| {
        let (name, last) = (record.name(), record.head.version);
        refused(format!("{name} has no version {version}: it has versions 1 to {last}"))
    })?;
    let parsed = version_of(record, found);
    match parsed.is_erased() {
        true => Err(refused(format!("version {version} of {} was erased", record.name()))),
        false => Ok(parsed),
    }
}

/// Before and after in words.
pub fn change(before: &str, after: &str) -> String {
    match (before, after) {
        ("", after) => after.to_owned(),
        (before, "") => format!("{before} → (nothing)"),
        (before, after) => format!("{before} → {after}"),
    }
}

fn what(revision: &Revision, now: &Record) -> &'static str {
    match revision.op {
        Op::Erase => "contents were erased",
        Op::Withdraw => "withdrawn",
        Op::Put if now.is_erased() => "its content was erased later",
        Op::Put => "saved without a change of its fields",
    }
}

fn csv(list: &[serde_json::Value], out: &mut Out) {
    let names = ["version", "entry", "at", "by", "why", "field", "before", "after", "what"];
    let mut table = Table::new(names.iter().map(|it| Column::cut(it, it)).collect());
    for row in list {
        let cell = |name: &&str| match row.get(name) {
            Some(serde_json::Value::String(text)) => Value::from_text(text),
            Some(serde_json::Value::Null) | None => Value::Empty,
            Some(other) => Value::from_text(other.to_string()),
        };
        table.row(names.iter().map(cell).collect());
    }
    out.table(&table);
}
