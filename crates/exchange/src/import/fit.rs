//! Whether fields can be a record of their kind; what cannot is taken out, so that one cell never
//! keeps a row, and one row never an import, from being taken.

use std::sync::Arc;

use domain::missing_to_leave;
use meta::{Envelope, Id, KindDef, Need, Provenance, Record};
use serde_json::{Map, Value as Json};

/// Fields that fit their kind.
pub(super) struct Fitted {
    /// Those that fit.
    pub(super) body: Map<String, Json>,
    /// Those taken out, and why.
    pub(super) dropped: Vec<(String, String)>,
    /// The record as it would be.
    pub(super) record: Arc<Record>,
}

/// Takes out what does not fit.
///
/// # Errors
/// When nothing that fits is left to make a record of: why.
pub(super) fn fit(
    kind: &'static KindDef,
    id: Id,
    mut body: Map<String, Json>,
) -> Result<Fitted, String> {
    let mut dropped = Vec::new();
    // Every turn takes a field out, so that there are no more turns than fields.
    for _ in 0..=kind.fields.len() {
        let record = match parse(kind, id, &body) {
            Ok(record) => record,
            Err(reason) => {
                let wrong = body.iter().find_map(|(name, value)| {
                    let alone = Map::from_iter([(name.clone(), value.clone())]);
                    Some((name.clone(), parse(kind, id, &alone).err()?))
                });
                let Some((name, why)) = wrong else { return Err(reason) };
                body.remove(&name);
                dropped.push((name, why));
                continue;
            }
        };
        let problems = record.body.check();
        let Some(problem) = problems.into_iter().find(|it| body.contains_key(&it.field)) else {
            let fields = kind.fields.iter().enumerate();
            let missing: Vec<&str> = fields
                .filter(|(at, it)| it.need == Need::Create && record.body.cell(*at).is_empty())
                .map(|(_, it)| it.label)
                .collect();
            return match missing.as_slice() {
                [] => Ok(Fitted { body, dropped, record }),
                _ => Err(format!("`{}` is missing: fill it in", missing.join("` and `"))),
            };
        };
        body.remove(&problem.field);
        dropped.push((problem.field, problem.message));
    }
    Err("its cells do not fit together".to_owned())
}

/// Whether a record may be in a stage: not one reached by publishing, and with all it needs.
pub(super) fn may_be_in(record: &Record, stage: &str) -> bool {
    let Some(found) = record.def().stages.iter().find(|it| it.id == stage) else { return false };
    !found.edition && (found.ended || missing_to_leave(record).is_empty())
}

/// The labels of the fields that a record lacks to leave its first stage.
pub(super) fn lacking(record: &Record) -> String {
    let missing = missing_to_leave(record);
    let labels = missing.iter().filter_map(|it| record.def().field(&it.field));
    labels.map(|(_, it)| it.label).collect::<Vec<_>>().join(", ")
}

/// An envelope for looking only.
fn envelope(id: Id) -> Envelope {
    Envelope {
        id,
        number: 0,
        version: 0,
        content_version: 0,
        stage: 0,
        provenance: Provenance::Import,
        withdrawn: false,
        created: 0,
        changed: 0,
        hash: [0; 32],
        extras: None,
    }
}

fn parse(kind: &'static KindDef, id: Id, body: &Map<String, Json>) -> Result<Arc<Record>, String> {
    let mut text = Vec::with_capacity(1024);
    text.extend(b"{\"body\":");
    serde_json::to_writer(&mut text, body).map_err(|err| err.to_string())?;
    text.push(b'}');
    let text = str::from_utf8(&text).expect("JSON is text");
    (kind.parse)(envelope(id), text).map_err(|err| {
        let text = err.to_string();
        text.rsplit_once(" at line ").map_or(text.clone(), |(message, _)| message.to_owned())
    })
}
