//! Controls: the rows of the Statement of Applicability.

use meta::{Kind, Rules, Stage};
use serde::{Deserialize, Serialize};

/// A measure that keeps risks in check.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "control", prefix = "CONTROL", plural = "Controls", clause = "6.1.3", stage = Lifecycle)]
pub struct Control {
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

impl Rules for Control {}
