//! Accounts and what belongs to them, beside the ledgers.
//!
//! Times are milliseconds since 1970, UTC, and always arguments. What a password or a token is
//! before it was hashed is not known here.

use ledger::Hash;
use uuid::Uuid;

use crate::db::{Connection, Mode, Row};
use crate::{Error, Store};

mod access_token;
mod answer;
mod attempt;
mod belonging;
mod calendar;
mod factor;
mod identity;
mod kept;
mod once;
mod passkey;
mod preference;
mod session;

pub use access_token::AccessToken;
pub use answer::Answer;
pub use attempt::{Attempt, Judge};
pub use belonging::Belonging;
pub use calendar::Calendar;
pub use factor::{Authenticator, Held, Recovery};
pub use identity::{Identity, Provided};
pub use kept::Kept;
pub use once::Once;
pub use passkey::Passkey;
pub use preference::Preference;
pub use session::Session;

/// The accounts of a database.
#[derive(Clone, Copy)]
pub struct Accounts<'s> {
    store: &'s Store,
}

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its identity.
    pub id: Uuid,
    /// The e-mail address as it was written.
    pub email: String,
    /// The e-mail address as it is compared; unique.
    pub folded: String,
    /// The name of whoever it is for.
    pub name: String,
    /// The hash of the password, where there is one.
    pub password: Option<String>,
    /// When the password was set.
    pub password_set: Option<i64>,
    /// When the account was made.
    pub created: i64,
    /// When somebody last signed in.
    pub seen: Option<i64>,
    /// When it was disabled.
    pub disabled: Option<i64>,
}

/// What an account is to become by a link, in one transaction.
#[derive(Debug, Clone, Copy)]
pub struct Joining<'a> {
    /// The hash of the link's token.
    pub hash: &'a Hash,
    /// What the link must be for.
    pub purpose: &'a str,
    /// Whether there may be no account yet.
    pub first: bool,
    /// The account to make, if it is not there.
    pub account: Option<&'a Account>,
    /// Whom the account becomes.
    pub belonging: Option<&'a Belonging>,
    /// Now.
    pub now: i64,
}

/// How joining ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// Done.
    Done,
    /// The link is used, expired, unknown or for something else, or no longer the first.
    NoLink,
    /// There is an account with this e-mail address.
    EmailTaken,
    /// The person has another account.
    PersonTaken,
}

const COLUMNS: &str = "id, email, folded, name, password, password_set, created, seen, disabled";

impl Store {
    /// The accounts of this database.
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts { store: self }
    }
}

impl Accounts<'_> {
    /// Whether there is any account.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails; so it is with all others here.
    pub fn any(&self) -> Result<bool, Error> {
        any(&*self.store.pool.get()?)
    }

    /// The account with this id.
    pub fn by_id(&self, id: Uuid) -> Result<Option<Account>, Error> {
        let sql = format!("select {COLUMNS} from account where id = $1");
        self.store.pool.get()?.first(&sql, &[(&id).into()], read)
    }

    /// The account with this folded e-mail address.
    pub fn by_email(&self, folded: &str) -> Result<Option<Account>, Error> {
        let sql = format!("select {COLUMNS} from account where folded = $1");
        self.store.pool.get()?.first(&sql, &[folded.into()], read)
    }

    /// All accounts, by name.
    pub fn all(&self) -> Result<Vec<Account>, Error> {
        all(&*self.store.pool.get()?)
    }

    /// Makes an account; answers whether its e-mail address was free.
    pub fn insert(&self, account: &Account) -> Result<bool, Error> {
        self.write(|connection| insert(connection, account))
    }

    /// Changes the name; answers whether there is such an account.
    pub fn rename(&self, id: Uuid, name: &str) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "update account set name = $1 where id = $2";
            Ok(connection.execute(sql, &[name.into(), (&id).into()])? == 1)
        })
    }

    /// Changes the e-mail address, and makes links void that went to the old one; answers whether
    /// it was free.
    pub fn set_email(&self, id: Uuid, email: &str, folded: &str) -> Result<bool, Error> {
        self.write(|connection| {
            let changed = connection.execute(
                "update account set email = $1, folded = $2 where id = $3 and not exists \
                 (select 1 from account a where a.folded = $4 and a.id <> $5)",
                &[email.into(), folded.into(), (&id).into(), folded.into(), (&id).into()],
            )?;
            if changed == 1 {
                void(connection, id)?;
            }
            Ok(changed == 1)
        })
    }

    /// Removes the password, if there is a passkey or a provider to sign in with; answers whether.
    pub fn remove_password(&self, id: Uuid) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "update account set password = null, password_set = null where id = $1 \
                       and (exists (select 1 from passkey where account = $2) \
                       or exists (select 1 from identity where account = $3))";
            Ok(connection.execute(sql, &[(&id).into(), (&id).into(), (&id).into()])? == 1)
        })
    }

    /// Sets the hash of the password, ends all sessions but one, and makes links void; without one
    /// to keep, tokens are revoked too. Answers whether there is such an account.
    pub fn set_password(
        &self,
        id: Uuid,
        password: &str,
        now: i64,
        keep: Option<Uuid>,
    ) -> Result<bool, Error> {
        self.write(|connection| set_password(connection, id, password, now, keep))
    }

    /// Uses a link up to set the password of the account it is for; answers which account that is,
    /// and nothing when the link is used, expired, unknown or for something else.
    pub fn reset(
        &self,
        hash: &Hash,
        purpose: &str,
        password: &str,
        now: i64,
    ) -> Result<Option<Uuid>, Error> {
        self.write(|connection| {
            let Some(account) =
                once::redeem(connection, hash, purpose, now)?.and_then(|once| once.account)
            else {
                return Ok(None);
            };
            let is_set = set_password(connection, account, password, now, None)?;
            Ok(is_set.then_some(account))
        })
    }

    /// Uses a link up to make an account, or a belonging of one, or both; all or nothing.
    pub fn join(&self, joining: &Joining<'_>) -> Result<Joined, Error> {
        let _turn = self.store.turn();
        let held = self.store.pool.begin(Mode::Write)?;
        // Dropped without a commit, nothing has happened.
        if joining.first {
            if !held.is_sqlite() {
                held.batch("lock table account in share row exclusive mode")?;
            }
            if any(&held)? {
                return Ok(Joined::NoLink);
            }
        }
        if once::redeem(&held, joining.hash, joining.purpose, joining.now)?.is_none() {
            return Ok(Joined::NoLink);
        }
        if let Some(account) = joining.account
            && !insert(&held, account)?
        {
            return Ok(Joined::EmailTaken);
        }
        if let Some(belonging) = joining.belonging
            && !belonging::put(&held, belonging)?
        {
            return Ok(Joined::PersonTaken);
        }
        held.commit(0)?;
        Ok(Joined::Done)
    }

    /// Disables an account, ends its sessions, revokes its tokens and makes its links void, or
    /// enables it again; answers whether there is such an account.
    pub fn set_disabled(&self, id: Uuid, disabled: Option<i64>) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "update account set disabled = $1 where id = $2";
            let changed = connection.execute(sql, &[disabled.into(), (&id).into()])?;
            if let Some(now) = disabled {
                access_token::revoke_all(connection, id, now)?;
                connection.execute("delete from session where account = $1", &[(&id).into()])?;
                void(connection, id)?;
            }
            Ok(changed == 1)
        })
    }

    /// Removes an account with all that belongs to it; answers whether there was one.
    pub fn remove(&self, id: Uuid) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "delete from account where id = $1";
            Ok(connection.execute(sql, &[(&id).into()])? == 1)
        })
    }

    /// Removes what has expired: sessions idle since `idle` or over by `now`, links over by `now`,
    /// failures before `failures`. Answers how many rows went.
    pub fn sweep(&self, now: i64, idle: i64, failures: i64) -> Result<u64, Error> {
        self.write(|connection| {
            let sql = "delete from session where seen <= $1 or expires <= $2";
            let mut gone = connection.execute(sql, &[idle.into(), now.into()])?;
            gone += connection.execute("delete from once where expires <= $1", &[now.into()])?;
            gone += connection.execute("delete from spent where expires <= $1", &[now.into()])?;
            gone += connection.execute("delete from answer where expires <= $1", &[now.into()])?;
            let sql = "delete from attempt where latest <= $1 and until <= $2";
            gone += connection.execute(sql, &[failures.into(), now.into()])?;
            Ok(gone)
        })
    }

    /// Does something in one transaction.
    fn write<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        let _turn = self.store.turn();
        let held = self.store.pool.begin(Mode::Write)?;
        let done = work(&held)?;
        held.commit(0)?;
        self.store.accounts_changed();
        Ok(done)
    }
}

fn any(connection: &Connection) -> Result<bool, Error> {
    Ok(connection.first("select created from account limit 1", &[], |row| row.int(0))?.is_some())
}

fn all(connection: &Connection) -> Result<Vec<Account>, Error> {
    let mut found = gather(connection, &format!("select {COLUMNS} from account"), &[], read)?;
    found.sort_unstable_by(|a, b| (&a.name, &a.folded).cmp(&(&b.name, &b.folded)));
    Ok(found)
}

fn insert(connection: &Connection, account: &Account) -> Result<bool, Error> {
    let sql = format!(
        "insert into account ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
         on conflict do nothing"
    );
    let made = connection.execute(
        &sql,
        &[
            (&account.id).into(),
            account.email.as_str().into(),
            account.folded.as_str().into(),
            account.name.as_str().into(),
            account.password.as_deref().into(),
            account.password_set.into(),
            account.created.into(),
            account.seen.into(),
            account.disabled.into(),
        ],
    )?;
    Ok(made == 1)
}

fn set_password(
    connection: &Connection,
    id: Uuid,
    password: &str,
    now: i64,
    keep: Option<Uuid>,
) -> Result<bool, Error> {
    let sql = "update account set password = $1, password_set = $2 where id = $3";
    let changed = connection.execute(sql, &[password.into(), now.into(), (&id).into()])?;
    session::revoke_all(connection, id, keep)?;
    if keep.is_none() {
        access_token::revoke_all(connection, id, now)?;
    }
    void(connection, id)?;
    Ok(changed == 1)
}

/// Makes all links void that were sent to an account.
fn void(connection: &Connection, id: Uuid) -> Result<(), Error> {
    connection.execute("delete from once where account = $1", &[(&id).into()])?;
    connection.execute("delete from answer where account = $1", &[(&id).into()]).map(drop)
}

fn read(row: &Row<'_>) -> Result<Account, Error> {
    Ok(Account {
        id: row.uuid(0)?,
        email: row.text(1)?.to_owned(),
        folded: row.text(2)?.to_owned(),
        name: row.text(3)?.to_owned(),
        password: row.text_if_any(4)?.map(str::to_owned),
        password_set: row.int_if_any(5)?,
        created: row.int(6)?,
        seen: row.int_if_any(7)?,
        disabled: row.int_if_any(8)?,
    })
}

/// All rows of a query.
pub(crate) fn gather<T>(
    connection: &Connection,
    sql: &str,
    parameters: &[crate::db::Value<'_>],
    read: impl Fn(&Row<'_>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let mut all = Vec::new();
    connection.query(sql, parameters, |row| {
        all.push(read(row)?);
        Ok::<_, Error>(())
    })?;
    Ok(all)
}
