//! `[backup]`: copies of everything, made and tried on a schedule.

use std::path::PathBuf;

use app::{Backups, BackupsAt, Due, Keep};
use jiff::{SignedDuration, civil::Time, tz::TimeZone};

use super::bucket::section_with_bucket;

section_with_bucket! {
    /// Copies of everything but the keys, made by `muniment serve` on a schedule. Each is restored
    /// into a database that is thrown away, and verified, before it counts; it needs room for that
    /// in the folder of temporary files. Nothing is made until a folder or a bucket is named.
    pub struct Backup in "backup" {
        before {
            /// The folder they go to, best on another disk.
            to: Option<PathBuf> = "" [example "/mnt/backup/muniment"],
        }
        after {
            /// How often one is made.
            every: SignedDuration = "24h",
            /// At which time of each day one is made, instead of every so often: by the clock of
            /// this machine, in its time zone (TZ). One that was missed is made up for.
            at: Option<Time> = "" [example "02:30"],
            /// How many of the newest stay.
            keep_last: usize = "3",
            /// For how many days the newest of the day stays.
            keep_daily: usize = "7",
            /// For how many weeks the newest of the week stays.
            keep_weekly: usize = "5",
            /// For how many months the newest of the month stays.
            keep_monthly: usize = "12",
        }
    }
}

impl Backup {
    /// What to do, if anything.
    pub fn plan(&self) -> Option<Backups> {
        let folder = || self.to.clone().map(BackupsAt::Folder);
        let to = self.s3().map(BackupsAt::S3).or_else(folder)?;
        let due = match self.at {
            Some(time) => Due::At(time, TimeZone::try_system().unwrap_or(TimeZone::UTC)),
            None => Due::Every(self.every),
        };
        let keep = Keep {
            last: self.keep_last,
            daily: self.keep_daily,
            weekly: self.keep_weekly,
            monthly: self.keep_monthly,
        };
        Some(Backups { to, due, keep })
    }
}
