//! Records as CSV, XLSX and JSON, and such files back into the records they came from.
//!
//! A sheet has one row for each record. Its columns, in this order:
//!
//! - `muniment:KIND` holds the number (`RISK-12`) and marks the sheet as ours; a row without one is
//!   a new record. `muniment:version` is the version that was exported, `muniment:stage` the stage;
//!   with withdrawn records there is `muniment:withdrawn`.
//! - One column for each field, by its label. Links are numbers (a control's is its reference, one
//!   edition is `METHOD-1@3`), choices their ids, periods words; lists are parted by `; `, and a
//!   member with a semicolon stands in double quotes; files, ratings and rows are JSON text.
//! - `muniment:tags`, `muniment:external_id`, `muniment:attachments`, then `muniment:extra:HEADER`
//!   for columns of an import that no field takes, then computed columns, which are never read.
//! - `muniment:more:HEADER` goes on with a text too long for one cell of XLSX.
//!
//! JSON is a list of `{id, number, kind, stage, version, provenance, withdrawn, title, body,
//! extras}` with the same values. Start reading at [`csv()`] and [`read_back`].

mod cell;
mod column;
mod fault;
mod names;
mod node;
mod read_back;
mod read_json;
pub(crate) mod said;
mod take;
pub(crate) mod value;

use std::collections::BTreeSet;

use domain::View;
use jiff::civil::DateTime;
use meta::{Id, KindDef, Record};

pub(crate) use self::{
    fault::lines,
    names::{Names, by_number},
    node::Node,
};
pub use self::{
    fault::{Conflict, Fault, PlanLine},
    read_back::{exported_kind, read_back},
    read_json::read_back_json,
    take::ReadBack,
};
use crate::{Error, TableSheet, Value};

/// Kinds whose records are acts: files show them, and no file makes or changes one.
pub(crate) const ACTS: [&str; 2] = ["approval", "ledger_event"];

/// What to export.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// These records only; all when absent.
    pub records: Option<&'a BTreeSet<Id>>,
    /// Also records that are withdrawn.
    pub withdrawn: bool,
    /// Columns to add that are computed from several records.
    pub computed: &'a [Computed<'a>],
}

/// A column that is computed, not stored.
#[derive(Clone, Copy)]
pub struct Computed<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its cell for a record.
    pub cell: &'a dyn Fn(View<'_>, &Record) -> Value,
}

/// The records of a kind as a table.
pub fn table(view: View<'_>, kind: &'static KindDef, options: &Options<'_>) -> TableSheet {
    column::table(view, &Names::new(view.isms), kind, options)
}

/// The records of a kind as CSV, with a byte order mark so that spreadsheet programs see UTF-8.
pub fn csv(view: View<'_>, kind: &'static KindDef, options: &Options<'_>) -> Vec<u8> {
    crate::csv::write(&table(view, kind, options), true)
}

/// The records of these kinds as a workbook, one sheet for each kind; `created` is the time it
/// says it was made.
///
/// # Errors
/// When a table is larger than a sheet can be.
pub fn xlsx(
    view: View<'_>,
    kinds: &[&'static KindDef],
    options: &Options<'_>,
    created: DateTime,
) -> Result<Vec<u8>, Error> {
    let names = Names::new(view.isms);
    let tables = kinds.iter().map(|it| column::split(column::table(view, &names, it, options)));
    crate::xlsx::write(&tables.collect::<Vec<_>>(), created)
}

/// The records of a kind as JSON text.
pub fn json(view: View<'_>, kind: &'static KindDef, options: &Options<'_>) -> Vec<u8> {
    let names = Names::new(view.isms);
    let each = options.each(view, kind).map(|it| read_json::node(&names, it));
    let mut out = String::new();
    Node::List(each.collect()).print(&mut out, Some(0));
    out.push('\n');
    out.into_bytes()
}

impl Options<'_> {
    /// The records to export, in the order of numbers.
    fn each<'v>(&self, view: View<'v>, kind: &'static KindDef) -> impl Iterator<Item = &'v Record> {
        view.isms.rows(kind.id).filter(|it| {
            (self.withdrawn || !it.head.withdrawn)
                && self.records.is_none_or(|only| only.contains(&it.head.id))
        })
    }
}
