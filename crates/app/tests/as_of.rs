//! The ledger as it was after an earlier entry: checkpoint, bundle, verification.

#![expect(clippy::unwrap_used, reason = "clippy knows only `#[test]` functions as tests")]

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use app::{App, Beginning, Clock, KeyChange, Keys, Organization, Request, fresh_id};
use domain::{
    Actor, Command, Step,
    command::{Edit, New},
};
use ledger::{Checkpoint, Options, verify::Outside};
use meta::{Extras, Id, Provenance};
use serde_json::{Value, json};
use store::{Address, db::Connection};

struct Place {
    folder: tempfile::TempDir,
    url: String,
    organization: Arc<Organization>,
    actor: Actor,
    _app: App,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("isms.db").display());
    let keys = Keys::new(folder.path().join("keys"));
    let app = App::create(&url, keys, Clock::system()).unwrap();
    let beginning = Beginning {
        slug: "acme".to_owned(),
        name: "Acme".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        origin: None,
        person: "Ada".to_owned(),
        email: None,
    };
    let (organization, ada) = app.begin(&beginning).unwrap();
    Place { folder, url, organization, actor: Actor::Person(ada), _app: app }
}

impl Place {
    fn run(&self, step: Step) -> u64 {
        let (actor, command) = (self.actor, Command::one(step));
        let request = Request { actor, via: "cli", command, files: Vec::new(), bound: false };
        self.organization.execute(request).unwrap().seq
    }

    fn make(&self, title: &str) -> (Id, u64) {
        let id = fresh_id();
        let seq = self.run(Step::New(New {
            id,
            kind: "asset".to_owned(),
            fields: json!({ "title": title }).as_object().unwrap().clone(),
            stage: None,
            provenance: Provenance::Person,
            extras: Extras::default(),
        }));
        (id, seq)
    }

    fn edit(&self, record: Id, fields: Value) -> u64 {
        let fields = fields.as_object().unwrap().clone();
        let provenance = Provenance::Person;
        self.run(Step::Edit(Edit { record, version: None, fields, extras: None, provenance }))
    }

    /// Leaves entries unsigned by themselves, as those within a batch are.
    fn unsign(&self, sizes: impl IntoIterator<Item = u64>) {
        let mut writing = self.organization.store().begin(self.organization.id()).unwrap();
        writing.thin(&sizes.into_iter().collect::<Vec<_>>()).unwrap();
        writing.commit().unwrap();
    }

    fn signed(&self) -> BTreeSet<u64> {
        let reading = self.organization.store().snapshot().unwrap();
        let found = reading.checkpoints(self.organization.id()).unwrap();
        found.into_iter().map(|it| it.size).collect()
    }

    fn last(&self) -> u64 {
        self.organization.current().unwrap().position()
    }

    fn bundle(&self, size: u64) -> Vec<u8> {
        self.organization.bundle_at(size, Vec::new(), &|_| true).unwrap()
    }

    fn tamper(&self, sql: &str) {
        let connection = Connection::open(&Address::parse(&self.url).unwrap()).unwrap();
        assert!(connection.execute(sql, &[]).unwrap() > 0);
    }

    fn key_file(&self) -> PathBuf {
        self.folder.path().join("keys").join(format!("{}.key", self.organization.id()))
    }
}

fn holding(note: String) -> Options {
    let outside = vec![Outside { name: "kept".to_owned(), note }];
    Options { outside, every_signature: true, ..Options::default() }
}

fn holds(bytes: &[u8], words: &str) -> bool {
    String::from_utf8_lossy(bytes).contains(words)
}

#[test]
fn every_size_has_a_checkpoint_that_the_ledger_holds() {
    let place = place();
    let named = |entry: u64| format!("Machine of {entry:03}");
    for _ in 0..11 {
        place.make(&named(place.last() + 1));
    }
    place.unsign((2..place.last()).filter(|it| it % 4 != 1));
    let (organization, stored) = (&place.organization, place.signed());
    for size in 1..=place.last() {
        let note = organization.checkpoint_at(size).unwrap();
        assert_eq!(Checkpoint::parse(&note).unwrap().0.size, size);
        organization.verify(&holding(note.clone())).unwrap();
        let bytes = place.bundle(size);
        let report = app::verify_bundle(&bytes[..], &holding(note)).unwrap();
        assert_eq!((report.size, report.hidden), (size, 0));
        assert!(!holds(&bytes, &named(size + 1)), "{size}");

        let verified = organization.verify_at(size, &Options::default()).unwrap();
        let expected = *stored.range(size..).next().unwrap();
        assert_eq!(verified.size, expected, "{size}");
    }
    assert_eq!(place.signed(), stored, "looking back signs nothing that stays");
    assert_eq!(
        organization.checkpoint().unwrap(),
        organization.checkpoint_at(place.last()).unwrap()
    );
}

#[test]
fn what_came_later_is_not_looked_at() {
    let place = place();
    let (asset, first) = place.make("Server");
    let second = place.edit(asset, json!({"title": "Old server"}));
    let kept = place.organization.checkpoint_at(second).unwrap();
    let change = "update revision set content = replace(content, 'Old', 'New')";
    place.tamper(change);
    let organization = &place.organization;
    assert!(organization.verify(&Options::default()).is_err());
    assert!(organization.verify_at(second, &Options::default()).is_err());
    let verified = organization.verify_at(first, &Options::default()).unwrap();
    assert_eq!(verified.size, first);
    let told = organization.verify_at(first, &holding(kept)).unwrap_err().to_string();
    assert!(told.contains("`kept`") && told.contains(&second.to_string()), "{told}");
}

#[test]
fn what_was_erased_since_is_not_in_it() {
    let place = place();
    let (asset, first) = place.make("Secretive words");
    let second = place.edit(asset, json!({"title": "Plain words"}));
    let third = place.edit(asset, json!({"title": "Third words"}));
    let erased = place.run(Step::Erase { record: asset, versions: vec![1] });
    place.make("Later");
    let bytes = place.bundle(second);
    assert!(!holds(&bytes, "Secretive") && holds(&bytes, "Plain") && !holds(&bytes, "Third"));
    for (size, hidden, gone) in [(first, 1, 0), (second, 1, 0), (third, 1, 0), (erased, 0, 1)] {
        let report = app::verify_bundle(&place.bundle(size)[..], &Options::default()).unwrap();
        assert_eq!((report.size, report.hidden, report.erased), (size, hidden, gone));
        let verified = place.organization.verify_at(size, &Options::default()).unwrap();
        assert_eq!((verified.size, verified.hidden, verified.erased), (size, hidden, gone));
    }
}

#[test]
fn the_key_of_then_signs() {
    let place = place();
    place.make("Before");
    let (_, before) = place.make("Between");
    let organization = &place.organization;
    let rotated = organization.change_key(place.actor, KeyChange::Rotate, None).unwrap().seq;
    place.make("After");
    place.make("Long after");
    place.unsign([before, rotated + 1]);
    for size in [before, rotated, rotated + 1] {
        let note = organization.checkpoint_at(size).unwrap();
        organization.verify(&holding(note.clone())).unwrap();
        app::verify_bundle(&place.bundle(size)[..], &holding(note)).unwrap();
    }
    std::fs::remove_file(place.key_file().with_extension("key.1")).unwrap();
    let told = organization.checkpoint_at(before).unwrap_err().to_string();
    let names = |entry: u64| told.contains(&format!("entry {entry}"));
    assert!(names(before) && names(rotated), "{told}");
    organization.checkpoint_at(rotated + 1).unwrap();
}

#[test]
fn there_are_entries_1_to_the_last() {
    let place = place();
    place.make("Machine");
    let last = place.last();
    for size in [last + 1, u64::MAX] {
        let told = place.organization.checkpoint_at(size).unwrap_err().to_string();
        assert!(told.contains(&format!("1 to {last}")), "{told}");
        assert!(place.organization.verify_at(size, &Options::default()).is_err());
        assert!(place.organization.bundle_at(size, Vec::new(), &|_| true).is_err());
    }
    let told = place.organization.checkpoint_at(0).unwrap_err().to_string();
    assert!(told.contains("nothing was recorded"), "{told}");
}

#[test]
fn nodes_that_lead_elsewhere_are_not_signed() {
    let place = place();
    for at in 0..5 {
        place.make(&format!("Machine {at}"));
    }
    place.unsign([3]);
    let change = "update node set hash = zeroblob(32) where level = 0 and place < 4";
    place.tamper(change);
    let told = place.organization.checkpoint_at(3).unwrap_err().to_string();
    assert!(told.contains("muniment verify"), "{told}");
}
