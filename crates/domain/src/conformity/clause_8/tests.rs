use jiff::civil::date;
use meta::Id;
use serde_json::{Value, json};

use crate::conformity::{
    Grade,
    Verdict::*,
    fixture::{Fixture, merged},
};

fn supplier(f: &mut Fixture, more: Value) -> Id {
    let fields = json!({
        "title": "Cloud", "services": [{"service": "Mail", "service_kind": "cloud_software"}],
        "in_scope": "yes", "agreements": [{"name": "Contract", "security_terms": "yes"}],
        "monitoring": "Yearly report", "last_reviewed": "2026-05-01",
    });
    f.force("supplier", "in_use", merged(fields, more))
}

fn round(f: &mut Fixture, stage: &str, more: Value) -> Id {
    let fields = json!({"title": "Round", "reason": "interval", "period_until": "2026-05-01"});
    f.force("assessment_round", stage, merged(fields, more))
}

fn action(f: &mut Fixture, stage: &str, more: Value) -> Id {
    let fields = json!({"title": "Lock the door", "purpose": "treat_risk"});
    f.force("action", stage, merged(fields, more))
}

fn asked_anew(f: &mut Fixture, more: Value) -> Id {
    let by = f.me();
    let fields = json!({
        "title": "Anew?", "question": "reassessment_needed", "answer": "no",
        "rationale": "It was small.", "by": by, "decided_on": "2026-06-01",
    });
    f.new_at("determination", "decided", merged(fields, more))
}

#[test]
fn suppliers_are_bound_and_watched() {
    for (fields, note) in [
        (json!({"agreements": []}), "no agreement"),
        (json!({"agreements": [{"name": "Old", "until": "2026-01-01"}]}), "no agreement"),
        (json!({"agreements": [{"name": "Bare", "security_terms": "no"}]}), "no security terms"),
        (json!({"monitoring": " "}), "how you watch"),
        (json!({"last_reviewed": "2025-05-01"}), "looked at by 2026-05-01"),
    ] {
        let mut f = Fixture::new();
        supplier(&mut f, fields);
        f.expect_fail("8.1-04", Grade::Minor, note);
    }
    let mut f = Fixture::new();
    assert_eq!(f.verdict("8.1-04"), Unknown);
    f.seed("supplier", json!({"title": "Seed"}));
    f.new_record("supplier", json!({"title": "Considered"}));
    let goods = json!([{"service": "Paper", "service_kind": "goods"}]);
    supplier(&mut f, json!({"services": goods, "agreements": []}));
    supplier(&mut f, json!({"in_scope": "no", "agreements": []}));
    assert_eq!(f.verdict("8.1-04"), Unknown, "none of them matters");
    let id = supplier(&mut f, json!({}));
    assert_eq!(f.verdict("8.1-04"), Pass);
    f.edit(id, json!({"agreements": [{"name": "Contract"}]}));
    assert_eq!(f.verdict("8.1-04"), Unknown, "nobody knows its terms");
}

#[test]
fn no_supplier_can_be_decided() {
    let mut f = Fixture::new();
    let by = f.me();
    let none = json!({
        "title": "None", "question": "register_empty", "register": "supplier",
        "answer": "yes", "rationale": "We do it all.", "by": by, "decided_on": "2026-05-01",
    });
    f.new_at("determination", "decided", none);
    assert_eq!(f.verdict("8.1-04"), NotApplicable);
}

#[test]
fn many_unbound_suppliers_are_systemic() {
    let mut f = Fixture::new();
    for _ in 0..3 {
        supplier(&mut f, json!({"agreements": []}));
    }
    assert_eq!(f.judge("8.1-04").grade, Some(Grade::Major));
}

#[test]
fn assessments_are_repeated() {
    let mut f = Fixture::new();
    assert_eq!(f.judge("8.2-01").grade, Some(Grade::Major));
    round(&mut f, "open", json!({}));
    f.expect_fail("8.2-01", Grade::Major, "not closed yet");
    round(&mut f, "closed", json!({}));
    assert_eq!(f.verdict("8.2-01"), Pass);
    f.day = date(2027, 5, 2);
    f.expect_fail("8.2-01", Grade::Minor, "due by 2027-05-01");
    f.new_record(
        "organization",
        json!({"title": "Us", "parameters": [{"key": "risk.assessment", "value": "P2Y"}]}),
    );
    assert_eq!(f.verdict("8.2-01"), Pass);
    let method = f.method();
    f.edit(method, json!({"interval": "P6M"}));

    f.publish(method);
    assert_eq!(f.verdict("8.2-01"), Fail, "the method's own interval comes first");
}

#[test]
fn events_are_answered() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("8.2-02"), Unknown);
    let open = json!([{"date": "2026-06-01", "event": "New office"}]);
    let fields = json!({"title": "Theft", "concerns": "information", "triggered_by": open});
    let risk = f.new_record("risk", fields);
    f.expect_fail("8.2-02", Grade::Minor, "New office");
    let decision = asked_anew(&mut f, json!({"subject": risk}));
    assert_eq!(f.verdict("8.2-02"), Pass);
    f.withdraw(decision);
    let rated =
        json!([{"date": "2026-06-01", "event": "New office", "reassessed_on": "2026-07-01"}]);
    f.edit(risk, json!({"triggered_by": rated}));
    assert_eq!(f.verdict("8.2-02"), Pass);
    asked_anew(&mut f, json!({"answer": "yes"}));
    f.expect_fail("8.2-02", Grade::Minor, "no round was closed since");
    round(&mut f, "closed", json!({"period_until": "2026-06-30"}));
    assert_eq!(f.verdict("8.2-02"), Pass);
}

#[test]
fn results_are_kept() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("8.2-03"), Unknown);
    round(&mut f, "open", json!({}));
    assert_eq!(f.verdict("8.2-03"), Unknown);
    let id = round(&mut f, "closed", json!({}));
    assert_eq!(f.verdict("8.2-03"), Fail);
    f.edit(id, json!({"position": 1}));
    assert_eq!(f.verdict("8.2-03"), Pass);
}

#[test]
fn treatment_shows_its_result() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("8.3-01"), Unknown);
    let risk = f.new_record("risk", json!({"title": "Theft", "concerns": "information"}));
    let id = action(&mut f, "done", json!({"serves": [risk]}));
    assert_eq!(f.verdict("8.3-01"), Unknown, "no day");
    f.edit(id, json!({"done_on": "2026-10-01"}));
    assert_eq!(f.verdict("8.3-01"), Fail);
    let rating = |on: &str| json!({"current": {"likelihood": 1, "on": on}});
    f.edit(risk, rating("2026-09-30"));
    assert_eq!(f.verdict("8.3-01"), Fail, "rated before");
    f.edit(risk, rating("2026-10-01"));
    assert_eq!(f.verdict("8.3-01"), Pass);
    f.edit(risk, json!({"current": null}));
    f.edit(id, json!({"effect_seen": "No theft since."}));
    assert_eq!(f.verdict("8.3-01"), Pass);
}

#[test]
fn the_plan_moves() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("8.3-02"), Unknown);
    action(&mut f, "done", json!({"done_on": "2020-01-01"}));
    assert_eq!(f.verdict("8.3-02"), Unknown, "nothing is open");
    let id = action(&mut f, "agreed", json!({"due": "2027-01-01"}));
    assert_eq!(f.judge("8.3-02").grade, Some(Grade::Opportunity));
    f.edit(id, json!({"due": "2026-01-01"}));
    assert_eq!(f.judge("8.3-02").grade, Some(Grade::Minor), "overdue");
    f.edit(id, json!({"progress": [{"on": "2026-11-01", "text": "Ordered"}]}));
    assert_eq!(f.verdict("8.3-02"), Pass);
}
