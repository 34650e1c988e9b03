use meta::Id;
use serde_json::{Value, json};

use crate::conformity::{
    Grade,
    Verdict::*,
    fixture::{Fixture, merged},
};

const USUAL: [&str; 5] = ["customer", "authority", "employees", "owner_or_parent", "supplier"];

fn party(f: &mut Fixture, party_type: &str) -> Id {
    let fields = json!({
        "title": party_type, "party_type": party_type, "relevance": "They matter.",
    });
    f.new_at("interested_party", "current", fields)
}

fn requirement(f: &mut Fixture, party: Id, more: Value) -> Id {
    let fields = json!({
        "title": "Notice", "party": party, "demand": "Tell us.", "nature": "expectation",
        "addressed": "yes", "addressed_how": "We tell them.",
    });
    f.new_at("requirement", "current", merged(fields, more))
}

#[test]
fn parties_of_every_usual_type_are_considered() {
    let mut f = Fixture::new();
    assert_eq!(f.judge("4.2-01").grade, Some(Grade::Major));
    f.seed("interested_party", json!({"title": "Customers", "party_type": "customer"}));
    assert_eq!(f.judge("4.2-01").grade, Some(Grade::Major), "a seed is none");
    f.new_record("interested_party", json!({"title": "Proposed"}));
    assert_eq!(f.verdict("4.2-01"), Unknown);
    for it in &USUAL[..4] {
        party(&mut f, it);
        assert_eq!(f.judge("4.2-01").grade, Some(Grade::Opportunity));
    }
    let by = f.me();
    let none = json!({
        "title": "No supplier", "question": "no_party_of_type", "party_type": "supplier",
        "answer": "yes", "rationale": "We looked.", "by": by, "decided_on": "2026-05-01",
    });
    f.new_at("determination", "decided", none);
    assert_eq!(f.verdict("4.2-01"), Pass);
}

#[test]
fn every_party_has_a_requirement() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("4.2-02"), Unknown);
    let customers = party(&mut f, "customer");
    assert_eq!(f.verdict("4.2-02"), Fail);
    f.seed("requirement", json!({"title": "Seed", "party": customers}));
    assert_eq!(f.verdict("4.2-02"), Fail);
    let draft = json!({"title": "Draft", "party": customers, "nature": "law"});
    f.new_record("requirement", draft);
    assert_eq!(f.verdict("4.2-02"), Unknown);
    requirement(&mut f, customers, json!({}));
    assert_eq!(f.verdict("4.2-02"), Pass);
}

#[test]
fn every_requirement_is_decided_on() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("4.2-03"), Unknown);
    let customers = party(&mut f, "customer");
    let id = requirement(&mut f, customers, json!({}));
    assert_eq!(f.verdict("4.2-03"), Pass);
    f.edit(id, json!({"addressed_how": null}));
    assert_eq!(f.judge("4.2-03").fails[0].note, "no word on how");
    f.edit(id, json!({"addressed": "no"}));
    assert_eq!(f.judge("4.2-03").fails[0].note, "not met, and no word why");
    f.edit(id, json!({"addressed": "undecided"}));
    assert_eq!(f.judge("4.2-03").fails[0].note, "not decided");
    f.edit(id, json!({"until": "2026-01-01"}));
    assert_eq!(f.verdict("4.2-03"), Unknown, "it no longer holds");
    f.new_record("requirement", json!({"title": "Draft", "party": customers}));
    assert_eq!(f.verdict("4.2-03"), Unknown);
}

#[test]
fn what_is_met_names_by_what() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("4.2-04"), Unknown);
    let customers = party(&mut f, "customer");
    let id = requirement(&mut f, customers, json!({}));
    assert_eq!(f.judge("4.2-04").grade, Some(Grade::Opportunity));
    let seed = f.seed("control", json!({"title": "Seed", "reference": "A.5.1"}));
    f.edit(id, json!({"met_by": [seed]}));
    assert_eq!(f.verdict("4.2-04"), Fail, "a seed meets nothing");
    let control = f.new_record("control", json!({"title": "Own", "reference": "OWN-1"}));
    f.edit(id, json!({"met_by": [seed, control]}));
    assert_eq!(f.verdict("4.2-04"), Pass);
    f.edit(id, json!({"met_by": null}));
    let obligation = json!({"title": "Contract", "met_by": [control]});
    let obligation = f.new_record("obligation", obligation);
    f.edit(id, json!({"obligations": [obligation]}));
    assert_eq!(f.verdict("4.2-04"), Pass, "by way of the obligation");
    for _ in 0..3 {
        requirement(&mut f, customers, json!({}));
    }
    assert_eq!(f.judge("4.2-04").grade, Some(Grade::Minor), "three of four");
}

#[test]
fn binding_requirements_are_registered() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("4.2-05"), Unknown);
    let customers = party(&mut f, "customer");
    requirement(&mut f, customers, json!({}));
    assert_eq!(f.verdict("4.2-05"), Unknown, "an expectation need not be there");
    let id = requirement(&mut f, customers, json!({"nature": "contract"}));
    assert_eq!(f.verdict("4.2-05"), Fail);
    let seed = f.seed("obligation", json!({"title": "Contract"}));
    f.edit(id, json!({"obligations": [seed]}));
    assert_eq!(f.verdict("4.2-05"), Fail, "a seed is no entry");
    let entry = f.new_record("obligation", json!({"title": "Contract"}));
    f.edit(id, json!({"obligations": [entry]}));
    assert_eq!(f.verdict("4.2-05"), Pass);
    f.new_record(
        "control",
        json!({"title": "Law", "reference": "A.5.31", "applicability": "excluded"}),
    );
    assert_eq!(f.verdict("4.2-05"), NotApplicable);
}

#[test]
fn climate_change_is_a_question_only() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("4.2-06"), Unknown);
    let customers = party(&mut f, "customer");
    party(&mut f, "authority");
    assert_eq!(f.judge("4.2-06").grade, Some(Grade::Opportunity));
    f.edit(customers, json!({"climate": "not_asked"}));
    assert_eq!(f.verdict("4.2-06"), Fail);
    f.edit(customers, json!({"climate": "none"}));
    assert_eq!(f.verdict("4.2-06"), Pass);
}
