//! Verifying a ledger of 100,000 commits.

use std::{fs, time::Instant};

use anyhow::Result;
use app::{Organization, Point};
use domain::Actor;

use super::{Bench, today};
use crate::{Figure, Home, Target, Unit, figure::quickest, load, organization::founding};

/// So many commits the ledger has at least.
const COMMITS: usize = 100_000;

/// Changes when what is made here changes.
const EDITION: &str = "1";

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let home = ledger(bench)?;
    let (_app, organization) = home.open(today())?;
    let report = organization.verify(&ledger::Options::default())?;
    let times = (0..5).map(|_| {
        let start = Instant::now();
        organization.verify(&ledger::Options::default())?;
        Ok(start.elapsed().as_secs_f64())
    });
    let verified = Figure {
        name: "Verify a ledger".to_owned(),
        measured: quickest(times.collect::<Result<_>>()?),
        unit: Unit::Seconds,
        target: Target::AtMost(2.0),
        note: format!(
            "{} commits of {} revisions and {} checkpoints, from SQLite. Quickest of 5.",
            report.size, report.revisions, report.checkpoints
        ),
    };
    Ok(vec![verified, middle(&organization)?])
}

fn middle(organization: &Organization) -> Result<Figure> {
    let seq = organization.current()?.position() / 2;
    let times = (0..3).map(|_| {
        let start = Instant::now();
        organization.as_of(Some(Point::Seq(seq)))?;
        Ok(start.elapsed().as_secs_f64())
    });
    Ok(Figure {
        name: "As of its middle".to_owned(),
        measured: quickest(times.collect::<Result<_>>()?),
        unit: Unit::Seconds,
        target: Target::AtMost(1.5),
        note: format!("The same ledger of small commits as of entry {seq}. Quickest of 3."),
    })
}

/// The ledger: made by many writers at once, kept for the next run.
fn ledger(bench: &Bench) -> Result<Home> {
    let home = Home::new(bench.folder.join(format!("ledger-{COMMITS}")));
    let mark = home.folder().join("edition");
    if fs::read_to_string(&mark).is_ok_and(|it| it == EDITION) {
        return Ok(home);
    }
    if home.folder().exists() {
        fs::remove_dir_all(home.folder())?;
    }
    let app = home.create(today())?;
    let (organization, person) = app.begin(&founding::beginning())?;
    load::write(&organization, Actor::Person(person), 250, COMMITS / 250, 1)?;
    drop((organization, app));
    fs::write(mark, EDITION)?;
    Ok(home)
}
