//! Many writers at once, compared with a bare loop that writes the same rows in the same batches.

use anyhow::Result;
use domain::Actor;
use meta::Id;

use super::{Bench, today};
use crate::{
    Figure, Home, Target, Unit,
    bare::{self, Batch},
    figure::median,
    load::{self, Load},
};

/// So many threads write at the same time.
pub(super) const WRITERS: usize = 64;

/// So many commits each of them makes.
const EACH: usize = 200;

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let mut runs = Vec::new();
    for run in 0..3 {
        let ours = bench.scratch()?;
        let theirs = bench.scratch()?;
        let home = bench.home.copy_to(ours.path())?;
        let copy = bench.home.copy_to(theirs.path())?;
        let (load, id, batches) = program(&home, run)?;
        let bare = bare::sqlite(&copy.file(), id, &batches)?;
        runs.push((load, bare, batches.len()));
    }
    let rate = median(runs.iter().map(|it| it.0.commits as f64 / it.0.seconds).collect());
    let bare = median(runs.iter().map(|it| it.0.commits as f64 / it.1).collect());
    let ratio = median(runs.iter().map(|it| it.1 / it.0.seconds).collect());
    let size = median(runs.iter().map(|it| it.0.commits as f64 / it.2 as f64).collect());
    Ok(vec![
        Figure {
            name: "Writers against a bare loop".to_owned(),
            measured: ratio,
            unit: Unit::Ratio,
            target: Target::AtLeast(0.5),
            note: format!(
                "{WRITERS} threads, {EACH} durable commits each, into the 100,000 records; the \
                 loop writes the same rows in the same transactions, {size:.1} commits each. \
                 Median of 3."
            ),
        },
        Figure {
            name: format!("Commits of {WRITERS} writers"),
            measured: rate,
            unit: Unit::PerSecond,
            target: Target::Any,
            note: format!(
                "The bare loop: {bare:.0} /s. One transaction pays for one fsync of {}.",
                Unit::Seconds.show(bench.machine.sync)
            ),
        },
    ])
}

/// Lets the program write; what it wrote, transaction by transaction.
fn program(home: &Home, run: u64) -> Result<(Load, Id, Vec<Batch>)> {
    let (app, organization) = home.open(today())?;
    let id = organization.id();
    let isms = organization.current()?;
    let before = app.store().tail(id)?;
    let person = isms.rows("person").next().map(|it| it.head.id);
    let actor = person.map_or(Actor::System, Actor::Person);
    drop(isms);
    let load = load::write(&organization, actor, WRITERS, EACH, 1_000 * (run + 1))?;
    let batches = bare::batches(app.store(), id, before.seq, &before.edge)?;
    Ok((load, id, batches))
}
