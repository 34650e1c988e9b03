//! The rows of a sheet as texts.

use std::borrow::Cow;

use domain::{hides_signs, is_hidden};

use super::{
    super::{Remark, cells::is_failed},
    Line,
};
use crate::{Cell, Row, Value};

/// The rows as texts, those without any left out; and what was put right in them.
pub(super) fn lines<'w>(
    rows: &'w [Row],
    names: &[String],
    header: u32,
) -> (Vec<Line<'w>>, Vec<Remark>) {
    let named = width(names);
    let mut lines = Vec::with_capacity(rows.len());
    let mut remarks = Vec::new();
    let mut last = header;
    for row in rows.iter().filter(|it| !it.is_blank()) {
        let joined = joined(row, named);
        if joined.is_some() {
            let text = "a comma in a text parted the row, as it was not quoted: the parts were \
                        put together";
            let text = text.to_owned();
            remarks.push(Remark { line: Some(row.line), header: None, cell: String::new(), text });
        }
        let mut cells = joined
            .unwrap_or_else(|| row.cells.iter().map(|it| clean(it.text())).collect::<Vec<_>>());
        while cells.last().is_some_and(|it| it.is_empty()) {
            cells.pop();
        }
        let own = row.cells.iter().filter(|it| !it.merged && !it.is_blank());
        lines.push(Line {
            line: row.line,
            cells,
            filled: own.count(),
            heading: is_heading(row, names),
            apart: row.line > last + 1 && !lines.is_empty(),
        });
        last = row.line;
    }
    (lines, remarks)
}

/// How many columns a header names.
pub(super) fn width(names: &[String]) -> usize {
    names.iter().rposition(|it| !it.is_empty()).map_or(0, |at| at + 1)
}

/// Whether a row above a header is a title: one text, and not what else may be a header.
pub(super) fn is_title(row: &Row) -> bool {
    row.cells.iter().filter(|it| !it.merged && !it.is_blank()).count() <= 1
}

/// Whether one text goes over several columns of a row, and nothing else stands in it.
fn is_heading(row: &Row, names: &[String]) -> bool {
    let filled: Vec<usize> = (0..row.cells.len()).filter(|at| !row.cells[*at].is_blank()).collect();
    let Some((first, rest)) = filled.split_first() else { return false };
    let text = row.cells[*first].text();
    let name = |at: &usize| names.get(*at).map_or("", String::as_str);
    if rest.iter().all(|at| name(at) == name(first))
        || rest.iter().any(|at| row.cells[*at].text() != text)
    {
        return false;
    }
    let copies = rest.iter().all(|at| row.cells[*at].merged);
    let whole = filled.len() >= 3.max(width(names)) && text.trim().chars().count() > 3;
    copies || whole && text.contains(char::is_alphabetic)
}

/// The cells of a row that is wider than its header because of commas within texts: a part that
/// begins with a blank belongs to the cell before it. `None` where that does not make it fit.
fn joined(row: &Row, width: usize) -> Option<Vec<Cow<'_, str>>> {
    if row.cells.iter().rposition(|it| !it.is_blank())? < width {
        return None;
    }
    let mut cells: Vec<String> = Vec::with_capacity(width);
    for cell in &row.cells {
        let text = cell.text();
        match cells.last_mut() {
            Some(last) if text.starts_with(' ') && !text.trim().is_empty() => {
                last.push(',');
                last.push_str(&text);
            }
            _ => cells.push(text.into_owned()),
        }
    }
    while cells.len() > width && cells.last().is_some_and(|it| it.trim().is_empty()) {
        cells.pop();
    }
    (cells.len() == width).then(|| cells.into_iter().map(|it| clean(Cow::Owned(it))).collect())
}

/// Without blanks around it, and without signs that nobody sees.
pub(super) fn clean(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        text if hides_signs(&text) => Cow::Owned(text.replace(is_hidden, "").trim().to_owned()),
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// The names of cells that hold signs nobody sees.
pub(super) fn unseen(rows: &[Row]) -> Vec<String> {
    let cells = rows.iter().flat_map(|row| row.cells.iter().enumerate().map(move |it| (row, it)));
    let hides = |it: &Cell| matches!(&it.value, Value::Text(text) if hides_signs(text));
    let unseen = cells.filter(|(_, (_, cell))| hides(cell));
    unseen.map(|(row, (at, _))| format!("{}{}", letters(at), row.line)).collect()
}

/// The names of cells in which a formula failed: what it left is no value.
pub(super) fn failed(rows: &[Row]) -> Vec<String> {
    let mut failed = Vec::new();
    for row in rows {
        let cells = row.cells.iter().enumerate();
        let cells = cells.filter(|(_, it)| !it.merged && is_failed(&it.text()));
        failed.extend(cells.map(|(at, _)| format!("{}{}", letters(at), row.line)));
    }
    failed
}

/// The names of cells with a formula: those with a stored value, and those without.
pub(super) fn formulas(rows: &[Row]) -> (Vec<String>, Vec<String>) {
    let (mut stored, mut hollow) = (Vec::new(), Vec::new());
    for row in rows {
        let with = row.cells.iter().enumerate().filter(|(_, cell)| cell.formula.is_some());
        for (at, cell) in with {
            let list = if cell.is_blank() { &mut hollow } else { &mut stored };
            list.push(format!("{}{}", letters(at), row.line));
        }
    }
    (stored, hollow)
}

/// `A`, `B`, … `Z`, `AA`.
pub(super) fn letters(mut at: usize) -> String {
    let mut letters = String::new();
    loop {
        let letter = b'A' + u8::try_from(at % 26).expect("a remainder below 26");
        letters.insert(0, char::from(letter));
        if at < 26 {
            return letters;
        }
        at = at / 26 - 1;
    }
}
