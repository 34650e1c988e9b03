//! Which person of an organization an account is.

use jiff::Timestamp;
use meta::Id;
use store::accounts as rows;

use super::{Account, Accounts, account, time};
use crate::Error;

/// An account is this person of this organization. What they may do there, a membership in its
/// ledger says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Belonging {
    /// The account.
    pub account: Id,
    /// The organization.
    pub organization: Id,
    /// The person's record.
    pub person: Id,
    /// Since when.
    pub since: Timestamp,
}

impl Accounts<'_> {
    /// Makes an account belong to an organization as one of its persons, or as another one than
    /// before.
    ///
    /// # Errors
    /// [`Error::PersonTaken`], and [`Error::Wrong`] when there is no such account.
    pub fn belong(&self, account: Id, organization: Id, person: Id) -> Result<(), Error> {
        self.row(account)?;
        self.app.store.tail(organization)?;
        let row = rows::Belonging { account, organization, person, since: self.now() };
        self.rows().belong(&row)?.then_some(()).ok_or(Error::PersonTaken)
    }

    /// Ends a belonging; answers whether there was one. Sessions go on, for other organizations.
    pub fn leave(&self, account: Id, organization: Id) -> Result<bool, Error> {
        Ok(self.rows().leave(account, organization)?)
    }

    /// The organizations an account belongs to.
    pub fn belongings(&self, account: Id) -> Result<Vec<Belonging>, Error> {
        Ok(self.rows().belongings(account)?.into_iter().map(belonging).collect())
    }

    /// Whom an account is in an organization; `None` when it does not belong to it. Quick enough to
    /// ask for every request.
    pub fn person(&self, account: Id, organization: Id) -> Result<Option<Id>, Error> {
        Ok(self.rows().person(account, organization)?)
    }

    /// Which account a person of an organization has.
    pub fn who_is(&self, organization: Id, person: Id) -> Result<Option<Account>, Error> {
        match self.rows().who_is(organization, person)? {
            Some(id) => self.by_id(id),
            None => Ok(None),
        }
    }

    /// The accounts that belong to an organization, and whom they are in it, by name.
    pub fn members(&self, organization: Id) -> Result<Vec<(Account, Belonging)>, Error> {
        let mut members = Vec::new();
        for row in self.rows().members(organization)? {
            if let Some(found) = self.rows().by_id(row.account)? {
                members.push((account(found), belonging(row)));
            }
        }
        members.sort_by(|a, b| (&a.0.name, &a.0.email).cmp(&(&b.0.name, &b.0.email)));
        Ok(members)
    }
}

fn belonging(row: rows::Belonging) -> Belonging {
    let rows::Belonging { account, organization, person, since } = row;
    Belonging { account, organization, person, since: time(since) }
}
