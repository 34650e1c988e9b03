//! A device that keeps a passkey, as far as a site sees it. Written from the standard, apart from
//! what it tries.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use ciborium::{Value, cbor};
use meta::Id;
use ring::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _},
};
use serde_json::json;

/// The signatures that a device makes.
#[derive(Clone, Copy)]
pub enum Kind {
    P256,
    Ed25519,
}

enum Key {
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

pub struct Device {
    key: Key,
    credential: Vec<u8>,
    user: Id,
    pub is_verified: bool,
    /// How often it signed; absent when it does not count.
    pub counter: Option<u32>,
}

impl Device {
    /// What can be wrong with an answer.
    pub const TAMPERED: [&str; 8] = [
        "another site's origin",
        "another site's passkey",
        "nobody touched it",
        "another challenge",
        "a new passkey's answer",
        "another signature",
        "inside another page",
        "more behind it",
    ];

    pub fn new(kind: Kind, user: Id) -> Self {
        let random = SystemRandom::new();
        let key = match kind {
            Kind::P256 => {
                let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
                let made = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
                Key::P256(EcdsaKeyPair::from_pkcs8(algorithm, made.as_ref(), &random).unwrap())
            }
            Kind::Ed25519 => {
                let made = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
                Key::Ed25519(Ed25519KeyPair::from_pkcs8(made.as_ref()).unwrap())
            }
        };
        let credential = digest(&SHA256, app::fresh_id().as_bytes()).as_ref().to_vec();
        Self { key, credential, user, is_verified: true, counter: None }
    }

    /// Answers a challenge with a new passkey.
    pub fn make(&mut self, challenge: &str) -> String {
        let mut data = self.data("isms.example.org", 0x41);
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&(self.credential.len() as u16).to_be_bytes());
        data.extend_from_slice(&self.credential);
        ciborium::into_writer(&self.public(), &mut data).unwrap();
        let mut attestation = Vec::new();
        let all = Value::Map(vec![
            (Value::from("fmt"), Value::from("none")),
            (Value::from("attStmt"), Value::Map(Vec::new())),
            (Value::from("authData"), Value::Bytes(data)),
        ]);
        ciborium::into_writer(&all, &mut attestation).unwrap();
        let client = client("webauthn.create", challenge, "https://isms.example.org");
        let answer =
            json!({"clientData": B64.encode(client), "attestation": B64.encode(attestation)});
        answer.to_string()
    }

    /// Answers a challenge.
    pub fn answer(&mut self, challenge: &str) -> String {
        self.tampered("", challenge)
    }

    /// Answers a challenge with one thing wrong.
    pub fn tampered(&mut self, tamper: &str, challenge: &str) -> String {
        let site = match tamper {
            "another site's passkey" => "evil.example",
            _ => "isms.example.org",
        };
        let mut data = self.data(site, if tamper == "nobody touched it" { 0 } else { 1 });
        if tamper == "more behind it" {
            data.push(0);
        }
        let origin = match tamper {
            "another site's origin" => "https://isms.example.org.evil.example",
            _ => "https://isms.example.org",
        };
        let kind = match tamper {
            "a new passkey's answer" => "webauthn.create",
            _ => "webauthn.get",
        };
        let guessed = B64.encode([1; 40]);
        let challenge = if tamper == "another challenge" { &guessed } else { challenge };
        let mut client = client(kind, challenge, origin);
        if tamper == "inside another page" {
            client = client.replace("}", ",\"crossOrigin\":true}");
        }
        let signed = [&data, digest(&SHA256, client.as_bytes()).as_ref()].concat();
        let mut signature = self.sign(&signed);
        if tamper == "another signature" {
            let last = signature.len() - 1;
            signature[last] ^= 1;
        }
        let answer = json!({
            "credential": B64.encode(&self.credential), "clientData": B64.encode(client),
            "data": B64.encode(data), "signature": B64.encode(signature),
            "user": B64.encode(self.user.as_bytes()),
        });
        answer.to_string()
    }

    fn data(&self, site: &str, flags: u8) -> Vec<u8> {
        let mut data = digest(&SHA256, site.as_bytes()).as_ref().to_vec();
        data.push(flags | if self.is_verified { 4 } else { 0 });
        data.extend_from_slice(&self.counter.unwrap_or(0).to_be_bytes());
        data
    }

    fn public(&self) -> Value {
        match &self.key {
            Key::P256(key) => {
                let point = key.public_key().as_ref();
                let (x, y) =
                    (Value::Bytes(point[1..33].to_vec()), Value::Bytes(point[33..].to_vec()));
                cbor!({1 => 2, 3 => -7, -1 => 1, -2 => x, -3 => y}).unwrap()
            }
            Key::Ed25519(key) => {
                let x = Value::Bytes(key.public_key().as_ref().to_vec());
                cbor!({1 => 1, 3 => -8, -1 => 6, -2 => x}).unwrap()
            }
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match &self.key {
            Key::P256(key) => key.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec(),
            Key::Ed25519(key) => key.sign(message).as_ref().to_vec(),
        }
    }
}

fn client(kind: &str, challenge: &str, origin: &str) -> String {
    format!("{{\"type\":\"{kind}\",\"challenge\":\"{challenge}\",\"origin\":\"{origin}\"}}")
}
