//! Spreadsheets that people have, turned into records: what each sheet is, which record each row
//! means, what each cell says, and what cannot be read.
//!
//! [`plan()`] only plans. It gives one [`Command`] for [`domain::decide`], and beside it
//! everything a person should see before they agree: the mapping of the headers, one outcome for
//! each row, conflicts, and remarks. Start reading there; the passes of a run are in `run`.

mod alike;
mod book;
mod cells;
mod complete;
mod contradictions;
mod convert;
mod fit;
mod guess;
mod headers;
mod identify;
mod links;
mod merge;
mod method;
mod outline;
mod plan;
mod ratings;
mod rejects;
mod rows;
mod run;
mod scales;
mod stages;
mod write;

use std::collections::BTreeSet;

use domain::View;
use meta::{Id, KindDef, Provenance};

pub use alike::{Alike, alike, unite};
pub use contradictions::{Contradiction, contradictions};
pub use plan::{
    ColumnPlan, Conflict, Match, MethodDraft, Outcome, Plan, RatingPart, Remark, RowPlan,
    SheetPlan, Stub, Summary, Sureness, Target,
};
pub use rejects::rejects_csv;

use crate::{Error, Workbook};

/// One file that was read.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The name of the file: it helps to tell what its sheets are.
    pub name: &'a str,
    /// What is in it.
    pub workbook: &'a Workbook,
}

/// What the person says beforehand.
#[derive(Clone, Debug)]
pub struct Options {
    /// The kind of the rows; guessed for each sheet when absent.
    pub kind: Option<&'static KindDef>,
    /// Headers and the field each of them means: the name of a field, `field.column` for a column
    /// of a table, `current.likelihood` or `current.Money` for a rating, `id`, `stage`, or `-` to
    /// keep a column as an extra.
    pub map: Vec<(String, String)>,
    /// The only sheet to read, by its name.
    pub sheet: Option<String>,
    /// Where the content comes from, as the records will say.
    pub provenance: Provenance,
    /// What to do with a cell that changed in the sheet and in the record.
    pub on_conflict: OnConflict,
    /// The cells for which the sheet wins in any case: the record and the field, as
    /// [`Conflict`] names them.
    pub take: BTreeSet<(Id, String)>,
    /// Whether rows whose records were withdrawn are made anew.
    pub again: bool,
    /// Whether cells that named no record, or no step of a scale, at the last import are read
    /// again.
    pub relink: bool,
    /// What is said about single sheets; it goes before what is said about all.
    pub each: Vec<OfSheet>,
}

/// What the person says about one sheet.
#[derive(Clone, Debug, Default)]
pub struct OfSheet {
    /// The place of its file among those that were read.
    pub source: usize,
    /// Its place in the file.
    pub sheet: usize,
    /// Whether nothing is taken from it.
    pub left_out: bool,
    /// The line its header is on; found out when absent.
    pub header: Option<u32>,
    /// The kind of its rows; as for all when absent.
    pub kind: Option<&'static KindDef>,
    /// Headers and the field each of them means, as in [`Options::map`]; headers that are not
    /// there say nothing.
    pub map: Vec<(String, String)>,
}

/// What to do with a cell that changed in the sheet and in the record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnConflict {
    /// The record stays as it is, and the conflict is reported.
    #[default]
    Keep,
    /// The sheet wins, and the conflict is reported.
    TakeSheet,
}

impl Options {
    /// Whether the sheet wins where this field of a record changed on both sides.
    pub fn takes_sheet(&self, record: Id, field: &str) -> bool {
        self.on_conflict == OnConflict::TakeSheet || self.take.contains(&(record, field.to_owned()))
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            kind: None,
            map: Vec::new(),
            sheet: None,
            provenance: Provenance::Import,
            on_conflict: OnConflict::Keep,
            take: BTreeSet::new(),
            again: false,
            relink: false,
            each: Vec::new(),
        }
    }
}

/// Plans the import of files: nothing is written, and the plan's command is for
/// [`domain::decide`]. `ids` gives an id never used before.
///
/// # Errors
/// When the options name a sheet, header, field or kind that is not there.
pub fn plan(
    view: View<'_>,
    sources: &[Source<'_>],
    options: &Options,
    ids: &mut dyn FnMut() -> Id,
) -> Result<Plan, Error> {
    let outlines = outline::outlines(sources, options)?;
    let mut plan = run::run(view, outlines, options, ids);
    let gives = |name: &str| {
        let mut sheets = plan.sheets.iter().filter(|it| it.source == name);
        sheets.any(|it| it.summary.made + it.summary.updated > 0)
    };
    let files: Vec<&str> = sources.iter().map(|it| it.name).filter(|it| gives(it)).collect();
    plan.command.note = Some(format!("Import of {}", files.join(", ")));
    Ok(plan)
}
