//! What a record carries beside its body: what an import could not place, and who vouches for it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{FileRef, Id, Texts};

/// What a record carries beside its body. Stored and hashed with it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Extras {
    /// Columns of an import that no field takes: header to text.
    pub columns: Texts,
    /// The rows this record was last imported from, one for each register.
    pub imported: Vec<Imported>,
    /// Free labels.
    pub tags: Vec<String>,
    /// The number this record bears elsewhere.
    pub external_id: Option<String>,
    /// Who made a seed or an import their own, and when.
    pub confirmed: Option<Confirmed>,
    /// Files kept with it.
    pub attachments: Vec<FileRef>,
    /// A record made only because an import named it.
    pub stub: Option<bool>,
}

/// A row as it was last imported.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Imported {
    /// The register it came from: the kind it was read as.
    pub register: String,
    /// What the row is known by: its id column, else a digest of its cells and its occurrence.
    pub key: String,
    /// Header to the text that stood there.
    pub row: Texts,
}

/// A person's confirmation of seeded or imported text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmed {
    /// The person.
    pub by: Id,
    /// The day.
    pub on: Date,
}

impl Extras {
    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
