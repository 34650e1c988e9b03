//! Browsers that are signed in.

use ledger::Hash;
use uuid::Uuid;

use super::{Accounts, gather};
use crate::Error;
use crate::db::{Connection, Row};

/// A browser that is signed in; its token is not in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its identity, which is no secret.
    pub id: Uuid,
    /// Whose it is.
    pub account: Uuid,
    /// When it was opened.
    pub created: i64,
    /// When it was last used, roughly.
    pub seen: i64,
    /// When it ends, however much it is used.
    pub expires: i64,
    /// When whoever uses it last proved who they are.
    pub proved: Option<i64>,
    /// When a second factor, or a provider that asks for one, was last proved in it.
    pub strong: Option<i64>,
    /// How it was opened.
    pub way: Option<String>,
    /// The provider it was opened through.
    pub provider: Option<String>,
    /// What the browser called itself.
    pub agent: String,
    /// Where it was opened from.
    pub address: String,
}

const COLUMNS: &str = "s.id, s.account, s.created, s.seen, s.expires, s.proved, s.agent, \
                       s.address, s.strong, s.way, s.provider";

impl Accounts<'_> {
    /// Opens a session, and notes that its account was seen; answers whether the account exists
    /// and is not disabled.
    pub fn open(&self, hash: &Hash, session: &Session) -> Result<bool, Error> {
        self.write(|connection| {
            let seen = connection.execute(
                "update account set seen = $1 where id = $2 and disabled is null",
                &[session.created.into(), (&session.account).into()],
            )?;
            if seen == 0 {
                return Ok(false);
            }
            connection.execute(
                "insert into session \
                 (hash, id, account, created, seen, expires, proved, agent, address, \
                 strong, way, provider) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                &[
                    hash.into(),
                    (&session.id).into(),
                    (&session.account).into(),
                    session.created.into(),
                    session.seen.into(),
                    session.expires.into(),
                    session.proved.into(),
                    session.agent.as_str().into(),
                    session.address.as_str().into(),
                    session.strong.into(),
                    session.way.as_deref().into(),
                    session.provider.as_deref().into(),
                ],
            )?;
            Ok(true)
        })
    }

    /// The session with this token, if its account is not disabled.
    pub fn session(&self, hash: &Hash) -> Result<Option<Session>, Error> {
        let sql = format!(
            "select {COLUMNS} from session s join account a on a.id = s.account \
             where s.hash = $1 and a.disabled is null"
        );
        self.store.pool.get()?.first(&sql, &[hash.into()], read)
    }

    /// The sessions of an account, the last used first.
    pub fn sessions(&self, account: Uuid) -> Result<Vec<Session>, Error> {
        let sql =
            format!("select {COLUMNS} from session s where s.account = $1 order by s.seen desc");
        gather(&*self.store.pool.get()?, &sql, &[(&account).into()], read)
    }

    /// Notes that a session was used, unless that would have to wait for somebody who writes much:
    /// whoever only reads a page must not. Answers whether it was noted.
    pub fn touch(&self, id: Uuid, now: i64) -> Result<bool, Error> {
        let Some(_turn) = self.store.turn_if_free() else { return Ok(false) };
        let Some(held) = self.store.pool.begin_if_free()? else { return Ok(false) };
        let sql = "update session set seen = $1 where id = $2";
        let noted = held.execute(sql, &[now.into(), (&id).into()])?;
        held.commit(0)?;
        Ok(noted == 1)
    }

    /// Notes that whoever uses a session proved who they are, with a second factor or without.
    pub fn prove(&self, id: Uuid, now: i64, strong: bool) -> Result<(), Error> {
        self.write(|connection| {
            let sql = "update session set proved = $1 where id = $2";
            connection.execute(sql, &[now.into(), (&id).into()])?;
            if strong {
                let sql = "update session set strong = $1 where id = $2";
                connection.execute(sql, &[now.into(), (&id).into()])?;
            }
            Ok(())
        })
    }

    /// Ends the session with this token.
    pub fn close(&self, hash: &Hash) -> Result<(), Error> {
        self.write(|connection| {
            connection.execute("delete from session where hash = $1", &[hash.into()]).map(drop)
        })
    }

    /// Ends one session of an account; answers whether there was one.
    pub fn revoke(&self, account: Uuid, id: Uuid) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "delete from session where account = $1 and id = $2";
            Ok(connection.execute(sql, &[(&account).into(), (&id).into()])? == 1)
        })
    }

    /// Ends all sessions of an account but one; answers how many.
    pub fn revoke_all(&self, account: Uuid, keep: Option<Uuid>) -> Result<u64, Error> {
        self.write(|connection| revoke_all(connection, account, keep))
    }
}

pub(super) fn revoke_all(
    connection: &Connection,
    account: Uuid,
    keep: Option<Uuid>,
) -> Result<u64, Error> {
    let keep = keep.unwrap_or_else(Uuid::nil);
    let sql = "delete from session where account = $1 and id <> $2";
    connection.execute(sql, &[(&account).into(), (&keep).into()])
}

fn read(row: &Row<'_>) -> Result<Session, Error> {
    Ok(Session {
        id: row.uuid(0)?,
        account: row.uuid(1)?,
        created: row.int(2)?,
        seen: row.int(3)?,
        expires: row.int(4)?,
        proved: row.int_if_any(5)?,
        agent: row.text(6)?.to_owned(),
        address: row.text(7)?.to_owned(),
        strong: row.int_if_any(8)?,
        way: row.text_if_any(9)?.map(str::to_owned),
        provider: row.text_if_any(10)?.map(str::to_owned),
    })
}
