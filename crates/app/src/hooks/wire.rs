//! Calling a hook: signed, without following anybody elsewhere, and not for long.

use std::{fmt::Write, sync::Arc, time::Duration};

use hmac::{Hmac, KeyInit, Mac};
use reqwest::{blocking::Client, redirect::Policy};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use serde_json::{Value, json};
use sha2::Sha256;
use store::Hook as Row;
use url::Url;

use super::{HookSettings, SEALED, kinds_of, report, target};
use crate::{
    App, Error,
    outbox::{Carrier, Content, Fault, HOOK, Letter, Outcome},
};

/// A hook has so long to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// So many hooks are called beside each other.
const BESIDE: usize = 8;

/// Calls hooks.
pub struct Hooks {
    origin: String,
    settings: HookSettings,
    tls: ClientConfig,
}

impl Hooks {
    /// Calls hooks that are told of pages at this address: `https://isms.example.org`.
    pub fn new(origin: &str, settings: HookSettings) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("ring supports the default protocol versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self { origin: origin.to_owned(), settings, tls }
    }

    fn body(&self, app: &App, letter: &Letter, hook: &Row) -> Result<Result<Value, String>, Error> {
        let rows = app.organizations()?;
        let row = rows.iter().find(|it| it.organization == hook.organization);
        let Some(row) = row else { return Ok(Err("the organization is gone".to_owned())) };
        match Content::of(letter) {
            Some(Content::Commit { seq }) => {
                let organization = app.organization(Some(&row.slug))?;
                let commit = organization.commit(seq)?;
                let kinds = kinds_of(&hook.kinds);
                let (origin, person) = (&self.origin, hook.person);
                let told = report::of_commit(&organization, &commit, origin, &kinds, person)?;
                Ok(told.ok_or_else(|| "nothing in it is for this hook".to_owned()))
            }
            Some(Content::Ping) => Ok(Ok(json!({"event": "ping", "organization": row.slug}))),
            _ => Ok(Err("this is nothing for a hook".to_owned())),
        }
    }

    fn call(&self, app: &App, letter: &Letter, hook: &Row, body: &Value) -> Result<(), Fault> {
        let retry = |message: String| Fault { message, for_good: false, blocks: true };
        let url: Url = hook.url.parse().map_err(|_| retry("its address is none".to_owned()))?;
        // Asked anew each time, and connected to what was looked at: a name may lead elsewhere now.
        let addresses = target::resolved(&url, &self.settings).map_err(retry)?;
        let client = Client::builder()
            .tls_backend_preconfigured(self.tls.clone())
            .redirect(Policy::none())
            .no_proxy()
            .timeout(PATIENCE)
            .resolve_to_addrs(url.host_str().unwrap_or_default(), &addresses)
            .user_agent(concat!("Muniment/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|err| retry(format!("it cannot be called: {}", chain(&err))))?;
        let key = app.seal().ok().and_then(|it| it.open_text(SEALED, &hook.secret));
        let Some(key) = key else {
            return Err(retry(
                "its key cannot be opened with the keys of this installation: remove it and make \
                 another"
                    .to_owned(),
            ));
        };
        let text = body.to_string();
        let at = app.clock.now().as_second();
        let event = body.get("event").and_then(Value::as_str).unwrap_or_default();
        let answer = client
            .post(url)
            .header("content-type", "application/json")
            .header("muniment-event", event)
            .header("muniment-delivery", letter.id.to_string())
            .header("muniment-signature", signature(&key, at, &text))
            .body(text)
            .send()
            .map_err(|err| retry(format!("it did not answer: {}", chain(&err.without_url()))))?;
        let status = answer.status();
        match status.as_u16() {
            200..=299 => Ok(()),
            300..=399 => Err(retry(format!(
                "it answered {status} and points elsewhere: write the \
                                            address it points to into the hook"
            ))),
            410 => Err(Fault {
                message: "it answered 410 Gone: it does not want this any more".to_owned(),
                for_good: true,
                blocks: true,
            }),
            _ => Err(retry(format!("it answered {status}"))),
        }
    }
}

impl Carrier for Hooks {
    fn channel(&self) -> &'static str {
        HOOK
    }

    fn beside(&self) -> usize {
        BESIDE
    }

    fn carry(&self, app: &App, letter: &Letter) -> Result<Outcome, Fault> {
        let broken =
            |err: Error| Fault { message: err.to_string(), for_good: false, blocks: false };
        let named = letter.organization.zip(letter.recipient);
        let hook = match named {
            Some((organization, id)) => {
                app.store.hooks().one(organization, id).map_err(|err| broken(err.into()))?
            }
            None => None,
        };
        let Some(hook) = hook else { return Ok(Outcome::Nothing("the hook is gone".to_owned())) };
        if hook.paused.is_some() {
            return Ok(Outcome::Nothing("the hook is paused".to_owned()));
        }
        match self.body(app, letter, &hook).map_err(broken)? {
            Err(why) => Ok(Outcome::Nothing(why)),
            Ok(body) => self.call(app, letter, &hook, &body).map(|()| Outcome::Sent),
        }
    }
}

/// The header that proves who called and when: `t=SECONDS,v1=HEX`, where HEX is the HMAC-SHA256 of
/// `SECONDS.BODY` by the hook's key.
pub fn signature(secret: &str, at: i64, body: &str) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(at.to_string().as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    let mut text = format!("t={at},v1=");
    for byte in mac.finalize().into_bytes() {
        write!(text, "{byte:02x}").expect("a String takes all text");
    }
    text
}

fn chain(err: &dyn std::error::Error) -> String {
    let mut text = err.to_string();
    let mut source = err.source();
    while let Some(it) = source {
        text = it.to_string();
        source = it.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_what_others_compute() {
        // Made by: printf '1700000000.{}' | openssl dgst -sha256 -hmac key
        let said = signature("key", 1_700_000_000, "{}");
        let (time, mac) = said.split_once(',').unwrap();
        assert_eq!(time, "t=1700000000");
        assert_eq!(mac, "v1=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae");
        assert_ne!(signature("other", 1_700_000_000, "{}"), said);
    }
}
