//! The load generator: many threads that want something written at the same time.

use std::{sync::Barrier, thread, time::Instant};

use anyhow::Result;
use app::{Organization, Request};
use domain::{Actor, Command, Step, command::Edit};
use meta::{Id, Provenance};
use serde_json::json;

use crate::{
    dice::Dice,
    organization::{new, object},
};

/// What came of a load.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Commits that were acknowledged.
    pub commits: usize,
    /// From the first request to the last answer, in seconds.
    pub seconds: f64,
}

/// Lets `writers` threads make `each` commits of one record, each waiting for its answer before it
/// asks again: by turns a new asset, and a change of that asset.
///
/// # Errors
/// The first request that failed.
pub fn write(
    organization: &Organization,
    actor: Actor,
    writers: usize,
    each: usize,
    seed: u64,
) -> Result<Load> {
    let start = Barrier::new(writers + 1);
    let seconds = thread::scope(|scope| {
        let threads: Vec<_> = (0..writers)
            .map(|writer| {
                let start = &start;
                scope.spawn(move || {
                    let mut dice = Dice::new(seed + writer as u64);
                    start.wait();
                    run(organization, actor, each, &mut dice)
                })
            })
            .collect();
        start.wait();
        let begin = Instant::now();
        for thread in threads {
            thread.join().expect("a writer that fails answers, it does not panic")?;
        }
        Ok::<_, anyhow::Error>(begin.elapsed().as_secs_f64())
    })?;
    Ok(Load { commits: writers * each, seconds })
}

fn run(organization: &Organization, actor: Actor, each: usize, dice: &mut Dice) -> Result<()> {
    let mut last = None;
    for _ in 0..each {
        let step = match last.take() {
            None => {
                let id = dice.id(0x0190_0000_0000);
                last = Some(id);
                make(id, dice)
            }
            Some(id) => change(id, dice),
        };
        let command = Command::one(step);
        organization.execute(Request {
            actor,
            via: "api",
            command,
            files: Vec::new(),
            bound: false,
        })?;
    }
    Ok(())
}

fn make(id: Id, dice: &mut Dice) -> Step {
    let title = format!("Laptop {:08x}", dice.roll() as u32);
    let description = "Given to the sales team with an encrypted disk; the key is kept by the \
                       service desk, and the maker mends faults until the end of next year. \
                       Whoever leaves brings it back on the last day.";
    let fields = json!({
        "title": title, "asset_type": "hardware", "description": description,
        "standing": "supporting", "class": "internal", "confidentiality": "high",
        "integrity": "medium", "availability": "low", "personal_data": "ordinary",
        "in_scope": "yes", "environment": "production", "valued_on": "2026-05-04",
    });
    new(id, "asset", None, fields)
}

fn change(id: Id, dice: &mut Dice) -> Step {
    let day = format!("2027-0{}-1{}", 1 + dice.below(9), dice.below(10));
    let fields = object(json!({"next_review": day, "availability": "medium"}));
    Step::Edit(Edit {
        record: id,
        version: None,
        fields,
        extras: None,
        provenance: Provenance::Person,
    })
}
