//! `ledger.toml`: which ledger a folder was written from, and at which position.

use domain::Isms;

use super::{File, file, toml::Writer};
use crate::{
    Error,
    export::{Fault, Node},
};

/// The file that says which ledger a folder was written from; a folder without it is no export.
pub const MANIFEST: &str = "ledger.toml";

/// The form of the folder's files; one more when readers must change.
const FORM: i64 = 1;

const EXPLANATION: &str = "\
# An information security management system as plain text, written by `muniment export`.
#
# Each record has a file named by its number: its fields in the table named like its kind, tags and
# other columns in [extras]. A document is Markdown below the same TOML. Edit the fields, then run
# `muniment apply` on this folder: it shows what would change, and refuses what was changed both here
# and in the ledger.
#
# A new record is a new file of any name in the folder of its kind, without [muniment] and
# [envelope]. Another new file may link to it by its path without the ending, like `role/buyer`.
# A link is a number or the reference of a control; the comment behind it is not read.
# A missing file means nothing, unless you apply with --withdraw.
# [envelope], approvals and ledger events are written for readers and never read.
# Leave [muniment] and this file as they are.
";

/// The ledger that a folder belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    /// The organization's id.
    pub organization: &'a str,
    /// The name under which its checkpoints are signed.
    pub origin: &'a str,
}

/// What a folder says about where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The organization's id.
    pub organization: String,
    /// The name under which its checkpoints are signed.
    pub origin: String,
    /// The position of the ledger at which it was written.
    pub position: u64,
}

/// Reads where a folder comes from; [`plan`](super::plan()) wants the records as of its position.
///
/// # Errors
/// When `ledger.toml` is missing or damaged, or of a form that this program does not know.
pub fn manifest(files: &[File]) -> Result<Manifest, Error> {
    read(files).map_err(|fault| Error::Faults(vec![fault]))
}

/// The file's text.
pub(super) fn write(isms: &Isms, here: &Here<'_>) -> String {
    let mut out = Writer::default();
    out.line(EXPLANATION.trim_end());
    out.line("");
    out.pair("form", &Node::Integer(FORM));
    out.pair("organization", &Node::Text(here.organization.to_owned()));
    out.pair("origin", &Node::Text(here.origin.to_owned()));
    out.pair("position", &Node::Integer(i64::try_from(isms.position()).unwrap_or(i64::MAX)));
    out.finish()
}

fn read(files: &[File]) -> Result<Manifest, Fault> {
    let bytes = files.iter().find(|it| it.0 == MANIFEST).map(|it| &it.1).ok_or_else(|| {
        let message = "it is missing: this is no folder that `muniment export` wrote, or a part \
                       of one";
        Fault::at(MANIFEST, message)
    })?;
    let text = file::text(MANIFEST, bytes)?;
    let table = file::parse(MANIFEST, &text)?;
    let wrong = |message: &str| Fault::at(MANIFEST, format!("{message}: write the folder again"));
    let text = |key: &str| {
        let value = table.get(key).and_then(|it| it.value.as_str().map(str::to_owned));
        value.ok_or_else(|| wrong(&format!("`{key}` is missing or no text")))
    };
    let number = |key: &str| table.get(key).and_then(|it| it.value.as_i64());
    match number("form") {
        Some(FORM) => {}
        Some(form) => {
            let message = format!(
                "the folder has form {form}, and this program knows form {FORM}: use the version \
                 of muniment that wrote it"
            );
            return Err(Fault::at(MANIFEST, message));
        }
        None => return Err(wrong("`form` is missing or no whole number")),
    }
    let position = number("position").and_then(|it| u64::try_from(it).ok());
    Ok(Manifest {
        organization: text("organization")?,
        origin: text("origin")?,
        position: position.ok_or_else(|| wrong("`position` is missing or no whole number"))?,
    })
}
