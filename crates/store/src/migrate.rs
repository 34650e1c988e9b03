//! Brings a database to the form this program knows.
//!
//! Refinery, which the design names, takes rusqlite up to 0.40 only, reads the clock and knows no
//! text that serves two databases; these lines do what is needed of it.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::db::{Connection, Mode};
use crate::{Error, views};

/// All migrations, from number 1. An applied migration never changes.
const MIGRATIONS: &[(&str, &str)] = &[
    ("ledger", include_str!("../migrations/1_ledger.sql")),
    ("accounts", include_str!("../migrations/2_accounts.sql")),
    ("tokens", include_str!("../migrations/3_tokens.sql")),
    ("lease", include_str!("../migrations/4_lease.sql")),
    ("factors", include_str!("../migrations/5_factors.sql")),
    ("outbox", include_str!("../migrations/6_outbox.sql")),
    ("reporting", include_str!("../migrations/7_reporting.sql")),
    ("backup", include_str!("../migrations/8_backup.sql")),
];

const TABLE: &str = "create table migration (
    number {integer} not null primary key,
    name {text} not null,
    sha256 {bytes} not null
){clustered};";

/// Makes the tables of an empty database, or those that an older one lacks.
pub(crate) fn migrate(connection: &Connection, may_create: bool) -> Result<(), Error> {
    // Most often nothing is to be done, and nobody else needs to wait for this to be known.
    if is_ours(connection)? && applied(connection)? == MIGRATIONS.len() {
        return Ok(());
    }
    connection.begin(Mode::Write)?;
    let done = apply(connection, may_create).and_then(|()| connection.commit(0));
    if done.is_err() {
        connection.rollback();
    }
    done
}

/// Whether a database has tables of this program.
pub(crate) fn is_ours(connection: &Connection) -> Result<bool, Error> {
    tables(connection).map(|tables| tables.iter().any(|name| name == "migration"))
}

fn apply(connection: &Connection, may_create: bool) -> Result<(), Error> {
    if !connection.is_sqlite() {
        connection.batch("select pg_advisory_xact_lock(77857873)")?;
    }
    if !is_ours(connection)? {
        check_empty(connection, may_create)?;
        connection.batch(&dialect(connection, TABLE))?;
    }
    // Tables that views are made of cannot change their form.
    if tables(connection)?.iter().any(|name| name == "made") {
        views::drop_all(connection)?;
    }
    for (place, (name, sql)) in MIGRATIONS.iter().enumerate().skip(applied(connection)?) {
        connection.batch(&dialect(connection, sql))?;
        connection.execute(
            "insert into migration (number, name, sha256) values ($1, $2, $3)",
            &[(place as u64 + 1).into(), (*name).into(), (&checksum(sql)).into()],
        )?;
    }
    Ok(())
}

/// How many migrations were applied, all of them known to this program.
fn applied(connection: &Connection) -> Result<usize, Error> {
    let mut applied = BTreeMap::new();
    connection.query("select number, sha256 from migration", &[], |row| {
        applied.insert(row.count::<u64>(0)?, row.hash(1)?);
        Ok::<_, Error>(())
    })?;
    let at = || connection.at().to_owned();
    let known = MIGRATIONS.len() as u64;
    if let Some((&found, _)) = applied.last_key_value().filter(|(number, _)| **number > known) {
        return Err(Error::Newer { at: at(), found, known });
    }
    for ((&number, sha256), expected) in applied.iter().zip(1..) {
        let (_, sql) = MIGRATIONS[expected as usize - 1];
        if number != expected || *sha256 != checksum(sql) {
            return Err(Error::Migration { at: at(), number: expected });
        }
    }
    Ok(applied.len())
}

fn check_empty(connection: &Connection, may_create: bool) -> Result<(), Error> {
    let at = || connection.at().to_owned();
    match tables(connection)?.first() {
        Some(table) => Err(Error::Foreign { at: at(), found: format!("it has a table `{table}`") }),
        None if may_create => Ok(()),
        None => Err(Error::Missing { at: at() }),
    }
}

fn tables(connection: &Connection) -> Result<Vec<String>, Error> {
    let sql = if connection.is_sqlite() {
        "select name from sqlite_schema where type = 'table' order by name"
    } else {
        "select cast(table_name as text) from information_schema.tables \
         where table_schema = current_schema() and table_type = 'BASE TABLE' \
         order by table_name"
    };
    let mut names = Vec::new();
    connection.query(sql, &[], |row| {
        names.push(row.text(0)?.to_owned());
        Ok::<_, Error>(())
    })?;
    Ok(names)
}

/// The text for one of the databases: types of its own, and rows kept in order of their key.
fn dialect(connection: &Connection, sql: &str) -> String {
    let words = if connection.is_sqlite() {
        [
            ("{bytes}", "blob"),
            ("{integer}", "integer"),
            ("{text}", "text"),
            ("{clustered}", " without rowid, strict"),
            ("{strict}", " strict"),
        ]
    } else {
        [
            ("{bytes}", "bytea"),
            ("{integer}", "bigint"),
            ("{text}", "text"),
            ("{clustered}", ""),
            ("{strict}", ""),
        ]
    };
    words.iter().fold(sql.to_owned(), |sql, (word, meaning)| sql.replace(word, meaning))
}

fn checksum(sql: &str) -> [u8; 32] {
    Sha256::digest(sql.as_bytes()).into()
}
