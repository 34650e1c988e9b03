//! Actions: what somebody does by a day.

use meta::{Kind, Rules, Stage};
use serde::{Deserialize, Serialize};

/// Something to be done by somebody until a day.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "action", prefix = "ACTION", plural = "Actions", clause = "6.1.3", stage = Lifecycle)]
pub struct Action {
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

impl Rules for Action {}
