//! Reading one state of the database.

use ledger::{Entry, Hash, Node, Revision, StoredCheckpoint};
use uuid::Uuid;

use self::row::{ENTRY, LEDGER, REVISION, read_entry, read_ledger, read_revision};
use crate::db::{Connection, Row, Value};
use crate::pool::Held;
use crate::{Error, FileStored, Ledger};

mod outline;
mod records;
mod row;

pub use self::outline::Tally;
pub use self::records::Loaded;

/// So many entries are held while their revisions are read.
const WINDOW: u64 = 1000;

/// Reads one state of the database, whatever is written meanwhile; drop it to let go of it.
pub struct Reading<'s> {
    pub(crate) held: Held<'s>,
}

/// The tables whose rows belong to an entry, and the column that says to which.
const NUMBERED: [(&str, &str); 5] = [
    ("entry", "seq"),
    ("revision", "seq"),
    ("record", "seq"),
    ("edition", "seq"),
    ("checkpoint", "size"),
];

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

    /// Where rows lie that no commit can have written, in words: before the first entry or behind
    /// the newest one of an organization, or of an organization that is not there.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn strays(&self, organization: Uuid, newest: u64) -> Result<Option<String>, Error> {
        for (table, column) in NUMBERED {
            let sql = format!(
                "select count(*) from {table} where organization = $1 \
                 and ({column} < 1 or {column} > $2)"
            );
            let parameters = [(&organization).into(), newest.into()];
            let found = self.held.first(&sql, &parameters, |row| row.count(0))?.unwrap_or(0);
            if found > 0 {
                return Ok(Some(format!(
                    "rows in the table `{table}` that belong to none of the entries 1 to \
                     {newest}: {found}"
                )));
            }
        }
        for table in NUMBERED.iter().map(|it| it.0).chain(["node", "file"]) {
            let sql = format!(
                "select count(*) from {table} \
                 where organization not in (select organization from ledger)"
            );
            let found = self.held.first(&sql, &[], |row| row.count(0))?.unwrap_or(0);
            if found > 0 {
                return Ok(Some(format!(
                    "rows in the table `{table}` of an organization that is not here: {found}"
                )));
            }
        }
        Ok(None)
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
