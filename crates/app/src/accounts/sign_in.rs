//! Signing in with a password.

use std::net::IpAddr;

use meta::Id;
use store::accounts::Judge;

use super::{Account, Accounts, account, fold_email, hash, throttle::Subject};
use crate::Error;

/// Why somebody is not signed in. Nobody learns from it which accounts there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignInRefused {
    /// There is no such account, or it has another password, or none, or is disabled.
    #[error(
        "this e-mail address and this password do not belong together: look at both, or ask for a \
         new password"
    )]
    Wrong,
    /// This is not the code that the app shows, or it was taken before.
    #[error("this code is not right, or was used already: type the one that the app shows now")]
    Code,
    /// This is none of the recovery codes that are left.
    #[error("this is none of the recovery codes that are left: each works once")]
    Recovery,
    /// The passkey's answer is not what it should be.
    #[error("this passkey was not taken: try once more, or go another way")]
    Passkey,
    /// The passkey is not kept here, or belongs to another account.
    #[error("this passkey is not known here: it may have been removed")]
    UnknownPasskey,
    /// The passkey did not ask for anything that only its owner has.
    #[error(
        "this passkey did not ask for your finger, your face or a PIN: use it together with your \
         password"
    )]
    Unverified,
    /// The passkey's count did not grow, as that of a copy would not.
    #[error(
        "this passkey answers like a copy of it: go another way, remove it from your account, and \
         tell your administrator"
    )]
    Copied,
    /// It took longer than the page waits.
    #[error("that took too long: begin once more")]
    Over,
    /// It went wrong too often, with this account or from this address.
    #[error("that went wrong too often: wait {seconds} seconds, then try again")]
    Wait {
        /// Whole seconds to wait; at least 1.
        seconds: u64,
    },
}

impl Accounts<'_> {
    /// The account with this e-mail address and this password. Open a session for it then.
    ///
    /// What is wrong takes as long as what is right. After five failures with an account, known or
    /// not, and twenty from an address, each next try has to wait, from 5 seconds up to 15 minutes;
    /// before that the right password is refused too. Success resets the account's count.
    ///
    /// # Errors
    /// [`Error::SignIn`].
    pub fn sign_in(&self, email: &str, password: &str, address: IpAddr) -> Result<Account, Error> {
        let folded = fold_email(email);
        let who = folded.clone().unwrap_or_else(|| email.chars().take(254).collect());
        let (who, from) = (Subject::Account(&who), Subject::Address(address));
        self.try_once(who, from)?;
        let row = folded.map(|it| self.rows().by_email(&it)).transpose()?.flatten();
        let kept = row.as_ref().and_then(|it| it.password.as_deref());
        let is_right = hash::verify(password, kept);
        match row.filter(|it| is_right && it.disabled.is_none()) {
            Some(row) => {
                self.rows().forgive(&who.hash(), Some(&from.hash()))?;
                Ok(account(row))
            }
            None => Err(SignInRefused::Wrong.into()),
        }
    }

    /// Asks for the password again in a session, before something weighty; the session then says
    /// when ([`Session::proved`](super::Session::proved)). Throttled as [`Accounts::sign_in`] is.
    ///
    /// # Errors
    /// [`Error::SignIn`], and [`Error::Wrong`] when the session has ended.
    pub fn prove(&self, token: &str, password: &str, address: IpAddr) -> Result<(), Error> {
        let Some(session) = self.session(token)? else {
            return Err(Error::Wrong("this session has ended: sign in again".to_owned()));
        };
        let row = self.row(session.account)?;
        self.sign_in(&row.email, password, address)?;
        Ok(self.rows().prove(session.id, self.now(), false)?)
    }

    /// Forgets the failures of an account: its owner need not wait any longer.
    ///
    /// # Errors
    /// [`Error::Wrong`] when there is no such account.
    pub fn forgive(&self, account: Id) -> Result<(), Error> {
        let row = self.row(account)?;
        self.rows().forgive(&Subject::Second(account).hash(), None)?;
        Ok(self.rows().forgive(&Subject::Account(&row.folded).hash(), None)?)
    }

    pub(super) fn try_once(&self, who: Subject<'_>, from: Subject<'_>) -> Result<(), Error> {
        let now = self.now();
        let judge_who: Judge<'_> = &|before| who.judge(before, now);
        let judge_from: Judge<'_> = &|before| from.judge(before, now);
        let waits = self.rows().attempt(&[(who.hash(), judge_who), (from.hash(), judge_from)])?;
        match waits {
            None => Ok(()),
            Some(until) => {
                let seconds = u64::try_from(until - now).unwrap_or_default().div_ceil(1_000);
                Err(SignInRefused::Wait { seconds: seconds.max(1) }.into())
            }
        }
    }
}
