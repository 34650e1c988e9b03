//! Backups on a schedule.

#![expect(clippy::unwrap_used, reason = "clippy knows only `#[test]` functions as tests")]

use std::fs;
use std::path::PathBuf;

use app::{App, Backups, BackupsAt, Beginning, Clock, Error, Keep, Keys, S3};
use jiff::SignedDuration;

struct Place(tempfile::TempDir);

impl Place {
    fn url(&self) -> String {
        format!("sqlite:{}", self.0.path().join("isms.db").display())
    }

    fn shelf(&self) -> PathBuf {
        self.0.path().join("backups")
    }

    fn app(&self) -> App {
        let keys = Keys::new(self.0.path().join("keys"));
        let app = App::create(&self.url(), keys, Clock::system()).unwrap();
        let beginning = Beginning {
            slug: "acme".to_owned(),
            name: "Acme".to_owned(),
            time_zone: "UTC".to_owned(),
            origin: None,
            person: "Ada".to_owned(),
            email: None,
        };
        app.begin(&beginning).unwrap();
        app
    }
}

fn plan(to: BackupsAt) -> Backups {
    let keep = Keep { last: 1, daily: 0, weekly: 0, monthly: 0 };
    Backups { to, due: SignedDuration::from_hours(24).into(), keep }
}

#[test]
fn is_restored_before_it_is_noted_and_replaces_older_ones() {
    let place = Place(tempfile::tempdir().unwrap());
    let (app, shelf) = (place.app(), place.shelf());
    let plan = plan(BackupsAt::Folder(shelf.clone()));
    fs::create_dir(&shelf).unwrap();
    fs::write(shelf.join("muniment-2026-01-01T000000Z.backup"), "old").unwrap();
    fs::write(shelf.join("photos.zip"), "not ours").unwrap();
    let made = app.back_up_now(&plan).unwrap().unwrap();
    assert_eq!((made.organizations, made.entries, made.files), (1, 2, 0));
    assert_eq!(app.backups().unwrap(), std::slice::from_ref(&made));
    let mut lying: Vec<String> = fs::read_dir(&shelf)
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    lying.sort();
    assert_eq!(lying, [made.name.clone(), "photos.zip".to_owned()]);
    assert_eq!(fs::metadata(shelf.join(&made.name)).unwrap().len(), made.size);
    let elsewhere = format!("sqlite:{}", place.0.path().join("again.db").display());
    let keys = Keys::new(place.0.path().join("keys"));
    App::restore(&elsewhere, keys, Clock::system(), &shelf.join(&made.name)).unwrap();
}

#[test]
fn what_cannot_be_restored_is_no_backup() {
    let place = Place(tempfile::tempdir().unwrap());
    let (app, shelf) = (place.app(), place.shelf());
    let connection = store::db::Connection::open(&app::Address::parse(&place.url()).unwrap());
    // The ledger no longer verifies.
    connection.unwrap().batch("update entry set actor = 'somebody' where seq = 2").unwrap();
    let refused = app.back_up_now(&plan(BackupsAt::Folder(shelf.clone()))).unwrap_err();
    assert!(refused.to_string().contains("could not be restored"), "{refused}");
    assert_eq!(fs::read_dir(&shelf).unwrap().count(), 0);
    assert_eq!(app.backups().unwrap(), []);
    let job = app.jobs().unwrap().into_iter().find(|it| it.name == "backup").unwrap();
    assert!(job.failed.unwrap().1.contains("could not be restored") && job.done.is_none());
}

#[test]
fn says_why_there_is_none() {
    let place = Place(tempfile::tempdir().unwrap());
    let app = place.app();
    fs::write(place.shelf(), "a file").unwrap();
    let refused = app.back_up_now(&plan(BackupsAt::Folder(place.shelf()))).unwrap_err();
    assert!(matches!(refused, Error::Wrong(_)), "{refused}");
    assert!(refused.to_string().contains("cannot be used for backups"), "{refused}");
}

#[test]
fn goes_into_a_bucket() {
    let Ok(url) = std::env::var("MUNIMENT_TEST_S3") else {
        eprintln!("skipped: MUNIMENT_TEST_S3 names no bucket");
        return;
    };
    let (endpoint, bucket) = url.rsplit_once('/').unwrap();
    let at = S3 {
        bucket: bucket.to_owned(),
        prefix: format!("backups-{}", std::process::id()),
        region: "us-east-1".to_owned(),
        endpoint: Some(endpoint.to_owned()),
        path_style: true,
        key: Some(("test".to_owned(), "test".to_owned())),
    };
    let place = Place(tempfile::tempdir().unwrap());
    let made = place.app().back_up_now(&plan(BackupsAt::S3(at.clone()))).unwrap().unwrap();
    let lying = store::Bucket::open(&at).unwrap().list("").unwrap();
    assert_eq!((lying.len(), &lying[0].name, lying[0].size), (1, &made.name, made.size));
}
