//! The whole ISMS as a folder of plain text, and the way back: a three-way merge.
//!
//! - `ledger.toml` says which ledger the folder was written from, and at which position.
//! - `risk/RISK-12.toml` is one record: its fields in the table `[risk]`, what it carries beside
//!   them in `[extras]`, its id, number and version in `[muniment]`, and in `[envelope]` what is
//!   written for readers and never read (stage, provenance, dates, approvals).
//! - `document/DOC-3.md` is a record whose kind has one main text: the same TOML between two lines
//!   `+++`, then the text.
//!
//! Links are written as in exported sheets, with the title in a comment; periods in words; decimal
//! numbers as text; days as TOML dates. Each member of a list has a line of its own. Withdrawn
//! records have no file. Approvals and ledger events have one that is never read.
//!
//! [`write`](write()) makes the files, [`plan`] compares each with what was written at the folder's
//! position and with what the ledger says now. It does no I/O: paths go in and out as text, parted
//! by `/`.

mod document;
mod file;
mod manifest;
mod merge;
mod path;
mod plan;
mod record;
mod toml;

use domain::Isms;

pub use self::{
    manifest::{Here, MANIFEST, Manifest, manifest},
    plan::{FolderPlan, plan},
};
use crate::export::Names;

/// A file by its path below the folder, with its bytes.
pub type File = (String, Vec<u8>);

/// Every file of the folder, `ledger.toml` first, then by kind and number.
pub fn write(isms: &Isms, here: &Here<'_>) -> Vec<File> {
    let names = Names::new(isms);
    let mut files = vec![(MANIFEST.to_owned(), manifest::write(isms, here).into_bytes())];
    let records = isms.records().filter(|it| !it.head.withdrawn);
    files.extend(records.map(|it| (path::of(it), record::write(&names, it).into_bytes())));
    files
}
