//! Importing a table of 100,000 rows, compared with writing the same rows by bare statements.

use std::{fmt::Write, time::Instant};

use anyhow::{Context, Result, bail};
use app::{Organization, Request, fresh_id};
use domain::{Actor, Step, View};
use exchange::{
    Limits,
    import::{self, Options, Source},
};
use meta::Id;
use serde_json::json;

use super::{Bench, TODAY, today};
use crate::{
    Figure, Home, Target, Unit, bare,
    dice::Dice,
    figure::quickest,
    machine,
    organization::{founding, new},
};

const ROWS: usize = 100_000;

/// How long each part of an import took, in seconds.
#[derive(Clone, Copy)]
struct Times {
    read: f64,
    plan: f64,
    write: f64,
    bare: f64,
    effort: f64,
}

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let csv = table();
    let runs = (0..3).map(|_| once(bench, &csv)).collect::<Result<Vec<_>>>()?;
    let of = |part: fn(&Times) -> f64| quickest(runs.iter().map(part).collect());
    let (read, plan, write) = (of(|it| it.read), of(|it| it.plan), of(|it| it.write));
    let all = of(|it| it.read + it.plan + it.write);
    let (bare, effort) = (of(|it| it.bare), of(|it| it.effort));
    let show = |it| Unit::Seconds.show(it);
    Ok(vec![
        Figure {
            name: "Import of 100,000 rows of CSV".to_owned(),
            measured: all,
            unit: Unit::Seconds,
            target: Target::AtMost(5.0),
            note: format!(
                "{:.0} MB of assets with twelve columns into a new organization: reading {}, \
                 planning {}, deciding, sealing and writing {}; {} of processor time. Quickest of 3.",
                csv.len() as f64 / 1e6,
                show(read),
                show(plan),
                show(write),
                show(effort)
            ),
        },
        Figure {
            name: "Import against bare statements".to_owned(),
            measured: bare / all,
            unit: Unit::Ratio,
            target: Target::AtLeast(0.5),
            note: format!(
                "The same rows of the same tables, already made, by prepared statements in one \
                 transaction: {}. The import also reads and matches cells, checks each record, keeps the \
                 row it came from, writes canonical JSON and hashes it.",
                show(bare)
            ),
        },
    ])
}

fn once(bench: &Bench, csv: &[u8]) -> Result<Times> {
    let (ours, theirs) = (bench.scratch()?, bench.scratch()?);
    let home = Home::new(ours.path());
    let app = home.create(today())?;
    let (organization, person) = app.begin(&founding::beginning())?;
    roles(&organization, person)?;
    let id = organization.id();
    drop((organization, app));
    let copy = home.copy_to(theirs.path())?;
    let (app, organization) = home.open(today())?;
    let before = app.store().tail(id)?;

    let (start, effort) = (Instant::now(), machine::effort());
    let workbook = exchange::read("assets.csv", csv, &Limits::default())?;
    let read = start.elapsed().as_secs_f64();
    let isms = organization.current()?;
    let source = Source { name: "assets.csv", workbook: &workbook };
    let options = Options { kind: kinds::kind("asset"), ..Options::default() };
    let plan = import::plan(View::new(&isms, TODAY), &[source], &options, &mut fresh_id)?;
    let planned = start.elapsed().as_secs_f64();
    let made = plan.sheets.first().context("one sheet was read")?.summary.made;
    let actor = Actor::Person(person);
    let command = plan.command;
    organization.execute(Request {
        actor,
        via: "import",
        command,
        files: Vec::new(),
        bound: false,
    })?;
    let written = start.elapsed().as_secs_f64();
    let effort = machine::effort().zip(effort).map_or(f64::NAN, |(now, then)| now - then);
    if made != ROWS {
        bail!("{made} rows were made of {ROWS}");
    }
    let batches = bare::batches(app.store(), id, before.seq, &before.edge)?;
    let bare = bare::sqlite(&copy.file(), id, &batches)?;
    Ok(Times { read, plan: planned - read, write: written - planned, bare, effort })
}

fn roles(organization: &Organization, person: Id) -> Result<()> {
    let mut dice = Dice::new(3);
    let steps: Vec<Step> =
        (0..OWNERS).map(|at| new(dice.id(0), "role", None, json!({"title": owner(at)}))).collect();
    let command = domain::Command { note: None, steps };
    let actor = Actor::Person(person);
    organization.execute(Request {
        actor,
        via: "job",
        command,
        files: Vec::new(),
        bound: false,
    })?;
    Ok(())
}

const OWNERS: usize = 12;

fn owner(at: usize) -> String {
    const UNITS: [&str; 4] = ["operations", "sales", "finance", "production"];
    const NAMES: [&str; 3] = ["Head", "Lead", "Officer"];
    format!("{} of {}", NAMES[at / UNITS.len()], UNITS[at % UNITS.len()])
}

fn table() -> Vec<u8> {
    const TYPES: [&str; 4] = ["Information", "Software", "Hardware", "Service"];
    const NEEDS: [&str; 3] = ["Low", "Medium", "High"];
    let mut dice = Dice::new(5);
    let mut csv = String::from(
        "Asset ID,Asset Name,Asset Type,Description,Asset Owner,Classification,Confidentiality,\
         Integrity,Availability,In Scope,Next Review Date,Cost centre\r\n",
    );
    for at in 1..=ROWS {
        let (kind, owner) = (dice.pick(&TYPES), owner(dice.below(OWNERS)));
        let [c, i, a] = [(); 3].map(|()| dice.pick(&NEEDS));
        let (month, day) = (1 + dice.below(12), 1 + dice.below(28));
        write!(
            csv,
            "AST-{at:06},{kind} {at},{kind},\"Kept by the team, with a copy in the second \
             building; looked at twice a year by its owner.\",{owner},Internal,{c},{i},{a},Yes,\
             2027-{month:02}-{day:02},{}\r\n",
            4_000 + dice.below(500)
        )
        .expect("a String takes all text");
    }
    csv.into_bytes()
}
