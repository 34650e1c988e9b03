//! Stored rows become records in memory.

use std::sync::Arc;

use domain::{Isms, Moment};
use kinds::approval::{Approval, Purpose};
use ledger::{Entry, Op, Revision};
use meta::{Envelope, Erased, Id, KindDef, Provenance, Record};

use crate::Error;

/// Takes note of a commit that somebody else made: what the writer's own commits do in memory.
pub fn commit(isms: &mut Isms, entry: &Entry, revisions: &[Revision]) -> Result<(), Error> {
    isms.advance(moment(&entry.at, &entry.actor)?);
    for revision in revisions {
        let record = record_of(isms, revision)?;
        isms.put(record);
    }
    for revision in revisions {
        publish(isms, revision.record);
        if revision.op == Op::Erase {
            isms.erase_editions(revision.record, &erased_versions(revision));
        }
    }
    Ok(())
}

/// Keeps the edition that an approval publishes, where the working copy is still that version.
pub fn publish(isms: &mut Isms, approval: Id) {
    let published = isms.typed::<Approval>(approval).and_then(|it| {
        let version = u32::try_from(it.version?).ok()?;
        (it.purpose == Some(Purpose::Publish)).then_some((it.subject?.id(), version))
    });
    if let Some((subject, version)) = published
        && let Some(record) = isms.shared(subject).filter(|it| it.head.version == version)
    {
        isms.publish(record, approval);
    }
}

/// When a commit was made, and by whom.
pub fn moment(at: &str, actor: &str) -> Result<Moment, Error> {
    let wrong = |message: String| Error::Record { record: format!("commit of {at}"), message };
    let at = at.parse().map_err(|err: jiff::Error| wrong(err.to_string()))?;
    let actor = match actor {
        "system" => None,
        id => Some(id.parse().map_err(|err: uuid::Error| wrong(err.to_string()))?),
    };
    Ok(Moment { at, actor })
}

/// The kind of a stored row.
pub fn kind(name: &str) -> Result<&'static KindDef, Error> {
    kinds::KINDS.iter().copied().find(|it| it.id == name).ok_or_else(|| {
        let message = "this program does not know the kind: use a newer one".to_owned();
        Error::Record { record: name.to_owned(), message }
    })
}

/// The place of a stored stage, and where the content came from.
pub fn stage_and_provenance(
    def: &KindDef,
    number: u32,
    stage: &str,
    provenance: &str,
) -> Result<(u8, Provenance), Error> {
    let found = def.stage(stage).zip(Provenance::from_id(provenance));
    found.ok_or_else(|| Error::Record {
        record: format!("{}-{number}", def.prefix),
        message: format!("its stage `{stage}` or provenance `{provenance}` is unknown"),
    })
}

/// Reads stored text as a record; an erased one where there is no text.
pub fn parse(
    def: &'static KindDef,
    head: Envelope,
    text: Option<&str>,
) -> Result<Arc<Record>, Error> {
    let Some(text) = text else {
        return Ok(Arc::new(Record { head, body: Erased(def) }));
    };
    let record = format!("{}-{}", def.prefix, head.number);
    (def.parse)(head, text).map_err(|err| Error::Record { record, message: err.to_string() })
}

fn record_of(isms: &Isms, revision: &Revision) -> Result<Arc<Record>, Error> {
    let def = kind(&revision.kind)?;
    let before = isms.get(revision.record);
    let (stage, provenance) =
        stage_and_provenance(def, revision.number, &revision.stage, &revision.provenance)?;
    let head = Envelope {
        id: revision.record,
        number: revision.number,
        version: revision.version,
        content_version: revision.version,
        stage,
        provenance,
        withdrawn: revision.op == Op::Withdraw,
        created: before.map_or(revision.seq, |it| it.head.created),
        changed: revision.seq,
        hash: revision.hash,
        extras: None,
    };
    let text = revision.content.as_ref().map(|it| it.text.as_str());
    if revision.op != Op::Erase {
        return parse(def, head, text);
    }
    let Some(before) = before else { return parse(def, head, None) };
    let erased = erased_versions(revision).contains(&before.head.content_version);
    if before.is_erased() || erased {
        return parse(def, head, None);
    }
    let text = domain::stored_text(before);
    let kept = Envelope {
        content_version: before.head.content_version,
        withdrawn: before.head.withdrawn,
        hash: before.head.hash,
        ..head
    };
    parse(def, kept, text.as_deref())
}

/// The versions that an erasing line names.
pub fn erased_versions(revision: &Revision) -> Vec<u32> {
    let text = revision.content.as_ref().map_or("", |it| it.text.as_str());
    let content: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let versions = content.pointer("/body/versions").and_then(serde_json::Value::as_array);
    let numbers = versions.into_iter().flatten().filter_map(serde_json::Value::as_u64);
    numbers.filter_map(|it| u32::try_from(it).ok()).collect()
}
