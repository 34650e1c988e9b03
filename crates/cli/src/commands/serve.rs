//! `serve`: the pages.

use std::{io::IsTerminal, net::SocketAddr, thread, time::Duration};

use anyhow::Context;
use app::{App, Organization};
use domain::{View, access};
use kinds::{membership::Profile, person::Person};
use meta::Record;

use crate::{
    Done, door,
    output::{Ink, Out},
    place::Place,
    stop::refused,
};

/// How often what has expired is removed.
const SWEEP: Duration = Duration::from_secs(3600);

/// Serves the pages to browsers until it is stopped. Makes the database where there is none.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment serve\n  \
    muniment serve --listen 127.0.0.1:8080\n  \
    muniment serve --origin https://isms.example.org --behind-proxy 1")]
pub struct Serve {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7171")]
    listen: SocketAddr,
    /// The address that people type, when it is another one.
    #[arg(long, value_name = "URL", env = "MUNIMENT_ORIGIN")]
    origin: Option<String>,
    /// How many proxies in front speak HTTPS and name the address of who asks.
    #[arg(long, value_name = "N", default_value_t = 0)]
    behind_proxy: usize,
}

impl Serve {
    /// Serves.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        if !self.listen.ip().is_loopback() && self.behind_proxy == 0 {
            return Err(refused(format!(
                "`{}` can be reached from other machines, and plain HTTP would show them \
                 passwords: listen on 127.0.0.1, or name the proxy in front that speaks HTTPS \
                 with --behind-proxy 1 --origin https://…",
                self.listen
            )));
        }
        let origin = self.origin.map(|it| it.trim_end_matches('/').to_owned());
        if let Some(wrong) = origin.as_ref().filter(|it| !it.starts_with("http")) {
            return Err(refused(format!(
                "`{wrong}` is no address: write it like https://isms.example.org"
            )));
        }
        log();
        let app = place.app_or_new()?;
        let link = way_in(&app)?;
        let listening = door::open(place, app, self.listen, origin.clone(), self.behind_proxy)?;
        let base = origin.unwrap_or(format!("http://{}", listening.address()?));
        out.line(format!("Muniment is at {}", out.paint(&base, Ink::Bold)));
        if let Some((whom, link)) = link {
            out.line(format!("{whom}: {}", out.paint(&format!("{base}{link}"), Ink::Accent)));
        }
        out.flush()?;
        sweep(place)?;
        listening.run().context("serving")?;
        Ok(Done::Well)
    }
}

/// Logs to standard error: warnings and errors, more by `RUST_LOG`.
pub fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second log of one process is no harm: the first stays.
    log.with_ansi(std::io::stderr().is_terminal()).try_init().ok();
}

/// Removes what has expired, now and every hour.
///
/// # Errors
/// When the database cannot be opened.
pub fn sweep(place: &Place) -> anyhow::Result<()> {
    let app = place.app()?;
    thread::spawn(move || {
        loop {
            if let Err(err) = app.accounts().sweep() {
                tracing::warn!(%err, "what has expired could not be removed");
            }
            thread::sleep(SWEEP);
        }
    });
    Ok(())
}

/// How to get in while nobody has an account: the first administrator of the only organization, or
/// whoever begins.
fn way_in(app: &App) -> anyhow::Result<Option<(String, String)>> {
    if app.accounts().any()? {
        return Ok(None);
    }
    let organizations = app.organizations()?;
    if let [only] = organizations.as_slice() {
        let organization = app.organization(Some(&only.slug))?;
        if let Some(link) = administrator(app, &organization)? {
            return Ok(Some(link));
        }
    }
    let whom = "Begin here, with a link that works once, within a day".to_owned();
    Ok(Some((whom, door::first_link(app)?)))
}

fn administrator(
    app: &App,
    organization: &Organization,
) -> anyhow::Result<Option<(String, String)>> {
    let isms = organization.current()?;
    let view = View::new(&isms, organization.today(&isms));
    let named = access::with_profile(view, Profile::Administrator).next();
    let first = || isms.live::<Person>().next().map(|it| it.0);
    let Some(person): Option<&Record> = named.or_else(first) else { return Ok(None) };
    let link = door::link_for(app, organization, person)?;
    Ok(Some((
        format!("Sign in as {}, with a link that works once, within a day", person.title()),
        link,
    )))
}
