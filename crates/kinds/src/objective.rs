//! Objectives: what the ISMS should reach.

use meta::{Kind, Rules, Stage};
use serde::{Deserialize, Serialize};

/// Something the organization wants to reach in information security.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "objective", prefix = "OBJ", plural = "Objectives", clause = "6.2", stage = Lifecycle)]
pub struct Objective {
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

impl Rules for Objective {}
