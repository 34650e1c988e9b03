//! Links that work once.

use ledger::Hash;
use uuid::Uuid;

use super::Accounts;
use crate::Error;
use crate::db::{Connection, Row};

/// What a link that works once is for; its token is not in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// What happens when it is used.
    pub purpose: String,
    /// The account it is for.
    pub account: Option<Uuid>,
    /// The organization it leads into.
    pub organization: Option<Uuid>,
    /// The person it makes of whoever uses it.
    pub person: Option<Uuid>,
    /// The e-mail address it was sent to.
    pub email: Option<String>,
    /// When it was made.
    pub issued: i64,
    /// When it ends.
    pub expires: i64,
}

const COLUMNS: &str = "purpose, account, organization, person, email, issued, expires";

impl Accounts<'_> {
    /// Stores a link.
    pub fn issue(&self, hash: &Hash, once: &Once) -> Result<(), Error> {
        self.write(|connection| {
            let sql = format!(
                "insert into once (hash, {COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8)"
            );
            let row = [
                hash.into(),
                once.purpose.as_str().into(),
                once.account.as_ref().into(),
                once.organization.as_ref().into(),
                once.person.as_ref().into(),
                once.email.as_deref().into(),
                once.issued.into(),
                once.expires.into(),
            ];
            connection.execute(&sql, &row).map(drop)
        })
    }

    /// What a link is for, if it can still be used; this does not use it.
    pub fn peek(&self, hash: &Hash, now: i64) -> Result<Option<Once>, Error> {
        find(&*self.store.pool.get()?, hash, now)
    }

    /// Uses a link up, if it can still be used and is for this; of many who try, one succeeds.
    pub fn redeem(&self, hash: &Hash, purpose: &str, now: i64) -> Result<Option<Once>, Error> {
        self.write(|connection| redeem(connection, hash, purpose, now))
    }

    /// The links of a purpose that lead into an organization and can still be used, oldest first.
    pub fn links(&self, organization: Uuid, purpose: &str, now: i64) -> Result<Vec<Once>, Error> {
        let sql = format!(
            "select {COLUMNS} from once where organization = $1 and purpose = $2 \
             and used is null and expires > $3 order by issued"
        );
        let parameters = [(&organization).into(), purpose.into(), now.into()];
        super::gather(&*self.store.pool.get()?, &sql, &parameters, read)
    }

    /// Makes the links of a purpose void that were meant for a person; answers how many.
    pub fn recall(&self, organization: Uuid, person: Uuid, purpose: &str) -> Result<u64, Error> {
        self.write(|connection| {
            let sql = "delete from once where organization = $1 and person = $2 and purpose = $3";
            let parameters = [(&organization).into(), (&person).into(), purpose.into()];
            connection.execute(sql, &parameters)
        })
    }
}

pub(super) fn redeem(
    connection: &Connection,
    hash: &Hash,
    purpose: &str,
    now: i64,
) -> Result<Option<Once>, Error> {
    let found = find(connection, hash, now)?.filter(|once| once.purpose == purpose);
    // Invariant: whoever changes the row has the link, whatever others have read.
    let sql = "update once set used = $1 where hash = $2 and purpose = $3 and used is null \
               and expires > $4";
    let used = connection.execute(sql, &[now.into(), hash.into(), purpose.into(), now.into()])?;
    Ok(found.filter(|_| used == 1))
}

fn find(connection: &Connection, hash: &Hash, now: i64) -> Result<Option<Once>, Error> {
    let sql =
        format!("select {COLUMNS} from once where hash = $1 and used is null and expires > $2");
    connection.first(&sql, &[hash.into(), now.into()], read)
}

fn read(row: &Row<'_>) -> Result<Once, Error> {
    Ok(Once {
        purpose: row.text(0)?.to_owned(),
        account: row.uuid_if_any(1)?,
        organization: row.uuid_if_any(2)?,
        person: row.uuid_if_any(3)?,
        email: row.text_if_any(4)?.map(str::to_owned),
        issued: row.int(5)?,
        expires: row.int(6)?,
    })
}
