//! One database, one bucket, and the processes that share them.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use store::{Address, db::Connection};
use tempfile::TempDir;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A schema of the server for tests, and a place in the bucket; gone after the test.
pub struct Installation {
    pub folder: TempDir,
    /// The server, without a schema.
    server: String,
    pub schema: String,
    bucket: String,
}

/// `muniment serve`; killed when dropped.
pub struct Node {
    child: Child,
    /// Where it listens.
    pub base: String,
    /// The one-time link it printed, if it did.
    pub link: Option<String>,
}

impl Installation {
    /// A new one, with an organization `acme`; `None` where there is no server.
    pub fn begun() -> Option<Self> {
        let variable = |name: &str| std::env::var(name).ok().filter(|it| !it.is_empty());
        let (Some(server), Some(bucket)) =
            (variable("MUNIMENT_TEST_POSTGRES"), variable("MUNIMENT_TEST_S3"))
        else {
            eprintln!("skipped: MUNIMENT_TEST_POSTGRES and MUNIMENT_TEST_S3 name nothing");
            return None;
        };
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let schema = format!("nodes{}_{number}", std::process::id());
        let folder = tempfile::tempdir().unwrap();
        let it = Self { folder, server, schema, bucket };
        it.admin(&format!("create schema {}", it.schema));
        it.good(&[
            "init",
            "--name",
            "Acme",
            "--person",
            "Ada",
            "--email",
            "ada@example.com",
            "--time-zone",
            "UTC",
        ]);
        Some(it)
    }

    /// The address of the database, seen through another port where one is given.
    pub fn url(&self, port: Option<u16>) -> String {
        let server = match port {
            Some(port) => self.server.replace(&format!(":{}/", self.port()), &format!(":{port}/")),
            None => self.server.clone(),
        };
        let joint = if server.contains('?') { '&' } else { '?' };
        format!("{server}{joint}sslmode=disable&options=-csearch_path%3D{}", self.schema)
    }

    /// The port of the server.
    pub fn port(&self) -> u16 {
        let (_, rest) = self.server.rsplit_once(':').unwrap();
        rest.split('/').next().unwrap().parse().unwrap()
    }

    /// Does something to the server as its administrator.
    pub fn admin(&self, sql: &str) {
        Connection::open(&Address::parse(&self.server).unwrap()).unwrap().batch(sql).unwrap();
    }

    /// Texts of the database, one a row.
    pub fn texts(&self, sql: &str) -> Vec<String> {
        let connection = Connection::open(&Address::parse(&self.url(None)).unwrap()).unwrap();
        let mut found = Vec::new();
        connection
            .query(sql, &[], |row| {
                found.push(row.text(0)?.to_owned());
                Ok::<_, store::Error>(())
            })
            .unwrap();
        found
    }

    /// Runs a command, which must go well, and answers what it printed.
    pub fn good(&self, args: &[&str]) -> String {
        let output = self.command(None).args(args).stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{args:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Starts a node, which reaches the database through a port where one is given.
    pub fn node(&self, port: Option<u16>) -> Node {
        let mut child = self
            .command(port)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut base, mut link) = (None, None);
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            let Some(at) = line.find("http://") else { continue };
            match line[at..].trim().split_once("/link/") {
                Some((_, found)) => link = Some(format!("/link/{found}")),
                None => base = base.or_else(|| Some(line[at..].trim().to_owned())),
            }
            // The link comes last, where there is one.
            if base.is_some() && (link.is_some() || self.has_account()) {
                break;
            }
        }
        Node { child, base: base.expect("it says where it is"), link }
    }

    fn has_account(&self) -> bool {
        !self
            .texts(
                "select email from account join belonging on account = account.id \
            join session on session.account = account.id limit 1",
            )
            .is_empty()
    }

    fn command(&self, port: Option<u16>) -> Command {
        let (endpoint, bucket) = self.bucket.rsplit_once('/').unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_muniment"));
        command
            .current_dir(self.folder.path())
            .env_remove("MUNIMENT_AS")
            .env_remove("MUNIMENT_ORGANIZATION")
            .env("MUNIMENT_DATABASE", self.url(port))
            .env("MUNIMENT_KEYS", self.folder.path().join("keys"))
            .env("MUNIMENT_FILES_BUCKET", bucket)
            .env("MUNIMENT_FILES_PREFIX", &self.schema)
            .env("MUNIMENT_FILES_ENDPOINT", endpoint)
            .env("MUNIMENT_FILES_PATH_STYLE", "true")
            .env("MUNIMENT_FILES_KEY_ID", "test")
            .env("MUNIMENT_FILES_SECRET_KEY", "test")
            .env("MUNIMENT_BACKUP_TO", self.folder.path().join("backups"))
            .env("MUNIMENT_BACKUP_EVERY", "2s")
            .env("MUNIMENT_BACKUP_KEEP_LAST", "1000");
        command
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        let connection = Connection::open(&Address::parse(&self.server).unwrap());
        if let Ok(connection) = connection {
            connection.batch(&format!("drop schema if exists {} cascade", self.schema)).ok();
        }
    }
}

impl Node {
    /// Ends it at once, in the middle of whatever it does.
    pub fn kill(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }

    /// Lets it stand still, or go on.
    pub fn pause(&self, is_paused: bool) {
        let signal = if is_paused { "-STOP" } else { "-CONT" };
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Waits until something is so.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what}: not within a minute");
        thread::sleep(Duration::from_millis(100));
    }
}
