//! Work that is done once, however many processes share the database.

#![expect(clippy::unwrap_used, reason = "clippy knows only `#[test]` functions as tests")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::{App, Beginning, Clock, Error, Job, Keys, Request, Stop, Worked};
use domain::{Actor, Command, Step, command::New};
use jiff::{SignedDuration, Timestamp};
use meta::{Extras, Provenance};
use serde_json::json;
use store::{Address, db::Connection};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn url(&self) -> String {
        format!("sqlite:{}", self.0.path().join("isms.db").display())
    }

    fn keys(&self) -> Keys {
        Keys::new(self.0.path().join("keys"))
    }

    fn made(&self, clock: Clock) -> App {
        App::create(&self.url(), self.keys(), clock).unwrap()
    }

    fn again(&self) -> App {
        App::open(&self.url(), self.keys(), Clock::system()).unwrap()
    }

    /// As if the process that holds a lease had been paused for long.
    fn let_time_pass(&self) {
        let connection = Connection::open(&Address::parse(&self.url()).unwrap()).unwrap();
        connection.batch("update lease set until = 0").unwrap();
    }
}

fn counting(every: SignedDuration, count: &Arc<AtomicU64>) -> Job {
    let count = count.clone();
    Job::new("count", every, move |_, turn| {
        turn.hold()?;
        count.fetch_add(1, Ordering::Relaxed);
        Ok(())
    })
}

#[test]
fn is_done_once_by_one_of_them() {
    let (place, stop, count) = (Place::new(), Stop::default(), Arc::default());
    let (one, two) = (place.made(Clock::system()), place.again());
    let job = counting(HOUR, &count);
    assert_eq!(one.work_once(&job, &stop).unwrap(), Worked::Done);
    for app in [&one, &two] {
        assert!(matches!(app.work_once(&job, &stop).unwrap(), Worked::Later(_)));
    }
    assert_eq!(count.load(Ordering::Relaxed), 1);
    assert!(one.jobs().unwrap()[0].done.is_some());
}

#[test]
fn who_was_paused_neither_goes_on_nor_marks_it_done() {
    let (place, stop) = (Place::new(), Stop::default());
    let (one, two) = (place.made(Clock::system()), place.again());
    let (count, stray) = (Arc::default(), Arc::new(AtomicU64::new(0)));
    let other = counting(SignedDuration::ZERO, &count);
    let (path, went_on) = (place.url(), stray.clone());
    let paused = Job::new("count", SignedDuration::ZERO, move |_, turn| {
        let connection = Connection::open(&Address::parse(&path).unwrap()).unwrap();
        connection.batch("update lease set until = 0").unwrap();
        drop(connection);
        assert_eq!(two.work_once(&other, &Stop::default()).unwrap(), Worked::Done);
        turn.hold()?;
        went_on.fetch_add(1, Ordering::Relaxed);
        Ok(())
    });
    assert_eq!(one.work_once(&paused, &stop).unwrap(), Worked::TakenOver);
    assert_eq!((count.load(Ordering::Relaxed), stray.load(Ordering::Relaxed)), (1, 0));
    let state = &one.jobs().unwrap()[0];
    assert!(state.done.is_some() && state.failed.is_none(), "{state:?}");
}

#[test]
fn a_failure_is_kept_and_tried_again() {
    let (place, stop) = (Place::new(), Stop::default());
    let app = place.made(Clock::system());
    let failing =
        Job::new("count", SignedDuration::ZERO, |_, _| Err(Error::Wrong("no room".to_owned())));
    assert!(app.work_once(&failing, &stop).is_err());
    assert_eq!(app.jobs().unwrap()[0].failed.as_ref().unwrap().1, "no room");
    let count = Arc::default();
    let job = counting(SignedDuration::ZERO, &count);
    assert_eq!(app.work_once(&job, &stop).unwrap(), Worked::Done);
    assert_eq!(app.jobs().unwrap()[0].failed, None);
    place.let_time_pass();
    stop.give();
    assert!(matches!(app.work_once(&job, &stop), Err(Error::Stopped)));
    assert_eq!(count.load(Ordering::Relaxed), 1);
}

#[test]
fn threads_end_when_they_are_told() {
    let (place, stop) = (Place::new(), Stop::default());
    let count = Arc::new(AtomicU64::new(0));
    let app = place.made(Clock::system());
    let (told, counted) = (stop.clone(), Arc::clone(&count));
    let last = Job::new("last", HOUR, move |_, _| {
        told.give();
        counted.fetch_add(1, Ordering::Relaxed);
        Ok(())
    });
    app.work(&[last], &stop);
    assert_eq!(count.load(Ordering::Relaxed), 1);
}

#[test]
fn a_thinned_ledger_verifies() {
    let (place, stop) = (Place::new(), Stop::default());
    let minute = Arc::new(AtomicU64::new(0));
    let tick = minute.clone();
    let clock = Clock::new(move || {
        let minute = tick.fetch_add(1, Ordering::Relaxed) as i64;
        Timestamp::from_second(1_795_000_000 + minute * 60).unwrap()
    });
    let app = place.made(clock);
    let beginning = Beginning {
        slug: "acme".to_owned(),
        name: "Acme".to_owned(),
        time_zone: "UTC".to_owned(),
        origin: None,
        person: "Ada".to_owned(),
        email: None,
    };
    let (organization, _) = app.begin(&beginning).unwrap();
    let write = |number: u64| {
        let step = Step::New(New {
            id: app::fresh_id(),
            kind: "asset".to_owned(),
            fields: serde_json::from_value(json!({"title": format!("Laptop {number}")})).unwrap(),
            stage: None,
            provenance: Provenance::Person,
            extras: Extras::default(),
        });
        let command = Command { note: None, steps: vec![step] };
        let request =
            Request { actor: Actor::System, via: "cli", command, files: Vec::new(), bound: false };
        organization.execute(request).unwrap();
    };
    (0..30).for_each(write);
    for _ in 0..2 {
        organization.change_key(Actor::System, app::KeyChange::Rotate, None).unwrap();
    }
    let signed = || organization.store().snapshot().unwrap().signed(organization.id()).unwrap();
    let before = signed().len();
    minute.fetch_add(3 * 24 * 60, Ordering::Relaxed);
    let thin = Job::housekeeping().into_iter().find(|it| it.name == "thin").unwrap();
    assert_eq!(app.work_once(&thin, &stop).unwrap(), Worked::Done);
    let after = signed().len();
    assert!(after >= 5 && after < before - 20, "{before} became {after}");
    let report = organization.verify(&ledger::Options::default());
    assert!(report.is_ok(), "{report:?}");
}
