//! The tables of a document.

use jiff::civil::Date;
use meta::{Period, Ref, Row};
use serde::{Deserialize, Serialize};

use crate::{Holder, person::Person};

/// Something a document must say, and the place where it does.
#[derive(Debug, Clone, Serialize, Deserialize, Row)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// What must be in it, for example the promise to meet all requirements.
    #[field(create, label = "What must be in it")]
    pub needed: String,
    /// The words, or the number of the section, where it is.
    pub passage: Option<String>,
    /// Who looked and says that it is there.
    pub attested_by: Option<Ref<Person>>,
    /// The day they looked.
    pub attested_on: Option<Date>,
}

/// Something the organization promises in a document.
#[derive(Debug, Clone, Serialize, Deserialize, Row)]
#[serde(deny_unknown_fields)]
pub struct OwnRule {
    /// What is promised, for example that rights are reviewed twice a year.
    #[field(create)]
    pub promise: String,
    /// Who keeps it.
    #[field(label = "By whom")]
    pub by_whom: Option<Holder>,
    /// How often.
    #[field(label = "Every")]
    pub cadence: Option<Period>,
    /// The limit, where it has one, for example within 14 days.
    pub limit: Option<String>,
    /// What would show that it is kept.
    #[field(label = "Proof wanted")]
    pub proof_wanted: Option<String>,
}
