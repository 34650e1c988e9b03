//! What somebody has set for themselves.

use uuid::Uuid;

use super::{Accounts, gather};
use crate::db::{Connection, Row, Value};
use crate::{Error, Reading};

/// Something that somebody has set for themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    /// Whose it is.
    pub account: Uuid,
    /// Where it holds; in all organizations when absent.
    pub organization: Option<Uuid>,
    /// What it is called.
    pub name: String,
    /// Its value, as JSON.
    pub content: String,
}

const COLUMNS: &str = "account, organization, name, content";

impl Accounts<'_> {
    /// What somebody has set under this name.
    pub fn preference(
        &self,
        account: Uuid,
        organization: Option<Uuid>,
        name: &str,
    ) -> Result<Option<String>, Error> {
        let sql = "select content from preference \
                   where account = $1 and organization = $2 and name = $3";
        let parameters = [(&account).into(), place(&organization), name.into()];
        let held = self.store.pool.get()?;
        held.first(sql, &parameters, |row| row.text(0).map(str::to_owned))
    }

    /// All that somebody has set in one place, by name.
    pub fn preferences(
        &self,
        account: Uuid,
        organization: Option<Uuid>,
    ) -> Result<Vec<Preference>, Error> {
        let sql =
            format!("select {COLUMNS} from preference where account = $1 and organization = $2");
        let parameters = [(&account).into(), place(&organization)];
        let mut found = gather(&*self.store.pool.get()?, &sql, &parameters, read)?;
        found.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    /// Sets something, in place of what was there.
    pub fn set_preference(&self, preference: &Preference) -> Result<(), Error> {
        self.write(|connection| put(connection, preference))
    }

    /// Removes something; answers whether it was there.
    pub fn remove_preference(
        &self,
        account: Uuid,
        organization: Option<Uuid>,
        name: &str,
    ) -> Result<bool, Error> {
        self.write(|connection| {
            let sql = "delete from preference \
                       where account = $1 and organization = $2 and name = $3";
            let parameters = [(&account).into(), place(&organization), name.into()];
            Ok(connection.execute(sql, &parameters)? == 1)
        })
    }
}

impl Reading<'_> {
    /// What everybody has set.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn preferences(&self) -> Result<Vec<Preference>, Error> {
        let sql = format!("select {COLUMNS} from preference order by account, organization, name");
        gather(&self.held, &sql, &[], read)
    }
}

pub(super) fn put(connection: &Connection, preference: &Preference) -> Result<(), Error> {
    let sql = format!(
        "insert into preference ({COLUMNS}) values ($1, $2, $3, $4) \
         on conflict (account, organization, name) do update set content = excluded.content"
    );
    let row = [
        (&preference.account).into(),
        place(&preference.organization),
        preference.name.as_str().into(),
        preference.content.as_str().into(),
    ];
    connection.execute(&sql, &row).map(drop)
}

/// A key cannot be null, so no organization is no bytes.
fn place(organization: &Option<Uuid>) -> Value<'_> {
    organization.as_ref().map_or(Value::Bytes(&[]), Value::from)
}

fn read(row: &Row<'_>) -> Result<Preference, Error> {
    let organization = if row.bytes(1)?.is_empty() { None } else { Some(row.uuid(1)?) };
    Ok(Preference {
        account: row.uuid(0)?,
        organization,
        name: row.text(2)?.to_owned(),
        content: row.text(3)?.to_owned(),
    })
}
