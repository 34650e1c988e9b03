//! Sealing what was decided, and signing where the ledger then stands.

use domain::{Change, Isms, Moment};
use kinds::ledger_event::LedgerEvent;
use ledger::{Draft, DraftLine, Hashed, Sealed, Signer, StoredCheckpoint, Tail, seal};

use super::{Job, TOKEN};
use crate::{Error, Organization, clock::fresh_salt};

impl Organization {
    /// Makes a decided change the next commit. What it stores moves into it.
    pub(super) fn seal(
        &self,
        change: &mut Change,
        job: &Job,
        tail: &Tail,
    ) -> Result<Sealed, Error> {
        let note = change.note().map(|it| Hashed::new(fresh_salt(), it.to_owned()));
        let mut lines = Vec::with_capacity(change.operations().len());
        lines.extend(change.take_contents().map(|(it, content)| {
            let record = it.record();
            DraftLine {
                record: record.head.id,
                kind: record.def().id.to_owned(),
                number: record.head.number,
                version: record.head.version,
                op: it.op(),
                stage: record.stage().id.to_owned(),
                provenance: record.head.provenance.id().to_owned(),
                body_version: record.def().body_version,
                content,
            }
        }));
        let actor = job.request.actor.person();
        let actor = actor.map_or_else(|| "system".to_owned(), |it| it.to_string());
        let through = job.token.map(|it| format!("{TOKEN}{it}"));
        let via = through.unwrap_or_else(|| job.request.via.to_owned());
        let at = self.clock.now().as_millisecond();
        Ok(seal(Draft { actor, via, note, lines }, tail, at)?)
    }

    /// Who signs a batch: the key the ledger names at its end, and before it the key it rotates
    /// away from.
    pub(super) fn signers(&self, before: &Isms, after: &Isms) -> Result<Vec<Signer>, Error> {
        let (old, new) = (key_events(before).last(), key_events(after).last());
        let Some(new) = new else {
            return Err(Error::NoKey { path: self.keys.path(self.id) });
        };
        let key = |it: &LedgerEvent| it.key.clone().unwrap_or_default();
        let mut signers = vec![self.keys.signer(self.id, &key(new))?];
        if let Some(old) = old.filter(|it| key(it) != key(new))
            && new.event.as_deref() == Some("rotate")
        {
            signers.insert(0, self.keys.signer(self.id, &key(old))?);
        }
        Ok(signers)
    }
}

/// The events that name a signing key, oldest first.
pub(crate) fn key_events(isms: &Isms) -> impl Iterator<Item = &LedgerEvent> {
    isms.all::<LedgerEvent>().map(|(_, it)| it).filter(|it| it.key.is_some())
}

/// Signs where a ledger stands.
pub(super) fn sign(
    tail: &Tail,
    origin: &str,
    signers: &[&Signer],
) -> Result<StoredCheckpoint, Error> {
    let note = tail.checkpoint(origin).sign(signers)?;
    Ok(StoredCheckpoint { size: tail.seq(), note })
}

/// The records after a commit.
pub(super) fn after(change: &Change, commit: &Sealed) -> Result<Isms, Error> {
    let mut isms = change.after().clone();
    let entry = commit.entry();
    let Moment { at, actor } = crate::apply::moment(&entry.at, &entry.actor)?;
    isms.advance(Moment { at, actor });
    Ok(isms)
}
