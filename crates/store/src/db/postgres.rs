//! PostgreSQL: a connection with a small runtime of its own, and how its errors read.

use std::cell::RefCell;
use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Poll, ready};
use std::time::Duration;

use futures_util::StreamExt;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::config::SslMode;
use tokio_postgres::error::SqlState;
use tokio_postgres::{AsyncMessage, Client, Config, NoTls, Statement};

use super::insert::Conflict;
use super::{Insert, Row, Trust, Value, tls};
use crate::Error;
use crate::address::Address;
use crate::contact::Contact;

/// From so many rows on, `COPY` is worth its extra round trip.
const COPY_FROM: usize = 200;

/// How many rows one statement inserts: few sizes, so that few statements are prepared.
const STEPS: [usize; 3] = [100, 10, 1];

/// How often somebody who waits looks whether the server still answers others.
const LOOK: Duration = Duration::from_millis(250);

/// How many rows are read before they are handed on.
const READ_AHEAD: usize = 256;

/// A connection to a PostgreSQL server.
pub(super) struct Postgres {
    /// Absent only while dropping.
    runtime: Option<Runtime>,
    client: Client,
    statements: RefCell<HashMap<String, Statement>>,
    bell: Arc<Bell>,
    /// What reads and writes the connection.
    driver: AbortHandle,
    contact: Arc<Contact>,
}

/// Counts what the server told without being asked.
#[derive(Default)]
struct Bell {
    rung: AtomicU64,
    heard: AtomicU64,
    wake: Notify,
}

impl Postgres {
    pub(super) fn open(
        config: &Config,
        trust: &Trust,
        address: &Address,
        contact: &Arc<Contact>,
    ) -> Result<Self, Error> {
        let at = address.to_string();
        let runtime =
            Builder::new_current_thread().enable_all().build().map_err(|source| Error::Open {
                at: at.clone(),
                advice: "the system gives no more file descriptors",
                source: source.into(),
            })?;
        let bell = Arc::new(Bell::default());
        let client = if config.get_ssl_mode() == SslMode::Disable {
            connect(&runtime, config, NoTls, &bell, contact)
        } else {
            connect(&runtime, config, tls::connector(trust, &at)?, &bell, contact)
        };
        let Some(client) = client else { return Err(Error::CutOff { at }) };
        let (client, driver) = client.map_err(|source| unreachable_server(&at, source))?;
        let opened = Self {
            runtime: Some(runtime),
            client,
            statements: RefCell::default(),
            bell,
            driver,
            contact: contact.clone(),
        };
        opened.settle(&at)?;
        Ok(opened)
    }

    pub(super) fn query<E: From<Error>>(
        &self,
        at: &str,
        sql: &str,
        parameters: &[Value<'_>],
        each: &mut impl FnMut(&Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let error = |source| failed(at, source);
        let statement = self.statement(sql).map_err(error)?;
        let rows = self.wait(self.client.query_raw(&statement, parameters.to_vec()));
        let mut rows = pin!(rows.map_err(error)?);
        let mut some = Vec::with_capacity(READ_AHEAD);
        let mut more = true;
        while more {
            // Rows are handed on outside of the runtime: `each` may use another connection.
            self.runtime()
                .block_on(async {
                    while some.len() < READ_AHEAD {
                        match rows.next().await {
                            Some(row) => some.push(row?),
                            None => {
                                more = false;
                                break;
                            }
                        }
                    }
                    Ok(())
                })
                .map_err(error)?;
            for row in some.drain(..) {
                each(&Row::postgres(at, &row))?;
            }
        }
        Ok(())
    }

    pub(super) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, PgError> {
        let statement = self.statement(sql)?;
        self.wait(self.client.execute_raw(&statement, values.to_vec()))
    }

    pub(super) fn batch(&self, sql: &str) -> Result<(), PgError> {
        self.wait(self.client.batch_execute(sql))
    }

    pub(super) fn bulk<'v, const N: usize>(
        &self,
        insert: &Insert<N>,
        mut rows: impl ExactSizeIterator<Item = [Value<'v>; N]>,
    ) -> Result<(), PgError> {
        if rows.len() >= COPY_FROM && insert.conflict == Conflict::Fail {
            return self.copy(insert, rows);
        }
        for step in STEPS {
            while rows.len() >= step {
                let values: Vec<Value<'_>> = rows.by_ref().take(step).flatten().collect();
                self.execute(&insert.sql(step), &values)?;
            }
        }
        Ok(())
    }

    pub(super) fn is_alive(&self) -> bool {
        self.glance();
        !self.client.is_closed()
    }

    pub(super) fn changed_within(&self, patience: Duration) -> Result<bool, PgError> {
        let heard = self.bell.heard.load(Ordering::Relaxed);
        if patience.is_zero() {
            self.glance();
        } else {
            let rung = async {
                while self.bell.rung.load(Ordering::Relaxed) == heard && !self.client.is_closed() {
                    self.bell.wake.notified().await;
                }
            };
            let waited = async { tokio::time::timeout(patience, rung).await };
            self.wait(waited).ok();
        }
        if self.client.is_closed() {
            self.batch("select 1")?;
        }
        let rung = self.bell.rung.load(Ordering::Relaxed);
        self.bell.heard.store(rung, Ordering::Relaxed);
        Ok(rung != heard)
    }

    pub(super) fn remarks(&self, at: &str) -> Result<Vec<String>, Error> {
        let mut remarks = Vec::new();
        for setting in ["fsync", "full_page_writes"] {
            let found = self.show(at, setting)?;
            if found != "on" {
                remarks.push(format!(
                    "the server of `{at}` runs with `{setting}` {found}: a power failure can \
                     lose acknowledged changes, set it to on"
                ));
            }
        }
        Ok(remarks)
    }

    /// Lets the connection read what the server has said already, without a timer, whose
    /// shortest wait is a millisecond.
    fn glance(&self) {
        self.wait(async {
            for _ in 0..4 {
                tokio::task::yield_now().await;
            }
        });
    }

    fn copy<'v, const N: usize>(
        &self,
        insert: &Insert<N>,
        rows: impl Iterator<Item = [Value<'v>; N]>,
    ) -> Result<(), PgError> {
        // The insertion is prepared for the types of its columns only.
        let types = self.statement(&insert.sql(1))?;
        let copy = self.statement(&insert.copy_sql())?;
        self.wait(async {
            let sink = self.client.copy_in(&copy).await?;
            let mut writer = pin!(BinaryCopyInWriter::new(sink, types.params()));
            for row in rows {
                writer.as_mut().write_raw(row).await?;
            }
            writer.finish().await.map(drop)
        })
    }

    /// Sets what durability needs and reads it back.
    fn settle(&self, at: &str) -> Result<(), Error> {
        let error = |source| failed(at, source);
        self.batch("set lock_timeout = '10s'; set client_min_messages = warning").map_err(error)?;
        if self.show(at, "synchronous_commit")? == "off" {
            self.batch("set synchronous_commit = on").map_err(error)?;
        }
        let settings = [
            ("synchronous_commit", "on"),
            ("server_encoding", "UTF8"),
            ("client_encoding", "UTF8"),
            ("transaction_read_only", "off"),
        ];
        for (setting, wanted) in settings {
            let found = self.show(at, setting)?;
            let kept = match setting {
                // The other values promise at least as much as a write on the server's disk.
                "synchronous_commit" => found != "off",
                _ => found == wanted,
            };
            if !kept {
                return Err(Error::Setting { at: at.to_owned(), setting, wanted, found });
            }
        }
        Ok(())
    }

    fn show(&self, at: &str, setting: &str) -> Result<String, Error> {
        let mut found = String::new();
        self.query(at, &format!("show {setting}"), &[], &mut |row| {
            found = row.text(0)?.to_owned();
            Ok::<_, Error>(())
        })?;
        Ok(found)
    }

    fn statement(&self, sql: &str) -> Result<Statement, PgError> {
        if let Some(statement) = self.statements.borrow().get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.wait(self.client.prepare(sql))?;
        self.statements.borrow_mut().insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// Waits for an answer, unless the server has not answered anybody for too long: then the
    /// connection is given up, which is an answer too.
    fn wait<T>(&self, what: impl Future<Output = T>) -> T {
        if !self.contact.is_watched() {
            return self.runtime().block_on(what);
        }
        self.runtime().block_on(async {
            let mut what = pin!(what);
            loop {
                if let Ok(answer) = tokio::time::timeout(LOOK, &mut what).await {
                    return answer;
                }
                if self.contact.cut_off().is_some() {
                    self.driver.abort();
                    return what.await;
                }
            }
        })
    }

    fn runtime(&self) -> &Runtime {
        self.runtime.as_ref().expect("it is taken by drop only")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Dropping a runtime may not wait where the dropping thread runs async tasks.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

type PgError = tokio_postgres::Error;

pub(super) fn failed(at: &str, source: PgError) -> Error {
    let at = at.to_owned();
    let advice = match source.code() {
        Some(&SqlState::LOCK_NOT_AVAILABLE | &SqlState::T_R_DEADLOCK_DETECTED) => {
            return Error::Busy { at };
        }
        Some(&SqlState::DISK_FULL) => "make room on the server's disk and try again",
        Some(&SqlState::INSUFFICIENT_PRIVILEGE) => "grant its user the rights to its tables",
        Some(&SqlState::READ_ONLY_SQL_TRANSACTION) => "name a server that may be written to",
        Some(&SqlState::ADMIN_SHUTDOWN | &SqlState::CRASH_SHUTDOWN) => {
            return Error::Lost { at, source: source.into() };
        }
        None if source.is_closed() || source.as_db_error().is_none() => {
            return Error::Lost { at, source: source.into() };
        }
        _ => "this is a fault of the program, please report it",
    };
    Error::Failed { at, advice, source: source.into() }
}

fn unreachable_server(at: &str, source: PgError) -> Error {
    let at = at.to_owned();
    let advice = match source.code() {
        Some(&SqlState::INVALID_CATALOG_NAME) => {
            let name = at.split('?').next().and_then(|it| it.rsplit('/').next());
            return Error::NoDatabase { name: name.unwrap_or_default().to_owned(), at };
        }
        Some(&SqlState::INVALID_PASSWORD | &SqlState::INVALID_AUTHORIZATION_SPECIFICATION) => {
            "check the user and the password"
        }
        Some(&SqlState::TOO_MANY_CONNECTIONS) => "raise its `max_connections` or stop others",
        _ => {
            "check that the server runs, that its name and port are right, and that `sslmode` \
             and `sslrootcert` suit its certificate"
        }
    };
    Error::Open { at, advice, source: source.into() }
}

fn connect<T>(
    runtime: &Runtime,
    config: &Config,
    tls: T,
    bell: &Arc<Bell>,
    contact: &Contact,
) -> Option<Result<(Client, AbortHandle), PgError>>
where
    T: tokio_postgres::tls::MakeTlsConnect<tokio_postgres::Socket>,
    T::Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let connected = runtime.block_on(async {
        let mut connecting = pin!(config.connect(tls));
        loop {
            match tokio::time::timeout(LOOK, &mut connecting).await {
                Ok(connected) => return Some(connected),
                Err(_) if contact.cut_off().is_some() => return None,
                Err(_) => {}
            }
        }
    });
    let (client, mut connection) = match connected? {
        Ok(connected) => connected,
        Err(error) => return Some(Err(error)),
    };
    let bell = Arc::clone(bell);
    let driver = runtime.spawn(async move {
        poll_fn(|context| {
            loop {
                match ready!(connection.poll_message(context)) {
                    Some(Ok(AsyncMessage::Notification(_))) => {
                        bell.rung.fetch_add(1, Ordering::Relaxed);
                        bell.wake.notify_one();
                    }
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return Poll::Ready(()),
                }
            }
        })
        .await;
        bell.wake.notify_one();
    });
    Some(Ok((client, driver.abort_handle())))
}
