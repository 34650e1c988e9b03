//! Places for databases that are gone after the test.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use store::db::Connection;
use store::{Address, FilesAt, S3, Store};
use tempfile::TempDir;
use uuid::Uuid;

static NEXT: AtomicU64 = AtomicU64::new(0);

/// The organization of most tests.
pub const ORGANIZATION: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);

/// A place for one database.
pub struct Place {
    pub url: String,
    pub files: Option<S3>,
    folder: TempDir,
    schema: Option<(Connection, String)>,
}

impl Place {
    /// A file that does not exist yet.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("isms.db").display());
        Self { url, files: None, folder, schema: None }
    }

    /// The same with files in a bucket, if there is one.
    pub fn bucket() -> Option<Self> {
        let mut place = Self::sqlite();
        let prefix = format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        place.files = Some(bucket(&prefix)?);
        Some(place)
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
        Some(Self { url, files: None, folder, schema: Some((connection, schema)) })
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
        let store = Store::create_at(&self.address()).unwrap();
        store.create_ledger(ORGANIZATION, "acme", "acme.example/isms").unwrap();
        store
    }

    /// Another connection's view of the same database.
    pub fn again(&self) -> Store {
        Store::open_at(&self.address()).unwrap()
    }

    pub fn address(&self) -> Address {
        let address = Address::parse(&self.url).unwrap();
        match &self.files {
            Some(files) => address.with_files(FilesAt::S3(files.clone())),
            None => address,
        }
    }

    /// Changes the database behind the program's back.
    pub fn tamper(&self, sql: &str) {
        Connection::open(&Address::parse(&self.url).unwrap()).unwrap().batch(sql).unwrap();
    }

    /// Drops all tables but these, whatever migrations there are.
    pub fn drop_tables_but(&self, kept: &[&str]) {
        let connection = Connection::open(&Address::parse(&self.url).unwrap()).unwrap();
        let (sql, cascade) = match connection.is_sqlite() {
            true => ("select name from sqlite_schema where type = 'table'", ""),
            false => (
                "select cast(table_name as text) from information_schema.tables \
                 where table_schema = current_schema() and table_type = 'BASE TABLE'",
                " cascade",
            ),
        };
        let mut names = Vec::new();
        connection
            .query(sql, &[], |row| {
                names.push(row.text(0)?.to_owned());
                Ok::<_, store::Error>(())
            })
            .unwrap();
        if connection.is_sqlite() {
            connection.batch("pragma foreign_keys = off").unwrap();
        }
        for name in names.iter().filter(|it| !kept.contains(&it.as_str())) {
            connection.batch(&format!("drop table {name}{cascade}")).unwrap();
        }
    }
}

/// The bucket for tests, below a name of its own.
pub fn bucket(prefix: &str) -> Option<S3> {
    let Ok(url) = std::env::var("MUNIMENT_TEST_S3") else {
        eprintln!("skipped: MUNIMENT_TEST_S3 names no bucket");
        return None;
    };
    let (endpoint, bucket) = url.rsplit_once('/').unwrap();
    Some(S3 {
        bucket: bucket.to_owned(),
        prefix: prefix.to_owned(),
        region: "us-east-1".to_owned(),
        endpoint: Some(endpoint.to_owned()),
        path_style: true,
        key: Some(("test".to_owned(), "a-secret-of-nobody".to_owned())),
    })
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((connection, schema)) = &self.schema {
            connection.batch(&format!("drop schema {schema} cascade")).ok();
        }
    }
}
