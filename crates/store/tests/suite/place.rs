//! Places for databases that are gone after the test.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use store::db::Connection;
use store::{Address, Store};
use tempfile::TempDir;
use uuid::Uuid;

static NEXT: AtomicU64 = AtomicU64::new(0);

/// The organization of most tests.
pub const ORGANIZATION: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);

/// A place for one database.
pub struct Place {
    pub url: String,
    folder: TempDir,
    schema: Option<(Connection, String)>,
}

impl Place {
    /// A file that does not exist yet.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("isms.db").display());
        Self { url, folder, schema: None }
    }

    /// An empty schema of the server for tests, if there is one.
    pub fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("MUNIMENT_TEST_POSTGRES") else {
            eprintln!("skipped: MUNIMENT_TEST_POSTGRES names no PostgreSQL database");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let schema = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let connection = Connection::open(&Address::parse(&server).unwrap()).unwrap();
        connection.batch(&format!("drop schema if exists {schema} cascade")).unwrap();
        connection.batch(&format!("create schema {schema}")).unwrap();
        let joint = if server.contains('?') { '&' } else { '?' };
        let files = folder.path().join("files");
        let url =
            format!("{server}{joint}options=-csearch_path%3D{schema}&files={}", files.display());
        Some(Self { url, folder, schema: Some((connection, schema)) })
    }

    /// The database's file or, for PostgreSQL, another that does not exist.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("isms.db")
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A new database with one organization.
    pub fn store(&self) -> Store {
        let store = Store::create(&self.url).unwrap();
        store.create_ledger(ORGANIZATION, "acme", "acme.example/isms").unwrap();
        store
    }

    /// Another connection's view of the same database.
    pub fn again(&self) -> Store {
        Store::open(&self.url).unwrap()
    }

    /// Changes the database behind the program's back.
    pub fn tamper(&self, sql: &str) {
        Connection::open(&Address::parse(&self.url).unwrap()).unwrap().batch(sql).unwrap();
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((connection, schema)) = &self.schema {
            connection.batch(&format!("drop schema {schema} cascade")).ok();
        }
    }
}
