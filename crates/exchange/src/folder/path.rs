//! What the files of a folder are called.

use meta::{KindDef, Record};

use super::document;
use crate::export::Fault;

/// What a path below the folder stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Path<'a> {
    /// `ledger.toml`.
    Manifest,
    /// A record of a kind; the name has no ending.
    Record(&'static KindDef, &'a str),
    /// Nothing of ours, and why nobody reads it.
    Other(&'static str),
}

/// The path of a record's file.
pub(super) fn of(record: &Record) -> String {
    format!("{}/{}.{}", record.def().id, record.name(), ending(record.def()))
}

/// Reads a path.
///
/// # Errors
/// When it points out of the folder, is no name that every system can have, or names a record in
/// the wrong form.
pub(super) fn read(path: &str) -> Result<Path<'_>, Fault> {
    let shown: String = path.escape_debug().take(200).collect();
    let wrong = |message: &str| Err(Fault::at(shown.clone(), message));
    let parts: Vec<&str> = path.split('/').collect();
    if parts.iter().any(|it| matches!(*it, "" | "." | "..")) {
        return wrong("the path leads out of the folder: move the file into it");
    }
    if path.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c)) || path.len() > 400 {
        return wrong("the name has characters that no file here may have: rename it");
    }
    if parts.iter().any(|it| it.starts_with('.')) {
        return Ok(Path::Other("it is hidden"));
    }
    if path == super::manifest::MANIFEST {
        return Ok(Path::Manifest);
    }
    let &[folder, name] = parts.as_slice() else {
        return Ok(Path::Other("it is not in the folder of a kind"));
    };
    let Some(def) = kinds::KINDS.iter().copied().find(|it| it.id == folder) else {
        if name.ends_with(".toml") {
            return wrong("there is no kind of record of that name: rename the folder");
        }
        return Ok(Path::Other("its folder is no kind of record"));
    };
    match name.rsplit_once('.') {
        Some((stem, end)) if end == ending(def) && !stem.is_empty() => Ok(Path::Record(def, stem)),
        Some((_, "md" | "toml")) => {
            let form = match ending(def) {
                "md" => "records of this kind are Markdown with the ending `.md`: rename it",
                _ => "records of this kind are TOML with the ending `.toml`: rename it",
            };
            wrong(form)
        }
        _ => Ok(Path::Other("it ends neither in `.toml` nor in `.md`")),
    }
}

fn ending(def: &KindDef) -> &'static str {
    if document::main_text(def).is_some() { "md" } else { "toml" }
}
