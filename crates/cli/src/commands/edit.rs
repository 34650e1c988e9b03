//! `edit`: changes fields of a record.

use std::{env, fs, process};

use anyhow::Context;
use domain::{Step, command};
use meta::{Provenance, Record};
use serde_json::{Map, Value};

use crate::{
    Done,
    output::Out,
    place::{Desk, Place},
    stop::refused,
    value::{Assign, Reader, adjust, assign, form, parse},
    written,
};

/// Changes fields of a record.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment edit RISK-4 --set owner=\"Head of engineering\" --set current.likelihood=2\n  \
    muniment edit A.8.7 --set applicability=included --set reasons=\"risk; law\"\n  \
    muniment edit RISK-4 --add assets=ASSET-9 --clear part_of\n  \
    muniment edit DOC-3 --editor")]
pub struct Edit {
    /// The record: its number, reference or title.
    #[arg(value_name = "REF")]
    record: String,
    /// The fields.
    #[command(flatten)]
    fields: Assign,
    /// Empty a field; may be repeated.
    #[arg(long, value_name = "FIELD")]
    clear: Vec<String>,
    /// Add to a list; may be repeated.
    #[arg(long, value_name = "FIELD=VALUE")]
    add: Vec<String>,
    /// Take out of a list; may be repeated.
    #[arg(long, value_name = "FIELD=VALUE")]
    remove: Vec<String>,
    /// Take a label off; may be repeated.
    #[arg(long, value_name = "TAG")]
    untag: Vec<String>,
    /// Open the record in your editor ($VISUAL or $EDITOR).
    #[arg(long)]
    editor: bool,
    /// Refuse if the record has another version by now.
    #[arg(long, value_name = "N")]
    version: Option<u32>,
    /// Why.
    #[arg(long, value_name = "REASON")]
    reason: Option<String>,
}

impl Edit {
    /// Changes the record.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        let record = desk.record(&[], &self.record)?;
        let def = record.def();
        let mut reader = Reader::new(&desk);
        let mut fields = assign(&mut reader, def, Some(record), &self.fields)?;
        adjust(&desk, record, &mut fields, &self.add, &self.remove)?;
        for name in &self.clear {
            let field = reader.field(def, name).map_err(refused)?;
            fields.insert(field.name.to_owned(), Value::Null);
        }
        if self.editor {
            fields.extend(in_editor(&desk, &mut reader, record)?);
        }
        let extras = self.tags(record);
        if fields.is_empty() && extras.is_none() {
            return Err(refused(format!(
                "nothing to change: name a field, like `muniment edit {} --set title=\"…\"`",
                record.name()
            )));
        }
        let step = Step::Edit(command::Edit {
            record: record.head.id,
            version: self.version.or(Some(record.head.version)),
            fields,
            extras,
            provenance: Provenance::Person,
        });
        let command = domain::Command { note: self.reason.clone(), steps: vec![step] };
        let receipt = desk.execute_with(command, reader.files)?;
        written::tell(&desk, &receipt, out);
        Ok(Done::Well)
    }

    fn tags(&self, record: &Record) -> Option<meta::Extras> {
        if self.fields.tags.is_empty() && self.untag.is_empty() {
            return None;
        }
        let mut extras = record.head.extras.as_deref().cloned().unwrap_or_default();
        extras.tags.retain(|it| !self.untag.contains(it));
        for tag in &self.fields.tags {
            if !extras.tags.contains(tag) {
                extras.tags.push(tag.clone());
            }
        }
        Some(extras)
    }
}

/// The fields that a person changed in an editor.
fn in_editor(
    desk: &Desk,
    reader: &mut Reader<'_>,
    record: &Record,
) -> anyhow::Result<Map<String, Value>> {
    let editor = ["VISUAL", "EDITOR"].iter().find_map(|it| env::var(it).ok());
    let editor = editor
        .filter(|it| !it.trim().is_empty())
        .ok_or_else(|| refused("no editor is set: set EDITOR, or change fields by --set"))?;
    let before = form(desk.isms(), record);
    let path = env::temp_dir().join(format!("muniment-{}-{}.toml", record.name(), process::id()));
    write_private(&path, &before).with_context(|| format!("cannot write `{}`", path.display()))?;
    // An editor may be given with arguments: `code --wait`.
    let mut words = editor.split_whitespace();
    let program = words.next().expect("it is not blank");
    let status = process::Command::new(program).args(words).arg(&path).status();
    let after = fs::read_to_string(&path);
    fs::remove_file(&path).ok();
    let status = status.map_err(|err| refused(format!("`{editor}` cannot be started: {err}")))?;
    if !status.success() {
        return Err(refused(format!("`{editor}` ended with an error: nothing was changed")));
    }
    let after = after.context("the edited text cannot be read")?;
    let (was, is) = (parse("the form", &before)?, parse("the edited text", &after)?);
    let mut fields = Map::new();
    for (name, value) in is {
        if was.get(&name) != Some(&value) {
            let field = reader.field(record.def(), &name).map_err(refused)?;
            fields.insert(field.name.to_owned(), reader.read(field, &value).map_err(refused)?);
        }
    }
    Ok(fields)
}

/// A file that only its owner can read: a record may say what others must not see.
fn write_private(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)?.write_all(text.as_bytes())
}
