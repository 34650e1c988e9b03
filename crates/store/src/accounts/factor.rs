//! Second factors: authenticator apps and recovery codes.

use std::collections::BTreeMap;

use ledger::Hash;
use uuid::Uuid;

use super::{Accounts, gather};
use crate::db::{Connection, Row};
use crate::{Error, Reading};

/// An authenticator app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authenticator {
    /// Whose it is.
    pub account: Uuid,
    /// The secret, encrypted.
    pub secret: Vec<u8>,
    /// When its first code was typed.
    pub since: i64,
    /// The step of the last code that was taken; it and those before it are not taken again.
    pub step: i64,
}

/// A recovery code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery {
    /// Whose it is.
    pub account: Uuid,
    /// Its hash.
    pub hash: Hash,
    /// When it was used.
    pub used: Option<i64>,
}

/// What an account has beside its password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// Since when it has an authenticator app.
    pub authenticator: Option<i64>,
    /// How many passkeys.
    pub passkeys: u64,
    /// How many recovery codes that were not used.
    pub codes: u64,
}

impl Accounts<'_> {
    /// The authenticator app of an account.
    pub fn authenticator(&self, account: Uuid) -> Result<Option<Authenticator>, Error> {
        let sql = "select account, secret, since, step from authenticator where account = $1";
        self.store.pool.get()?.first(sql, &[(&account).into()], read_authenticator)
    }

    /// Sets the authenticator app of an account, in place of another.
    pub fn set_authenticator(&self, row: &Authenticator) -> Result<(), Error> {
        self.write(|connection| put_authenticator(connection, row))
    }

    /// Uses a step up; answers whether neither it nor a later one was used before.
    pub fn use_step(&self, account: Uuid, step: i64) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "update authenticator set step = $1 where account = $2 and step < $3";
            Ok(connection.execute(sql, &[step.into(), (&account).into(), step.into()])? == 1)
        })
    }

    /// Removes the authenticator app of an account; answers whether there was one.
    pub fn remove_authenticator(&self, account: Uuid) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "delete from authenticator where account = $1";
            let removed = connection.execute(sql, &[(&account).into()])?;
            without_any(connection, account)?;
            Ok(removed == 1)
        })
    }

    /// Sets the recovery codes of an account, in place of those before.
    pub fn set_recovery(&self, account: Uuid, hashes: &[Hash]) -> Result<(), Error> {
        self.write(|connection| {
            connection.execute("delete from recovery where account = $1", &[(&account).into()])?;
            for hash in hashes {
                put_recovery(connection, &Recovery { account, hash: *hash, used: None })?;
            }
            Ok(())
        })
    }

    /// Uses a recovery code up; answers whether the account has it and it was not used before.
    pub fn use_recovery(&self, account: Uuid, hash: &Hash, now: i64) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "update recovery set used = $1 \
                       where account = $2 and hash = $3 and used is null";
            Ok(connection.execute(sql, &[now.into(), (&account).into(), hash.into()])? == 1)
        })
    }

    /// What an account has beside its password.
    pub fn held(&self, account: Uuid) -> Result<Held, Error> {
        let held = self.store.pool.get()?;
        let count = |sql: &str| -> Result<u64, Error> {
            Ok(held.first(sql, &[(&account).into()], |row| row.count(0))?.unwrap_or_default())
        };
        let sql = "select since from authenticator where account = $1";
        Ok(Held {
            authenticator: held.first(sql, &[(&account).into()], |row| row.int(0))?,
            passkeys: count("select count(*) from passkey where account = $1")?,
            codes: count("select count(*) from recovery where account = $1 and used is null")?,
        })
    }

    /// What accounts have beside their passwords; those that have nothing are left out.
    pub fn all_held(&self) -> Result<BTreeMap<Uuid, Held>, Error> {
        let held = self.store.pool.get()?;
        let mut all: BTreeMap<Uuid, Held> = BTreeMap::new();
        held.query("select account, since from authenticator", &[], |row| {
            all.entry(row.uuid(0)?).or_default().authenticator = Some(row.int(1)?);
            Ok::<_, Error>(())
        })?;
        held.query("select account, count(*) from passkey group by account", &[], |row| {
            all.entry(row.uuid(0)?).or_default().passkeys = row.count(1)?;
            Ok::<_, Error>(())
        })?;
        let sql = "select account, count(*) from recovery where used is null group by account";
        held.query(sql, &[], |row| {
            all.entry(row.uuid(0)?).or_default().codes = row.count(1)?;
            Ok::<_, Error>(())
        })?;
        Ok(all)
    }

    /// Removes authenticator app, passkeys and recovery codes of an account, and ends its sessions;
    /// answers whether there was a second factor.
    pub fn clear_factors(&self, account: Uuid) -> Result<bool, Error> {
        self.write(|connection| {
            let mut gone = 0;
            for table in ["authenticator", "passkey"] {
                let sql = format!("delete from {table} where account = $1");
                gone += connection.execute(&sql, &[(&account).into()])?;
            }
            connection.execute("delete from recovery where account = $1", &[(&account).into()])?;
            super::session::revoke_all(connection, account, None)?;
            Ok(gone > 0)
        })
    }

    /// Uses up something that works once and says itself when it ends; answers whether it was
    /// not used before.
    pub fn spend(&self, hash: &Hash, expires: i64) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "insert into spent (hash, expires) values ($1, $2) on conflict do nothing";
            Ok(connection.execute(sql, &[hash.into(), expires.into()])? == 1)
        })
    }
}

impl Reading<'_> {
    /// All authenticator apps.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn authenticators(&self) -> Result<Vec<Authenticator>, Error> {
        let sql = "select account, secret, since, step from authenticator order by account";
        gather(&self.held, sql, &[], read_authenticator)
    }

    /// All recovery codes.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn recoveries(&self) -> Result<Vec<Recovery>, Error> {
        let sql = "select account, hash, used from recovery order by account, hash";
        gather(&self.held, sql, &[], |row| {
            Ok(Recovery { account: row.uuid(0)?, hash: row.hash(1)?, used: row.int_if_any(2)? })
        })
    }
}

/// Recovery codes without a second factor would be one; and no session has proved one that is gone,
/// unless a provider did.
pub(super) fn without_any(connection: &Connection, account: Uuid) -> Result<(), Error> {
    for what in [
        "delete from recovery where",
        "update session set strong = null where provider is null and",
    ] {
        let sql = format!(
            "{what} account = $1 \
             and not exists (select 1 from authenticator where account = $2) \
             and not exists (select 1 from passkey where account = $3)"
        );
        let parameters = [(&account).into(), (&account).into(), (&account).into()];
        connection.execute(&sql, &parameters)?;
    }
    Ok(())
}

pub(super) fn put_authenticator(connection: &Connection, row: &Authenticator) -> Result<(), Error> {
    let sql = "insert into authenticator (account, secret, since, step) values ($1, $2, $3, $4) \
               on conflict (account) do update set \
               secret = excluded.secret, since = excluded.since, step = excluded.step";
    let parameters =
        [(&row.account).into(), row.secret.as_slice().into(), row.since.into(), row.step.into()];
    connection.execute(sql, &parameters).map(drop)
}

pub(super) fn put_recovery(connection: &Connection, row: &Recovery) -> Result<(), Error> {
    let sql = "insert into recovery (account, hash, used) values ($1, $2, $3)";
    let parameters = [(&row.account).into(), (&row.hash).into(), row.used.into()];
    connection.execute(sql, &parameters).map(drop)
}

fn read_authenticator(row: &Row<'_>) -> Result<Authenticator, Error> {
    Ok(Authenticator {
        account: row.uuid(0)?,
        secret: row.bytes(1)?.to_vec(),
        since: row.int(2)?,
        step: row.int(3)?,
    })
}
