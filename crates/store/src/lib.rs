//! The store: ledgers of organizations in SQLite or PostgreSQL, files in a folder or a bucket.
//!
//! Must not know HTTP, nor what a kind of record means: a content is text here.
//! Everything blocks; call it from a thread of your own, never from an async task.
//! Start reading at [`Store`], then [`Reading`] and [`Writing`]; [`accounts`] and what is
//! to be sent ([`outbox`]) lie beside the ledgers; [`db`] is the small module that makes two
//! databases one.

pub mod accounts;
mod address;
mod backups;
mod bucket;
mod contact;
pub mod db;
mod error;
mod files;
mod hooks;
mod lease;
mod log;
mod migrate;
pub mod outbox;
mod pool;
mod reading;
mod rows;
mod source;
mod store;
mod views;
mod watch;
mod writing;

pub use address::{Address, FilesAt};
pub use backups::BackupNote;
pub use bucket::{Arriving, Bucket, Object, S3};
pub use error::{Cause, Error};
pub use files::{Blob, FileLying, FileStored};
pub use hooks::{Hook, Hooks};
pub use lease::{Asked, Lease, Leased};
pub use reading::{Loaded, Reading, Tally};
pub use rows::{Edition, Ledger};
pub use source::StoredLedger;
pub use store::Store;
pub use watch::Watch;
pub use writing::{Append, Replay, Writing};
