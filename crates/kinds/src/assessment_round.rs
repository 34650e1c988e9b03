//! Assessment rounds: a look at all risks at a time.

use meta::{Kind, Rules, Stage};
use serde::{Deserialize, Serialize};

/// A look at all risks at a time.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "assessment_round", prefix = "ROUND", plural = "Assessment rounds", clause = "8.2", stage = Lifecycle)]
pub struct AssessmentRound {
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

impl Rules for AssessmentRound {}
