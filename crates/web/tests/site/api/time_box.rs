//! Who looks at a time only, by pages and by the API: nothing of other days, by no way.

use app::verify_bundle;
use domain::{Command, Step, command::Edit};
use kinds::membership::{Membership, Profile};
use ledger::Options;
use meta::{Id, Provenance};
use serde_json::{Value, json};

use super::client::{ALL, Client};
use crate::fixture::{Fixture, Seen};

const DAY: i64 = 24 * 60 * 60;

fn edit(fixture: &Fixture, record: Id, fields: Value, note: &str) -> u64 {
    let Value::Object(fields) = fields else { panic!("fields are an object") };
    let provenance = Provenance::Person;
    let step = Step::Edit(Edit { record, version: None, fields, extras: None, provenance });
    let command = Command { note: Some(note.to_owned()), steps: vec![step] };
    let actor = domain::Actor::Person(fixture.founder);
    let request = app::Request { actor, via: "cli", command, files: Vec::new(), bound: false };
    fixture.organization.execute(request).unwrap().seq
}

/// What was before, in, and after the time that the external auditor looks at.
struct Times {
    fixture: Fixture,
    early: u64,
    first: u64,
    last: u64,
    late: u64,
}

/// Words of other days.
const HIDDEN: [&str; 4] = ["Early", "early reason", "Late", "late reason"];

fn times() -> Times {
    let fixture = Fixture::new();
    let isms = fixture.isms();
    let mine = isms.sources::<Membership>(fixture.person(Profile::ExternalAuditor));
    let membership = mine.map(|it| it.0.head.id).next().unwrap();
    let risk = fixture.record("RISK-1").head.id;
    let title = |title: &str| json!({"title": title});
    let early = edit(&fixture, risk, title("Early words"), "early reason");
    edit(&fixture, risk, title("Standing words"), "how it stands");
    let time = json!({"period_from": "2026-04-02", "period_until": "2026-04-04"});
    edit(&fixture, membership, time, "the time of the audit");
    fixture.pass(2 * DAY);
    let first = edit(&fixture, risk, title("Inner words"), "inner reason");
    fixture.pass(DAY);
    let last = edit(&fixture, risk, title("Last words"), "last reason");
    fixture.pass(3 * DAY);
    let late = edit(&fixture, risk, title("Late words"), "late reason");
    Times { fixture, early, first, last, late }
}

#[track_caller]
fn quiet(seen: Seen) -> Seen {
    HIDDEN.into_iter().fold(seen, Seen::keeps_quiet_about)
}

#[test]
fn pages_show_nothing_of_other_days() {
    let Times { fixture, early, first, last, late } = times();
    let mut browser = fixture.browser(Profile::ExternalAuditor);
    quiet(browser.get("/o/acme/risk/1").is(200).says("Last words").says("inner reason"));
    quiet(browser.get("/o/acme/history").is(200).says("last reason").says("inner reason"));
    quiet(browser.get("/o/acme/history?kind=risk").is(200).says("inner reason"));
    let by = format!("/o/acme/history?person={}", fixture.founder);
    quiet(browser.get(&by).is(200).says("inner reason"));
    quiet(browser.get(&format!("/o/acme/history/{first}")).is(200).says("Inner words"));
    for seq in [early, late] {
        quiet(browser.get(&format!("/o/acme/history/{seq}")).is(404));
    }
    for (from, to) in [(last, late), (early, first), (early, early + 1)] {
        let seen = browser.get(&format!("/o/acme/compare?from={from}&to={to}")).is(200);
        quiet(seen.says("outside the time you look at").keeps_quiet_about("Inner words"));
    }
    let seen = browser.get(&format!("/o/acme/compare?from={first}&to={last}"));
    quiet(seen.is(200).says("Inner words"));
    quiet(browser.get("/o/acme/soa/compare?from_day=2026-03-31").is(400));
    for page in [format!("/o/acme@{early}"), format!("/o/acme@{late}")] {
        quiet(browser.get(&format!("{page}/risk/1")).is(404));
        quiet(browser.get(&format!("{page}/history/bundle")).is(403));
    }
    let seen = browser.get("/o/acme/history/bundle").is(200);
    bundle_ends(&seen.body, last);
    // Everybody else sees all of it.
    let mut founder = fixture.founder();
    founder.get("/o/acme/risk/1").is(200).says("early reason").says("late reason");
    founder.get("/o/acme/history").is(200).says("early reason").says("late reason");
}

#[test]
fn whoever_looks_at_days_to_come_is_told_so() {
    let fixture = Fixture::new();
    let isms = fixture.isms();
    let mine = isms.sources::<Membership>(fixture.person(Profile::ExternalAuditor));
    let membership = mine.map(|it| it.0.head.id).next().unwrap();
    let time = json!({"period_from": "2026-10-01", "period_until": "2026-10-31"});
    edit(&fixture, membership, time, "the time of the audit");
    let mut browser = fixture.browser(Profile::ExternalAuditor);
    browser.get("/o/acme").is(404);
    let seen = browser.get("/organizations").is(200).says("External auditor");
    let seen = seen.says("an administrator there says which days you look at");
    assert!(!seen.body.contains("href=\"/o/acme"), "{}", seen.body);
}

#[test]
fn programs_are_told_nothing_of_other_days() {
    let Times { fixture, early, first, last, late } = times();
    let client = Client::of(&fixture, Profile::ExternalAuditor, &ALL);
    let told = |path: &str, status: u16| -> String {
        let reply = client.get(&format!("/api/v1/o/acme{path}"));
        assert_eq!(reply.status, status, "{path}: {}", reply.text);
        for it in HIDDEN {
            assert!(!reply.text.contains(it), "{path} says `{it}`: {}", reply.text);
        }
        reply.text
    };
    assert!(told("/risk/1", 200).contains("Last words"));
    let history = told("/risk/1/history", 200);
    assert!(history.contains("Inner words") && !history.contains("Standing words"), "{history}");
    let log = told("/commits", 200);
    assert!(log.contains("inner reason") && !log.contains("how it stands"), "{log}");
    assert!(!log.contains("\"next\""), "{log}");
    told(&format!("/commits/{first}"), 200);
    for seq in [early, late] {
        told(&format!("/commits/{seq}"), 404);
        told(&format!("/risk/1?as_of={seq}"), 404);
    }
    told("/soa/comparison?from=2026-03-31", 400);
    told(&format!("/soa/comparison?from={first}&to={late}"), 400);
    told(&format!("/soa/comparison?from={first}&to={last}"), 200);
    bundle_ends(&told("/bundle", 200), last);
    // Everybody else is told all of it.
    let founder = Client::for_person(&fixture, "founder", fixture.founder, &ALL);
    assert!(founder.get("/api/v1/o/acme/bundle").text.contains("early reason"));
}

#[track_caller]
fn bundle_ends(text: &str, last: u64) {
    let report = verify_bundle(text.as_bytes(), &Options::default()).unwrap();
    assert_eq!(report.size, last);
    assert!(text.contains("inner reason") && text.contains("Last words"));
    for it in HIDDEN {
        assert!(!text.contains(it), "the bundle says `{it}`");
    }
}
