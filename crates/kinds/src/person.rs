//! Persons: the least data that serves.

use meta::{Kind, Rules, Stage};
use serde::{Deserialize, Serialize};

/// A person who works under the organization's control or holds a duty in the ISMS.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "person", prefix = "PERSON", plural = "Persons", clause = "7.2", stage = Lifecycle)]
pub struct Person {
    /// Name.
    #[field(create, list, label = "Name")]
    pub title: String,
}

/// The life of a person's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Will join.
    #[stage(to = "active, left")]
    Expected,
    /// Works here.
    #[stage(to = "left")]
    Active,
    /// Works here no more.
    #[stage(to = "active", ended)]
    Left,
}

impl Rules for Person {}
