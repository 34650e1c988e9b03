//! `[files]`: where attachments and evidence are kept.

use std::path::PathBuf;

use app::FilesAt;

use super::bucket::section_with_bucket;

section_with_bucket! {
    /// Where attachments and evidence are kept: in a folder of this machine, or in a bucket of a
    /// service that speaks S3, which several nodes share. `muniment files copy` moves them.
    pub struct Files in "files" {
        before {
            /// The folder; beside the database when absent.
            folder: Option<PathBuf> = "" [example "/var/lib/muniment/files"],
        }
        after {}
    }
}

impl Files {
    /// Where files are kept, if it is said here.
    pub fn at(&self) -> Option<FilesAt> {
        self.s3().map(FilesAt::S3).or_else(|| self.folder.clone().map(FilesAt::Folder))
    }
}
