//! Obligations.

use meta::{Kind, Rules, Stage};
use serde::{Deserialize, Serialize};

/// A placeholder.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "obligation", prefix = "OBL", plural = "Obligations", clause = "A.5.31", stage = Lifecycle)]
pub struct Obligation {
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

impl Rules for Obligation {}
