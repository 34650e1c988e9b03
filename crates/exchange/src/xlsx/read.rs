//! From a workbook's bytes to its sheets.

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxFormulaMetadata,
    expand_shared_formula,
};
use jiff::civil;

use super::{merge, notes, package};
use crate::{Cell, Error, Limits, Row, Sheet, Value, Workbook};

/// Reads an XLSX workbook: all its sheets of cells, also hidden ones.
///
/// Formulas are never evaluated: the value stored beside a formula is read, and the formula's
/// text is kept. The value of a merged area stands in each of its cells.
///
/// # Errors
/// When the file is of another sort, damaged, or beyond `limits`.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, Error> {
    let package = package::repack(bytes, limits)?;
    // The parser is foreign and counts columns without checking; a file must not end the program.
    catch_unwind(AssertUnwindSafe(|| sheets(package, limits))).unwrap_or_else(|_| {
        Err(Error::Workbook { place: "the workbook".into(), reason: "it is malformed".into() })
    })
}

/// The rows of a sheet while it is read, and what the file may still take.
pub(super) struct Grid<'a> {
    pub(super) rows: BTreeMap<u32, Vec<Cell>>,
    pub(super) sheet: String,
    budget: &'a mut Budget,
}

struct Budget {
    limits: Limits,
    cells: usize,
    text: usize,
}

type Book = Xlsx<Cursor<Vec<u8>>>;

fn sheets(package: package::Package, limits: &Limits) -> Result<Workbook, Error> {
    let mut book: Book = Xlsx::new(Cursor::new(package.bytes))
        .map_err(|error| broken("the workbook".into(), &error))?;
    let mut noted = notes::notes(&package.parts)?;
    let mut budget = Budget { limits: *limits, cells: limits.cells, text: limits.inflated };
    let mut sheets = Vec::new();
    for listed in book.sheets_metadata().to_vec() {
        if listed.typ != SheetType::WorkSheet {
            continue;
        }
        let mut grid =
            Grid { rows: BTreeMap::new(), sheet: listed.name.clone(), budget: &mut budget };
        let place = format!("sheet `{}`", listed.name);
        fill(&mut grid, &mut book).map_err(|error| match error {
            Failure::Parser(error) => broken(place.clone(), &error),
            Failure::Limit(error) => error,
        })?;
        decimals(&mut grid, &mut book).map_err(|error| broken(place.clone(), &error))?;
        if package.merged {
            let areas = book
                .merge_cells_by_sheet_name(&listed.name)
                .map_err(|error| broken(place.clone(), &error))?;
            merge::spread(&mut grid, &areas)?;
        }
        let rows = grid.rows.into_iter().map(|(row, cells)| Row { line: row + 1, cells });
        let hidden = listed.visible != SheetVisible::Visible;
        let notes = noted.remove(&listed.name).unwrap_or_default();
        sheets.push(Sheet { name: listed.name, hidden, rows: rows.collect(), notes });
    }
    Ok(Workbook { sheets })
}

enum Failure {
    Parser(calamine::XlsxError),
    Limit(Error),
}

impl From<calamine::XlsxError> for Failure {
    fn from(error: calamine::XlsxError) -> Self {
        Self::Parser(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Limit(error)
    }
}

fn fill(grid: &mut Grid<'_>, book: &mut Book) -> Result<(), Failure> {
    let mut templates = HashMap::new();
    let mut cells = book.worksheet_cells_reader(&grid.sheet.clone())?;
    while let Some(record) = cells.next_cell_with_formula_metadata()? {
        let formula = match record.formula {
            None => None,
            Some(XlsxFormulaMetadata::Normal { formula }) => Some(formula),
            Some(XlsxFormulaMetadata::Shared { shared_index, formula, .. }) => {
                templates.insert(shared_index, (formula.clone(), record.pos));
                Some(formula)
            }
            Some(XlsxFormulaMetadata::SharedDerived { shared_index }) => {
                match templates.get(&shared_index) {
                    Some((formula, start)) => {
                        Some(expand_shared_formula(formula, *start, record.pos)?)
                    }
                    None => Some(String::new()),
                }
            }
            Some(_) => Some(String::new()),
        };
        let cell = Cell { value: value(record.value), formula, ..Cell::default() };
        if cell.value != Value::Empty || cell.formula.is_some() {
            grid.put(record.pos.0, record.pos.1, cell)?;
        }
    }
    Ok(())
}

/// Takes note of how many decimals are shown of numbers, where a number alone does not tell
/// `5.1` from `5.10`.
fn decimals(grid: &mut Grid<'_>, book: &mut Book) -> Result<(), calamine::XlsxError> {
    let short = |it: &Cell| match &it.value {
        Value::Decimal(text) => text.split_once('.').is_some_and(|(_, it)| it.len() == 1),
        _ => false,
    };
    if !grid.rows.values().flatten().any(short) {
        return Ok(());
    }
    let mut cells = book.worksheet_cells_reader(&grid.sheet.clone())?;
    let shown = cells.styles().iter().map(|it| fixed(&it.number_format.as_ref()?.format_code));
    let shown: Vec<Option<u8>> = shown.collect();
    while let Some((row, column, style)) = cells.next_style_id()? {
        let cell = grid.rows.get_mut(&row).and_then(|it| it.get_mut(column as usize));
        if let Some(cell) = cell.filter(|it| short(it)) {
            cell.decimals = shown.get(style).copied().flatten();
        }
    }
    Ok(())
}

/// The decimals of a format such as `0.00`.
fn fixed(format: &str) -> Option<u8> {
    let (whole, decimals) = format.split_once('.')?;
    let zeros = |it: &str| !it.is_empty() && it.bytes().all(|it| it == b'0');
    (zeros(whole) && zeros(decimals)).then(|| u8::try_from(decimals.len()).ok())?
}

impl Grid<'_> {
    /// Puts a cell in its place, if the limits allow.
    pub(super) fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), Error> {
        let limits = self.budget.limits;
        let place = || format!("sheet `{}`, cell {}", self.sheet, reference(row, column));
        if row >= limits.rows {
            return Err(Error::TooManyRows { place: place(), limit: limits.rows });
        }
        let column_at = column as usize;
        if column_at >= limits.columns {
            return Err(Error::TooManyColumns { place: place(), limit: limits.columns });
        }
        let length = |text: &str| text.len();
        let size = match &cell.value {
            Value::Text(text) => length(text),
            _ => 0,
        } + cell.formula.as_deref().map_or(0, length);
        if size > limits.cell_bytes {
            let limit = format!("{} bytes", limits.cell_bytes);
            return Err(Error::CellTooLong { place: place(), limit, remedy: "shorten it" });
        }
        let have = self.rows.get(&row).map_or(0, Vec::len);
        let more = (column_at + 1).saturating_sub(have);
        let (Some(cells), Some(text)) =
            (self.budget.cells.checked_sub(more), self.budget.text.checked_sub(size))
        else {
            return Err(Error::TooManyCells { place: place(), limit: limits.cells });
        };
        (self.budget.cells, self.budget.text) = (cells, text);
        let cells = self.rows.entry(row).or_default();
        if more > 0 {
            cells.resize_with(column_at + 1, Cell::default);
        }
        cells[column_at] = cell;
        Ok(())
    }

    /// Counts work that puts nothing, so that it too has an end.
    pub(super) fn step(&mut self) -> Result<(), Error> {
        let limit = self.budget.limits.cells;
        self.budget.cells = self.budget.cells.checked_sub(1).ok_or_else(|| {
            Error::TooManyCells { place: format!("sheet `{}`", self.sheet), limit }
        })?;
        Ok(())
    }
}

fn value(read: DataRef<'_>) -> Value {
    match read {
        DataRef::Empty => Value::Empty,
        DataRef::Int(number) => Value::Integer(number),
        DataRef::Float(number) => Value::from_number(number),
        DataRef::String(text) => Value::from_text(text),
        DataRef::SharedString(text) => Value::from_text(text),
        DataRef::Bool(truth) => Value::Bool(truth),
        DataRef::Error(code) => Value::Error(code.to_string()),
        DataRef::DateTime(moment) => moment_value(&moment),
        DataRef::DateTimeIso(text) => iso_value(text),
        DataRef::DurationIso(text) => Value::from_text(text),
    }
}

fn moment_value(moment: &ExcelDateTime) -> Value {
    let serial = moment.as_f64();
    if !(0.0..2_958_466.0).contains(&serial) {
        return Value::from_number(serial);
    }
    if moment.is_duration() || serial < 1.0 {
        return Value::Text(clock((serial * 86_400.0).round()));
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let part = |number: u8| i8::try_from(number).unwrap_or(i8::MAX);
    let Ok(year) = i16::try_from(year) else { return Value::from_number(serial) };
    let Ok(date) = civil::Date::new(year, part(month), part(day)) else {
        return Value::from_number(serial);
    };
    let Ok(time) =
        civil::Time::new(part(hour), part(minute), part(second), i32::from(milli) * 1_000_000)
    else {
        return Value::from_number(serial);
    };
    if time == civil::Time::midnight() {
        Value::Day(date)
    } else {
        Value::Instant(date.to_datetime(time))
    }
}

fn clock(seconds: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "below three million days of seconds, and not negative"
    )]
    let seconds = seconds as u64;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 {
        format!("{hours:02}:{minutes:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{rest:02}")
    }
}

fn iso_value(text: String) -> Value {
    if let Ok(moment) = text.parse::<civil::DateTime>() {
        if moment.time() == civil::Time::midnight() {
            return Value::Day(moment.date());
        }
        return Value::Instant(moment);
    }
    Value::from_text(text)
}

fn reference(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}

fn broken(place: String, error: &calamine::XlsxError) -> Error {
    let reason = error.to_string().chars().take(300).collect();
    Error::Workbook { place, reason }
}
