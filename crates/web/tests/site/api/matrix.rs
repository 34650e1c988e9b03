//! Every endpoint, asked for in the name of everybody: what comes back is kept in
//! `tests/snapshots/api.txt`.

use std::{collections::BTreeMap, fs, thread};

use axum::http::Method;
use meta::Choice;
use web::api::{Endpoint, Takes, endpoints};

use super::client::{ALL, Client};
use crate::fixture::{Fixture, PROFILES};

/// The kinds whose records stand for all: they differ in who may what.
const KINDS: [&str; 6] = ["action", "document", "event_report", "membership", "person", "risk"];

const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots/api.txt");

#[test]
fn every_endpoint_answers_everybody_as_it_is_written() {
    let columns: Vec<BTreeMap<String, u16>> = thread::scope(|scope| {
        let each = (0..PROFILES.len()).map(Some).chain([None]);
        let threads: Vec<_> = each.map(|who| scope.spawn(move || ask_for_all(who))).collect();
        threads.into_iter().map(|it| it.join().unwrap()).collect()
    });
    let names: Vec<&str> = PROFILES.iter().map(|it| it.def().id).collect();
    let mut found =
        format!("# Whose token: {}, member of another organization\n", names.join(", "));
    for line in columns[0].keys() {
        let statuses: Vec<String> = columns.iter().map(|it| it[line].to_string()).collect();
        found.push_str(&format!("{line}: {}\n", statuses.join(" ")));
    }
    if std::env::var("UPDATE_SNAPSHOT").is_ok() {
        fs::write(SNAPSHOT, &found).unwrap();
    }
    let kept = fs::read_to_string(SNAPSHOT).unwrap_or_default();
    let new: Vec<&str> = found.lines().filter(|it| !kept.lines().any(|that| that == *it)).collect();
    let gone: Vec<&str> =
        kept.lines().filter(|it| !found.lines().any(|that| that == *it)).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "endpoints answer otherwise than written: look at each, then run \
         `UPDATE_SNAPSHOT=1 cargo nextest run -p web every_endpoint_answers`\nnow:\n{}\nwritten:\n{}",
        new.join("\n"),
        gone.join("\n")
    );
}

#[test]
fn no_endpoint_but_the_description_answers_without_a_token() {
    let fixture = Fixture::new();
    let client = Client::with("", &fixture);
    for it in endpoints().filter(|it| it.name != "description") {
        let seen = client.ask(it.method.clone(), &fill(it, "risk"), &[], "{}");
        assert_eq!(seen.status, 401, "{}", it.path);
    }
    assert_eq!(client.get("/api/v1/openapi.json").status, 200);
}

/// Asks for every endpoint, and answers the status of each.
fn ask_for_all(who: Option<usize>) -> BTreeMap<String, u16> {
    let fixture = Fixture::new();
    let client = match who {
        Some(at) => Client::of(&fixture, PROFILES[at], &ALL),
        None => Client::outside(&fixture),
    };
    let mut statuses = BTreeMap::new();
    // What takes something away comes last.
    let last = ["reinstate", "withdraw", "erase"];
    let mut all: Vec<&Endpoint> = endpoints().collect();
    all.sort_by_key(|it| (it.method != Method::GET, last.iter().position(|last| *last == it.name)));
    for it in all {
        let kinds: &[&str] = if it.is_of_kind() { &KINDS } else { &[""] };
        for kind in kinds {
            let path = fill(it, kind);
            let body = if it.example.is_empty() { "{\"fields\": {}}" } else { it.example };
            let media = match it.takes {
                Takes::Json(_) => "application/json",
                _ => "application/octet-stream",
            };
            let headers = [("content-type", media), ("if-match", "*")];
            let seen = client.ask(it.method.clone(), &path, &headers, body);
            let status = seen.status;
            assert!(status < 500, "{} {path}: {}", it.method, seen.text);
            if who.is_none() && it.path.contains("{org}") {
                assert_eq!(status, 404, "{path}");
            }
            let about = if kind.is_empty() { String::new() } else { format!(" ({kind})") };
            statuses.insert(format!("{}{about} {}", it.path, it.method), status);
        }
    }
    statuses
}

fn fill(it: &Endpoint, kind: &str) -> String {
    let parts = it.path.split('/').map(|part| match part {
        "{org}" => "acme".to_owned(),
        "{kind}" => kind.to_owned(),
        "{sha256}" => "0".repeat(64),
        "{field}" => "file".to_owned(),
        _ if part.starts_with('{') => "1".to_owned(),
        _ => part.to_owned(),
    });
    let path = parts.collect::<Vec<_>>().join("/");
    let needed = it.query.iter().filter(|it| it.needed).map(|it| format!("{}=1", it.name));
    let query = needed.collect::<Vec<_>>().join("&");
    if query.is_empty() { path } else { format!("{path}?{query}") }
}
