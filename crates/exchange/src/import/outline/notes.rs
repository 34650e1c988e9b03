//! Notes pinned to cells, as columns beside those of the sheet.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    super::{ColumnPlan, Match, Target},
    Outline,
    lines::{clean, letters},
    unique,
};
use crate::Sheet;

/// Adds a column for each column that has notes; those that stand beside no row are told.
pub(super) fn add(outline: &mut Outline<'_>, sheet: &Sheet) {
    let width = outline.columns.len();
    let mut columns: BTreeMap<usize, BTreeMap<usize, String>> = BTreeMap::new();
    for note in &sheet.notes {
        let text = clean(note.text.as_str().into());
        let line = outline.lines.binary_search_by_key(&note.line, |it| it.line);
        match line {
            Ok(line) if note.column < width => {
                let cell = columns.entry(note.column).or_default().entry(line).or_default();
                if !cell.is_empty() {
                    cell.push('\n');
                }
                cell.push_str(&text);
            }
            _ => {
                let place = format!("{}{}", letters(note.column), note.line);
                let text: String = text.chars().take(200).collect();
                let text = format!("a comment on {place}, which is in no row, is not kept: {text}");
                outline.remark(Some(note.line), text);
            }
        }
    }
    for (column, mut texts) in columns {
        let mut names: Vec<String> = outline.columns.iter().map(|it| it.header.clone()).collect();
        names.push(format!("Comment on {}", names[column]));
        let header = unique(&names, names.len()).pop().unwrap_or_default();
        let sample = texts.values().next().cloned().unwrap_or_default();
        for (at, line) in outline.lines.iter_mut().enumerate() {
            line.cells.push(Cow::Owned(texts.remove(&at).unwrap_or_default()));
        }
        let (target, matched) = (Target::Extra, Match::None);
        outline.columns.push(ColumnPlan { header, target, matched, sample });
    }
}
