use jiff::civil::date;
use kinds::approval::Purpose;
use meta::Id;
use serde_json::{Value, json};

use crate::{
    command::Subject,
    conformity::{
        Grade::{Major, Minor, Opportunity},
        Verdict::{Fail, NotApplicable, Pass, Unknown},
        fixture::{Fixture, merged, method_fields, risk_fields},
    },
};

/// An ISMS with a method in force and one risk, whose owner is Ada, with some fields changed.
fn with_risk(fields: Value) -> (Fixture, Id) {
    let mut fixture = Fixture::new();
    let (ada, method) = (fixture.me(), fixture.method());
    let fields = merged(risk_fields(method, ada), fields);
    let risk = fixture.force("risk", "treatment_planned", fields);
    (fixture, risk)
}

fn with_sketch(fields: Value) -> Fixture {
    let mut fixture = Fixture::new();
    let (ada, method) = (fixture.me(), fixture.method());
    fixture.force("risk", "identified", merged(risk_fields(method, ada), fields));
    fixture
}

fn low() -> Value {
    json!({"likelihood": 1, "consequences": [{"criterion": "money", "rank": 1}]})
}

#[test]
fn nothing_passes_on_an_empty_register_or_on_seeds() {
    let mut empty = Fixture::new();
    empty.method();
    let mut seeds = empty.clone();
    let (ada, method) = (seeds.me(), seeds.isms.rows("risk_method").next().unwrap().head.id);
    seeds.seed("risk", risk_fields(method, ada));
    seeds.seed("action", json!({"title": "Do it", "purpose": "treat_risk"}));
    for rule in ["02", "03", "04", "05", "06", "10", "11", "12", "13", "14", "15", "16"] {
        empty.expect(&format!("6.1.3-{rule}"), Unknown);
        seeds.expect(&format!("6.1.3-{rule}"), Unknown);
    }
}

#[test]
fn a_treatment_process_is_in_force() {
    Fixture::new().expect_fail("6.1.3-01", Major, "neither a method nor a document");
    with_risk(json!({})).0.expect("6.1.3-01", Pass);
    let publish = |fields: Value| {
        let mut fixture = Fixture::new();
        let method = fixture.new_record("risk_method", merged(method_fields(), fields));
        fixture.publish(method);
        fixture
    };
    let half = publish(json!({"annex_a_comparison": null}));
    half.expect_fail("6.1.3-01", Minor, "compared with Annex A");
    let mut without = publish(json!({"covers_treatment": false}));
    without.expect_fail("6.1.3-01", Major, "does not cover");
    let ada = without.me();
    let role = without.role("Chief executive", &["top_management"], ada);
    let document = without.new_record(
        "document",
        json!({"title": "Treatment", "identifier": "P-1", "doc_type": "procedure",
            "serves_clauses": ["6.1.3"], "owner": ada, "approver": role, "text": "As follows.",
            "change_summary": "First."}),
    );
    without.expect("6.1.3-01", Fail);
    without.publish(document);
    without.expect("6.1.3-01", Pass);
}

#[test]
fn risks_above_the_criteria_are_treated() {
    with_risk(json!({})).0.expect("6.1.3-02", Pass);
    let (bare, _) = with_risk(json!({"treatment": null}));
    bare.expect_fail("6.1.3-02", Minor, "not treated");
    with_risk(json!({"treatment": null, "current": low()})).0.expect("6.1.3-02", Pass);
    with_risk(json!({"current": null})).0.expect("6.1.3-02", Unknown);
    with_sketch(json!({"treatment": null})).expect("6.1.3-02", Unknown);
}

#[test]
fn modified_risks_name_controls() {
    let (mut fixture, risk) = with_risk(json!({}));
    fixture.expect_fail("6.1.3-03", Minor, "names no control");
    let control = fixture.included("A.8.13", json!({}));
    fixture.edit(risk, json!({"controls": [control]}));
    fixture.expect("6.1.3-03", Pass);
    with_sketch(json!({})).expect("6.1.3-03", Unknown);
    with_risk(json!({"treatment": ["retain"]})).0.expect("6.1.3-03", NotApplicable);
    let (mut fixture, risk) = with_risk(json!({}));
    let control = fixture.seed("control", json!({"title": "Backup", "reference": "A.8.13"}));
    fixture.edit(risk, json!({"controls": [control]}));
    fixture.expect("6.1.3-03", Unknown);
}

#[test]
fn shared_risks_show_by_what() {
    with_risk(json!({})).0.expect("6.1.3-04", NotApplicable);
    let (mut fixture, risk) = with_risk(json!({"treatment": ["share"]}));
    fixture.expect_fail("6.1.3-04", Minor, "no mechanism");
    fixture.edit(risk, json!({"mechanism": "Insurance."}));
    fixture.expect("6.1.3-04", Unknown);
    let proof = fixture.evidence(risk, "2026-06-01", json!({}));
    fixture.edit(risk, json!({"mechanism_evidence": [proof]}));
    fixture.expect("6.1.3-04", Pass);
    let mut back = fixture.clone();
    back.edit(proof, json!({"judged": "not_enough"}));
    back.expect("6.1.3-04", Unknown);
    fixture.day = date(2027, 6, 2);
    fixture.expect_fail("6.1.3-04", Minor, "ran out on 2027-06-01");
    fixture.go(proof, "withdrawn");
    fixture.expect("6.1.3-04", Fail);
}

#[test]
fn risks_above_the_criteria_are_retained_by_authority() {
    with_risk(json!({})).0.expect("6.1.3-05", NotApplicable);
    let high = json!({"treatment": ["retain"], "residual": {
        "likelihood": 2, "consequences": [{"criterion": "money", "rank": 2}]}});
    let (mut never, risk) = with_risk(high.clone());
    never.expect_fail("6.1.3-05", Major, "never acceptable");
    never.assent(risk, Purpose::AcceptResidual);
    never.expect("6.1.3-05", Fail);
    let act =
        crate::command::Assent::new(never.fresh(), Purpose::GrantException, Subject::Record(risk));
    let why = never.try_run(crate::Step::Assent(act)).unwrap_err().to_string();
    assert!(why.contains("up to top management"), "{why}");
    let ada = never.me();
    never.role("Chief executive", &["top_management"], ada);
    never.assent(risk, Purpose::GrantException);
    never.expect("6.1.3-05", Pass);

    let mut fixture = Fixture::new();
    let ada = fixture.me();
    let role = fixture.role("Chief executive", &["top_management"], ada);
    let acceptance = json!([{"level": 1, "acceptable": "yes"},
        {"level": 2, "acceptable": "by_authority", "authority": role}]);
    let method = merged(method_fields(), json!({"acceptance": acceptance}));
    let method = fixture.new_record("risk_method", method);
    fixture.publish(method);
    let bob = fixture.person("Bob");
    let risk = fixture.risk(method, ada, high.clone());
    fixture.expect_fail("6.1.3-05", Major, "no authority");
    fixture.assent(risk, Purpose::AcceptResidual);
    fixture.expect("6.1.3-05", Pass);
    let mut ended = fixture.clone();
    let until = Some(date(2026, 12, 31));
    ended.assent_to(Subject::Record(risk), Purpose::AcceptResidual, |it| it.good_until = until);
    ended.day = date(2027, 1, 1);
    ended.expect_fail("6.1.3-05", Major, "ran out on 2026-12-31");
    fixture.edit(risk, json!({"owner": bob}));
    fixture.actor = crate::Actor::Person(bob);
    fixture.assent(risk, Purpose::AcceptResidual);
    fixture.expect("6.1.3-05", Fail);
    fixture.edit(risk, json!({"treatment": ["modify"]}));
    fixture.expect("6.1.3-05", NotApplicable);
    fixture.assent(risk, Purpose::AcceptResidual);
    fixture.expect_fail("6.1.3-05", Major, "no authority");
    with_sketch(high).expect("6.1.3-05", Unknown);
}

#[test]
fn the_comparison_with_annex_a_covers_what_is_necessary() {
    let mut fixture = Fixture::new();
    let (ada, method) = (fixture.me(), fixture.method());
    let risk = fixture.risk(method, ada, json!({}));
    for it in catalog::controls() {
        fixture.included(it.id, json!({}));
    }
    fixture.expect("6.1.3-06", Unknown);
    fixture.assent_to(Subject::StatementOfApplicability, Purpose::Publish, |_| ());
    fixture.expect("6.1.3-06", Pass);
    let own = fixture.included("OWN-1", json!({}));
    fixture.edit(risk, json!({"controls": [own]}));
    fixture.expect("6.1.3-06", Unknown);
    fixture.assent(risk, Purpose::ApproveTreatment);
    fixture.expect_fail("6.1.3-06", Minor, "the edition lacks it");

    let mut few = Fixture::new();
    few.included("A.5.1", json!({}));
    few.assent_to(Subject::StatementOfApplicability, Purpose::Publish, |_| ());
    few.expect_fail("6.1.3-06", Minor, "leaves out 92");
}

#[test]
fn the_plan_is_approved_by_owners() {
    let (mut fixture, risk) = with_risk(json!({}));
    fixture.expect_fail("6.1.3-10", Major, "not approved");
    fixture.expect_fail("6.1.3-13", Minor, "not approved");
    let approval = fixture.assent(risk, Purpose::ApproveTreatment);
    fixture.expect("6.1.3-10", Pass);
    fixture.expect("6.1.3-13", Pass);
    let mut revoked = fixture.clone();
    revoked.go(approval, "revoked");
    revoked.expect("6.1.3-10", Fail);
    revoked.expect_fail("6.1.3-13", Minor, "taken back");
    let mut changed = fixture.clone();
    changed.edit(risk, json!({"existing_measures": "A typing error."}));
    changed.expect("6.1.3-13", Pass);
    changed.edit(risk, json!({"treatment": ["avoid"]}));
    changed.expect_fail("6.1.3-13", Minor, "treatment");
    with_sketch(json!({})).expect("6.1.3-10", Unknown);
    with_sketch(json!({})).expect("6.1.3-13", Unknown);
    let fine = json!({"current": low(), "treatment": ["retain"]});
    with_risk(fine.clone()).0.expect("6.1.3-10", NotApplicable);
    with_risk(fine).0.expect("6.1.3-13", NotApplicable);
}

#[test]
fn what_remains_is_accepted_by_the_owner_and_nobody_else() {
    let (mut fixture, risk) = with_risk(json!({}));
    fixture.expect_fail("6.1.3-14", Minor, "not accepted");
    let act = fixture.assent(risk, Purpose::AcceptResidual);
    fixture.expect("6.1.3-14", Pass);
    let mut refused = fixture.clone();
    let subject = Subject::Record(risk);
    let no = kinds::approval::Decision::Refused;
    refused.assent_to(subject, Purpose::AcceptResidual, |it| it.decision = no);
    refused.expect_fail("6.1.3-14", Minor, "was no");
    refused.assent(risk, Purpose::AcceptResidual);
    refused.expect("6.1.3-14", Pass);
    let mut moved = fixture.clone();
    let bob = moved.person("Bob");
    moved.edit(risk, json!({"owner": bob}));
    moved.expect_fail("6.1.3-14", Minor, "owner");
    let mut forged = fixture.clone();
    let body = forged.isms.get(act).unwrap().body.json();
    forged.force("approval", "given", merged(body, json!({"by": bob_of(&mut fixture)})));
    forged.expect_fail("6.1.3-14", Minor, "not its owner's");
    with_sketch(json!({})).expect("6.1.3-14", Unknown);
}

fn bob_of(fixture: &mut Fixture) -> Id {
    fixture.person("Bob")
}

#[test]
fn acceptances_end() {
    let (mut fixture, risk) = with_risk(json!({}));
    let until = Some(date(2026, 12, 31));
    let subject = Subject::Record(risk);
    fixture.assent_to(subject, Purpose::AcceptResidual, |it| it.good_until = until);
    fixture.expect("6.1.3-15", Pass);
    fixture.day = date(2027, 1, 1);
    fixture.expect_fail("6.1.3-15", Minor, "ran out on 2026-12-31");
    fixture.expect_fail("6.1.3-14", Minor, "ran out on 2026-12-31");

    let mut fixture = Fixture::new();
    let ada = fixture.me();
    let acceptance = json!([{"level": 1, "acceptable": "yes", "longest": "P1Y"},
        {"level": 2, "acceptable": "never"}]);
    let method = merged(method_fields(), json!({"acceptance": acceptance}));
    let method = fixture.new_record("risk_method", method);
    fixture.publish(method);
    let risk = fixture.risk(method, ada, json!({}));
    let until = Some(date(2027, 11, 22));
    let subject = Subject::Record(risk);
    fixture.assent_to(subject, Purpose::AcceptResidual, |it| it.good_until = until);
    fixture.expect("6.1.3-15", Pass);
    fixture.day = date(2027, 11, 23);
    fixture.expect_fail("6.1.3-15", Minor, "ran out on 2027-11-22");
}

#[test]
fn clicking_through_acceptances_raises_a_question() {
    let (mut fixture, risk) = with_risk(json!({}));
    fixture.expect("6.1.3-16", Unknown);
    for _ in 0..10 {
        fixture.assent(risk, Purpose::AcceptResidual);
    }
    fixture.expect("6.1.3-16", Pass);
    fixture.assent(risk, Purpose::AcceptResidual);
    fixture.expect_fail("6.1.3-16", Opportunity, "more than 10");
}

#[test]
fn actions_of_the_plan_are_complete_and_in_time() {
    let (fixture, risk) = with_risk(json!({}));
    let ada = fixture.me();
    let action = |stage: &str, fields: Value| {
        let mut fixture = fixture.clone();
        let base = json!({"title": "Keys", "purpose": "treat_risk", "serves": [risk],
            "owner": ada, "due": "2026-12-01", "resources": "Two days."});
        fixture.force("action", stage, merged(base, fields));
        fixture
    };
    action("agreed", json!({})).expect("6.1.3-11", Pass);
    action("agreed", json!({"owner": null})).expect_fail("6.1.3-11", Minor, "nobody");
    action("agreed", json!({"due": null})).expect_fail("6.1.3-11", Minor, "no due day");
    action("agreed", json!({"serves": null})).expect_fail("6.1.3-11", Minor, "no risk");
    action("proposed", json!({"due": null})).expect("6.1.3-11", Unknown);
    let bare = action("agreed", json!({"resources": null}));
    bare.expect_fail("6.1.3-11", Opportunity, "resources");

    action("agreed", json!({})).expect("6.1.3-12", Pass);
    action("agreed", json!({"due": null})).expect("6.1.3-12", Unknown);
    let late = json!({"due": "2026-11-01"});
    action("agreed", late.clone()).expect_fail("6.1.3-12", Minor, "due on 2026-11-01");
    action("done", late.clone()).expect("6.1.3-12", Pass);
    let told = json!({"progress": [{"on": "2026-11-05", "text": "Told the board."}]});
    action("agreed", merged(late, told)).expect("6.1.3-12", Unknown);
}
