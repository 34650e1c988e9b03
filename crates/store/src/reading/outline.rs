//! What commits did, without contents: a commit may hold a whole register.

use ledger::{Entry, Revision};
use uuid::Uuid;

use super::Reading;
use super::row::{ENTRY, LEDGER, REVISION, read_entry, read_ledger, read_revision};
use crate::{Error, Ledger};

/// How many records of a kind a commit touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The commit.
    pub seq: u64,
    /// The kind.
    pub kind: String,
    /// How many records.
    pub count: u64,
    /// How many of them it made.
    pub made: u64,
    /// How many of them it withdrew.
    pub withdrawn: u64,
    /// How many of them it erased something of.
    pub erased: u64,
    /// The lowest number among them.
    pub number: u32,
}

impl Reading<'_> {
    /// The ledgers in which something was committed since the outbox looked at them, and those of
    /// which due dates are to be looked at by `now`.
    pub(crate) fn news(&self, now: i64) -> Result<Vec<Ledger>, Error> {
        let sql = format!(
            "select {LEDGER} from ledger where not exists (select 1 from followed f \
             where f.organization = ledger.organization and f.seq = ledger.seq and f.due > $1)"
        );
        self.all(&sql, &[now.into()], read_ledger)
    }

    /// Entries of a range of positions, oldest first, without their revisions.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn entries(&self, organization: Uuid, from: u64, to: u64) -> Result<Vec<Entry>, Error> {
        let sql = format!(
            "select {ENTRY} from entry where organization = $1 and seq >= $2 and seq <= $3 \
             order by seq"
        );
        self.all(&sql, &[(&organization).into(), from.into(), to.into()], read_entry)
    }

    /// How many records of which kinds the commits of a range touched, in the order of commits and
    /// kinds.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn tallies(&self, organization: Uuid, from: u64, to: u64) -> Result<Vec<Tally>, Error> {
        let sql = "select seq, kind, count(*), count(case when version = 1 then 1 end), \
                   count(case when op = 'withdraw' then 1 end), \
                   count(case when op = 'erase' then 1 end), min(number) from revision \
                   where organization = $1 and seq >= $2 and seq <= $3 \
                   group by seq, kind order by seq, kind";
        self.all(sql, &[(&organization).into(), from.into(), to.into()], |row| {
            Ok(Tally {
                seq: row.count(0)?,
                kind: row.text(1)?.to_owned(),
                count: row.count(2)?,
                made: row.count(3)?,
                withdrawn: row.count(4)?,
                erased: row.count(5)?,
                number: row.count(6)?,
            })
        })
    }

    /// So many revisions of one commit in the order of record, after so many others.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn lines(
        &self,
        organization: Uuid,
        seq: u64,
        after: u64,
        most: u64,
    ) -> Result<Vec<Revision>, Error> {
        let sql = format!(
            "select {REVISION} from revision where organization = $1 and seq = $2 \
             order by record limit $3 offset $4"
        );
        let parameters = [(&organization).into(), seq.into(), most.into(), after.into()];
        self.all(&sql, &parameters, read_revision)
    }
}
