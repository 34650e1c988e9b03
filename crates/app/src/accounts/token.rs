//! Secrets that this program makes: for sessions and for links.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ledger::{Hash, hash::sha256};

use crate::clock::random;

/// A secret of 32 random bytes, written in 43 letters, digits, `-` and `_`. Only its hash is kept:
/// hand it over, and forget it. It is not shown by `{:?}`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    pub(crate) fn fresh() -> Self {
        Self(URL_SAFE_NO_PAD.encode(random::<32>()))
    }

    /// What goes into a cookie or a link.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// What is kept of a token. It was drawn from 2^256, so that a plain hash is enough.
pub(super) fn hash(token: &str) -> Hash {
    sha256(token.as_bytes())
}
