//! `backup` and `restore`.

use std::{
    io::{BufWriter, Write},
    path::PathBuf,
};

use app::{App, Clock};
use ledger::hash::hex;

use super::{bundle::write_new_private, verify::in_file};
use crate::{
    Done, configuration,
    output::{Ink, Out},
    place::Place,
    progress::Busy,
    stop::refused,
};

/// Writes everything but the signing keys into a file, while others go on working.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment backup isms-2026-11-22.backup\n  \
    muniment backup\n\n\
    Without a file it goes where the configuration says (section [backup]), is restored and verified \
    there, and older ones are thinned, as on schedule.")]
pub struct Backup {
    /// The new file.
    file: Option<PathBuf>,
}

/// Makes a new database from a backup, after verifying all of it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  \
    muniment --database sqlite:restored.db restore isms-2026-11-22.backup\n\n\
    The database must not exist yet. The ledger gets an entry that says it was restored.")]
pub struct Restore {
    /// The backup.
    file: PathBuf,
}

impl Backup {
    /// Writes the backup.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let app = place.app()?;
        let Some(path) = self.file else { return on_schedule(place, &app, out) };
        let busy = Busy::with("writing the backup");
        let mut missing = Vec::new();
        write_new_private(&path, |file| {
            let written = app.backup(BufWriter::new(busy.writing(file)))?;
            missing = written.1;
            Ok({ written.0 }.flush()?)
        })?;
        drop(busy);
        out.note(format!(
            "written to {}; the keys are not in it: keep a copy of their folder apart. It holds all records and \
             the digests of passwords, and only you can read it",
            path.display()
        ));
        let Some(first) = missing.first() else { return Ok(Done::Well) };
        out.note(format!(
            "it goes without files that are missing here: {}, the first {}. Bring them back from an \
             older backup",
            missing.len(),
            hex(first)
        ));
        Ok(Done::Failed)
    }
}

impl Restore {
    /// Restores the backup.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        if !self.file.is_file() {
            return Err(refused(format!("there is no file `{}`", self.file.display())));
        }
        let busy = Busy::with("restoring");
        let (app, restored) =
            App::restore_at(&place.address()?, place.keys()?, Clock::system(), &self.file)
                .map_err(|err| in_file(&self.file, err))?;
        drop(busy);
        for it in &restored {
            let sign = out.paint("✓", Ink::Green);
            let size = it.report.size;
            out.line(format!("{sign} {} restored: {size} entries, verified", it.slug));
            if it.new_key {
                out.note(
                    "its signing key was not there, so a new one took its place: every verifier \
                     will say so",
                );
            }
            for lost in &it.missing {
                out.note(format!("{lost}, which was lost before the backup was made"));
            }
        }
        out.note(format!("the records are in {}", app.store().address()));
        Ok(Done::Well)
    }
}

/// Makes the backup that is made on schedule, now.
fn on_schedule(place: &Place, app: &App, out: &mut Out) -> anyhow::Result<Done> {
    let settings: configuration::Backup = place.configuration().read()?;
    let plan = settings.plan().ok_or_else(|| {
        refused(
            "say where the backup goes: a file, or in the section [backup] of the configuration a \
             folder or a bucket",
        )
    })?;
    let busy = Busy::with("making and trying the backup");
    let made = app.back_up_now(&plan)?;
    drop(busy);
    let Some(made) = made else {
        return Err(refused("another process makes a backup at this moment: wait for that one"));
    };
    out.line(format!(
        "{} is in {}: {} bytes, {} organizations, {} entries, {} files, restored and verified",
        made.name, made.place, made.size, made.organizations, made.entries, made.files
    ));
    Ok(Done::Well)
}
