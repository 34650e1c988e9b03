//! Signed notes and keys as C2SP `signed-note` says: a text, and Ed25519 signatures below it.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::Error;
use crate::hash::{decode_array, sha256, shorten};

/// The longest note that is read, in bytes.
pub const MAX_LENGTH: usize = 65_536;

/// The largest number of signatures that is read.
pub const MAX_SIGNATURES: usize = 64;

const ED25519: u8 = 1;
const MARK: &str = "\u{2014} ";

/// A private key with the name it signs by; its bytes are wiped when it is dropped.
pub struct Signer {
    verifier: Verifier,
    key: SigningKey,
}

/// A public key with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    id: u32,
    key: VerifyingKey,
}

/// A text with signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// One signature of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    /// The name of the key.
    pub name: String,
    /// The id of the key: a hash of its name and bytes.
    pub id: u32,
    /// The signature itself; 64 bytes for Ed25519.
    pub bytes: Vec<u8>,
}

impl Signer {
    /// A key from its 32 secret bytes; refuses a name that is empty or has a space or `+` in it.
    pub fn new(name: &str, seed: &[u8; 32]) -> Result<Self, Error> {
        let key = SigningKey::from_bytes(seed);
        Ok(Self { verifier: Verifier::new(name, key.verifying_key())?, key })
    }

    /// The public half.
    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    fn sign(&self, text: &str) -> NoteSignature {
        NoteSignature {
            name: self.verifier.name.clone(),
            id: self.verifier.id,
            bytes: self.key.sign(text.as_bytes()).to_bytes().to_vec(),
        }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Signer").field(&self.verifier.to_string()).finish()
    }
}

impl Verifier {
    /// Reads `name+id+key`, the text of a C2SP verifier key.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = |reason| Error::Key { text: shorten(text), reason };
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(wrong("expected `name+id+key`"));
        };
        let Some([algorithm, bytes @ ..]) = decode_array::<33>(key) else {
            return Err(wrong("the key is not 33 bytes of base64"));
        };
        if algorithm != ED25519 {
            return Err(wrong("the algorithm is not Ed25519"));
        }
        let key = VerifyingKey::from_bytes(&bytes)
            .ok()
            .filter(|key| !key.is_weak())
            .ok_or_else(|| wrong("the bytes are not an Ed25519 key"))?;
        let verifier = Self::new(name, key)?;
        if id != format!("{:08x}", verifier.id) {
            return Err(wrong("the id does not fit the name and the key"));
        }
        Ok(verifier)
    }

    /// The name it signs by: the origin of a ledger.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A short id: the first four bytes of a hash of name and key.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// Whether this key made the signature of this text.
    pub fn verifies(&self, text: &str, signature: &NoteSignature) -> bool {
        signature.id == self.id
            && signature.name == self.name
            && Signature::from_slice(&signature.bytes)
                .is_ok_and(|signature| self.key.verify_strict(text.as_bytes(), &signature).is_ok())
    }

    fn new(name: &str, key: VerifyingKey) -> Result<Self, Error> {
        if !is_name(name) {
            return Err(Error::Key {
                text: shorten(name),
                reason: "a name is not empty and has no space, control character or `+` in it",
            });
        }
        let mut bytes = Vec::with_capacity(name.len() + 34);
        bytes.extend(name.as_bytes());
        bytes.extend([b'\n', ED25519]);
        bytes.extend(key.as_bytes());
        let [a, b, c, d, ..] = sha256(&bytes);
        Ok(Self { name: name.to_owned(), id: u32::from_be_bytes([a, b, c, d]), key })
    }
}

impl fmt::Display for Verifier {
    /// The C2SP verifier key, as [`Verifier::parse`] reads it.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = [ED25519; 33];
        bytes[1..].copy_from_slice(self.key.as_bytes());
        write!(out, "{}+{:08x}+{}", self.name, self.id, STANDARD.encode(bytes))
    }
}

impl Note {
    /// Signs a text by each key; the text is lines that each end with a line feed.
    pub fn sign(text: &str, signers: &[&Signer]) -> Result<Self, Error> {
        check_text(text)?;
        if signers.is_empty() {
            return Err(Error::Note("no key to sign with".to_owned()));
        }
        let signatures = signers.iter().map(|signer| signer.sign(text)).collect();
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// Reads a note; says nothing yet about its signatures.
    pub fn parse(note: &str) -> Result<Self, Error> {
        let wrong = |reason: &str| Err(Error::Note(reason.to_owned()));
        if note.len() > MAX_LENGTH {
            return wrong("longer than 64 KiB");
        }
        let Some(gap) = note.rfind("\n\n") else {
            return wrong("no empty line between text and signatures");
        };
        let (text, below) = (&note[..=gap], &note[gap + 2..]);
        check_text(text)?;
        let Some(below) = below.strip_suffix('\n') else {
            return wrong("no signature, or its line does not end");
        };
        let signatures = below.split('\n').map(parse_signature).collect::<Result<Vec<_>, _>>()?;
        if signatures.len() > MAX_SIGNATURES {
            return wrong("more than 64 signatures");
        }
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// The signed text, with its last line feed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signatures in their order.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// The keys among `keys` that signed; signatures of other keys are passed over.
    ///
    /// Fails when a signature that names one of `keys` does not fit the text.
    pub fn verify<'k>(&self, keys: &'k [Verifier]) -> Result<Vec<&'k Verifier>, Error> {
        let mut signed = Vec::new();
        for signature in &self.signatures {
            let mut known =
                keys.iter().filter(|key| key.id == signature.id && key.name == signature.name);
            if let Some(key) = known.next() {
                if !key.verifies(&self.text, signature) {
                    return Err(Error::Signature {
                        name: signature.name.clone(),
                        id: signature.id,
                    });
                }
                signed.push(key);
            }
        }
        Ok(signed)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}", self.text)?;
        for NoteSignature { name, id, bytes } in &self.signatures {
            let mut tagged = Vec::with_capacity(4 + bytes.len());
            tagged.extend(id.to_be_bytes());
            tagged.extend(bytes);
            writeln!(out, "{MARK}{name} {}", STANDARD.encode(tagged))?;
        }
        Ok(())
    }
}

fn check_text(text: &str) -> Result<(), Error> {
    let wrong = |reason: &str| Err(Error::Note(reason.to_owned()));
    if text.len() > MAX_LENGTH {
        return wrong("longer than 64 KiB");
    }
    if !text.ends_with('\n') {
        return wrong("the text does not end with a line feed");
    }
    if text.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
        return wrong("the text has a control character in it");
    }
    Ok(())
}

fn parse_signature(line: &str) -> Result<NoteSignature, Error> {
    let wrong =
        || Error::Note(format!("`{}` is not a signature: expected `— name base64`", shorten(line)));
    let (name, encoded) =
        line.strip_prefix(MARK).and_then(|rest| rest.split_once(' ')).ok_or_else(wrong)?;
    let bytes = STANDARD.decode(encoded).map_err(|_| wrong())?;
    match bytes.split_first_chunk() {
        Some((id, bytes)) if !bytes.is_empty() && is_name(name) => Ok(NoteSignature {
            name: name.to_owned(),
            id: u32::from_be_bytes(*id),
            bytes: bytes.to_vec(),
        }),
        _ => Err(wrong()),
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}
