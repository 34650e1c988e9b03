//! Why a file could not be read or written.

use crate::export::{Conflict, Fault, lines};

/// Why a file could not be read or written: what, where, and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is larger than the limit.
    #[error(
        "the file has {bytes} bytes, more than the {limit} allowed; split it into smaller files"
    )]
    TooLarge {
        /// Bytes of the file.
        bytes: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// A sheet reaches beyond the last allowed row.
    #[error("{place}: the table has more than {limit} rows; split it into smaller files")]
    TooManyRows {
        /// Where it was noticed.
        place: String,
        /// Rows allowed.
        limit: u32,
    },
    /// A row reaches beyond the last allowed column.
    #[error("{place}: the row has more than {limit} columns; delete what stands beyond the table")]
    TooManyColumns {
        /// Where it was noticed.
        place: String,
        /// Columns allowed.
        limit: usize,
    },
    /// The file has too many cells.
    #[error("{place}: the file has more than {limit} cells; split it into smaller files")]
    TooManyCells {
        /// Where it was noticed.
        place: String,
        /// Cells allowed.
        limit: usize,
    },
    /// A cell is too long to be a cell.
    #[error("{place}: the cell is longer than {limit}; {remedy}")]
    CellTooLong {
        /// Where it stands.
        place: String,
        /// The limit with its unit.
        limit: String,
        /// What to do.
        remedy: &'static str,
    },
    /// A quoted cell of a CSV file never ends.
    #[error("line {line}: a quoted cell is never closed; add or remove a `\"` in that row")]
    UnclosedQuote {
        /// Line on which the row begins, from 1.
        line: u32,
    },
    /// The file is not CSV but something else.
    #[error("the file is not a table of text: {what}; save it as XLSX or CSV")]
    NotText {
        /// What it seems to be.
        what: &'static str,
    },
    /// The file is a ZIP but not an XLSX workbook.
    #[error("the file is not an XLSX workbook: {what}; open it and save it as XLSX or CSV")]
    NotXlsx {
        /// What it seems to be.
        what: &'static str,
    },
    /// The container of the workbook is damaged.
    #[error("the workbook cannot be unpacked; open it in a spreadsheet program and save it again")]
    Unpack(#[source] std::io::Error),
    /// A part bears a name that points out of the workbook.
    #[error(
        "the workbook has a part named `{name}` that points outside of it; do not trust the file"
    )]
    PartName {
        /// Name of the part.
        name: String,
    },
    /// The workbook has too many parts.
    #[error("the workbook has more than {limit} parts; save its sheets as separate files")]
    TooManyParts {
        /// Parts allowed.
        limit: usize,
    },
    /// The workbook inflates to more than is sane.
    #[error(
        "part `{part}`: the workbook unpacks to more than {limit} bytes; split it into smaller files"
    )]
    Inflates {
        /// The part that crossed the limit.
        part: String,
        /// Bytes allowed.
        limit: usize,
    },
    /// The workbook, or one of its sheets, breaks the rules of its format.
    #[error(
        "{place} cannot be read ({reason}); open the file in a spreadsheet program and save it again"
    )]
    Workbook {
        /// The workbook or the sheet.
        place: String,
        /// What the reader says.
        reason: String,
    },
    /// A workbook could not be made.
    #[error("{place} cannot be written as XLSX ({reason}); write CSV instead")]
    Write {
        /// The workbook or the sheet.
        place: String,
        /// What the writer says.
        reason: String,
    },
    /// Records of the kind are acts or events and never come from a file.
    #[error("{kind} cannot be imported: they are made by what people do here")]
    NotImported {
        /// The kind's plural.
        kind: &'static str,
    },
    /// No file has a sheet of this name.
    #[error("there is no sheet `{sheet}`: there are {known}")]
    UnknownSheet {
        /// What was asked for.
        sheet: String,
        /// The sheets there are.
        known: String,
    },
    /// No sheet has a column with this header.
    #[error("no column is called `{header}`: there are {known}")]
    UnknownHeader {
        /// What was asked for.
        header: String,
        /// The headers there are.
        known: String,
    },
    /// A header shall mean a field that the kind does not have.
    #[error("{kind} has no field `{field}`: write one of {known}")]
    UnknownField {
        /// What was asked for.
        field: String,
        /// The kind's label.
        kind: &'static str,
        /// The fields there are.
        known: String,
    },
    /// What cannot be taken in from a file or a folder as it is.
    #[error("{}", lines(.0))]
    Faults(Vec<Fault>),
    /// What a folder and the ledger changed differently.
    #[error("{}", lines(.0))]
    Conflicts(Vec<Conflict>),
}
