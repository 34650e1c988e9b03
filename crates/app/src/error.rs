//! What can go wrong between a request and its answer.

mod outage;

use std::{path::PathBuf, sync::Arc};

use domain::Refusal;

pub use self::outage::Outage;
use crate::{
    accounts::{PasswordRefused, SignInRefused},
    provider::ProviderRefused,
};

/// Why a request was not done.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The request itself cannot be granted.
    #[error("{sentence}")]
    Refused {
        /// The refusal.
        refusal: Box<Refusal>,
        /// The refusal in a sentence, with records by their names.
        sentence: String,
        /// The place of the step to blame, from 0; `None` where it is the command as a whole.
        step: Option<usize>,
    },
    /// The request names something that is not there, or makes no sense.
    #[error("{0}")]
    Wrong(String),
    /// Somebody is not signed in.
    #[error("{0}")]
    SignIn(SignInRefused),
    /// Somebody does not come in through a provider.
    #[error("{0}")]
    Provider(ProviderRefused),
    /// A password is not taken.
    #[error("{0}")]
    Password(PasswordRefused),
    /// An e-mail address has an account already.
    #[error("there is an account with the e-mail address `{email}` already: sign in with it")]
    EmailTaken {
        /// The e-mail address.
        email: String,
    },
    /// A person of an organization has an account already.
    #[error("this person has another account already: end its belonging first")]
    PersonTaken,
    /// A link that works once works no longer.
    #[error("this link was used or has expired: ask for a new one")]
    LinkOver,
    /// The database or the folder of files failed.
    #[error("{0}")]
    Store(Arc<store::Error>),
    /// A job was stopped: another process took over, or this one stops.
    #[error("this was stopped before it was done: it begins again where it is due")]
    Stopped,
    /// The ledger's bytes are not what they should be.
    #[error("{0}")]
    Ledger(Arc<ledger::Error>),
    /// A record in the database cannot be read.
    #[error("{record} cannot be read ({message}): run `muniment verify`")]
    Record {
        /// Its kind and number.
        record: String,
        /// What the reader said.
        message: String,
    },
    /// The signing key is not there.
    #[error(
        "the signing key `{}` is missing, or is not the one that this ledger names: put that back, \
         or start a new one with `muniment key replace`",
        path.display()
    )]
    NoKey {
        /// Where it should be.
        path: PathBuf,
    },
    /// A key cannot be read or written.
    #[error("the key `{}` cannot be used: {message}", path.display())]
    Key {
        /// Where it is.
        path: PathBuf,
        /// What is wrong and what to do.
        message: String,
    },
    /// Others than the owner may read a key.
    #[error(
        "the key `{}` cannot be used: others can read it: run `chmod 600 {}`",
        path.display(), path.display()
    )]
    KeyOpen {
        /// Where it is.
        path: PathBuf,
    },
}

impl Error {
    /// Whether the database cannot be reached at this moment; nothing was written.
    pub fn is_outage(&self) -> bool {
        matches!(self, Self::Store(err) if err.is_outage())
    }

    /// Whether it is the request that is wrong (exit code 1), and not the machine (2).
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::Refused { .. }
            | Self::Wrong(_)
            | Self::SignIn(_)
            | Self::Provider(_)
            | Self::Password(_)
            | Self::EmailTaken { .. }
            | Self::PersonTaken
            | Self::LinkOver => true,
            Self::Store(err) => matches!(
                **err,
                store::Error::Address { .. }
                    | store::Error::Missing { .. }
                    | store::Error::NoDatabase { .. }
                    | store::Error::NoRole { .. }
                    | store::Error::Exists { .. }
                    | store::Error::NoOrganization { .. }
                    | store::Error::OrganizationExists { .. }
                    | store::Error::FileTooLarge { .. }
            ),
            _ => false,
        }
    }
}

impl From<store::Error> for Error {
    fn from(err: store::Error) -> Self {
        Self::Store(Arc::new(err))
    }
}

impl From<SignInRefused> for Error {
    fn from(refused: SignInRefused) -> Self {
        Self::SignIn(refused)
    }
}

impl From<ProviderRefused> for Error {
    fn from(refused: ProviderRefused) -> Self {
        Self::Provider(refused)
    }
}

impl From<PasswordRefused> for Error {
    fn from(refused: PasswordRefused) -> Self {
        Self::Password(refused)
    }
}

impl From<ledger::Error> for Error {
    fn from(err: ledger::Error) -> Self {
        Self::Ledger(Arc::new(err))
    }
}
