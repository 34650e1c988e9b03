//! Hooks: addresses outside that are told of every commit.
//!
//! A report names what changed and never what it says: whoever wants that asks for it, and is shown
//! what they may see. It is signed with a key of the hook's own, which lies in the database
//! encrypted with the key of the installation.

mod report;
mod target;
mod wire;

use jiff::Timestamp;
use meta::Id;
use store::Hook as Row;

pub use wire::{Hooks as HookCarrier, signature};

use crate::{
    App, Error,
    accounts::Token,
    fresh_id,
    outbox::{Content, HOOK, time},
};

/// An organization has at most so many hooks.
pub const MOST: usize = 20;

/// What the keys of hooks are sealed for: whoever reads the database alone cannot sign.
pub(crate) const SEALED: &str = "webhook";

/// What hooks may reach, as an administrator of the installation writes it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HookSettings {
    /// Whether hooks may call addresses of your own network, and without encryption: off, lest
    /// somebody who may set up hooks looks around in it.
    pub allow_private: bool,
}

/// An address outside that is told of every commit. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// Its identity.
    pub id: Id,
    /// The address.
    pub url: String,
    /// The kinds of record it is told of; all when empty.
    pub kinds: Vec<String>,
    /// Who made it: it is told of what they may see.
    pub person: Id,
    /// When it was made.
    pub made: Timestamp,
    /// When it was paused.
    pub paused: Option<Timestamp>,
}

impl App {
    /// The hooks of an organization, the oldest first.
    ///
    /// # Errors
    /// When the database fails; so it is with all others here that name nothing else.
    pub fn hooks(&self, organization: Id) -> Result<Vec<Hook>, Error> {
        Ok(self.store.hooks().all(organization)?.into_iter().map(hook).collect())
    }

    /// Makes a hook; answers it with the key that it signs with, to be shown once.
    ///
    /// # Errors
    /// [`Error::Wrong`] when the address is not one that may be called, or there are too many.
    pub fn add_hook(
        &self,
        organization: Id,
        person: Id,
        url: &str,
        kinds: &[String],
        settings: &HookSettings,
    ) -> Result<(Hook, Token), Error> {
        let url = target::checked(url, settings)?;
        if self.store.hooks().all(organization)?.len() >= MOST {
            return Err(Error::Wrong(format!(
                "there are {MOST} hooks already: remove one that is not needed"
            )));
        }
        if let Some(wrong) = kinds.iter().find(|it| kinds::kind(it).is_none()) {
            return Err(Error::Wrong(format!("there is no kind of record called `{wrong}`")));
        }
        let secret = Token::fresh();
        let row = Row {
            id: fresh_id(),
            organization,
            url,
            secret: self.seal()?.seal_text(SEALED, secret.as_str()),
            kinds: serde_json::to_string(kinds).expect("texts become JSON"),
            person,
            made: self.clock.now().as_millisecond(),
            paused: None,
        };
        self.store.hooks().insert(&row)?;
        Ok((hook(row), secret))
    }

    /// Pauses a hook, or lets it go on. What happens meanwhile is not reported later.
    ///
    /// # Errors
    /// [`Error::Wrong`] when there is no such hook.
    pub fn pause_hook(&self, organization: Id, id: Id, pause: bool) -> Result<(), Error> {
        let at = pause.then(|| self.clock.now().as_millisecond());
        found(self.store.hooks().pause(organization, id, at)?)
    }

    /// Removes a hook, with what was still to be reported to it.
    ///
    /// # Errors
    /// [`Error::Wrong`] when there is no such hook.
    pub fn remove_hook(&self, organization: Id, id: Id) -> Result<(), Error> {
        found(self.store.hooks().remove(organization, id)?)
    }

    /// Has a hook called for a try, with nothing to report.
    ///
    /// # Errors
    /// [`Error::Wrong`] when there is no such hook.
    pub fn try_hook(&self, organization: Id, id: Id) -> Result<(), Error> {
        found(self.store.hooks().one(organization, id)?.is_some())?;
        self.outbox().put(HOOK, Some(organization), Some(id), &Content::Ping).map(drop)
    }
}

fn hook(row: Row) -> Hook {
    Hook {
        id: row.id,
        url: row.url,
        kinds: kinds_of(&row.kinds),
        person: row.person,
        made: time(row.made),
        paused: row.paused.map(time),
    }
}

fn kinds_of(json: &str) -> Vec<String> {
    serde_json::from_str(json).unwrap_or_default()
}

fn found(is_found: bool) -> Result<(), Error> {
    let gone = || Error::Wrong("there is no such hook: it may have been removed".to_owned());
    is_found.then_some(()).ok_or_else(gone)
}
