//! Keys and signatures of devices.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use ciborium::cbor;

use super::*;

/// What was signed with OpenSSL, by a key of 2,048 bits.
const MESSAGE: &[u8] = b"authenticator data and hash";
const MODULUS: &str = "\
    yeDh3VTj-MBJJcDCHuxO2NSplvoPRoZtJKy46ZPF6_arGXTxIfmNWu35Vr5G9TwkmWgeLMgn_8CKOFUsa96a\
    qX1x1eROUDXuNtG-EZYL3qB2RYLO3jixbQk8Elr84tR98ni49AMV19Ut03ubXCxto06iDw2h2-gutCECKAW5\
    PU0YPqCOJBwsyAySubeBqYP5obL3qG6RnIGCMQePL6G5ykEPx8oRLfAoBd-jKTB56JYi7UTBQuL67svPpjoC\
    dyxGdCQ8ErKtFRGFxwI2BUdlHNEfp6Dk0FinJNMe13qNSK3bzwDjWz9yK32i9ZJ7JPHMPMlYEawALdIXJQb8\
    M5i-Xw";
const SIGNATURE: &str = "\
    B8R2EQ19Yqs76TODi4eBqzIvvWZySCket-0c0ikbV-FJUXPKZNj_AC9E2cdUZwVsBY0uCcYDd8CPEF7Y67rl\
    DUIP3jMrBkYPNQY-oXLjRoi6pg1NFdnX1G_pZlPKGGITdtGsSaI2udfzK3KNLq3gsmmDt0ChrpovW5FiOB8j\
    BXaPz2v9T0nn8pCEZlyY7BL9uJVoOthgYBtxPQpnqH4k5mChaBEQSb9oBw1XR_H7MbqjGfqJjri-2IwsHKaC\
    psWQd_YoqUJr3uLlW-q3kapY1F6BxgqKtjN0CoLnei2EIk7Wwdr0fsKS_OjTkW0qMmCtRQUNYtVoLAEx_EzW\
    DyEN7Q";

fn written(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    bytes
}

fn bytes(of: &[u8]) -> Value {
    Value::Bytes(of.to_vec())
}

#[test]
fn an_rsa_key_verifies_what_it_signed() {
    let (modulus, signature) = (B64.decode(MODULUS).unwrap(), B64.decode(SIGNATURE).unwrap());
    let (n, e) = (bytes(&modulus), bytes(&[1, 0, 1]));
    let key = written(&cbor!({1 => 3, 3 => -257, -1 => n, -2 => e}).unwrap());
    let key = Key::read(&key).unwrap();
    assert!(key.verifies(MESSAGE, &signature));
    assert!(!key.verifies(b"something else", &signature));
    let mut altered = signature.clone();
    altered[100] ^= 1;
    assert!(!key.verifies(MESSAGE, &altered) && !key.verifies(MESSAGE, b""));
    // A number may be written with a zero in front.
    let (n, e) = (bytes(&[&[0], modulus.as_slice()].concat()), bytes(&[0, 1, 0, 1]));
    let padded = written(&cbor!({1 => 3, 3 => -257, -1 => n, -2 => e}).unwrap());
    assert_eq!(Key::read(&padded), Some(key));
}

#[test]
fn what_is_no_key_that_we_take_is_none() {
    let (x, y, short) = (bytes(&[7; 32]), bytes(&[9; 32]), bytes(&[7; 31]));
    let good = cbor!({1 => 2, 3 => -7, -1 => 1, -2 => x, -3 => y}).unwrap();
    assert!(Key::read(&written(&good)).is_some());
    for bad in [
        cbor!({1 => 2, 3 => -7, -1 => 2, -2 => x, -3 => y}),
        cbor!({1 => 2, 3 => -7, -1 => 1, -2 => short, -3 => y}),
        cbor!({1 => 2, 3 => -7, -1 => 1, -2 => x}),
        cbor!({1 => 2, 3 => -8, -1 => 1, -2 => x, -3 => y}),
        cbor!({1 => 1, 3 => -8, -1 => 4, -2 => x}),
        cbor!({1 => 3, 3 => -257, -1 => x, -2 => y}),
        cbor!({1 => 2, 3 => -35, -1 => 1, -2 => x, -3 => y}),
        cbor!([1, 2]),
        cbor!("text"),
    ] {
        let bad = bad.unwrap();
        assert_eq!(Key::read(&written(&bad)), None, "{bad:?}");
    }
    let Value::Map(mut twice) = good.clone() else { unreachable!("it is a map") };
    twice.push(twice[1].clone());
    assert_eq!(Key::read(&written(&Value::Map(twice))), None, "an algorithm said twice");
    let mut more = written(&good);
    more.push(0);
    assert_eq!(Key::read(&more), None, "something behind it");
    let whole = written(&good);
    for end in 0..whole.len() {
        assert_eq!(Key::read(&whole[..end]), None, "cut at {end}");
    }
    // Nested without end, or longer than it is.
    assert_eq!(Key::read(&[0x81; 100_000]), None);
    assert_eq!(Key::read(&[0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), None);
}
