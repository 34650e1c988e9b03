//! Documents: what is written down and kept under control.

use meta::{Kind, Rules, Stage};
use serde::{Deserialize, Serialize};

/// A document kept under control.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "document", prefix = "DOC", plural = "Documents", clause = "7.5", stage = Lifecycle)]
pub struct Document {
    /// Its name.
    #[field(create, list)]
    pub title: String,
}

/// Its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// It is there.
    Recorded,
}

impl Rules for Document {}
