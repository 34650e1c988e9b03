//! A site over the organization of 100,000 records that listens on loopback.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    thread,
};

use anyhow::{Context, Result};
use app::{
    Organization,
    accounts::{By, Device, Scope, Scopes, WantedToken},
};
use domain::Actor;
use web::{PaperForm, Papers, Settings, Site, SoaOf};

use super::{Bench, today};

/// So many connections ask at the same time.
pub(super) const CONNECTIONS: usize = 16;

/// A site that listens, and somebody who may do everything in it.
pub(super) struct Served {
    pub(super) address: SocketAddr,
    pub(super) organization: Arc<Organization>,
    pub(super) actor: Actor,
    /// The cookie of their session.
    pub(super) cookie: String,
    /// A personal token of theirs that may write.
    pub(super) token: String,
    /// The folder of the database goes last.
    _folder: tempfile::TempDir,
}

impl Served {
    /// Serves a copy of the organization until the process ends.
    pub(super) fn new(bench: &Bench) -> Result<Self> {
        web::stay_small();
        let folder = bench.scratch()?;
        let home = bench.home.copy_to(folder.path())?;
        let (app, organization) = home.open(today())?;
        let isms = organization.current()?;
        let person = isms.rows("person").next().context("the organization has a person")?;
        let person = person.head.id;
        let accounts = app.accounts();
        let account = accounts.create("somebody@example.org", "Somebody")?;
        accounts.belong(account.id, organization.id(), person)?;
        let device = Device { agent: "bench", address: [127, 0, 0, 1].into() };
        let session = accounts.open(account.id, By::Password, &device)?;
        let cookie = format!("session={}", session.as_str());
        let scopes = Scopes::of([Scope::Write]);
        let wanted = WantedToken { name: "bench", organization: None, scopes, days: 7 };
        let (_, token) = accounts.make_token(account.id, &wanted)?;
        let settings = Settings {
            origin: "http://localhost".to_owned(),
            secure: false,
            largest_upload: 1 << 20,
            ..Settings::default()
        };
        let site = Arc::new(Site::new(app, today(), settings, Box::new(NoPapers))?);
        let listening = web::serve(site, TcpListener::bind(("127.0.0.1", 0))?);
        let address = listening.address().context("a listener has an address")?;
        thread::spawn(move || listening.run());
        let actor = Actor::Person(person);
        Ok(Self { address, organization, actor, cookie, token, _folder: folder })
    }
}

struct NoPapers;

impl Papers for NoPapers {
    fn soa(&self, _: &str, _: SoaOf<'_>, _: PaperForm) -> io::Result<Vec<u8>> {
        Err(io::Error::other("no papers here"))
    }
}
