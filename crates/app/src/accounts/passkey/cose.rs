//! Public keys as devices write them (COSE, RFC 9053), and their signatures.

use ciborium::Value;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};

/// The algorithms that are asked for, the preferred one first: Ed25519, ECDSA over P-256, RSA.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    /// EdDSA, -8.
    Ed25519(Vec<u8>),
    /// ES256, -7: the point, uncompressed.
    P256(Vec<u8>),
    /// RS256, -257: modulus and exponent.
    Rsa(Vec<u8>, Vec<u8>),
}

impl Key {
    /// The key in these bytes, with nothing behind it.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let value: Value = ciborium::from_reader(&mut rest).ok()?;
        rest.is_empty().then(|| Self::of(&value)).flatten()
    }

    /// The key in a map of numbers.
    pub(super) fn of(value: &Value) -> Option<Self> {
        let map = value.as_map()?;
        let at = |label: i64| {
            let is_it = |it: &&(Value, Value)| as_int(&it.0) == Some(label);
            let mut found = map.iter().filter(is_it);
            found.next().filter(|_| found.next().is_none()).map(|it| &it.1)
        };
        let int = |label| at(label).and_then(as_int);
        let bytes = |label| at(label).and_then(Value::as_bytes);
        match (int(1)?, int(3)?) {
            (1, -8) => {
                let x = bytes(-2).filter(|it| it.len() == 32)?;
                (int(-1)? == 6).then(|| Self::Ed25519(x.clone()))
            }
            (2, -7) => {
                let coordinate = |label| bytes(label).filter(|it| it.len() == 32);
                let point = [&[4u8][..], coordinate(-2)?, coordinate(-3)?].concat();
                (int(-1)? == 1).then_some(Self::P256(point))
            }
            (3, -257) => {
                let number = |label| {
                    let number = bytes(label)?;
                    let zeros = number.iter().take_while(|it| **it == 0).count();
                    Some(number[zeros..].to_vec()).filter(|it| !it.is_empty())
                };
                let (n, e) = (number(-1)?, number(-2)?);
                (256..=1_024).contains(&n.len()).then_some(Self::Rsa(n, e))
            }
            _ => None,
        }
    }

    /// Whether a signature of this key is on the message.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let done = match self {
            Self::Ed25519(key) => UnparsedPublicKey::new(&ED25519, key).verify(message, signature),
            Self::P256(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature)
            }
            Self::Rsa(n, e) => RsaPublicKeyComponents { n, e }.verify(
                &RSA_PKCS1_2048_8192_SHA256,
                message,
                signature,
            ),
        };
        done.is_ok()
    }
}

fn as_int(value: &Value) -> Option<i64> {
    i64::try_from(value.as_integer()?).ok()
}

#[cfg(test)]
mod tests;
