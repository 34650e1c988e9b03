use meta::Id;
use serde_json::json;

use crate::conformity::{Verdict::*, fixture::Fixture};

fn to_isms(f: &mut Fixture) -> Id {
    f.new_record("risk", json!({"title": "Nobody has time", "concerns": "isms"}))
}

fn opportunity(f: &mut Fixture) -> Id {
    f.new_record("opportunity", json!({"title": "One tool"}))
}

fn action(f: &mut Fixture, serves: Id) -> Id {
    f.new_record("action", json!({"title": "Do it", "purpose": "improve", "serves": [serves]}))
}

#[test]
fn both_are_known() {
    let mut f = Fixture::new();
    f.seed("risk", json!({"title": "Seed", "concerns": "isms"}));
    f.new_record("risk", json!({"title": "Theft", "concerns": "information"}));
    assert_eq!(f.verdict("6.1.1-01"), Fail);
    to_isms(&mut f);
    assert_eq!(f.verdict("6.1.1-01"), Unknown, "no opportunity, and no word why");
    let by = f.me();
    let none = json!({
        "title": "None", "question": "register_empty", "register": "opportunity",
        "answer": "yes", "rationale": "We looked.", "by": by, "decided_on": "2026-05-01",
    });
    let none = f.new_at("determination", "decided", none);
    assert_eq!(f.verdict("6.1.1-01"), Pass);
    f.go(none, "lapsed");
    assert_eq!(f.verdict("6.1.1-01"), Unknown);
    opportunity(&mut f);
    assert_eq!(f.verdict("6.1.1-01"), Pass);
}

#[test]
fn opportunities_alone_do_not_settle_it() {
    let mut f = Fixture::new();
    opportunity(&mut f);
    assert_eq!(f.verdict("6.1.1-01"), Unknown);
}

#[test]
fn they_are_acted_on() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("6.1.1-02"), Unknown);
    let risk = to_isms(&mut f);
    assert_eq!(f.verdict("6.1.1-02"), Unknown, "a sketch");
    let action = action(&mut f, risk);
    assert_eq!(f.verdict("6.1.1-02"), Fail, "its effect cannot be judged");
    f.edit(action, json!({"effect_judged_how": "By hours spent."}));
    assert_eq!(f.verdict("6.1.1-02"), Pass);
    f.go(action, "cancelled");
    assert_eq!(f.verdict("6.1.1-02"), Unknown);
    f.edit(risk, json!({"treatment": ["retain"]}));
    assert_eq!(f.verdict("6.1.1-02"), Pass, "retained risks need no action");
    let chance = opportunity(&mut f);
    f.edit(chance, json!({"decision": "do_not_pursue"}));
    assert_eq!(f.verdict("6.1.1-02"), Fail);
    f.edit(chance, json!({"decision_reason": "Too dear."}));
    assert_eq!(f.verdict("6.1.1-02"), Pass);
}

#[test]
fn later_stages_must_have_actions() {
    let mut f = Fixture::new();
    f.force("opportunity", "planned", json!({"title": "One tool"}));
    assert_eq!(f.verdict("6.1.1-02"), Fail);
}

#[test]
fn issues_lead_to_something() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("6.1.1-03"), Unknown);
    let issue = json!({"title": "Law", "side": "external", "relevant": "yes"});
    let issue = f.force("issue", "current", issue);
    assert_eq!(f.verdict("6.1.1-03"), Fail);
    let seed = f.seed("risk", json!({"title": "Seed", "concerns": "information"}));
    f.edit(issue, json!({"answered_by": [seed]}));
    assert_eq!(f.verdict("6.1.1-03"), Fail);
    let risk = to_isms(&mut f);
    f.edit(issue, json!({"answered_by": [seed, risk]}));
    assert_eq!(f.verdict("6.1.1-03"), Pass);
    f.edit(issue, json!({"answered_by": null, "no_action_because": "It is far away."}));
    assert_eq!(f.verdict("6.1.1-03"), Pass);
    let party = f.new_record("interested_party", json!({"title": "Customers"}));
    let wish = json!({"title": "Notice", "party": party, "addressed": "yes"});
    let wish = f.new_record("requirement", wish);
    assert_eq!(f.verdict("6.1.1-03"), Fail);
    f.new_record("opportunity", json!({"title": "Portal", "arises_from": [wish]}));
    assert_eq!(f.verdict("6.1.1-03"), Pass);
}
