//! Pages of the organization of 100,000 records over loopback, sixteen connections at a time.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Instant,
};

use anyhow::{Context, Result};

use super::{
    Bench,
    served::{CONNECTIONS, Served},
};
use crate::{
    Figure, Target, Unit, load,
    visitors::{Visit, Visitor, visit},
};

/// So many pages each of them asks for.
const EACH: usize = 60;

/// The list that is measured: filtered and sorted over all risks.
const LIST: &str = "/risk?f.concerns=information&sort=-level_current";
const HOME: &str = "";

/// The other pages of an ordinary day, and how the list of notes calls them.
const OTHERS: &[(&str, &str)] = &[
    ("Jump, a title", "/jump?q=server"),
    ("Jump, a number", "/jump?q=RISK-12000"),
    ("Jump, what is in no title", "/jump?q=qzx"),
    ("My work", "/work"),
    ("a list searched", "/asset?q=server"),
    ("a record", "/risk/12000"),
    ("its form", "/risk/12000/edit"),
    ("Statement of Applicability", "/soa"),
    ("Risk matrix", "/matrix"),
    ("Conformity", "/conformity"),
    ("Documented information", "/documented"),
    ("An auditor's spine", "/spine/6.1.2"),
    ("History", "/history"),
    ("Charts", "/charts"),
];

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let served = Served::new(bench)?;
    let ask = |path: &str| -> Result<Visit> {
        let path = format!("{}{path}", base(&served));
        visit(served.address, &served.cookie, &path, CONNECTIONS, 2)?;
        Ok(visit(served.address, &served.cookie, &path, CONNECTIONS, EACH)?)
    };
    // Whoever is signed in is sent on from there.
    let bare = visit(served.address, "", "/sign-in", CONNECTIONS, EACH)?;
    let list = ask(LIST)?;
    let home = ask(HOME)?;
    let busy = while_writing(&served, || ask(HOME))?;
    let others = OTHERS.iter().map(|it| Ok((it.0, ask(it.1)?))).collect::<Result<Vec<_>>>()?;
    let (jumps, others): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|it| it.0.starts_with("Jump"));
    let writes = writes(&served)?;
    let page = |name: &str, visit: &Visit, limit: f64, more: &str| Figure {
        name: format!("{name}, 99 of 100 within"),
        measured: visit.percentile(99),
        unit: Unit::Seconds,
        target: Target::AtMost(limit),
        note: format!(
            "{CONNECTIONS} connections, {EACH} times each; half within {}, {:.0} in a second, {:.1} \
             kB on the wire; the sign-in page on the same connections: {:.0} in a second.{more}",
            Unit::Seconds.show(visit.percentile(50)),
            visit.rate(),
            visit.bytes as f64 / 1e3,
            bare.rate()
        ),
    };
    Ok(vec![
        page("List of 50 of 20,000 risks, filtered and sorted", &list, 0.015, ""),
        page("Home", &home, 0.025, ""),
        page("Home while others write", &busy, 0.025, " One commit after the other meanwhile."),
        slowest("Slowest jump", &jumps, Target::AtMost(0.030)),
        slowest("Slowest of the other pages", &others, Target::Any),
        Figure {
            name: "Largest of all these pages".to_owned(),
            measured: others
                .iter()
                .map(|it| it.1.bytes)
                .chain([list.bytes, home.bytes])
                .max()
                .unwrap_or(0) as f64
                / 1e6,
            unit: Unit::Megabytes,
            target: Target::AtMost(0.1),
            note: "Compressed, as it goes over the wire.".to_owned(),
        },
        Figure {
            name: "A form that is sent, 99 of 100 answered within".to_owned(),
            measured: writes.percentile(99),
            unit: Unit::Seconds,
            target: Target::AtMost(0.020),
            note: format!(
                "One connection, durable before it is answered; half within {}. One fsync takes {}.",
                Unit::Seconds.show(writes.percentile(50)),
                Unit::Seconds.show(bench.machine.sync)
            ),
        },
    ])
}

/// The figure of the slowest of some pages; the note tells of each.
fn slowest(name: &str, pages: &[(&str, Visit)], target: Target) -> Figure {
    let each: Vec<String> = pages
        .iter()
        .map(|(name, visit)| {
            let time = |percent| Unit::Seconds.show(visit.percentile(percent));
            format!("{name}: half within {}, 99 of 100 within {}", time(50), time(99))
        })
        .collect();
    Figure {
        name: format!("{name}, 99 of 100 within"),
        measured: pages.iter().map(|it| it.1.percentile(99)).fold(0.0, f64::max),
        unit: Unit::Seconds,
        target,
        note: format!("{}.", each.join("; ")),
    }
}

fn base(served: &Served) -> String {
    format!("/o/{}", served.organization.slug())
}

/// Does something while commits are made one after the other.
fn while_writing<T>(served: &Served, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let writer = scope.spawn(|| -> Result<()> {
            let mut run = 0;
            while !stop.load(Ordering::Relaxed) {
                run += 1;
                load::write(&served.organization, served.actor, 1, 5, 1_000_000 + 10 * run)?;
            }
            Ok(())
        });
        let done = work();
        stop.store(true, Ordering::Relaxed);
        writer.join().expect("the writer does not panic")?;
        done
    })
}

/// Makes records by the form, one after the other.
fn writes(served: &Served) -> Result<Visit> {
    let mut visitor = Visitor::new(served.address, &served.cookie)?;
    let page = visitor_token(&mut visitor, served)?;
    let path = format!("{}/issue/new", base(served));
    let mut done = Visit::default();
    let start = Instant::now();
    for at in 0..200 {
        let form = format!("token={page}&f.title=Issue+{at}&f.side=external");
        let begun = Instant::now();
        let (status, _) = visitor.post(&path, &form)?;
        done.times.push(begun.elapsed().as_secs_f64());
        anyhow::ensure!(status == 303, "the form answers {status}");
    }
    done.seconds = start.elapsed().as_secs_f64();
    done.times.sort_by(f64::total_cmp);
    Ok(done)
}

/// The token that the forms of this session carry.
fn visitor_token(visitor: &mut Visitor, served: &Served) -> Result<String> {
    let body = visitor.get_plain(&format!("{}/issue/new", base(served)))?;
    let text = String::from_utf8_lossy(&body);
    let at = text.find("name=\"token\" value=\"").context("the form carries a token")?;
    let rest = &text[at + "name=\"token\" value=\"".len()..];
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}
