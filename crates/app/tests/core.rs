//! The core through its front door: begin, execute, reopen, look back, undo, back up, verify.

#![expect(clippy::unwrap_used, reason = "clippy knows only `#[test]` functions as tests")]

use std::{
    path::Path,
    sync::{Arc, Mutex},
    thread,
};

use app::{
    App, Beginning, Clock, Error, KeyChange, Keys, Left, Organization, Point, Request, fresh_id,
};
use domain::{
    Actor, Command, Refusal, Step,
    command::{Assent, Edit, New, Subject},
};
use kinds::{
    approval::{Decision, Purpose},
    membership::{Membership, Profile},
};
use ledger::{Options, verify::Outside};
use meta::{Extras, Id, Provenance};
use serde_json::{Map, Value, json};
use store::{Address, db::Connection};

/// Makes of each function two tests, one on SQLite and one on PostgreSQL.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test]
            fn $name() {
                super::$name(&super::Place::new(None));
            })*
        }
        mod postgres {
            $(#[test]
            fn $name() {
                match std::env::var("MUNIMENT_TEST_POSTGRES") {
                    Ok(server) => super::$name(&super::Place::new(Some(server))),
                    Err(_) => eprintln!("skipped: MUNIMENT_TEST_POSTGRES names no database"),
                }
            })*
        }
    };
}

on_both!(
    what_is_acknowledged_is_there_after_reopening_and_as_of_then,
    a_refusal_changes_nothing,
    many_writers_in_two_processes_lose_nothing,
    links_hold_a_record_until_they_are_moved_by_a_merge,
    undoing_leaves_what_changed_since_and_what_that_names,
    what_was_undone_says_by_which_entry_until_that_is_undone,
    publishing_makes_an_edition_that_survives_the_next_draft,
    redacting_erases_the_words_and_the_ledger_still_verifies,
    keys_change_and_an_old_checkpoint_still_holds,
    a_backup_brings_everything_back_and_says_so,
    a_backup_goes_without_what_is_lost_and_says_so,
    a_bundle_is_verified_without_database_or_secret,
    memberships_bind_who_comes_through_the_web,
);

/// Whether a refusal is the one that should come.
type Expected = fn(&Refusal) -> bool;

/// A folder for keys and files, and databases: files in it, or schemas of a server.
struct Place {
    folder: tempfile::TempDir,
    server: Option<String>,
    schemas: Mutex<Vec<String>>,
}

impl Place {
    fn new(server: Option<String>) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), server, schemas: Mutex::default() }
    }
    fn url(&self, name: &str) -> String {
        let Some(server) = &self.server else {
            return format!("sqlite:{}", self.folder.path().join(name).display());
        };
        let folder = self.folder.path().file_name().unwrap().to_string_lossy().to_lowercase();
        let letters = |it: &char| it.is_ascii_alphanumeric();
        let schema: String = format!("a{folder}{name}").chars().filter(letters).collect();
        let mut schemas = self.schemas.lock().unwrap();
        if !schemas.contains(&schema) {
            admin(server).batch(&format!("create schema {schema}")).unwrap();
            schemas.push(schema.clone());
        }
        let joint = if server.contains('?') { '&' } else { '?' };
        let files = self.folder.path().join(name);
        format!("{server}{joint}options=-csearch_path%3D{schema}&files={}", files.display())
    }
    fn keys(&self) -> Keys {
        Keys::new(self.folder.path().join("keys"))
    }
    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }
    fn open(&self) -> App {
        App::open(&self.url("isms.db"), self.keys(), Clock::system()).unwrap()
    }
    fn begin(&self) -> (App, Arc<Organization>, Id) {
        let app = App::create(&self.url("isms.db"), self.keys(), Clock::system()).unwrap();
        let (organization, person) = app.begin(&beginning("acme")).unwrap();
        (app, organization, person)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        for schema in self.schemas.lock().unwrap().iter() {
            let server = self.server.as_ref().unwrap();
            admin(server).batch(&format!("drop schema {schema} cascade")).unwrap();
        }
    }
}

fn admin(server: &str) -> Connection {
    Connection::open(&Address::parse(server).unwrap()).unwrap()
}

fn beginning(slug: &str) -> Beginning {
    Beginning {
        slug: slug.into(),
        name: "Acme Clinics GmbH".into(),
        time_zone: "Europe/Berlin".into(),
        origin: None,
        person: "Ada Lind".into(),
        email: Some("ada@acme.example".into()),
    }
}

fn fields(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn new(kind: &str, body: Value) -> (Id, Step) {
    let id = fresh_id();
    let step = Step::New(New {
        id,
        kind: kind.into(),
        fields: fields(body),
        stage: None,
        provenance: Provenance::Person,
        extras: Extras::default(),
    });
    (id, step)
}

fn run(organization: &Organization, actor: Id, step: Step) -> Result<app::Receipt, Error> {
    let command = Command::one(step).because("a test");
    organization.execute(Request {
        actor: Actor::Person(actor),
        via: "cli",
        command,
        files: Vec::new(),
        bound: false,
    })
}

fn edit(record: Id, version: Option<u32>, body: Value) -> Step {
    let provenance = Provenance::Person;
    Step::Edit(Edit { record, version, fields: fields(body), extras: None, provenance })
}

fn what_is_acknowledged_is_there_after_reopening_and_as_of_then(place: &Place) {
    let (app, organization, ada) = place.begin();
    let (asset, step) = new("asset", json!({"title": "Scheduling database"}));
    let made = run(&organization, ada, step).unwrap();
    run(&organization, ada, edit(asset, Some(1), json!({"title": "Booking database"}))).unwrap();
    let isms = organization.current().unwrap();
    assert_eq!(isms.get(asset).unwrap().title(), "Booking database");
    assert_eq!(isms.count("control"), 93);
    drop((app, organization));

    let app = place.open();
    let organization = app.organization(None).unwrap();
    let isms = organization.current().unwrap();
    let record = isms.get(asset).unwrap();
    assert_eq!((record.title(), record.head.version), ("Booking database", 2));
    assert_eq!(record.head.created, made.seq);
    let past = organization.as_of(Some(Point::Seq(made.seq))).unwrap();
    assert_eq!(past.isms.get(asset).unwrap().title(), "Scheduling database");
    assert_eq!(past.isms.position(), made.seq);
    let before = organization.as_of(Some(Point::Seq(made.seq - 1))).unwrap();
    assert!(before.isms.get(asset).is_none());
    assert!(organization.as_of(Some(Point::Seq(999))).is_err());
    let report = organization.verify(&Options::default()).unwrap();
    assert_eq!(report.size, isms.position());
}

fn a_refusal_changes_nothing(place: &Place) {
    let (_app, organization, ada) = place.begin();
    let (asset, step) = new("asset", json!({"title": "Laptop"}));
    run(&organization, ada, step).unwrap();
    let position = organization.current().unwrap().position();
    let refused: [(Step, Expected); 6] = [
        (edit(asset, Some(7), json!({"title": "x"})), |it| matches!(it, Refusal::Stale { .. })),
        (edit(asset, None, json!({"titel": "x"})), |it| matches!(it, Refusal::Invalid { .. })),
        (edit(asset, None, json!({"owner": fresh_id().to_string()})), |it| {
            matches!(it, Refusal::Invalid { .. })
        }),
        (edit(fresh_id(), None, json!({})), |it| matches!(it, Refusal::Missing { .. })),
        (edit(asset, None, json!({"title": "Laptop"})), |it| matches!(it, Refusal::Nothing)),
        (Step::Move { record: asset, version: None, to: "gone".into(), reason: None }, |it| {
            matches!(it, Refusal::NotReachable { .. })
        }),
    ];
    for (step, expected) in refused {
        let told = format!("{step:?}");
        let Err(Error::Refused { refusal, sentence, .. }) = run(&organization, ada, step) else {
            panic!("should have been refused: {told}")
        };
        assert!(expected(&refusal), "{sentence}");
        assert!(!sentence.contains('\n') && !sentence.is_empty());
    }
    assert_eq!(organization.current().unwrap().position(), position);
}

fn many_writers_in_two_processes_lose_nothing(place: &Place) {
    let (_app, one, ada) = place.begin();
    let other_app = place.open();
    let other = other_app.organization(None).unwrap();
    let before = one.current().unwrap().position();
    thread::scope(|scope| {
        for (at, organization) in [&one, &other].into_iter().cycle().take(8).enumerate() {
            scope.spawn(move || {
                for turn in 0..10 {
                    let (_, step) = new("asset", json!({"title": format!("Asset {at}-{turn}")}));
                    run(organization, ada, step).unwrap();
                }
            });
        }
    });
    for organization in [&one, &other] {
        let isms = organization.current().unwrap();
        assert_eq!(isms.position(), before + 80);
        assert_eq!(isms.count("asset"), 80);
        let numbers: Vec<u32> = isms.rows("asset").map(|it| it.head.number).collect();
        assert_eq!(numbers, (1..=80).collect::<Vec<_>>());
    }
    one.verify(&Options { every_signature: true, ..Options::default() }).unwrap();
}

fn links_hold_a_record_until_they_are_moved_by_a_merge(place: &Place) {
    let (_app, organization, ada) = place.begin();
    let (head, step) = new("role", json!({"title": "Head of IT"}));
    run(&organization, ada, step).unwrap();
    let (same, step) = new("role", json!({"title": "IT lead"}));
    run(&organization, ada, step).unwrap();
    let (asset, step) = new("asset", json!({"title": "Server", "owner": same.to_string()}));
    run(&organization, ada, step).unwrap();
    let withdraw = Step::Withdraw { record: same, version: None };
    let Err(Error::Refused { refusal, .. }) = run(&organization, ada, withdraw) else { panic!() };
    assert!(matches!(*refusal, Refusal::StillLinked { count: 1, .. }));
    let merged = run(&organization, ada, Step::Merge { kept: head, dropped: same }).unwrap();
    let isms = organization.current().unwrap();
    assert_eq!(isms.get(asset).unwrap().cell("owner").ids().collect::<Vec<_>>(), [head]);
    assert!(isms.get(same).unwrap().head.withdrawn);
    assert_eq!(isms.typed::<kinds::role::Role>(head).unwrap().also_known, ["IT lead"]);

    let undo = organization.undo(merged.seq).unwrap();
    assert!(undo.left.is_empty());
    let (actor, files) = (Actor::Person(ada), Vec::new());
    organization
        .execute(Request { actor, via: "cli", command: undo.command, files, bound: false })
        .unwrap();
    let isms = organization.current().unwrap();
    assert_eq!(isms.get(asset).unwrap().cell("owner").ids().collect::<Vec<_>>(), [same]);
    assert!(!isms.get(same).unwrap().head.withdrawn);
}

fn undoing_leaves_what_changed_since_and_what_that_names(place: &Place) {
    let (_app, organization, ada) = place.begin();
    let (unit, first) = new("unit", json!({"title": "Operations"}));
    let (role, second) = new("role", json!({"title": "Head of IT", "unit": unit.to_string()}));
    let (asset, third) = new("asset", json!({"title": "Server", "owner": role.to_string()}));
    let (other, fourth) = new("asset", json!({"title": "Printer", "owner": role.to_string()}));
    let request = |command| {
        let (actor, files) = (Actor::Person(ada), Vec::new());
        Request { actor, via: "cli", command, files, bound: false }
    };
    let steps = vec![first, second, third, fourth];
    let made = organization.execute(request(Command { note: None, steps })).unwrap();
    run(&organization, ada, edit(asset, None, json!({"title": "Mail server"}))).unwrap();
    let undo = organization.undo(made.seq).unwrap();
    let expected = [(asset, Left::Changed), (role, Left::Named), (unit, Left::Named)];
    assert_eq!(undo.left, expected);
    organization.execute(request(undo.command)).unwrap();
    let isms = organization.current().unwrap();
    let gone = |id| isms.get(id).unwrap().head.withdrawn;
    assert_eq!([unit, role, asset, other].map(gone), [false, false, false, true]);
}

fn what_was_undone_says_by_which_entry_until_that_is_undone(place: &Place) {
    let (_app, organization, ada) = place.begin();
    let undone_by = |seq| organization.undone_by(&organization.commit(seq).unwrap()).unwrap();
    let undo = |seq| {
        let command = organization.undo(seq).unwrap().command;
        let (actor, files) = (Actor::Person(ada), Vec::new());
        let request = Request { actor, via: "cli", command, files, bound: false };
        organization.execute(request).unwrap().seq
    };
    let (asset, step) = new("asset", json!({"title": "Server"}));
    let made = run(&organization, ada, step).unwrap().seq;
    let changed = run(&organization, ada, edit(asset, None, json!({"title": "Mail server"})));
    let changed = changed.unwrap().seq;
    assert_eq!((undone_by(made), undone_by(changed)), (None, None));
    let by = undo(changed);
    assert_eq!((undone_by(made), undone_by(changed)), (None, Some(by)));
    let again = undo(by);
    assert_eq!((undone_by(changed), undone_by(by)), (None, Some(again)));
    run(&organization, ada, Step::Withdraw { record: asset, version: None }).unwrap();
    assert_eq!(undone_by(made), None, "hidden by hand is not undone");
}

fn publishing_makes_an_edition_that_survives_the_next_draft(place: &Place) {
    let (_app, organization, ada) = place.begin();
    let (document, step) = new(
        "document",
        json!({"title": "Information security policy", "identifier": "POL-1",
            "doc_type": "policy", "text": "# We protect what our patients trust us with."}),
    );
    run(&organization, ada, step).unwrap();
    let publish = |decision| {
        Step::Assent(Assent {
            decision,
            edition: Some("1.0".into()),
            ..Assent::new(fresh_id(), Purpose::Publish, Subject::Record(document))
        })
    };
    let Err(Error::Refused { sentence, .. }) = run(&organization, ada, publish(Decision::Given))
    else {
        panic!("a sketch cannot be published")
    };
    assert!(sentence.contains("owner"), "{sentence}");
    let holding = json!([{"person": ada.to_string(), "from": "2020-01-01"}]);
    let (chief, step) = new("role", json!({"title": "Managing director", "held_by": holding}));
    run(&organization, ada, step).unwrap();
    let more = json!({"owner": ada.to_string(), "approver": chief.to_string(),
        "change_summary": "First edition", "cadence": "P1Y", "serves_clauses": ["5.2"]});
    run(&organization, ada, edit(document, None, more)).unwrap();
    run(&organization, ada, publish(Decision::Given)).unwrap();
    let Err(Error::Refused { sentence, .. }) = run(&organization, ada, publish(Decision::Given))
    else {
        panic!("two editions of one name")
    };
    assert!(sentence.contains("an edition `1.0` already"), "{sentence}");
    let today = organization.today(&organization.current().unwrap());
    let edition = |isms: &domain::Isms| {
        isms.in_force(document, today).map(|it| it.record.cell("text").text().unwrap().to_owned())
    };
    let first = edition(&organization.current().unwrap()).unwrap();
    run(&organization, ada, edit(document, None, json!({"text": "# A draft"}))).unwrap();
    let isms = organization.current().unwrap();
    assert_eq!(isms.get(document).unwrap().stage().id, "draft");
    assert_eq!(edition(&isms).unwrap(), first);
    drop(isms);
    // One that was asked for first is an edition of the commit that answers.
    let (request, step) = new(
        "approval",
        json!({"title": "Please", "purpose": "publish", "subject": document.to_string(),
            "asked_of": ada.to_string()}),
    );
    run(&organization, ada, step).unwrap();
    let answer = Assent::new(request, Purpose::Publish, Subject::Record(document));
    run(&organization, ada, Step::Assent(answer)).unwrap();
    // A version that is published is not published again, and one of the same words is another.
    let unnamed = || Assent::new(fresh_id(), Purpose::Publish, Subject::Record(document));
    let Err(Error::Refused { sentence, .. }) = run(&organization, ada, Step::Assent(unnamed()))
    else {
        panic!("one version, two editions")
    };
    assert!(sentence.contains("is in force already"), "{sentence}");
    run(&organization, ada, edit(document, None, json!({"title": "Security policy"}))).unwrap();
    run(&organization, ada, Step::Assent(unnamed())).unwrap();
    organization.verify(&Options::default()).unwrap();
    let changes = |isms: &domain::Isms| isms.changes_after(document, 0).collect::<Vec<_>>();
    let isms = organization.current().unwrap();
    let last = edition(&isms).unwrap();
    let app = place.open();
    let again = app.organization(None).unwrap().current().unwrap();
    assert_eq!(edition(&again).unwrap(), last);
    assert_eq!((changes(&again), changes(&again).len()), (changes(&isms), 7));
}

fn redacting_erases_the_words_and_the_ledger_still_verifies(place: &Place) {
    let (app, organization, ada) = place.begin();
    let (risk, step) = new("issue", json!({"title": "Secretive Sentence", "side": "internal"}));
    run(&organization, ada, step).unwrap();
    run(&organization, ada, edit(risk, None, json!({"description": "Confidential Words"})))
        .unwrap();
    let old = organization.as_of(None).unwrap();
    run(&organization, ada, Step::Erase { record: risk, versions: vec![1] }).unwrap();
    let isms = organization.current().unwrap();
    assert_eq!(isms.get(risk).unwrap().cell("description").text(), Some("Confidential Words"));
    run(&organization, ada, Step::Erase { record: risk, versions: Vec::new() }).unwrap();
    let isms = organization.current().unwrap();
    assert!(isms.get(risk).unwrap().is_erased() && !old.isms.get(risk).unwrap().is_erased());
    assert_eq!(isms.get(risk).unwrap().name(), "ISSUE-1");
    let report = organization.verify(&Options::default()).unwrap();
    assert_eq!(report.erased, 2);
    let again = run(&organization, ada, Step::Erase { record: risk, versions: Vec::new() });
    assert!(matches!(again, Err(Error::Refused { .. })), "there is nothing left to erase");
    let refused = run(&organization, ada, edit(risk, None, json!({"title": "again"})));
    assert!(matches!(refused, Err(Error::Refused { .. })));
    app.store().scrub().unwrap();
    for file in std::fs::read_dir(place.folder.path()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            for secret in ["Secretive Sentence", "Confidential Words"] {
                let found = bytes.windows(secret.len()).any(|it| it == secret.as_bytes());
                assert!(!found, "`{secret}` is still in {}", path.display());
            }
        }
    }
    drop(isms);
    let again = place.open();
    assert!(again.organization(None).unwrap().current().unwrap().get(risk).unwrap().is_erased());
}

fn keys_change_and_an_old_checkpoint_still_holds(place: &Place) {
    let (_app, organization, ada) = place.begin();
    let kept = organization.checkpoint().unwrap();
    let actor = Actor::Person(ada);
    organization.change_key(actor, KeyChange::Rotate, None).unwrap();
    // Interrupted between its entry and the place of its key: that key is not lost by the next.
    let path = place.keys().path(organization.id());
    std::fs::rename(&path, path.with_extension("key.new")).unwrap();
    organization.change_key(actor, KeyChange::Rotate, None).unwrap();
    let (_, step) = new("asset", json!({"title": "After"}));
    run(&organization, ada, step).unwrap();
    let outside = vec![Outside { name: "kept".into(), note: kept }];
    let options = Options { outside, every_signature: true, ..Options::default() };
    let report = organization.verify(&options).unwrap();
    assert_eq!((report.keys.len(), report.remarks.len()), (3, 0));
    std::fs::remove_file(place.keys().path(organization.id())).unwrap();
    let (_, step) = new("asset", json!({"title": "Cannot be signed"}));
    assert!(matches!(run(&organization, ada, step), Err(Error::NoKey { .. })));
    organization.change_key(actor, KeyChange::Replace, Some("lost".into())).unwrap();
    let report = organization.verify(&options).unwrap();
    assert_eq!((report.keys.len(), report.remarks.len()), (4, 1));
}

fn a_backup_goes_without_what_is_lost_and_says_so(place: &Place) {
    let (app, organization, ada) = place.begin();
    let steps = ["lost", "kept"].map(|name| {
        let (file, stored) =
            organization.store_file(name, "text/plain", &mut name.as_bytes()).unwrap();
        let body = json!({"title": name, "file": serde_json::to_value(file).unwrap()});
        (new("evidence", body).1, stored)
    });
    let lost = steps[0].1;
    let (steps, files): (Vec<_>, Vec<_>) = steps.into_iter().unzip();
    let (actor, command) = (Actor::Person(ada), Command { note: None, steps });
    let request = Request { actor, via: "cli", command, files, bound: false };
    organization.execute(request).unwrap();
    // Whoever takes the files out of a bundle is found by what names them.
    let bundle = organization.bundle(Vec::new(), &|_| true).unwrap();
    app::verify_bundle(&bundle[..], &Options::default()).unwrap();
    let bundle = String::from_utf8(bundle).unwrap().replace("\"files\":2", "\"files\":0");
    let is_file = |it: &&str| it.starts_with("{\"file\"") || it.starts_with("{\"chunk\"");
    let cut: Vec<&str> = bundle.split_inclusive('\n').filter(|it| !is_file(it)).collect();
    let found = app::verify_bundle(cut.concat().as_bytes(), &Options::default()).unwrap_err();
    assert!(found.to_string().contains("names the file `lost`, which is not in"), "{found}");
    assert!(organization.store().remove_file(organization.id(), &lost.sha256).unwrap());
    let file = place.path("backup.muniment");
    let (_, missing) = app.backup(std::fs::File::create(&file).unwrap()).unwrap();
    assert_eq!(missing, [lost.sha256]);
    let url = place.url("back.db");
    let (back, told) = App::restore(&url, place.keys(), Clock::system(), Path::new(&file)).unwrap();
    assert_eq!(told[0].missing, ["EVID-1 names the file `lost`"]);
    let found = back.organization(None).unwrap().verify(&Options::default()).unwrap_err();
    assert!(found.to_string().contains("names the file `lost`, which is not kept"), "{found}");
}

fn a_backup_brings_everything_back_and_says_so(place: &Place) {
    let (app, organization, ada) = place.begin();
    app.begin(&beginning("second")).unwrap();
    let (asset, step) = new("asset", json!({"title": "Kept"}));
    run(&organization, ada, step).unwrap();
    let kept = organization.checkpoint().unwrap();
    let file = place.path("backup.muniment");
    let (_, missing) = app.backup(std::fs::File::create(&file).unwrap()).unwrap();
    assert!(missing.is_empty());
    let restore = |url: &str, keys| App::restore(url, keys, Clock::system(), Path::new(&file));

    let (back, told) = restore(&place.url("back.db"), place.keys()).unwrap();
    assert_eq!(
        told.iter().map(|it| (it.slug.as_str(), it.new_key)).collect::<Vec<_>>(),
        [("acme", false), ("second", false)]
    );
    let same = back.organization(Some("acme")).unwrap();
    assert_eq!(same.current().unwrap().get(asset).unwrap().title(), "Kept");
    let outside = vec![Outside { name: "kept".into(), note: kept }];
    let report = same.verify(&Options { outside, ..Options::default() }).unwrap();
    assert_eq!(report.size, organization.current().unwrap().position() + 1);
    assert_eq!(report.remarks.len(), 1);

    let elsewhere = Keys::new(place.path("other-keys"));
    let (_, told) = restore(&place.url("moved.db"), elsewhere).unwrap();
    assert!(told.iter().all(|it| it.new_key));
    assert!(restore(&place.url("back.db"), place.keys()).is_err());

    let mut bytes = std::fs::read(&file).unwrap();
    let at = bytes.windows(4).position(|it| it == b"Kept").unwrap();
    bytes[at] = b'L';
    std::fs::write(&file, bytes).unwrap();
    assert!(restore(&place.url("tampered.db"), place.keys()).is_err());
    if place.server.is_none() {
        assert!(!place.path("tampered.db").exists());
    }
}

fn a_bundle_is_verified_without_database_or_secret(place: &Place) {
    let (_app, organization, ada) = place.begin();
    let (asset, step) = new("asset", json!({"title": "Hidden from the reader"}));
    run(&organization, ada, step).unwrap();
    let bytes = organization.bundle(Vec::new(), &|it| it.kind != "asset").unwrap();
    let report = app::verify_bundle(&bytes[..], &Options::default()).unwrap();
    assert_eq!((report.size, report.hidden), (organization.current().unwrap().position(), 1));
    assert!(!String::from_utf8_lossy(&bytes).contains("Hidden from the reader"));
    assert!(!String::from_utf8_lossy(&bytes).contains(&asset.to_string()));
    for at in (0..bytes.len()).step_by(97) {
        let mut bytes = bytes.clone();
        bytes[at] ^= 1;
        let same = app::verify_bundle(&bytes[..], &Options::default());
        assert!(same.is_err() || same.unwrap() == report);
    }
}

/// Who is bound by memberships does what they allow, on the newest records; what they may not see is
/// missing, by no name. The command line is not bound.
fn memberships_bind_who_comes_through_the_web(place: &Place) {
    let (_app, organization, ada) = place.begin();
    let isms = organization.current().unwrap();
    let profiles: Vec<_> = isms.all::<Membership>().filter_map(|(_, it)| it.profile).collect();
    assert_eq!(profiles, [Profile::Administrator, Profile::IsmsManager]);
    let bound = |actor: Id, step: Step| {
        let command = Command::one(step);
        let actor = Actor::Person(actor);
        organization.execute(Request { actor, via: "web", command, files: Vec::new(), bound: true })
    };
    let refusal = |answer: Result<app::Receipt, Error>| match answer {
        Err(Error::Refused { refusal, sentence, .. }) => (*refusal, sentence),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was let through"),
    };
    let about = json!({"title": "Bea", "engagement": "employee", "in_scope": "yes"});
    let (bea, mut step) = new("person", about);
    if let Step::New(new) = &mut step {
        new.stage = Some("active".to_owned());
    }
    bound(ada, step).unwrap();

    let risk = || new("risk", json!({"title": "Fire", "concerns": "information"})).1;
    let (refused, sentence) = refusal(bound(bea, risk()));
    assert!(matches!(refused, Refusal::NotPermitted { .. }), "{refused:?}");
    assert!(sentence.contains("ask an administrator"), "{sentence}");
    run(&organization, bea, risk()).unwrap();

    let body = json!({"title": "Bea", "person": bea, "profile": "employee"});
    bound(ada, new("membership", body).1).unwrap();
    let isms = organization.current().unwrap();
    let fire = isms.numbered("risk", 1).unwrap().head.id;
    let (refused, sentence) = refusal(bound(bea, edit(fire, None, json!({"title": "Flood"}))));
    assert!(matches!(refused, Refusal::Missing { .. }), "{refused:?}");
    assert!(!sentence.contains("RISK-1"), "{sentence}");
    bound(bea, new("event_report", json!({"title": "A strange mail"})).1).unwrap();

    let admin = isms.numbered("membership", 1).unwrap().head.id;
    let step = Step::Move { record: admin, version: None, to: "ended".to_owned(), reason: None };
    let (refused, _) = refusal(bound(ada, step));
    assert!(matches!(refused, Refusal::LastAdministrator { .. }), "{refused:?}");
}
