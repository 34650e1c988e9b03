//! Where an organization's commits are reported to.

use uuid::Uuid;

use crate::accounts::gather;
use crate::db::{Connection, Row};
use crate::{Error, Reading, Store};

/// The hooks of a database.
#[derive(Clone, Copy)]
pub struct Hooks<'s> {
    store: &'s Store,
}

/// Where an organization's commits are reported to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// Its identity.
    pub id: Uuid,
    /// The organization.
    pub organization: Uuid,
    /// The address that is asked.
    pub url: String,
    /// The key that signs, sealed by the caller.
    pub secret: String,
    /// The kinds of record it is told of, as JSON; all when that is an empty list.
    pub kinds: String,
    /// Who made it: it is told of what they may see.
    pub person: Uuid,
    /// When it was made.
    pub made: i64,
    /// When it was paused.
    pub paused: Option<i64>,
}

const COLUMNS: &str = "id, organization, url, secret, kinds, person, made, paused";

impl Store {
    /// Where commits are reported to.
    pub fn hooks(&self) -> Hooks<'_> {
        Hooks { store: self }
    }
}

impl Hooks<'_> {
    /// Makes a hook.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails; so it is with all others here.
    pub fn insert(&self, hook: &Hook) -> Result<(), Error> {
        self.store.write(|connection| put(connection, hook))
    }

    /// The hooks of an organization, the oldest first.
    pub fn all(&self, organization: Uuid) -> Result<Vec<Hook>, Error> {
        let sql = format!("select {COLUMNS} from hook where organization = $1 order by made, id");
        gather(&*self.store.pool.get()?, &sql, &[(&organization).into()], read)
    }

    /// The hooks of an organization that are not paused, the oldest first.
    pub fn active(&self, organization: Uuid) -> Result<Vec<Hook>, Error> {
        let mut found = self.all(organization)?;
        found.retain(|it| it.paused.is_none());
        Ok(found)
    }

    /// A hook of an organization.
    pub fn one(&self, organization: Uuid, id: Uuid) -> Result<Option<Hook>, Error> {
        let sql = format!("select {COLUMNS} from hook where organization = $1 and id = $2");
        let values = [(&organization).into(), (&id).into()];
        self.store.pool.get()?.first(&sql, &values, read)
    }

    /// Pauses a hook, or lets it go on; answers whether there is one.
    pub fn pause(&self, organization: Uuid, id: Uuid, paused: Option<i64>) -> Result<bool, Error> {
        self.store.write(|connection| {
            let sql = "update hook set paused = $1 where organization = $2 and id = $3";
            let values = [paused.into(), (&organization).into(), (&id).into()];
            Ok(connection.execute(sql, &values)? == 1)
        })
    }

    /// Removes a hook, with what was to be sent to it; answers whether there was one.
    pub fn remove(&self, organization: Uuid, id: Uuid) -> Result<bool, Error> {
        self.store.write(|connection| {
            let values = [(&organization).into(), (&id).into()];
            let sql = "delete from outbox where organization = $1 and recipient = $2 \
                       and channel = 'hook'";
            connection.execute(sql, &values)?;
            let sql = "delete from hook where organization = $1 and id = $2";
            Ok(connection.execute(sql, &values)? == 1)
        })
    }
}

impl Reading<'_> {
    /// All hooks, by id.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn hooks(&self) -> Result<Vec<Hook>, Error> {
        self.all(&format!("select {COLUMNS} from hook order by id"), &[], read)
    }
}

/// Writes a hook.
pub(crate) fn put(connection: &Connection, hook: &Hook) -> Result<(), Error> {
    let sql = format!("insert into hook ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8)");
    let values = [
        (&hook.id).into(),
        (&hook.organization).into(),
        hook.url.as_str().into(),
        hook.secret.as_str().into(),
        hook.kinds.as_str().into(),
        (&hook.person).into(),
        hook.made.into(),
        hook.paused.into(),
    ];
    connection.execute(&sql, &values).map(drop)
}

fn read(row: &Row<'_>) -> Result<Hook, Error> {
    Ok(Hook {
        id: row.uuid(0)?,
        organization: row.uuid(1)?,
        url: row.text(2)?.to_owned(),
        secret: row.text(3)?.to_owned(),
        kinds: row.text(4)?.to_owned(),
        person: row.uuid(5)?,
        made: row.int(6)?,
        paused: row.int_if_any(7)?,
    })
}
