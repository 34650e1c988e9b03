//! What a password must be, after NIST SP 800-63B (passwords): long, and not easy to guess; no rules
//! about what it is composed of, and none about its age.

use meta::Id;
use unicode_normalization::UnicodeNormalization as _;

use super::{Accounts, guess, hash, no_account};
use crate::Error;

/// The shortest password, in characters (Unicode code points, composed): what the fourth revision
/// of NIST SP 800-63B asks of one that may stand alone.
pub const SHORTEST: usize = 15;

/// The longest password, in characters.
pub const LONGEST: usize = 256;

/// Why a password is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    /// It is shorter than [`SHORTEST`].
    #[error(
        "this password has {length} characters, and needs at least {SHORTEST}: a few words that \
         have nothing to do with each other are easy to keep in mind"
    )]
    Short {
        /// Its characters.
        length: usize,
    },
    /// It is longer than [`LONGEST`].
    #[error("this password is longer than {LONGEST} characters: take a shorter one")]
    Long,
    /// It is among the first that anybody would try.
    #[error(
        "this password is one of those that are tried first: take a few words that have nothing to \
         do with each other"
    )]
    Common,
    /// It is made of what others know about its owner.
    #[error(
        "this password is made of your name, your e-mail address or your organization: take words \
         that nobody connects with you"
    )]
    Known,
    /// It repeats itself, or follows the alphabet or the keyboard.
    #[error(
        "this password repeats itself or follows the keyboard: take a few words that have nothing \
         to do with each other"
    )]
    Pattern,
}

/// Whether a password is good enough for somebody of whom these words are known: names, e-mail
/// addresses, organizations. Good for telling while it is typed; takes microseconds.
///
/// # Errors
/// Why it is not.
pub fn check_password(password: &str, known: &[&str]) -> Result<(), PasswordRefused> {
    let length = password.nfc().take(LONGEST + 1).count();
    if length > LONGEST {
        return Err(PasswordRefused::Long);
    }
    if length < SHORTEST {
        return Err(PasswordRefused::Short { length });
    }
    match guess::weakness(password, known) {
        None => Ok(()),
        Some(guess::Weakness::Common) => Err(PasswordRefused::Common),
        Some(guess::Weakness::Known) => Err(PasswordRefused::Known),
        Some(guess::Weakness::Pattern) => Err(PasswordRefused::Pattern),
    }
}

impl Accounts<'_> {
    /// Sets or changes a password. All sessions of the account end but `keep`, the one that asks;
    /// links that were issued for it no longer work.
    ///
    /// Ask for the present password before ([`Accounts::prove`]) unless a link proved who asks.
    ///
    /// # Errors
    /// [`Error::Password`] says why it is not taken, [`Error::Wrong`] that there is no such account.
    pub fn set_password(&self, account: Id, password: &str, keep: Option<Id>) -> Result<(), Error> {
        self.check_password(account, password)?;
        match self.rows().set_password(account, &hash::hash(password), self.now(), keep)? {
            true => Ok(()),
            false => Err(no_account()),
        }
    }

    /// Removes the password: from now on, passkeys or a provider alone open the account.
    ///
    /// # Errors
    /// [`Error::Wrong`] when there is nothing else to sign in with.
    pub fn remove_password(&self, account: Id) -> Result<(), Error> {
        match self.rows().remove_password(account)? {
            true => Ok(()),
            false => Err(Error::Wrong(
                "there is no other way to sign in yet: make a passkey first".to_owned(),
            )),
        }
    }

    /// Whether a password is good enough for an account, with all that is known about it.
    ///
    /// # Errors
    /// [`Error::Password`] says why it is not, [`Error::Wrong`] that there is no such account.
    pub fn check_password(&self, account: Id, password: &str) -> Result<(), Error> {
        let row = self.row(account)?;
        let mut known = vec![row.email, row.name];
        let belongings = self.rows().belongings(account)?;
        for belonging in belongings {
            known.extend(self.names_of(belonging.organization)?);
        }
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        Ok(check_password(password, &known)?)
    }

    /// What an organization is called; its full name only if it is loaded.
    pub(super) fn names_of(&self, organization: Id) -> Result<Vec<String>, Error> {
        let rows = self.app.organizations()?;
        let slugs = rows.into_iter().filter(|it| it.organization == organization);
        let mut names: Vec<String> = slugs.map(|it| it.slug).collect();
        let loaded = self.app.organizations.lock().expect("loading does not panic");
        if let Some(organization) = loaded.get(&organization).cloned() {
            drop(loaded);
            let isms = organization.current()?;
            names.extend(isms.rows("organization").map(|it| it.title().to_owned()));
        }
        Ok(names)
    }
}

impl super::Account {
    /// Whether it has a password.
    pub fn has_password(&self) -> bool {
        self.password_set.is_some()
    }

    /// Whether it may be signed in to.
    pub fn is_enabled(&self) -> bool {
        self.disabled.is_none()
    }
}
