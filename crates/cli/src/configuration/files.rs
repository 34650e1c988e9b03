//! `[files]`: where attachments and evidence are kept.

use std::path::PathBuf;

use app::{FilesAt, S3};

use super::{Secret, section::section};

section! {
    /// Where attachments and evidence are kept: in a folder of this machine, or in a bucket of a
    /// service that speaks S3, which several nodes share. `muniment files copy` moves them.
    pub struct Files in "files" {
        /// The folder; beside the database when absent.
        folder: Option<PathBuf> = "" [example "/var/lib/muniment/files"],
        /// The bucket; then no folder is used.
        bucket: Option<String> = "" [example "isms-files"],
        /// What all names in the bucket begin with.
        prefix: String = "" [example "muniment/"],
        /// The region of the bucket.
        region: String = "us-east-1",
        /// The address of the service, when it is not Amazon's.
        endpoint: Option<String> = "" [example "https://s3.example.org"],
        /// Whether the bucket stands in the path of an address, as many services other than
        /// Amazon's want it.
        path_style: bool = "false",
        /// The id of the access key. Without one, the environment or the machine is asked, as
        /// Amazon's own programs do (AWS_ACCESS_KEY_ID and so on).
        key_id: Option<String> = "" [example "AKIAEXAMPLE"],
        /// The secret access key.
        secret_key: Option<Secret> = "",
    }
}

impl Files {
    /// Where files are kept, if it is said here.
    pub fn at(&self) -> Option<FilesAt> {
        match &self.bucket {
            Some(bucket) => Some(FilesAt::S3(S3 {
                bucket: bucket.clone(),
                prefix: self.prefix.trim_matches('/').to_owned(),
                region: self.region.clone(),
                endpoint: self.endpoint.clone(),
                path_style: self.path_style,
                key: self
                    .key_id
                    .clone()
                    .zip(self.secret_key.as_ref().map(|it| it.reveal().to_owned())),
            })),
            None => self.folder.clone().map(FilesAt::Folder),
        }
    }
}
