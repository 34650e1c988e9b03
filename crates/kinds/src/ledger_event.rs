//! Events of the ledger itself: which key signs it, and since when.

use meta::{Kind, Rules, Stage};
use serde::{Deserialize, Serialize};

/// Something that happened to the ledger itself: its beginning, a new signing key, a restored backup.
/// The verifier reads these records; people do not edit them.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "ledger_event", prefix = "LEDGER", plural = "Ledger events", clause = "7.5.3",
    stage = Lifecycle)]
pub struct LedgerEvent {
    /// What happened, in a few words.
    #[field(create, list)]
    pub title: String,
    /// `begin`, `rotate`, `replace` or `restored`.
    #[field(create, list)]
    pub event: Option<String>,
    /// The name under which checkpoints are signed; it never changes.
    #[field(list)]
    pub origin: Option<String>,
    /// The key that signs from here on, as a C2SP verifier key.
    pub key: Option<String>,
    /// For a restored backup: how many entries the ledger had before, where it is known.
    pub lost_size: Option<i64>,
    /// For a restored backup: the root of the ledger before, where it is known.
    pub lost_root: Option<String>,
}

/// A ledger event stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// It happened.
    Recorded,
}

impl Rules for LedgerEvent {}
