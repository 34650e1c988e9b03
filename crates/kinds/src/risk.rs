//! Risks: what could go wrong, for whom it matters, and what is done.

use meta::{Kind, Rules, Stage};
use serde::{Deserialize, Serialize};

/// What could go wrong with the organization's information, and what is done about it.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "risk", prefix = "RISK", plural = "Risks", clause = "6.1.2", stage = Lifecycle)]
pub struct Risk {
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

impl Rules for Risk {}
