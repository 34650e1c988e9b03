//! What somebody wants to be told, and how soon.

use meta::Id;
use serde_json::{Map, Value};

use super::Accounts;
use crate::Error;

/// The key of the preference that holds it, in all organizations alike.
const KEY: &str = "notices";

/// Something that somebody may want to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// They are asked to approve, accept, review or read something.
    Asked,
    /// An action, a risk or another record was given to them.
    Given,
    /// Somebody mentions them or answers them.
    Mentioned,
    /// Something of theirs is due soon, or late.
    Due,
    /// A document that they read has a new edition.
    Edition,
    /// Something happened that they handle: an event was reported.
    Event,
}

/// How soon somebody wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// As it happens.
    AtOnce,
    /// Once a day, all together.
    Daily,
    /// Once a week, all together.
    Weekly,
    /// Never.
    Never,
}

impl Notice {
    /// All of them, in the order of a form.
    pub const ALL: [Self; 6] =
        [Self::Asked, Self::Given, Self::Mentioned, Self::Due, Self::Edition, Self::Event];

    /// Its name where it is stored.
    pub fn id(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Given => "given",
            Self::Mentioned => "mentioned",
            Self::Due => "due",
            Self::Edition => "edition",
            Self::Event => "event",
        }
    }

    /// How soon somebody is told who has not said.
    pub fn usual(self) -> Pace {
        match self {
            Self::Asked | Self::Mentioned | Self::Event => Pace::AtOnce,
            Self::Given => Pace::Daily,
            Self::Due | Self::Edition => Pace::Weekly,
        }
    }
}

impl Pace {
    /// All of them, in the order of a form.
    pub const ALL: [Self; 4] = [Self::AtOnce, Self::Daily, Self::Weekly, Self::Never];

    /// Its name where it is stored.
    pub fn id(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Never => "never",
        }
    }

    /// The pace of this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }
}

impl Accounts<'_> {
    /// How soon an account wants to be told each thing.
    ///
    /// # Errors
    /// When the database fails.
    pub fn paces(&self, account: Id) -> Result<Vec<(Notice, Pace)>, Error> {
        let kept = self.preference(account, None, KEY)?.unwrap_or_default();
        let pace = |it: Notice| kept.get(it.id()).and_then(Value::as_str).and_then(Pace::from_id);
        Ok(Notice::ALL.into_iter().map(|it| (it, pace(it).unwrap_or(it.usual()))).collect())
    }

    /// Keeps how soon an account wants to be told each thing; what is not named is told at its
    /// usual pace.
    ///
    /// # Errors
    /// [`Error::Wrong`] when there is no such account.
    pub fn set_paces(&self, account: Id, paces: &[(Notice, Pace)]) -> Result<(), Error> {
        let kept = paces.iter().map(|(it, pace)| (it.id().to_owned(), pace.id().into()));
        self.set_preference(account, None, KEY, &Value::Object(Map::from_iter(kept)))
    }
}
