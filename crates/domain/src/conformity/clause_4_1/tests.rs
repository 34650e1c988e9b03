use meta::{Id, Provenance};
use serde_json::{Value, json};

use crate::conformity::{
    Grade,
    Verdict::*,
    fixture::{Fixture, merged},
};

fn issue(f: &mut Fixture, side: &str, more: Value) -> Id {
    let fields = json!({
        "title": "An issue", "side": side, "relevant": "yes", "topic": "market",
        "description": "What goes on.", "effects": [{"outcome": "Trust", "effect": "hinders"}],
    });
    f.new_at("issue", "current", merged(fields, more))
}

fn climate(f: &mut Fixture, more: Value) -> Id {
    let by = f.me();
    let fields = json!({
        "title": "Climate", "question": "climate_relevant", "answer": "no",
        "rationale": "We looked.", "by": by, "decided_on": "2026-05-01",
    });
    f.new_at("determination", "decided", merged(fields, more))
}

#[test]
fn both_sides_are_asked_for() {
    let mut f = Fixture::new();
    assert_eq!(f.judge("4.1-01").grade, Some(Grade::Major), "none at all");
    f.seed("issue", json!({"title": "A seed", "side": "external"}));
    assert_eq!(f.judge("4.1-01").grade, Some(Grade::Major), "a seed is none");
    let internal = issue(&mut f, "internal", json!({}));
    assert_eq!(f.judge("4.1-01").grade, Some(Grade::Minor));
    f.new_record("issue", json!({"title": "Proposed", "side": "external"}));
    assert_eq!(f.verdict("4.1-01"), Unknown, "only proposed");
    issue(&mut f, "external", json!({}));
    assert_eq!(f.verdict("4.1-01"), Pass);
    f.edit(internal, json!({"relevant": "no"}));
    assert_eq!(f.judge("4.1-01").grade, Some(Grade::Minor), "irrelevant ones do not count");
}

#[test]
fn issues_name_what_they_affect() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("4.1-02"), Unknown);
    f.seed("issue", json!({"title": "A seed", "side": "external"}));
    assert_eq!(f.verdict("4.1-02"), Unknown);
    issue(&mut f, "internal", json!({}));
    assert_eq!(f.verdict("4.1-02"), Pass);
    let sketch = f.new_record("issue", json!({"title": "Sketch", "side": "external"}));
    assert_eq!(f.verdict("4.1-02"), Unknown);
    f.edit(sketch, json!({"effects": [{"outcome": "Trust"}]}));
    assert_eq!(f.verdict("4.1-02"), Pass);
    for at in 0..3 {
        assert_eq!(f.judge("4.1-02").grade, (at > 0).then_some(Grade::Opportunity));
        f.force("issue", "current", json!({"title": "Bare", "side": "external"}));
    }
    assert_eq!(f.judge("4.1-02").grade, Some(Grade::Minor), "three of five");
}

#[test]
fn climate_change_must_be_decided_on() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("4.1-03"), Fail);
    f.seed("determination", json!({"title": "Climate", "question": "climate_relevant"}));
    assert_eq!(f.verdict("4.1-03"), Fail);
    let id = climate(&mut f, json!({}));
    let outcome = f.judge("4.1-03");
    assert_eq!((outcome.verdict, outcome.passes), (Pass, vec![id]));
    f.edit(id, json!({"good_until": "2026-11-21"}));
    assert_eq!(f.verdict("4.1-03"), Fail, "it ran out");
    f.edit(id, json!({"good_until": null, "cadence": "P6M"}));
    assert_eq!(f.verdict("4.1-03"), Fail, "due for review since 2026-11-01");
    f.assent(id, kinds::approval::Purpose::Review);
    assert_eq!(f.verdict("4.1-03"), Pass, "still true");
}

#[test]
fn relevant_climate_change_leads_somewhere() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("4.1-04"), Unknown);
    let decision = climate(&mut f, json!({}));
    assert_eq!(f.verdict("4.1-04"), NotApplicable);
    f.edit(decision, json!({"answer": "yes"}));
    assert_eq!(f.verdict("4.1-04"), Fail);
    f.seed("issue", json!({"title": "Floods", "side": "external", "topic": "climate"}));
    assert_eq!(f.verdict("4.1-04"), Fail, "a seed is nothing");
    let risk = f.new_record("risk", json!({"title": "Floods", "concerns": "information"}));
    assert_eq!(f.verdict("4.1-04"), Fail, "an unrelated risk is nothing");
    f.edit(decision, json!({"subject": risk}));
    assert_eq!(f.verdict("4.1-04"), Pass);
    f.edit(decision, json!({"subject": null}));
    issue(&mut f, "external", json!({"topic": "climate"}));
    assert_eq!(f.verdict("4.1-04"), Pass);
}

#[test]
fn issues_are_looked_at_again() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("4.1-05"), Unknown);
    let id = issue(&mut f, "internal", json!({}));
    assert_eq!(f.verdict("4.1-05"), Pass, "new today");
    f.edit(id, json!({"last_reviewed": "2025-11-01"}));
    assert_eq!(f.verdict("4.1-05"), Fail);
    f.new_record(
        "organization",
        json!({"title": "Us", "parameters": [{"key": "context.review", "value": "P2Y"}]}),
    );
    assert_eq!(f.verdict("4.1-05"), Pass, "its own interval is longer");
    f.provenance = Provenance::Import;
    issue(&mut f, "external", json!({}));
    assert_eq!(f.verdict("4.1-05"), Unknown, "imported and never looked at");
}
