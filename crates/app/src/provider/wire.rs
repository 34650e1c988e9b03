//! Asking a provider: over TLS, without following anybody elsewhere, not for long, and not for much.

use std::{
    fmt,
    io::Read,
    sync::{Arc, OnceLock},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{
    blocking::{Client, RequestBuilder},
    redirect::Policy,
};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use serde_json::Value;
use url::Url;

/// A provider has so long to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The longest answer that is read, in bytes.
const LONGEST: u64 = 1 << 20;

/// The way to a provider; opened when it is first used.
#[derive(Default)]
pub(super) struct Wire(OnceLock<Client>);

/// Why there is no answer.
pub(super) enum Fault {
    /// It cannot be reached, or broke.
    Silent(String),
    /// It says no.
    Refused(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Silent(why) | Self::Refused(why) => f.write_str(why),
        }
    }
}

/// Whether nobody on the way can read along: HTTPS, or a provider on this very machine.
pub(super) fn is_safe(url: &Url) -> bool {
    let is_local = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.has_host() && (url.scheme() == "https" || (url.scheme() == "http" && is_local))
}

impl Wire {
    /// Asks for JSON.
    pub(super) fn get(&self, url: &Url, bearer: Option<&str>) -> Result<Value, Fault> {
        let mut request = self.client()?.get(url.clone());
        if let Some(bearer) = bearer {
            request = request.header("authorization", format!("Bearer {bearer}"));
        }
        read(request)
    }

    /// Sends a form, and reads JSON.
    pub(super) fn post(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        basic: Option<(&str, &str)>,
    ) -> Result<Value, Fault> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.client()?.post(url.clone());
        let mut request = request.header("content-type", "application/x-www-form-urlencoded");
        if let Some((name, secret)) = basic {
            // Both are encoded as in a form first (RFC 6749, section 2.3.1).
            let text = |it: &str| -> String {
                url::form_urlencoded::byte_serialize(it.as_bytes()).collect()
            };
            let pair = STANDARD.encode(format!("{}:{}", text(name), text(secret)));
            request = request.header("authorization", format!("Basic {pair}"));
        }
        read(request.body(body))
    }

    fn client(&self) -> Result<&Client, Fault> {
        if let Some(client) = self.0.get() {
            return Ok(client);
        }
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("ring supports the default protocol versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .no_proxy()
            .timeout(PATIENCE)
            .user_agent(concat!("Muniment/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|err| Fault::Silent(err.to_string()))?;
        Ok(self.0.get_or_init(|| client))
    }
}

fn read(request: RequestBuilder) -> Result<Value, Fault> {
    let answer = request.header("accept", "application/json").send();
    // An address may hold a code.
    let answer = answer.map_err(|err| Fault::Silent(err.without_url().to_string()))?;
    let status = answer.status();
    let mut text = String::new();
    let taken = answer.take(LONGEST).read_to_string(&mut text);
    if status.is_server_error() {
        return Err(Fault::Silent(format!("it answered {status}")));
    }
    if !status.is_success() {
        return Err(Fault::Refused(format!("it answered {status}")));
    }
    taken.map_err(|err| Fault::Silent(err.to_string()))?;
    serde_json::from_str(&text).map_err(|_| Fault::Refused("it answered no JSON".to_owned()))
}
