//! Workbooks as rows of cells, whatever file they came from.

use std::borrow::Cow;

use jiff::civil;

/// All sheets of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workbook {
    /// The sheets in the file's order.
    pub sheets: Vec<Sheet>,
}

/// One sheet as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Name of the sheet; for CSV the name of the file.
    pub name: String,
    /// Whether the workbook hides the sheet from its reader.
    pub hidden: bool,
    /// Rows that have a cell, top to bottom; rows without any are left out.
    pub rows: Vec<Row>,
    /// What people noted beside cells, in the order of the file.
    pub notes: Vec<Note>,
}

/// A note, or comment, that is pinned to a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// Row of the sheet, from 1.
    pub line: u32,
    /// Column of the sheet, from 0.
    pub column: usize,
    /// What it says.
    pub text: String,
}

/// One row of a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Line of the file where the row begins, or row of the sheet, from 1.
    pub line: u32,
    /// Cells from the first column on; ragged: there may be more or fewer than headers.
    pub cells: Vec<Cell>,
}

/// One cell of a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What the cell holds; of a formula, the value that was stored with it.
    pub value: Value,
    /// The formula without its leading `=`, never evaluated.
    pub formula: Option<String>,
    /// Whether the value is a copy of the top-left cell of a merged area.
    pub merged: bool,
    /// How many decimals the workbook shows of a number; `None` where it leaves that open.
    pub decimals: Option<u8>,
}

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Text; every cell of a CSV file is text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with decimals, canonical: `-0.5`, no exponent, no trailing zeros.
    Decimal(String),
    /// A truth value.
    Bool(bool),
    /// A calendar day.
    Day(civil::Date),
    /// A day with a time, of no stated zone.
    Instant(civil::DateTime),
    /// The code of a failed formula, such as `#REF!`.
    Error(String),
}

/// A table to be written: one header and rows of values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableSheet {
    /// Name of the sheet; shortened and cleaned where the format asks for it.
    pub name: String,
    /// Names of the columns.
    pub header: Vec<String>,
    /// Rows of values, each as long as the header or shorter.
    pub rows: Vec<Vec<Value>>,
}

impl Sheet {
    /// Number of columns of the widest row.
    pub fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }
}

impl Row {
    /// Text of the cell in a column, empty where the row is shorter.
    pub fn text(&self, column: usize) -> Cow<'_, str> {
        self.cells.get(column).map_or(Cow::Borrowed(""), Cell::text)
    }

    /// Whether no cell holds anything but blanks.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

impl Cell {
    /// The cell as a person reads it: days as `2026-01-15`, times as `2026-01-15 22:00`.
    pub fn text(&self) -> Cow<'_, str> {
        self.value.text()
    }

    /// Whether the cell holds nothing but blanks.
    pub fn is_blank(&self) -> bool {
        match &self.value {
            Value::Empty => true,
            Value::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Self { value, ..Self::default() }
    }
}

impl Value {
    /// The value as a person reads it.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) | Self::Decimal(text) | Self::Error(text) => Cow::Borrowed(text),
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::Bool(true) => Cow::Borrowed("true"),
            Self::Bool(false) => Cow::Borrowed("false"),
            Self::Day(day) => Cow::Owned(day.to_string()),
            Self::Instant(at) if at.second() == 0 && at.subsec_nanosecond() == 0 => {
                Cow::Owned(at.strftime("%Y-%m-%d %H:%M").to_string())
            }
            Self::Instant(at) => Cow::Owned(at.strftime("%Y-%m-%d %H:%M:%S%.f").to_string()),
        }
    }

    /// Text as a value: empty text is [`Value::Empty`].
    pub fn from_text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A number as a value: whole ones as [`Value::Integer`], others to 15 digits, as
    /// spreadsheets show them.
    pub(crate) fn from_number(number: f64) -> Self {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if !number.is_finite() {
            return Self::Error("#NUM!".to_owned());
        }
        if number.fract() == 0.0 && number.abs() <= EXACT {
            #[expect(clippy::cast_possible_truncation, reason = "whole and within ±2^53")]
            return Self::Integer(number as i64);
        }
        let rounded = format!("{number:.14e}").parse().unwrap_or(number);
        if rounded == 0.0 || rounded.fract() == 0.0 && rounded.abs() <= EXACT {
            #[expect(clippy::cast_possible_truncation, reason = "whole and within ±2^53")]
            return Self::Integer(rounded as i64);
        }
        Self::Decimal(rounded.to_string())
    }
}
