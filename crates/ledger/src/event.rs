//! Events of the ledger itself: its beginning, its keys and its restores.
//!
//! They are ordinary records of the kind [`EVENT_KIND`], so that the tree covers them. A record of
//! this kind has one revision, ever: no edit, no withdrawal, no erasing.

use serde_json::{Value, json};

use crate::canonical;
use crate::hash::{decode, encode};
use crate::{Error, Hash, Verifier};

/// The kind of the records that hold events.
pub const EVENT_KIND: &str = "ledger_event";

/// What happened to the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The first entry: names the origin and the first key.
    Begin {
        /// The name in every checkpoint.
        origin: String,
        /// The first key.
        key: Verifier,
    },
    /// A new key, vouched for by the one before: the next checkpoint carries both signatures.
    Rotate {
        /// The new key.
        key: Verifier,
    },
    /// A new key in place of one lost or stolen; nobody vouches for it.
    Replace {
        /// The new key.
        key: Verifier,
    },
    /// The ledger was restored from an older backup.
    Restored {
        /// The newest position known to have been lost, where it is known.
        was: Option<Position>,
    },
}

/// A size of a ledger with the root it had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Number of entries.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Hash,
}

impl Event {
    /// The canonical content of the record that holds the event, under a title for people.
    pub fn content(&self, title: &str) -> Result<String, Error> {
        let mut body = match self {
            Self::Begin { origin, key } => {
                json!({ "event": "begin", "origin": origin, "key": key.to_string() })
            }
            Self::Rotate { key } => json!({ "event": "rotate", "key": key.to_string() }),
            Self::Replace { key } => json!({ "event": "replace", "key": key.to_string() }),
            Self::Restored { was: None } => json!({ "event": "restored" }),
            Self::Restored { was: Some(Position { size, root }) } => {
                json!({ "event": "restored", "lost_size": size, "lost_root": encode(root) })
            }
        };
        body["title"] = title.into();
        canonical::write(&json!({ "body": body }))
    }

    /// Reads the content of a record of kind [`EVENT_KIND`].
    pub fn parse(content: &str) -> Result<Self, Error> {
        let content = canonical::parse(content)?;
        let body = &content["body"];
        let key = || Verifier::parse(word(body, "key")?);
        match word(body, "event")? {
            "begin" => Ok(Self::Begin { origin: word(body, "origin")?.to_owned(), key: key()? }),
            "rotate" => Ok(Self::Rotate { key: key()? }),
            "replace" => Ok(Self::Replace { key: key()? }),
            "restored" => Ok(Self::Restored { was: position(body)? }),
            other => Err(Error::Event(format!(
                "`{}` is not one of begin, rotate, replace, restored",
                crate::hash::shorten(other)
            ))),
        }
    }

    /// The key that it names.
    pub fn key(&self) -> Option<&Verifier> {
        match self {
            Self::Begin { key, .. } | Self::Rotate { key } | Self::Replace { key } => Some(key),
            Self::Restored { .. } => None,
        }
    }
}

fn position(body: &Value) -> Result<Option<Position>, Error> {
    if body["lost_size"].is_null() {
        return Ok(None);
    }
    let size = body["lost_size"].as_u64().ok_or_else(|| missing("lost_size"))?;
    Ok(Some(Position { size, root: decode(word(body, "lost_root")?)? }))
}

fn word<'v>(body: &'v Value, field: &str) -> Result<&'v str, Error> {
    body[field].as_str().ok_or_else(|| missing(field))
}

fn missing(field: &str) -> Error {
    Error::Event(format!("no field `{field}`"))
}
