//! The views that reporting tools read: made from a generated text, and anew when it has changed.
//!
//! What a view holds is no business of this crate: `cargo xtask generate` writes the texts.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::db::{Connection, Mode, Value};
use crate::{Error, Store};

const SQLITE: &str = include_str!("../views/sqlite.sql");
const POSTGRES: &str = include_str!("../views/postgres.sql");

/// What only views may be called that a reader may see.
const SHOWN: &str = "v_";

impl Store {
    /// Lets a role of the database's server read the views, of one organization or of all, and
    /// nothing else.
    ///
    /// # Errors
    /// [`Error::NoServer`] on SQLite, [`Error::NoRole`] when there is no such role.
    pub fn grant_reading(&self, role: &str, organization: Option<Uuid>) -> Result<(), Error> {
        self.on_server(|connection| {
            if !has_role(connection, role)? {
                return Err(Error::NoRole { role: role.to_owned() });
            }
            let all: &[u8] = &[];
            let of = organization.as_ref().map_or(Value::Bytes(all), Value::from);
            connection.execute(
                "insert into reader (role, organization) values ($1, $2) on conflict do nothing",
                &[role.into(), of],
            )?;
            grant(connection, role)
        })
    }

    /// Takes from a role what [`Store::grant_reading`] gave it.
    ///
    /// # Errors
    /// As [`Store::grant_reading`].
    pub fn revoke_reading(&self, role: &str) -> Result<(), Error> {
        self.on_server(|connection| {
            if !has_role(connection, role)? {
                return Err(Error::NoRole { role: role.to_owned() });
            }
            connection.execute("delete from reader where role = $1", &[role.into()])?;
            let views = made(connection)?.join(", ");
            connection.batch(&format!("revoke all on {views} from {}", quoted(role)))
        })
    }

    /// The roles that may read the views, each with an organization; `None` for all.
    ///
    /// # Errors
    /// [`Error::Failed`] and its kin when the database fails.
    pub fn readers(&self) -> Result<Vec<(String, Option<Uuid>)>, Error> {
        readers(&*self.pool.get()?)
    }

    fn on_server(&self, work: impl FnOnce(&Connection) -> Result<(), Error>) -> Result<(), Error> {
        let held = self.pool.begin(Mode::Write)?;
        if held.is_sqlite() {
            return Err(Error::NoServer { at: held.at().to_owned() });
        }
        work(&held)?;
        held.commit(0)
    }
}

/// Makes the views anew where they are not those of this program; answers whether they are now. It
/// waits for nobody who reads them at this moment: the next one who opens the database tries again.
pub(crate) fn refresh(connection: &Connection) -> Result<bool, Error> {
    if is_fresh(connection)? {
        return Ok(true);
    }
    connection.begin(Mode::Write)?;
    let done = make(connection).and_then(|()| connection.commit(0));
    if done.is_err() {
        connection.rollback();
    }
    Ok(done.is_ok())
}

/// Whether the views are those of this program.
pub(crate) fn is_fresh(connection: &Connection) -> Result<bool, Error> {
    let sql = "select sha256 from made limit 1";
    let made = connection.first(sql, &[], |row| row.hash(0))?;
    Ok(made == Some(Sha256::digest(text(connection)).into()))
}

/// Takes the views away before tables change their form. Views of others that were built on them
/// go too.
pub(crate) fn drop_all(connection: &Connection) -> Result<(), Error> {
    remove(connection, " cascade")
}

fn make(connection: &Connection) -> Result<(), Error> {
    if !connection.is_sqlite() {
        connection
            .batch("set local lock_timeout = '2s'; select pg_advisory_xact_lock(77857873)")?;
    }
    if is_fresh(connection)? {
        return Ok(());
    }
    remove(connection, "")?;
    let text = text(connection);
    connection.batch(text)?;
    let sha256: [u8; 32] = Sha256::digest(text).into();
    for name in names(text) {
        let row = [name.into(), (&sha256).into()];
        connection.execute("insert into made (name, sha256) values ($1, $2)", &row)?;
    }
    if !connection.is_sqlite() {
        connection.batch("set local lock_timeout = '10s'")?;
        for (role, _) in readers(connection)? {
            // One that was dropped meanwhile is nobody's harm.
            if has_role(connection, &role)? {
                grant(connection, &role)?;
            }
        }
    }
    Ok(())
}

fn remove(connection: &Connection, how: &str) -> Result<(), Error> {
    let mut all: BTreeSet<String> = names(text(connection)).map(str::to_owned).collect();
    connection.query("select name from made", &[], |row| {
        all.insert(row.text(0)?.to_owned());
        Ok::<_, Error>(())
    })?;
    if connection.is_sqlite() {
        let all: String = all.iter().map(|it| format!("drop view if exists {it};")).collect();
        connection.batch(&all)?;
    } else {
        let all: Vec<String> = all.into_iter().collect();
        connection.batch(&format!("drop view if exists {}{how}", all.join(", ")))?;
    }
    connection.execute("delete from made", &[]).map(drop)
}

fn grant(connection: &Connection, role: &str) -> Result<(), Error> {
    let (views, role) = (made(connection)?.join(", "), quoted(role));
    let mut schema = String::new();
    connection.query("select cast(current_schema() as text)", &[], |row| {
        schema = row.text(0)?.to_owned();
        Ok::<_, Error>(())
    })?;
    connection.batch(&format!(
        "grant usage on schema {} to {role}; grant select on {views} to {role}",
        quoted(&schema)
    ))
}

fn has_role(connection: &Connection, role: &str) -> Result<bool, Error> {
    let sql = "select cast(count(*) as bigint) from pg_roles where cast(rolname as text) = $1";
    Ok(connection.first(sql, &[role.into()], |row| row.int(0))? == Some(1))
}

/// The views that readers may see.
fn made(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    connection.query("select name from made order by name", &[], |row| {
        names.push(row.text(0)?.to_owned());
        Ok::<_, Error>(())
    })?;
    names.retain(|it| it.starts_with(SHOWN));
    Ok(names)
}

fn readers(connection: &Connection) -> Result<Vec<(String, Option<Uuid>)>, Error> {
    let mut found = Vec::new();
    connection.query("select role, organization from reader order by role", &[], |row| {
        let of = if row.bytes(1)?.is_empty() { None } else { Some(row.uuid(1)?) };
        found.push((row.text(0)?.to_owned(), of));
        Ok::<_, Error>(())
    })?;
    Ok(found)
}

fn text(connection: &Connection) -> &'static str {
    if connection.is_sqlite() { SQLITE } else { POSTGRES }
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|it| it.strip_prefix("create view ")?.split_whitespace().next())
}

/// A name as SQL writes one that may hold anything.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
