//! From tables to a workbook's bytes.

use std::collections::BTreeSet;

use jiff::civil;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use crate::{Error, TableSheet, Value};

/// What Excel takes at most in one cell, in characters.
const LONGEST: usize = 32_767;

/// Writes tables as an XLSX workbook, one sheet each: bold header that stays in view, a filter,
/// days as days, and text as text, never as a formula.
///
/// The same tables and `created` give the same bytes. Numbers that a spreadsheet program would
/// round are written as text.
///
/// # Errors
/// When a text is longer than 32,767 characters or a table larger than a sheet can be.
pub fn write(tables: &[TableSheet], created: civil::DateTime) -> Result<Vec<u8>, Error> {
    let mut book = Workbook::new();
    let failed = |error: XlsxError| failure("the workbook".to_owned(), &error);
    let stamp = moment(created).map_err(failed)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&stamp));
    let styles = Styles::new();
    let mut taken = BTreeSet::new();
    for table in tables {
        let name = sheet_name(&table.name, &mut taken);
        check_lengths(table)?;
        let sheet = book.add_worksheet();
        sheet.set_name(&name).map_err(failed)?;
        put(sheet, table, &styles)
            .map_err(|error| failure(format!("sheet `{}`", table.name), &error))?;
    }
    if tables.is_empty() {
        book.add_worksheet();
    }
    book.save_to_buffer().map_err(failed)
}

struct Styles {
    header: Format,
    body: Format,
    day: Format,
    instant: Format,
}

impl Styles {
    fn new() -> Self {
        let body = Format::new().set_align(FormatAlign::Top);
        Self {
            header: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color(Color::RGB(0x00E8_EDF2))
                .set_border_bottom(FormatBorder::Thin),
            day: body.clone().set_num_format("yyyy-mm-dd"),
            instant: body.clone().set_num_format("yyyy-mm-dd hh:mm:ss"),
            body: body.set_text_wrap(),
        }
    }
}

fn put(sheet: &mut Worksheet, table: &TableSheet, styles: &Styles) -> Result<(), XlsxError> {
    let below = u32::from(!table.header.is_empty());
    for (column, name) in (0..).zip(&table.header) {
        sheet.write_string_with_format(0, column, name, &styles.header)?;
    }
    for (row, values) in (below..).zip(&table.rows) {
        for (column, value) in (0..).zip(values) {
            put_value(sheet, row, column, value, styles)?;
        }
    }
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0).max(table.header.len());
    for (column, index) in (0..).zip(0..width) {
        sheet.set_column_width(column, column_width(table, index))?;
    }
    if below == 1 {
        sheet.set_freeze_panes(1, 0)?;
        let last_column =
            u16::try_from(table.header.len() - 1).map_err(|_| XlsxError::RowColumnLimitError)?;
        let last_row =
            u32::try_from(table.rows.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
        sheet.autofilter(0, 0, last_row, last_column)?;
    }
    Ok(())
}

fn put_value(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    styles: &Styles,
) -> Result<(), XlsxError> {
    match value {
        Value::Empty => {}
        Value::Bool(truth) => {
            sheet.write_boolean_with_format(row, column, *truth, &styles.body)?;
        }
        Value::Day(day) if day.year() >= 1900 => {
            let day = moment(day.to_datetime(civil::Time::midnight()))?;
            sheet.write_datetime_with_format(row, column, day, &styles.day)?;
        }
        Value::Instant(at) if at.year() >= 1900 && at.subsec_nanosecond() % 1_000_000 == 0 => {
            sheet.write_datetime_with_format(row, column, moment(*at)?, &styles.instant)?;
        }
        other => match exact_number(other) {
            Some(number) => {
                sheet.write_number_with_format(row, column, number, &styles.body)?;
            }
            None => {
                sheet.write_string_with_format(row, column, other.text(), &styles.body)?;
            }
        },
    }
    Ok(())
}

/// The number that comes back as the same value, if there is one.
fn exact_number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Integer(_) | Value::Decimal(_) => value.text().parse().ok()?,
        _ => return None,
    };
    (Value::from_number(number) == *value).then_some(number)
}

fn moment(at: civil::DateTime) -> Result<ExcelDateTime, XlsxError> {
    let part = |number: i8| u8::try_from(number).unwrap_or(0);
    let year = u16::try_from(at.year()).unwrap_or(0);
    ExcelDateTime::from_ymd(year, part(at.month()), part(at.day()))?.and_hms_milli(
        part(at.hour()).into(),
        part(at.minute()),
        part(at.second()),
        u16::try_from(at.millisecond()).unwrap_or(0),
    )
}

fn column_width(table: &TableSheet, column: usize) -> f64 {
    let longest = |text: &str| text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let header = table.header.get(column).map_or(0, |name| longest(name) + 3);
    let sample = table.rows.iter().take(500).filter_map(|row| row.get(column));
    let body = sample.map(|value| longest(&value.text()) + 1).max().unwrap_or(0);
    let width = u8::try_from(header.min(24).max(body).clamp(8, 60)).unwrap_or(60);
    f64::from(width)
}

fn check_lengths(table: &TableSheet) -> Result<(), Error> {
    let check = |row: usize, column: usize, text: &str| {
        if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
            return Ok(());
        }
        let place = format!("sheet `{}`, row {row}, column {}", table.name, column + 1);
        Err(Error::CellTooLong {
            place,
            limit: format!("{LONGEST} characters"),
            remedy: "shorten it",
        })
    };
    for (column, name) in table.header.iter().enumerate() {
        check(1, column, name)?;
    }
    for (row, values) in table.rows.iter().enumerate() {
        for (column, value) in values.iter().enumerate() {
            check(row + 2, column, &value.text())?;
        }
    }
    Ok(())
}

/// A name that Excel accepts and no other sheet has.
fn sheet_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let forbidden = ['[', ']', ':', '*', '?', '/', '\\'];
    let clean: String = wanted
        .chars()
        .map(|c| if forbidden.contains(&c) || c.is_control() { ' ' } else { c })
        .collect();
    let clean = clean.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    let clean = if clean.is_empty() { "Sheet" } else { clean };
    for number in 1.. {
        let end = if number == 1 { String::new() } else { format!(" {number}") };
        let mut name = String::new();
        for c in clean.chars() {
            if name.encode_utf16().count() + c.len_utf16() + end.len() > 31 {
                break;
            }
            name.push(c);
        }
        let name = format!("{}{end}", name.trim_end_matches(['\'', ' ']));
        if taken.insert(name.to_lowercase()) {
            return name;
        }
    }
    unreachable!("there are more numbers than sheets")
}

fn failure(place: String, error: &XlsxError) -> Error {
    Error::Write { place, reason: error.to_string() }
}
