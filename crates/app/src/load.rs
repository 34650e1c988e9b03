//! From the store to an `Isms` in memory: as it is, or as it was after any commit.

use std::collections::HashMap;

use domain::{Isms, approvals};
use kinds::{
    Kind,
    approval::{Approval, Purpose},
};
use ledger::Edge;
use meta::{Envelope, Id};
use store::{Loaded, Reading};

use crate::{Error, apply};

/// The records of an organization as of a position (now when `None`).
pub fn isms(reading: &Reading<'_>, organization: Id, upto: Option<u64>) -> Result<Isms, Error> {
    let mut isms = Isms::default();
    reading.moments(organization, upto, |at, actor| -> Result<(), Error> {
        isms.advance(apply::moment(at, actor)?);
        Ok(())
    })?;
    reading.load(organization, upto, |row| -> Result<(), Error> {
        let (def, head) = envelope(&row, row.made.unwrap_or(row.seq))?;
        isms.put(apply::parse(def, head, row.content)?);
        Ok(())
    })?;
    reading.changes(organization, &domain::PUBLISHED, upto, |record, seq| {
        isms.changed_before(record, seq);
    })?;
    let mut publications = HashMap::<_, Vec<_>>::new();
    for record in isms.rows(Approval::ID) {
        if let Some(approval) = record.typed::<Approval>()
            && approval.purpose == Some(Purpose::Publish)
            && let (Some(subject), Some(version)) = (approval.subject, approval.version)
        {
            let decided = approvals::decided_at(record);
            publications
                .entry((subject.id(), version))
                .or_default()
                .push((decided, record.head.id));
        }
    }
    reading.editions(organization, upto, |edition, row| -> Result<(), Error> {
        let made = isms.get(edition.record).map_or(row.seq, |it| it.head.created);
        let (def, head) = envelope(&row, made)?;
        let acts = publications.get(&(edition.record, i64::from(edition.version)));
        // Of several acts about one version, that of the edition's own commit made it one.
        let made_it = acts.and_then(|it| it.iter().find(|it| it.0 == edition.seq).or(it.last()));
        if let Some((_, approval)) = made_it {
            isms.publish(apply::parse(def, head, row.content)?, *approval);
        }
        Ok(())
    })?;
    Ok(isms)
}

/// The end of a ledger, to seal the next commit on.
pub fn tail(row: &store::Ledger) -> Result<ledger::Tail, Error> {
    let edge = if row.edge.is_empty() { Edge::default() } else { Edge::from_bytes(&row.edge)? };
    Ok(ledger::Tail { organization: row.organization, at: row.at.clone(), edge })
}

fn envelope(row: &Loaded<'_>, made: u64) -> Result<(&'static meta::KindDef, Envelope), Error> {
    let def = apply::kind(row.kind)?;
    let (stage, provenance) =
        apply::stage_and_provenance(def, row.number, row.stage, row.provenance)?;
    let head = Envelope {
        id: row.record,
        number: row.number,
        version: row.version,
        content_version: row.content_version,
        stage,
        provenance,
        withdrawn: row.withdrawn,
        created: made,
        changed: row.seq,
        hash: row.hash,
        extras: None,
    };
    Ok((def, head))
}
