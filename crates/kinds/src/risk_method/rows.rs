//! The tables of a risk method.

use meta::{Choice, Period, Ref, Row};
use serde::{Deserialize, Serialize};

use crate::role::Role;

/// One level of one kind of harm.
#[derive(Debug, Clone, Serialize, Deserialize, Row)]
#[serde(deny_unknown_fields)]
pub struct ConsequenceLevel {
    /// The kind of harm, for example money, service, law, people or reputation.
    #[field(create)]
    pub criterion: String,
    /// Its place on the scale; 1 is the lowest.
    #[field(create)]
    pub rank: i64,
    /// What you call it, for example “serious”.
    #[field(create)]
    pub name: String,
    /// What it means, so that nobody confuses it with its neighbors.
    pub definition: Option<String>,
    /// From what to what in figures, for example 10,000 to 100,000 euro.
    pub range: Option<String>,
}

/// One level of likelihood.
#[derive(Debug, Clone, Serialize, Deserialize, Row)]
#[serde(deny_unknown_fields)]
pub struct Likelihood {
    /// Its place on the scale; 1 is the lowest.
    #[field(create)]
    pub rank: i64,
    /// What you call it, for example “likely”.
    #[field(create)]
    pub name: String,
    /// What it means, so that nobody confuses it with its neighbors.
    pub definition: Option<String>,
    /// How often or how probable in figures, for example once in two to ten years.
    pub frequency: Option<String>,
}

/// One level of risk.
#[derive(Debug, Clone, Serialize, Deserialize, Row)]
#[serde(deny_unknown_fields)]
pub struct RiskLevel {
    /// Its place; 1 is the lowest.
    #[field(create)]
    pub rank: i64,
    /// What you call it, for example “high”.
    #[field(create)]
    pub name: String,
    /// What follows from it, for example how soon something must happen.
    pub meaning: Option<String>,
}

/// One field of the matrix.
#[derive(Debug, Clone, Serialize, Deserialize, Row)]
#[serde(deny_unknown_fields)]
pub struct MatrixCell {
    /// The rank of the likelihood.
    #[field(create)]
    pub likelihood: i64,
    /// The rank of the consequence.
    #[field(create)]
    pub consequence: i64,
    /// The rank of the risk level they give together.
    #[field(create)]
    pub level: i64,
}

/// Whether risks of one level can be lived with.
#[derive(Debug, Clone, Serialize, Deserialize, Row)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// The rank of the risk level.
    #[field(create)]
    pub level: i64,
    /// Whether such a risk may stay as it is.
    #[field(create)]
    pub acceptable: Option<Acceptable>,
    /// The role that may accept it, where not every owner may.
    pub authority: Option<Ref<Role>>,
    /// For how long it may be accepted at most.
    pub longest: Option<Period>,
    /// What must be given beside it, for example a plan to lower it.
    pub conditions: Option<String>,
}

/// Whether risks of a level may stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Acceptable {
    /// Its owner may accept it.
    #[choice(also = "acceptable; ja; akzeptabel; oui; tolérable")]
    Yes,
    /// Only the role named may accept it.
    #[choice(also = "with approval; conditional; mit genehmigung; sur autorisation")]
    ByAuthority,
    /// Nobody may: it must be treated.
    #[choice(also = "no; unacceptable; nein; inakzeptabel; jamais; inacceptable")]
    Never,
}

/// How one old level is read today.
#[derive(Debug, Clone, Serialize, Deserialize, Row)]
#[serde(deny_unknown_fields)]
pub struct Conversion {
    /// The level as the edition before called it.
    #[field(create)]
    pub old: String,
    /// The level it is today.
    #[field(create)]
    pub new: String,
}
