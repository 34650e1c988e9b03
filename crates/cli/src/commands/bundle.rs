//! `bundle`: what an auditor takes away.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;

use crate::{
    Done,
    output::Out,
    place::{Place, kind},
    progress::Busy,
    stop::refused,
};

/// Writes entries, revisions, checkpoints and files, to be verified without database or secret.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment bundle isms.bundle --without person\n  \
    muniment bundle june.bundle --as-of 2026-06-30\n\n\
    Verify it anywhere: muniment verify --bundle isms.bundle")]
pub struct Bundle {
    /// The new file.
    file: PathBuf,
    /// Do not disclose records of this kind, only their hashes; may be repeated.
    #[arg(long, value_name = "KIND")]
    without: Vec<String>,
}

impl Bundle {
    /// Writes the bundle.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let hidden = self.without.iter().map(|it| Ok(kind(it)?.id));
        let hidden = hidden.collect::<anyhow::Result<Vec<_>>>()?;
        let desk = place.desk()?;
        let busy = Busy::with("writing the bundle");
        write_new(&self.file, |file| {
            let shows = |it: &ledger::Revision| !hidden.contains(&it.kind.as_str());
            let file = BufWriter::new(busy.writing(file));
            let mut written = match place.global().as_of {
                Some(_) => desk.organization.bundle_at(desk.isms().position(), file, &shows)?,
                None => desk.organization.bundle(file, &shows)?,
            };
            Ok(written.flush()?)
        })?;
        drop(busy);
        let path = self.file.display();
        out.note(format!("written to {path}; verify it by: muniment verify --bundle {path}"));
        Ok(Done::Well)
    }
}

/// Writes a new file; an existing one is not touched, and half a file is removed.
pub fn write_new(
    path: &Path,
    write: impl FnOnce(&mut File) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    write_new_as(path, 0o666, write)
}

/// The same, for a file that nobody but its owner can read.
pub fn write_new_private(
    path: &Path,
    write: impl FnOnce(&mut File) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    write_new_as(path, 0o600, write)
}

fn write_new_as(
    path: &Path,
    mode: u32,
    write: impl FnOnce(&mut File) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let shown = path.display();
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    let mut file = options.open(path).map_err(|err| match err.kind() {
        std::io::ErrorKind::AlreadyExists => {
            refused(format!("`{shown}` exists already: name a new file"))
        }
        _ => refused(format!("`{shown}` cannot be written: {err}")),
    })?;
    let written = write(&mut file)
        .and_then(|()| file.sync_all().with_context(|| format!("`{shown}` cannot be written")));
    if written.is_err() {
        fs::remove_file(path).ok();
    }
    written
}
