//! Personal tokens, by which programs act in somebody's name.

use ledger::Hash;
use uuid::Uuid;

use super::{Accounts, gather};
use crate::db::{Connection, Row};
use crate::{Error, Reading};

/// A personal token; its secret is not in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// Its identity, which is no secret.
    pub id: Uuid,
    /// In whose name it acts.
    pub account: Uuid,
    /// The organization it opens; all of its account when absent.
    pub organization: Option<Uuid>,
    /// What its owner calls it.
    pub name: String,
    /// The SHA-256 of its secret.
    pub hash: Hash,
    /// What it may be used for: words parted by spaces.
    pub scopes: String,
    /// When it was made.
    pub created: i64,
    /// When it ends.
    pub expires: i64,
    /// When it was last used, roughly.
    pub used: Option<i64>,
    /// When it was revoked.
    pub revoked: Option<i64>,
}

const COLUMNS: &str = "t.id, t.account, t.organization, t.name, t.hash, t.scopes, t.created, \
                       t.expires, t.used, t.revoked";

impl Accounts<'_> {
    /// Keeps a new token; answers whether its account exists and is not disabled.
    pub fn keep_token(&self, token: &AccessToken) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "select created from account where id = $1 and disabled is null";
            let account = connection.first(sql, &[(&token.account).into()], |row| row.int(0))?;
            if account.is_some() {
                put(connection, token)?;
            }
            Ok(account.is_some())
        })
    }

    /// The token with this id that is not revoked, if its account is not disabled.
    pub fn token(&self, id: Uuid) -> Result<Option<AccessToken>, Error> {
        let sql = format!(
            "select {COLUMNS} from token t join account a on a.id = t.account \
             where t.id = $1 and t.revoked is null and a.disabled is null"
        );
        self.store.pool.get()?.first(&sql, &[(&id).into()], read)
    }

    /// The name of a token, whatever became of it.
    pub fn token_name(&self, id: Uuid) -> Result<Option<String>, Error> {
        let sql = "select name from token where id = $1";
        self.store.pool.get()?.first(sql, &[(&id).into()], |row| row.text(0).map(str::to_owned))
    }

    /// The tokens of an account, the newest first, revoked ones among them.
    pub fn tokens(&self, account: Uuid) -> Result<Vec<AccessToken>, Error> {
        let sql = format!("select {COLUMNS} from token t where t.account = $1 order by t.id desc");
        gather(&*self.store.pool.get()?, &sql, &[(&account).into()], read)
    }

    /// The tokens that open an organization and are not revoked, the newest first.
    pub fn tokens_into(&self, organization: Uuid) -> Result<Vec<AccessToken>, Error> {
        let sql = format!(
            "select {COLUMNS} from token t join belonging b on b.account = t.account \
             where b.organization = $1 and t.revoked is null \
             and (t.organization is null or t.organization = $2) order by t.id desc"
        );
        let parameters = [(&organization).into(), (&organization).into()];
        gather(&*self.store.pool.get()?, &sql, &parameters, read)
    }

    /// Notes that a token was used, unless that would have to wait for somebody who writes much.
    pub fn touch_token(&self, id: Uuid, now: i64) -> Result<(), Error> {
        let Some(_turn) = self.store.turn_if_free() else { return Ok(()) };
        let Some(held) = self.store.pool.begin_if_free()? else { return Ok(()) };
        let sql = "update token set used = $1 where id = $2";
        held.execute(sql, &[now.into(), (&id).into()])?;
        held.commit(0)
    }

    /// Revokes a token of an account; answers whether there was one to revoke.
    pub fn revoke_token(&self, account: Uuid, id: Uuid, now: i64) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "update token set revoked = $1 \
                       where account = $2 and id = $3 and revoked is null";
            let parameters = [now.into(), (&account).into(), (&id).into()];
            Ok(connection.execute(sql, &parameters)? == 1)
        })
    }
}

impl Reading<'_> {
    /// All tokens, by id.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn tokens(&self) -> Result<Vec<AccessToken>, Error> {
        gather(&self.held, &format!("select {COLUMNS} from token t order by t.id"), &[], read)
    }
}

pub(super) fn put(connection: &Connection, token: &AccessToken) -> Result<(), Error> {
    let sql = "insert into token (id, account, organization, name, hash, scopes, created, expires, \
               used, revoked) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    connection
        .execute(
            sql,
            &[
                (&token.id).into(),
                (&token.account).into(),
                token.organization.as_ref().into(),
                token.name.as_str().into(),
                (&token.hash).into(),
                token.scopes.as_str().into(),
                token.created.into(),
                token.expires.into(),
                token.used.into(),
                token.revoked.into(),
            ],
        )
        .map(drop)
}

/// Revokes all tokens of an account.
pub(super) fn revoke_all(connection: &Connection, account: Uuid, now: i64) -> Result<(), Error> {
    let sql = "update token set revoked = $1 where account = $2 and revoked is null";
    connection.execute(sql, &[now.into(), (&account).into()]).map(drop)
}

fn read(row: &Row<'_>) -> Result<AccessToken, Error> {
    Ok(AccessToken {
        id: row.uuid(0)?,
        account: row.uuid(1)?,
        organization: row.uuid_if_any(2)?,
        name: row.text(3)?.to_owned(),
        hash: row.hash(4)?,
        scopes: row.text(5)?.to_owned(),
        created: row.int(6)?,
        expires: row.int(7)?,
        used: row.int_if_any(8)?,
        revoked: row.int_if_any(9)?,
    })
}
