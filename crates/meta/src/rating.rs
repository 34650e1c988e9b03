//! Ratings: how likely and how bad, with the reasons.

use std::cmp::Ordering;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Link;

/// A likelihood and a consequence per criterion, by the ranks of the risk method in force
/// (ISO/IEC 27001 6.1.2 d). The level of risk is computed from them, never stored.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rating {
    /// Rank of the likelihood, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<i64>,
    /// Rank of the consequence for each criterion.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub consequences: Vec<Consequence>,
    /// Why these ranks: the reasoning another rater could follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rationale: Option<String>,
    /// Where the data came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How sure the rater is, in their own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<String>,
    /// The controls this rating assumes, also planned ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<Link>,
    /// Who rated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Link>,
    /// The day of rating.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
}

/// How bad it would be by one criterion of the method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consequence {
    /// The criterion, as the method names it.
    pub criterion: String,
    /// Rank, from 1.
    pub rank: i64,
}

impl Rating {
    /// The highest rank over all criteria.
    pub fn consequence(&self) -> Option<i64> {
        self.consequences.iter().map(|it| it.rank).max()
    }

    /// Calls `visit` for every link in it.
    pub fn links(&self, visit: &mut dyn FnMut(Link)) {
        self.controls.iter().chain(&self.by).for_each(|it| visit(*it));
    }

    /// Orders by consequence, then likelihood.
    pub fn order(&self, other: &Self) -> Ordering {
        let rank = |it: &Self| (it.consequence(), it.likelihood);
        rank(self).cmp(&rank(other))
    }

    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
