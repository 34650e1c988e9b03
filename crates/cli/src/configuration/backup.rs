//! `[backup]`: copies of everything, made and tried on a schedule.

use std::path::PathBuf;

use app::{Backups, BackupsAt, Keep, S3};
use jiff::SignedDuration;

use super::{Secret, section::section};

section! {
    /// Copies of everything but the signing keys, made by `muniment serve` on a schedule. Each is
    /// restored into a database that is thrown away, and verified, before it counts; it needs room
    /// for that in the folder of temporary files. Nothing is made until a folder or a bucket is
    /// named.
    pub struct Backup in "backup" {
        /// The folder they go to, best on another disk.
        to: Option<PathBuf> = "" [example "/mnt/backup/muniment"],
        /// The bucket they go to, instead of a folder.
        bucket: Option<String> = "" [example "isms-backup"],
        /// What all names in the bucket begin with.
        prefix: String = "" [example "backups/"],
        /// The region of the bucket.
        region: String = "us-east-1",
        /// The address of the service, when it is not Amazon's.
        endpoint: Option<String> = "" [example "https://s3.example.org"],
        /// Whether the bucket stands in the path of an address.
        path_style: bool = "false",
        /// The id of the access key; without one, the environment or the machine is asked.
        key_id: Option<String> = "" [example "AKIAEXAMPLE"],
        /// The secret access key.
        secret_key: Option<Secret> = "",
        /// How often one is made.
        every: SignedDuration = "24h",
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

impl Backup {
    /// What to do, if anything.
    pub fn plan(&self) -> Option<Backups> {
        let to = match (&self.bucket, &self.to) {
            (Some(bucket), _) => BackupsAt::S3(S3 {
                bucket: bucket.clone(),
                prefix: self.prefix.trim_matches('/').to_owned(),
                region: self.region.clone(),
                endpoint: self.endpoint.clone(),
                path_style: self.path_style,
                key: self
                    .key_id
                    .clone()
                    .zip(self.secret_key.as_ref().map(|it| it.reveal().to_owned())),
            }),
            (None, Some(folder)) => BackupsAt::Folder(folder.clone()),
            (None, None) => return None,
        };
        let keep = Keep {
            last: self.keep_last,
            daily: self.keep_daily,
            weekly: self.keep_weekly,
            monthly: self.keep_monthly,
        };
        Some(Backups { to, every: self.every, keep })
    }
}
