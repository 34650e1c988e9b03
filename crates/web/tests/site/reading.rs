//! What an employee sees: to read, to answer, to report.

use domain::{
    Step,
    command::{Assent, Edit, Subject},
};
use kinds::{approval::Purpose, membership::Profile};
use meta::{Id, Provenance};
use serde_json::json;

use crate::fixture::Fixture;

fn edit(fixture: &Fixture, id: Id, fields: serde_json::Value) {
    let serde_json::Value::Object(fields) = fields else { panic!("an object") };
    let provenance = Provenance::Person;
    fixture.run(vec![Step::Edit(Edit {
        record: id,
        version: None,
        fields,
        extras: None,
        provenance,
    })]);
}

fn publish(fixture: &Fixture, id: Id, edition: &str) {
    fixture.run(vec![Step::Assent(Assent {
        edition: Some(edition.to_owned()),
        ..Assent::new(app::fresh_id(), Purpose::Publish, Subject::Record(id))
    })]);
}

#[test]
fn an_employee_reads_what_changed_and_signs_the_edition_in_force() {
    let fixture = Fixture::new();
    let document = fixture.record("DOC-1").head.id;
    let mut browser = fixture.browser(Profile::Employee);
    browser.get("/o/acme/read/1").is(404);
    let role = fixture.record("ROLE-1").head.id;
    let first = json!({
        "acknowledged_by": ["everybody"], "text": "Copy *daily*.\n\nTest it.", "approver": role,
        "change_summary": "First edition.",
    });
    edit(&fixture, document, first);
    publish(&fixture, document, "1.0");
    fixture.founder().get("/o/acme/document/1").says("Nothing changed since edition 1.0");
    browser.get("/o/acme/work").is(200).says("What waits for you").says("Backup policy");
    let seen = browser.get("/o/acme/read/1").is(200).says("Edition 1.0").says("I have read it");
    let form = seen.form("/read/1");
    edit(&fixture, document, json!({"text": "Copy *hourly*.\n\nTest it."}));
    let seen = fixture.browser(Profile::TopManagement).get("/o/acme/document/1").is(200);
    seen.says("it is approved by whoever holds the role").keeps_quiet_about("In force from");
    // What the draft says is neither shown nor found, nor is what came before.
    for page in ["/o/acme/document/1", "/o/acme@2026-03-31/document/1"] {
        let seen = browser.get(page).is(200).says("Copy daily");
        seen.keeps_quiet_about("hourly").keeps_quiet_about("Version 1");
        fixture.founder().get(page).is(200).says("hourly").says("Version 1");
    }
    // What is acknowledged is the edition, there as on its own page.
    let signing = browser.get("/o/acme/document/1").form("/document/1/approval");
    let signing: Vec<(&str, &str)> = signing.iter().map(|it| (&*it.0, &*it.1)).collect();
    browser.post("/o/acme/document/1/approval", &signing).is(200).says("Copy daily");
    browser.get("/o/acme/document?q=daily&f.title.has=backup").is(200).says("Backup policy");
    browser.get("/o/acme/document?sort=-title&with=all").is(200).says("Backup policy");
    browser.get("/o/acme/document?q=hourly").is(200).keeps_quiet_about("Backup policy");
    browser.get("/o/acme/jump?q=backup").is(200).says("Backup policy");
    browser.get("/o/acme/jump?q=daily").is(200).says("Backup policy");
    browser.get("/o/acme/jump?q=hourly").is(200).keeps_quiet_about("Backup policy");
    assert!(!browser.get("/o/acme/pick?q=hourly").is(200).body.contains("Backup policy"));
    let fields: Vec<(&str, &str)> = form.iter().map(|it| (&*it.0, &*it.1)).collect();
    browser
        .post("/o/acme/read/1", &fields)
        .is(200)
        .says("You have read “Backup policy” already, on 31 March 2026.");
    browser.get("/o/acme/read/1").is(200).says("You have read it, on 31 March 2026");

    publish(&fixture, document, "2.0");
    let seen = browser.get("/o/acme/work").is(200).says("changed since you last read it");
    drop(seen);
    let seen = browser.get("/o/acme/read/1").is(200).says("What changed since you last read it");
    seen.says("Copy *daily*. Copy *hourly*.");
    let seen = browser.send("/o/acme/read/1", &fields).is(409);
    seen.says("Another edition came into force while you read");
}

#[test]
fn anybody_reports_what_they_noticed() {
    let fixture = Fixture::new();
    let mut browser = fixture.browser(Profile::Employee);
    browser.get("/o/acme/report").is(200);
    let seen = browser.post("/o/acme/report", &[("f.details", "It <i>beeped</i>.")]).is(422);
    seen.says("Say in a few words what happened.").says("It <i>beeped</i>.");
    let fields = [("f.title", "A door stood open"), ("f.severity", "minor")];
    let seen = browser.post("/o/acme/report", &fields).is(200);
    seen.says("It is on record as EVENT-2").says("A door stood open");
    let told = fixture.record("EVENT-2").body.json();
    assert_eq!(told["noticed_by"], fixture.person(Profile::Employee).to_string());
    let seen = browser.get("/o/acme/event_report/2").is(200);
    seen.says("Your report is in.").keeps_quiet_about("still needs");

    let mut manager = fixture.browser(Profile::IsmsManager);
    let seen = manager.get("/o/acme/work").is(200).says("Reports to look into");
    seen.says("A door stood open").says("nobody looks into it yet");
    manager.get("/o/acme").is(200).says("for somebody to look into");
    manager.get("/o/acme/event_report/2").is(200).says("To go on, it still needs");
    let mut bystander = fixture.browser(Profile::ControlOwner);
    bystander.get("/o/acme/work").is(200).keeps_quiet_about("A door stood open");
}
