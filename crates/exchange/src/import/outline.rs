//! The first look at a sheet: its header, its rows as texts, and what its columns mean.

mod edition;
mod lines;
mod names;
mod notes;
mod numbers;

use std::{borrow::Cow, collections::HashMap};

use meta::KindDef;

use super::{
    ColumnPlan, Match, OfSheet, Options, Remark, Source, Sureness, Target, cells, guess,
    headers::{self, Lexicon},
    rejects,
};
use crate::{Error, Sheet, table, text::fold};
pub(super) use edition::Edition;
use lines::{clean, letters};

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
    /// How its controls of 2013 become those of 2022, where it is of that edition.
    pub(super) edition: Option<Edition>,
}

/// A row as texts, as many as there are columns.
pub(super) struct Line<'w> {
    pub(super) line: u32,
    pub(super) cells: Vec<Cow<'w, str>>,
    /// How many cells say something of their own: copies of merged cells do not.
    pub(super) filled: usize,
    /// Whether a blank row stands above it.
    pub(super) apart: bool,
    /// Whether one text goes over several of its columns, and nothing else stands in it.
    pub(super) heading: bool,
}

impl Line<'_> {
    /// What a cell says; nothing where a formula failed.
    pub(super) fn said(&self, at: usize) -> &str {
        let text = &*self.cells[at];
        if cells::is_failed(text) { "" } else { text }
    }
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
        edition: None,
    };
    let named = |name: &str| options.map.iter().any(|(header, _)| fold(header) == fold(name));
    let known = |name: &str| headers::is_known(name) || named(name);
    let told_header = header.and_then(|line| table::header_on(sheet, line, known));
    let Some(header) = told_header.or_else(|| table::header_knowing(sheet, known)) else {
        return Ok(outline);
    };
    let rows = header.rows(sheet);
    let named = lines::width(&header.names);
    outline.header_line = sheet.rows[header.first].line;
    let read = lines::Rows::read(rows, &header.names, sheet.rows[header.last].line);
    (outline.lines, outline.remarks, outline.formulas) = (read.lines, read.remarks, read.formulas);
    let width = outline.lines.iter().map(|it| it.cells.len()).max().unwrap_or(0).max(named);
    outline.lines.iter_mut().for_each(|it| it.cells.resize(width, Cow::Borrowed("")));
    outline.remarks.extend(on_cells(
        &read.hollow,
        "formulas without a stored value, read as blank",
        "open the workbook in a spreadsheet program, save it, and import it again",
    ));
    outline.remarks.extend(on_cells(
        &read.failed,
        "formulas that failed say nothing, and are kept beside the fields",
        "mend them in the spreadsheet, and import it again",
    ));
    outline.remarks.extend(on_cells(
        &read.unseen,
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
            let texts = outline.lines.iter().filter(|it| !it.heading).map(|it| it.said(at));
            texts.filter(|it| !it.is_empty()).take(60).collect()
        })
        .collect();
    let guess = match options.kind {
        _ if outline.lines.is_empty() && header.titles(sheet).iter().all(lines::is_title) => {
            guess::nothing("it has a header and no rows")
        }
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
    if let Some(kind) = guess.kind {
        names::join(&mut outline, kind);
        numbers::lengthen(&mut outline, kind, rows);
        outline.edition = edition::of(&mut outline, kind);
    }
    notes::add(&mut outline, sheet);
    Ok(outline)
}

impl Outline<'_> {
    /// Takes note of something about the whole sheet, or about one of its lines.
    fn remark(&mut self, line: Option<u32>, text: String) {
        self.remarks.push(Remark { line, header: None, cell: String::new(), text });
    }
}

/// Names cells in a remark on the whole sheet, when there are any.
fn on_cells(names: &[String], what: &str, then: &str) -> Option<Remark> {
    let more = if names.len() > 10 { ", …" } else { "" };
    let cells = names.iter().take(10).map(String::as_str).collect::<Vec<_>>().join(", ");
    let text = format!("{what}: {cells}{more}; {then}");
    (!names.is_empty()).then_some(Remark { line: None, header: None, cell: String::new(), text })
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
