//! Proofs on paper: C2SP `tlog-proof`, an inclusion proof together with its checkpoint.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::checkpoint::parse_number;
use crate::hash::{decode, encode, shorten};
use crate::tree::verify_inclusion;
use crate::{Checkpoint, Error, Hash, Verifier};

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// A path is never longer than the bits of a size.
const MAX_PATH: usize = 64;

/// Proof that one leaf is in the ledger of a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The leaf's index, from 0: its commit's position less one.
    pub index: u64,
    /// Bytes of the prover's choosing; ours has none.
    pub extra: Option<Vec<u8>>,
    /// The hashes beside the way from leaf to root.
    pub path: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: String,
}

impl Proof {
    /// Reads a proof; says nothing yet about whether it proves anything.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = |reason: &str| Error::ProofForm(reason.to_owned());
        let (head, checkpoint) =
            text.split_once("\n\n").ok_or_else(|| wrong("no empty line before the checkpoint"))?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(wrong("the first line is not `c2sp.org/tlog-proof@v1`"));
        }
        let extra = match lines.next_if(|line| line.starts_with("extra ")) {
            None => None,
            Some(line) => Some(
                STANDARD
                    .decode(&line["extra ".len()..])
                    .map_err(|_| wrong("the extra data is not base64"))?,
            ),
        };
        let index = lines
            .next()
            .and_then(|line| line.strip_prefix("index "))
            .and_then(parse_number)
            .ok_or_else(|| wrong("no line `index N`"))?;
        let mut path = Vec::new();
        for line in lines {
            if path.len() == MAX_PATH {
                return Err(wrong("more than 64 hashes"));
            }
            path.push(decode(line).map_err(|_| {
                Error::ProofForm(format!("`{}` is not a hash of the path", shorten(line)))
            })?);
        }
        Checkpoint::parse(checkpoint)?;
        Ok(Self { index, extra, path, checkpoint: checkpoint.to_owned() })
    }

    /// Checks that a known key signed the checkpoint and that the path leads from the leaf to it.
    pub fn verify(&self, leaf: &Hash, keys: &[Verifier]) -> Result<Checkpoint, Error> {
        let (checkpoint, note) = Checkpoint::parse(&self.checkpoint)?;
        if note.verify(keys)?.is_empty() {
            return Err(Error::Note("signed by none of the known keys".to_owned()));
        }
        let leads =
            verify_inclusion(leaf, self.index, checkpoint.size, &self.path, &checkpoint.root);
        if leads { Ok(checkpoint) } else { Err(Error::ProofWrong) }
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(out, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(out, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(out, "{}", encode(hash)))?;
        write!(out, "\n{}", self.checkpoint)
    }
}
