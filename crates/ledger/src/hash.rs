//! SHA-256 as the ledger uses it: plain, salted, and of leaves and nodes of a tree (RFC 9162).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::{Error, Hash, Salt, Salted};

/// A salted text with its hash, which only [`Hashed::new`] computes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hashed {
    salted: Salted,
    hash: Hash,
}

/// The digest of bytes.
pub fn sha256(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// SHA-256(salt ‖ text).
pub fn salted_hash(salt: &Salt, text: &str) -> Hash {
    Sha256::new().chain_update(salt).chain_update(text).finalize().into()
}

/// The hash of a leaf, RFC 9162 section 2.1.1: SHA-256(0x00 ‖ bytes).
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(bytes).finalize().into()
}

/// The hash of an inner node, RFC 9162 section 2.1.1: SHA-256(0x01 ‖ left ‖ right).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut bytes = [1; 65];
    bytes[1..33].copy_from_slice(left);
    bytes[33..].copy_from_slice(right);
    sha256(&bytes)
}

/// A hash as base64, 44 characters.
pub fn encode(hash: &Hash) -> String {
    STANDARD.encode(hash)
}

/// A hash from base64; anything but the one text that [`encode`] gives is refused.
pub fn decode(text: &str) -> Result<Hash, Error> {
    decode_array(text).ok_or_else(|| Error::Hash(shorten(text)))
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// So many bytes from what [`hex`] gives; `None` for anything else.
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let digits = text.bytes().map(digit).collect::<Option<Vec<u8>>>()?;
    let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    (digits.len() == 2 * N).then_some(bytes)?.try_into().ok()
}

impl Salted {
    /// The hash that stays when the text goes.
    pub fn hash(&self) -> Hash {
        salted_hash(&self.salt, &self.text)
    }
}

impl Hashed {
    /// Hashes a text behind its salt.
    pub fn new(salt: Salt, text: String) -> Self {
        let salted = Salted { salt, text };
        Self { hash: salted.hash(), salted }
    }

    /// The hash.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.salted.text
    }

    /// Both, to keep.
    pub fn into_parts(self) -> (Salted, Hash) {
        (self.salted, self.hash)
    }
}

/// Exactly `N` bytes from base64.
pub(crate) fn decode_array<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N.div_ceil(3) * 4 {
        return None;
    }
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// Foreign text cut to what fits in a message.
pub(crate) fn shorten(text: &str) -> String {
    let mut short: String =
        text.chars().take(80).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if short.len() < text.len() && text.chars().count() > 80 {
        short.push('…');
    }
    short
}
