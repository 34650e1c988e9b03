//! The rows that could not be taken: a file for each sheet, which waits for as long as uploads do.

use std::io::Write;

use exchange::import::{Plan, SheetPlan, rejects_csv};
use jiff::Timestamp;

use crate::{Answer, Ask, Problem, upload::Upload};

/// The rows of a sheet that wait to be fetched.
pub(super) struct Kept {
    /// The sheet's place in the import.
    pub(super) sheet: usize,
    /// What the file is called.
    pub(super) name: String,
    /// How long it waits.
    pub(super) until: Timestamp,
}

/// What the file of a sheet is called.
pub(super) fn name(sheet: &SheetPlan) -> String {
    let name = sheet.source.rsplit_once('.').map_or(sheet.source.as_str(), |it| it.0);
    match sheet.sheet == sheet.source {
        true => format!("{name}.rejects.csv"),
        false => format!("{name}.{}.rejects.csv", sheet.sheet),
    }
}

/// A file of rows to fetch.
pub(super) fn file(name: String, bytes: Vec<u8>) -> Answer {
    Answer::file(name, "text/csv; charset=utf-8", bytes)
}

/// Keeps the rows that an import did not take.
pub(super) fn keep(ask: &Ask, seq: u64, plan: &Plan) -> Result<(), Problem> {
    let shelf = &ask.site.shelf;
    for (at, sheet) in plan.sheets.iter().enumerate().filter(|it| it.1.summary.rejected > 0) {
        let mut file = shelf.file()?;
        file.write_all(&rejects_csv(sheet))?;
        let upload = Upload::new(String::new(), &name(sheet), file)?;
        shelf.put_as(key(ask, seq, &at.to_string())?, upload, ask.now);
    }
    Ok(())
}

/// The rows of an entry that still wait.
pub(super) fn kept(ask: &Ask, seq: u64) -> Result<Vec<Kept>, Problem> {
    let files = ask.site.shelf.waiting(&key(ask, seq, "")?, ask.now);
    let kept = |(sheet, name, until): (String, String, Timestamp)| {
        Some(Kept { sheet: sheet.parse().ok()?, name, until })
    };
    let mut kept: Vec<Kept> = files.into_iter().filter_map(kept).collect();
    kept.sort_by_key(|it| it.sheet);
    Ok(kept)
}

/// Hands out the rows of a sheet.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let seq = ask.param("entry").parse().map_err(|_| Problem::NotFound)?;
    let found = ask.site.shelf.look(&key(ask, seq, ask.param("sheet"))?)?;
    let (name, bytes) = found.ok_or(Problem::NotFound)?;
    Ok(file(name, bytes))
}

/// The name by which the rows of a sheet wait.
fn key(ask: &Ask, seq: u64, sheet: &str) -> Result<String, Problem> {
    Ok(format!("rejects {} {seq} {sheet}", ask.place()?.organization.id()))
}
