//! Calendars: what is due, for calendar programs.

use axum::http::Method;
use domain::{Step, command::New};
use kinds::membership::Profile;
use meta::{Extras, Id, Provenance};
use serde_json::{Value, json};

use crate::fixture::Fixture;

fn asset(fixture: &Fixture, title: &str, owner: Id, day: &str) {
    let Value::Object(fields) =
        json!({"title": title, "asset_type": "software", "owner": owner, "next_review": day})
    else {
        panic!("fields are an object")
    };
    let new = New {
        id: app::fresh_id(),
        kind: "asset".to_owned(),
        fields,
        stage: None,
        provenance: Provenance::Person,
        extras: Extras::default(),
    };
    fixture.run(vec![Step::New(new)]);
}

#[test]
fn a_calendar_shows_what_is_due_until_it_is_taken_back() {
    let fixture = Fixture::new();
    let manager = fixture.person(Profile::IsmsManager);
    asset(&fixture, "Mail, and more", manager, "2026-05-01");
    asset(&fixture, "Hers", fixture.founder, "2026-05-02");
    let page = fixture
        .browser(Profile::IsmsManager)
        .post("/o/acme/calendar", &[("breadth", "mine")])
        .is(200);
    let address = page.body.split("value=\"").find(|it| it.contains(".ics")).unwrap();
    let address = address.split('"').next().unwrap();
    let path = address[address.find("/calendar/").unwrap()..].to_owned();
    let mut program = fixture.nobody();
    let feed = program.get(&path).is(200);
    assert_eq!(feed.header("content-type"), "text/calendar; charset=utf-8");
    let text = feed.body.replace("\r\n ", "");
    for line in [
        "BEGIN:VCALENDAR",
        "DTSTART;VALUE=DATE:20260501",
        "DTEND;VALUE=DATE:20260502",
        "Mail\\, and more: look at it again",
        "END:VCALENDAR\r\n",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(!text.contains("Hers"), "{text}");
    let tag = feed.header("etag").to_owned();
    program.headers.push(("if-none-match", Box::leak(tag.into_boxed_str())));
    let same = program.get(&path).is(304);
    assert!(same.body.is_empty());
    fixture.pass(24 * 3600);
    program.get(&path).is(200);
    let mut browser = fixture.browser(Profile::IsmsManager);
    let page = browser.get("/o/acme/calendar").is(200).says("last read");
    let action = page.body.split("action=\"").find(|it| it.contains("/removal")).unwrap();
    let action = action.split('"').next().unwrap().to_owned();
    browser.post(&action, &[]).is(200).says("shows nothing any more");
    assert_eq!(program.ask(Method::GET, &path, "", Vec::new()).status, 404);
}

#[test]
fn only_who_sees_everything_gets_everybodys_days() {
    let fixture = Fixture::new();
    asset(&fixture, "Hers", fixture.founder, "2026-05-02");
    let feed = |profile: Profile| {
        let mut browser = fixture.browser(profile);
        let page = browser.post("/o/acme/calendar", &[("breadth", "everything")]).is(200);
        let address = page.body.split("value=\"").find(|it| it.contains(".ics")).unwrap();
        let address = address.split('"').next().unwrap();
        let path = &address[address.find("/calendar/").unwrap()..];
        fixture.nobody().get(path).is(200).body
    };
    assert!(feed(Profile::IsmsManager).contains("Hers"));
    assert!(!feed(Profile::Employee).contains("Hers"));
}
