//! Files that no commit names: somebody began to attach them and went away. They stay a day, so that
//! who is slow loses nothing.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use ledger::Hash;
use meta::Id;

use super::Turn;
use crate::{App, Error};

/// Younger files all stay: the commit that names them may be on its way.
const YOUNG: SignedDuration = SignedDuration::from_hours(24);

impl App {
    /// Removes files older than a day that no commit names. Answers how many went.
    ///
    /// # Errors
    /// When the database or the place of files fails, or another process took over.
    pub fn remove_orphans(&self, turn: &Turn<'_>) -> Result<u64, Error> {
        let young = (self.clock.now() - YOUNG).as_millisecond();
        let mut gone = 0;
        for row in self.organizations()? {
            turn.hold()?;
            let id = row.organization;
            gone += self.store.remove_unfinished(id, young)?;
            let named = self.named(id)?;
            for lying in self.store.list_files(id)? {
                if lying.at < young && !named.contains(&lying.file.sha256) {
                    turn.hold()?;
                    gone += u64::from(self.remove_orphan(id, &lying.file.sha256)?);
                }
            }
        }
        Ok(gone)
    }

    /// Nobody commits meanwhile: whoever names this file was before us, and we see it, or comes
    /// after us, and sees that it is gone.
    fn remove_orphan(&self, organization: Id, sha256: &Hash) -> Result<bool, Error> {
        let writing = self.store.begin(organization)?;
        let is_named = writing.files(organization)?.iter().any(|it| it.sha256 == *sha256);
        Ok(!is_named && self.store.remove_file(organization, sha256)?)
    }

    fn named(&self, organization: Id) -> Result<BTreeSet<Hash>, Error> {
        let files = self.store.snapshot()?.files(organization)?;
        Ok(files.into_iter().map(|it| it.sha256).collect())
    }
}
