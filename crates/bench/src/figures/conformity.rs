//! A run of every rule over the whole organization.

use std::{hint::black_box, time::Instant};

use anyhow::Result;
use domain::{View, conformity};

use super::{Bench, TODAY, today};
use crate::{Figure, Target, Unit, figure::quickest};

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let (_app, organization) = bench.home.open(today())?;
    let isms = organization.current()?;
    let view = View::new(&isms, TODAY);
    let report = conformity::run(view);
    let answered = report.results.iter().filter(|it| it.rule.judge.is_some()).count();
    let times = (0..15).map(|_| {
        let start = Instant::now();
        black_box(conformity::run(black_box(view)));
        start.elapsed().as_secs_f64()
    });
    let note = format!(
        "One thread, records in memory: {answered} rules that read records, {} that wait for a \
         later register. Quickest of 15.",
        report.results.len() - answered
    );
    Ok(vec![Figure {
        name: "Full conformity run".to_owned(),
        measured: quickest(times.collect()),
        unit: Unit::Seconds,
        target: Target::AtMost(0.15),
        note,
    }])
}
