//! What somebody wants to be told, and how soon.

use meta::Id;
use serde_json::{Map, Value};

use super::Accounts;
use crate::Error;

/// The key of the preference that holds it, in all organizations alike.
const KEY: &str = "notices";

/// The key of the preference that holds the hour.
const HOUR_KEY: &str = "notices/hour";

/// The hour at which people get what is gathered for a day, unless they choose another.
pub const USUAL_HOUR: i8 = 8;

/// Something that somebody may want to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// They are asked to approve, accept, review or read something.
    Asked,
    /// What they asked of somebody is answered.
    Answered,
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
    pub const ALL: [Self; 7] = [
        Self::Asked,
        Self::Answered,
        Self::Given,
        Self::Mentioned,
        Self::Due,
        Self::Edition,
        Self::Event,
    ];

    /// Its name where it is stored.
    pub fn id(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Answered => "answered",
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
            Self::Given | Self::Answered => Pace::Daily,
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

    /// How soon an account wants to be told one thing.
    ///
    /// # Errors
    /// When the database fails.
    pub fn pace(&self, account: Id, notice: Notice) -> Result<Pace, Error> {
        let paces = self.paces(account)?.into_iter();
        Ok(paces.filter(|it| it.0 == notice).map(|it| it.1).next().unwrap_or(notice.usual()))
    }

    /// The hour of the day (0 to 23) at which an account wants what is gathered for it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn hour(&self, account: Id) -> Result<i8, Error> {
        let kept = self.preference(account, None, HOUR_KEY)?.and_then(|it| it.as_i64());
        let kept = kept.and_then(|it| i8::try_from(it).ok()).filter(|it| (0..24).contains(it));
        Ok(kept.unwrap_or(USUAL_HOUR))
    }

    /// Keeps the hour at which an account wants what is gathered for it.
    ///
    /// # Errors
    /// [`Error::Wrong`] when a day has no such hour, or there is no such account.
    pub fn set_hour(&self, account: Id, hour: i8) -> Result<(), Error> {
        if !(0..24).contains(&hour) {
            return Err(Error::Wrong(format!("a day has the hours 0 to 23, and not `{hour}`")));
        }
        self.set_preference(account, None, HOUR_KEY, &Value::from(hour))
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
