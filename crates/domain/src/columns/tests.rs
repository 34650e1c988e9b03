use std::collections::HashSet;

use serde_json::json;

use super::*;
use crate::conformity::fixture::Fixture;

fn text(fixture: &Fixture, id: meta::Id, name: &str) -> String {
    let record = fixture.isms.get(id).expect("the record is there");
    let column = column(record.def().id, name).expect("the column is there");
    (column.text)(fixture.view(), record)
}

#[test]
fn no_column_is_named_like_a_field_or_another_column() {
    for def in kinds::KINDS {
        let mut names: HashSet<&str> = def.fields.iter().map(|it| it.name).collect();
        for column in columns(def.id) {
            assert!(names.insert(column.name), "{}.{}", def.id, column.name);
            assert!(column.help.ends_with('.'), "{}.{}", def.id, column.name);
        }
    }
    assert_eq!(columns("organization").len(), 0);
    assert_eq!(columns("issue").len(), 2);
}

#[test]
fn an_action_tells_how_late_it_is() {
    let mut fixture = Fixture::new();
    let id = fixture.new_record(
        "action",
        json!({"title": "Keys", "purpose": "treat_risk", "due": "2026-11-21",
            "moves": [{"from": "2026-10-01", "to": "2026-11-21", "reason": "ill"}]}),
    );
    assert_eq!(text(&fixture, id, "overdue"), "1 day");
    assert_eq!(text(&fixture, id, "first_due"), "2026-10-01");
    assert_eq!(text(&fixture, id, "times_moved"), "1");
    fixture.edit(id, json!({"done_on": "2026-11-22"}));
    assert_eq!(text(&fixture, id, "overdue"), "");
}

#[test]
fn a_role_tells_who_holds_it_and_a_person_what_waits() {
    let mut fixture = Fixture::new();
    let ada = fixture.me();
    let role = fixture.role("Officer", &[], ada);
    assert_eq!(text(&fixture, role, "held_now"), "Ada");
    assert_eq!(text(&fixture, role, "vacant"), "no");
    assert_eq!(text(&fixture, ada, "roles"), "Officer");
    fixture.new_record(
        "action",
        json!({"title": "Keys", "purpose": "treat_risk", "owner": role, "due": "2027-01-01"}),
    );
    assert_eq!(text(&fixture, ada, "open_duties"), "1 action");
    fixture.edit(
        role,
        json!({"held_by": [{"person": ada, "from": "2025-01-01", "until": "2026-06-30"}]}),
    );
    assert_eq!(text(&fixture, role, "vacant"), "since 2026-06-30");
    assert_eq!(text(&fixture, ada, "open_duties"), "");
}

#[test]
fn a_risk_tells_its_level_and_what_its_owner_decided() {
    let mut fixture = Fixture::new();
    let ada = fixture.me();
    let method = fixture.method();
    let risk = fixture.risk(method, ada, json!({}));
    assert_eq!(text(&fixture, risk, "level_current"), "high");
    assert_eq!(text(&fixture, risk, "level_residual"), "low");
    assert_eq!(text(&fixture, risk, "evaluation"), "too high");
    assert_eq!(text(&fixture, risk, "acceptance"), "none");
    fixture.assent(risk, kinds::approval::Purpose::AcceptResidual);
    assert_eq!(text(&fixture, risk, "acceptance"), "valid");
    fixture.edit(risk, json!({"scenario": "Another one."}));
    assert_eq!(text(&fixture, risk, "acceptance"), "stale: scenario");
}

#[test]
fn a_control_tells_its_drivers_and_its_newest_proof() {
    let mut fixture = Fixture::new();
    let control = fixture.included("A.8.13", json!({}));
    assert_eq!(text(&fixture, control, "drivers"), "");
    assert_eq!(text(&fixture, control, "proof_held"), "");
    let method = fixture.method();
    let ada = fixture.me();
    fixture.risk(method, ada, json!({"controls": [control]}));
    fixture.evidence(control, "2026-11-20", json!({}));
    assert_eq!(text(&fixture, control, "drivers"), "RISK-1");
    assert_eq!(text(&fixture, control, "proof_held"), "EVID-1 Proof");
    assert_eq!(text(&fixture, control, "proof_age"), "2 days");
}

#[test]
fn a_controlled_record_tells_its_edition_and_a_review_its_day() {
    let mut fixture = Fixture::new();
    let method = fixture.method();
    assert_eq!(text(&fixture, method, "edition_in_force"), "2 since 2026-11-22");
    let issue = fixture.new_record(
        "issue",
        json!({"title": "Law", "side": "external", "next_review": "2026-12-01"}),
    );
    assert_eq!(text(&fixture, issue, "review_due"), "2026-12-01");
    assert_eq!(text(&fixture, issue, "reviewed_on"), "");
    fixture.assent(issue, kinds::approval::Purpose::Review);
    assert_eq!(text(&fixture, issue, "reviewed_on"), "2026-11-22");
    assert_eq!(text(&fixture, issue, "review_due"), "2027-11-22");
}
