//! Whether what the standard's own examples answer is understood, and what we take of it.

use std::collections::BTreeMap;

use super::{
    cose::Key,
    data::{challenge, of_attestation, read},
};
use ledger::hash::sha256;

const VECTORS: &str = include_str!("tests/vectors.txt");

const SITE: &str = "example.org";
const ORIGIN: &str = "https://example.org";

/// The values of one example, by name.
type Vector = BTreeMap<&'static str, Vec<u8>>;

fn vectors() -> BTreeMap<&'static str, Vector> {
    let parts = VECTORS.split("\n[").skip(1);
    let named = parts.map(|part| {
        let (name, lines) = part.split_once("]\n").unwrap();
        let values = lines.lines().filter_map(|it| it.split_once(" = "));
        (name, values.map(|(name, hex)| (name, bytes(hex))).collect())
    });
    named.collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks_exact(2);
    pairs.map(|it| u8::from_str_radix(std::str::from_utf8(it).unwrap(), 16).unwrap()).collect()
}

#[test]
fn the_examples_of_the_standard_sign_in() {
    let vectors = vectors();
    for name in ["none.ES256", "none.ES256.long-credential-id", "packed.RS256", "packed.EdDSA"] {
        let it = &vectors[name];
        let asked = challenge(&it["made.client"], "webauthn.create", ORIGIN);
        assert_eq!(asked.as_ref(), Some(&it["made.challenge"]), "{name}");
        let data = match it.get("made.attestation") {
            Some(attestation) => of_attestation(attestation).unwrap(),
            None => it["made.data"].clone(),
        };
        let (credential, key) = read(&data, SITE).unwrap().made.unwrap();
        assert_eq!(credential, it["credential"], "{name}");
        let key = Key::read(&key).unwrap();

        let asked = challenge(&it["used.client"], "webauthn.get", ORIGIN);
        assert_eq!(asked.as_ref(), Some(&it["used.challenge"]), "{name}");
        assert!(read(&it["used.data"], SITE).is_some(), "{name}");
        let signed = [it["used.data"].as_slice(), &sha256(&it["used.client"])].concat();
        assert!(key.verifies(&signed, &it["used.signature"]), "{name}");
        // Neither for another message, nor altered, nor by another's key.
        assert!(!key.verifies(&signed[1..], &it["used.signature"]), "{name}");
        for at in [0, it["used.signature"].len() / 2, it["used.signature"].len() - 1] {
            let mut altered = it["used.signature"].clone();
            altered[at] ^= 1;
            assert!(!key.verifies(&signed, &altered), "{name}, byte {at}");
        }
        let others = vectors.iter().filter(|it| *it.0 != name);
        for (other, it) in others {
            assert!(!key.verifies(&signed, &it["used.signature"]), "{name} by {other}");
        }
        // Nor for another site or another act.
        assert!(read(&data, "sub.example.org").is_none(), "{name}");
        assert!(challenge(&it["used.client"], "webauthn.create", ORIGIN).is_none(), "{name}");
        assert!(challenge(&it["used.client"], "webauthn.get", "https://sub.example.org").is_none());
    }
}

#[test]
fn whether_its_owner_was_there_is_read_from_the_examples() {
    let vectors = vectors();
    for (name, made, used) in [
        ("none.ES256", false, false),
        ("none.ES256.crossOrigin", true, true),
        ("none.ES256.long-credential-id", false, true),
        ("packed.RS256", true, false),
        ("packed.EdDSA", false, false),
    ] {
        let it = &vectors[name];
        let data = match it.get("made.attestation") {
            Some(attestation) => of_attestation(attestation).unwrap(),
            None => it["made.data"].clone(),
        };
        assert_eq!(read(&data, SITE).unwrap().is_verified, made, "{name}");
        assert_eq!(read(&it["used.data"], SITE).unwrap().is_verified, used, "{name}");
    }
}

#[test]
fn what_was_answered_inside_another_page_is_not_taken() {
    let vectors = vectors();
    for name in ["none.ES256.crossOrigin", "none.ES256.topOrigin"] {
        let it = &vectors[name];
        assert!(challenge(&it["made.client"], "webauthn.create", ORIGIN).is_none(), "{name}");
        assert!(challenge(&it["used.client"], "webauthn.get", ORIGIN).is_none(), "{name}");
    }
}

#[test]
fn nothing_that_is_cut_short_is_read() {
    let vectors = vectors();
    let attestation = &vectors["none.ES256"]["made.attestation"];
    let data = of_attestation(attestation).unwrap();
    for length in 0..attestation.len() {
        assert!(of_attestation(&attestation[..length]).is_none(), "{length}");
    }
    for length in 0..data.len() {
        assert!(read(&data[..length], SITE).is_none(), "{length}");
    }
    assert!(read(&[data.as_slice(), &[0]].concat(), SITE).is_none());
}
