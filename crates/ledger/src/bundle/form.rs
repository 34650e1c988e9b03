//! One line of a bundle as JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::bundle::{Counts, Header, Item};
use crate::hash::{decode, decode_array, encode};
use crate::{Entry, Op, Revision, Salted, StoredCheckpoint};

/// A line: an object with one field, named as the variant.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LineForm {
    MunimentBundle(Header),
    Entry(EntryForm),
    Revision(Box<RevisionForm>),
    Hidden(String),
    Checkpoint(CheckpointForm),
    File(FileForm),
    Chunk(String),
    Extra(ExtraForm),
    End(Counts),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryForm {
    seq: u64,
    at: String,
    actor: String,
    via: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<SaltedForm>,
    count: u32,
    root: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RevisionForm {
    seq: u64,
    record: Uuid,
    kind: String,
    number: u32,
    version: u32,
    op: String,
    stage: String,
    provenance: String,
    body_version: u32,
    hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<SaltedForm>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SaltedForm {
    salt: String,
    text: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckpointForm {
    size: u64,
    note: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileForm {
    sha256: String,
    size: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExtraForm {
    name: String,
    row: Value,
}

impl From<&Item> for LineForm {
    fn from(item: &Item) -> Self {
        match item {
            Item::Entry(entry) => Self::Entry(entry.into()),
            Item::Revision(revision) => Self::Revision(Box::new((&**revision).into())),
            Item::Hidden(hash) => Self::Hidden(encode(hash)),
            Item::Checkpoint(StoredCheckpoint { size, note }) => {
                Self::Checkpoint(CheckpointForm { size: *size, note: note.clone() })
            }
            Item::File { hash, size } => Self::File(FileForm { sha256: encode(hash), size: *size }),
            Item::Chunk(bytes) => Self::Chunk(STANDARD.encode(bytes)),
            Item::Extra { name, row } => {
                Self::Extra(ExtraForm { name: name.clone(), row: row.clone() })
            }
        }
    }
}

impl LineForm {
    /// The item; header and end are none.
    pub(super) fn into_item(self) -> Result<Item, String> {
        let hash = |text: &str| decode(text).map_err(|error| error.to_string());
        Ok(match self {
            Self::MunimentBundle(_) => return Err("a second header".to_owned()),
            Self::End(_) => return Err("an early end".to_owned()),
            Self::Entry(form) => Item::Entry(form.into_entry()?),
            Self::Revision(form) => Item::Revision(Box::new(form.into_revision()?)),
            Self::Hidden(text) => Item::Hidden(hash(&text)?),
            Self::Checkpoint(CheckpointForm { size, note }) => {
                Item::Checkpoint(StoredCheckpoint { size, note })
            }
            Self::File(FileForm { sha256, size }) => Item::File { hash: hash(&sha256)?, size },
            Self::Chunk(text) => Item::Chunk(
                STANDARD.decode(text).map_err(|_| "a chunk that is not base64".to_owned())?,
            ),
            Self::Extra(ExtraForm { name, row }) => Item::Extra { name, row },
        })
    }
}

impl From<&Entry> for EntryForm {
    fn from(entry: &Entry) -> Self {
        Self {
            seq: entry.seq,
            at: entry.at.clone(),
            actor: entry.actor.clone(),
            via: entry.via.clone(),
            note_hash: entry.note_hash.as_ref().map(encode),
            note: entry.note.as_ref().map(SaltedForm::from),
            count: entry.count,
            root: encode(&entry.root),
        }
    }
}

impl EntryForm {
    fn into_entry(self) -> Result<Entry, String> {
        let hash = |text: &str| decode(text).map_err(|error| error.to_string());
        Ok(Entry {
            seq: self.seq,
            at: self.at,
            actor: self.actor,
            via: self.via,
            note_hash: self.note_hash.as_deref().map(hash).transpose()?,
            note: self.note.map(SaltedForm::into_salted).transpose()?,
            count: self.count,
            root: hash(&self.root)?,
        })
    }
}

impl From<&Revision> for RevisionForm {
    fn from(revision: &Revision) -> Self {
        Self {
            seq: revision.seq,
            record: revision.record,
            kind: revision.kind.clone(),
            number: revision.number,
            version: revision.version,
            op: revision.op.as_str().to_owned(),
            stage: revision.stage.clone(),
            provenance: revision.provenance.clone(),
            body_version: revision.body_version,
            hash: encode(&revision.hash),
            content: revision.content.as_ref().map(SaltedForm::from),
        }
    }
}

impl RevisionForm {
    fn into_revision(self) -> Result<Revision, String> {
        Ok(Revision {
            seq: self.seq,
            record: self.record,
            kind: self.kind,
            number: self.number,
            version: self.version,
            op: Op::parse(&self.op)
                .ok_or_else(|| "an `op` that is not put, withdraw or erase".to_owned())?,
            stage: self.stage,
            provenance: self.provenance,
            body_version: self.body_version,
            hash: decode(&self.hash).map_err(|error| error.to_string())?,
            content: self.content.map(SaltedForm::into_salted).transpose()?,
        })
    }
}

impl From<&Salted> for SaltedForm {
    fn from(salted: &Salted) -> Self {
        Self { salt: STANDARD.encode(salted.salt), text: salted.text.clone() }
    }
}

impl SaltedForm {
    fn into_salted(self) -> Result<Salted, String> {
        let salt = decode_array(&self.salt)
            .ok_or_else(|| "a salt that is not 16 bytes of base64".to_owned())?;
        Ok(Salted { salt, text: self.text })
    }
}
