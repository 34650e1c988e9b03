//! What somebody has set for themselves: saved views, chosen columns, what they have seen.

use meta::Id;
use serde_json::Value;
use store::accounts::Preference;

use super::{Accounts, no_account};
use crate::Error;

/// The longest key, in bytes.
const LONGEST_KEY: usize = 200;

/// The longest value, in bytes of JSON.
const LONGEST_VALUE: usize = 64 * 1024;

/// So many preferences an account has in one organization.
const MOST: usize = 1_000;

/// Keys are paths of the caller's own, like `view/risk/mine`. Without an organization they hold in
/// all.
impl Accounts<'_> {
    /// What an account has set under a key.
    pub fn preference(
        &self,
        account: Id,
        organization: Option<Id>,
        key: &str,
    ) -> Result<Option<Value>, Error> {
        if self.app.cut_off().is_some() {
            return Ok(None);
        }
        let found = self.rows().preference(account, organization, key)?;
        Ok(found.and_then(|it| serde_json::from_str(&it).ok()))
    }

    /// All that an account has set under keys that begin so, by key.
    pub fn preferences(
        &self,
        account: Id,
        organization: Option<Id>,
        prefix: &str,
    ) -> Result<Vec<(String, Value)>, Error> {
        // Without the database a page is shown as to somebody who has set nothing.
        if self.app.cut_off().is_some() {
            return Ok(Vec::new());
        }
        let found = self.rows().preferences(account, organization)?.into_iter();
        let found = found.filter(|it| it.name.starts_with(prefix));
        Ok(found
            .filter_map(|it| Some((it.name, serde_json::from_str(&it.content).ok()?)))
            .collect())
    }

    /// Sets something, in place of what was there.
    ///
    /// # Errors
    /// [`Error::Wrong`] when key or value is too long, there are too many, or there is no such
    /// account.
    pub fn set_preference(
        &self,
        account: Id,
        organization: Option<Id>,
        key: &str,
        value: &Value,
    ) -> Result<(), Error> {
        let content = value.to_string();
        let key_fits = !key.is_empty() && key.len() <= LONGEST_KEY;
        if !key_fits || key.contains(char::is_control) || content.len() > LONGEST_VALUE {
            let what = "this is too long to be kept as a setting: shorten its name or its content";
            return Err(Error::Wrong(what.to_owned()));
        }
        if self.rows().by_id(account)?.is_none() {
            return Err(no_account());
        }
        let is_new = self.rows().preference(account, organization, key)?.is_none();
        if is_new && self.rows().preferences(account, organization)?.len() >= MOST {
            let what = "there are too many settings and saved views: remove some first";
            return Err(Error::Wrong(what.to_owned()));
        }
        let name = key.to_owned();
        Ok(self.rows().set_preference(&Preference { account, organization, name, content })?)
    }

    /// Removes what an account has set under a key; answers whether there was something.
    pub fn remove_preference(
        &self,
        account: Id,
        organization: Option<Id>,
        key: &str,
    ) -> Result<bool, Error> {
        Ok(self.rows().remove_preference(account, organization, key)?)
    }
}
