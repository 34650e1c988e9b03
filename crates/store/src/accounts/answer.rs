//! Links on which one person answers one thing.

use ledger::Hash;
use uuid::Uuid;

use super::Accounts;
use crate::Error;
use crate::db::Row;

/// What a link is bound to; its token is not in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The organization.
    pub organization: Uuid,
    /// The person who is asked.
    pub person: Uuid,
    /// Their account.
    pub account: Uuid,
    /// What they are asked.
    pub purpose: String,
    /// About which record.
    pub record: Uuid,
    /// At which version.
    pub version: u32,
    /// When it was made.
    pub issued: i64,
    /// When it ends.
    pub expires: i64,
    /// When it was used.
    pub used: Option<i64>,
    /// The commit that holds the answer.
    pub seq: Option<u64>,
}

const COLUMNS: &str =
    "organization, person, account, purpose, record, version, issued, expires, used, seq";

impl Accounts<'_> {
    /// Stores a link.
    pub fn ask(&self, hash: &Hash, answer: &Answer) -> Result<(), Error> {
        self.write(|connection| {
            let sql = format!(
                "insert into answer (hash, {COLUMNS}) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
            );
            let values = [
                hash.into(),
                (&answer.organization).into(),
                (&answer.person).into(),
                (&answer.account).into(),
                answer.purpose.as_str().into(),
                (&answer.record).into(),
                answer.version.into(),
                answer.issued.into(),
                answer.expires.into(),
                answer.used.into(),
                answer.seq.into(),
            ];
            connection.execute(&sql, &values).map(drop)
        })
    }

    /// What a link is bound to, also when it was used; `None` when it is over or unknown.
    pub fn asked(&self, hash: &Hash, now: i64) -> Result<Option<Answer>, Error> {
        let sql = format!("select {COLUMNS} from answer where hash = $1 and expires > $2");
        self.store.pool.get()?.first(&sql, &[hash.into(), now.into()], read)
    }

    /// Uses a link up; of many who try, one succeeds.
    pub fn take_answer(&self, hash: &Hash, now: i64) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "update answer set used = $1 \
                       where hash = $2 and used is null and expires > $3";
            Ok(connection.execute(sql, &[now.into(), hash.into(), now.into()])? == 1)
        })
    }

    /// Keeps the commit that holds the answer; or gives the link back when there is none.
    pub fn settle_answer(&self, hash: &Hash, seq: Option<u64>) -> Result<(), Error> {
        self.write(|connection| match seq {
            Some(seq) => {
                let sql = "update answer set seq = $1 where hash = $2";
                connection.execute(sql, &[seq.into(), hash.into()]).map(drop)
            }
            None => {
                let sql = "update answer set used = null, seq = null where hash = $1";
                connection.execute(sql, &[hash.into()]).map(drop)
            }
        })
    }
}

fn read(row: &Row<'_>) -> Result<Answer, Error> {
    Ok(Answer {
        organization: row.uuid(0)?,
        person: row.uuid(1)?,
        account: row.uuid(2)?,
        purpose: row.text(3)?.to_owned(),
        record: row.uuid(4)?,
        version: row.count(5)?,
        issued: row.int(6)?,
        expires: row.int(7)?,
        used: row.int_if_any(8)?,
        seq: row.int_if_any(9)?.and_then(|it| u64::try_from(it).ok()),
    })
}
