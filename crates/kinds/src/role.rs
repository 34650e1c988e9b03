//! Roles: functions that own, approve and answer.

use meta::{Kind, Rules, Stage};
use serde::{Deserialize, Serialize};

/// A role.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "role", prefix = "ROLE", plural = "Roles", clause = "5.3", stage = Lifecycle)]
pub struct Role {
    /// Name.
    #[field(create, list, label = "Name")]
    pub title: String,
}

/// The life of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Planned.
    #[stage(to = "active")]
    Planned,
    /// In use.
    #[stage(to = "retired")]
    Active,
    /// Retired.
    #[stage(ended, reason)]
    Retired,
}

impl Rules for Role {}
