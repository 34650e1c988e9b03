//! `serve`: the pages.

use anyhow::Context;
use app::{App, Organization};
use domain::{View, access};
use kinds::{membership::Profile, person::Person};
use meta::Record;

use crate::{
    Done,
    configuration::{Flags, Server, Tls},
    door,
    house::{self, House},
    output::{Ink, Out},
    place::Place,
    telemetry,
};

/// Serves the pages to browsers until it is stopped. Makes the database where there is none.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment serve\n  \
    muniment serve --listen 127.0.0.1:8080\n  \
    muniment serve --config /etc/muniment/muniment.toml\n  \
    muniment serve --origin https://isms.example.org --behind-proxy 1\n\n\
    Asked to stop (Ctrl C, SIGTERM), it finishes what it accepted; asked again, it stops at once. \
    SIGHUP reads the certificate again.")]
pub struct Serve {
    #[command(flatten)]
    pub(crate) flags: Flags,
}

impl Serve {
    /// Serves.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        web::stay_small();
        let configuration = place.configuration();
        let (server, tls) = (configuration.read::<Server>()?, configuration.read::<Tls>()?);
        let _telling = telemetry::start(&configuration.read()?)?;
        let door = door::bind(&server, &tls)?;
        let app = place.app_or_new()?;
        let link = way_in(&app)?;
        app.store().keep_contact();
        let post = house::post(place)?;
        let base = door.base();
        let house = House::keep(app.clone(), house::jobs(place, &base, &post)?);
        let listening = door::open(place, app, &server, door, post)?;
        out.line(format!("Muniment is at {}", out.paint(&base, Ink::Bold)));
        if let Some(monitor) = listening.monitor() {
            out.line(format!("Monitors are answered at http://{monitor}/metrics"));
        }
        if let Some((whom, link)) = link {
            out.line(format!("{whom}: {}", out.paint(&format!("{base}{link}"), Ink::Accent)));
        }
        out.flush()?;
        if !listening.run().context("serving")? {
            // Cut short: what is done beside the pages is not waited for either.
            std::mem::forget(house);
        }
        Ok(Done::Well)
    }
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
