//! The file of rows that could not be taken.

use super::{Outcome, SheetPlan};
use crate::{TableSheet, Value, csv};

/// What the first two columns of such a file are called; they are not read again.
pub(super) const HEADER: [&str; 2] = ["Line in the file", "Why it was not taken"];

/// The rejected rows of a sheet as CSV: line and reason first, then the cells as they stood, so
/// that a person can mend them and import the file. Empty when no row was rejected.
pub fn rejects_csv(sheet: &SheetPlan) -> Vec<u8> {
    let rows: Vec<Vec<Value>> = sheet
        .rows
        .iter()
        .filter_map(|row| {
            let Outcome::Rejected(reason) = &row.outcome else { return None };
            let place = [Value::Integer(row.line.into()), Value::from_text(reason.as_str())];
            let cells = row.cells.iter().map(|it| Value::from_text(it.as_str()));
            Some(place.into_iter().chain(cells).collect())
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let names = HEADER.map(str::to_owned);
    let header = names.into_iter().chain(sheet.columns.iter().map(|it| it.header.clone()));
    csv::write(&TableSheet { name: sheet.sheet.clone(), header: header.collect(), rows }, false)
}
