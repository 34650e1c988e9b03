//! The views that reporting tools read, against what the program itself reads.

#![expect(clippy::unwrap_used, reason = "clippy knows only `#[test]` functions as tests")]

use app::{App, Beginning, Clock, Keys, Organization, Request, fresh_id};
use domain::{Actor, Command, Step, command::New};
use meta::{Cell, Extras, FieldType, Id, Provenance};
use serde_json::{Value, json};
use store::{Address, Error, db::Connection};

/// What a column holds in the database, as its kind.
struct Place {
    folder: tempfile::TempDir,
    server: Option<String>,
}

impl Place {
    fn url(&self) -> String {
        match &self.server {
            None => format!("sqlite:{}", self.folder.path().join("isms.db").display()),
            Some(server) => {
                let joint = if server.contains('?') { '&' } else { '?' };
                let files = self.folder.path().join("files");
                let schema = self.schema();
                format!("{server}{joint}options=-csearch_path%3D{schema}&files={}", files.display())
            }
        }
    }

    fn schema(&self) -> String {
        format!("views{}", std::process::id())
    }

    fn connection(&self) -> Connection {
        Connection::open(&Address::parse(&self.url()).unwrap()).unwrap()
    }
}

fn begun(place: &Place) -> (App, std::sync::Arc<Organization>, Id) {
    let app =
        App::create(&place.url(), Keys::new(place.folder.path().join("keys")), Clock::system());
    let app = app.unwrap();
    let beginning = Beginning {
        slug: "acme".to_owned(),
        name: "Acme".to_owned(),
        time_zone: "UTC".to_owned(),
        origin: None,
        person: "Ada".to_owned(),
        email: None,
    };
    let (organization, person) = app.begin(&beginning).unwrap();
    (app, organization, person)
}

fn make(organization: &Organization, kind: &str, fields: Value) -> Id {
    let id = fresh_id();
    let step = Step::New(New {
        id,
        kind: kind.to_owned(),
        fields: serde_json::from_value(fields).unwrap(),
        stage: None,
        provenance: Provenance::Person,
        extras: Extras::default(),
    });
    execute(organization, vec![step]);
    id
}

fn execute(organization: &Organization, steps: Vec<Step>) {
    let command = Command { note: Some("why".to_owned()), steps };
    let request =
        Request { actor: Actor::System, via: "cli", command, files: Vec::new(), bound: false };
    organization.execute(request).unwrap();
}

#[test]
fn hold_what_the_program_reads_on_sqlite() {
    holds(&Place { folder: tempfile::tempdir().unwrap(), server: None });
}

#[test]
fn hold_what_the_program_reads_on_postgres() {
    let Ok(server) = std::env::var("MUNIMENT_TEST_POSTGRES") else {
        eprintln!("skipped: MUNIMENT_TEST_POSTGRES names no database");
        return;
    };
    let place = Place { folder: tempfile::tempdir().unwrap(), server: Some(server.clone()) };
    let admin = Connection::open(&Address::parse(&server).unwrap()).unwrap();
    let schema = place.schema();
    admin
        .batch(&format!("drop schema if exists {schema} cascade; create schema {schema}"))
        .unwrap();
    holds(&place);
    admin.batch(&format!("drop schema {schema} cascade")).unwrap();
}

fn holds(place: &Place) {
    let (app, organization, person) = begun(place);
    let role = make(&organization, "role", json!({"title": "IT \"lead\""}));
    let asset = make(&organization, "asset", json!({"title": "File servers", "owner": role}));
    let other = make(&organization, "asset", json!({"title": "Laptops"}));
    let risk = make(
        &organization,
        "risk",
        json!({
            "title": "Ransomware; ‘quoted’",
            "owner": role,
            "concerns": "information",
            "assets": [other, asset],
            "harms": ["confidentiality", "availability"],
        }),
    );
    let gone =
        make(&organization, "risk", json!({"title": "Made by mistake", "concerns": "information"}));
    let erased =
        make(&organization, "risk", json!({"title": "Names a person", "concerns": "information"}));
    let withdraw = Step::Withdraw { record: gone, version: None };
    execute(&organization, vec![withdraw]);
    execute(&organization, vec![Step::Erase { record: erased, versions: Vec::new() }]);

    let connection = place.connection();
    let texts = |sql: &str| {
        let mut found = Vec::new();
        connection
            .query(sql, &[], |row| {
                found.push(row.text_if_any(0)?.unwrap_or("-").to_owned());
                Ok::<_, Error>(())
            })
            .unwrap();
        found
    };
    let text = |what: &str| format!("cast({what} as text)");
    assert_eq!(texts("select ref from v_risk order by number"), ["RISK-1", "RISK-3"]);
    assert_eq!(texts("select title from v_risk order by number"), ["Ransomware; ‘quoted’", "-"]);
    let isms = organization.current().unwrap();
    let name = |id: Id| isms.get(id).unwrap().name();
    let both = format!("{}; {}", name(other), name(asset));
    assert_eq!(texts("select assets from v_risk where number = 1"), [both]);
    assert_eq!(texts("select owner from v_risk where number = 1"), [name(role)]);
    let id = texts(&format!("select {} from v_risk where number = 1", text("owner_id")));
    assert_eq!(id, [role.to_string()]);
    let own = texts(&format!("select {} from v_risk where number = 1", text("id")));
    assert_eq!(own, [risk.to_string()]);
    assert_eq!(
        texts("select target from v_risk_assets order by place"),
        [name(other), name(asset)]
    );
    let joined = "select a.title from v_risk_assets x join v_asset a on a.id = x.target_id \
                  order by x.place";
    assert_eq!(texts(joined), ["Laptops", "File servers"]);
    assert_eq!(texts("select organization from v_organizations"), ["acme"]);
    assert_eq!(texts("select ref from v_record where withdrawn"), ["RISK-2"]);
    assert_eq!(texts("select ref from v_record where erased"), ["RISK-3"]);
    assert_eq!(texts("select changed_by from v_person"), [name(person)]);

    // Every view can be read, and has all records of its kind.
    for def in kinds::KINDS {
        let count = format!("select {} from v_{}", text("count(*)"), def.id);
        let live = isms.rows(def.id).filter(|it| !it.head.withdrawn).count();
        assert_eq!(texts(&count), [live.to_string()], "{}", def.id);
        for field in def.fields {
            if matches!(field.ty, FieldType::Rows(_) | FieldType::Links(_)) {
                connection
                    .query(&format!("select * from v_{}_{}", def.id, field.name), &[], |_| {
                        Ok::<_, Error>(())
                    })
                    .unwrap();
            }
            let columns: &[&str] = match field.ty {
                FieldType::Rating => &["_likelihood", "_consequence", "_rationale", "_on"],
                _ => &[""],
            };
            for column in columns {
                let plain = format!("{}{column}", field.name);
                let sql = |name: &str| format!("select \"{name}\" from v_{}", def.id);
                let read = |name| connection.query(&sql(name), &[], |_| Ok::<_, Error>(()));
                read(&plain).unwrap_or_else(|err| panic!("{} {plain}: {err}", def.id));
            }
        }
    }
    let (at, _) = kinds::kind("control").unwrap().field("reference").unwrap();
    let references: Vec<String> = isms
        .rows("control")
        .map(|it| match it.body.cell(at) {
            Cell::Text(text) => text.to_owned(),
            _ => "-".to_owned(),
        })
        .collect();
    assert_eq!(texts("select reference from v_control order by number"), references);
    drop(app);
}
