//! Accounts in a backup: what people have, not where they are signed in.
//!
//! Sessions, links and counts of failures are left behind: whoever finds a backup shall not be
//! signed in by it. Of passwords and tokens it holds the hashes.

use ledger::hash::{hex, unhex};
use serde_json::{Value, json};
use store::{
    Reading, Store,
    accounts::{AccessToken, Account, Belonging, Kept, Preference},
};

use crate::Error;

mod factor;
mod post;

const ACCOUNT: &str = "account";
const BELONGING: &str = "belonging";
const PREFERENCE: &str = "preference";
const TOKEN: &str = "token";

/// The accounts of an installation, on their way between a database and a backup.
#[derive(Default)]
pub(crate) struct Carried(Kept);

impl Carried {
    /// All there is in one state of a database.
    pub(crate) fn read(reading: &Reading<'_>) -> Result<Self, Error> {
        Ok(Self(reading.kept()?))
    }

    /// Calls `each` with the name and the content of every row, in the order they are put back.
    pub(crate) fn rows(
        &self,
        mut each: impl FnMut(&str, Value) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for it in &self.0.accounts {
            let row = json!({
                "id": it.id, "email": it.email, "folded": it.folded, "name": it.name,
                "password": it.password, "password_set": it.password_set,
                "created": it.created, "seen": it.seen, "disabled": it.disabled,
            });
            each(ACCOUNT, row)?;
        }
        for it in &self.0.belongings {
            let row = json!({
                "account": it.account, "organization": it.organization, "person": it.person,
                "since": it.since,
            });
            each(BELONGING, row)?;
        }
        for it in &self.0.preferences {
            let row = json!({
                "account": it.account, "organization": it.organization, "name": it.name,
                "content": it.content,
            });
            each(PREFERENCE, row)?;
        }
        for it in &self.0.tokens {
            let row = json!({
                "id": it.id, "account": it.account, "organization": it.organization,
                "name": it.name, "hash": hex(&it.hash), "scopes": it.scopes,
                "created": it.created, "expires": it.expires, "used": it.used,
                "revoked": it.revoked,
            });
            each(TOKEN, row)?;
        }
        factor::rows(&self.0, &mut each)?;
        post::rows(&self.0, each)
    }

    /// Takes a row of a backup, if it is one of these.
    ///
    /// # Errors
    /// [`Error::Wrong`] when it lacks something.
    pub(crate) fn take(&mut self, name: &str, row: &Value) -> Result<(), Error> {
        let taken = match name {
            ACCOUNT => account(row).map(|it| self.0.accounts.push(it)),
            BELONGING => belonging(row).map(|it| self.0.belongings.push(it)),
            PREFERENCE => preference(row).map(|it| self.0.preferences.push(it)),
            TOKEN => token(row).map(|it| self.0.tokens.push(it)),
            name if post::is_it(name) => post::take(&mut self.0, name, row),
            name => factor::take(&mut self.0, name, row),
        };
        taken.ok_or_else(|| {
            Error::Wrong(format!("the backup is damaged: a row of `{name}` cannot be read"))
        })
    }

    /// Puts all of it into a new database, whose ledgers are there already.
    pub(crate) fn put_back(&self, store: &Store) -> Result<(), Error> {
        Ok(store.accounts().put_back(&self.0)?)
    }
}

fn account(row: &Value) -> Option<Account> {
    Some(Account {
        id: id(row, "id")?,
        email: text(row, "email")?,
        folded: text(row, "folded")?,
        name: text(row, "name")?,
        password: text(row, "password"),
        password_set: row.get("password_set")?.as_i64(),
        created: row.get("created")?.as_i64()?,
        seen: row.get("seen")?.as_i64(),
        disabled: row.get("disabled")?.as_i64(),
    })
}

fn belonging(row: &Value) -> Option<Belonging> {
    Some(Belonging {
        account: id(row, "account")?,
        organization: id(row, "organization")?,
        person: id(row, "person")?,
        since: row.get("since")?.as_i64()?,
    })
}

fn preference(row: &Value) -> Option<Preference> {
    Some(Preference {
        account: id(row, "account")?,
        organization: id(row, "organization"),
        name: text(row, "name")?,
        content: text(row, "content")?,
    })
}

fn token(row: &Value) -> Option<AccessToken> {
    Some(AccessToken {
        id: id(row, "id")?,
        account: id(row, "account")?,
        organization: id(row, "organization"),
        name: text(row, "name")?,
        hash: unhex(&text(row, "hash")?)?,
        scopes: text(row, "scopes")?,
        created: row.get("created")?.as_i64()?,
        expires: row.get("expires")?.as_i64()?,
        used: row.get("used")?.as_i64(),
        revoked: row.get("revoked")?.as_i64(),
    })
}

fn id(row: &Value, key: &str) -> Option<meta::Id> {
    row.get(key)?.as_str()?.parse().ok()
}

fn text(row: &Value, key: &str) -> Option<String> {
    row.get(key)?.as_str().map(str::to_owned)
}
