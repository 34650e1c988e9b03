//! Records: as they are loaded, their published versions, their whole histories.

use std::collections::BTreeMap;

use ledger::verify::Pointer;
use ledger::{Hash, Op, Revision};
use uuid::Uuid;

use super::Reading;
use super::row::{CONTENT, REVISION, read_loaded, read_op, read_revision};
use crate::db::{Row, Value};
use crate::{Edition, Error};

/// The commit of a record's first version: most records have but one.
const MADE: &str = "case when r.version = 1 then r.seq else (select f.seq from revision f \
                    where f.organization = d.organization and f.record = d.id \
                    and f.version = 1) end";

/// A record as it is loaded: its newest line, and the newest content it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loaded<'a> {
    /// The record.
    pub record: Uuid,
    /// Its kind.
    pub kind: &'a str,
    /// Its number within its kind.
    pub number: u32,
    /// Its newest version, which may have erased earlier ones.
    pub version: u32,
    /// The commit of its newest version.
    pub seq: u64,
    /// The commit of its first version, where it was asked for.
    pub made: Option<u64>,
    /// Its stage after its newest version.
    pub stage: &'a str,
    /// Whether it is withdrawn.
    pub withdrawn: bool,
    /// The version that holds the content.
    pub content_version: u32,
    /// Where the content comes from.
    pub provenance: &'a str,
    /// The version of the kind's body format that the content has.
    pub body_version: u32,
    /// The hash of salt and content, as in the change line.
    pub hash: Hash,
    /// Canonical JSON of `{body, extras}`; absent once erased.
    pub content: Option<&'a str>,
}

impl Reading<'_> {
    /// Hands every record to `each`, in order of id: as it is now, or as it was after the entry
    /// `upto`. What was erased since is erased there too.
    ///
    /// # Errors
    /// Whatever `each` answers.
    pub fn load<E: From<Error>>(
        &self,
        organization: Uuid,
        upto: Option<u64>,
        mut each: impl FnMut(Loaded<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let below_erasure = self.contents_below_erasure(organization, upto)?;
        let id = Value::from(&organization);
        let read = |row: &Row<'_>| -> Result<(), E> {
            let newest = Loaded { made: Some(row.count(11)?), ..read_loaded(row)? };
            if read_op(row, 6)? != Op::Erase {
                return each(newest);
            }
            let Some(content) = below_erasure.get(&newest.record) else {
                return Err(row.corrupt(1, "a version after one with a content").into());
            };
            let text = content.content.as_ref().map(|it| it.text.as_str());
            each(Loaded {
                withdrawn: content.op == Op::Withdraw,
                content_version: content.version,
                provenance: &content.provenance,
                body_version: content.body_version,
                hash: content.hash,
                content: text,
                ..newest
            })
        };
        match upto {
            None => {
                let sql = format!(
                    "select {CONTENT}, {MADE} from record d join revision r \
                     on r.organization = d.organization and r.record = d.id \
                     and r.version = d.version where d.organization = $1 order by d.id"
                );
                self.held.query(&sql, &[id], read)
            }
            Some(upto) => {
                // The plus keeps SQLite from walking all commits up to there for every record.
                let sql = format!(
                    "select {CONTENT}, {MADE} from record d join revision r \
                     on r.organization = d.organization and r.record = d.id \
                     and r.version = (select v.version from revision v \
                     where v.organization = d.organization and v.record = d.id \
                     and +v.seq <= $1 order by v.version desc limit 1) where d.organization = $2 order by d.id"
                );
                self.held.query(&sql, &[upto.into(), id], read)
            }
        }
    }

    /// Hands every published version with its content to `each`, in order of record and version.
    ///
    /// # Errors
    /// Whatever `each` answers.
    pub fn editions<E: From<Error>>(
        &self,
        organization: Uuid,
        upto: Option<u64>,
        mut each: impl FnMut(Edition, Loaded<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = format!(
            "select {CONTENT}, d.seq from edition d join revision r \
             on r.organization = d.organization and r.record = d.record \
             and r.version = d.version where d.organization = $1 and d.seq <= $2 \
             order by d.record, d.version"
        );
        let upto = upto.unwrap_or(u64::MAX);
        self.held.query(&sql, &[(&organization).into(), upto.into()], |row| {
            let loaded = read_loaded(row)?;
            let (record, version) = (loaded.record, loaded.version);
            each(Edition { record, version, seq: row.count(11)? }, loaded)
        })
    }

    /// All versions of a record, oldest first; none when there is no such record.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn revisions(&self, organization: Uuid, record: Uuid) -> Result<Vec<Revision>, Error> {
        let sql = format!(
            "select {REVISION} from revision where organization = $1 and record = $2 \
             order by version"
        );
        self.all(&sql, &[(&organization).into(), (&record).into()], read_revision)
    }

    /// Hands the commit of every version of the records of these kinds to `each`, by record.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn changes(
        &self,
        organization: Uuid,
        kinds: &[&str],
        upto: Option<u64>,
        mut each: impl FnMut(Uuid, u64),
    ) -> Result<(), Error> {
        let sql = "select r.record, r.seq from record d join revision r \
                   on r.organization = d.organization and r.record = d.id \
                   where d.organization = $1 and d.kind = $2 and r.seq <= $3 order by r.record";
        for kind in kinds {
            let upto = upto.unwrap_or(u64::MAX);
            self.held.query(
                sql,
                &[(&organization).into(), (*kind).into(), upto.into()],
                |row| {
                    each(row.uuid(0)?, row.count(1)?);
                    Ok::<(), Error>(())
                },
            )?;
        }
        Ok(())
    }

    /// The pointers from records to their newest revisions, by record.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn pointers(&self, organization: Uuid) -> Result<Vec<Pointer>, Error> {
        let sql = "select id, kind, number, version, seq from record where organization = $1 \
                   order by id";
        self.all(sql, &[(&organization).into()], |row| {
            Ok(Pointer {
                record: row.uuid(0)?,
                kind: row.text(1)?.to_owned(),
                number: row.count(2)?,
                version: row.count(3)?,
                seq: row.count(4)?,
            })
        })
    }

    /// For every record whose newest line erases: the newest line before that has a content.
    fn contents_below_erasure(
        &self,
        organization: Uuid,
        upto: Option<u64>,
    ) -> Result<BTreeMap<Uuid, Revision>, Error> {
        let upto = upto.unwrap_or(u64::MAX);
        let sql = format!(
            "select {REVISION} from revision r where r.organization = $1 \
             and r.record in (select e.record from revision e \
             where e.organization = $1 and e.op = 'erase' and +e.seq <= $2) \
             and r.version = (select v.version from revision v \
             where v.organization = $1 and v.record = r.record and +v.seq <= $2 \
             and v.op <> 'erase' order by v.version desc limit 1)"
        );
        let found = self.all(&sql, &[(&organization).into(), upto.into()], read_revision)?;
        Ok(found.into_iter().map(|revision| (revision.record, revision)).collect())
    }
}
