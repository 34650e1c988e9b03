//! Risk methods: how risks are rated, compared and treated.

use meta::{Kind, Rules, Stage};
use serde::{Deserialize, Serialize};

/// How the organization rates, compares and treats its risks.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "risk_method", prefix = "METHOD", plural = "Risk methods", clause = "6.1.2", stage = Lifecycle)]
pub struct RiskMethod {
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

impl Rules for RiskMethod {}
