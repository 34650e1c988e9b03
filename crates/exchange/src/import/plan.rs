//! What an import would do, as a person reads it before agreeing.

use std::collections::BTreeMap;

use domain::Command;
use meta::{Id, KindDef};

use super::{links::NAMES_NO, scales::OFF_SCALE};

/// What an import would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// Every sheet of every file, also those nothing is taken from.
    pub sheets: Vec<SheetPlan>,
    /// All of it as one commit; without steps when nothing would change.
    pub command: Command,
    /// The risk method that is proposed where risks come rated before there is one.
    pub method: Option<MethodDraft>,
}

/// What an import would do with one sheet.
#[derive(Debug)]
pub struct SheetPlan {
    /// The file it is in.
    pub source: String,
    /// Its name in the file.
    pub sheet: String,
    /// What its rows are; `None` when the sheet was not understood and nothing is taken from it.
    pub kind: Option<&'static KindDef>,
    /// How sure that is.
    pub sureness: Sureness,
    /// Why, in one sentence.
    pub why: String,
    /// The line of the header; 0 when there is none.
    pub header_line: u32,
    /// The columns, left to right.
    pub columns: Vec<ColumnPlan>,
    /// The rows below the header, blank ones left out; none when it was not understood.
    pub rows: Vec<RowPlan>,
    /// The rows counted by outcome.
    pub summary: Summary,
    /// How many rows a sheet has that was not understood.
    pub left_out: usize,
    /// Records made only because a cell names them.
    pub stubs: Vec<Stub>,
    /// Cells that changed in the sheet and in the record.
    pub conflicts: Vec<Conflict>,
    /// The names of cells with a formula: their stored value was read (`D7`).
    pub formulas: Vec<String>,
    /// What else a person should know.
    pub remarks: Vec<Remark>,
}

/// What a column means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnPlan {
    /// The header, made unique in its sheet.
    pub header: String,
    /// What it means.
    pub target: Target,
    /// How that was found.
    pub matched: Match,
    /// The first text that stands in it.
    pub sample: String,
}

/// What the cells of a column become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A field, by name.
    Field(&'static str),
    /// A column of a table in the record: the field and the column.
    Part(&'static str, &'static str),
    /// A part of a rating: the field and the part.
    Rating(&'static str, RatingPart),
    /// Marks that say an option of a field: the field and the option.
    Mark(&'static str, &'static str),
    /// The first name of a person whose last name stands in another column: both are the name.
    Given,
    /// The number that a row is known by.
    Id,
    /// The stage of the record.
    Stage,
    /// Kept with the record as it is, since no field takes it.
    Extra,
    /// Nothing stands in the column.
    Empty,
}

/// What a column says about a rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RatingPart {
    /// How likely.
    Likelihood,
    /// How bad by one criterion.
    Consequence(String),
    /// How bad over all criteria: computed, compared and kept as an extra.
    Worst,
    /// A product or sum of both: computed, compared and kept as an extra.
    Score,
    /// The name of a level: computed, compared and kept as an extra.
    Level,
}

/// How the meaning of a column was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// The person said so.
    Told,
    /// The header is a name of the field.
    Exact,
    /// The header is like a name of the field.
    Close,
    /// Not at all.
    None,
}

/// How sure the kind of a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// It was not understood.
    None,
    /// Its headers fit, but few of them.
    Low,
    /// Its headers fit.
    High,
    /// The person said so.
    Told,
}

/// What becomes of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPlan {
    /// Its line in the file.
    pub line: u32,
    /// What becomes of it.
    pub outcome: Outcome,
    /// The record it is or becomes.
    pub record: Option<Id>,
    /// Its cells, kept for the file of rejects.
    pub cells: Vec<String>,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A record is made.
    Made,
    /// A record is changed: the names of the fields; none when only what the row says is noted.
    Updated(Vec<String>),
    /// Nothing: it was imported before and did not change since.
    Unchanged,
    /// It cannot become a record: why, and what to do.
    Rejected(String),
}

/// Rows by outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows below the header that are not blank.
    pub read: usize,
    /// Those that become new records.
    pub made: usize,
    /// Those that change records.
    pub updated: usize,
    /// Those that change nothing.
    pub unchanged: usize,
    /// Those that cannot be taken.
    pub rejected: usize,
}

/// A record made only because a cell names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stub {
    /// The record.
    pub record: Id,
    /// Its kind's id.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// The line of the row that names it first.
    pub line: u32,
}

/// A cell that changed in the sheet and in the record since the last import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The line of the row.
    pub line: u32,
    /// The record.
    pub record: Id,
    /// The field, or the header of an extra.
    pub field: String,
    /// What stood in the sheet at the last import; empty if it was never imported.
    pub was: String,
    /// What stands there now.
    pub now: String,
    /// What the record says.
    pub ours: String,
}

/// Something a person should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The line of the row; `None` for the whole sheet.
    pub line: Option<u32>,
    /// The header of the column, where it is about one.
    pub header: Option<String>,
    /// What stands in the cell, where it is about one.
    pub cell: String,
    /// What, in one sentence that leaves out the cell, so that remarks can be counted.
    pub text: String,
}

/// A risk method proposed from the scales seen in the files. It has no acceptance criteria: those
/// are for people to decide.
#[derive(Debug, Clone)]
pub struct MethodDraft {
    /// The record.
    pub record: Id,
    /// What only people can answer.
    pub questions: Vec<String>,
}

impl Summary {
    /// Counts rows by outcome.
    pub fn of(rows: &[RowPlan]) -> Self {
        let mut summary = Self { read: rows.len(), ..Self::default() };
        for row in rows {
            match row.outcome {
                Outcome::Made => summary.made += 1,
                Outcome::Updated(_) => summary.updated += 1,
                Outcome::Unchanged => summary.unchanged += 1,
                Outcome::Rejected(_) => summary.rejected += 1,
            }
        }
        summary
    }

    /// Whether every row read has exactly one outcome.
    pub fn adds_up(self) -> bool {
        self.read == self.made + self.updated + self.unchanged + self.rejected
    }
}

impl Remark {
    /// Whether it is about a cell that names a record, or a step of a scale, which is not there
    /// yet.
    pub fn is_unlinked(&self) -> bool {
        [NAMES_NO, OFF_SCALE].iter().any(|it| self.text.starts_with(it))
    }
}

impl SheetPlan {
    /// The first remark of each wording about each column, and how often it is made.
    pub fn remarks_counted(&self) -> Vec<(&Remark, usize)> {
        let mut seen: BTreeMap<(Option<&str>, &str), usize> = BTreeMap::new();
        let mut list: Vec<(&Remark, usize)> = Vec::new();
        for remark in &self.remarks {
            match seen.get(&(remark.header.as_deref(), remark.text.as_str())) {
                Some(at) => list[*at].1 += 1,
                None => {
                    seen.insert((remark.header.as_deref(), &remark.text), list.len());
                    list.push((remark, 1));
                }
            }
        }
        list
    }
}
