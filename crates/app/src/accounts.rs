//! Accounts: who may sign in, with what, and which person of an organization they are.
//!
//! What somebody may do in an organization is a record of its ledger and is decided elsewhere;
//! here are the secrets. Times come from the clock of the [`App`]. Everything blocks, and
//! [`Accounts::sign_in`] and whatever sets a password take some 20 ms of one core: call them from
//! a thread that may wait. Errors other than those named are failures of the database.

use jiff::Timestamp;
use meta::Id;
use store::accounts as rows;

use crate::{App, Error, fresh_id};

mod access_token;
mod answer;
mod authenticator;
mod backup;
mod belonging;
mod calendar;
mod email;
mod factor;
mod forgotten;
mod guess;
mod hash;
mod linked;
mod notice;
mod once;
mod passkey;
mod password;
mod preference;
mod provided;
mod recovery;
mod rules;
mod session;
mod sign_in;
mod throttle;
mod ticket;
mod token;

pub use access_token::{
    AccessToken, LONGEST_TOKEN_NAME, MOST_TOKEN_DAYS, Scope, Scopes, TOKEN_DAYS, WantedToken,
};
pub use answer::{ANSWER_DAYS, Asked, Bound, Question};
pub use authenticator::AuthenticatorOffer;
pub(crate) use authenticator::about as about_authenticator;
pub(crate) use backup::Carried;
pub use belonging::Belonging;
pub use calendar::{Calendar, MOST_CALENDARS};
pub use email::fold_email;
pub use factor::{Factors, Held};
pub use linked::Identity;
pub use notice::{Notice, Pace, USUAL_HOUR};
pub use once::{Acceptance, Issued, Once, Purpose};
pub use passkey::{Asking, Passkey, Relying};
pub use password::{LONGEST, PasswordRefused, SHORTEST, check_password};
pub use recovery::CODES;
pub use rules::{SecondFactor, SignIn};
pub use session::{ABSOLUTE_DAYS, By, Device, IDLE_HOURS, Session};
pub use sign_in::SignInRefused;
pub use throttle::network;
pub use token::Token;

/// The longest name of an account, in characters.
pub const LONGEST_NAME: usize = 200;

/// The accounts of an installation. Cheap to make, and to copy.
#[derive(Clone, Copy)]
pub struct Accounts<'a> {
    app: &'a App,
}

/// Somebody who may sign in. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its identity.
    pub id: Id,
    /// The e-mail address, as it was written.
    pub email: String,
    /// The name of whoever it is for.
    pub name: String,
    /// When the password was set; absent when there is none, and only links open the account.
    pub password_set: Option<Timestamp>,
    /// When it was made.
    pub created: Timestamp,
    /// When somebody last signed in.
    pub seen: Option<Timestamp>,
    /// When it was disabled; nobody signs in since.
    pub disabled: Option<Timestamp>,
}

impl App {
    /// Who may sign in here.
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts { app: self }
    }
}

impl<'a> Accounts<'a> {
    /// Whether there is any account; there is none on the first run.
    pub fn any(&self) -> Result<bool, Error> {
        Ok(self.rows().any()?)
    }

    /// Makes an account without a password: for the command line, demonstrations and tests. People
    /// make theirs by a link, see [`Accounts::accept`].
    ///
    /// # Errors
    /// [`Error::EmailTaken`] and [`Error::Wrong`] when the e-mail address or the name is not one.
    pub fn create(&self, email: &str, name: &str) -> Result<Account, Error> {
        let row = self.new_row(email, name)?;
        match self.rows().insert(&row)? {
            true => Ok(account(row)),
            false => Err(Error::EmailTaken { email: row.email }),
        }
    }

    /// The account with this id.
    pub fn by_id(&self, id: Id) -> Result<Option<Account>, Error> {
        Ok(self.rows().by_id(id)?.map(account))
    }

    /// The account with this e-mail address, however it is written.
    pub fn by_email(&self, email: &str) -> Result<Option<Account>, Error> {
        let Some(folded) = fold_email(email) else { return Ok(None) };
        Ok(self.rows().by_email(&folded)?.map(account))
    }

    /// All accounts, by name.
    pub fn all(&self) -> Result<Vec<Account>, Error> {
        Ok(self.rows().all()?.into_iter().map(account).collect())
    }

    /// Changes the name.
    ///
    /// # Errors
    /// [`Error::Wrong`] when it is none, or there is no such account.
    pub fn rename(&self, id: Id, name: &str) -> Result<(), Error> {
        found(self.rows().rename(id, checked_name(name)?)?)
    }

    /// Changes the e-mail address; links that were sent to the old one no longer work. Nobody has
    /// made sure of the new one: no provider is linked by it.
    ///
    /// # Errors
    /// [`Error::EmailTaken`], and [`Error::Wrong`] when it is none, or there is no such account.
    pub fn set_email(&self, id: Id, email: &str) -> Result<(), Error> {
        let folded = email::checked(email)?;
        let before = self.row(id)?;
        if before.folded != folded && self.rows().by_email(&folded)?.is_none() {
            self.note_only_said(id)?;
        }
        match self.rows().set_email(id, email.trim(), &folded)? {
            true => Ok(()),
            false => Err(Error::EmailTaken { email: email.trim().to_owned() }),
        }
    }

    /// Disables an account: its sessions end, its tokens are revoked, its links no longer work, and
    /// nobody signs in.
    ///
    /// # Errors
    /// [`Error::Wrong`] when there is no such account.
    pub fn disable(&self, id: Id) -> Result<(), Error> {
        found(self.rows().set_disabled(id, Some(self.now()))?)
    }

    /// Enables an account again; whoever has it signs in anew.
    ///
    /// # Errors
    /// [`Error::Wrong`] when there is no such account.
    pub fn enable(&self, id: Id) -> Result<(), Error> {
        found(self.rows().set_disabled(id, None)?)
    }

    /// Removes an account with its sessions, links, preferences and belongings. The ledgers keep
    /// what its persons did.
    ///
    /// # Errors
    /// [`Error::Wrong`] when there is no such account.
    pub fn remove(&self, id: Id) -> Result<(), Error> {
        found(self.rows().remove(id)?)
    }

    /// Removes what has expired; answers how many rows went. Worth doing every hour.
    pub fn sweep(&self) -> Result<u64, Error> {
        let now = self.now();
        let (idle, failures) = (session::idle_before(now), throttle::forgotten_before(now));
        Ok(self.rows().sweep(now, idle, failures)?)
    }

    fn rows(&self) -> rows::Accounts<'a> {
        self.app.store.accounts()
    }

    fn now(&self) -> i64 {
        self.app.clock.now().as_millisecond()
    }

    fn row(&self, id: Id) -> Result<rows::Account, Error> {
        self.rows().by_id(id)?.ok_or_else(no_account)
    }

    fn new_row(&self, email: &str, name: &str) -> Result<rows::Account, Error> {
        Ok(rows::Account {
            id: fresh_id(),
            folded: email::checked(email)?,
            email: email.trim().to_owned(),
            name: checked_name(name)?.to_owned(),
            password: None,
            password_set: None,
            created: self.now(),
            seen: None,
            disabled: None,
        })
    }
}

fn account(row: rows::Account) -> Account {
    Account {
        id: row.id,
        email: row.email,
        name: row.name,
        password_set: row.password_set.map(time),
        created: time(row.created),
        seen: row.seen.map(time),
        disabled: row.disabled.map(time),
    }
}

/// A stored time; one that no calendar knows was written by nobody here.
fn time(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MAX)
}

fn checked_name(name: &str) -> Result<&str, Error> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control)
    {
        return Err(Error::Wrong(format!(
            "this is not a name: write up to {LONGEST_NAME} characters on one line"
        )));
    }
    Ok(name)
}

fn found(is_found: bool) -> Result<(), Error> {
    is_found.then_some(()).ok_or_else(no_account)
}

fn no_account() -> Error {
    Error::Wrong("there is no such account: it may have been removed".to_owned())
}
