//! The organization as it was at some point of its ledger.

use std::time::Instant;

use anyhow::Result;
use app::Point;

use super::{Bench, today};
use crate::{Figure, Target, Unit, figure::quickest};

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let (_app, organization) = bench.home.open(today())?;
    let last = organization.current()?.position();
    let mut slowest = (0.0, 0, 0);
    for part in [2, 4, 6, 8, 9] {
        let seq = last * part / 10;
        let mut records = 0;
        let times = (0..3).map(|_| {
            let start = Instant::now();
            let past = organization.as_of(Some(Point::Seq(seq)))?;
            let seconds = start.elapsed().as_secs_f64();
            records = past.isms.len();
            Ok(seconds)
        });
        let seconds = quickest(times.collect::<Result<_>>()?);
        if seconds > slowest.0 {
            slowest = (seconds, seq, records);
        }
    }
    let before = {
        let start = Instant::now();
        organization.as_of(Some(Point::Seq(last - 1)))?;
        start.elapsed().as_secs_f64()
    };
    let (seconds, seq, records) = if before > slowest.0 {
        (before, last - 1, organization.current()?.len())
    } else {
        slowest
    };
    let note = format!(
        "The slowest of six points of a ledger of {last} commits: entry {seq}, with {records} \
         records."
    );
    Ok(vec![Figure {
        name: "As of any point".to_owned(),
        measured: seconds,
        unit: Unit::Seconds,
        target: Target::AtMost(1.5),
        note,
    }])
}
