//! The API over loopback, beside a bare handler that returns the same bytes from memory.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Barrier,
    thread,
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use axum::{Router, body::Bytes, http::header::CONTENT_TYPE, routing::get};
use serde_json::{Value, json};

use super::{
    Bench,
    served::{CONNECTIONS, Served},
};
use crate::{
    Figure, Target, Unit,
    figure::median,
    visitors::{Visit, Visitor},
};

/// So often each is measured, in turn with the bare handler.
const ROUNDS: usize = 5;
/// So many single records each connection asks for in a round.
const RECORDS: usize = 1_500;
/// So many lists.
const LISTS: usize = 250;
/// So many records are asked for in turn.
const DIFFERENT: usize = 5_000;
/// So many pages of a list in turn.
const PAGES: usize = 40;
/// So many records a batch makes.
const BATCH: usize = 1_000;

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let served = Served::new(bench)?;
    let base = base(&served);
    let records: Vec<String> = (1..=DIFFERENT).map(|it| format!("{base}/risk/{it}")).collect();
    let lists = lists(&served)?;
    let record = beside(&served, &records, RECORDS)?;
    let list = beside(&served, &lists, LISTS)?;
    let batch = batch(&served)?;
    let writes = writes(&served)?;
    let told = |it: &Beside| {
        format!(
            "{CONNECTIONS} connections, {ROUNDS} rounds in turn with a bare axum handler that returns \
             {:.1} kB from memory: {:.0} in a second beside {:.0}; 99 of 100 within {}.",
            it.bytes as f64 / 1e3,
            it.rate,
            it.bare,
            Unit::Seconds.show(it.slow)
        )
    };
    let ratio = |name: &str, it: &Beside, least: f64| Figure {
        name: name.to_owned(),
        measured: it.ratio,
        unit: Unit::Ratio,
        target: Target::AtLeast(least),
        note: told(it),
    };
    Ok(vec![
        ratio("JSON of one record, beside a bare handler", &record, 0.5),
        ratio("JSON of a list of 50, beside a bare handler", &list, 0.25),
        Figure {
            name: format!("A batch that makes {BATCH} records"),
            measured: median(batch.times.clone()),
            unit: Unit::Seconds,
            target: Target::AtMost(0.150),
            note: format!(
                "JSON in, one commit, durable before it is answered; the slowest of {} took {}.",
                batch.times.len(),
                Unit::Seconds.show(batch.percentile(100))
            ),
        },
        Figure {
            name: "A write by the API, 99 of 100 answered within".to_owned(),
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

/// The first pages of a list, as a program walks through it.
fn lists(served: &Served) -> Result<Vec<String>> {
    let mut visitor = Visitor::with_token(served.address, &served.token)?;
    let mut pages = vec![format!("{}/risk?limit=50&sort=title", base(served))];
    while pages.len() < PAGES {
        let last = pages.last().expect("there is a first page");
        let page: Value = serde_json::from_slice(&visitor.get_plain(last)?)?;
        pages.push(page["next"].as_str().context("the list goes on")?.to_owned());
    }
    Ok(pages)
}

/// How a path does beside a bare handler.
struct Beside {
    ratio: f64,
    rate: f64,
    bare: f64,
    slow: f64,
    bytes: usize,
}

fn beside(served: &Served, paths: &[String], each: usize) -> Result<Beside> {
    let mut visitor = Visitor::with_token(served.address, &served.token)?;
    let sample = visitor.get_plain(paths.first().context("there is a path")?)?;
    let bytes = sample.len();
    let bare = bare(sample)?;
    let nothing = ["/bytes".to_owned()];
    ask(served.address, &served.token, paths, each / 10)?;
    ask(bare, &served.token, &nothing, each / 10)?;
    let (mut ratios, mut rates, mut bares, mut slow) = (vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        let ours = ask(served.address, &served.token, paths, each)?;
        let theirs = ask(bare, &served.token, &nothing, each)?;
        ratios.push(ours.rate() / theirs.rate());
        rates.push(ours.rate());
        bares.push(theirs.rate());
        slow.push(ours.percentile(99));
    }
    let (ratio, rate) = (median(ratios), median(rates));
    Ok(Beside { ratio, rate, bare: median(bares), slow: median(slow), bytes })
}

/// Lets all connections ask for these paths in turn, each so often.
fn ask(address: SocketAddr, token: &str, paths: &[String], each: usize) -> Result<Visit> {
    let barrier = Barrier::new(CONNECTIONS + 1);
    let one = |place: usize| -> io::Result<Vec<f64>> {
        let visitor = Visitor::with_token(address, token);
        barrier.wait();
        let (mut visitor, mut times) = (visitor?, Vec::with_capacity(each));
        for at in 0..each {
            let begun = Instant::now();
            visitor.get_plain(&paths[(place * 7_919 + at * 31) % paths.len()])?;
            times.push(begun.elapsed().as_secs_f64());
        }
        Ok(times)
    };
    let mut visit = Visit::default();
    thread::scope(|scope| -> Result<()> {
        let one = &one;
        let threads: Vec<_> = (0..CONNECTIONS).map(|it| scope.spawn(move || one(it))).collect();
        barrier.wait();
        let start = Instant::now();
        for thread in threads {
            visit.times.extend(thread.join().expect("a visitor does not panic")?);
        }
        visit.seconds = start.elapsed().as_secs_f64();
        Ok(())
    })?;
    visit.times.sort_by(f64::total_cmp);
    Ok(visit)
}

/// A bare axum handler that returns these bytes from memory.
fn bare(bytes: Vec<u8>) -> Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let bytes = Bytes::from(bytes);
    let answer = move || {
        let bytes = bytes.clone();
        async move { ([(CONTENT_TYPE, "application/json")], bytes) }
    };
    let router = Router::new().route("/bytes", get(answer));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    thread::spawn(move || {
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, router).await
        })
    });
    Ok(address)
}

fn base(served: &Served) -> String {
    format!("/api/v1/o/{}", served.organization.slug())
}

fn batch(served: &Served) -> Result<Visit> {
    let mut visitor = Visitor::with_token(served.address, &served.token)?;
    let path = format!("{}/commits", base(served));
    let mut done = Visit::default();
    for round in 0..9 {
        let steps: Vec<Value> = (0..BATCH)
            .map(|at| {
                json!({"do": "create", "kind": "asset", "fields": {
                    "title": format!("Device {round}-{at}"), "owner": "PERSON-1",
                }})
            })
            .collect();
        let body = json!({"note": "from the inventory", "steps": steps}).to_string();
        let begun = Instant::now();
        let (status, answer) = visitor.post_json(&path, &body)?;
        done.times.push(begun.elapsed().as_secs_f64());
        ensure!(status == 201, "the batch answers {status}: {}", String::from_utf8_lossy(&answer));
    }
    done.times.sort_by(f64::total_cmp);
    Ok(done)
}

fn writes(served: &Served) -> Result<Visit> {
    let mut visitor = Visitor::with_token(served.address, &served.token)?;
    let path = format!("{}/issue", base(served));
    let mut done = Visit::default();
    for at in 0..400 {
        let body =
            json!({"fields": {"title": format!("Issue {at}"), "side": "external"}}).to_string();
        let begun = Instant::now();
        let (status, answer) = visitor.post_json(&path, &body)?;
        done.times.push(begun.elapsed().as_secs_f64());
        ensure!(status == 201, "the write answers {status}: {}", String::from_utf8_lossy(&answer));
    }
    done.times.sort_by(f64::total_cmp);
    Ok(done)
}
