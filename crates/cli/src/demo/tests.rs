use std::sync::OnceLock;

use domain::{
    View,
    approvals::{self, State},
    conformity::{self, Grade, Verdict},
};
use jiff::civil::date;
use kinds::{
    Kind,
    approval::Purpose,
    control::{Control, Implementation},
    person::Person,
    risk::Risk,
};
use meta::Provenance;
use tempfile::TempDir;

use super::*;

const NOW: &str = "2026-11-22T10:00:00Z";

fn demo() -> &'static (TempDir, Demo) {
    static DEMO: OnceLock<(TempDir, Demo)> = OnceLock::new();
    DEMO.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let demo = build_in(&folder, NOW.parse().unwrap());
        (folder, demo)
    })
}

fn build_in(folder: &TempDir, now: Timestamp) -> Demo {
    let url = format!("sqlite:{}", folder.path().join("demo.db").display());
    let keys = Keys::new(folder.path().join("keys"));
    let mut told = Vec::new();
    let demo = build(&url, keys, now, &mut |played, all| told.push((played, all)));
    let demo = demo.unwrap_or_else(|err| panic!("{err:#}"));
    assert_eq!(told.last().map(|it| it.0), told.first().map(|it| it.1), "all scenes are told");
    demo
}

fn shape(demo: &Demo) -> Vec<(&'static str, usize)> {
    let isms = demo.organization.current().unwrap();
    isms.kinds().map(|it| (it.id, isms.count(it.id))).collect()
}

#[test]
fn the_ledger_verifies_and_spans_more_than_a_year() {
    let isms = demo().1.organization.current().unwrap();
    let report = demo().1.organization.verify(&ledger::Options::default());
    assert!(report.is_ok());
    assert!(isms.position() >= 100, "{} entries", isms.position());
    let (first, last) = (isms.moment(1).unwrap().at, isms.moment(isms.position()).unwrap().at);
    assert!(last < NOW.parse().unwrap(), "nothing happens after now");
    let days = (last.as_second() - first.as_second()) / 86_400;
    assert!(days > 400, "{days} days");
    for position in 2..=isms.position() {
        let at = |it: u64| isms.moment(it).unwrap().at;
        assert!(at(position - 1) < at(position), "entry {position} is not later");
        let zoned = at(position).to_zoned(TimeZone::get(TIME_ZONE).unwrap());
        assert!((8..18).contains(&zoned.hour()), "entry {position} at {zoned}");
    }
}

#[test]
fn every_control_is_decided_by_a_person() {
    let isms = demo().1.organization.current().unwrap();
    let controls: Vec<_> = isms.all::<Control>().collect();
    assert_eq!(controls.iter().filter(|it| it.1.is_annex_a()).count(), 93);
    let own = controls.len() - 93;
    assert!((1..=4).contains(&own), "{own} controls of our own");
    for (record, control) in &controls {
        assert!(control.is_included() || control.is_excluded(), "{}", record.name());
        assert_ne!(record.head.provenance, Provenance::Seed, "{}", record.name());
        let reason =
            if control.is_included() { &control.justification } else { &control.exclusion_reason };
        assert!(reason.is_some(), "{} has no reason", record.name());
    }
    let excluded = controls.iter().filter(|it| it.1.is_excluded()).count();
    assert!((3..=8).contains(&excluded), "{excluded} are excluded");
    let open = controls.iter().filter(|it| it.1.implementation == Some(Implementation::InPart));
    assert!(open.count() >= 3);
}

#[test]
fn there_is_enough_of_each_kind() {
    let isms = demo().1.organization.current().unwrap();
    for (kind, least) in [
        ("risk", 30),
        ("action", 20),
        ("evidence", 30),
        ("document", 10),
        ("supplier", 8),
        ("asset", 20),
        ("person", 12),
        ("role", 10),
        ("requirement", 9),
        ("obligation", 6),
        ("objective", 3),
        ("opportunity", 2),
        ("determination", 4),
        ("assessment_round", 2),
        ("approval", 100),
    ] {
        assert!(isms.count(kind) >= least, "{} of kind {kind}", isms.count(kind));
    }
    assert_eq!(approvals::soa_editions(View::new(&isms, date(2026, 11, 22))).count(), 2);
}

#[test]
fn what_is_out_of_order_is_found() {
    let isms = demo().1.organization.current().unwrap();
    let view = View::new(&isms, date(2026, 11, 22));
    let report = conformity::run(view);
    for rule in [
        "4.1-05", "5.2-04", "6.1.3-05", "6.1.3-12", "6.1.3-14", "6.1.3-15", "6.2-05", "7.5.3-01",
        "8.1-04", "SOA-08", "SOA-09", "SOA-10", "SOA-11", "X-05",
    ] {
        let found = report.results.iter().find(|it| it.rule.id == rule);
        let verdict = found.map(|it| it.outcome.verdict);
        assert_eq!(verdict, Some(Verdict::Fail), "{rule}");
    }
    let passed = report.results.iter().filter(|it| it.outcome.verdict == Verdict::Pass).count();
    let majors = report.graded(Grade::Major);
    assert!(passed > 40, "{passed} rules pass: it should be mostly in order");
    assert!((1..=8).contains(&majors), "{majors} are major");
}

#[test]
fn an_acceptance_is_stale_and_the_field_is_named() {
    let (_, demo) = demo();
    let isms = demo.organization.current().unwrap();
    let view = View::new(&isms, date(2026, 11, 22));
    let risk = isms.all::<Risk>().find(|(it, _)| Some(&it.name()) == demo.names.get("k-keys"));
    let (_, _, state) =
        approvals::newest(view, risk.unwrap().0.head.id, Purpose::AcceptResidual).unwrap();
    assert_eq!(state, State::Stale(vec!["residual".to_owned()]));
}

#[test]
fn somebody_left_and_somebody_else_is_named_by_handle() {
    let (_, demo) = demo();
    let isms = demo.organization.current().unwrap();
    let left = isms.all::<Person>().filter(|(it, _)| it.stage().id == "left");
    assert_eq!(left.map(|it| it.1.title.as_str()).collect::<Vec<_>>(), ["Lukas Brandl"]);
    assert!(demo.names.get("johanna").is_some_and(|it| it.starts_with("PERSON-")));
    assert!(isms.count(Person::ID) > 12);
}

#[test]
fn its_shape_depends_on_no_day() {
    for now in ["2027-01-01T00:30:00Z", "2028-02-29T23:10:00Z", "2026-08-03T06:00:00Z"] {
        let folder = tempfile::tempdir().unwrap();
        let other = build_in(&folder, now.parse().unwrap());
        assert_eq!(shape(&other), shape(&demo().1), "{now}");
        assert_eq!(other.names, demo().1.names, "{now}");
    }
}
