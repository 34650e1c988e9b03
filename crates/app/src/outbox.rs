//! The outbox: what is sent of what was committed, and of what is due.
//!
//! [`Outbox::follow`] looks at commits after the fact, from a position kept in the database, and
//! writes what they give reason to tell in the same transaction as the new position: nothing is
//! lost, and nothing is told of a commit that did not happen. [`Outbox::tell`] makes letters of it,
//! [`Outbox::deliver`] has them carried. A process that is killed between sending and noting so
//! sends once more: at least once, with a name that stays the same.

mod deliver;
mod follow;
mod pace;
mod tell;

use domain::notices::Occasion;
use jiff::Timestamp;
use meta::Id;
use serde::{Deserialize, Serialize};
use store::outbox as rows;
pub use store::outbox::{Letter, State};

pub use deliver::{Carrier, Fault, Outcome};

use crate::{App, Error, accounts::Notice, fresh_id};

/// The channel of e-mail: letters name a person, or nobody.
pub const MAIL: &str = "mail";

/// The channel of reports of commits: letters name a hook.
pub const HOOK: &str = "hook";

/// How long letters are kept after they were sent or given up.
pub const KEPT_DAYS: i32 = 30;

/// What people were told is remembered so long, in days, lest they are told again.
const REMEMBERED_DAYS: i32 = 800;

/// The outbox of an installation. Cheap to make, and to copy.
#[derive(Clone, Copy)]
pub struct Outbox<'a> {
    app: &'a App,
}

/// What a letter is about; what it says is written when it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Content {
    /// A person is told of what happened.
    Notices {
        /// What, the oldest first.
        items: Vec<Item>,
        /// How much more there is that is not named.
        more: usize,
        /// Whether it was gathered for a day or a week.
        gathered: bool,
    },
    /// A person is invited to make an account, at this address.
    Invitation {
        /// The address.
        email: String,
        /// Who invites.
        by: Id,
    },
    /// An account gets a link to a new password.
    Reset {
        /// The account.
        account: Id,
    },
    /// An administrator tries whether mail arrives, at this address.
    Test {
        /// The address.
        email: String,
    },
    /// A commit is reported to a hook.
    Commit {
        /// Its position.
        seq: u64,
    },
    /// An administrator tries whether a hook answers.
    Ping,
}

/// One thing that a letter tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What happened, by the name of its [`Occasion`].
    pub occasion: String,
    /// To which record.
    pub record: Id,
    /// A version, or a day.
    pub mark: String,
    /// The commit that gave reason.
    pub seq: u64,
}

impl App {
    /// What is to be sent from here.
    pub fn outbox(&self) -> Outbox<'_> {
        Outbox { app: self }
    }
}

impl Outbox<'_> {
    /// Puts a letter here, to be sent at once.
    ///
    /// # Errors
    /// When the database fails; so it is with all others here that name nothing else.
    pub fn put(
        &self,
        channel: &str,
        organization: Option<Id>,
        recipient: Option<Id>,
        content: &Content,
    ) -> Result<Id, Error> {
        let letter = self.letter(channel, organization, recipient, content);
        self.rows().put(&letter)?;
        Ok(letter.id)
    }

    /// The newest letters of an organization that go one way, to one recipient where one is named,
    /// the newest first.
    pub fn newest(
        &self,
        organization: Id,
        channel: &str,
        recipient: Option<Id>,
        most: u32,
    ) -> Result<Vec<Letter>, Error> {
        Ok(self.rows().newest(organization, channel, recipient, most)?)
    }

    /// How many letters of an organization that go one way wait, were sent, and failed.
    pub fn standing(&self, organization: Id, channel: &str) -> Result<Vec<(State, u64)>, Error> {
        let found = self.rows().standing(organization, channel)?;
        Ok(found.into_iter().map(|it| (it.state, it.count)).collect())
    }

    /// Has a letter that waits or failed tried now.
    ///
    /// # Errors
    /// [`Error::Wrong`] when the organization has no such letter.
    pub fn again(&self, organization: Id, letter: Id) -> Result<(), Error> {
        match self.rows().again(organization, letter, self.now())? {
            true => Ok(()),
            false => Err(Error::Wrong("this letter was sent or is gone: look again".to_owned())),
        }
    }

    /// Removes what was sent or given up long ago; answers how many rows went.
    pub fn sweep(&self) -> Result<u64, Error> {
        let before = |days: i32| self.now().saturating_sub(i64::from(days) * 86_400_000);
        Ok(self.rows().sweep(before(KEPT_DAYS), before(REMEMBERED_DAYS))?)
    }

    fn rows(&self) -> rows::Outbox<'_> {
        self.app.store.outbox()
    }

    fn now(&self) -> i64 {
        self.app.clock.now().as_millisecond()
    }

    fn letter(
        &self,
        channel: &str,
        organization: Option<Id>,
        recipient: Option<Id>,
        content: &Content,
    ) -> Letter {
        let now = self.now();
        Letter {
            id: fresh_id(),
            organization,
            channel: channel.to_owned(),
            recipient,
            content: serde_json::to_string(content).expect("a content has text keys only"),
            made: now,
            due: now,
            tries: 0,
            state: State::Waiting,
            ended: None,
            fault: None,
        }
    }
}

impl Content {
    /// What a letter is about; `None` for one that a later version of this program put here.
    pub fn of(letter: &Letter) -> Option<Self> {
        serde_json::from_str(&letter.content).ok()
    }
}

impl Item {
    /// What happened; `None` for what only a later version of this program knows.
    pub fn occasion(&self) -> Option<Occasion> {
        Occasion::from_id(&self.occasion)
    }
}

/// Which choice of a person says how soon they are told of this.
pub fn choice(occasion: Occasion) -> Notice {
    match occasion {
        Occasion::Asked => Notice::Asked,
        Occasion::Answered => Notice::Answered,
        Occasion::Given => Notice::Given,
        Occasion::Mentioned => Notice::Mentioned,
        Occasion::Edition => Notice::Edition,
        Occasion::Event => Notice::Event,
        Occasion::Soon | Occasion::Late => Notice::Due,
    }
}

/// A stored time.
pub(crate) fn time(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MAX)
}
