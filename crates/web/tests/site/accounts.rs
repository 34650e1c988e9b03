//! Accounts: the first run, invitations, access, passwords.

use std::sync::Arc;

use app::{
    App, Beginning, Clock, Keys,
    accounts::{Once, Purpose},
};
use domain::access::Access;
use jiff::SignedDuration;
use kinds::membership::{Membership, Profile};
use web::{Settings, Site};

use crate::fixture::{Browser, Fixture, NoPapers, Seen};

const GOOD: &str = "kettle on a slate roof";
const BETTER: &str = "otters under the bridge";

/// The path of the link that a page shows.
fn link_in(seen: &Seen) -> String {
    let (_, rest) = seen.body.split_once("/link/").expect("the page shows a link");
    format!("/link/{}", rest.split('"').next().unwrap())
}

/// A site without an account, and the link from its console.
fn untouched(folder: &tempfile::TempDir) -> (Arc<Site>, String) {
    let url = format!("sqlite:{}", folder.path().join("isms.db").display());
    let clock = Clock::system();
    let app = App::create(&url, Keys::new(folder.path().join("keys")), clock.clone()).unwrap();
    let hours = SignedDuration::from_hours(1);
    let link = app.accounts().issue(&Once::new(Purpose::FirstRun), hours).unwrap();
    let settings = Settings {
        origin: "http://127.0.0.1".to_owned(),
        secure: false,
        largest_upload: 1_000_000,
        ..Settings::default()
    };
    let site = Arc::new(Site::new(app, clock, settings, Box::new(NoPapers)).unwrap());
    (site, format!("/link/{}", link.as_str()))
}

#[test]
fn the_first_run_makes_the_administrator_and_their_organization() {
    let folder = tempfile::tempdir().unwrap();
    let (site, link) = untouched(&folder);
    let mut browser = Browser::new(web::router(site.clone()));
    for path in ["/", "/sign-in", "/organizations", "/o/acme"] {
        browser.get(path).is(200).says("waits for its administrator");
    }
    browser.get(&link).is(200).says("You are the first here");
    let mut fields = vec![
        ("name", "Ada Lind"),
        ("email", "ada"),
        ("password", "Hollerbusch2026"),
        ("organization", "Hollerbusch Kliniken GmbH"),
        ("short", "A B"),
        ("zone", "Europe/Entenhausen"),
    ];
    let seen = browser.post(&link, &fields).is(422);
    for wrong in ["not an e-mail address", "cannot be a short name", "no time zone", "password is"]
    {
        assert!(seen.text().contains(wrong), "{wrong}: {}", seen.text());
    }
    // A name that no short name can be made of, and what is a zone on one machine only.
    let (mut other, nobody) = (fields.clone(), "日本語");
    (other[3].1, other[4].1, other[5].1) = (nobody, "", "localtime");
    browser.post(&link, &other).is(422).says("write one").says("no time zone");
    let typed = seen.form(&link);
    assert!(typed.contains(&("organization".into(), "Hollerbusch Kliniken GmbH".into())));
    assert!(!seen.body.contains("Hollerbusch1"), "a password is shown");
    fields[1].1 = "ada@example.org";
    fields[2].1 = GOOD;
    fields[4].1 = "";
    fields[5].1 = "Europe/Berlin";
    let seen = browser.post(&link, &fields).is(200);
    assert!(seen.path.starts_with("/o/hollerbusch-kliniken"), "{}", seen.path);
    assert_eq!(browser.get(&link).status, 410);

    let mut other = Browser::new(web::router(site));
    other.get("/").is(401).says("Sign in");
    let fields = [("email", "ada@example.org"), ("password", GOOD), ("next", "//evil.example")];
    let seen = other.send("/sign-in", &fields).is(303);
    assert_eq!(seen.header("location"), "/");
    other.get("/o/hollerbusch-kliniken/settings/people").is(200).says("Ada Lind Administrator");
}

#[test]
fn the_first_run_takes_over_what_was_begun_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let (site, link) = untouched(&folder);
    let beginning = Beginning {
        slug: "acme".to_owned(),
        name: "Acme GmbH".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        origin: None,
        person: "Ada Lind".to_owned(),
        email: None,
    };
    let (_, ada) = site.app.begin(&beginning).unwrap();
    let mut browser = Browser::new(web::router(site));
    let seen = browser.get(&link).is(200).says("Ada Lind (PERSON-1)");
    assert!(seen.form(&link).contains(&("person-acme".into(), ada.to_string())));
    let id = ada.to_string();
    let mut fields = vec![("name", "Ada"), ("email", "ada@example.org"), ("password", "too short")];
    fields.push(("person-acme", &id));
    browser.post(&link, &fields).is(422).says("at least 15");
    fields[2].1 = GOOD;
    browser.post(&link, &fields).is(200);
    browser.get("/o/acme/settings/people").is(200).says("Ada Lind Administrator ISMS manager");
}

#[test]
fn the_past_of_settings_is_only_read() {
    let fixture = Fixture::new();
    let mut founder = fixture.founder();
    let past = "/o/acme@2026-03-31/settings/people";
    founder.get(past).is(200).says("Pat Employee").keeps_quiet_about("Invite somebody");
    founder.post(&format!("{past}/new"), &[("who", "X"), ("f.profile", "employee")]).is(403);
    founder.get("/o/acme@1/settings/storage").is(200);
}

#[test]
fn who_is_invited_joins_by_a_link_that_works_once() {
    let fixture = Fixture::new();
    let mut founder = fixture.founder();
    let new = "/o/acme/settings/people/new";
    let seen = founder.post(new, &[("who", "Nina New"), ("email", "nina"), ("f.profile", "")]);
    seen.is(422).says("This is not an e-mail address").says("Choose what they may do");
    let fields = [("who", "Nina New"), ("email", "nina@acme.example"), ("f.profile", "employee")];
    let first = link_in(&founder.post(new, &fields).is(200).says("It is shown only now"));
    let isms = fixture.isms();
    let nina = isms.rows("person").find(|it| it.title() == "Nina New").unwrap();
    let access = Access::of(&isms, nina.head.id, jiff::civil::date(2026, 3, 31));
    assert_eq!(access.profiles().iter().collect::<Vec<_>>(), [Profile::Employee]);

    let page = format!("/o/acme/settings/people/{}", nina.head.number);
    founder.get("/o/acme/settings/people").says("Nina New Employee invited");
    let person = fixture.isms().get(fixture.person(Profile::Employee)).unwrap().head.number;
    let invite = format!("/o/acme/settings/people/{person}/invitation");
    let seen = founder.post(&invite, &[("email", "pat at acme")]).is(422);
    assert!(seen.form(&invite).contains(&("email".into(), "pat at acme".into())));
    let second = link_in(&founder.post(&format!("{page}/invitation"), &[]).is(200));
    let mut browser = fixture.nobody();
    assert_eq!(browser.get(&first).status, 410, "an older link works");
    browser.get(&second).is(200).says("You are invited");
    // Another address than the one that was invited is not asked about.
    let fields = [("name", "Nina New"), ("email", "founder@acme.example"), ("password", GOOD)];
    browser.post(&second, &fields).is(200);
    let account = fixture.site.app.accounts().by_email("nina@acme.example").unwrap().unwrap();
    assert_eq!(account.name, "Nina New");
    assert_eq!(browser.get(&second).status, 410);
    founder.get("/o/acme/settings/people").says("signs in nina@acme.example");
    // Everybody who has left the page by now sees it no more.
    founder.post(&format!("{page}/account"), &[("do", "disable")]).says("is disabled");
    browser.get("/o/acme").is(401);
}

#[test]
fn who_has_an_account_joins_with_it() {
    let fixture = Fixture::new();
    let (mut founder, mut outsider) = (fixture.founder(), fixture.outsider());
    outsider.get("/o/acme").is(404);
    let email = "outsider@elsewhere.example";
    let fields = [("who", "Cora Consult"), ("email", email), ("f.profile", "internal_auditor")];
    let link = link_in(&founder.post("/o/acme/settings/people/new", &fields).is(200));
    // Signed out, the address has an account already: its owner is asked to sign in.
    let mut browser = fixture.nobody();
    let fields = [("name", "Cora Consult"), ("password", GOOD)];
    browser.post(&link, &fields).is(422).says("sign in with it");
    outsider.get(&link).is(200).says("Join with this account");
    outsider.post(&link, &[]).is(200).says("You belong to acme GmbH now");
    outsider.get("/organizations").says("acme GmbH acme Internal auditor").says("elsewhere GmbH");
    // What is taken away is away at once, and nobody is led into nothing.
    let isms = fixture.isms();
    let cora = isms.rows("person").find(|it| it.title() == "Cora Consult").unwrap();
    let (membership, _) = isms.sources::<Membership>(cora.head.id).next().unwrap();
    let page = format!("/o/acme/settings/people/{}", cora.head.number);
    let end = format!("{page}/access/{}/end", membership.head.number);
    founder.post(&end, &[]).is(200).says("is no longer internal auditor");
    outsider.get("/o/acme").is(404);
    outsider.get("/organizations").says("none today");
    outsider.get("/").is(200);
}

#[test]
fn an_external_auditor_has_access_for_a_time() {
    let fixture = Fixture::new();
    let mut founder = fixture.founder();
    let new = "/o/acme/settings/people/new";
    let mut fields = vec![("who", "Ole Audit"), ("f.profile", "external_auditor")];
    founder.post(new, &fields).is(422).says("say until when");
    fields.push(("f.until", "2026-06-30"));
    founder.post(new, &fields).is(422).says("say its first day, its last day or both");
    fields.push(("f.period_from", "2026-01-01"));
    link_in(&founder.post(new, &fields).is(200));
    founder.get("/o/acme/settings/people").says("Ole Audit External auditor until 30 Jun 2026");
}

#[test]
fn nobody_takes_the_last_administrator_away() {
    let fixture = Fixture::new();
    let mut founder = fixture.founder();
    let isms = fixture.isms();
    let administrates =
        |it: &&(&meta::Record, &Membership)| it.1.profile == Some(Profile::Administrator);
    let paths: Vec<String> = isms
        .all::<Membership>()
        .collect::<Vec<_>>()
        .iter()
        .filter(administrates)
        .map(|(record, it)| {
            let person = isms.get(it.person.unwrap().id()).unwrap().head.number;
            format!("/o/acme/settings/people/{person}/access/{}/end", record.head.number)
        })
        .collect();
    assert_eq!(paths.len(), 2);
    founder.post(&paths[1], &[]).is(200).says("is no longer administrator").says("Undo");
    founder.post(&paths[0], &[]).is(422).says("administrator");
    founder.get("/o/acme/settings/people").is(200);
}

#[test]
fn who_belongs_to_several_organizations_is_in_the_power_of_none_of_them() {
    let fixture = Fixture::new();
    let mut founder = fixture.founder();
    fixture.browser(Profile::Employee);
    let accounts = fixture.site.app.accounts();
    let account = accounts.by_email("employee@acme.example").unwrap().unwrap();
    let person = fixture.isms().get(fixture.person(Profile::Employee)).unwrap().head.number;
    let page = format!("/o/acme/settings/people/{person}");
    let act = format!("{page}/account");
    let link = link_in(&founder.post(&act, &[("do", "reset")]).is(200));
    let mut browser = fixture.nobody();
    browser.get(&link).is(200).says("Choose a new password");
    browser.post(&link, &[("password", "employee@acme")]).is(422).says("password");
    browser.post(&link, &[("password", GOOD)]).is(200);
    assert_eq!(browser.get(&link).status, 410);
    let fields = [("email", "employee@acme.example"), ("password", GOOD)];
    fixture.nobody().send("/sign-in", &fields).is(303);

    // Now the account is somebody of the other organization as well.
    let elsewhere = fixture.site.app.organization(Some("elsewhere")).unwrap();
    let other = elsewhere.current().unwrap();
    let there = other.rows("person").next().unwrap().head.id;
    accounts.belong(account.id, elsewhere.id(), there).unwrap();
    for wanted in ["reset", "disable", "forgive"] {
        founder.post(&act, &[("do", wanted)]).is(403).says("other organizations");
    }
    assert!(accounts.by_id(account.id).unwrap().unwrap().is_enabled());
    founder.get(&page).keeps_quiet_about("elsewhere");
    founder.post(&act, &[("do", "leave")]).is(200).says("is no longer");
    let acme = fixture.organization.id();
    assert_eq!(accounts.person(account.id, acme).unwrap(), None);
}

#[test]
fn who_manages_nobody_sees_no_accounts() {
    let fixture = Fixture::new();
    fixture.founder();
    for profile in [Profile::InternalAuditor, Profile::ExternalAuditor] {
        let mut browser = fixture.browser(profile);
        let seen = browser.get("/o/acme/settings/people").is(200);
        seen.says("Pat Employee").keeps_quiet_about("founder@acme.example");
        browser.get("/o/acme/settings/people/1").is(403);
        let storage = browser.get("/o/acme/settings/storage");
        match profile {
            Profile::ExternalAuditor => storage.is(403),
            _ => storage.is(200).keeps_quiet_about("sqlite:"),
        };
        let seen = browser.get("/o/acme/settings/people").keeps_quiet_about("Webhooks");
        assert_eq!(seen.text().contains("Tokens"), profile == Profile::InternalAuditor);
    }
    fixture.browser(Profile::Employee).get("/o/acme/settings/people").is(403);
}

#[test]
fn a_password_is_changed_by_who_knows_it() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let other = fixture.founder();
    let path = "/account/password";
    browser.post(path, &[("password-new", "short")]).is(422).says("at least 15");
    browser.post(path, &[("password-new", GOOD)]).is(200).says("Your new password is kept");
    let mut other = other;
    other.get("/account").is(401);
    let wrong = [("password", "not it, I think"), ("password-new", BETTER)];
    browser.post(path, &wrong).is(422).says("This is not your present password");
    browser.post(path, &[("password", GOOD), ("password-new", BETTER)]).is(200);
    let about = "/account/about";
    let fields = [("name", "Fay"), ("email", "fay@acme.example")];
    browser.post(about, &fields).is(422).says("Type your password");
    let fields = [("name", "Fay"), ("email", "fay@acme.example"), ("password", BETTER)];
    browser.post(about, &fields).is(200).says("Saved.");
    let mut again = fixture.nobody();
    again.post("/sign-in", &[("email", "fay@acme.example"), ("password", BETTER)]).is(200);
    again.get("/account").is(200).says("From 127.0.0.1");
    again.post("/account/sessions/others/end", &[]).says("One other browser is signed out");
    browser.get("/account").is(401);
    let chosen = [("due", "never"), ("asked", "nonsense")];
    let seen = again.post("/account/notices", &chosen).is(200);
    assert!(seen.form("/account/notices").contains(&("due".into(), "never".into())));
    assert!(seen.form("/account/notices").contains(&("asked".into(), "at-once".into())));
}

#[test]
fn an_administrator_begins_another_organization() {
    let fixture = Fixture::new();
    let fields = [("organization", "Dritte AG"), ("zone", "Europe/Berlin")];
    let mut manager = fixture.browser(Profile::IsmsManager);
    manager.get("/organizations").is(200).keeps_quiet_about("Begin another");
    manager.post("/organizations/new", &fields).is(403);
    let mut founder = fixture.founder();
    let taken = [("organization", "Dritte AG"), ("short", "acme"), ("zone", "Europe/Berlin")];
    founder.post("/organizations/new", &taken).is(422).says("already");
    founder.post("/organizations/new", &fields).is(200).says("You are its administrator");
    founder.get("/organizations").is(200).says("Dritte AG").says("acme GmbH");
    fixture.outsider().get("/o/dritte-ag").is(404);
}

#[test]
fn bad_input_breaks_nothing_and_runs_nothing() {
    let fixture = Fixture::new();
    let mut founder = fixture.founder();
    let long = "a".repeat(1 << 20);
    let bad = ["<script>alert(1)</script>", "\u{202e}x", &long, "a\0b", "😀", "\" onfocus=\"x"];
    let forms: [(&str, &[&str]); 7] = [
        ("/account/about", &["name", "email", "password"]),
        ("/account/password", &["password", "password-new"]),
        ("/account/notices", &["due"]),
        ("/organizations/new", &["organization", "short", "zone"]),
        ("/o/acme/settings/people/new", &["who", "email", "f.profile", "f.reason"]),
        ("/o/acme/settings/people/2/access", &["f.profile", "f.from", "f.until"]),
        ("/sign-in", &["email", "password", "next", "carry-to", "carry-file", "carry.x"]),
    ];
    for (path, fields) in forms {
        for bad in bad {
            let filled: Vec<(&str, &str)> = fields.iter().map(|it| (*it, bad)).collect();
            let seen = founder.send(path, &filled);
            let status = seen.status.as_u16();
            assert!(status < 500, "{path} {:.20}: {:.300}", bad, seen.text());
            assert!(!seen.body.contains("<script>alert") && !seen.body.contains("\" onfocus=\"x"));
            let to = seen.header("location");
            assert!(to.is_empty() || to.starts_with('/') && !to.starts_with("//"), "{to}");
        }
    }
}
