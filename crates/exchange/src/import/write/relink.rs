//! Cells that said nothing when they were imported, read again.

use meta::{FieldType, Record};
use serde_json::Value as Json;

use super::super::{
    RatingPart, Target,
    convert::{self, Converted, Sheet},
};

/// Columns of links whose cell, unchanged since, came to nothing or to a part at the last import,
/// and of a status that the record was not ready for.
pub(super) fn unlinked(
    sheet: &Sheet<'_>,
    record: &Record,
    before: &[&str],
    now: &[&str],
) -> Vec<usize> {
    let Some(extras) = record.head.extras.as_deref() else { return Vec::new() };
    let columns = sheet.outline.columns.iter().enumerate();
    let open = columns.filter(|(at, it)| {
        let waits = match it.target {
            Target::Field(name) => {
                // A row of a table with columns of its own is more than whom it names.
                let parted = |it: &Target| matches!(it, Target::Part(own, _) if *own == name);
                let ty = convert::type_of(sheet.kind, &it.target);
                matches!(ty, Some(FieldType::Link(_) | FieldType::Links(_)))
                    && !sheet.outline.columns.iter().any(|it| parted(&it.target))
            }
            Target::Stage => record.head.stage == 0,
            Target::Rating(_, RatingPart::Likelihood | RatingPart::Consequence(_)) => true,
            _ => false,
        };
        waits
            && !now[*at].is_empty()
            && now[*at] == before[*at]
            && extras.columns.get(&it.header) == Some(now[*at])
    });
    open.map(|(at, _)| at).collect()
}

/// Lets a cell say what it names today, beside what the field links to already.
pub(super) fn relink(
    sheet: &Sheet<'_>,
    record: &Record,
    at: usize,
    text: &str,
    former: &mut Converted,
    row: &mut Converted,
) {
    let column = &sheet.outline.columns[at];
    former.columns.insert(column.header.clone(), text.to_owned());
    let name = match column.target {
        Target::Field(name) | Target::Rating(name, _) => name,
        _ => {
            former.stage = None;
            return;
        }
    };
    let body = record.body.json();
    let ours = body.get(name).filter(|it| !it.is_null()).cloned();
    match (&ours, row.body.get_mut(name)) {
        (Some(Json::Array(ours)), Some(Json::Array(named))) => {
            let new: Vec<Json> =
                named.drain(..).filter(|it| !ours.iter().any(|own| holds(own, it))).collect();
            named.extend(ours.iter().cloned().chain(new));
        }
        (Some(ours), Some(named)) if matches!(column.target, Target::Rating(..)) => {
            *named = completed(ours, named);
        }
        // People chose one meanwhile, or there is nothing new.
        (Some(ours), _) => drop(row.body.insert(name.to_owned(), ours.clone())),
        (None, _) => {}
    }
    match ours {
        Some(ours) => drop(former.body.insert(name.to_owned(), ours)),
        None => drop(former.body.remove(name)),
    }
}

/// Whether a link, or a row of a table, says what another one says.
fn holds(ours: &Json, named: &Json) -> bool {
    match (ours.as_object(), named.as_object()) {
        (Some(ours), Some(named)) => named.iter().all(|(key, it)| ours.get(key) == Some(it)),
        _ => ours == named,
    }
}

/// A rating with the parts of another one that it lacks.
fn completed(ours: &Json, named: &Json) -> Json {
    let mut rating = ours.as_object().cloned().unwrap_or_default();
    if rating.get("likelihood").is_none_or(Json::is_null)
        && let Some(likelihood) = named.get("likelihood")
    {
        rating.insert("likelihood".to_owned(), likelihood.clone());
    }
    let list = |it: Option<&Json>| it.and_then(Json::as_array).cloned().unwrap_or_default();
    let mut all = list(rating.get("consequences"));
    for it in list(named.get("consequences")) {
        if all.iter().all(|own| own.get("criterion") != it.get("criterion")) {
            all.push(it);
        }
    }
    rating.insert("consequences".to_owned(), all.into());
    rating.into()
}
