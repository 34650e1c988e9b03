//! Load, decide, commit, publish: the records of organizations, kept in memory and in the store.
//!
//! The only place with a clock and randomness; must not know HTML. Blocking: callers have threads.
//! Start reading at [`App`], then [`Organization::execute`]; who signs in
//! is in [`accounts`].

pub mod accounts;
mod apply;
mod backup;
mod backups;
mod clock;
mod error;
mod files;
mod history;
pub mod hooks;
mod init;
mod jobs;
mod keys;
mod load;
pub mod mail;
mod open;
mod organization;
pub mod outbox;
mod proof;
pub mod provider;
mod seal;
mod storage;
mod undo;
mod walk;
mod writer;

pub use backup::Restored;
pub use backups::{Backup, Backups, BackupsAt, Keep};
pub use clock::{Clock, fresh_id, fresh_salt};
pub use error::{Error, Outage};
pub use files::named_files;
pub use history::{Commit, Outline, Point, Version, version_of};
pub use init::{Beginning, short_name};
pub use jobs::{Due, Job, JobState, Run, Stop, Turn, Worked};
pub use keys::Keys;
pub use open::App;
pub use organization::{Organization, Past};
pub use proof::{KeyChange, verify_bundle};
pub use storage::Storage;
pub use store::{Address, Blob, FileStored, FilesAt, S3, Tally};
pub use undo::{Left, Undo};
pub use writer::{Receipt, Request, token_of};
