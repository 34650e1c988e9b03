//! What is to be sent, and what people were told: rows beside the ledgers.
//!
//! Times are milliseconds since 1970, UTC, and always arguments. What a letter says is JSON of the
//! caller's own.

use uuid::Uuid;

use crate::accounts::gather;
use crate::db::{Connection, Mode, Row};
use crate::{Error, Ledger, Reading, Store};

mod notice;

pub use notice::Notice;

/// The outbox of a database.
#[derive(Clone, Copy)]
pub struct Outbox<'s> {
    store: &'s Store,
}

/// How far an organization's commits were looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    /// The position of the last commit that was looked at.
    pub seq: u64,
    /// When its due dates are to be looked at, next.
    pub due: i64,
}

/// Something to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its identity.
    pub id: Uuid,
    /// The organization it speaks of.
    pub organization: Option<Uuid>,
    /// By which way it goes.
    pub channel: String,
    /// Whom it is for: what that names depends on the channel.
    pub recipient: Option<Uuid>,
    /// What it is about, as JSON.
    pub content: String,
    /// When it was put here.
    pub made: i64,
    /// When it is to be tried, next.
    pub due: i64,
    /// How often it was tried.
    pub tries: u32,
    /// Where it stands.
    pub state: State,
    /// When it was sent or given up.
    pub ended: Option<i64>,
    /// What went wrong at the last try, or why it was dropped.
    pub fault: Option<String>,
}

/// Where a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is to be sent.
    Waiting,
    /// It was sent.
    Sent,
    /// It was given up after many tries.
    Failed,
    /// It was not sent, because there was nothing to be said any more.
    Dropped,
}

/// How many letters of one state there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub state: State,
    /// How many.
    pub count: u64,
}

const COLUMNS: &str =
    "id, organization, channel, recipient, content, made, due, tries, state, ended, fault";

impl Store {
    /// What is to be sent from this database.
    pub fn outbox(&self) -> Outbox<'_> {
        Outbox { store: self }
    }

    /// Does something in one transaction.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let _turn = self.turn();
        let held = self.pool.begin(Mode::Write)?;
        let done = work(&held)?;
        held.commit(0)?;
        Ok(done)
    }
}

impl Outbox<'_> {
    /// How far an organization's commits were looked at; `None` when they never were.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails; so it is with all others here.
    pub fn followed(&self, organization: Uuid) -> Result<Option<Followed>, Error> {
        let sql = "select seq, due from followed where organization = $1";
        self.store.pool.get()?.first(sql, &[(&organization).into()], |row| {
            Ok(Followed { seq: row.count(0)?, due: row.int(1)? })
        })
    }

    /// The ledgers of the organizations that are to be looked at by `now`: something was committed
    /// in them, their day has begun, or they never were.
    pub fn news(&self, now: i64) -> Result<Vec<Ledger>, Error> {
        Reading::new(self.store.pool.get()?).news(now)
    }

    /// Moves on from `before` to `after`, with what that gives reason to tell and to send, in one
    /// transaction; answers `false`, with nothing written, when another process did so meanwhile.
    pub fn follow(
        &self,
        organization: Uuid,
        before: Option<Followed>,
        after: Followed,
        notices: &[Notice],
        letters: &[Letter],
    ) -> Result<bool, Error> {
        let _turn = self.store.turn();
        let held = self.store.pool.begin(Mode::Write)?;
        let moved = match before {
            None => held.execute(
                "insert into followed (organization, seq, due) values ($1, $2, $3) \
                 on conflict do nothing",
                &[(&organization).into(), after.seq.into(), after.due.into()],
            )?,
            Some(before) => held.execute(
                "update followed set seq = $1, due = $2 \
                 where organization = $3 and seq = $4 and due = $5",
                &[
                    after.seq.into(),
                    after.due.into(),
                    (&organization).into(),
                    before.seq.into(),
                    before.due.into(),
                ],
            )?,
        };
        if moved != 1 {
            return Ok(false);
        }
        notices.iter().try_for_each(|it| notice::put(&held, it))?;
        letters.iter().try_for_each(|it| put(&held, it))?;
        held.commit(0)?;
        Ok(true)
    }

    /// Puts a letter here.
    pub fn put(&self, letter: &Letter) -> Result<(), Error> {
        self.store.write(|connection| put(connection, letter))
    }

    /// Letters that go one way and are to be tried by now: the first of every recipient, then the
    /// second of each, and so on, no more than `each` of one. A recipient gets first what was tried
    /// least, lest one that never arrives keeps the others back.
    pub fn due(&self, channel: &str, now: i64, most: u32, each: u32) -> Result<Vec<Letter>, Error> {
        let sql = format!(
            "select {COLUMNS} from (select {COLUMNS}, \
             row_number() over (partition by recipient order by tries, due, id) as place \
             from outbox where state = 'waiting' and channel = $1 and due <= $2) as waiting \
             where place <= $3 order by place, due, id limit $4"
        );
        let values = [channel.into(), now.into(), each.into(), most.into()];
        gather(&*self.store.pool.get()?, &sql, &values, read)
    }

    /// Takes a letter to try it, if nobody else has: until `until` it is tried by nobody else, and
    /// then again unless it was sent. Answers whether it was taken.
    pub fn claim(&self, letter: &Letter, until: i64) -> Result<bool, Error> {
        self.store.write(|connection| {
            let sql = "update outbox set tries = tries + 1, due = $1 \
                       where id = $2 and tries = $3 and state = 'waiting'";
            let values = [until.into(), (&letter.id).into(), letter.tries.into()];
            Ok(connection.execute(sql, &values)? == 1)
        })
    }

    /// Ends a letter: it was sent, dropped or given up.
    pub fn end(&self, id: Uuid, state: State, now: i64, fault: Option<&str>) -> Result<(), Error> {
        self.store.write(|connection| {
            let sql = "update outbox set state = $1, ended = $2, fault = $3 where id = $4";
            let values = [state.id().into(), now.into(), fault.into(), (&id).into()];
            connection.execute(sql, &values).map(drop)
        })
    }

    /// Has a letter tried later, and keeps what went wrong.
    pub fn put_off(&self, id: Uuid, due: i64, fault: &str) -> Result<(), Error> {
        self.store.write(|connection| {
            let sql = "update outbox set due = $1, fault = $2 where id = $3 and state = 'waiting'";
            connection.execute(sql, &[due.into(), fault.into(), (&id).into()]).map(drop)
        })
    }

    /// Has all that waits for the recipient of a letter tried no sooner than at `due`, and keeps
    /// what went wrong.
    pub fn put_off_all(&self, letter: &Letter, due: i64, fault: &str) -> Result<(), Error> {
        self.store.write(|connection| {
            let sql = "update outbox set due = $1, fault = $2 where channel = $3 \
                       and recipient = $4 and state = 'waiting' and due < $1";
            let (channel, recipient) = (letter.channel.as_str(), letter.recipient.as_ref());
            let values = [due.into(), fault.into(), channel.into(), recipient.into()];
            connection.execute(sql, &values).map(drop)
        })
    }

    /// Gives up what was made before `oldest` for the recipient of a letter, and was tried.
    pub fn give_up(
        &self,
        letter: &Letter,
        oldest: i64,
        now: i64,
        fault: &str,
    ) -> Result<(), Error> {
        self.store.write(|connection| {
            let sql = "update outbox set state = 'failed', ended = $1, fault = $2 \
                       where channel = $3 and recipient = $4 and made < $5 and tries > 0 \
                       and state = 'waiting'";
            let (channel, recipient) = (letter.channel.as_str(), letter.recipient.as_ref());
            let values =
                [now.into(), fault.into(), channel.into(), recipient.into(), oldest.into()];
            connection.execute(sql, &values).map(drop)
        })
    }

    /// Has a letter of an organization tried now, as if it were new; answers whether there is one.
    pub fn again(&self, organization: Uuid, id: Uuid, now: i64) -> Result<bool, Error> {
        self.store.write(|connection| {
            let sql = "update outbox set state = 'waiting', tries = 0, due = $1, ended = null \
                       where organization = $2 and id = $3 and state in ('waiting', 'failed')";
            Ok(connection.execute(sql, &[now.into(), (&organization).into(), (&id).into()])? == 1)
        })
    }

    /// The newest letters of an organization that go one way, the newest first; of one recipient
    /// where one is named.
    pub fn newest(
        &self,
        organization: Uuid,
        channel: &str,
        recipient: Option<Uuid>,
        most: u32,
    ) -> Result<Vec<Letter>, Error> {
        let whose = if recipient.is_some() { "recipient = $3 and" } else { "" };
        let mut values = vec![(&organization).into(), channel.into()];
        values.extend(recipient.as_ref().map(crate::db::Value::from));
        values.push(most.into());
        let sql = format!(
            "select {COLUMNS} from outbox where organization = $1 and channel = $2 and {whose} \
             made > 0 order by made desc, id desc limit ${}",
            values.len()
        );
        gather(&*self.store.pool.get()?, &sql, &values, read)
    }

    /// How many letters of an organization that go one way are in each state.
    pub fn standing(&self, organization: Uuid, channel: &str) -> Result<Vec<Standing>, Error> {
        let sql = "select state, count(*) from outbox where organization = $1 and channel = $2 \
                   group by state order by state";
        gather(&*self.store.pool.get()?, sql, &[(&organization).into(), channel.into()], |row| {
            Ok(Standing { state: state(row, 0)?, count: row.count(1)? })
        })
    }

    /// Removes letters that ended before `ended`, and what people were told before `told`; answers
    /// how many rows went.
    pub fn sweep(&self, ended: i64, told: i64) -> Result<u64, Error> {
        self.store.write(|connection| {
            let sql = "delete from outbox where state <> 'waiting' and ended < $1";
            let mut gone = connection.execute(sql, &[ended.into()])?;
            let sql = "delete from notice where told < $1";
            gone += connection.execute(sql, &[told.into()])?;
            Ok(gone)
        })
    }
}

impl State {
    const ALL: [Self; 4] = [Self::Waiting, Self::Sent, Self::Failed, Self::Dropped];

    /// Its name where it is stored.
    pub fn id(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }
}

fn put(connection: &Connection, letter: &Letter) -> Result<(), Error> {
    let sql = format!(
        "insert into outbox ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let values = [
        (&letter.id).into(),
        letter.organization.as_ref().into(),
        letter.channel.as_str().into(),
        letter.recipient.as_ref().into(),
        letter.content.as_str().into(),
        letter.made.into(),
        letter.due.into(),
        letter.tries.into(),
        letter.state.id().into(),
        letter.ended.into(),
        letter.fault.as_deref().into(),
    ];
    connection.execute(&sql, &values).map(drop)
}

fn read(row: &Row<'_>) -> Result<Letter, Error> {
    Ok(Letter {
        id: row.uuid(0)?,
        organization: row.uuid_if_any(1)?,
        channel: row.text(2)?.to_owned(),
        recipient: row.uuid_if_any(3)?,
        content: row.text(4)?.to_owned(),
        made: row.int(5)?,
        due: row.int(6)?,
        tries: row.count(7)?,
        state: state(row, 8)?,
        ended: row.int_if_any(9)?,
        fault: row.text_if_any(10)?.map(str::to_owned),
    })
}

fn state(row: &Row<'_>, column: usize) -> Result<State, Error> {
    let text = row.text(column)?;
    let found = State::ALL.into_iter().find(|it| it.id() == text);
    found.ok_or_else(|| row.corrupt(column, "a state of a letter"))
}
