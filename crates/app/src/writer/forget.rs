//! What goes beside the ledger when a person is erased: the account they signed in with.

use kinds::person::Person;
use meta::Kind;

use super::queue::Job;
use crate::{Error, Organization};

impl Organization {
    /// Ends what erased persons signed in with; an account that belongs to no other organization
    /// goes, with its name and its address.
    pub(super) fn forget_accounts(&self, jobs: &[Job]) -> Result<(), Error> {
        let accounts = self.store.accounts();
        let operations = jobs.iter().filter_map(Job::receipt).flat_map(|it| it.change.operations());
        let erased = operations.filter(|it| !it.erased().is_empty()).map(|it| it.record());
        for person in erased.filter(|it| it.def().id == Person::ID && it.is_erased()) {
            let Some(account) = accounts.who_is(self.id, person.head.id)? else { continue };
            accounts.leave(account, self.id)?;
            if accounts.belongings(account)?.is_empty() {
                accounts.remove(account)?;
            }
        }
        Ok(())
    }
}
