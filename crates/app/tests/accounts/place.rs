//! A new installation with a clock that stands still until it is moved.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use app::accounts::{Account, By, Device, Once, Purpose, Token};
use app::{App, Beginning, Clock, Keys};
use jiff::{SignedDuration, Timestamp};
use meta::Id;
use store::{Address, db::Connection};

/// When tests begin.
const BEGIN: i64 = 1_795_000_000_000;

pub const GOOD: &str = "kettle on a slate roof";
pub const BETTER: &str = "otters under the bridge";
pub const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
pub const DEVICE: Device<'_> = Device { agent: "Test/1.0", address: HERE };

/// A folder and perhaps a schema of a server, gone after the test.
pub struct Place {
    folder: tempfile::TempDir,
    server: Option<String>,
    now: Arc<AtomicI64>,
}

impl Place {
    pub fn new(server: Option<String>) -> Self {
        let now = Arc::new(AtomicI64::new(BEGIN));
        let place = Self { folder: tempfile::tempdir().unwrap(), server, now };
        for name in ["isms", "back"] {
            place.admin(&format!("create schema {}", place.schema(name)));
        }
        place
    }

    pub fn url(&self, name: &str) -> String {
        let Some(server) = &self.server else {
            return format!("sqlite:{}", self.path(name).display());
        };
        let joint = if server.contains('?') { '&' } else { '?' };
        let (schema, files) = (self.schema(name), self.path("files"));
        format!("{server}{joint}options=-csearch_path%3D{schema}&files={}", files.display())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn keys(&self) -> Keys {
        Keys::new(self.path("keys"))
    }

    pub fn clock(&self) -> Clock {
        let now = self.now.clone();
        Clock::new(move || Timestamp::from_millisecond(now.load(Ordering::Relaxed)).unwrap())
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        self.now.fetch_add(seconds * 1_000, Ordering::Relaxed);
    }

    /// A new installation without an organization.
    pub fn app(&self) -> App {
        App::create(&self.url("isms"), self.keys(), self.clock()).unwrap()
    }

    /// The same installation in another process.
    pub fn again(&self) -> App {
        App::open(&self.url("isms"), self.keys(), self.clock()).unwrap()
    }

    fn schema(&self, name: &str) -> String {
        let folder = self.folder.path().file_name().unwrap().to_string_lossy().to_lowercase();
        format!("a{folder}{name}").chars().filter(char::is_ascii_alphanumeric).collect()
    }

    fn admin(&self, sql: &str) {
        if let Some(server) = &self.server {
            Connection::open(&Address::parse(server).unwrap()).unwrap().batch(sql).unwrap();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        for name in ["isms", "back"] {
            self.admin(&format!("drop schema {} cascade", self.schema(name)));
        }
    }
}

/// An account with the password [`GOOD`].
pub fn ada(app: &App) -> Account {
    let ada = app.accounts().create("Ada@Example.org", "Ada Lind").unwrap();
    app.accounts().set_password(ada.id, GOOD, None).unwrap();
    app.accounts().by_id(ada.id).unwrap().unwrap()
}

/// An organization and the person who began it.
pub fn acme(app: &App) -> (Id, Id) {
    begin(app, "acme")
}

/// An organization of this short name and the person who began it.
pub fn begin(app: &App, slug: &str) -> (Id, Id) {
    let beginning = Beginning {
        slug: slug.into(),
        name: "Hollerbusch Kliniken GmbH".into(),
        time_zone: "Europe/Berlin".into(),
        origin: None,
        person: "Ada Lind".into(),
        email: None,
    };
    let (organization, person) = app.begin(&beginning).unwrap();
    (organization.id(), person)
}

pub fn open(app: &App, account: Id) -> Token {
    app.accounts().open(account, By::Password, &DEVICE).unwrap()
}

pub fn issue(app: &App, once: &Once) -> Token {
    app.accounts().issue(once, SignedDuration::from_hours(1)).unwrap()
}

pub fn reset_for(account: Id) -> Once {
    Once::for_account(Purpose::Reset, account)
}
