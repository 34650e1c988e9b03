//! `export`: records as CSV, XLSX, JSON, or a folder of plain text.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use exchange::{
    export::{self, Options},
    folder::{self, Here},
};
use jiff::civil::Time;

use super::bundle::write_new;
use crate::{
    Done,
    output::{Format, Out},
    place::{Desk, Place},
    progress::Busy,
    stop::refused,
};

/// Writes the records of a kind as a table, or the whole ISMS as a folder of plain text.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment export risk > risks.csv\n  \
    muniment export risk --output risks.xlsx\n  \
    muniment export all --output isms.xlsx\n  \
    muniment export isms-folder\n\n\
    What is exported can be edited and comes back: `muniment import risks.xlsx`,\n\
    `muniment apply isms-folder`.")]
pub struct Export {
    /// A kind (or `all`, into a workbook), else a folder.
    #[arg(value_name = "KIND|DIR")]
    what: String,
    /// A new file; its ending says the form: csv, xlsx or json.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Also withdrawn records.
    #[arg(long)]
    withdrawn: bool,
}

impl Export {
    /// Exports what was asked for.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let kind = kinds::kind(&self.what);
        if kind.is_none() && self.what != "all" {
            if self.output.is_some() {
                let what = &self.what;
                return Err(refused(format!(
                    "there is no kind `{what}` to write into a file: `muniment list` shows them"
                )));
            }
            let desk = place.desk()?;
            no_edits(&desk, Path::new(&self.what))?;
            let count = write_folder(&desk, Path::new(&self.what), out)?;
            out.note(format!("{count} files in {}", self.what));
            return Ok(Done::Well);
        }
        let desk = place.desk()?;
        let ending = self.output.as_deref().and_then(Path::extension);
        let ending = ending.map(|it| it.to_string_lossy().to_lowercase());
        let bytes = match (ending.as_deref(), kind, out.format) {
            (Some("xlsx"), _, _) => self.workbook(&desk)?,
            (_, None, _) => {
                return Err(refused(
                    "all kinds go into one workbook: add --output FILE.xlsx, or name a folder",
                ));
            }
            (Some("csv"), Some(kind), _) | (None, Some(kind), Format::Table | Format::Csv) => {
                export::csv(desk.past.view(), kind, &self.options())
            }
            (Some("json"), Some(kind), _) | (None, Some(kind), _) => {
                export::json(desk.past.view(), kind, &self.options())
            }
            (Some(other), _, _) => {
                return Err(refused(format!(
                    "`.{other}` is no form to export: name a file that ends in csv, xlsx or json"
                )));
            }
        };
        match &self.output {
            None => out.bytes(&bytes),
            Some(path) => {
                write_new(path, |file| Ok(std::io::Write::write_all(file, &bytes)?))?;
                out.note(format!("written to {}", path.display()));
            }
        }
        Ok(Done::Well)
    }

    fn options(&self) -> Options<'static> {
        Options { withdrawn: self.withdrawn, ..Options::default() }
    }

    fn workbook(&self, desk: &Desk) -> anyhow::Result<Vec<u8>> {
        let one = kinds::kind(&self.what);
        let kinds: Vec<_> = match one {
            Some(kind) => vec![kind],
            None => desk.isms().kinds().collect(),
        };
        let busy = Busy::with("writing the workbook");
        let created = desk.past.day.to_datetime(Time::midnight());
        let bytes = export::xlsx(desk.past.view(), &kinds, &self.options(), created)?;
        drop(busy);
        Ok(bytes)
    }
}

/// Refuses to write over a folder with edits that are in no ledger yet.
fn no_edits(desk: &Desk, path: &Path) -> anyhow::Result<()> {
    if !path.join(folder::MANIFEST).is_file() {
        return Ok(());
    }
    let shown = path.display();
    let edits = match super::apply::plan(desk, path, false) {
        Ok((plan, _)) if plan.command.steps.is_empty() => return Ok(()),
        Ok((plan, _)) => plan.lines.first().map(|it| format!("{}: {}", it.place, it.text)),
        Err(err) => Some(format!("{err:#}")),
    };
    let edits = edits.unwrap_or_default();
    Err(refused(format!(
        "`{shown}` holds edits that would be lost ({edits}): take them with `muniment apply \
         {shown}`, or name a new folder"
    )))
}

/// Writes the folder: files that differ only, and takes away files of records that are gone.
pub fn write_folder(desk: &Desk, folder: &Path, out: &Out) -> anyhow::Result<usize> {
    let organization = desk.organization.id().to_string();
    let here = Here { organization: &organization, origin: desk.organization.origin() };
    let is_ours = folder.join(folder::MANIFEST).is_file();
    let is_empty = fs::read_dir(folder).map_or(true, |mut it| it.next().is_none());
    let shown = folder.display();
    if folder.exists() && !folder.is_dir() {
        return Err(refused(format!("`{shown}` is a file: name a folder, or a kind")));
    }
    if !is_ours && !is_empty {
        return Err(refused(format!(
            "`{shown}` is not empty and holds no export: name a new folder"
        )));
    }
    let files = folder::write(desk.isms(), &here);
    for (path, bytes) in &files {
        let path = folder.join(path);
        if fs::read(&path).is_ok_and(|it| it == *bytes) {
            continue;
        }
        if let Some(above) = path.parent() {
            fs::create_dir_all(above).with_context(|| format!("cannot make `{shown}`"))?;
        }
        fs::write(&path, bytes).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    let kept: BTreeSet<&str> = files.iter().map(|it| it.0.as_str()).collect();
    for def in kinds::KINDS {
        for entry in fs::read_dir(folder.join(def.id)).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{}/{name}", def.id);
            if is_numbered(&name, def.prefix) && !kept.contains(path.as_str()) {
                fs::remove_file(entry.path()).with_context(|| format!("cannot remove `{path}`"))?;
                out.note(format!("removed {path}: its record is withdrawn"));
            }
        }
    }
    Ok(files.len())
}

/// Whether a file is named as an export names the files of a kind: `RISK-12.toml`.
fn is_numbered(name: &str, prefix: &str) -> bool {
    let stem = name.strip_suffix(".toml").or_else(|| name.strip_suffix(".md"));
    let number = stem.and_then(|it| it.strip_prefix(prefix)).and_then(|it| it.strip_prefix('-'));
    number.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}
