//! Bytes to rows and back: CSV and XLSX files, their tables, and what their cells mean.
//!
//! It does no input or output, knows no clock and must not know storage: every function takes
//! bytes or text and gives a value. Start reading at [`read`], which turns any file a person may
//! hand over into a [`Workbook`]; [`table::header`] then finds the table in a sheet, and
//! [`parse`] says what a cell's text means.

pub mod csv;
mod error;
pub mod export;
pub mod folder;
pub mod import;
mod limits;
pub mod parse;
mod sheet;
pub mod table;
pub mod text;
pub mod typed;
pub mod xlsx;

pub use error::Error;
pub use limits::Limits;
pub use sheet::{Cell, Note, Row, Sheet, TableSheet, Value, Workbook};

/// Reads a CSV or XLSX file, told apart by its content.
///
/// `name` becomes the name of the only sheet when the file is CSV.
///
/// # Errors
/// When the file is of another sort, damaged, or beyond `limits`.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Workbook, Error> {
    if bytes.starts_with(b"PK") {
        return xlsx::read(bytes, limits);
    }
    let mut sheet = csv::read(bytes, limits, None)?.sheet;
    sheet.name = name.to_owned();
    Ok(Workbook { sheets: vec![sheet] })
}
