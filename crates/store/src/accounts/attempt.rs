//! Failures to sign in, counted for each account and each network address.

use ledger::Hash;

use super::Accounts;
use crate::Error;

/// How often somebody failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attempt {
    /// How often, since it last went well.
    pub failures: u32,
    /// When it was last tried.
    pub latest: i64,
    /// Nothing is tried before.
    pub until: i64,
}

/// What the next attempt does to the count: from the count before, and nothing when it must wait.
pub type Judge<'a> = &'a dyn Fn(Attempt) -> Option<Attempt>;

impl Accounts<'_> {
    /// Counts one attempt against every subject as if it failed, before it is made, so that nobody
    /// gets more of them by making many at once. When one has to wait nothing is counted, and the
    /// answer is the latest time until which anything waits.
    pub fn attempt(&self, subjects: &[(Hash, Judge<'_>)]) -> Result<Option<i64>, Error> {
        self.write(|connection| {
            let (mut waits, mut counted) = (None, Vec::new());
            for (subject, judge) in subjects {
                connection.execute(
                    "insert into attempt (subject, failures, latest, until) \
                     values ($1, 0, 0, 0) on conflict do nothing",
                    &[subject.into()],
                )?;
                let lock = if connection.is_sqlite() { "" } else { " for update" };
                let sql =
                    format!("select failures, latest, until from attempt where subject = $1{lock}");
                let before = connection.first(&sql, &[subject.into()], |row| {
                    Ok(Attempt { failures: row.count(0)?, latest: row.int(1)?, until: row.int(2)? })
                })?;
                let before = before.unwrap_or_default();
                match judge(before) {
                    Some(after) => counted.push((subject, after)),
                    None => waits = waits.max(Some(before.until)),
                }
            }
            if waits.is_some() {
                return Ok(waits);
            }
            for (subject, after) in counted {
                connection.execute(
                    "update attempt set failures = $1, latest = $2, until = $3 where subject = $4",
                    &[
                        after.failures.into(),
                        after.latest.into(),
                        after.until.into(),
                        subject.into(),
                    ],
                )?;
            }
            Ok(None)
        })
    }

    /// Forgets the failures of one subject, and takes one back from another: it went well.
    pub fn forgive(&self, subject: &Hash, other: Option<&Hash>) -> Result<(), Error> {
        self.write(|connection| {
            connection.execute("delete from attempt where subject = $1", &[subject.into()])?;
            if let Some(other) = other {
                connection.execute(
                    "update attempt set failures = failures - 1, until = 0 \
                     where subject = $1 and failures > 0",
                    &[other.into()],
                )?;
            }
            Ok(())
        })
    }
}
