//! What people should be told, or were.

use uuid::Uuid;

use super::{Letter, Outbox};
use crate::Error;
use crate::accounts::gather;
use crate::db::{Connection, Mode, Row};

/// Something that a person should be told, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The organization.
    pub organization: Uuid,
    /// Whom.
    pub person: Uuid,
    /// What happened.
    pub occasion: String,
    /// To which record.
    pub record: Uuid,
    /// Tells it from another of its sort.
    pub mark: String,
    /// The commit that gave reason, or the last one before the day that did.
    pub seq: u64,
    /// Whether it is told by itself, and not gathered with others.
    pub alone: bool,
    /// When it was found.
    pub made: i64,
    /// From when on it is told.
    pub ready: i64,
    /// When it was told.
    pub told: Option<i64>,
}

const COLUMNS: &str = "organization, person, occasion, record, mark, seq, alone, made, ready, told";

impl Outbox<'_> {
    /// Whom there is something to tell by now: organization and person.
    pub fn ready(&self, now: i64) -> Result<Vec<(Uuid, Uuid)>, Error> {
        let sql = "select distinct organization, person from notice \
                   where told is null and ready <= $1 order by organization, person";
        gather(&*self.store.pool.get()?, sql, &[now.into()], |row| Ok((row.uuid(0)?, row.uuid(1)?)))
    }

    /// What a person was not told yet, the oldest first; also what is not ready.
    pub fn untold(&self, organization: Uuid, person: Uuid) -> Result<Vec<Notice>, Error> {
        let sql = format!(
            "select {COLUMNS} from notice where organization = $1 and person = $2 \
             and told is null order by seq, made, occasion, record"
        );
        gather(&*self.store.pool.get()?, &sql, &[(&organization).into(), (&person).into()], read)
    }

    /// Keeps when these are told and whether each by itself, where they were not told meanwhile, in
    /// one transaction.
    pub fn reschedule(&self, notices: &[Notice]) -> Result<(), Error> {
        self.store.write(|connection| {
            let sql = "update notice set ready = $1, alone = $2 where organization = $3 \
                       and person = $4 and occasion = $5 and record = $6 and mark = $7 \
                       and told is null";
            notices.iter().try_for_each(|it| {
                let values = [
                    it.ready.into(),
                    i64::from(it.alone).into(),
                    (&it.organization).into(),
                    (&it.person).into(),
                    it.occasion.as_str().into(),
                    (&it.record).into(),
                    it.mark.as_str().into(),
                ];
                connection.execute(sql, &values).map(drop)
            })
        })
    }

    /// Puts letters here that tell these notices, in one transaction; answers `false`, with nothing
    /// written, when one of them was told meanwhile.
    pub fn tell(&self, notices: &[Notice], letters: &[Letter], now: i64) -> Result<bool, Error> {
        let _turn = self.store.turn();
        let held = self.store.pool.begin(Mode::Write)?;
        for it in notices {
            let sql = "update notice set told = $1 where organization = $2 and person = $3 \
                       and occasion = $4 and record = $5 and mark = $6 and told is null";
            let values = [
                now.into(),
                (&it.organization).into(),
                (&it.person).into(),
                it.occasion.as_str().into(),
                (&it.record).into(),
                it.mark.as_str().into(),
            ];
            if held.execute(sql, &values)? != 1 {
                return Ok(false);
            }
        }
        letters.iter().try_for_each(|it| super::put(&held, it))?;
        held.commit(0)?;
        Ok(true)
    }
}

/// What is known already stays as it is: nobody is told the same twice.
pub(super) fn put(connection: &Connection, notice: &Notice) -> Result<(), Error> {
    let sql = format!(
        "insert into notice ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         on conflict do nothing"
    );
    let values = [
        (&notice.organization).into(),
        (&notice.person).into(),
        notice.occasion.as_str().into(),
        (&notice.record).into(),
        notice.mark.as_str().into(),
        notice.seq.into(),
        i64::from(notice.alone).into(),
        notice.made.into(),
        notice.ready.into(),
        notice.told.into(),
    ];
    connection.execute(&sql, &values).map(drop)
}

fn read(row: &Row<'_>) -> Result<Notice, Error> {
    Ok(Notice {
        organization: row.uuid(0)?,
        person: row.uuid(1)?,
        occasion: row.text(2)?.to_owned(),
        record: row.uuid(3)?,
        mark: row.text(4)?.to_owned(),
        seq: row.count(5)?,
        alone: row.int(6)? != 0,
        made: row.int(7)?,
        ready: row.int(8)?,
        told: row.int_if_any(9)?,
    })
}
