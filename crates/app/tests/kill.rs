//! Killed at any moment, nothing acknowledged is lost and nothing is half done.
//!
//! A child process (this same test program) writes with several threads and says on its standard
//! output what was acknowledged; the parent kills it, opens what is left and looks.

#![expect(clippy::unwrap_used, reason = "clippy knows only `#[test]` functions as tests")]

use std::{
    collections::HashSet,
    io::{BufRead, BufReader, Write},
    process::{Command as Process, Stdio},
    thread,
};

use app::{App, Beginning, Clock, Keys, Request, fresh_id};
use domain::{Actor, Command, Step, command::New};
use ledger::Options;
use meta::{Extras, Id, Provenance};
use serde_json::json;
use store::{Address, db::Connection};

/// How often the child is killed.
const ROUNDS: usize = 25;

#[test]
fn sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("isms.db").display());
    survive(&url, folder.path().join("keys").to_str().unwrap());
}

#[test]
fn postgres() {
    let Ok(server) = std::env::var("MUNIMENT_TEST_POSTGRES") else {
        eprintln!("skipped: MUNIMENT_TEST_POSTGRES names no database");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let schema = format!("kill{}", std::process::id());
    let admin = Connection::open(&Address::parse(&server).unwrap()).unwrap();
    admin.batch(&format!("create schema {schema}")).unwrap();
    let joint = if server.contains('?') { '&' } else { '?' };
    let files = folder.path().join("files");
    let url = format!("{server}{joint}options=-csearch_path%3D{schema}&files={}", files.display());
    survive(&url, folder.path().join("keys").to_str().unwrap());
    admin.batch(&format!("drop schema {schema} cascade")).unwrap();
}

/// The child; does nothing in a plain test run.
#[test]
fn child() {
    let (Ok(url), Ok(keys)) = (std::env::var("KILL_URL"), std::env::var("KILL_KEYS")) else {
        return;
    };
    let app = App::open(&url, Keys::new(keys), Clock::system()).unwrap();
    let organization = app.organization(None).unwrap();
    let actor = Actor::Person(first_person(&organization.current().unwrap()));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let token = fresh_id();
                    let command = Command { note: None, steps: pair(token) };
                    let request =
                        Request { actor, via: "cli", command, files: Vec::new(), bound: false };
                    let seq = organization.execute(request).unwrap().seq;
                    // One write call: a line is there whole, or not at all.
                    std::io::stdout().write_all(format!("ack {token} {seq}\n").as_bytes()).unwrap();
                    std::io::stdout().flush().unwrap();
                }
            });
        }
    });
}

fn survive(url: &str, keys: &str) {
    let open = || App::open(url, Keys::new(keys), Clock::system()).unwrap();
    let app = App::create(url, Keys::new(keys), Clock::system()).unwrap();
    app.begin(&Beginning {
        slug: "acme".into(),
        name: "Acme".into(),
        time_zone: "UTC".into(),
        origin: None,
        person: "Ada".into(),
        email: None,
    })
    .unwrap();
    drop(app);
    let mut acknowledged = HashSet::new();
    for round in 0..ROUNDS {
        let mut child = Process::new(std::env::current_exe().unwrap())
            .args(["--exact", "child", "--nocapture", "--test-threads=1"])
            .env("KILL_URL", url)
            .env("KILL_KEYS", keys)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Another moment each round: after none, a few or many acknowledged commits.
        let enough = (round * round * 7) % 60;
        let mut seen = 0;
        let mut take = |line: String| {
            let mut words = line.split(' ');
            if words.next().is_some_and(|it| it.ends_with("ack"))
                && let (Some(Ok(token)), Some(_)) =
                    (words.next().map(str::parse::<Id>), words.next())
            {
                acknowledged.insert(token);
                seen += 1;
            }
            seen
        };
        while let Some(Ok(line)) = lines.next() {
            if take(line) > enough {
                break;
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // What it said before it died counts too.
        for line in lines.map_while(Result::ok) {
            take(line);
        }

        let app = open();
        let organization = app.organization(None).unwrap();
        let isms = organization.current().unwrap();
        for token in &acknowledged {
            assert!(isms.get(*token).is_some(), "round {round}: {token} was lost");
        }
        for record in isms.rows("asset") {
            let halves = isms.links_to(record.head.id).count();
            assert_eq!(halves, 1, "round {round}: {} is half a commit", record.name());
        }
        let report = organization.verify(&Options::default()).unwrap();
        assert_eq!(report.size, isms.position());
    }
    assert!(acknowledged.len() > ROUNDS, "the child hardly wrote: {}", acknowledged.len());
}

fn first_person(isms: &domain::Isms) -> Id {
    isms.rows("person").next().unwrap().head.id
}

/// Two records that belong together.
fn pair(token: Id) -> Vec<Step> {
    let new = |id: Id, kind: &str, body: serde_json::Value| {
        Step::New(New {
            id,
            kind: kind.into(),
            fields: body.as_object().unwrap().clone(),
            stage: None,
            provenance: Provenance::Person,
            extras: Extras::default(),
        })
    };
    let risk = json!({"title": "Loss", "concerns": "information", "assets": [token.to_string()]});
    vec![new(token, "asset", json!({"title": token.to_string()})), new(fresh_id(), "risk", risk)]
}
