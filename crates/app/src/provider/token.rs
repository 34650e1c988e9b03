//! Tokens of identity: signed claims (RFC 7515, RFC 7519; OpenID Connect Core, section 3.1.3.7).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::signature::{self, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey};
use serde_json::{Map, Value};

/// Clocks may differ by so much, in seconds.
const SKEW: i64 = 60;

/// A token that was made longer ago is none of this sign-in, in seconds.
const OLDEST: i64 = 600;

/// What the claims must say.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client: &'a str,
    pub(super) nonce: &'a str,
    /// Now, in seconds.
    pub(super) now: i64,
    /// Whether somebody must have proved just now who they are.
    pub(super) is_fresh: bool,
}

/// Why a token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    /// It is not three parts of base64 with JSON in them.
    #[error("the token is not whole")]
    Form,
    /// It is signed in a way that is not taken, or not at all.
    #[error("the token is signed in a way that is not taken")]
    Algorithm,
    /// No key of the provider fits.
    #[error("the token is signed with a key that the provider does not show")]
    NoKey,
    /// The signature is not of the key.
    #[error("the signature of the token is wrong")]
    Signature,
    /// It was made by another, or for another.
    #[error("the token is from or for somebody else")]
    Party,
    /// It is no answer to what was asked.
    #[error("the token is no answer to what this browser asked")]
    Nonce,
    /// It is over, or not yet begun, or too old.
    #[error("the token is not of this time")]
    Time,
    /// It names nobody.
    #[error("the token names nobody")]
    Subject,
}

/// A key of a provider.
pub(super) struct Key {
    id: Option<String>,
    algorithm: Option<String>,
    material: Material,
}

enum Material {
    Rsa(Vec<u8>, Vec<u8>),
    P256(Vec<u8>),
    P384(Vec<u8>),
    Ed25519(Vec<u8>),
}

/// The claims of a token, if all of it is as expected.
pub(super) fn verify(
    token: &str,
    keys: &[Key],
    expected: &Expected<'_>,
) -> Result<Map<String, Value>, Fault> {
    let (signed, seal) = token.rsplit_once('.').ok_or(Fault::Form)?;
    let (head, body) = signed.split_once('.').ok_or(Fault::Form)?;
    let head = object(head)?;
    let algorithm = head.get("alg").and_then(Value::as_str).unwrap_or_default();
    // What a token calls critical would have to be understood.
    if head.contains_key("crit") || !is_taken(algorithm) {
        return Err(Fault::Algorithm);
    }
    let id = head.get("kid").and_then(Value::as_str);
    let fits = |it: &&Key| {
        let named = id.is_none() || it.id.is_none() || it.id.as_deref() == id;
        let meant = it.algorithm.as_deref().is_none_or(|it| it == algorithm);
        named && meant && it.material.fits(algorithm)
    };
    let fitting: Vec<&Key> = keys.iter().filter(fits).collect();
    if fitting.is_empty() {
        return Err(Fault::NoKey);
    }
    let seal = URL_SAFE_NO_PAD.decode(seal).map_err(|_| Fault::Form)?;
    if !fitting.iter().any(|it| it.material.verifies(algorithm, signed.as_bytes(), &seal)) {
        return Err(Fault::Signature);
    }
    let claims = object(body)?;
    check(&claims, expected)?;
    Ok(claims)
}

impl Key {
    /// A key as a provider shows it; `None` for those that sign nothing we take.
    pub(super) fn read(said: &Value) -> Option<Self> {
        let text = |name: &str| said.get(name).and_then(Value::as_str);
        let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(name)?).ok();
        if text("use").is_some_and(|it| it != "sig") {
            return None;
        }
        let point = |length: usize| {
            let (x, y) = (bytes("x")?, bytes("y")?);
            let fits = x.len() == length && y.len() == length;
            fits.then(|| [&[4u8][..], &x, &y].concat())
        };
        let material = match (text("kty")?, text("crv")) {
            ("RSA", _) => {
                let plain = |name| {
                    let number = bytes(name)?;
                    let zeros = number.iter().take_while(|it| **it == 0).count();
                    Some(number[zeros..].to_vec()).filter(|it| !it.is_empty())
                };
                Material::Rsa(plain("n")?, plain("e")?)
            }
            ("EC", Some("P-256")) => Material::P256(point(32)?),
            ("EC", Some("P-384")) => Material::P384(point(48)?),
            ("OKP", Some("Ed25519")) => Material::Ed25519(bytes("x").filter(|it| it.len() == 32)?),
            _ => return None,
        };
        let (id, algorithm) = (text("kid").map(str::to_owned), text("alg").map(str::to_owned));
        Some(Self { id, algorithm, material })
    }
}

impl Material {
    fn fits(&self, algorithm: &str) -> bool {
        match self {
            Self::Rsa(..) => rsa(algorithm).is_some(),
            Self::P256(_) => algorithm == "ES256",
            Self::P384(_) => algorithm == "ES384",
            Self::Ed25519(_) => ["EdDSA", "Ed25519"].contains(&algorithm),
        }
    }

    fn verifies(&self, algorithm: &str, signed: &[u8], seal: &[u8]) -> bool {
        let done = match self {
            Self::Rsa(n, e) => match rsa(algorithm) {
                Some(way) => RsaPublicKeyComponents { n, e }.verify(way, signed, seal),
                None => return false,
            },
            Self::P256(point) => UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point)
                .verify(signed, seal),
            Self::P384(point) => UnparsedPublicKey::new(&signature::ECDSA_P384_SHA384_FIXED, point)
                .verify(signed, seal),
            Self::Ed25519(key) => {
                UnparsedPublicKey::new(&signature::ED25519, key).verify(signed, seal)
            }
        };
        done.is_ok()
    }
}

/// Signatures by a key that only the provider has; `none`, and secrets that we share, are not.
fn is_taken(algorithm: &str) -> bool {
    rsa(algorithm).is_some() || ["ES256", "ES384", "EdDSA", "Ed25519"].contains(&algorithm)
}

fn rsa(algorithm: &str) -> Option<&'static RsaParameters> {
    match algorithm {
        "RS256" => Some(&signature::RSA_PKCS1_2048_8192_SHA256),
        "RS384" => Some(&signature::RSA_PKCS1_2048_8192_SHA384),
        "RS512" => Some(&signature::RSA_PKCS1_2048_8192_SHA512),
        "PS256" => Some(&signature::RSA_PSS_2048_8192_SHA256),
        "PS384" => Some(&signature::RSA_PSS_2048_8192_SHA384),
        "PS512" => Some(&signature::RSA_PSS_2048_8192_SHA512),
        _ => None,
    }
}

fn check(claims: &Map<String, Value>, expected: &Expected<'_>) -> Result<(), Fault> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let time = |name: &str| claims.get(name).and_then(Value::as_f64).map(|it| it as i64);
    let (is_for_us, is_for_others) = match claims.get("aud") {
        Some(Value::String(one)) => (one == expected.client, false),
        Some(Value::Array(all)) => {
            (all.iter().any(|it| it == expected.client), all.iter().any(|it| it != expected.client))
        }
        _ => (false, false),
    };
    let party = text("azp");
    let is_party = party.map_or(!is_for_others, |it| it == expected.client);
    if text("iss") != Some(expected.issuer) || !is_for_us || !is_party {
        return Err(Fault::Party);
    }
    if text("nonce") != Some(expected.nonce) {
        return Err(Fault::Nonce);
    }
    let now = expected.now;
    let (until, made) = (time("exp").ok_or(Fault::Time)?, time("iat").ok_or(Fault::Time)?);
    let is_begun = made <= now + SKEW && time("nbf").is_none_or(|it| it <= now + SKEW);
    let is_just_proved =
        !expected.is_fresh || time("auth_time").is_some_and(|it| it > now - OLDEST);
    if until <= now - SKEW || !is_begun || made < now - OLDEST || !is_just_proved {
        return Err(Fault::Time);
    }
    match text("sub") {
        Some(subject) if !subject.is_empty() && subject.len() <= 255 => Ok(()),
        _ => Err(Fault::Subject),
    }
}

fn object(part: &str) -> Result<Map<String, Value>, Fault> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| Fault::Form)?;
    serde_json::from_slice(&bytes).map_err(|_| Fault::Form)
}
