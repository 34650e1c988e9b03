//! Evidence: what shows that something is done.

use meta::{Kind, Rules, Stage};
use serde::{Deserialize, Serialize};

/// Something that shows that what is claimed is so.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "evidence", prefix = "EVID", plural = "Evidence", clause = "7.5", stage = Lifecycle)]
pub struct Evidence {
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

impl Rules for Evidence {}
