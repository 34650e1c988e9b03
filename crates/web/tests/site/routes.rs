//! Every route, asked for by everybody: what comes back is kept in `tests/snapshots/routes.txt`.

use std::{collections::BTreeMap, fs, path::Path, thread};

use axum::http::Method;
use meta::{Choice, Extras, Provenance};
use serde_json::Value;
use web::routes::{Needs, Route, routes};

use crate::fixture::{Browser, Fixture, PROFILES};

/// The kinds whose records stand for all in routes of records: they differ in who may what.
const KINDS: [&str; 6] = ["action", "document", "event_report", "membership", "person", "risk"];

const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots/routes.txt");

/// Who asks.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    /// The person with the access profile of this place in [`PROFILES`].
    Profile(usize),
    /// Who belongs to another organization only.
    Outsider,
    /// Who is not signed in.
    Nobody,
}

#[test]
fn every_route_answers_everybody_as_it_is_written() {
    let profiles = (0..PROFILES.len()).map(Who::Profile);
    let all: Vec<Who> = profiles.chain([Who::Outsider, Who::Nobody]).collect();
    let columns: Vec<BTreeMap<String, u16>> = thread::scope(|scope| {
        let threads: Vec<_> = all.iter().map(|who| scope.spawn(|| ask_for_all(*who))).collect();
        threads.into_iter().map(|it| it.join().unwrap()).collect()
    });
    let mut found =
        format!("# Who asks: {}\n", all.iter().map(Who::name).collect::<Vec<_>>().join(", "));
    for line in columns[0].keys() {
        let statuses: Vec<String> = columns.iter().map(|it| it[line].to_string()).collect();
        found.push_str(&format!("{line}: {}\n", statuses.join(" ")));
    }
    if std::env::var("UPDATE_SNAPSHOT").is_ok() {
        fs::create_dir_all(Path::new(SNAPSHOT).parent().unwrap()).unwrap();
        fs::write(SNAPSHOT, &found).unwrap();
    }
    let kept = fs::read_to_string(SNAPSHOT).unwrap_or_default();
    let differs = |one: &str, other: &str| -> Vec<String> {
        one.lines().filter(|it| !other.lines().any(|that| that == *it)).map(str::to_owned).collect()
    };
    let (new, gone) = (differs(&found, &kept), differs(&kept, &found));
    assert!(
        new.is_empty() && gone.is_empty(),
        "routes answer otherwise than written: look at each, then run \
         `UPDATE_SNAPSHOT=1 cargo nextest run -p web routes`\nnow:\n{}\nwritten:\n{}",
        new.join("\n"),
        gone.join("\n")
    );
}

#[test]
fn no_form_is_taken_without_its_token() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    // Whoever has these paths brings the proof with them: a password, or the link itself.
    let open = [
        "/sign-in",
        "/sign-in/second",
        "/sign-in/with/{provider}",
        "/forgotten",
        "/link/{token}",
        "/answer/{token}",
        "/answer/{token}/undo",
    ];
    for route in routes().filter(|it| it.method == Method::POST && !open.contains(&it.path)) {
        let path = fill(&fixture, route, "risk", &mut None);
        let before = fixture.isms().position();
        let media = "application/x-www-form-urlencoded";
        let seen = browser.ask(Method::POST, &path, media, b"do=disable".to_vec());
        assert_eq!(seen.status, 403, "{path}");
        assert_eq!(fixture.isms().position(), before, "{path}");
    }
    assert_eq!(browser.ask(Method::GET, "/account", "", Vec::new()).status, 200);
}

/// Asks for every route, and answers the status of each.
fn ask_for_all(who: Who) -> BTreeMap<String, u16> {
    let fixture = Fixture::new();
    let mut browser = who.browser(&fixture);
    let mut statuses = BTreeMap::new();
    // What is read is asked for before anything is changed.
    let (read, sent): (Vec<_>, Vec<_>) = routes().partition(|it| it.method == Method::GET);
    for route in read.into_iter().chain(sent) {
        let kinds: &[&str] = if route.path.contains("{kind}") { &KINDS } else { &[""] };
        for kind in kinds {
            let mut made = None;
            let path = fill(&fixture, route, kind, &mut made);
            let seen = match route.method {
                Method::POST => browser.send(&path, &[]),
                _ => browser.ask(Method::GET, &path, "", Vec::new()),
            };
            let status = seen.status.as_u16();
            assert!(status < 500, "{} {path} as {}: {}", route.method, who.name(), seen.text());
            match who {
                Who::Nobody if route.needs != Needs::Nothing => assert_eq!(status, 401, "{path}"),
                Who::Outsider if route.path.starts_with("/o/") => assert_eq!(status, 404, "{path}"),
                _ => {}
            }
            let about = if kind.is_empty() { String::new() } else { format!(" ({kind})") };
            statuses.insert(format!("{}{about} {}", route.path, route.method), status);
            if route.method == Method::POST && !who.is_signed_in(&mut browser) {
                browser = who.browser(&fixture);
            }
        }
    }
    statuses
}

/// The path of a route with records in it that are there: for forms new ones each time, because
/// forms change them.
fn fill(fixture: &Fixture, route: &Route, kind: &str, seq: &mut Option<u64>) -> String {
    let sends = route.method == Method::POST;
    let of_person = route.path.contains("/people/{number}");
    let number = match (sends, of_person) {
        (true, true) => copy(fixture, "person", seq),
        (true, false) if !kind.is_empty() => copy(fixture, kind, seq),
        _ => 1,
    };
    let rule = domain::conformity::rules().next().unwrap().id;
    let parts = route.path.split('/').map(|part| match part {
        "{place}" => "acme".to_owned(),
        "{kind}" => kind.to_owned(),
        "{number}" => number.to_string(),
        "{seq}" | "{entry}" => seq.unwrap_or(1).to_string(),
        "{rule}" => rule.to_owned(),
        "{subject}" => "4.1".to_owned(),
        "{sha256}" => "0".repeat(64),
        _ if part.starts_with('{') => "1".to_owned(),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Makes a record that says what the first one of its kind says.
fn copy(fixture: &Fixture, kind: &str, seq: &mut Option<u64>) -> u32 {
    let isms = fixture.isms();
    let Value::Object(mut fields) = isms.numbered(kind, 1).unwrap().body.json() else {
        panic!("a body is an object")
    };
    fields.retain(|_, it| !it.is_null());
    let id = app::fresh_id();
    let step = domain::Step::New(domain::command::New {
        id,
        kind: kind.to_owned(),
        fields,
        stage: None,
        provenance: Provenance::Person,
        extras: Extras::default(),
    });
    let receipt = fixture.run(vec![step]);
    *seq = Some(receipt.seq);
    receipt.isms.get(id).unwrap().head.number
}

impl Who {
    fn name(&self) -> String {
        match self {
            Self::Profile(at) => PROFILES[*at].def().id.to_owned(),
            Self::Outsider => "member of another organization".to_owned(),
            Self::Nobody => "nobody".to_owned(),
        }
    }

    fn browser(self, fixture: &Fixture) -> Browser {
        match self {
            Self::Profile(at) => fixture.browser(PROFILES[at]),
            Self::Outsider => fixture.outsider(),
            Self::Nobody => {
                // Somebody else has an account: the first run is over.
                fixture.founder();
                fixture.nobody()
            }
        }
    }

    /// Whether the last form did not sign out; for who never is signed in, that is fine.
    fn is_signed_in(self, browser: &mut Browser) -> bool {
        self == Self::Nobody || browser.ask(Method::GET, "/account", "", Vec::new()).status == 200
    }
}
