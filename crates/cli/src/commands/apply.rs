//! `apply`: a folder that was edited, back into the ledger.

use std::{
    fs,
    path::{Path, PathBuf},
};

use app::{Point, fresh_id};
use domain::Isms;
use exchange::folder::{self, File, FolderPlan, Here};

use super::export::write_folder;
use crate::{
    Done,
    output::{Ink, Out},
    place::{Desk, Place},
    progress::Busy,
    stop::refused,
    written,
};

/// Merges an edited folder into the ledger: what changed only there is applied, what changed on
/// both sides is refused field by field.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  muniment apply isms-folder --dry-run\n  \
                        muniment apply isms-folder --reason \"review of the risks\"")]
pub struct Apply {
    /// The folder that `muniment export` wrote.
    folder: PathBuf,
    /// Only show what would change.
    #[arg(long)]
    dry_run: bool,
    /// Withdraw records whose files are missing.
    #[arg(long)]
    withdraw: bool,
    /// Leave the folder as it is, instead of writing it anew at the new entry.
    #[arg(long)]
    keep: bool,
    /// Why.
    #[arg(long)]
    reason: Option<String>,
}

/// A folder may hold this many bytes.
const LARGEST: u64 = 1 << 30;

impl Apply {
    /// Plans, shows and applies.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let busy = Busy::with("reading the folder");
        let desk = place.desk()?;
        let (plan, position) = plan(&desk, &self.folder, self.withdraw)?;
        drop(busy);
        for it in &plan.remarks {
            out.note(format!("{}: {}", it.place, it.text));
        }
        for it in &plan.lines {
            let place = out.paint(&it.place, Ink::Accent);
            out.line(format!("{place}: {}", it.text));
        }
        if plan.command.steps.is_empty() {
            out.line("Nothing would change: the folder says what the ledger says.");
            return Ok(Done::Well);
        }
        if self.dry_run {
            out.note("nothing was changed: leave out --dry-run to apply this");
            return Ok(Done::Well);
        }
        let mut command = plan.command;
        let what = || format!("folder `{}` as of entry {position}", self.folder.display());
        command.note = Some(self.reason.clone().unwrap_or_else(what));
        let receipt = desk.execute_with(command, Vec::new())?;
        out.gap();
        written::tell(&desk, &receipt, out);
        if !self.keep {
            for (path, _) in &plan.made {
                fs::remove_file(self.folder.join(path)).ok();
            }
            write_folder(&place.desk()?, &self.folder, out)?;
        }
        Ok(Done::Well)
    }
}

/// What a folder would change in the ledger as it is now, and the position it was written at.
pub fn plan(desk: &Desk, path: &Path, withdraw: bool) -> anyhow::Result<(FolderPlan, u64)> {
    let files = read(path)?;
    let position = folder::manifest(&files)?.position;
    let now = desk.organization.current()?;
    let base = match position {
        0 => Isms::default(),
        position if position > now.position() => now.clone(),
        position => desk.organization.as_of(Some(Point::Seq(position)))?.isms,
    };
    let organization = desk.organization.id().to_string();
    let here = Here { organization: &organization, origin: desk.organization.origin() };
    let plan = folder::plan(&now, &base, &here, &files, withdraw, &mut fresh_id)?;
    Ok((plan, position))
}

/// Every file below a folder by its path, without hidden ones (`.git`) and links.
fn read(folder: &Path) -> anyhow::Result<Vec<File>> {
    if !folder.is_dir() {
        return Err(refused(format!("there is no folder `{}`", folder.display())));
    }
    if !folder.join(folder::MANIFEST).is_file() {
        return Err(refused(format!(
            "`{}` is no folder that `muniment export` wrote: it has no {}",
            folder.display(),
            folder::MANIFEST
        )));
    }
    let (mut files, mut open, mut size) = (Vec::new(), vec![(folder.to_owned(), String::new())], 0);
    while let Some((at, below)) = open.pop() {
        let failed = |err| refused(format!("`{}` cannot be read: {err}", at.display()));
        for entry in fs::read_dir(&at).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            let meta = fs::symlink_metadata(entry.path()).map_err(failed)?;
            if meta.is_dir() {
                open.push((entry.path(), path));
            } else if meta.is_file() {
                size += meta.len();
                if size > LARGEST {
                    return Err(refused(format!(
                        "`{}` holds more than 1 GB: keep other files elsewhere",
                        folder.display()
                    )));
                }
                files.push((path, fs::read(entry.path()).map_err(failed)?));
            } else {
                let what = if meta.is_symlink() { "a link" } else { "no file" };
                return Err(refused(format!(
                    "`{path}` is {what}: put the file itself into the folder"
                )));
            }
        }
    }
    files.sort();
    Ok(files)
}
