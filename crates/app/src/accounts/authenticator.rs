//! Authenticator apps: codes of six digits that change every half minute.

use std::net::IpAddr;

use jiff::SignedDuration;
use meta::Id;
use serde_json::json;
use store::accounts as rows;

use super::{Accounts, SignInRefused};
use crate::{Error, clock::random};

mod totp;

/// So long somebody may take to set an app up.
const OFFER: SignedDuration = SignedDuration::from_mins(30);

/// What the ticket of an offer is about.
const TICKET: &str = "authenticator";

/// What the secret in the database is about.
const SECRET: &str = "authenticator secret";

/// A secret for an app, not kept until the app has shown a code of it.
pub struct AuthenticatorOffer {
    /// What the form brings back.
    pub ticket: String,
    /// The secret, as people type it: letters and digits in groups of four.
    pub key: String,
    /// The address that the app reads as a QR code.
    pub address: String,
}

impl Accounts<'_> {
    /// A new secret for an app; `issuer` is what the app calls this installation.
    ///
    /// # Errors
    /// [`Error::Wrong`] when there is no such account.
    pub fn offer_authenticator(
        &self,
        account: Id,
        issuer: &str,
    ) -> Result<AuthenticatorOffer, Error> {
        let secret: [u8; 20] = random();
        let key = totp::base32(&secret);
        let content = json!({"account": account, "secret": key});
        self.offer(account, issuer, &key, self.ticket(TICKET, &content, OFFER)?)
    }

    /// The same offer once more, where the code that was typed was wrong; a new one when it is over.
    ///
    /// # Errors
    /// [`Error::Wrong`] when there is no such account.
    pub fn offer_again(
        &self,
        account: Id,
        issuer: &str,
        ticket: &str,
    ) -> Result<AuthenticatorOffer, Error> {
        match self.offered(account, ticket)? {
            Some(secret) => self.offer(account, issuer, &totp::base32(&secret), ticket.to_owned()),
            None => self.offer_authenticator(account, issuer),
        }
    }

    /// Keeps an offered secret, once the app has shown a code of it; in place of an app before.
    ///
    /// # Errors
    /// [`Error::SignIn`] when the code is wrong or the offer over.
    pub fn take_authenticator(
        &self,
        account: Id,
        ticket: &str,
        code: &str,
        address: IpAddr,
    ) -> Result<(), Error> {
        let secret = self.offered(account, ticket)?.ok_or(SignInRefused::Over)?;
        let step = self.second(account, address, || {
            totp::matching(&secret, code, self.now(), i64::MIN).ok_or(SignInRefused::Code.into())
        })?;
        let secret = self.app.seal()?.seal(&about(account), &secret);
        let row = rows::Authenticator { account, secret, since: self.now(), step };
        Ok(self.rows().set_authenticator(&row)?)
    }

    /// Whether somebody has the app of an account: they typed the code it shows. Each code is taken
    /// once; tries are counted as those of passwords are.
    ///
    /// # Errors
    /// [`Error::SignIn`], and [`Error::Key`] when the key that opens the secret is not there.
    pub fn prove_code(&self, account: Id, code: &str, address: IpAddr) -> Result<(), Error> {
        self.second(account, address, || {
            let row = self.rows().authenticator(account)?.ok_or(SignInRefused::Code)?;
            let secret = self.app.seal()?.open(&about(account), &row.secret);
            let secret = secret.ok_or_else(|| self.app.keys.no_sealing_key())?;
            let step = totp::matching(&secret, code, self.now(), row.step);
            let step = step.ok_or(SignInRefused::Code)?;
            // Of two who bring the same code at once, one is let in.
            match self.rows().use_step(account, step)? {
                true => Ok(()),
                false => Err(SignInRefused::Code.into()),
            }
        })
    }

    /// Removes the app of an account; answers whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn remove_authenticator(&self, account: Id) -> Result<bool, Error> {
        Ok(self.rows().remove_authenticator(account)?)
    }

    fn offered(&self, account: Id, ticket: &str) -> Result<Option<Vec<u8>>, Error> {
        let found = self.open_ticket(TICKET, ticket)?;
        let found = found.filter(|it| it["account"] == json!(account));
        Ok(found.and_then(|it| totp::unbase32(it["secret"].as_str()?)))
    }

    fn offer(
        &self,
        account: Id,
        issuer: &str,
        key: &str,
        ticket: String,
    ) -> Result<AuthenticatorOffer, Error> {
        let email = self.row(account)?.email;
        let groups: Vec<&str> =
            key.as_bytes().chunks(4).filter_map(|it| std::str::from_utf8(it).ok()).collect();
        Ok(AuthenticatorOffer {
            ticket,
            key: groups.join(" "),
            address: totp::address(issuer, &email, key),
        })
    }
}

/// The secret of one account does not open as that of another.
pub(crate) fn about(account: Id) -> String {
    format!("{SECRET} {account}")
}
