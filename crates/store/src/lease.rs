//! Leases: what only one process of an installation does at a time.
//!
//! All times are those of the database: clocks of nodes may differ. A lease has a new holder each
//! time it is taken, so that a process that was paused for longer than its lease cannot renew it,
//! nor mark as done what another took over: every such write names the holder.

use std::time::Duration;

use uuid::Uuid;

use crate::db::{Connection, Mode, Value};
use crate::{Error, Reading, Store};

/// A lease that this process has taken; it ends by itself when it is not renewed.
pub struct Lease<'s> {
    store: &'s Store,
    name: String,
    holder: Uuid,
}

/// What came of asking for a lease.
pub enum Asked<'s> {
    /// It is ours.
    Taken(Lease<'s>),
    /// It is worth asking again after so long: somebody else holds it, or it was done already.
    Later(Duration),
}

/// How it stands with something that is done again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    /// Its name.
    pub name: String,
    /// Until when a process holds it, in milliseconds since 1970 by the clock of the database.
    pub until: i64,
    /// When it was last done, in the same measure; 0 for never.
    pub done: i64,
    /// When it last failed, if it was not done since.
    pub failed: Option<i64>,
    /// Why it failed.
    pub fault: Option<String>,
}

impl Store {
    /// The time by the clock of the database, in milliseconds since 1970.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails; so do all of these.
    pub fn now(&self) -> Result<i64, Error> {
        now(&*self.pool.get()?)
    }

    /// Takes the lease `name` for `life`, unless another process holds it, or what it stands for
    /// was done less than `every` ago. `holder` must be new each time.
    pub fn lease(
        &self,
        name: &str,
        holder: Uuid,
        every: Duration,
        life: Duration,
    ) -> Result<Asked<'_>, Error> {
        if let Some(later) = self.later(name, every)? {
            return Ok(Asked::Later(later));
        }
        let taken = self.leasing(|connection| {
            let now = clock(connection);
            let sql = format!(
                "insert into lease (name, holder, until, done) values ($1, $2, {now} + $3, 0) \
                 on conflict (name) do update set holder = excluded.holder, \
                 until = excluded.until \
                 where lease.until <= {now} and lease.done + $4 <= {now}"
            );
            let (life, every) = (milliseconds(life), milliseconds(every));
            connection.execute(&sql, &[name.into(), (&holder).into(), life.into(), every.into()])
        })?;
        if taken == 1 {
            return Ok(Asked::Taken(Lease { store: self, name: name.to_owned(), holder }));
        }
        Ok(Asked::Later(self.later(name, every)?.unwrap_or(life)))
    }

    /// How it stands with everything that is done again and again, by name.
    pub fn leases(&self) -> Result<Vec<Leased>, Error> {
        let sql = "select name, until, done, failed, fault from lease order by name";
        Reading::new(self.pool.get()?).all(sql, &[], |row| {
            Ok(Leased {
                name: row.text(0)?.to_owned(),
                until: row.int(1)?,
                done: row.int(2)?,
                failed: row.int_if_any(3)?,
                fault: row.text_if_any(4)?.map(str::to_owned),
            })
        })
    }

    /// How long it is of no use to ask for a lease.
    fn later(&self, name: &str, every: Duration) -> Result<Option<Duration>, Error> {
        let held = self.pool.get()?;
        let sql = format!("select until, done, {} from lease where name = $1", clock(&held));
        let found = held.first(&sql, &[name.into()], |row| {
            let due = row.int(1)?.saturating_add(milliseconds(every));
            Ok(row.int(0)?.max(due).saturating_sub(row.int(2)?))
        })?;
        let left = found.and_then(|it| u64::try_from(it).ok()).filter(|it| *it > 0);
        Ok(left.map(Duration::from_millis))
    }

    fn leasing<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        let _turn = self.turn();
        let held = self.pool.begin(Mode::Write)?;
        let done = work(&held)?;
        held.commit(0)?;
        Ok(done)
    }
}

impl Lease<'_> {
    /// Holds it for `life` from now on; answers whether it is still ours.
    pub fn renew(&self, life: Duration) -> Result<bool, Error> {
        self.set("until = {now} + $1", &[milliseconds(life).into()])
    }

    /// Marks what it stands for as done and lets go of it; answers whether it was still ours.
    pub fn done(self) -> Result<bool, Error> {
        self.set("done = {now}, until = {now}, failed = null, fault = null", &[])
    }

    /// Notes a failure and lets nobody try again before `pause` has passed; answers whether it was
    /// still ours.
    pub fn failed(self, fault: &str, pause: Duration) -> Result<bool, Error> {
        let set = "failed = {now}, fault = $1, until = {now} + $2";
        self.set(set, &[fault.into(), milliseconds(pause).into()])
    }

    /// Lets go of it, with nothing done.
    pub fn give_back(self) -> Result<bool, Error> {
        self.set("until = {now}", &[])
    }

    /// Does something in one transaction, if the lease is still ours then: what a process that was
    /// paused believes to hold is refused. `None` when it was lost; nothing is written then.
    pub fn write<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        self.store.leasing(|connection| {
            let lock = if connection.is_sqlite() { "" } else { " for update" };
            let sql = format!(
                "select until from lease where name = $1 and holder = $2 and until > {}{lock}",
                clock(connection)
            );
            let name = self.name.as_str();
            match connection.first(&sql, &[name.into(), (&self.holder).into()], |it| it.int(0))? {
                Some(_) => work(connection).map(Some),
                None => Ok(None),
            }
        })
    }

    fn set(&self, set: &str, values: &[Value<'_>]) -> Result<bool, Error> {
        let changed = self.store.leasing(|connection| {
            let (now, next) = (clock(connection), values.len() + 1);
            let set = set.replace("{now}", now);
            let sql = format!(
                "update lease set {set} where name = ${next} and holder = ${} and until > {now}",
                next + 1
            );
            let mut values = values.to_vec();
            values.push(self.name.as_str().into());
            values.push((&self.holder).into());
            connection.execute(&sql, &values)
        })?;
        Ok(changed == 1)
    }
}

/// The time as the database tells it, as an expression.
fn clock(connection: &Connection) -> &'static str {
    if connection.is_sqlite() {
        "cast(unixepoch('subsec') * 1000 as integer)"
    } else {
        "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)"
    }
}

fn now(connection: &Connection) -> Result<i64, Error> {
    let sql = format!("select {}", clock(connection));
    Ok(connection.first(&sql, &[], |row| row.int(0))?.unwrap_or_default())
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX / 4)
}
