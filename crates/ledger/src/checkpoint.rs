//! Checkpoints as C2SP `tlog-checkpoint` says: the size and root of a ledger, to be signed.

use std::fmt;

use crate::hash::{decode, encode, shorten};
use crate::{Error, Hash, Note, Signer};

/// What a checkpoint states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The ledger's name; never changes.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Hash,
    /// Further lines, without line feeds; ours has none.
    pub extensions: Vec<String>,
}

impl Checkpoint {
    /// Reads a signed checkpoint; says nothing yet about its signatures.
    pub fn parse(note: &str) -> Result<(Self, Note), Error> {
        let note = Note::parse(note)?;
        Ok((Self::parse_text(note.text())?, note))
    }

    /// Reads the text that is signed.
    pub fn parse_text(text: &str) -> Result<Self, Error> {
        let wrong = |reason: String| Error::Checkpoint(reason);
        let lines = text
            .strip_suffix('\n')
            .ok_or_else(|| wrong("the last line does not end".to_owned()))?;
        let mut lines = lines.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next())
        else {
            return Err(wrong("expected the lines origin, size and root".to_owned()));
        };
        if origin.is_empty() {
            return Err(wrong("the origin is empty".to_owned()));
        }
        let size = parse_number(size)
            .ok_or_else(|| wrong(format!("`{}` is not a size", shorten(size))))?;
        let root = decode(root)
            .map_err(|_| wrong(format!("`{}` is not a root: expected a hash", shorten(root))))?;
        let extensions: Vec<_> = lines.map(str::to_owned).collect();
        if extensions.iter().any(String::is_empty) {
            return Err(wrong("an extension line is empty".to_owned()));
        }
        Ok(Self { origin: origin.to_owned(), size, root, extensions })
    }

    /// The signed note; several keys sign when the key changes.
    pub fn sign(&self, signers: &[&Signer]) -> Result<String, Error> {
        let text = self.to_string();
        Self::parse_text(&text)?;
        Ok(Note::sign(&text, signers)?.to_string())
    }
}

impl fmt::Display for Checkpoint {
    /// The text that is signed.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}\n{}\n{}", self.origin, self.size, encode(&self.root))?;
        self.extensions.iter().try_for_each(|line| writeln!(out, "{line}"))
    }
}

/// A decimal number as only one text writes it.
pub(crate) fn parse_number(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = text == "0" || !text.starts_with('0');
    if digits && canonical { text.parse().ok() } else { None }
}
