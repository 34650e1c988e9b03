//! The three-way merge of one record: as it was written, as the file says, as it is now.

use std::collections::BTreeSet;

use meta::{KindDef, Record};
use serde_json::Value;

use super::file::{self, Contents};
use crate::export::{
    Conflict, Fault,
    said::{self, Delta, Part, in_words},
    value::Resolve,
};

/// The names by which the three sides' links are found.
pub(super) struct Sides<'a> {
    /// As the folder was written.
    pub(super) base: Resolve<'a>,
    /// As it is now.
    pub(super) now: Resolve<'a>,
    /// In the folder: as it was written, else as it is now, else among its new files.
    pub(super) folder: Resolve<'a>,
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// What the folder changes.
    pub(super) deltas: Vec<Delta>,
    /// What both changed differently.
    pub(super) conflicts: Vec<Conflict>,
    /// What cannot be read.
    pub(super) faults: Vec<Fault>,
}

/// Merges what the folder says. Every side is what its file says: `now` is the record's file as it
/// would be written now, or `None` when it has not changed since the folder was written.
pub(super) fn merge(
    path: &str,
    record: &Record,
    base: &Contents,
    folder: &Contents,
    now: Option<&Contents>,
    sides: &Sides<'_>,
) -> Merged {
    let def = record.def();
    let mut merged = Merged::default();
    let parts: BTreeSet<&Part> = base.said.keys().chain(folder.said.keys()).collect();
    for part in parts {
        let (was, says) = (value(base, part), value(folder, part));
        let fault = |err: String| {
            let place = folder.said.get(part).map(|it| file::at(path, it.line));
            let place = place.unwrap_or_else(|| path.to_owned());
            Fault::at(place, format!("`{}`: {err}", part.label(def)))
        };
        let delta = match said::delta((&was, sides.base), (&says, sides.folder), def, part) {
            Ok(Some(delta)) => delta,
            Ok(None) => continue,
            Err(err) => {
                merged.faults.push(fault(err));
                continue;
            }
        };
        let Some(now) = now else {
            merged.deltas.push(delta);
            continue;
        };
        let is = value(now, part);
        match meets((&was, &is), &delta, def, part, sides) {
            Meets::Alone => merged.deltas.push(delta),
            Meets::Same => {}
            Meets::Conflict => merged.conflicts.push(Conflict {
                place: path.to_owned(),
                record: record.name(),
                field: part.label(def),
                before: in_words(&was),
                theirs: in_words(&says),
                ours: in_words(&is),
            }),
        }
    }
    merged
}

/// What a change of the folder meets in the ledger.
enum Meets {
    /// Nothing: only the folder changed this.
    Alone,
    /// The same change.
    Same,
    /// Another change.
    Conflict,
}

fn meets(
    (was, is): (&Value, &Value),
    delta: &Delta,
    def: &KindDef,
    part: &Part,
    sides: &Sides<'_>,
) -> Meets {
    let (before, after) = (part.read(sides.base, def, was), part.read(sides.now, def, is));
    if after.as_ref().is_ok_and(|it| *it == delta.value) {
        return Meets::Same;
    }
    match was == is || before.is_ok() && before == after {
        true => Meets::Alone,
        false => Meets::Conflict,
    }
}

fn value(contents: &Contents, part: &Part) -> Value {
    contents.said.get(part).map(|it| it.value.clone()).unwrap_or_default()
}
