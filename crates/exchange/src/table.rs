//! Where the table is in a sheet: its header, what stands above it, and its rows.

use std::collections::BTreeSet;

use crate::parse::{DayOrder, DecimalMark, day, number};
use crate::text::{fold, squeeze};
use crate::{Cell, Row, Sheet, Value};

/// How many rows from the top a header is looked for.
const SEARCHED: usize = 40;

/// The header of a sheet's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Index in the sheet's rows of the header's first line.
    pub first: usize,
    /// Index in the sheet's rows of the header's last line; mostly the same.
    pub last: usize,
    /// Names by column, empty where a column has none.
    pub names: Vec<String>,
}

impl Header {
    /// The rows below the header, also totals and legends: whoever imports them decides.
    pub fn rows<'a>(&self, sheet: &'a Sheet) -> &'a [Row] {
        sheet.rows.get(self.last + 1..).unwrap_or_default()
    }

    /// The rows above the header: titles, versions, remarks.
    pub fn titles<'a>(&self, sheet: &'a Sheet) -> &'a [Row] {
        &sheet.rows[..self.first]
    }
}

/// Finds the header of the table in a sheet; `None` when the sheet is blank.
pub fn header(sheet: &Sheet) -> Option<Header> {
    header_knowing(sheet, |_| false)
}

/// Finds the header with the help of names that are `known` to be names of columns.
pub fn header_knowing(sheet: &Sheet, known: impl Fn(&str) -> bool) -> Option<Header> {
    let filled = |row: &&Row| !row.is_blank();
    let width = usual_width(sheet.rows.iter().take(SEARCHED + 20).filter(filled));
    let mut best: Option<(usize, f64)> = None;
    let mut order = 0.0;
    for (index, row) in sheet.rows.iter().enumerate().take(SEARCHED) {
        if row.is_blank() {
            continue;
        }
        let below: Vec<&Row> = sheet.rows[index + 1..].iter().filter(filled).take(12).collect();
        let score = score(row, &below, width, &known) - 0.05 * order;
        if best.is_none_or(|(_, highest)| score > highest) {
            best = Some((index, score));
        }
        order += 1.0;
    }
    let (index, _) = best?;
    Some(at(sheet, index, &known))
}

/// The header on this line, by whoever says so; `None` when nothing stands there.
pub fn header_on(sheet: &Sheet, line: u32, known: impl Fn(&str) -> bool) -> Option<Header> {
    let index = sheet.rows.iter().position(|it| it.line == line && !it.is_blank())?;
    Some(at(sheet, index, &known))
}

/// The header in this row, with the line of groups or parts that belongs to it.
fn at(sheet: &Sheet, index: usize, known: &impl Fn(&str) -> bool) -> Header {
    let grouped = grouped_above(sheet, index, known);
    grouped.or_else(|| grouped_below(sheet, index)).unwrap_or_else(|| {
        let width = sheet.rows[index].cells.len();
        let names = (0..width).map(|column| name(&sheet.rows[index], column)).collect();
        Header { first: index, last: index, names }
    })
}

/// How much a row looks like a header: it fills the table's width with short, different texts,
/// below which stands something else.
fn score(row: &Row, below: &[&Row], width: usize, known: &impl Fn(&str) -> bool) -> f64 {
    let columns: Vec<usize> =
        (0..row.cells.len()).filter(|&column| !row.cells[column].is_blank()).collect();
    let share = |count: usize| ratio(count, columns.len());
    let distinct = distinct(row);
    let fill = (ratio(distinct, width) / 0.8).min(1.0);
    let wordy = columns.iter().filter(|&&column| is_wordy(&row.cells[column])).count();
    let known = columns.iter().filter(|&&column| known(&name(row, column))).count();
    let contrast = columns
        .iter()
        .filter(|&&column| {
            let values: Vec<&Cell> = below
                .iter()
                .filter_map(|row| row.cells.get(column))
                .filter(|cell| !cell.is_blank())
                .collect();
            let digits = values.iter().filter(|cell| has_digit(cell)).count();
            digits * 2 > values.len() && !has_digit(&row.cells[column])
        })
        .count();
    2.0 * fill + share(wordy) + 0.5 * share(distinct) + share(contrast) + 2.0 * share(known)
}

/// How many cells the rows of the table fill: titles above and a ragged row do not count.
fn usual_width<'a>(rows: impl Iterator<Item = &'a Row>) -> usize {
    let mut counts: Vec<usize> = rows.map(distinct).collect();
    counts.sort_unstable();
    let widest = counts.last().copied().unwrap_or(0);
    counts.retain(|&count| count * 2 >= widest);
    counts.get(counts.len() / 2).copied().unwrap_or(0)
}

/// A header whose line of group names stands above it: *Impact* over *Financial* and *Legal*.
/// A part that is known without its group keeps its own name: *Identification* over *Risk owner*.
fn grouped_above(sheet: &Sheet, index: usize, known: &impl Fn(&str) -> bool) -> Option<Header> {
    let above = index.checked_sub(1)?;
    let (group, row) = (&sheet.rows[above], &sheet.rows[index]);
    if group.line + 1 != row.line || distinct(group) < 2 {
        return None;
    }
    let spread = group.cells.iter().any(|cell| cell.merged)
        || row.cells.iter().any(|cell| cell.merged && !cell.is_blank());
    if !spread || !group.cells.iter().filter(|cell| !cell.is_blank()).all(is_wordy) {
        return None;
    }
    let width = row.cells.len().max(group.cells.len());
    let parts: Vec<String> = (0..width).map(|column| name(row, column)).collect();
    let own = |part: &String| parts.iter().filter(|it| *it == part).count() == 1 && known(part);
    let names = parts.iter().enumerate().map(|(column, part)| {
        let whole = joined(name(group, column), part.clone());
        if !known(&whole) && own(part) { part.clone() } else { whole }
    });
    Some(Header { first: above, last: index, names: names.collect() })
}

/// A header that has names of parts below it, where its own cells are merged or left empty.
fn grouped_below(sheet: &Sheet, index: usize) -> Option<Header> {
    let (row, parts) = (&sheet.rows[index], sheet.rows.get(index + 1)?);
    let filled: Vec<usize> = (0..parts.cells.len())
        .filter(|&column| !parts.cells[column].is_blank() && !parts.cells[column].merged)
        .collect();
    let own =
        |column: usize| row.cells.get(column).is_some_and(|cell| !cell.is_blank() && !cell.merged);
    // A name that goes over both lines makes one header of them.
    let over_both = parts.cells.iter().enumerate().any(|(column, cell)| {
        cell.merged && own(column) && cell.text() == row.cells[column].text()
    });
    let begins_group = |column: usize| filled.contains(&(column + 1)) && !own(column + 1);
    // Or nothing stands below the names that go over one column, and something does under both.
    let below_others = |next: &Row| {
        let others = (0..row.cells.len()).filter(|&it| own(it) && !begins_group(it));
        others.filter(|&it| next.cells.get(it).is_some_and(|it| !it.is_blank())).count() >= 2
    };
    let fits = row.line + 1 == parts.line
        && filled.iter().any(|&column| own(column) && begins_group(column))
        && filled.iter().all(|&column| !own(column) || begins_group(column))
        && filled.iter().all(|&column| is_wordy(&parts.cells[column]))
        && sheet
            .rows
            .get(index + 2)
            .is_some_and(|next| over_both || below_others(next) || distinct(next) > filled.len());
    if !fits {
        return None;
    }
    let width = row.cells.len().max(parts.cells.len());
    let mut group = String::new();
    let names = (0..width).map(|column| {
        let own = name(row, column);
        let part = name(parts, column);
        if !own.is_empty() {
            group.clone_from(&own);
        }
        if part.is_empty() { own } else { joined(group.clone(), part) }
    });
    Some(Header { first: index, last: index + 1, names: names.collect() })
}

fn joined(group: String, part: String) -> String {
    if part.is_empty() || group == part {
        group
    } else if group.is_empty() {
        part
    } else {
        format!("{group} {part}")
    }
}

fn name(row: &Row, column: usize) -> String {
    squeeze(&row.text(column))
}

fn distinct(row: &Row) -> usize {
    let texts = row.cells.iter().filter(|cell| !cell.is_blank());
    texts.map(|cell| fold(&cell.text())).collect::<BTreeSet<_>>().len()
}

fn is_wordy(cell: &Cell) -> bool {
    match &cell.value {
        Value::Text(text) => {
            text.chars().count() <= 60
                && number(text, DecimalMark::Point).is_none()
                && day(text, DayOrder::Unsure).is_none()
        }
        _ => false,
    }
}

fn has_digit(cell: &Cell) -> bool {
    cell.text().contains(|c: char| c.is_ascii_digit())
}

#[expect(clippy::cast_precision_loss, reason = "counts of cells in a row")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests;
