//! Reading one state of the database.

use std::collections::BTreeMap;

use ledger::verify::Pointer;
use ledger::{Entry, Hash, Node, Op, Revision, StoredCheckpoint};
use uuid::Uuid;

use self::row::{CONTENT, ENTRY, LEDGER, REVISION};
use self::row::{read_entry, read_ledger, read_loaded, read_op, read_revision};
use crate::db::{Connection, Row, Value};
use crate::pool::Held;
use crate::{Edition, Error, FileStored, Ledger};

mod outline;
mod row;

pub use self::outline::Tally;

/// So many entries are held while their revisions are read.
const WINDOW: u64 = 1000;

/// The commit of a record's first version: most records have but one.
const MADE: &str = "case when r.version = 1 then r.seq else (select f.seq from revision f \
                    where f.organization = d.organization and f.record = d.id \
                    and f.version = 1) end";

/// Reads one state of the database, whatever is written meanwhile; drop it to let go of it.
pub struct Reading<'s> {
    pub(crate) held: Held<'s>,
}

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

impl<'s> Reading<'s> {
    pub(crate) fn new(held: Held<'s>) -> Self {
        Self { held }
    }

    /// The organizations and where their ledgers stand, by short name.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails; so do all other readers.
    pub fn organizations(&self) -> Result<Vec<Ledger>, Error> {
        let mut found = self.all(&format!("select {LEDGER} from ledger"), &[], read_ledger)?;
        found.sort_unstable_by(|a, b| a.slug.cmp(&b.slug));
        Ok(found)
    }

    /// The ledger of the organization with this short name, if there is one.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn by_slug(&self, slug: &str) -> Result<Option<Ledger>, Error> {
        let sql = format!("select {LEDGER} from ledger where slug = $1");
        self.held.first(&sql, &[slug.into()], read_ledger)
    }

    /// Where an organization's ledger stands.
    ///
    /// # Errors
    /// [`Error::NoOrganization`] when there is none.
    pub fn tail(&self, organization: Uuid) -> Result<Ledger, Error> {
        let sql = format!("select {LEDGER} from ledger where organization = $1");
        self.held
            .first(&sql, &[(&organization).into()], read_ledger)?
            .ok_or_else(|| no_organization(&self.held, organization))
    }

    /// The position of an organization's newest entry.
    ///
    /// # Errors
    /// [`Error::NoOrganization`] when there is none.
    pub fn seq(&self, organization: Uuid) -> Result<u64, Error> {
        let sql = "select seq from ledger where organization = $1";
        self.held
            .first(sql, &[(&organization).into()], |row| row.count(0))?
            .ok_or_else(|| no_organization(&self.held, organization))
    }

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

    /// Hands the time and the actor of every entry up to `upto` to `each`, oldest first.
    ///
    /// # Errors
    /// Whatever `each` answers.
    pub fn moments<E: From<Error>>(
        &self,
        organization: Uuid,
        upto: Option<u64>,
        mut each: impl FnMut(&str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "select at, actor from entry where organization = $1 and seq <= $2 order by seq";
        let upto = upto.unwrap_or(u64::MAX);
        self.held.query(sql, &[(&organization).into(), upto.into()], |row| {
            each(row.text(0)?, row.text(1)?)
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

    /// The entry at a position, if there is one.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn entry(&self, organization: Uuid, seq: u64) -> Result<Option<Entry>, Error> {
        let sql = format!("select {ENTRY} from entry where organization = $1 and seq = $2");
        self.held.first(&sql, &[(&organization).into(), seq.into()], read_entry)
    }

    /// The position of the newest entry that is not later than `at` (RFC 3339 UTC in
    /// milliseconds); 0 when all are later.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn seq_at(&self, organization: Uuid, at: &str) -> Result<u64, Error> {
        // Times never run backwards, so halving the ledger finds it without an index.
        let (mut low, mut high) = (0, self.seq(organization)?);
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            match self.entry(organization, middle)? {
                Some(entry) if entry.at.as_str() <= at => low = middle,
                _ => high = middle - 1,
            }
        }
        Ok(low)
    }

    /// Hands the entries from one position to another, both included, with their revisions in
    /// order of record, to `each`, oldest first.
    ///
    /// # Errors
    /// Whatever `each` answers; [`Error::Corrupt`] when a revision has no entry.
    pub fn commits<E: From<Error>>(
        &self,
        organization: Uuid,
        from: u64,
        to: u64,
        mut each: impl FnMut(Entry, Vec<Revision>) -> Result<(), E>,
    ) -> Result<(), E> {
        let entries = format!(
            "select {ENTRY} from entry where organization = $1 and seq >= $2 and seq <= $3 \
             order by seq limit {WINDOW}"
        );
        let revisions = format!(
            "select {REVISION} from revision where organization = $1 and seq >= $2 \
             and seq <= $3 order by seq, record"
        );
        let id = Value::from(&organization);
        let mut from = from;
        while from <= to {
            let window = self.all(&entries, &[id, from.into(), to.into()], read_entry)?;
            let is_last = (window.len() as u64) < WINDOW;
            let until = if is_last { to } else { window.last().map_or(to, |entry| entry.seq) };
            let mut left = window.into_iter();
            let mut open: Option<(Entry, Vec<Revision>)> = None;
            self.held.query::<E>(&revisions, &[id, from.into(), until.into()], |row| {
                let revision = read_revision(row)?;
                while open.as_ref().is_none_or(|(entry, _)| entry.seq < revision.seq) {
                    if let Some((entry, lines)) = open.take() {
                        each(entry, lines)?;
                    }
                    open = left.next().map(|entry| {
                        let count = (entry.count as usize).min(1 << 20);
                        (entry, Vec::with_capacity(count))
                    });
                    if open.is_none() {
                        break;
                    }
                }
                match &mut open {
                    Some((entry, lines)) if entry.seq == revision.seq => lines.push(revision),
                    _ => return Err(row.corrupt(2, "the position of an entry").into()),
                }
                Ok(())
            })?;
            if let Some((entry, lines)) = open {
                each(entry, lines)?;
            }
            for entry in left {
                each(entry, Vec::new())?;
            }
            if is_last {
                break;
            }
            from = until + 1;
        }
        Ok(())
    }

    /// All checkpoints, smallest first.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn checkpoints(&self, organization: Uuid) -> Result<Vec<StoredCheckpoint>, Error> {
        let sql = "select size, note from checkpoint where organization = $1 order by size";
        self.all(sql, &[(&organization).into()], |row| {
            Ok(StoredCheckpoint { size: row.count(0)?, note: row.text(1)?.to_owned() })
        })
    }

    /// The newest checkpoint, if there is one.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn checkpoint(&self, organization: Uuid) -> Result<Option<StoredCheckpoint>, Error> {
        let sql = "select size, note from checkpoint where organization = $1 \
                   order by size desc limit 1";
        self.held.first(sql, &[(&organization).into()], |row| {
            Ok(StoredCheckpoint { size: row.count(0)?, note: row.text(1)?.to_owned() })
        })
    }

    /// The sizes that are signed, each with the time of its newest entry, smallest first.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn signed(&self, organization: Uuid) -> Result<Vec<(u64, String)>, Error> {
        let sql = "select c.size, e.at from checkpoint c join entry e \
                   on e.organization = c.organization and e.seq = c.size \
                   where c.organization = $1 order by c.size";
        self.all(sql, &[(&organization).into()], |row| Ok((row.count(0)?, row.text(1)?.to_owned())))
    }

    /// The positions of what the ledger says about itself: its beginning, its keys.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn events(&self, organization: Uuid) -> Result<Vec<u64>, Error> {
        let sql = "select seq from record where organization = $1 and kind = $2 order by seq";
        let kind = ledger::EVENT_KIND.into();
        self.all(sql, &[(&organization).into(), kind], |row| row.count(0))
    }

    /// All nodes of the tree, by level and index.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn nodes(&self, organization: Uuid) -> Result<Vec<Node>, Error> {
        let sql = "select level, place, hash from node where organization = $1 \
                   order by level, place";
        self.all(sql, &[(&organization).into()], |row| {
            Ok(Node { level: row.count(0)?, index: row.count(1)?, hash: row.hash(2)? })
        })
    }

    /// The hash of one node of the tree, for a proof.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn node(&self, organization: Uuid, level: u8, index: u64) -> Result<Option<Hash>, Error> {
        let sql = "select hash from node where organization = $1 and level = $2 and place = $3";
        let at = [(&organization).into(), u32::from(level).into(), index.into()];
        self.held.first(sql, &at, |row| row.hash(0))
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

    /// The files that commits name, by hash.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn files(&self, organization: Uuid) -> Result<Vec<FileStored>, Error> {
        let sql = "select sha256, size from file where organization = $1 order by sha256";
        self.all(sql, &[(&organization).into()], |row| {
            Ok(FileStored { sha256: row.hash(0)?, size: row.count(1)? })
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

    pub(crate) fn all<T>(
        &self,
        sql: &str,
        parameters: &[Value<'_>],
        read: impl Fn(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        self.held.query(sql, parameters, |row| {
            all.push(read(row)?);
            Ok::<_, Error>(())
        })?;
        Ok(all)
    }
}

pub(crate) fn no_organization(connection: &Connection, organization: Uuid) -> Error {
    Error::NoOrganization { at: connection.at().to_owned(), organization }
}
