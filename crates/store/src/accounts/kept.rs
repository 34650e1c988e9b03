//! What of accounts a backup keeps: what people have, not where they are signed in.

use super::{
    AccessToken, Account, Accounts, Authenticator, Belonging, Calendar, Identity, Passkey,
    Preference, Provided, Recovery, access_token, all, belonging, calendar, factor, identity,
    insert, passkey, preference,
};
use crate::{Error, Hook, Reading, hooks};

/// All that a backup keeps of accounts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// Who may sign in.
    pub accounts: Vec<Account>,
    /// Whom they are in organizations.
    pub belongings: Vec<Belonging>,
    /// What they set for themselves.
    pub preferences: Vec<Preference>,
    /// The tokens of their programs, as hashes.
    pub tokens: Vec<AccessToken>,
    /// Their authenticator apps, whose secrets are encrypted.
    pub authenticators: Vec<Authenticator>,
    /// Their passkeys.
    pub passkeys: Vec<Passkey>,
    /// Their recovery codes.
    pub recoveries: Vec<Recovery>,
    /// The names that providers know them by.
    pub identities: Vec<Identity>,
    /// The memberships that providers gave.
    pub provided: Vec<Provided>,
    /// Their calendars, as hashes.
    pub calendars: Vec<Calendar>,
    /// Where commits are reported to; the keys are encrypted.
    pub hooks: Vec<Hook>,
}

impl Accounts<'_> {
    /// Puts back what a backup holds, into a database that has none of it.
    pub fn put_back(&self, kept: &Kept) -> Result<(), Error> {
        self.write(|connection| {
            for it in &kept.accounts {
                insert(connection, it)?;
            }
            for it in &kept.belongings {
                belonging::put(connection, it)?;
            }
            for it in &kept.preferences {
                preference::put(connection, it)?;
            }
            for it in &kept.tokens {
                access_token::put(connection, it)?;
            }
            for it in &kept.authenticators {
                factor::put_authenticator(connection, it)?;
            }
            for it in &kept.passkeys {
                passkey::put(connection, it)?;
            }
            for it in &kept.recoveries {
                factor::put_recovery(connection, it)?;
            }
            for it in &kept.identities {
                identity::put(connection, it)?;
            }
            for it in &kept.provided {
                identity::put_provided(connection, it)?;
            }
            for it in &kept.calendars {
                calendar::put(connection, it)?;
            }
            for it in &kept.hooks {
                hooks::put(connection, it)?;
            }
            Ok(())
        })
    }
}

impl Reading<'_> {
    /// All that a backup keeps of accounts, accounts by name.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn kept(&self) -> Result<Kept, Error> {
        Ok(Kept {
            accounts: all(&self.held)?,
            belongings: self.belongings()?,
            preferences: self.preferences()?,
            tokens: self.tokens()?,
            authenticators: self.authenticators()?,
            passkeys: self.passkeys()?,
            recoveries: self.recoveries()?,
            identities: self.identities()?,
            provided: self.provided()?,
            calendars: self.calendars()?,
            hooks: self.hooks()?,
        })
    }
}
