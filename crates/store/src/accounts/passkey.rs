//! Passkeys: public keys whose private halves lie in somebody's device.

use uuid::Uuid;

use super::{Accounts, gather};
use crate::db::{Connection, Row};
use crate::{Error, Reading};

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Its identity here.
    pub id: Uuid,
    /// Whose it is.
    pub account: Uuid,
    /// What its device calls it; unique.
    pub credential: Vec<u8>,
    /// The public key as its device wrote it (COSE).
    pub content: Vec<u8>,
    /// How often it signed, if its device counts.
    pub counter: i64,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub since: i64,
    /// When it was last used.
    pub used: Option<i64>,
}

const COLUMNS: &str = "id, account, credential, content, counter, name, since, used";

impl Accounts<'_> {
    /// The passkeys of an account, oldest first.
    pub fn passkeys(&self, account: Uuid) -> Result<Vec<Passkey>, Error> {
        let sql = format!("select {COLUMNS} from passkey where account = $1 order by since, id");
        gather(&*self.store.pool.get()?, &sql, &[(&account).into()], read)
    }

    /// The passkey that its device calls so.
    pub fn passkey(&self, credential: &[u8]) -> Result<Option<Passkey>, Error> {
        let sql = format!("select {COLUMNS} from passkey where credential = $1");
        self.store.pool.get()?.first(&sql, &[credential.into()], read)
    }

    /// Adds a passkey; answers whether there was none yet that its device calls so.
    pub fn add_passkey(&self, passkey: &Passkey) -> Result<bool, Error> {
        self.write(|connection| put(connection, passkey))
    }

    /// Notes that a passkey was used; answers whether its count has grown, or it does not count.
    pub fn use_passkey(&self, id: Uuid, counter: i64, now: i64) -> Result<bool, Error> {
        self.write(|connection| {
            // A device that does not count says 0 each time.
            let grows = if counter == 0 { "counter = $4" } else { "counter < $4" };
            let sql =
                format!("update passkey set counter = $1, used = $2 where id = $3 and {grows}");
            let parameters = [counter.into(), now.into(), (&id).into(), counter.into()];
            Ok(connection.execute(&sql, &parameters)? == 1)
        })
    }

    /// Changes what its owner calls a passkey; answers whether there is such a one.
    pub fn rename_passkey(&self, account: Uuid, id: Uuid, name: &str) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "update passkey set name = $1 where account = $2 and id = $3";
            Ok(connection.execute(sql, &[name.into(), (&account).into(), (&id).into()])? == 1)
        })
    }

    /// Removes a passkey; answers whether there was one.
    pub fn remove_passkey(&self, account: Uuid, id: Uuid) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "delete from passkey where account = $1 and id = $2";
            let removed = connection.execute(sql, &[(&account).into(), (&id).into()])?;
            super::factor::without_any(connection, account)?;
            Ok(removed == 1)
        })
    }
}

impl Reading<'_> {
    /// All passkeys.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn passkeys(&self) -> Result<Vec<Passkey>, Error> {
        gather(&self.held, &format!("select {COLUMNS} from passkey order by id"), &[], read)
    }
}

pub(super) fn put(connection: &Connection, passkey: &Passkey) -> Result<bool, Error> {
    let sql = format!(
        "insert into passkey ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8) \
         on conflict do nothing"
    );
    let row = [
        (&passkey.id).into(),
        (&passkey.account).into(),
        passkey.credential.as_slice().into(),
        passkey.content.as_slice().into(),
        passkey.counter.into(),
        passkey.name.as_str().into(),
        passkey.since.into(),
        passkey.used.into(),
    ];
    Ok(connection.execute(&sql, &row)? == 1)
}

fn read(row: &Row<'_>) -> Result<Passkey, Error> {
    Ok(Passkey {
        id: row.uuid(0)?,
        account: row.uuid(1)?,
        credential: row.bytes(2)?.to_vec(),
        content: row.bytes(3)?.to_vec(),
        counter: row.int(4)?,
        name: row.text(5)?.to_owned(),
        since: row.int(6)?,
        used: row.int_if_any(7)?,
    })
}
