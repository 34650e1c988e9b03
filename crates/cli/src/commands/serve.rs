//! `serve`: the pages.

use std::io::IsTerminal;

use anyhow::Context;
use app::{App, Organization};
use domain::{View, access};
use kinds::{membership::Profile, person::Person};
use meta::Record;

use crate::{
    Done,
    configuration::{Flags, Server, Telemetry},
    door,
    house::{self, House},
    output::{Ink, Out},
    place::Place,
    stop::refused,
};

/// Serves the pages to browsers until it is stopped. Makes the database where there is none.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment serve\n  \
    muniment serve --listen 127.0.0.1:8080\n  \
    muniment serve --origin https://isms.example.org --behind-proxy 1")]
pub struct Serve {
    #[command(flatten)]
    pub(crate) flags: Flags,
}

impl Serve {
    /// Serves.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let configuration = place.configuration();
        let (server, telemetry): (Server, Telemetry) =
            (configuration.read()?, configuration.read()?);
        if !server.listen.ip().is_loopback() && server.behind_proxy == 0 {
            return Err(refused(format!(
                "`{}` can be reached from other machines, and plain HTTP would show them \
                 passwords: listen on 127.0.0.1, or name the proxy in front that speaks HTTPS \
                 with --behind-proxy 1 --origin https://…",
                server.listen
            )));
        }
        log(&telemetry.log);
        let app = place.app_or_new()?;
        let link = way_in(&app)?;
        let _house = House::keep(app.clone(), house::jobs());
        let listening = door::open(place, app, &server)?;
        let base = match &server.origin {
            Some(origin) => origin.0.clone(),
            None => format!("http://{}", listening.address()?),
        };
        out.line(format!("Muniment is at {}", out.paint(&base, Ink::Bold)));
        if let Some((whom, link)) = link {
            out.line(format!("{whom}: {}", out.paint(&format!("{base}{link}"), Ink::Accent)));
        }
        out.flush()?;
        listening.run().context("serving")?;
        Ok(Done::Well)
    }
}

/// Logs to standard error what this filter lets through.
pub fn log(filter: &str) {
    let filter = tracing_subscriber::EnvFilter::try_new(filter)
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second log of one process is no harm: the first stays.
    log.with_ansi(std::io::stderr().is_terminal()).try_init().ok();
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
