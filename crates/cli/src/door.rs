//! The way into the pages: accounts for persons, links that sign in once, and the site itself.

use std::{
    fs::File,
    io::{self, Read, Seek},
    path::PathBuf,
    process::{Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context;
use app::{
    App, Clock, Organization,
    accounts::{Account, Once, Purpose, SignIn},
    provider::ProviderSettings,
};
use jiff::SignedDuration;
use kinds::person::Person;
use meta::Record;
use web::{
    Bound, Certificates, Door, Limits, Listening, PaperForm, Papers, Post, Settings, Site, SoaOf,
};

use crate::{
    configuration::{self, Configuration, Server, Telemetry, Tls},
    place::Place,
    stop::refused,
    telemetry,
};

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
    let account = account_of(app, organization, person)?;
    let once = Once::for_account(Purpose::SignIn, account.id);
    Ok(format!("/link/{}", app.accounts().issue(&once, LINK_WORKS)?.as_str()))
}

/// The account of a person, made where there is none.
///
/// # Errors
/// When the database fails, or another account has the person's e-mail address.
pub fn account_of(
    app: &App,
    organization: &Organization,
    person: &Record,
) -> anyhow::Result<Account> {
    let accounts = app.accounts();
    let (id, place) = (person.head.id, organization.id());
    if let Some(account) = accounts.who_is(place, id)? {
        return Ok(account);
    }
    let kept = person.typed::<Person>().and_then(|it| it.email.clone());
    let made = || format!("{}@{}.invalid", person.name(), organization.slug());
    let email = kept.unwrap_or_else(made).to_lowercase();
    let account = match accounts.by_email(&email)? {
        Some(account) => account,
        None => accounts.create(&email, person.title())?,
    };
    accounts.belong(account.id, place, id)?;
    Ok(account)
}

/// A link to begin with: for the first account of an installation that has none.
///
/// # Errors
/// When the database fails.
pub fn first_link(app: &App) -> anyhow::Result<String> {
    let token = app.accounts().issue(&Once::new(Purpose::FirstRun), LINK_WORKS)?;
    Ok(format!("/link/{}", token.as_str()))
}

/// What was opened to listen on: nobody else can have it from now on.
pub struct Opened {
    bound: Bound,
    monitor: Option<Bound>,
    certificates: Option<Certificates>,
    origin: String,
}

impl Opened {
    /// The address that people type.
    pub fn base(&self) -> String {
        self.origin.clone()
    }
}

/// Opens what the configuration says to listen on.
///
/// # Errors
/// When it cannot be had, or would show passwords to whoever is on the way.
pub fn bind(server: &Server, tls: &Tls) -> anyhow::Result<Opened> {
    let open = |door: &Door| door.open().with_context(|| format!("`{door}` cannot be listened on"));
    let certificates = certificates(tls)?;
    let guarded = certificates.is_some() || server.behind_proxy.are_there();
    if server.listen.is_open() && !guarded {
        return Err(plain(&server.listen.to_string()));
    }
    let bound = open(&server.listen)?;
    if let (true, false, Some(address)) = (bound.is_open(), guarded, bound.address()) {
        return Err(plain(&address.to_string()));
    }
    let monitor = server.monitor.as_ref().map(open).transpose()?;
    let scheme = if certificates.is_some() { "https" } else { "http" };
    let origin = match (&server.origin, bound.address()) {
        (Some(origin), _) => origin.0.clone(),
        (None, Some(address)) => format!("{scheme}://{address}"),
        (None, None) => {
            return Err(refused(
                "a socket has no address that people could type: name it by --origin https://…",
            ));
        }
    };
    Ok(Opened { bound, monitor, certificates, origin })
}

/// Makes the site that listens there.
///
/// # Errors
/// When there is no room for uploads.
pub fn open(
    place: &Place,
    app: App,
    server: &Server,
    door: Opened,
    post: Post,
) -> anyhow::Result<Listening> {
    let Opened { bound, monitor, certificates, origin } = door;
    let papers = Box::new(Child {
        database: place.database().to_owned(),
        keys: place.keys()?.folder().to_owned(),
        turn: Mutex::new(()),
    });
    let settings = Settings {
        secure: origin.starts_with("https://"),
        origin,
        proxies: server.behind_proxy.clone(),
        proxy_header: server.proxy_header,
        largest_upload: server.largest_upload.0,
        uploads: server.uploads.clone(),
        patience: server.patience.0.unsigned_abs(),
        metrics_token: server.metrics_token.as_ref().map(|it| it.reveal().to_owned()),
        traces: place.configuration().read::<Telemetry>()?.otlp.map(|_| telemetry::GO_ON),
        sign_in: sign_in(place.configuration())?,
    };
    let site = Site::new(app, Clock::system(), settings, papers);
    let site = Arc::new(site.context("no room for uploads")?.with_post(post));
    let limits = Limits {
        connections: server.connections.0,
        connections_of_one: server.connections_of_one.0,
        patience: server.patience.0.unsigned_abs(),
        grace: server.grace.unsigned_abs(),
    };
    let listening = web::serve(site, bound).with_limits(limits);
    let listening = match certificates {
        Some(certificates) => listening.with_certificates(certificates),
        None => listening,
    };
    Ok(match monitor {
        Some(monitor) => listening.with_monitor(monitor),
        None => listening,
    })
}

fn certificates(tls: &Tls) -> anyhow::Result<Option<Certificates>> {
    match (&tls.certificate, &tls.key) {
        (Some(certificate), Some(key)) => {
            let opened = Certificates::open(certificate, key);
            opened.map(Some).map_err(|err| refused(err.to_string()))
        }
        (None, None) => Ok(None),
        _ => Err(refused("HTTPS needs both `tls.certificate` and `tls.key`: name the other one")),
    }
}

fn plain(address: &str) -> anyhow::Error {
    refused(format!(
        "`{address}` can be reached from other machines, and plain HTTP would show them \
         passwords: listen on 127.0.0.1, name a certificate in [tls], or name the proxy in front \
         that speaks HTTPS with --behind-proxy 1 --origin https://…"
    ))
}

/// How people sign in, by the configuration.
fn sign_in(configuration: &Configuration) -> anyhow::Result<SignIn> {
    let section = configuration.read::<configuration::SignIn>()?;
    let mut providers = Vec::new();
    for (id, it) in configuration.read_named::<configuration::Provider>()? {
        let said = |value: Option<String>| value.unwrap_or_default();
        let provider = ProviderSettings {
            name: it.name.unwrap_or_else(|| id.clone()),
            id,
            issuer: said(it.issuer),
            client_id: said(it.client_id),
            client_secret: it.client_secret.map(|it| it.reveal().to_owned()),
            scopes: it.scopes,
            groups_claim: it.groups_claim,
            grants: it.groups.into_iter().map(|it| it.0).collect(),
            create: it.create,
            domains: it.domains,
        };
        provider.check().map_err(refused)?;
        providers.push(provider);
    }
    Ok(SignIn { second_factor: section.second_factor, providers })
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
