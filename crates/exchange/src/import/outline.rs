//! The first look at a sheet: its header, its rows as texts, and what its columns mean.

use std::{borrow::Cow, collections::HashMap};

use domain::is_hidden;
use meta::KindDef;

use super::{
    ColumnPlan, Match, OfSheet, Options, Remark, Source, Sureness, Target, guess,
    headers::{self, Lexicon},
    rejects,
};
use crate::{Cell, Error, Row, Sheet, Value, table, text::fold};

/// A sheet after the first look.
pub(super) struct Outline<'w> {
    pub(super) source: String,
    pub(super) sheet: String,
    pub(super) kind: Option<&'static KindDef>,
    pub(super) sureness: Sureness,
    pub(super) why: String,
    pub(super) header_line: u32,
    pub(super) columns: Vec<ColumnPlan>,
    pub(super) lines: Vec<Line<'w>>,
    pub(super) formulas: Vec<String>,
    pub(super) remarks: Vec<Remark>,
}

/// A row as texts, as many as there are columns.
pub(super) struct Line<'w> {
    pub(super) line: u32,
    pub(super) cells: Vec<Cow<'w, str>>,
    /// How many cells say something of their own: copies of merged cells do not.
    pub(super) filled: usize,
    /// Whether a blank row stands above it.
    pub(super) apart: bool,
}

/// Looks at every sheet of every file.
pub(super) fn outlines<'w>(
    sources: &[Source<'w>],
    options: &Options,
) -> Result<Vec<Outline<'w>>, Error> {
    if let Some(kind) = options.kind.filter(|it| !guess::is_importable(it)) {
        return Err(Error::NotImported { kind: kind.plural });
    }
    let mut outlines = Vec::new();
    let mut told = vec![false; options.map.len()];
    for (source_at, source) in sources.iter().enumerate() {
        for (sheet_at, sheet) in source.workbook.sheets.iter().enumerate() {
            if options.sheet.as_ref().is_some_and(|it| fold(it) != fold(&sheet.name)) {
                continue;
            }
            let own = options.each.iter().find(|it| (it.source, it.sheet) == (source_at, sheet_at));
            outlines.push(match own {
                Some(own) => of_sheet(source.name, sheet, options, own)?,
                None => outline(source.name, sheet, options, None, &mut told)?,
            });
        }
    }
    if outlines.is_empty()
        && let Some(sheet) = &options.sheet
    {
        let names = sources.iter().flat_map(|it| &it.workbook.sheets);
        let names: Vec<String> = names.map(|it| format!("`{}`", it.name)).collect();
        return Err(Error::UnknownSheet { sheet: sheet.clone(), known: names.join(", ") });
    }
    if let Some(at) = told.iter().position(|it| !it) {
        let known = outlines.iter().flat_map(|it| &it.columns);
        let known: Vec<String> = known.map(|it| format!("`{}`", it.header)).collect();
        let header = options.map[at].0.clone();
        return Err(Error::UnknownHeader { header, known: known.join(", ") });
    }
    Ok(outlines)
}

/// The outline of a sheet about which something was said.
fn of_sheet<'w>(
    source: &str,
    sheet: &'w Sheet,
    options: &Options,
    own: &OfSheet,
) -> Result<Outline<'w>, Error> {
    if let Some(kind) = own.kind.filter(|it| !guess::is_importable(it)) {
        return Err(Error::NotImported { kind: kind.plural });
    }
    let said = Options { kind: own.kind.or(options.kind), map: own.map.clone(), ..options.clone() };
    let mut told = vec![false; own.map.len()];
    let mut outline = outline(source, sheet, &said, own.header, &mut told)?;
    if own.left_out {
        let guess = guess::nothing("you left it out");
        (outline.kind, outline.sureness, outline.why) = (guess.kind, guess.sureness, guess.why);
        for column in outline.columns.iter_mut().filter(|it| it.target != Target::Empty) {
            (column.target, column.matched) = (Target::Extra, Match::None);
        }
    }
    Ok(outline)
}

fn outline<'w>(
    source: &str,
    sheet: &'w Sheet,
    options: &Options,
    header: Option<u32>,
    told: &mut [bool],
) -> Result<Outline<'w>, Error> {
    let mut outline = Outline {
        source: source.to_owned(),
        sheet: sheet.name.clone(),
        kind: None,
        sureness: Sureness::None,
        why: "nothing stands in it".to_owned(),
        header_line: 0,
        columns: Vec::new(),
        lines: Vec::new(),
        formulas: Vec::new(),
        remarks: Vec::new(),
    };
    let named = |name: &str| options.map.iter().any(|(header, _)| fold(header) == fold(name));
    let known = |name: &str| headers::is_known(name) || named(name);
    let told_header = header.and_then(|line| table::header_on(sheet, line, known));
    let Some(header) = told_header.or_else(|| table::header_knowing(sheet, known)) else {
        return Ok(outline);
    };
    let rows = header.rows(sheet);
    let named = header.names.iter().rposition(|it| !it.is_empty()).map_or(0, |at| at + 1);
    outline.header_line = sheet.rows[header.first].line;
    (outline.lines, outline.remarks) = lines(rows, named, sheet.rows[header.last].line);
    let width = outline.lines.iter().map(|it| it.cells.len()).max().unwrap_or(0).max(named);
    outline.lines.iter_mut().for_each(|it| it.cells.resize(width, Cow::Borrowed("")));
    let hollow;
    (outline.formulas, hollow) = formulas(rows);
    outline.remarks.extend(on_cells(
        &hollow,
        "formulas without a stored value, read as blank",
        "open the workbook in a spreadsheet program, save it, and import it again",
    ));
    outline.remarks.extend(on_cells(
        &unseen(rows),
        "cells with signs that nobody sees",
        "they were read without them",
    ));
    let names = unique(&header.names, width);
    let marks = names.iter().enumerate().filter(|(_, it)| rejects::HEADER.contains(&it.as_str()));
    for (at, _) in marks {
        for line in &mut outline.lines {
            line.filled -= usize::from(!std::mem::take(&mut line.cells[at]).is_empty());
        }
    }
    let samples: Vec<Vec<&str>> = (0..width)
        .map(|at| {
            let texts = outline.lines.iter().map(|it| &*it.cells[at]);
            texts.filter(|it| !it.is_empty()).take(60).collect()
        })
        .collect();
    let guess = match options.kind {
        Some(kind) => guess::told(kind, &names, &samples, options),
        None if sheet.hidden && options.sheet.is_none() => {
            guess::nothing("the sheet is hidden: say what it is to take it")
        }
        None => guess::guess(source, &sheet.name, &names, &samples),
    };
    (outline.kind, outline.sureness, outline.why) = (guess.kind, guess.sureness, guess.why);
    let mut matched = match guess.kind {
        Some(kind) => headers::matches(Lexicon::of(kind), &names, &samples),
        None => vec![(Target::Extra, Match::None); width],
    };
    for ((header, field), told) in options.map.iter().zip(told) {
        let Some(at) = names.iter().position(|it| fold(it) == fold(header)) else { continue };
        *told = true;
        if let Some(kind) = guess.kind {
            let target = headers::told(kind, field)?;
            for it in matched.iter_mut().filter(|it| it.0 == target && target != Target::Extra) {
                *it = (Target::Extra, Match::None);
            }
            matched[at] = (target, Match::Told);
        }
    }
    for (at, (target, matched)) in matched.into_iter().enumerate() {
        let sample = samples[at].first().map_or_else(String::new, |it| (*it).to_owned());
        let target =
            if sample.is_empty() && matched != Match::Told { Target::Empty } else { target };
        outline.columns.push(ColumnPlan { header: names[at].clone(), target, matched, sample });
    }
    outline.remarks.extend(guess.kind.and_then(|it| repeating(it, &outline.columns)));
    Ok(outline)
}

/// Says of a column of numbers that it is none, as they come again and again.
fn repeating(kind: &'static KindDef, columns: &[ColumnPlan]) -> Option<Remark> {
    if columns.iter().any(|it| it.target == Target::Id) {
        return None;
    }
    let numbers = |it: &&ColumnPlan| {
        it.target == Target::Extra
            && it.matched == Match::None
            && Lexicon::of(kind).id_weight(&it.header).is_some()
    };
    let column = columns.iter().find(numbers)?;
    Some(Remark {
        line: None,
        header: Some(column.header.clone()),
        cell: String::new(),
        text: "its numbers repeat: rows are known by their cells instead".to_owned(),
    })
}

/// The rows as texts, those without any left out; and what was put right in them.
fn lines(rows: &[Row], named: usize, header: u32) -> (Vec<Line<'_>>, Vec<Remark>) {
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
            apart: row.line > last + 1 && !lines.is_empty(),
        });
        last = row.line;
    }
    (lines, remarks)
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
fn clean(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        text if text.contains(is_hidden) => {
            Cow::Owned(text.replace(is_hidden, "").trim().to_owned())
        }
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// Names cells in a remark on the whole sheet, when there are any.
fn on_cells(names: &[String], what: &str, then: &str) -> Option<Remark> {
    let more = if names.len() > 10 { ", …" } else { "" };
    let cells = names.iter().take(10).map(String::as_str).collect::<Vec<_>>().join(", ");
    let text = format!("{what}: {cells}{more}; {then}");
    (!names.is_empty()).then_some(Remark { line: None, header: None, cell: String::new(), text })
}

/// The names of cells that hold signs nobody sees.
fn unseen(rows: &[Row]) -> Vec<String> {
    let cells = rows.iter().flat_map(|row| row.cells.iter().enumerate().map(move |it| (row, it)));
    let hides = |it: &Cell| matches!(&it.value, Value::Text(text) if text.contains(is_hidden));
    let unseen = cells.filter(|(_, (_, cell))| hides(cell));
    unseen.map(|(row, (at, _))| format!("{}{}", letters(at), row.line)).collect()
}

/// The names of cells with a formula: those with a stored value, and those without.
fn formulas(rows: &[Row]) -> (Vec<String>, Vec<String>) {
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

/// Headers that differ from each other; a column without one is called by its letters.
fn unique(names: &[String], width: usize) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut unique = Vec::with_capacity(width);
    for at in 0..width {
        let name = names.get(at).map_or_else(String::new, |it| clean(it.into()).into_owned());
        let name = if name.is_empty() { format!("Column {}", letters(at)) } else { name };
        let mut candidate = name.clone();
        while let Some(count) = seen.get_mut(&candidate) {
            *count += 1;
            candidate = format!("{name} ({count})");
        }
        seen.insert(candidate.clone(), 1);
        unique.push(candidate);
    }
    unique
}

/// `A`, `B`, … `Z`, `AA`.
fn letters(mut at: usize) -> String {
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
