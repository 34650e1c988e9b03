//! From a row and the record it means to the steps that make one of the other.

mod affected;
mod relink;
mod unread;
mod update;

use std::collections::BTreeSet;

use domain::{
    Isms, Step,
    command::{Edit, New},
};
use meta::{Extras, FieldType, Id, Imported, Record};
use serde_json::{Map, Value as Json};

use super::{
    Conflict, Options, Outcome, Remark, Target,
    book::Clerk,
    complete,
    convert::{Converted, Sheet},
    fit,
    outline::Line,
};
pub(super) use update::update;

/// What a row comes to.
#[derive(Default)]
pub(super) struct Written {
    pub(super) steps: Vec<Step>,
    pub(super) conflicts: Vec<Conflict>,
    pub(super) remarks: Vec<Remark>,
}

/// Makes a record of a row.
///
/// # Errors
/// When the row cannot be one: why.
pub(super) fn make(
    sheet: &Sheet<'_>,
    line: &Line<'_>,
    key: &str,
    id: Id,
    options: &Options,
    clerk: &mut Clerk<'_, '_>,
) -> Result<(Outcome, Written), String> {
    let texts: Vec<&str> = line.cells.iter().map(|it| &**it).collect();
    let mut row = sheet.convert(&texts, line.line, clerk);
    complete::complete(sheet, key, &mut row, true, line.line);
    complete::without_self(&mut row.body, id);
    let fitted = fit::fit(sheet.kind, id, std::mem::take(&mut row.body))?;
    let dropped = fitted.dropped;
    dropped
        .into_iter()
        .for_each(|(field, why)| drop_field(sheet, &texts, line, &field, &why, &mut row));
    let stage = row.stage.filter(|it| *it != complete::first_stage(sheet.kind));
    let kept = stage.filter(|it| fit::may_be_in(&fitted.record, it));
    if stage.is_some() && kept.is_none() {
        keep_stage(sheet, &texts, line, &fitted.record, &mut row);
    }
    let imported = imported(sheet, key, line, None, &BTreeSet::new());
    let step = Step::New(New {
        id,
        kind: sheet.kind.id.to_owned(),
        fields: fitted.body,
        stage: kept.map(str::to_owned),
        provenance: options.provenance,
        extras: Extras {
            columns: row.columns.iter().map(|(header, it)| (&**header, &**it)).collect(),
            imported: vec![imported],
            external_id: row.external,
            ..Extras::default()
        },
    });
    let written = Written { steps: vec![step], conflicts: Vec::new(), remarks: row.remarks };
    Ok((Outcome::Made, written))
}

/// Adds what another row tells of a record: rows of its tables. `step` is what this import does
/// with the record so far.
///
/// # Errors
/// When it does not fit to the record: why.
#[expect(clippy::too_many_arguments, reason = "a row, its record, and all they may touch")]
pub(super) fn add(
    isms: &Isms,
    sheet: &Sheet<'_>,
    line: &Line<'_>,
    key: &str,
    id: Id,
    step: Option<&mut Step>,
    options: &Options,
    clerk: &mut Clerk<'_, '_>,
) -> Result<(Outcome, Written), String> {
    let texts: Vec<&str> = line.cells.iter().map(|it| &**it).collect();
    let mut row = sheet.convert(&texts, line.line, clerk);
    complete::without_self(&mut row.body, id);
    let record = isms.get(id);
    let mut body = match record.map(|it| it.body.json()) {
        Some(Json::Object(body)) => body,
        _ => Map::new(),
    };
    let mut extras = record.and_then(|it| it.head.extras.as_deref().cloned()).unwrap_or_default();
    let mut stage = record.map(|it| it.stage().id);
    match &step {
        Some(Step::New(new)) => {
            (body, extras) = (new.fields.clone(), new.extras.clone());
            stage = Some(new.stage.as_deref().unwrap_or(complete::first_stage(sheet.kind)));
        }
        Some(Step::Edit(edit)) => {
            body.extend(edit.fields.clone());
            extras = edit.extras.clone().unwrap_or(extras);
        }
        _ => {}
    }
    body.retain(|_, it| !it.is_null());
    let kept_stage = row.stage.filter(|it| stage != Some(*it));
    let mut touched = together(sheet, &texts, line, &mut body, &mut row);
    if kept_stage.is_some() {
        let columns = sheet.outline.columns.iter().enumerate();
        for (at, column) in columns.filter(|(_, it)| it.target == Target::Stage) {
            keep(&column.header, texts[at], line, &mut row);
        }
    }
    let fitted = fit::fit(sheet.kind, id, body)?;
    let is_table = |name: &str| matches!(sheet.kind.field(name), Some((_, it)) if matches!(it.ty, FieldType::Rows(_)));
    for (name, why) in &fitted.dropped {
        if is_table(name) || !touched.contains(name) {
            return Err(format!(
                "it does not fit to the rows of the same name above: `{name}`: {why}"
            ));
        }
        drop_field(sheet, &texts, line, name, why, &mut row);
        touched.retain(|it| it != name);
    }
    for (header, text) in &row.columns {
        let kept = extras.columns.get(header).unwrap_or_default();
        if kept.is_empty() {
            extras.columns.insert(header, text);
        } else if !kept.split('\n').any(|it| it == text) {
            let both = format!("{kept}\n{text}");
            extras.columns.insert(header, &both);
        }
    }
    extras.imported.push(imported(sheet, key, line, None, &BTreeSet::new()));
    let added = fitted.body.into_iter().filter(|(name, _)| touched.contains(name));
    let mut written = Written { remarks: row.remarks, ..Written::default() };
    match step {
        Some(Step::New(new)) => {
            new.fields.extend(added);
            new.extras = extras;
        }
        Some(Step::Edit(edit)) => {
            edit.fields.extend(added);
            edit.extras = Some(extras);
        }
        _ => written.steps.push(Step::Edit(Edit {
            record: id,
            version: record.map(|it| it.head.version),
            fields: added.collect(),
            extras: Some(extras),
            provenance: options.provenance,
        })),
    }
    Ok((Outcome::Updated(touched), written))
}

/// Adds what a row says to what the rows above said of the same record: rows of tables and links
/// are added, what is not said yet is filled in, and what contradicts it is kept. The fields that
/// changed.
fn together(
    sheet: &Sheet<'_>,
    texts: &[&str],
    line: &Line<'_>,
    body: &mut Map<String, Json>,
    row: &mut Converted,
) -> Vec<String> {
    let mut touched = Vec::new();
    for (name, value) in std::mem::take(&mut row.body) {
        let field = sheet.kind.field(&name);
        let is_table = matches!(field, Some((_, it)) if matches!(it.ty, FieldType::Rows(_)));
        match (body.get_mut(&name), value) {
            (None, value) => drop(body.insert(name.clone(), value)),
            (Some(Json::Array(list)), Json::Array(more)) => {
                let more: Vec<Json> =
                    more.into_iter().filter(|it| is_table || !list.contains(it)).collect();
                if more.is_empty() {
                    continue;
                }
                list.extend(more);
            }
            (Some(ours), value) => {
                let title = name == sheet.kind.fields[0].name;
                if *ours != value && !title {
                    for (at, header) in sheet.headers_of(&name) {
                        keep(header, texts[at], line, row);
                    }
                }
                continue;
            }
        }
        touched.push(name);
    }
    touched
}

/// Keeps a cell that contradicts a row above.
fn keep(header: &str, text: &str, line: &Line<'_>, row: &mut Converted) {
    if !text.is_empty() {
        row.keep(header, text);
        let said = "a row above tells something else of the same record: this is kept beside the \
                    fields";
        row.remark(line.line, (header, text), said);
    }
}

/// Keeps the cells of a field that the record cannot hold.
fn drop_field(
    sheet: &Sheet<'_>,
    texts: &[&str],
    line: &Line<'_>,
    field: &str,
    why: &str,
    row: &mut Converted,
) {
    for (at, header) in sheet.headers_of(field) {
        if !texts[at].is_empty() {
            row.keep(header, texts[at]);
            row.remark(
                line.line,
                (header, texts[at]),
                &format!("{why}, and is kept beside the fields"),
            );
        }
    }
}

/// Keeps a status that the record is not ready for.
fn keep_stage(
    sheet: &Sheet<'_>,
    texts: &[&str],
    line: &Line<'_>,
    record: &Record,
    row: &mut Converted,
) {
    let columns = sheet.outline.columns.iter().enumerate();
    for (at, column) in columns.filter(|(_, it)| it.target == Target::Stage) {
        row.keep(&column.header, texts[at]);
        let said = match row.stage {
            Some(stage) if sheet.kind.stages.iter().any(|it| it.id == stage && it.edition) => {
                "this comes from publishing it here: until then the record stays where it is"
                    .to_owned()
            }
            _ => match fit::lacking(record) {
                lacking if lacking.is_empty() => {
                    "the record cannot go there from where it is: it stays".to_owned()
                }
                lacking => format!("until it has {lacking}, the record stays where it is"),
            },
        };
        row.remark(line.line, (&column.header, texts[at]), &said);
    }
}

/// The row as it will be remembered; where a conflict was kept, with its former text.
fn imported(
    sheet: &Sheet<'_>,
    key: &str,
    line: &Line<'_>,
    base: Option<&Imported>,
    kept_back: &BTreeSet<usize>,
) -> Imported {
    let gone = |header: &str| {
        let column = sheet.outline.columns.iter().enumerate().find(|(_, it)| it.header == header);
        column.is_some_and(|(at, it)| it.target != Target::Empty && !kept_back.contains(&at))
    };
    let known = base.into_iter().flat_map(|it| &it.row).filter(|it| !gone(it.0));
    let columns = sheet.by_header.iter().filter(|at| !kept_back.contains(at));
    let now = columns.map(|at| (&*sheet.outline.columns[*at].header, &*line.cells[*at]));
    let now = now.filter(|(_, text)| !text.is_empty());
    let mut row = Vec::with_capacity(sheet.by_header.len());
    row.extend(known.chain(now));
    let row = row.into_iter().collect();
    Imported { register: sheet.kind.id.to_owned(), key: key.to_owned(), row }
}
