//! The way into the pages: accounts for persons, links that sign in once, and the site itself.

use std::{
    fs::File,
    io::{self, Read, Seek},
    net::TcpListener,
    path::PathBuf,
    process::{Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context;
use app::{
    App, Clock, Organization,
    accounts::{Once, Purpose},
};
use jiff::SignedDuration;
use kinds::person::Person;
use meta::Record;
use web::{Listening, PaperForm, Papers, Settings, Site, SoaOf};

use crate::{configuration::Server, place::Place};

/// How long a link from the console works.
const LINK_WORKS: SignedDuration = SignedDuration::from_hours(24);
/// A paper that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is looked whether a paper is done.
const LOOK: Duration = Duration::from_millis(10);

/// A link that signs a person in once; makes their account where there is none.
///
/// # Errors
/// When the database fails, or another account has the person's e-mail address.
pub fn link_for(app: &App, organization: &Organization, person: &Record) -> anyhow::Result<String> {
    let accounts = app.accounts();
    let (id, place) = (person.head.id, organization.id());
    let account = match accounts.who_is(place, id)? {
        Some(account) => account,
        None => {
            let kept = person.typed::<Person>().and_then(|it| it.email.clone());
            let made = || format!("{}@{}.invalid", person.name(), organization.slug());
            let email = kept.unwrap_or_else(made).to_lowercase();
            let account = match accounts.by_email(&email)? {
                Some(account) => account,
                None => accounts.create(&email, person.title())?,
            };
            accounts.belong(account.id, place, id)?;
            account
        }
    };
    let once = Once::for_account(Purpose::SignIn, account.id);
    Ok(format!("/link/{}", accounts.issue(&once, LINK_WORKS)?.as_str()))
}

/// A link to begin with: for the first account of an installation that has none.
///
/// # Errors
/// When the database fails.
pub fn first_link(app: &App) -> anyhow::Result<String> {
    let token = app.accounts().issue(&Once::new(Purpose::FirstRun), LINK_WORKS)?;
    Ok(format!("/link/{}", token.as_str()))
}

/// Begins to listen.
///
/// # Errors
/// When the address cannot be had.
pub fn open(place: &Place, app: App, server: &Server) -> anyhow::Result<Listening> {
    let listener = TcpListener::bind(server.listen);
    let listener =
        listener.with_context(|| format!("`{}` cannot be listened on", server.listen))?;
    let origin = server.origin.as_ref().map(|it| it.0.clone());
    let folder = place.keys()?.folder().to_owned();
    let papers = Box::new(Child {
        database: place.database().to_owned(),
        keys: folder,
        turn: Mutex::new(()),
    });
    let secure = origin.as_ref().is_some_and(|it| it.starts_with("https://"));
    let settings = Settings {
        origin: origin.unwrap_or(format!("http://{}", listener.local_addr()?)),
        secure,
        trusted_hops: server.behind_proxy,
        largest_upload: server.largest_upload.0,
    };
    let site = Site::new(app, Clock::system(), settings, papers);
    let site = Arc::new(site.context("no room for uploads")?);
    web::serve(site, listener).context("the listener cannot be used")
}

/// Papers by this program as another process: the typesetter's memory does not come back.
struct Child {
    database: String,
    keys: PathBuf,
    /// One paper at a time: each takes a core.
    turn: Mutex<()>,
}

impl Papers for Child {
    fn soa(&self, organization: &str, of: SoaOf<'_>, form: PaperForm) -> io::Result<Vec<u8>> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tempfile::tempdir()?;
        let path = folder.path().join(format!("soa.{}", form.extension()));
        let mut command = Command::new(std::env::current_exe()?);
        // By the environment and not as an argument: the address may hold a password.
        command.env("MUNIMENT_DATABASE_URL", &self.database);
        command.env("MUNIMENT_DATABASE_KEYS", &self.keys);
        command.args(["--organization", organization, "soa", "--output"]).arg(&path);
        match of {
            SoaOf::Entry(entry) => command.args(["--as-of", &entry.to_string()]),
            SoaOf::Edition(name) => command.arg(format!("--edition={name}")),
        };
        let mut said = tempfile::tempfile()?;
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(said.try_clone()?);
        wait(command, &mut said)?;
        std::fs::read(&path)
    }
}

/// Waits for a process that shall not take long.
fn wait(mut command: Command, said: &mut File) -> io::Result<()> {
    let mut child = command.spawn()?;
    for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
        if let Some(status) = child.try_wait()? {
            if status.success() {
                return Ok(());
            }
            let mut text = String::new();
            said.rewind()?;
            said.take(4_000).read_to_string(&mut text).ok();
            return Err(io::Error::other(text.trim().to_owned()));
        }
        std::thread::sleep(LOOK);
    }
    child.kill().ok();
    child.wait().ok();
    Err(io::Error::new(io::ErrorKind::TimedOut, "the paper took too long"))
}
