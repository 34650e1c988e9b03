//! Two records become one.

use kinds::{Kind, approval::Approval, person::Person, role::Role};
use meta::{Id, Link, Record};
use serde_json::{Map, Value};

use super::draft::{Content, Draft};
use crate::Refusal;

/// Repoints every link from `dropped` to `kept`, fills what `kept` lacks from `dropped`, keeps its
/// name as another name where the kind has such a field, and withdraws it.
pub(super) fn merge(draft: &mut Draft<'_, '_>, kept: Id, dropped: Id) -> Result<(), Refusal> {
    let (keep, drop) = (draft.seen(kept, None)?, draft.seen(dropped, None)?);
    let refuse = |why| Err(Refusal::CannotMerge { kept: keep.name(), dropped: drop.name(), why });
    if let Some(why) = unmergeable(keep, drop) {
        return refuse(why);
    }
    let united = match keep.def().id == drop.def().id {
        true => unite(keep, drop),
        false => Content::of(keep),
    };
    let mut gone = Content::of(drop);
    gone.shape.withdrawn = true;
    let sources: Vec<Id> = draft.work.links_to(dropped).map(|it| it.source).collect();
    draft.write(united)?;
    for source in sources {
        let record = draft.any(source)?;
        if source == dropped || record.is_erased() || record.def().id == "approval" {
            continue;
        }
        let mut content = Content::of(record);
        content.body.values_mut().for_each(|it| repoint(it, dropped, kept));
        draft.write(content)?;
    }
    draft.write(gone)
}

/// Why two records can never become one, whoever asks; `None` where they may.
pub fn unmergeable(keep: &Record, drop: &Record) -> Option<&'static str> {
    let kinds = [keep.def().id, drop.def().id];
    if keep.head.id == drop.head.id {
        return Some("they are the same record");
    }
    if kinds.contains(&ledger::EVENT_KIND) || kinds.contains(&Approval::ID) {
        return Some("acts and events stay as they were recorded");
    }
    match kinds {
        [one, other] if one == other => None,
        // A cell of a sheet may have named a person where a role was expected, and the other way
        // around.
        [Person::ID, Role::ID] | [Role::ID, Person::ID] if is_bare(drop) => None,
        [Person::ID, Role::ID] => Some(
            "it is a role and says more than a name: let it be, and put the person under `Held by` \
             of the role",
        ),
        [Role::ID, Person::ID] => Some(
            "it is a person and more is known than the name: let the person be, and put them under \
             `Held by` of the role",
        ),
        _ => Some("they are of different kinds"),
    }
}

/// Whether nothing is known of a record but what it is called.
fn is_bare(record: &Record) -> bool {
    let Value::Object(body) = record.body.json() else { return false };
    let title = record.def().fields[0].name;
    let is_empty = |it: &Value| it.is_null() || it.as_array().is_some_and(Vec::is_empty);
    body.iter().all(|(name, value)| name == title || is_empty(value))
}

fn unite(keep: &Record, drop: &Record) -> Content {
    let mut content = Content::of(keep);
    let other = Content::of(drop);
    for (name, value) in other.body {
        match (content.body.get_mut(&name), value) {
            (Some(Value::Array(mine)), Value::Array(theirs)) => {
                for it in theirs {
                    if !mine.contains(&it) {
                        mine.push(it);
                    }
                }
            }
            (None | Some(Value::Null), value) => drop_null(&mut content.body, name, value),
            _ => {}
        }
    }
    if content.shape.def.field("also_known").is_some() && drop.title() != keep.title() {
        let names = content.body.entry("also_known").or_insert_with(|| Value::Array(Vec::new()));
        if names.is_null() {
            *names = Value::Array(Vec::new());
        }
        let title = Value::from(drop.title());
        if let Some(names) = names.as_array_mut().filter(|it| !it.contains(&title)) {
            names.push(title);
        }
    }
    if let Some(theirs) = other.extras {
        let mut mine = content.extras.take().unwrap_or_default();
        mine.imported.extend(theirs.imported);
        mine.tags.extend(
            theirs.tags.into_iter().filter(|it| !mine.tags.contains(it)).collect::<Vec<_>>(),
        );
        mine.columns = theirs.columns.iter().chain(&mine.columns).collect();
        content.extras = Some(mine);
    }
    let (id, own) = (drop.head.id, keep.head.id);
    content.body.values_mut().for_each(|it| repoint(it, id, own));
    let is_self = |it: &Value| {
        it.as_str().and_then(|it| it.parse::<Link>().ok()).is_some_and(|it| it.id == own)
    };
    // What the two said of each other (who reports to whom, what is part of what) says nothing now.
    content.body.retain(|_, it| !is_self(it));
    content
        .body
        .values_mut()
        .filter_map(Value::as_array_mut)
        .for_each(|it| it.retain(|it| !is_self(it)));
    content
}

fn drop_null(body: &mut Map<String, Value>, name: String, value: Value) {
    if !value.is_null() {
        body.insert(name, value);
    }
}

fn repoint(value: &mut Value, from: Id, to: Id) {
    match value {
        Value::String(text) if text.parse::<Link>().is_ok_and(|it| it.id == from) => {
            *text = to.to_string();
        }
        Value::Array(list) => {
            list.iter_mut().for_each(|it| repoint(it, from, to));
            let mut seen = Vec::new();
            list.retain(|it| {
                let fresh = !it.is_string() || !seen.contains(it);
                seen.push(it.clone());
                fresh
            });
        }
        Value::Object(map) => map.values_mut().for_each(|it| repoint(it, from, to)),
        _ => {}
    }
}
