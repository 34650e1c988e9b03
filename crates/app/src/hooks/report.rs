//! What a hook is told of a commit: which records changed, in which fields, and where to ask.

use std::collections::BTreeSet;

use domain::{
    View,
    access::{Access, Sight},
};
use ledger::{Op, Revision};
use meta::{Id, Record};
use serde_json::{Map, Value, json};

use crate::{Commit, Error, Organization};

/// A report names at most so many records.
const NAMED: usize = 500;

/// What a hook is told of a commit; `None` when there is nothing that it is told of.
pub(super) fn of_commit(
    organization: &Organization,
    commit: &Commit,
    origin: &str,
    kinds: &[String],
    person: Id,
) -> Result<Option<Value>, Error> {
    let isms = organization.current()?;
    let day = organization.today(&isms);
    let access = Access::of(&isms, person, day);
    let sight = Sight::new(View::new(&isms, day), &access);
    let told = |it: &&Revision| {
        (kinds.is_empty() || kinds.contains(&it.kind))
            && isms.get(it.record).is_some_and(|record| sight.sees(record))
    };
    let found: Vec<&Revision> = commit.revisions.iter().filter(told).collect();
    if found.is_empty() {
        return Ok(None);
    }
    let mut records = Vec::new();
    for revision in found.iter().take(NAMED) {
        let Some(record) = isms.get(revision.record) else { continue };
        records.push(line(organization, origin, record, revision)?);
    }
    let by = commit.actor.and_then(|it| sight.get(it));
    Ok(Some(json!({
        "event": "commit",
        "organization": organization.slug(),
        "position": commit.entry.seq,
        "at": commit.entry.at,
        "by": by.map(|it| json!({"id": it.head.id, "ref": it.name()})),
        "via": commit.entry.via,
        "records": records,
        "more": found.len().saturating_sub(NAMED),
    })))
}

fn line(
    organization: &Organization,
    origin: &str,
    record: &Record,
    revision: &Revision,
) -> Result<Value, Error> {
    let (slug, kind, number) = (organization.slug(), record.def().id, record.head.number);
    Ok(json!({
        "id": record.head.id,
        "ref": record.name(),
        "kind": kind,
        "action": action(revision),
        "version": revision.version,
        "stage": revision.stage,
        "fields": changed(organization, revision)?,
        "url": format!("{origin}/api/v1/o/{slug}/{kind}/{number}"),
        "page": format!("{origin}/o/{slug}/{kind}/{number}"),
    }))
}

fn action(revision: &Revision) -> &'static str {
    match (revision.op, revision.version) {
        (Op::Put, 1) => "made",
        (Op::Put, _) => "changed",
        (Op::Withdraw, _) => "withdrawn",
        (Op::Erase, _) => "erased",
    }
}

/// The names of the fields that are not as they were in the version before.
fn changed(organization: &Organization, revision: &Revision) -> Result<Vec<String>, Error> {
    if revision.op == Op::Erase {
        return Ok(Vec::new());
    }
    let before = match revision.version {
        1 => Map::new(),
        _ => {
            let mut all = organization.revisions(revision.record)?.into_iter();
            all.rfind(|it| it.version < revision.version && it.content.is_some())
                .map(|it| body(&it))
                .unwrap_or_default()
        }
    };
    let after = body(revision);
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differs = names.into_iter().filter(|it| before.get(*it) != after.get(*it));
    Ok(differs.cloned().collect())
}

fn body(revision: &Revision) -> Map<String, Value> {
    let text = revision.content.as_ref().map_or("", |it| it.text.as_str());
    let content: Value = serde_json::from_str(text).unwrap_or_default();
    content.get("body").and_then(Value::as_object).cloned().unwrap_or_default()
}
