//! Assents by the API: to the edition that is read, and taken back.

use axum::http::Method;
use domain::{
    Step,
    command::{Assent, Edit, Subject},
};
use kinds::{approval::Purpose, membership::Profile};
use meta::{Id, Provenance};
use serde_json::{Value, json};

use super::client::{ALL, Client};
use crate::fixture::Fixture;

fn assent(fixture: &Fixture, purpose: Purpose, on: Id) -> Id {
    let id = app::fresh_id();
    let edition = (purpose == Purpose::Publish).then(|| "1.0".to_owned());
    let assent = Assent { edition, ..Assent::new(id, purpose, Subject::Record(on)) };
    fixture.run(vec![Step::Assent(assent)]);
    id
}

#[test]
fn the_edition_in_force_is_acknowledged_whatever_is_drafted() {
    let fixture = Fixture::new();
    let document = fixture.record("DOC-1").head.id;
    let write = |text: &str| {
        let role = fixture.record("ROLE-1").head.id;
        let fields = json!({"text": text, "approver": role, "acknowledged_by": ["everybody"],
            "change_summary": "Said anew."});
        let Value::Object(fields) = fields else { panic!("an object") };
        let provenance = Provenance::Person;
        fixture.run(vec![Step::Edit(Edit {
            record: document,
            version: None,
            fields,
            extras: None,
            provenance,
        })]);
        fixture.record("DOC-1").head.version
    };
    let client = Client::of(&fixture, Profile::Employee, &ALL);
    let acknowledge = |seen: u32, body: Value| {
        let seen = format!("\"{seen}\"");
        let headers = [("content-type", "application/json"), ("if-match", seen.as_str())];
        let to = "/api/v1/o/acme/document/1/assents";
        client.ask(Method::POST, to, &headers, &body.to_string())
    };
    write("Copy daily.");
    assent(&fixture, Purpose::Publish, document);
    let published = fixture.record("DOC-1").head.version;
    let draft = write("Copy hourly.");
    let purpose = json!({"purpose": "acknowledge"});
    assert_eq!(acknowledge(draft, purpose.clone()).status, 412);
    let other = acknowledge(published, json!({"purpose": "acknowledge", "edition": "9.9"}));
    assert_eq!(other.status, 422, "{}", other.text);
    assert!(other.text.contains("the edition in force is `1.0`"), "{}", other.text);
    let named = json!({"purpose": "acknowledge", "edition": "1.0"});
    let given = acknowledge(published, named);
    assert_eq!(given.status, 200, "{}", given.text);
    assert_eq!(given.json()["version"], 1, "{}", given.text);
    assert_eq!(given.json()["fields"]["version"], published, "{}", given.text);
    let again = acknowledge(published, purpose);
    assert_eq!(again.status, 409, "{}", again.text);
    assert!(again.text.contains("acknowledged this edition of DOC-1 on "), "{}", again.text);
}

#[test]
fn a_decision_is_taken_back_with_a_reason_or_stays() {
    let fixture = Fixture::new();
    let asset = fixture.record("ASSET-1").head.id;
    let approval = assent(&fixture, Purpose::Approve, asset);
    let number = fixture.isms().get(approval).unwrap().head.number;
    let path = format!("/api/v1/o/acme/approval/{number}");
    let of = |profile| Client::of(&fixture, profile, &ALL);
    let (manager, owner) = (of(Profile::IsmsManager), of(Profile::RiskOwner));
    let taken = |client: &Client, reason: &str| {
        client.post(&format!("{path}/stage"), &json!({"to": "revoked", "reason": reason}))
    };
    let hidden = |client: &Client| client.ask(Method::DELETE, &path, &[], "");
    // Whoever may not take it back may not hide it, either, and is told the same.
    assert_eq!((hidden(&owner).status, taken(&owner, "no").status), (403, 403));
    assert_eq!(hidden(&owner).text, taken(&owner, "no").text);
    assert_eq!((hidden(&manager).status, taken(&manager, "").status), (422, 422));
    assert_eq!(hidden(&manager).text, taken(&manager, "").text);
    assert_eq!(taken(&manager, "It was a mistake.").json()["stage"], "revoked");
}
