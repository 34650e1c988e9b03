//! Opening the organization from SQLite, and the memory it holds then.

use std::time::Instant;

use anyhow::Result;

use super::{Bench, today};
use crate::{Figure, Home, Target, Unit, figure::quickest, machine};

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let runs = (0..5).map(|_| bench.child("open")).collect::<Result<Vec<_>>>()?;
    let of = |at: usize| quickest(runs.iter().map(|it| it[at]).collect());
    let (records, peak) = (of(3), of(2));
    let note = format!(
        "A new process opens the database and loads its {records:.0} records; the file is in the \
         system's cache. Quickest of 5."
    );
    let memory = format!("Resident after opening, in that process; at its peak {peak:.0} MB.");
    Ok(vec![
        Figure {
            name: "Open from SQLite".to_owned(),
            measured: of(0),
            unit: Unit::Seconds,
            target: Target::AtMost(1.5),
            note,
        },
        Figure {
            name: "Resident once open".to_owned(),
            measured: of(1),
            unit: Unit::Megabytes,
            target: Target::AtMost(250.0),
            note: memory,
        },
    ])
}

/// Seconds, resident and peak megabytes, records.
pub(super) fn child(home: &Home) -> Result<Vec<f64>> {
    let start = Instant::now();
    let (_app, organization) = home.open(today())?;
    let isms = organization.current()?;
    let seconds = start.elapsed().as_secs_f64();
    let memory = |it| machine::memory(it).unwrap_or(f64::NAN);
    Ok(vec![seconds, memory("VmRSS"), memory("VmHWM"), isms.len() as f64])
}
