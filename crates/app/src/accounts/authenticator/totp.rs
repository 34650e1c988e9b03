//! Codes from a shared secret and the time: RFC 6238 as all apps know it, with HMAC-SHA-1, six
//! digits and steps of 30 seconds.

use ring::hmac;

/// The length of a step, in milliseconds.
const STEP: i64 = 30_000;

/// Clocks may differ by so many steps.
const SLACK: i64 = 1;

const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The step whose code this is at `now`, in milliseconds, later than `last`; of several the latest.
pub(super) fn matching(secret: &[u8], typed: &str, now: i64, last: i64) -> Option<i64> {
    let digits: String = typed.chars().filter(|it| !it.is_whitespace() && *it != '-').collect();
    let is_code = digits.len() == 6 && digits.bytes().all(|it| it.is_ascii_digit());
    let typed: u32 = if is_code { digits.parse().ok()? } else { return None };
    let present = now.div_euclid(STEP);
    let steps = (present - SLACK..=present + SLACK).rev();
    steps.filter(|it| *it > last && code(secret, *it) == typed).max()
}

/// The address that an app reads: `otpauth://totp/…`.
pub(super) fn address(issuer: &str, email: &str, key: &str) -> String {
    let (issuer, email) = (escaped(issuer), escaped(email));
    format!("otpauth://totp/{issuer}:{email}?secret={key}&issuer={issuer}")
}

/// Bytes in letters and digits (RFC 4648, section 6), without padding.
pub(super) fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut buffer, mut bits) = (0u32, 0);
    for byte in bytes {
        buffer = buffer << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[(buffer >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        text.push(char::from(LETTERS[(buffer << (5 - bits) & 31) as usize]));
    }
    text
}

/// The bytes that [`base32`] wrote.
pub(super) fn unbase32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut buffer, mut bits) = (0u32, 0);
    for letter in text.bytes() {
        let value = LETTERS.iter().position(|it| *it == letter)?;
        buffer = buffer << 5 | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits & 255) as u8);
        }
    }
    Some(bytes)
}

/// The code of a step (RFC 4226, section 5.3).
fn code(secret: &[u8], step: i64) -> u32 {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag[19] & 15);
    let word = u32::from_be_bytes([tag[at], tag[at + 1], tag[at + 2], tag[at + 3]]);
    (word & 0x7fff_ffff) % 1_000_000
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' | b'~' => {
                escaped.push(char::from(byte));
            }
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 4226, appendix D; RFC 6238, appendix B, the last six of eight digits.
        let counted = [755_224, 287_082, 359_152, 969_429, 338_314];
        for (step, expected) in counted.into_iter().enumerate() {
            assert_eq!(code(SECRET, step as i64), expected);
        }
        for (second, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(matching(SECRET, expected, second * 1_000, 0), Some(second / 30));
        }
    }

    #[test]
    fn a_code_works_a_step_around_its_own_and_not_after_itself() {
        let now = 1_111_111_109_000;
        let step = now / STEP;
        assert_eq!(matching(SECRET, " 081 804", now + STEP, 0), Some(step));
        assert_eq!(matching(SECRET, "081804", now - STEP, 0), Some(step));
        assert_eq!(matching(SECRET, "081804", now + 2 * STEP, 0), None);
        assert_eq!(matching(SECRET, "081804", now - 2 * STEP, 0), None);
        assert_eq!(matching(SECRET, "081804", now, step), None);
        for wrong in ["81804", "0818040", "08180a", "", "081805", "+81804", "٠٨١٨٠٤"] {
            assert_eq!(matching(SECRET, wrong, now, 0), None, "{wrong}");
        }
    }

    #[test]
    fn keys_are_written_as_apps_read_them() {
        // RFC 4648, section 10.
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), text);
            assert_eq!(unbase32(text).unwrap(), bytes.as_bytes());
        }
        assert_eq!(unbase32("M1"), None);
        assert_eq!(
            address("Muniment isms.example", "ada+x@example.org", "MZXW6YTB"),
            "otpauth://totp/Muniment%20isms.example:ada%2Bx%40example.org?secret=MZXW6YTB\
             &issuer=Muniment%20isms.example"
        );
    }
}
