//! The Statement of Applicability as PDF.

use std::{hint::black_box, time::Instant};

use anyhow::Result;
use domain::{View, soa};

use super::{Bench, TODAY, today};
use crate::{Figure, Home, Target, Unit, figure::quickest};

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let mut runs = vec![bench.child("paper")?];
    // One run tells enough where the target is far.
    while runs.len() < 5 && runs[0][0] < 5.0 {
        runs.push(bench.child("paper")?);
    }
    let of = |at: usize| quickest(runs.iter().map(|it| it[at]).collect());
    Ok(vec![Figure {
        name: "Statement of Applicability, PDF".to_owned(),
        measured: of(0),
        unit: Unit::Seconds,
        target: Target::AtMost(1.0),
        note: format!(
            "A new process makes the statement of the organization from its records ({}) and \
             sets it: {:.0} rows, {:.0} kB. Opening is not counted. Quickest of {}.",
            Unit::Seconds.show(of(1)),
            of(2),
            of(3),
            runs.len()
        ),
    }])
}

/// Seconds, those of them before typesetting, rows, kilobytes.
pub(super) fn child(home: &Home) -> Result<Vec<f64>> {
    let (_app, organization) = home.open(today())?;
    let isms = organization.current()?;
    let start = Instant::now();
    let statement = soa::statement(View::new(&isms, TODAY));
    let made = start.elapsed().as_secs_f64();
    let pdf = black_box(report::soa_pdf(&statement)?);
    let seconds = start.elapsed().as_secs_f64();
    Ok(vec![seconds, made, statement.rows.len() as f64, pdf.len() as f64 / 1e3])
}
