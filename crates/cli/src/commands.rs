//! The commands, one file each: what can be typed after their name, and what they do.

pub mod approve;
pub mod attach;
pub mod backup;
pub mod bundle;
pub mod check;
pub mod checkpoint;
pub mod completions;
pub mod confirm;
pub mod diff;
pub mod edit;
pub mod init;
pub mod key;
pub mod list;
pub mod log;
pub mod merge;
pub mod new;
pub mod redact;
pub mod review;
pub mod show;
pub mod stage;
pub mod undo;
pub mod verify;
pub mod withdraw;
