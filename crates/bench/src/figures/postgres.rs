//! The writers' figure on PostgreSQL, where there is one: for information.

use anyhow::{Context, Result};
use app::App;
use domain::Actor;
use store::{Address, db::Connection};

use super::{Bench, today, writers::WRITERS};
use crate::{Figure, Target, Unit, bare, load, organization::founding};

const EACH: usize = 100;

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let Ok(server) = std::env::var("MUNIMENT_TEST_POSTGRES") else {
        eprintln!("skipped: MUNIMENT_TEST_POSTGRES names no PostgreSQL database");
        return Ok(Vec::new());
    };
    let (ours, theirs) =
        (Schema::new(bench, &server, "ours")?, Schema::new(bench, &server, "bare")?);
    let (app, organization) = ours.begin(bench)?;
    let person = organization.current()?.rows("person").next().map(|it| it.head.id);
    let actor = Actor::Person(person.context("somebody began the ledger")?);
    let before = app.store().tail(organization.id())?;
    let load = load::write(&organization, actor, WRITERS, EACH, 7)?;
    let batches = bare::batches(app.store(), organization.id(), before.seq, &before.edge)?;
    let (other, _) = theirs.begin(bench)?;
    // Another organization's rows fit as well: nothing here looks back.
    let id = organization.id();
    other.store().create_ledger(id, "twin", "isms.example.com/twin")?;
    let connection = Connection::open(&Address::parse(&theirs.url)?)?;
    let bare = bare::postgres(&connection, id, &batches)?;
    let rate = load.commits as f64 / load.seconds;
    let size = load.commits as f64 / batches.len() as f64;
    Ok(vec![
        Figure {
            name: "Writers on PostgreSQL, the same".to_owned(),
            measured: bare / load.seconds,
            unit: Unit::Ratio,
            target: Target::Any,
            note: format!(
                "{WRITERS} threads, {EACH} commits each, into a new organization on a server of \
                 this machine; the loop writes many rows to a statement, {size:.1} commits to a \
                 transaction."
            ),
        },
        Figure {
            name: format!("Commits of {WRITERS} writers, PostgreSQL"),
            measured: rate,
            unit: Unit::PerSecond,
            target: Target::Any,
            note: format!("The bare loop: {:.0} /s.", load.commits as f64 / bare),
        },
    ])
}

/// A schema of the server, gone when dropped.
struct Schema {
    url: String,
    name: String,
    connection: Connection,
}

impl Schema {
    fn new(bench: &Bench, server: &str, name: &str) -> Result<Self> {
        let name = format!("bench_{}_{name}", std::process::id());
        let connection = Connection::open(&Address::parse(server)?)?;
        connection.batch(&format!("create schema {name}"))?;
        let joint = if server.contains('?') { '&' } else { '?' };
        let files = bench.folder.join("files");
        let options = format!("options=-csearch_path%3D{name}&files={}", files.display());
        Ok(Self { url: format!("{server}{joint}{options}"), name, connection })
    }

    fn begin(&self, bench: &Bench) -> Result<(App, std::sync::Arc<app::Organization>)> {
        let keys = app::Keys::new(bench.folder.join("keys"));
        let app = App::create(&self.url, keys, today())?;
        let (organization, _) = app.begin(&founding::beginning())?;
        Ok((app, organization))
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        self.connection.batch(&format!("drop schema {} cascade", self.name)).ok();
    }
}
