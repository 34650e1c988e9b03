//! What a provider says of itself: its addresses and its keys, kept for a while.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use url::Url;

use super::{Provider, token::Key, wire};
use crate::Error;

/// Addresses are asked for again after so long, in seconds.
const ADDRESSES_LAST: i64 = 3_600;

/// Keys are asked for again after so long, in seconds.
const KEYS_LAST: i64 = 3_600;

/// A key that is not known is asked for once in so long, in seconds: nobody makes us ask more often.
const PAUSE: i64 = 30;

/// What is kept.
#[derive(Default)]
pub(super) struct Metadata {
    about: Kept<About>,
    keys: Kept<Vec<Key>>,
}

type Kept<T> = Mutex<Option<(i64, Arc<T>)>>;

/// Addresses and habits of a provider.
pub(super) struct About {
    pub(super) authorization: Url,
    pub(super) token: Url,
    pub(super) keys: Url,
    pub(super) userinfo: Option<Url>,
    pub(super) end: Option<Url>,
    /// Whether its answers name it.
    pub(super) says_issuer: bool,
    /// Whether the secret is sent in a header.
    pub(super) takes_basic: bool,
}

impl Metadata {
    /// Addresses and habits.
    pub(super) fn get(&self, of: &Provider) -> Result<Arc<About>, Error> {
        let now = of.clock.now().as_second();
        if let Some(kept) = fresh(&self.about, now, ADDRESSES_LAST) {
            return Ok(kept);
        }
        let issuer = &of.settings.issuer;
        let place = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let place = Url::parse(&place).map_err(|_| of.silent("its address is none"))?;
        let said = of.wire.get(&place, None).map_err(|why| of.silent(&why.to_string()))?;
        if said["issuer"].as_str() != Some(issuer) {
            return Err(of.silent("it calls itself by another name than the configuration"));
        }
        let about = About::read(&said).ok_or_else(|| of.silent("it does not say where to go"))?;
        Ok(keep(&self.about, now, about))
    }

    /// The keys; asked for anew when one is `missing`.
    pub(super) fn keys(&self, of: &Provider, missing: bool) -> Result<Arc<Vec<Key>>, Error> {
        let now = of.clock.now().as_second();
        if let Some(kept) = fresh(&self.keys, now, if missing { PAUSE } else { KEYS_LAST }) {
            return Ok(kept);
        }
        let place = &self.get(of)?.keys;
        let said = of.wire.get(place, None).map_err(|why| of.silent(&why.to_string()))?;
        let all = said["keys"].as_array().ok_or_else(|| of.silent("it shows no keys"))?;
        Ok(keep(&self.keys, now, all.iter().filter_map(Key::read).collect()))
    }
}

impl About {
    fn read(said: &Value) -> Option<Self> {
        let url = |name: &str| {
            said.get(name)?.as_str().and_then(|it| Url::parse(it).ok()).filter(wire::is_safe)
        };
        let ways = said["token_endpoint_auth_methods_supported"].as_array();
        let takes = |way: &str| ways.is_some_and(|it| it.iter().any(|it| it == way));
        let says = &said["authorization_response_iss_parameter_supported"];
        Some(Self {
            authorization: url("authorization_endpoint")?,
            token: url("token_endpoint")?,
            keys: url("jwks_uri")?,
            userinfo: url("userinfo_endpoint"),
            end: url("end_session_endpoint"),
            says_issuer: says.as_bool() == Some(true),
            takes_basic: ways.is_none()
                || takes("client_secret_basic")
                || !takes("client_secret_post"),
        })
    }
}

fn fresh<T>(kept: &Kept<T>, now: i64, lasts: i64) -> Option<Arc<T>> {
    let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    kept.as_ref().filter(|it| now - it.0 < lasts).map(|it| it.1.clone())
}

fn keep<T>(kept: &Kept<T>, now: i64, value: T) -> Arc<T> {
    let value = Arc::new(value);
    *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, value.clone()));
    value
}
