//! Under which names providers of sign-in know accounts, and what their groups gave.

use uuid::Uuid;

use super::{Accounts, gather};
use crate::db::{Connection, Row};
use crate::{Error, Reading};

/// Whom a provider means by a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider's address, as it names itself.
    pub issuer: String,
    /// What the provider calls somebody; it never calls another so.
    pub subject: String,
    /// Which account that is.
    pub account: Uuid,
    /// The provider's short name here.
    pub provider: String,
    /// Since when.
    pub since: i64,
    /// When somebody last signed in so.
    pub seen: i64,
}

/// A membership that the groups of a provider gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provided {
    /// The organization.
    pub organization: Uuid,
    /// The membership's record.
    pub membership: Uuid,
    /// The account it was given for.
    pub account: Uuid,
    /// The provider's short name.
    pub provider: String,
}

const COLUMNS: &str = "issuer, subject, account, provider, since, seen";
const PROVIDED: &str = "organization, membership, account, provider";

impl Accounts<'_> {
    /// Whom a provider means by a subject.
    pub fn identity(&self, issuer: &str, subject: &str) -> Result<Option<Identity>, Error> {
        let sql = format!("select {COLUMNS} from identity where issuer = $1 and subject = $2");
        self.store.pool.get()?.first(&sql, &[issuer.into(), subject.into()], read)
    }

    /// Under which names providers know an account.
    pub fn identities(&self, account: Uuid) -> Result<Vec<Identity>, Error> {
        let sql =
            format!("select {COLUMNS} from identity where account = $1 order by provider, subject");
        gather(&*self.store.pool.get()?, &sql, &[(&account).into()], read)
    }

    /// Notes whom a provider means, or that they were seen again; answers whether that is still
    /// the same account.
    pub fn put_identity(&self, identity: &Identity) -> Result<bool, Error> {
        self.write(|connection| put(connection, identity))
    }

    /// Forgets how a provider knows an account; answers how many names that were.
    pub fn remove_identity(&self, account: Uuid, provider: &str) -> Result<u64, Error> {
        self.write(|connection| {
            let sql = "delete from identity where account = $1 and provider = $2";
            connection.execute(sql, &[(&account).into(), provider.into()])
        })
    }

    /// The memberships in an organization that a provider gave an account.
    pub fn provided(
        &self,
        organization: Uuid,
        account: Uuid,
        provider: &str,
    ) -> Result<Vec<Uuid>, Error> {
        let sql = "select membership from provided \
                   where organization = $1 and account = $2 and provider = $3 order by membership";
        let parameters = [(&organization).into(), (&account).into(), provider.into()];
        gather(&*self.store.pool.get()?, sql, &parameters, |row| row.uuid(0))
    }

    /// Notes that a provider gave a membership.
    pub fn put_provided(&self, provided: &Provided) -> Result<(), Error> {
        self.write(|connection| put_provided(connection, provided))
    }
}

impl Reading<'_> {
    /// All names that providers know accounts by.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn identities(&self) -> Result<Vec<Identity>, Error> {
        let sql = format!("select {COLUMNS} from identity order by issuer, subject");
        gather(&self.held, &sql, &[], read)
    }

    /// All memberships that providers gave.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn provided(&self) -> Result<Vec<Provided>, Error> {
        let sql = format!("select {PROVIDED} from provided order by organization, membership");
        gather(&self.held, &sql, &[], |row| {
            Ok(Provided {
                organization: row.uuid(0)?,
                membership: row.uuid(1)?,
                account: row.uuid(2)?,
                provider: row.text(3)?.to_owned(),
            })
        })
    }
}

pub(super) fn put(connection: &Connection, identity: &Identity) -> Result<bool, Error> {
    let sql = format!(
        "insert into identity ({COLUMNS}) values ($1, $2, $3, $4, $5, $6) \
         on conflict (issuer, subject) do update set \
         provider = excluded.provider, seen = excluded.seen \
         where identity.account = excluded.account"
    );
    let row = [
        identity.issuer.as_str().into(),
        identity.subject.as_str().into(),
        (&identity.account).into(),
        identity.provider.as_str().into(),
        identity.since.into(),
        identity.seen.into(),
    ];
    Ok(connection.execute(&sql, &row)? == 1)
}

pub(super) fn put_provided(connection: &Connection, provided: &Provided) -> Result<(), Error> {
    let sql = format!(
        "insert into provided ({PROVIDED}) values ($1, $2, $3, $4) \
         on conflict (organization, membership) do nothing"
    );
    let row = [
        (&provided.organization).into(),
        (&provided.membership).into(),
        (&provided.account).into(),
        provided.provider.as_str().into(),
    ];
    connection.execute(&sql, &row).map(drop)
}

fn read(row: &Row<'_>) -> Result<Identity, Error> {
    Ok(Identity {
        issuer: row.text(0)?.to_owned(),
        subject: row.text(1)?.to_owned(),
        account: row.uuid(2)?,
        provider: row.text(3)?.to_owned(),
        since: row.int(4)?,
        seen: row.int(5)?,
    })
}
