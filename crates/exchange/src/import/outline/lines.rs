//! The rows of a sheet as texts.

use std::{borrow::Cow, convert::Infallible};

use domain::{ahead, hides_signs, is_hidden};

use super::{
    super::{Remark, cells::is_failed},
    Line,
};
use crate::{Row, Value};

/// What the rows of a sheet say.
#[derive(Default)]
pub(super) struct Rows<'w> {
    /// The rows as texts, those without any left out.
    pub(super) lines: Vec<Line<'w>>,
    /// What was put right in them.
    pub(super) remarks: Vec<Remark>,
    /// The names of cells with a formula and its stored value.
    pub(super) formulas: Vec<String>,
    /// The names of cells with a formula and no value.
    pub(super) hollow: Vec<String>,
    /// The names of cells in which a formula failed: what it left is no value.
    pub(super) failed: Vec<String>,
    /// The names of cells that hold signs nobody sees.
    pub(super) unseen: Vec<String>,
}

/// What stands in one row.
struct Texts<'w> {
    cells: Vec<Cow<'w, str>>,
    joined: bool,
    filled: usize,
    heading: bool,
}

/// What is told of a cell.
#[derive(Clone, Copy)]
enum Note {
    Formula,
    Hollow,
    Failed,
    Unseen,
}

impl<'w> Rows<'w> {
    /// Reads the rows below a header.
    pub(super) fn read(rows: &'w [Row], names: &[String], header: u32) -> Self {
        let mut all = Self { lines: Vec::with_capacity(rows.len()), ..Self::default() };
        let mut last = header;
        let read = |_, row: &'w Row| (texts(row, names), notes(row));
        let Ok(()) = ahead(rows, read, |_, row, (texts, notes)| {
            notes.into_iter().for_each(|(note, at)| all.note(note, at, row));
            if let Some(texts) = texts {
                all.add(row, texts, row.line > last + 1);
                last = row.line;
            }
            Ok::<_, Infallible>(())
        });
        all
    }

    fn note(&mut self, note: Note, at: usize, row: &Row) {
        let list = match note {
            Note::Formula => &mut self.formulas,
            Note::Hollow => &mut self.hollow,
            Note::Failed => &mut self.failed,
            Note::Unseen => &mut self.unseen,
        };
        list.push(format!("{}{}", letters(at), row.line));
    }

    fn add(&mut self, row: &Row, texts: Texts<'w>, apart: bool) {
        let Texts { cells, joined, filled, heading } = texts;
        if joined {
            let text = "a comma in a text parted the row, as it was not quoted: the parts were \
                        put together";
            let text = text.to_owned();
            let line = Some(row.line);
            self.remarks.push(Remark { line, header: None, cell: String::new(), text });
        }
        let apart = apart && !self.lines.is_empty();
        self.lines.push(Line { line: row.line, cells, filled, heading, apart });
    }
}

fn texts<'w>(row: &'w Row, names: &[String]) -> Option<Texts<'w>> {
    if row.is_blank() {
        return None;
    }
    let parts = joined(row, width(names));
    let joined = parts.is_some();
    let mut cells =
        parts.unwrap_or_else(|| row.cells.iter().map(|it| clean(it.text())).collect::<Vec<_>>());
    while cells.last().is_some_and(|it| it.is_empty()) {
        cells.pop();
    }
    let own = row.cells.iter().filter(|it| !it.merged && !it.is_blank());
    Some(Texts { cells, joined, filled: own.count(), heading: is_heading(row, names) })
}

fn notes(row: &Row) -> Vec<(Note, usize)> {
    let mut notes = Vec::new();
    for (at, cell) in row.cells.iter().enumerate() {
        if cell.formula.is_some() {
            notes.push((if cell.is_blank() { Note::Hollow } else { Note::Formula }, at));
        }
        if !cell.merged && is_failed(&cell.text()) {
            notes.push((Note::Failed, at));
        }
        if matches!(&cell.value, Value::Text(text) if hides_signs(text)) {
            notes.push((Note::Unseen, at));
        }
    }
    notes
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
