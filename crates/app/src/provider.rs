//! Signing in through a provider: OpenID Connect, by authorization code with PKCE.
//!
//! Written here over the signatures of ring and the HTTP client that is there anyway: the crate for
//! it brings an RSA with an open advisory, a second clock and a second HTTP client. What a provider
//! says is believed only as far as it is signed by it, meant for us, fresh, and an answer to what
//! this browser asked.

mod metadata;
mod refused;
mod token;
mod wire;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use kinds::membership::Profile;
use ledger::hash::sha256;
use serde_json::{Map, Value, json};
use url::Url;

pub use self::refused::ProviderRefused;
use self::{metadata::Metadata, token::Expected, wire::Wire};
use crate::{App, Clock, Error, clock::random};

/// So long somebody may take at the provider.
const PATIENCE: SignedDuration = SignedDuration::from_mins(30);

/// What the ticket is about that the browser carries to the provider and back.
const TICKET: &str = "provider";

/// A provider as the configuration describes it.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ProviderSettings {
    /// Its short name, part of addresses.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its address, exactly as it names itself.
    pub issuer: String,
    /// What it calls us.
    pub client_id: String,
    /// What we prove it with; a public client has none.
    pub client_secret: Option<String>,
    /// What is asked for; `openid` always is.
    pub scopes: Vec<String>,
    /// The claim that lists the groups of somebody.
    pub groups_claim: String,
    /// What groups give.
    pub grants: Vec<Grant>,
    /// Whether whoever is unknown gets an account, when a group gives them access.
    pub create: bool,
    /// The domains of e-mail addresses that are let in; empty for all.
    pub domains: Vec<String>,
}

/// What a group gives in an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The short name of the organization; the only one when absent.
    pub organization: Option<String>,
    /// The group; `*` for everybody.
    pub group: String,
    /// The access profile.
    pub profile: Profile,
}

/// A provider at work: what it says of itself is kept for a while.
pub struct Provider {
    settings: ProviderSettings,
    wire: Wire,
    clock: Clock,
    metadata: Metadata,
}

/// The way to a provider: where to send the browser, and what it brings back.
pub struct Way {
    /// The provider's page.
    pub to: String,
    /// For a cookie.
    pub ticket: String,
}

/// Whom a provider let go, and what they were about to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// Who it is.
    pub claims: Claims,
    /// What was given to [`Provider::begin`].
    pub carried: Value,
    /// Whether the provider asked them just now who they are.
    pub is_fresh: bool,
}

/// What a provider says of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claims {
    /// What the provider calls them, and never another.
    pub subject: String,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Whether the provider made sure that it is theirs.
    pub is_email_verified: bool,
    /// Their name.
    pub name: Option<String>,
    /// Their groups.
    pub groups: Vec<String>,
}

impl std::fmt::Debug for ProviderSettings {
    /// Without the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProviderSettings")
            .field("id", &self.id)
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

impl ProviderSettings {
    /// Whether this can work, as far as it shows before the provider is asked.
    ///
    /// # Errors
    /// What is wrong and what to write.
    pub fn check(&self) -> Result<(), String> {
        let fits = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
        if self.id.is_empty() || !self.id.chars().all(fits) {
            return Err(format!(
                "`{}` cannot name a provider: use lower-case letters, digits and hyphens",
                self.id
            ));
        }
        let url = Url::parse(&self.issuer).ok().filter(wire::is_safe);
        if url.is_none_or(|it| it.query().is_some() || it.fragment().is_some()) {
            return Err(format!(
                "`{}` cannot be an issuer: write the address with https:// that the provider gives",
                self.issuer
            ));
        }
        if self.client_id.is_empty() {
            return Err(format!("write the client_id that `{}` has given you", self.id));
        }
        if self.grants.iter().any(|it| it.profile == Profile::ExternalAuditor) {
            return Err("an external auditor has access for a time: give it by hand".to_owned());
        }
        Ok(())
    }
}

impl Provider {
    /// The provider that these settings describe; it is asked when somebody first signs in.
    pub fn new(settings: ProviderSettings, clock: Clock) -> Self {
        Self { settings, wire: Wire::default(), clock, metadata: Metadata::default() }
    }

    /// Its settings.
    pub fn settings(&self) -> &ProviderSettings {
        &self.settings
    }

    /// Begins to sign in: where to send the browser, which comes back to `back`. `carried` is given
    /// back then. With `again`, the provider asks anew who it is.
    ///
    /// # Errors
    /// [`Error::Provider`] when the provider does not answer.
    pub fn begin(&self, app: &App, back: &str, carried: &Value, again: bool) -> Result<Way, Error> {
        let about = self.metadata.get(self)?;
        let [state, nonce, verifier] = [(); 3].map(|()| URL_SAFE_NO_PAD.encode(random::<32>()));
        let mut to = about.authorization.clone();
        let mut scopes = vec!["openid"];
        let more = self.settings.scopes.iter().map(String::as_str);
        scopes.extend(more.filter(|it| *it != "openid"));
        to.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("redirect_uri", back)
            .append_pair("scope", &scopes.join(" "))
            .append_pair("state", &state)
            .append_pair("nonce", &nonce)
            .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(sha256(verifier.as_bytes())))
            .append_pair("code_challenge_method", "S256");
        if again {
            to.query_pairs_mut().append_pair("prompt", "login").append_pair("max_age", "0");
        }
        let content = json!({
            "provider": self.settings.id, "state": state, "nonce": nonce, "verifier": verifier,
            "again": again, "carried": carried,
        });
        let ticket = app.accounts().ticket(TICKET, &content, PATIENCE)?;
        Ok(Way { to: to.into(), ticket })
    }

    /// Takes what the browser brought back: the ticket of its cookie and the query of the address.
    ///
    /// # Errors
    /// [`Error::Provider`].
    pub fn finish(
        &self,
        app: &App,
        back: &str,
        ticket: &str,
        query: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Returned, Error> {
        let mut content = app
            .accounts()
            .open_ticket(TICKET, ticket)?
            .filter(|it| it["provider"] == json!(self.settings.id))
            .ok_or(ProviderRefused::Over)?;
        let text = |name: &str| content[name].as_str().unwrap_or_default().to_owned();
        let (state, nonce, verifier) = (text("state"), text("nonce"), text("verifier"));
        if query("state").as_deref() != Some(state.as_str()) {
            return Err(ProviderRefused::Over.into());
        }
        let about = self.metadata.get(self)?;
        // Another provider must not be able to pass a code of its own for one of this (RFC 9207).
        match query("iss") {
            Some(issuer) if issuer != self.settings.issuer => {
                return Err(self.untrue("the answer names another issuer"));
            }
            None if about.says_issuer => {
                return Err(self.untrue("the answer does not name its issuer"));
            }
            _ => {}
        }
        if let Some(error) = query("error") {
            let error: String = error.chars().filter(char::is_ascii_graphic).take(60).collect();
            tracing::warn!(provider = self.settings.id, error, "a provider declined");
            return Err(ProviderRefused::Declined { name: self.name() }.into());
        }
        let code = query("code").ok_or_else(|| self.untrue("the answer holds no code"))?;
        // A code is used once: so is what went with it.
        let until = self.clock.now().as_millisecond() + PATIENCE.as_secs() * 1_000;
        if !app.store.accounts().spend(&sha256(state.as_bytes()), until)? {
            return Err(ProviderRefused::Over.into());
        }
        let tokens = self.redeem(&about, back, &code, &verifier)?;
        let said = tokens.get("id_token").and_then(Value::as_str);
        let said = said.ok_or_else(|| self.untrue("there is no token of identity"))?;
        let expected = Expected {
            issuer: &self.settings.issuer,
            client: &self.settings.client_id,
            nonce: &nonce,
            now: self.clock.now().as_second(),
            is_fresh: content["again"] == json!(true),
        };
        let claims = self.verified(said, &expected)?;
        let claims = self.completed(&about, claims, &tokens)?;
        let (claims, is_fresh) = (self.claims(&claims), expected.is_fresh);
        Ok(Returned { claims, carried: content["carried"].take(), is_fresh })
    }

    /// The page on which somebody signs out at the provider too, and comes back to `back`; `None`
    /// when it has none, or does not answer.
    pub fn way_out(&self, back: &str) -> Option<String> {
        let mut to = self.metadata.get(self).ok()?.end.clone()?;
        to.query_pairs_mut()
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("post_logout_redirect_uri", back);
        Some(to.into())
    }

    fn name(&self) -> String {
        self.settings.name.clone()
    }

    fn untrue(&self, why: &str) -> Error {
        tracing::warn!(provider = self.settings.id, why, "a provider's answer was not believed");
        ProviderRefused::Untrue { name: self.name() }.into()
    }

    fn silent(&self, why: &str) -> Error {
        tracing::warn!(provider = self.settings.id, why, "a provider cannot be asked");
        ProviderRefused::Silent { name: self.name() }.into()
    }

    /// The tokens for a code.
    fn redeem(
        &self,
        about: &metadata::About,
        back: &str,
        code: &str,
        verifier: &str,
    ) -> Result<Value, Error> {
        let settings = &self.settings;
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", back),
            ("code_verifier", verifier),
        ];
        let secret = settings.client_secret.as_deref();
        let basic = secret.filter(|_| about.takes_basic);
        if basic.is_none() {
            form.push(("client_id", &settings.client_id));
            form.extend(secret.map(|it| ("client_secret", it)));
        }
        let basic = basic.map(|it| (settings.client_id.as_str(), it));
        self.wire.post(&about.token, &form, basic).map_err(|why| match why {
            wire::Fault::Silent(why) => self.silent(&why),
            wire::Fault::Refused(why) => self.untrue(&why),
        })
    }

    /// The claims of a token of identity, once all is as it should be. Keys may have changed since
    /// they were last asked for.
    fn verified(&self, said: &str, expected: &Expected<'_>) -> Result<Map<String, Value>, Error> {
        let keys = self.metadata.keys(self, false)?;
        let verified = match token::verify(said, &keys, expected) {
            Err(token::Fault::NoKey) => {
                token::verify(said, &self.metadata.keys(self, true)?, expected)
            }
            verified => verified,
        };
        verified.map_err(|fault| self.untrue(&fault.to_string()))
    }

    /// The claims with those that the provider only says when asked.
    fn completed(
        &self,
        about: &metadata::About,
        mut claims: Map<String, Value>,
        tokens: &Value,
    ) -> Result<Map<String, Value>, Error> {
        let wants_groups = !self.settings.grants.is_empty();
        let lacks = !claims.contains_key("email")
            || (wants_groups && !claims.contains_key(&self.settings.groups_claim));
        let bearer = tokens.get("access_token").and_then(Value::as_str);
        let (true, Some(url), Some(bearer)) = (lacks, &about.userinfo, bearer) else {
            return Ok(claims);
        };
        let more = self.wire.get(url, Some(bearer)).map_err(|why| self.silent(&why.to_string()))?;
        let Value::Object(more) = more else { return Ok(claims) };
        if more.get("sub") != claims.get("sub") {
            return Err(self.untrue("what it says when asked is about somebody else"));
        }
        for (name, value) in more {
            claims.entry(name).or_insert(value);
        }
        Ok(claims)
    }

    fn claims(&self, said: &Map<String, Value>) -> Claims {
        let text = |name: &str| said.get(name).and_then(Value::as_str).map(str::to_owned);
        let groups = match said.get(&self.settings.groups_claim) {
            Some(Value::Array(all)) => {
                all.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            Some(Value::String(one)) => vec![one.clone()],
            _ => Vec::new(),
        };
        let verified = said.get("email_verified");
        Claims {
            subject: text("sub").unwrap_or_default(),
            email: text("email"),
            // Some write it as a text.
            is_email_verified: verified == Some(&json!(true)) || verified == Some(&json!("true")),
            name: text("name"),
            groups,
        }
    }
}
