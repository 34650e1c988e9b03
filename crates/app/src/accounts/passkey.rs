//! Passkeys: signing in with a key that a device keeps (WebAuthn, level 2 and 3).
//!
//! No statement about the make of a device is asked for or judged. The crates that could do this
//! bring OpenSSL or four libraries of curves; the part needed here is three hundred lines over the
//! signatures that TLS brings anyway.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use ledger::hash::sha256;
use meta::Id;
use serde::Deserialize;
use store::accounts as rows;

use super::{Accounts, SignInRefused, checked_name, time};
use crate::{Error, clock::random, fresh_id};

mod cose;
mod data;

/// So long a page may wait for a passkey, in milliseconds: it offers them from when it is shown.
const PATIENCE: i64 = 3_600_000;

/// The most passkeys of one account.
const MOST: usize = 20;

/// The longest name that a device gives a passkey, in bytes (WebAuthn, section 5.8.3).
const LONGEST_CREDENTIAL: usize = 1_023;

/// A passkey of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Its identity here; no secret.
    pub id: Id,
    /// What its device calls it, in letters.
    pub credential: String,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub since: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

/// This site, as a device knows it: where the passkeys that it keeps for it may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relying {
    origin: String,
    id: String,
}

/// What a passkey is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// To be made for this account.
    Make(Id),
    /// To sign in with nothing else: it must know its owner.
    SignIn,
    /// To prove a second factor of this account.
    Second(Id),
}

/// What a script hands over of a new passkey.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Made {
    client_data: String,
    attestation: String,
}

/// What a script hands over of a passkey that was used.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Used {
    credential: String,
    client_data: String,
    data: String,
    signature: String,
    #[serde(default)]
    user: Option<String>,
}

impl Relying {
    /// The site at this origin; `None` where browsers keep no passkeys: without HTTPS, save on
    /// `localhost`, and where a number takes the place of a name.
    pub fn of(origin: &str) -> Option<Self> {
        let parsed = url::Url::parse(origin).ok()?;
        let url::Host::Domain(host) = parsed.host()? else { return None };
        let is_local = host == "localhost" || host.ends_with(".localhost");
        let fits = parsed.scheme() == "https" || (parsed.scheme() == "http" && is_local);
        fits.then(|| Self { origin: parsed.origin().ascii_serialization(), id: host.to_owned() })
    }

    /// The name that passkeys are bound to: the host.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl Asking {
    fn about(self) -> String {
        match self {
            Self::Make(account) => format!("passkey make {account}"),
            Self::SignIn => "passkey sign-in".to_owned(),
            Self::Second(account) => format!("passkey second {account}"),
        }
    }
}

impl Accounts<'_> {
    /// A challenge for a passkey, in letters; it says itself what it is for and when it ends, so
    /// that nothing is written for whoever only looks at the page.
    ///
    /// # Errors
    /// When the sealing key cannot be read or made.
    pub fn challenge(&self, asking: Asking) -> Result<String, Error> {
        let mut bytes = (self.now() + PATIENCE).to_be_bytes().to_vec();
        bytes.extend_from_slice(&random::<16>());
        let stamp = self.app.seal()?.stamp(&asking.about(), &bytes);
        bytes.extend_from_slice(&stamp);
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Keeps a passkey that was made for an account; `answer` is what our script sent.
    ///
    /// # Errors
    /// [`Error::SignIn`] when it is not what was asked for, [`Error::Wrong`] when the name is none,
    /// the passkey is known already or there are too many.
    pub fn add_passkey(
        &self,
        account: Id,
        relying: &Relying,
        answer: &str,
        name: &str,
    ) -> Result<Passkey, Error> {
        let name = checked_name(name)?;
        let made: Made = serde_json::from_str(answer).map_err(|_| SignInRefused::Passkey)?;
        let client = bytes(&made.client_data)?;
        self.answered(&client, "webauthn.create", relying, Asking::Make(account))?;
        let attestation = bytes(&made.attestation)?;
        let data = data::of_attestation(&attestation).ok_or(SignInRefused::Passkey)?;
        let data = data::read(&data, &relying.id).ok_or(SignInRefused::Passkey)?;
        let (credential, content) = data.made.ok_or(SignInRefused::Passkey)?;
        if credential.is_empty() || credential.len() > LONGEST_CREDENTIAL {
            return Err(SignInRefused::Passkey.into());
        }
        if self.rows().passkeys(account)?.len() >= MOST {
            let what = format!("there are {MOST} passkeys already: remove one first");
            return Err(Error::Wrong(what));
        }
        self.row(account)?;
        let row = rows::Passkey {
            id: fresh_id(),
            account,
            credential: credential.to_vec(),
            content,
            counter: i64::from(data.counter),
            name: name.to_owned(),
            since: self.now(),
            used: None,
        };
        match self.rows().add_passkey(&row)? {
            true => Ok(shown(row)),
            false => Err(Error::Wrong("this passkey is known here already".to_owned())),
        }
    }

    /// Whose passkey answered what was asked; `answer` is what our script sent. Each challenge is
    /// answered once.
    ///
    /// # Errors
    /// [`Error::SignIn`].
    pub fn prove_passkey(
        &self,
        asking: Asking,
        relying: &Relying,
        answer: &str,
    ) -> Result<Id, Error> {
        let used: Used = serde_json::from_str(answer).map_err(|_| SignInRefused::Passkey)?;
        let client = bytes(&used.client_data)?;
        self.answered(&client, "webauthn.get", relying, asking)?;
        let row = self.rows().passkey(&bytes(&used.credential)?)?;
        let row = row.ok_or(SignInRefused::UnknownPasskey)?;
        let is_theirs = match asking {
            Asking::Second(account) => account == row.account,
            _ => self.rows().by_id(row.account)?.is_some_and(|it| it.disabled.is_none()),
        };
        let user = used.user.as_deref().filter(|it| !it.is_empty()).map(bytes).transpose()?;
        if !is_theirs || user.is_some_and(|it| it != row.account.as_bytes()) {
            return Err(SignInRefused::UnknownPasskey.into());
        }
        let raw = bytes(&used.data)?;
        let data = data::read(&raw, &relying.id).ok_or(SignInRefused::Passkey)?;
        let key = cose::Key::read(&row.content).ok_or(SignInRefused::Passkey)?;
        let signed = [raw.as_slice(), &sha256(&client)].concat();
        if !key.verifies(&signed, &bytes(&used.signature)?) {
            return Err(SignInRefused::Passkey.into());
        }
        if asking == Asking::SignIn && !data.is_verified {
            return Err(SignInRefused::Unverified.into());
        }
        match self.rows().use_passkey(row.id, i64::from(data.counter), self.now())? {
            true => Ok(row.account),
            false => Err(SignInRefused::Copied.into()),
        }
    }

    /// Changes what its owner calls a passkey.
    ///
    /// # Errors
    /// [`Error::Wrong`] when the name is none, or there is no such passkey.
    pub fn rename_passkey(&self, account: Id, passkey: Id, name: &str) -> Result<(), Error> {
        match self.rows().rename_passkey(account, passkey, checked_name(name)?)? {
            true => Ok(()),
            false => Err(Error::Wrong("there is no such passkey: it may be removed".to_owned())),
        }
    }

    /// Removes a passkey; answers whether there was one.
    ///
    /// # Errors
    /// [`Error::Wrong`] when it is the last way to sign in.
    pub fn remove_passkey(&self, account: Id, passkey: Id) -> Result<bool, Error> {
        let others = self.rows().passkeys(account)?.iter().filter(|it| it.id != passkey).count();
        let has_other = others > 0
            || self.row(account)?.password.is_some()
            || !self.rows().identities(account)?.is_empty();
        if !has_other {
            return Err(Error::Wrong(
                "this is your only way to sign in: set a password or make another passkey first"
                    .to_owned(),
            ));
        }
        Ok(self.rows().remove_passkey(account, passkey)?)
    }

    /// Checks what a browser says of a passkey's answer, and uses the challenge up.
    fn answered(
        &self,
        client: &[u8],
        kind: &str,
        relying: &Relying,
        asking: Asking,
    ) -> Result<(), Error> {
        let challenge = data::challenge(client, kind, &relying.origin);
        let challenge = challenge.ok_or(SignInRefused::Passkey)?;
        let (said, stamp) = challenge.split_at_checked(24).ok_or(SignInRefused::Passkey)?;
        if !self.app.seal()?.is_ours(&asking.about(), said, stamp) {
            return Err(SignInRefused::Passkey.into());
        }
        let until = said.first_chunk().map_or(0, |it| i64::from_be_bytes(*it));
        if until <= self.now() || !self.rows().spend(&sha256(&challenge), until)? {
            return Err(SignInRefused::Over.into());
        }
        Ok(())
    }
}

/// A passkey as its owner sees it.
pub(super) fn shown(row: rows::Passkey) -> Passkey {
    Passkey {
        id: row.id,
        credential: URL_SAFE_NO_PAD.encode(row.credential),
        name: row.name,
        since: time(row.since),
        used: row.used.map(time),
    }
}

fn bytes(text: &str) -> Result<Vec<u8>, Error> {
    Ok(URL_SAFE_NO_PAD.decode(text).map_err(|_| SignInRefused::Passkey)?)
}

#[cfg(test)]
mod tests;
