//! Hashes of passwords: argon2id, a few at a time.

use std::sync::{Condvar, Mutex, PoisonError};

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use unicode_normalization::UnicodeNormalization as _;

use super::password::LONGEST;
use crate::clock::random;

/// So much memory one hash takes, in KiB (OWASP: 19 MiB with two passes, one lane).
const MEMORY: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// So many hashes are made at the same time; others wait. More would take memory, not give speed.
const SLOTS: usize = 2;

/// A hash that no password has: what is verified where there is no account, so that it takes as
/// long. Its parameters are those above.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyB0aGlzIQ$\
                      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static FREE: Mutex<usize> = Mutex::new(SLOTS);
static FREED: Condvar = Condvar::new();

/// One of the slots, until it is dropped.
struct Slot;

/// The hash of a password, with a salt of its own, as a PHC string.
pub(super) fn hash(password: &str) -> String {
    let password = composed(password);
    let _slot = Slot::take();
    let salt: [u8; 16] = random();
    let hash = argon2().hash_password_with_salt(password.as_bytes(), &salt);
    hash.expect("the parameters are in range and the system has 19 MiB").to_string()
}

/// Whether this is the password of a hash; takes as long without one, and answers no.
pub(super) fn verify(password: &str, hash: Option<&str>) -> bool {
    // Nothing longer was ever set; it must not cost more either.
    let fits = password.chars().take(LONGEST * 4 + 1).count() <= LONGEST * 4;
    let password = if fits { composed(password) } else { String::new() };
    let _slot = Slot::take();
    let same = argon2().verify_password(password.as_bytes(), hash.unwrap_or(NOBODY)).is_ok();
    same && fits && hash.is_some()
}

impl Slot {
    fn take() -> Self {
        let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 {
            free = FREED.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        Self
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        *FREE.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        FREED.notify_one();
    }
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY, PASSES, LANES, None).expect("the parameters are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The same password typed on another keyboard can be other code points (NIST SP 800-63B).
fn composed(password: &str) -> String {
    password.nfc().collect()
}

#[cfg(test)]
mod tests {
    use argon2::PasswordHash;

    use super::*;

    #[test]
    fn a_hash_verifies_its_password_and_no_other() {
        let kept = hash("gr\u{fc}ne Wiese am Fluss");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(verify("gru\u{308}ne Wiese am Fluss", Some(&kept)), "typed decomposed");
        assert!(!verify("gr\u{fc}ne Wiese am Fluss ", Some(&kept)));
        assert!(!verify("", Some(&kept)));
        assert_ne!(hash("gr\u{fc}ne Wiese am Fluss"), kept, "salts differ");
    }

    #[test]
    fn nobody_costs_what_somebody_costs() {
        let (nobody, somebody) = (PasswordHash::new(NOBODY).unwrap(), hash("a password of mine"));
        let somebody = PasswordHash::new(&somebody).unwrap();
        assert_eq!(nobody.algorithm, somebody.algorithm);
        assert_eq!(nobody.version, somebody.version);
        assert_eq!(nobody.params, somebody.params);
        let lengths = |it: &PasswordHash| (it.salt.unwrap().len(), it.hash.unwrap().len());
        assert_eq!(lengths(&nobody), lengths(&somebody));
        assert!(!verify("", None) && !verify("anything at all", None));
    }

    #[test]
    fn what_is_too_long_matches_nothing() {
        let empty = hash("");
        assert!(verify("", Some(&empty)));
        assert!(!verify(&"x".repeat(1_000_000), Some(&empty)));
    }
}
