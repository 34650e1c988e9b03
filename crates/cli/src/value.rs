//! From what people type to what a field holds.

mod assign;
mod file;
mod form;

use std::{fs::File, path::Path};

use domain::{Isms, resolve::Unresolved};
use exchange::typed::{self, Around};
use meta::{FieldDef, FileRef, KindDef};
use serde_json::{Value, json};
use store::FileStored;

pub use self::{
    assign::{Assign, adjust, assign},
    file::{parse, read_file},
    form::{form, record_json},
};
use crate::place::{Desk, not_found};

/// Reads values against the records they may name.
pub struct Reader<'a> {
    desk: &'a Desk,
    /// Files that were stored while reading; the command must name them.
    pub files: Vec<FileStored>,
}

impl<'a> Reader<'a> {
    /// A reader for this organization.
    pub fn new(desk: &'a Desk) -> Self {
        Self { desk, files: Vec::new() }
    }

    /// The field of a kind that a text means: by name, else by label.
    ///
    /// # Errors
    /// A sentence that lists the fields there are.
    pub fn field(&self, def: &KindDef, name: &str) -> Result<&'static FieldDef, String> {
        typed::field(def.fields, name).ok_or_else(|| {
            let known: Vec<&str> = def.fields.iter().map(|it| it.name).collect();
            let a_kind = domain::text::a(&def.label.to_lowercase());
            format!("{a_kind} has no field `{name}`: it has {}", known.join(", "))
        })
    }

    /// What a field holds when given this: text by the field's type, or a value of that form.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it and what would be right.
    pub fn read(&mut self, def: &FieldDef, given: &Value) -> Result<Value, String> {
        let (isms, day) = (self.desk.isms(), self.desk.past.day);
        typed::Reader { isms, day, around: self }.read(def, given)
    }

    /// Stores a file and gives the reference that a field keeps.
    ///
    /// # Errors
    /// A sentence when the file cannot be read or kept.
    pub fn keep_file(&mut self, path: &Path) -> Result<FileRef, String> {
        let shown = path.display();
        let name = path.file_name().map(|it| it.to_string_lossy().into_owned());
        let name = name.ok_or_else(|| format!("`{shown}` names no file"))?;
        let mut file =
            File::open(path).map_err(|err| format!("`{shown}` cannot be read: {err}"))?;
        if file.metadata().is_ok_and(|it| !it.is_file()) {
            return Err(format!("`{shown}` is not a file"));
        }
        let stored = self.desk.organization.store_file(&name, media(path), &mut file);
        let (file, stored) = stored.map_err(|err| format!("`{shown}`: {err}"))?;
        self.files.push(stored);
        Ok(file)
    }
}

impl Around for &mut Reader<'_> {
    fn not_found(&self, isms: &Isms, kinds: &[&str], text: &str, why: Unresolved) -> String {
        not_found(isms, kinds, text, why)
    }

    fn file(&mut self, text: &str) -> Result<Value, String> {
        Ok(json!(self.keep_file(Path::new(text))?))
    }
}

fn media(path: &Path) -> &'static str {
    let extension = path.extension().map(|it| it.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("pdf") => "application/pdf",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("txt" | "log") => "text/plain",
        Some("md") => "text/markdown",
        Some("csv") => "text/csv",
        Some("json") => "application/json",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("zip") => "application/zip",
        Some("eml") => "message/rfc822",
        _ => "application/octet-stream",
    }
}
