//! What the program seals for itself: secrets in the database that must be read again, and what it
//! hands to a browser to bring back unread and unchanged. One key, in the folder of signing keys.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{aead, hkdf, hmac};

use crate::{App, Error, accounts::about_authenticator, clock::random, hooks};

/// Seals and opens.
pub(crate) struct Seal {
    seal: aead::LessSafeKey,
    stamp: hmac::Key,
}

impl App {
    /// Whether the secrets in the database open with the sealing key; answers how many there are.
    /// Makes no key where there is none.
    ///
    /// # Errors
    /// [`Error::Key`] when there are secrets and the key is missing, another, or open to others.
    pub fn try_seal(&self) -> Result<usize, Error> {
        let reading = self.store.snapshot()?;
        let (apps, hooks) = (reading.authenticators()?, reading.hooks()?);
        if apps.is_empty() && hooks.is_empty() {
            return Ok(0);
        }
        if !self.keys.has_sealing() {
            return Err(self.keys.no_sealing_key());
        }
        let seal = self.seal()?;
        let open =
            apps.iter().all(|it| seal.open(&about_authenticator(it.account), &it.secret).is_some())
                && hooks.iter().all(|it| seal.open_text(hooks::SEALED, &it.secret).is_some());
        open.then_some(apps.len() + hooks.len()).ok_or_else(|| self.keys.no_sealing_key())
    }
}

impl Seal {
    /// The seal of a secret.
    pub(crate) fn new(secret: &[u8; 32]) -> Self {
        let drawn = hkdf::Salt::new(hkdf::HKDF_SHA256, b"muniment").extract(secret);
        const FITS: &str = "one key is not too long";
        let seal = drawn.expand(&[b"seal"], &aead::CHACHA20_POLY1305).expect(FITS).into();
        let stamp = drawn.expand(&[b"stamp"], hmac::HMAC_SHA256).expect(FITS).into();
        Self { seal: aead::LessSafeKey::new(seal), stamp }
    }

    /// The bytes encrypted; they open for the same `about` only.
    pub(crate) fn seal(&self, about: &str, bytes: &[u8]) -> Vec<u8> {
        let nonce: [u8; aead::NONCE_LEN] = random();
        let mut text = bytes.to_vec();
        let about = aead::Aad::from(about.as_bytes());
        let nonce_once = aead::Nonce::assume_unique_for_key(nonce);
        self.seal.seal_in_place_append_tag(nonce_once, about, &mut text).expect("it is short");
        [nonce.as_slice(), &text].concat()
    }

    /// What was sealed; `None` when it was not, not with this key, or for something else.
    pub(crate) fn open(&self, about: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, text) = sealed.split_first_chunk::<{ aead::NONCE_LEN }>()?;
        let mut text = text.to_vec();
        let nonce = aead::Nonce::assume_unique_for_key(*nonce);
        let about = aead::Aad::from(about.as_bytes());
        let length = self.seal.open_in_place(nonce, about, &mut text).ok()?.len();
        text.truncate(length);
        Some(text)
    }

    /// As [`Seal::seal`], in letters that fit into a cookie.
    pub(crate) fn seal_text(&self, about: &str, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.seal(about, text.as_bytes()))
    }

    /// As [`Seal::open`].
    pub(crate) fn open_text(&self, about: &str, sealed: &str) -> Option<String> {
        let sealed = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        String::from_utf8(self.open(about, &sealed)?).ok()
    }

    /// A stamp that nobody else can make.
    pub(crate) fn stamp(&self, about: &str, bytes: &[u8]) -> [u8; 16] {
        let tag = hmac::sign(&self.stamp, &[about.as_bytes(), b"\0", bytes].concat());
        let tag = tag.as_ref().first_chunk().expect("a stamp has 32 bytes");
        *tag
    }

    /// Whether a stamp is ours, in a time that does not tell where it differs.
    pub(crate) fn is_ours(&self, about: &str, bytes: &[u8], stamp: &[u8]) -> bool {
        let ours = self.stamp(about, bytes);
        let differs = ours.iter().zip(stamp).fold(0, |so_far, (a, b)| so_far | (a ^ b));
        stamp.len() == ours.len() && differs == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_what_it_is_about_and_unchanged() {
        let seal = Seal::new(&[7; 32]);
        let sealed = seal.seal("a", b"secret");
        assert_eq!(seal.open("a", &sealed).unwrap(), b"secret");
        assert_eq!(seal.open("b", &sealed), None);
        assert_eq!(Seal::new(&[8; 32]).open("a", &sealed), None);
        for at in 0..sealed.len() {
            let mut other = sealed.clone();
            other[at] ^= 1;
            assert_eq!(seal.open("a", &other), None, "{at}");
        }
        assert_eq!(seal.open("a", &sealed[..5]), None);
        assert_ne!(seal.seal("a", b"secret"), sealed);
    }

    #[test]
    fn a_stamp_is_bound_to_what_it_stands_on() {
        let seal = Seal::new(&[7; 32]);
        let stamp = seal.stamp("a", b"x");
        assert!(seal.is_ours("a", b"x", &stamp));
        assert!(!seal.is_ours("a", b"y", &stamp) && !seal.is_ours("b", b"x", &stamp));
        assert!(!seal.is_ours("a", b"x", &stamp[..15]) && !seal.is_ours("a", b"x", b""));
    }
}
