//! Whatever is changed behind the program's back in a stored ledger is found and named.

#![expect(clippy::unwrap_used, reason = "clippy knows only `#[test]` functions as tests")]

use std::sync::Arc;

use app::{App, Beginning, Clock, Keys, Organization, Request, fresh_id};
use domain::{
    Actor, Command, Step,
    command::{Assent, Edit, New, Subject},
};
use kinds::approval::Purpose;
use ledger::{Options, verify::Outside};
use meta::{Extras, Id, Provenance};
use serde_json::{Value, json};
use store::{Address, db::Connection};

/// The columns of every table that holds the ledger or is derived from it.
const COLUMNS: &[(&str, &str, &[&str])] = &[
    ("ledger", "true", &["origin", "seq", "at", "edge"]),
    (
        "entry",
        "seq in (1, 2, 4, 9)",
        &["at", "actor", "via", "count", "root", "note_hash", "note_salt", "note"],
    ),
    (
        "revision",
        "seq <> 2 or number in (1, 50)",
        &[
            "version",
            "seq",
            "number",
            "body_version",
            "kind",
            "op",
            "stage",
            "provenance",
            "hash",
            "salt",
            "content",
        ],
    ),
    ("record", "kind <> 'control' or number in (1, 50)", &["kind", "number", "version", "seq"]),
    ("edition", "true", &["version", "seq"]),
    ("node", "true", &["level", "place", "hash"]),
    ("checkpoint", "size = (select max(size) from checkpoint)", &["size", "note"]),
    ("file", "true", &["sha256", "size"]),
];

struct Isms {
    folder: tempfile::TempDir,
    organization: Arc<Organization>,
    _app: App,
}

#[test]
fn a_bit_of_any_row_is_found() {
    let isms = isms();
    let database = isms.database();
    let mut flips = 0;
    for (table, which, columns) in COLUMNS {
        let mut rows = Vec::new();
        let sql = format!(
            "select rowid_of, n from (select *, row_number() over () as n, 0 as \
            rowid_of from {table} where {which})"
        );
        database
            .query(&sql, &[], |row| -> Result<(), store::Error> {
                rows.push(row.int(1)?);
                Ok(())
            })
            .unwrap();
        assert!(!rows.is_empty(), "{table} is empty");
        let key = key(table);
        for n in rows {
            for column in *columns {
                let place = format!(
                    "({key}) = (select {key} from (select {key}, row_number() over \
                    () as n from {table} where {which}) where n = {n})"
                );
                let flipped = format!(
                    "case typeof({column}) when 'integer' then {column} + 1 \
                    when 'text' then substr({column}, 1, length({column}) - 1) || case \
                    substr({column}, -1) when 'x' then 'y' else 'x' end when 'blob' then \
                    cast(substr({column}, 1, length({column}) - 1) as blob) || \
                    case substr({column}, -1) when x'00' then x'01' else x'00' end end"
                );
                database.batch("savepoint before").unwrap();
                let sql = format!(
                    "update {table} set {column} = {flipped} where {place} and \
                    {column} is not null and length({column}) > 0"
                );
                let changed = database.execute(&sql, &[]);
                if matches!(changed, Ok(1)) {
                    database.batch("release before").unwrap();
                    flips += 1;
                    let found = isms.organization.verify(&Options::default());
                    let found = found.expect_err(&format!("{table}.{column} of row {n}"));
                    assert!(!found.to_string().is_empty());
                    isms.restore(&database);
                } else {
                    database.batch("rollback to before; release before").unwrap();
                }
            }
        }
    }
    assert!(flips > 150, "only {flips} flips were tried");
    isms.organization.verify(&Options::default()).unwrap();
}

#[test]
fn missing_reordered_and_resigned_commits_are_found() {
    let isms = isms();
    let kept = isms.organization.checkpoint().unwrap();
    let outside = vec![Outside { name: "kept.txt".into(), note: kept }];
    let options = Options { outside, ..Options::default() };
    isms.organization.verify(&options).unwrap();
    let database = isms.database();
    let cases = [
        ("delete from entry where seq = (select max(seq) from entry)", "the last entry"),
        ("delete from revision where seq = 4", "the lines of a commit"),
        ("delete from node where level = 0 and place = 3", "a node"),
        ("delete from record where kind = 'asset'", "a pointer"),
        ("delete from edition", "an edition"),
        ("delete from checkpoint where size = (select max(size) from checkpoint)", "a checkpoint"),
        (
            "update entry set seq = 1000 where seq = 4; update entry set seq = 4 where seq = 5; \
             update entry set seq = 5 where seq = 1000",
            "the order of two commits",
        ),
    ];
    let put_in = |table: &str, change: &str| {
        format!(
            "create temp table put_in as select * from {table} limit 1; \
             update put_in set {change}; insert into {table} select * from put_in; \
             drop table put_in"
        )
    };
    let inserted = [
        (put_in("revision", "version = 99, seq = 0"), "a version before the first commit"),
        (put_in("revision", "version = 99, seq = -1"), "a version before any commit"),
        (put_in("revision", "version = 99, seq = 1000"), "a version behind the last commit"),
        (put_in("revision", "organization = zeroblob(16)"), "a version of nobody"),
        (put_in("entry", "seq = 0"), "a commit before the first one"),
        (put_in("record", "id = zeroblob(16), seq = 0"), "a pointer to no commit"),
        (put_in("node", "organization = zeroblob(16)"), "a node of nobody"),
    ];
    let removed = cases.map(|(sql, what)| (sql.to_owned(), what));
    for (sql, what) in removed.into_iter().chain(inserted) {
        database.batch(&sql).unwrap();
        assert!(isms.organization.verify(&options).is_err(), "{what} was not missed");
        isms.restore(&database);
    }
    let file = isms.folder.path().join("isms.db.files");
    let mut files = Vec::new();
    walk(&file, &mut files);
    let [path] = files.as_slice() else { panic!("one file: {files:?}") };
    let bytes = std::fs::read(path).unwrap();
    std::fs::write(path, b"another report").unwrap();
    let found = isms.organization.verify(&options).unwrap_err().to_string();
    assert!(found.contains("file"), "{found}");
    std::fs::remove_file(path).unwrap();
    assert!(isms.organization.verify(&options).is_err());
    std::fs::write(path, bytes).unwrap();
    isms.organization.verify(&options).unwrap();

    // An operator who rewrites everything with another key is found by whoever kept a checkpoint.
    let other = isms_named("acme");
    let found = other.organization.verify(&options).unwrap_err().to_string();
    assert!(found.contains("kept.txt"), "{found}");
}

#[test]
fn a_publication_that_was_withdrawn_is_no_tampering() {
    let isms = isms();
    let now = isms.organization.current().unwrap();
    let approvals: Vec<_> = now.rows("approval").map(|it| it.head.id).collect();
    assert!(!approvals.is_empty());
    for record in approvals {
        let note = Some("published too early".to_owned());
        let command = Command { note, steps: vec![Step::Withdraw { record, version: None }] };
        let (actor, files) = (Actor::System, Vec::new());
        let request = Request { actor, via: "cli", command, files, bound: false };
        isms.organization.execute(request).unwrap();
    }
    isms.organization.verify(&Options::default()).unwrap();
}

impl Isms {
    fn database(&self) -> Connection {
        let path = self.folder.path().join("isms.db");
        let url = format!("sqlite:{}", path.display());
        std::fs::copy(&path, self.folder.path().join("sound.db")).unwrap();
        Connection::open(&Address::parse(&url).unwrap()).unwrap()
    }

    /// Puts every table back as it was.
    fn restore(&self, database: &Connection) {
        let sound = self.folder.path().join("sound.db");
        database.batch(&format!("attach '{}' as sound", sound.display())).unwrap();
        database.batch("begin").unwrap();
        for (table, _, _) in COLUMNS.iter().rev() {
            database
                .batch(&format!("pragma defer_foreign_keys = on; delete from main.{table}"))
                .unwrap();
        }
        for (table, _, _) in COLUMNS {
            let sql = format!("insert into main.{table} select * from sound.{table}");
            database.batch(&sql).unwrap();
        }
        database.batch("commit; detach sound").unwrap();
    }
}

fn key(table: &str) -> &'static str {
    match table {
        "ledger" => "organization",
        "entry" => "organization, seq",
        "revision" => "organization, record, version",
        "record" => "organization, id",
        "edition" => "organization, record, version",
        "node" => "organization, level, place",
        "checkpoint" => "organization, size",
        _ => "organization, sha256",
    }
}

fn walk(folder: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

fn isms() -> Isms {
    isms_named("acme")
}

/// An organization with a document published, a file attached, an edit and an erasure.
fn isms_named(slug: &str) -> Isms {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("isms.db").display());
    let keys = Keys::new(folder.path().join("keys"));
    let app = App::create(&url, keys, Clock::system()).unwrap();
    let (organization, ada) = app
        .begin(&Beginning {
            slug: slug.into(),
            name: "Acme".into(),
            time_zone: "UTC".into(),
            origin: Some("acme.example/isms".into()),
            person: "Ada".into(),
            email: None,
        })
        .unwrap();
    let run = |steps: Vec<Step>, files| {
        let command = Command { note: Some("a reason".into()), steps };
        let request =
            Request { actor: Actor::Person(ada), via: "cli", command, files, bound: false };
        organization.execute(request).unwrap();
    };
    let (asset, role, document) = (fresh_id(), fresh_id(), fresh_id());
    run(vec![new(asset, "asset", json!({"title": "Server"}))], Vec::new());
    let held = json!([{"person": ada.to_string(), "from": "2020-01-01"}]);
    run(vec![new(role, "role", json!({"title": "Director", "held_by": held}))], Vec::new());
    let (file, stored) =
        organization.store_file("../report.txt", "text/plain", &mut &b"a report"[..]).unwrap();
    assert_eq!(file.name, "report.txt");
    let body = json!({"title": "Policy", "identifier": "POL-1", "doc_type": "policy",
        "owner": role.to_string(), "approver": role.to_string(), "cadence": "P1Y",
        "change_summary": "First", "text": "We care.", "serves_clauses": ["5.2"],
        "file": serde_json::to_value(file).unwrap()});
    run(vec![new(document, "document", body)], vec![stored]);
    let publish = Assent::new(fresh_id(), Purpose::Publish, Subject::Record(document));
    run(vec![Step::Assent(publish)], Vec::new());
    let fields = json!({"title": "Web server"}).as_object().unwrap().clone();
    let provenance = Provenance::Person;
    let edit = Edit { record: asset, version: None, fields, extras: None, provenance };
    run(vec![Step::Edit(edit)], Vec::new());
    run(vec![Step::Erase { record: asset, versions: vec![1] }], Vec::new());
    for n in 0..3 {
        run(vec![new(fresh_id(), "site", json!({"title": format!("Site {n}")}))], Vec::new());
    }
    organization.store().scrub().unwrap();
    Isms { folder, organization, _app: app }
}

fn new(id: Id, kind: &str, body: Value) -> Step {
    Step::New(New {
        id,
        kind: kind.into(),
        fields: body.as_object().unwrap().clone(),
        stage: None,
        provenance: Provenance::Person,
        extras: Extras::default(),
    })
}
