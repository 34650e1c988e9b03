//! Which person of an organization an account is.

use uuid::Uuid;

use super::{Accounts, gather};
use crate::db::{Connection, Row};
use crate::{Error, Reading};

/// An account is this person of this organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Belonging {
    /// The account.
    pub account: Uuid,
    /// The organization.
    pub organization: Uuid,
    /// The person's record in its ledger.
    pub person: Uuid,
    /// Since when.
    pub since: i64,
}

const COLUMNS: &str = "account, organization, person, since";

impl Accounts<'_> {
    /// The organizations an account belongs to, in order of id.
    pub fn belongings(&self, account: Uuid) -> Result<Vec<Belonging>, Error> {
        let sql =
            format!("select {COLUMNS} from belonging where account = $1 order by organization");
        gather(&*self.store.pool.get()?, &sql, &[(&account).into()], read)
    }

    /// The accounts that belong to an organization, in order of id.
    pub fn members(&self, organization: Uuid) -> Result<Vec<Belonging>, Error> {
        let sql =
            format!("select {COLUMNS} from belonging where organization = $1 order by account");
        gather(&*self.store.pool.get()?, &sql, &[(&organization).into()], read)
    }

    /// Whom an account is in an organization.
    pub fn person(&self, account: Uuid, organization: Uuid) -> Result<Option<Uuid>, Error> {
        let sql = "select person from belonging where account = $1 and organization = $2";
        let parameters = [(&account).into(), (&organization).into()];
        self.store.pool.get()?.first(sql, &parameters, |row| row.uuid(0))
    }

    /// Which account a person of an organization has.
    pub fn who_is(&self, organization: Uuid, person: Uuid) -> Result<Option<Uuid>, Error> {
        let sql = "select account from belonging where organization = $1 and person = $2";
        let parameters = [(&organization).into(), (&person).into()];
        self.store.pool.get()?.first(sql, &parameters, |row| row.uuid(0))
    }

    /// Makes an account belong, or be another person than before; answers whether the person had
    /// no other account.
    pub fn belong(&self, belonging: &Belonging) -> Result<bool, Error> {
        self.write(|connection| put(connection, belonging))
    }

    /// Ends a belonging; answers whether there was one.
    pub fn leave(&self, account: Uuid, organization: Uuid) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "delete from belonging where account = $1 and organization = $2";
            Ok(connection.execute(sql, &[(&account).into(), (&organization).into()])? == 1)
        })
    }
}

impl Reading<'_> {
    /// Which account is which person, everywhere.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn belongings(&self) -> Result<Vec<Belonging>, Error> {
        let sql = format!("select {COLUMNS} from belonging order by account, organization");
        gather(&self.held, &sql, &[], read)
    }
}

pub(super) fn put(connection: &Connection, belonging: &Belonging) -> Result<bool, Error> {
    let Belonging { account, organization, person, since } = belonging;
    let taken = connection.first(
        "select account from belonging where organization = $1 and person = $2",
        &[organization.into(), person.into()],
        |row| row.uuid(0),
    )?;
    match taken {
        Some(other) if other != *account => return Ok(false),
        Some(_) => return Ok(true),
        None => {}
    }
    let sql = "delete from belonging where account = $1 and organization = $2";
    connection.execute(sql, &[account.into(), organization.into()])?;
    let sql =
        format!("insert into belonging ({COLUMNS}) values ($1, $2, $3, $4) on conflict do nothing");
    let row = [account.into(), organization.into(), person.into(), (*since).into()];
    Ok(connection.execute(&sql, &row)? == 1)
}

fn read(row: &Row<'_>) -> Result<Belonging, Error> {
    Ok(Belonging {
        account: row.uuid(0)?,
        organization: row.uuid(1)?,
        person: row.uuid(2)?,
        since: row.int(3)?,
    })
}
