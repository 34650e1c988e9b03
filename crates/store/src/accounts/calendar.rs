//! Secret addresses at which calendar programs read what is due.

use ledger::Hash;
use uuid::Uuid;

use super::{Accounts, gather};
use crate::db::{Connection, Row};
use crate::{Error, Reading};

/// A calendar of an account; its token is not in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The hash of its token, which names it too.
    pub hash: Hash,
    /// Whose it is.
    pub account: Uuid,
    /// The organization it shows.
    pub organization: Uuid,
    /// How much it shows.
    pub breadth: String,
    /// When it was made.
    pub made: i64,
    /// When it was last read.
    pub seen: Option<i64>,
}

const COLUMNS: &str = "hash, account, organization, breadth, made, seen";

impl Accounts<'_> {
    /// Stores a calendar.
    pub fn add_calendar(&self, calendar: &Calendar) -> Result<(), Error> {
        self.write(|connection| put(connection, calendar))
    }

    /// The calendars of an account, the oldest first.
    pub fn calendars(&self, account: Uuid) -> Result<Vec<Calendar>, Error> {
        let sql = format!("select {COLUMNS} from calendar where account = $1 order by made, hash");
        gather(&*self.store.pool.get()?, &sql, &[(&account).into()], read)
    }

    /// The calendar with this token.
    pub fn calendar(&self, hash: &Hash) -> Result<Option<Calendar>, Error> {
        let sql = format!("select {COLUMNS} from calendar where hash = $1");
        self.store.pool.get()?.first(&sql, &[hash.into()], read)
    }

    /// Notes that a calendar was read.
    pub fn see_calendar(&self, hash: &Hash, now: i64) -> Result<(), Error> {
        self.write(|connection| {
            let sql = "update calendar set seen = $1 where hash = $2";
            connection.execute(sql, &[now.into(), hash.into()]).map(drop)
        })
    }

    /// Removes a calendar of an account; answers whether there was one.
    pub fn remove_calendar(&self, account: Uuid, hash: &Hash) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "delete from calendar where account = $1 and hash = $2";
            Ok(connection.execute(sql, &[(&account).into(), hash.into()])? == 1)
        })
    }
}

impl Reading<'_> {
    /// All calendars, by the hash of their token.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn calendars(&self) -> Result<Vec<Calendar>, Error> {
        self.all(&format!("select {COLUMNS} from calendar order by hash"), &[], read)
    }
}

pub(super) fn put(connection: &Connection, calendar: &Calendar) -> Result<(), Error> {
    let sql = format!("insert into calendar ({COLUMNS}) values ($1, $2, $3, $4, $5, $6)");
    let values = [
        (&calendar.hash).into(),
        (&calendar.account).into(),
        (&calendar.organization).into(),
        calendar.breadth.as_str().into(),
        calendar.made.into(),
        calendar.seen.into(),
    ];
    connection.execute(&sql, &values).map(drop)
}

fn read(row: &Row<'_>) -> Result<Calendar, Error> {
    Ok(Calendar {
        hash: row.hash(0)?,
        account: row.uuid(1)?,
        organization: row.uuid(2)?,
        breadth: row.text(3)?.to_owned(),
        made: row.int(4)?,
        seen: row.int_if_any(5)?,
    })
}
