//! Exported sheets back into the records they came from.

use domain::View;
use meta::{Id, KindDef};

use super::{
    Names, ReadBack,
    column::{self, Column, MARK},
    take::{Row, Said, Taking, repeated},
};
use crate::{Error, Sheet, Workbook};

/// The kind that a sheet was exported from; `None` for a sheet that is not ours.
pub fn exported_kind(sheet: &Sheet) -> Option<&'static KindDef> {
    let header = sheet.rows.first()?;
    header.cells.iter().find_map(|it| {
        let text = it.text();
        let name = text.trim().strip_prefix(MARK)?;
        kinds::KINDS.iter().find(|it| it.id == name).copied()
    })
}

/// What an exported workbook or CSV file asks for when it comes back: cells that were edited
/// become edits, a new stage a move, rows without a number new records. Rows that were deleted
/// mean nothing. `ids` gives each new record its id.
///
/// # Errors
/// Everything that is wrong, with its sheet and line: then there is nothing to do.
pub fn read_back(
    view: View<'_>,
    workbook: &Workbook,
    ids: &mut dyn FnMut() -> Id,
) -> Result<ReadBack, Error> {
    let names = Names::new(view.isms);
    let mut taking = Taking::new(view, &names, ids);
    let mut known = 0;
    for sheet in &workbook.sheets {
        if let Some(kind) = exported_kind(sheet) {
            known += 1;
            take_sheet(&mut taking, kind, sheet);
        }
    }
    if known == 0 {
        let message = "there is no sheet that we exported: its first line has a cell like \
                       `muniment:risk`";
        taking.fault("the file", message);
    }
    taking.finish()
}

fn take_sheet(taking: &mut Taking<'_>, kind: &'static KindDef, sheet: &Sheet) {
    let place = |line: u32| match sheet.name.is_empty() {
        true => format!("line {line}"),
        false => format!("{}, line {line}", sheet.name),
    };
    let Some((header, rows)) = sheet.rows.split_first() else { return };
    let names: Vec<String> = header.cells.iter().map(|it| it.text().into_owned()).collect();
    let mores = |it: &&str| !it.starts_with("muniment:more:");
    if let Some(name) = repeated(names.iter().map(String::as_str).filter(mores)) {
        return taking.fault(place(header.line), format!("the column `{name}` is there twice"));
    }
    let mut columns = Vec::new();
    for name in &names {
        match name.trim() {
            "" => columns.push(None),
            _ => match column::of(kind, name) {
                Ok(column) => columns.push(Some(column)),
                Err(message) => return taking.fault(place(header.line), message),
            },
        }
    }
    for row in rows.iter().filter(|it| !it.is_blank()) {
        let nameless = (0..row.cells.len())
            .find(|at| !row.cells[*at].is_blank() && !matches!(columns.get(*at), Some(Some(_))));
        if let Some(at) = nameless {
            let message = format!("column {} has a cell and no header: name or empty it", at + 1);
            taking.fault(place(row.line), message);
            continue;
        }
        match read_row(kind, &names, &columns, row, place(row.line)) {
            Ok(row) => taking.take(kind, &row),
            Err(message) => taking.fault(place(row.line), message),
        }
    }
}

fn read_row(
    kind: &KindDef,
    names: &[String],
    columns: &[Option<Column>],
    source: &crate::Row,
    place: String,
) -> Result<Row, String> {
    let mut row = Row { place, ..Row::default() };
    let mut part_of = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let text = source.text(at).into_owned();
        if source.cells.get(at).is_some_and(|it| it.formula.is_some()) {
            return Err(format!(
                "`{}` is a formula, which is never run: put its value there",
                names[at]
            ));
        }
        match column {
            Some(Column::Number) => row.number = Some(text),
            Some(Column::Version) => row.version = Some(text),
            Some(Column::Stage) => {
                let stage = text.trim();
                if !stage.is_empty() && kind.stage(stage).is_none() {
                    let known: Vec<&str> = kind.stages.iter().map(|it| it.id).collect();
                    return Err(format!(
                        "`{stage}` is not a stage: write one of {}",
                        known.join(", ")
                    ));
                }
                row.stage = Some(text);
            }
            Some(Column::Withdrawn) => {
                row.withdrawn = match text.trim() {
                    "yes" | "true" => Some(true),
                    "no" | "false" => Some(false),
                    "" => None,
                    other => return Err(format!("`{other}` is neither yes nor no")),
                };
            }
            Some(Column::Part(part)) => {
                part_of.push((names[at].as_str(), part.clone()));
                row.said.insert(part.clone(), Said::Cell(text));
            }
            Some(Column::More(header)) => {
                let part = part_of.iter().find(|(name, _)| name == header).map(|it| &it.1);
                match part.and_then(|it| row.said.get_mut(it)) {
                    Some(Said::Cell(begun)) => begun.push_str(&text),
                    _ => return Err(format!("there is no column `{header}` to go on with")),
                }
            }
            Some(Column::Computed) | None => {}
        }
    }
    Ok(row)
}
