//! Backups on a schedule: made while others go on working, restored to see that they can be, noted,
//! and thinned as they grow old.

mod keep;
mod shelf;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use ledger::Options;

pub use self::keep::Keep;
use self::shelf::Shelf;
use crate::{App, Due, Error, Job, Keys, Stop, Turn, Worked};

pub use store::FilesAt as BackupsAt;

/// The name of the job.
const JOB: &str = "backup";

/// Where backups go, how often, and how long they are kept.
#[derive(Debug, Clone)]
pub struct Backups {
    /// The folder or the bucket they go to.
    pub to: BackupsAt,
    /// When one is made.
    pub due: Due,
    /// Which of them stay.
    pub keep: Keep,
}

/// A backup that was restored and verified after it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its name.
    pub name: String,
    /// The folder or the bucket that it lies in.
    pub place: String,
    /// The moment it is of.
    pub made: Timestamp,
    /// When it had been restored and verified.
    pub verified: Timestamp,
    /// Its size in bytes.
    pub size: u64,
    /// How many organizations it holds.
    pub organizations: u64,
    /// How many entries their ledgers have together.
    pub entries: u64,
    /// How many files it holds.
    pub files: u64,
}

impl Job {
    /// The job that makes backups.
    pub fn backup(plan: Backups) -> Self {
        Self::new(JOB, plan.due.clone(), move |app, turn| app.back_up(&plan, turn))
    }
}

impl App {
    /// Makes a backup now, whenever the last one was made; `None` while another process makes one.
    ///
    /// # Errors
    /// When it cannot be made, or does not stand its test.
    pub fn back_up_now(&self, plan: &Backups) -> Result<Option<Backup>, Error> {
        let now = Job::backup(Backups { due: SignedDuration::ZERO.into(), ..plan.clone() });
        match self.work_once(&now, &Stop::default())? {
            Worked::Done => Ok(self.backups()?.into_iter().next()),
            Worked::Later(_) | Worked::TakenOver => Ok(None),
        }
    }

    /// The backups that were made on schedule and still lie there, newest first: each was restored
    /// and verified.
    ///
    /// # Errors
    /// When the database fails.
    pub fn backups(&self) -> Result<Vec<Backup>, Error> {
        Ok(self.store.backups()?.into_iter().map(backup).collect())
    }

    fn back_up(&self, plan: &Backups, turn: &Turn<'_>) -> Result<(), Error> {
        let shelf = Shelf::open(&plan.to)?;
        let made = self.clock.now();
        let name = keep::name(made);
        let sizes: Vec<u64> = self.organizations()?.iter().map(|it| it.seq).collect();
        let scratch = tempfile::tempdir().map_err(no_room)?;
        let written = scratch.path().join(&name);
        let file = File::create_new(&written).map_err(no_room)?;
        let (file, missing) = self.backup(BufWriter::new(file))?;
        if !missing.is_empty() {
            tracing::warn!(files = missing.len(), "files are missing, and in no new backup");
        }
        let mut file = file.into_inner().map_err(|err| no_room(err.into_error()))?;
        file.flush().and_then(|()| file.sync_all()).map_err(no_room)?;
        let size = file.metadata().map_err(no_room)?.len();
        turn.hold()?;
        shelf.put(&name, &written)?;
        std::fs::remove_file(&written).ok();

        // What lies there is tried, not what was meant to lie there.
        let tried = shelf
            .fetch(&name, &written)
            .and_then(|()| try_out(&written, scratch.path(), &sizes, missing.is_empty()));
        let (entries, files) = match tried {
            Ok(found) => found,
            Err(err) => {
                shelf.remove(&name).ok();
                return Err(Error::Wrong(format!(
                    "the backup `{name}` was made and could not be restored, so it was removed: {err}"
                )));
            }
        };
        turn.hold()?;
        let old = keep::superfluous(&shelf.list()?, &plan.keep);
        for name in &old {
            shelf.remove(name)?;
        }
        let note = store::BackupNote {
            name,
            place: plan.to.to_string(),
            made: made.as_millisecond(),
            verified: self.clock.now().as_millisecond(),
            size,
            organizations: sizes.len() as u64,
            entries,
            files,
        };
        match turn.lease().note_backup(&note, &old)? {
            true => Ok(()),
            false => Err(Error::Stopped),
        }
    }
}

/// Restores a backup into a database that is thrown away, and verifies every ledger and file of it.
/// Where it could not be whole, what the restore itself verified has to do: the database says of a
/// file that is named and not there that it is not sound.
fn try_out(
    backup: &Path,
    scratch: &Path,
    sizes: &[u64],
    is_whole: bool,
) -> Result<(u64, u64), Error> {
    let url = format!("sqlite:{}", scratch.join("scratch.db").display());
    let keys = Keys::new(scratch.join("keys"));
    if sizes.is_empty() {
        return Ok((0, 0));
    }
    let (app, restored) = App::restore(&url, keys, crate::Clock::system(), backup)?;
    let (mut entries, mut files) = (0, 0);
    for it in &restored {
        files += match is_whole {
            true => app.organization(Some(&it.slug))?.verify(&Options::default())?.files,
            false => it.report.files,
        };
        entries += it.report.size;
    }
    let expected = sizes.iter().sum();
    if restored.len() < sizes.len() || entries < expected {
        return Err(Error::Wrong(format!(
            "it brought back {} organizations with {entries} entries, and there were {} with \
             {expected}",
            restored.len(),
            sizes.len()
        )));
    }
    Ok((entries, files))
}

fn backup(row: store::BackupNote) -> Backup {
    let time = |at| Timestamp::from_millisecond(at).unwrap_or(Timestamp::MAX);
    Backup {
        name: row.name,
        place: row.place,
        made: time(row.made),
        verified: time(row.verified),
        size: row.size,
        organizations: row.organizations,
        entries: row.entries,
        files: row.files,
    }
}

fn no_room(err: std::io::Error) -> Error {
    let folder = std::env::temp_dir();
    Error::Wrong(format!(
        "the backup cannot be written to `{}` ({err}): make room there, or name another folder in \
         TMPDIR",
        folder.display()
    ))
}
