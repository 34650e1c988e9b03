//! The past of a ledger, point after point: each from the one before, so that many points cost
//! hardly more than the last.

use domain::Isms;

use crate::{Error, Organization, load};

impl Organization {
    /// The records as of each of these positions, in their order, oldest first; `each` says whether
    /// to go on. The database is free for others between two points.
    ///
    /// # Errors
    /// When the database fails, or a position lies outside the ledger.
    pub fn walk(
        &self,
        positions: impl IntoIterator<Item = u64>,
        mut each: impl FnMut(&Isms) -> bool,
    ) -> Result<(), Error> {
        let mut isms: Option<Isms> = None;
        for position in positions {
            let reading = self.store.snapshot()?;
            let mut next = match isms.take() {
                Some(it) => it,
                None => load::isms(&reading, self.id, Some(position))?,
            };
            self.catch_up(&reading, &mut next, position)?;
            drop(reading);
            if !each(&next) {
                break;
            }
            isms = Some(next);
        }
        Ok(())
    }
}
