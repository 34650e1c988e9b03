//! What a browser and a device say of a passkey: the browser in JSON, the device in bytes of its
//! own (WebAuthn, sections 5.8.1 and 6.1).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ciborium::Value;
use ledger::hash::sha256;
use serde_json::Value as Json;

use super::cose::Key;

/// Somebody touched the device.
const PRESENT: u8 = 1;
/// The device made sure that it was its owner.
const VERIFIED: u8 = 1 << 2;
/// The passkey may be on several devices; it is.
const MAY_BE_COPIED: u8 = 1 << 3;
const IS_COPIED: u8 = 1 << 4;
/// A new passkey follows; more follows.
const HAS_KEY: u8 = 1 << 6;
const HAS_MORE: u8 = 1 << 7;

/// What a device says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Data<'a> {
    /// Whether it made sure that it was its owner who touched it.
    pub(super) is_verified: bool,
    /// How often it has signed, 0 when it does not count.
    pub(super) counter: u32,
    /// A new passkey: what the device calls it, and the public key as it writes it.
    pub(super) made: Option<(&'a [u8], Vec<u8>)>,
}

/// The challenge that a browser had answered, for this origin and by a page of its own.
pub(super) fn challenge(client: &[u8], kind: &str, origin: &str) -> Option<Vec<u8>> {
    let said: Json = serde_json::from_slice(client).ok()?;
    let text = |name: &str| said.get(name).and_then(Json::as_str);
    let is_inside = said.get("crossOrigin").and_then(Json::as_bool) == Some(true);
    let is_ours = text("type") == Some(kind) && text("origin") == Some(origin) && !is_inside;
    if !is_ours || said.get("topOrigin").is_some() {
        return None;
    }
    URL_SAFE_NO_PAD.decode(text("challenge")?).ok()
}

/// What a device says within an attestation. None is asked for, so that nothing else in it counts.
pub(super) fn of_attestation(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes;
    let value: Value = ciborium::from_reader(&mut rest).ok()?;
    if !rest.is_empty() {
        return None;
    }
    let found = value.as_map()?.iter().find(|it| it.0.as_text() == Some("authData"))?;
    found.1.as_bytes().cloned()
}

/// What a device says for a site; `None` when it is for another, nobody touched it, or it is not
/// whole.
pub(super) fn read<'a>(bytes: &'a [u8], site: &str) -> Option<Data<'a>> {
    let (hash, rest) = bytes.split_first_chunk::<32>()?;
    let (flags, rest) = rest.split_first()?;
    let (counter, mut rest) = rest.split_first_chunk::<4>()?;
    let has = |flag: u8| flags & flag != 0;
    if *hash != sha256(site.as_bytes()) || !has(PRESENT) || (has(IS_COPIED) && !has(MAY_BE_COPIED))
    {
        return None;
    }
    let mut made = None;
    if has(HAS_KEY) {
        let (_model, after) = rest.split_first_chunk::<16>()?;
        let (length, after) = after.split_first_chunk::<2>()?;
        let (credential, after) =
            after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        rest = after;
        let value: Value = ciborium::from_reader(&mut rest).ok()?;
        Key::of(&value)?;
        made = Some((credential, after[..after.len() - rest.len()].to_vec()));
    }
    if has(HAS_MORE) {
        let more: Value = ciborium::from_reader(&mut rest).ok()?;
        more.as_map()?;
    }
    let data = Data { is_verified: has(VERIFIED), counter: u32::from_be_bytes(*counter), made };
    rest.is_empty().then_some(data)
}
