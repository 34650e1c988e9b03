use jiff::civil::date;
use meta::Id;
use serde_json::{Value, json};

use crate::conformity::{
    Grade,
    Verdict::*,
    fixture::{Fixture, merged},
};

/// An objective with all that is asked for, agreed upon.
fn objective(f: &mut Fixture, more: Value) -> Id {
    let owner = f.me();
    let risk = f.new_record("risk", json!({"title": "Phishing", "concerns": "information"}));
    let action = json!({"title": "Train", "purpose": "objective", "serves": [risk]});
    let action = f.new_record("action", action);
    let fields = json!({
        "title": "Fewer clicks", "level": "organization", "supports": "Trust",
        "takes_account_of": [risk], "owner": owner, "measure": "Clicks", "target": "5 %",
        "due": "2027-06-30", "cadence": "P3M", "actions": [action], "resources": "Two days",
        "evaluated_how": "By the board", "told_to": "All", "told_on": "2026-11-01",
        "readings": [{"value": "8 %", "until": "2026-10-31"}],
    });
    f.new_at("objective", "agreed", merged(fields, more))
}

#[test]
fn objectives_are_set() {
    let mut f = Fixture::new();
    assert_eq!(f.judge("6.2-01").grade, Some(Grade::Major));
    f.seed("objective", json!({"title": "Seed"}));
    assert_eq!(f.verdict("6.2-01"), Fail, "a seed is none");
    f.new_record("objective", json!({"title": "Draft"}));
    assert_eq!(f.verdict("6.2-01"), Unknown);
    let id = objective(&mut f, json!({}));
    assert_eq!(f.verdict("6.2-01"), Pass);
    f.go(id, "withdrawn");
    assert_eq!(f.verdict("6.2-01"), Unknown);
}

#[test]
fn every_part_is_asked_for() {
    for (rule, field) in [
        ("6.2-02", "supports"),
        ("6.2-03", "target"),
        ("6.2-04", "takes_account_of"),
        ("6.2-06", "told_on"),
        ("6.2-07", "actions"),
        ("6.2-07", "resources"),
        ("6.2-07", "owner"),
        ("6.2-07", "due"),
        ("6.2-07", "evaluated_how"),
    ] {
        let mut f = Fixture::new();
        assert_eq!(f.verdict(rule), Unknown, "{rule} without objectives");
        f.seed("objective", json!({"title": "Seed"}));
        assert_eq!(f.verdict(rule), Unknown, "{rule} with a seed");
        let id = objective(&mut f, json!({}));
        assert_eq!(f.verdict(rule), Pass, "{rule}");
        f.withdraw(id);
        f.new_record("objective", json!({"title": "Draft"}));
        assert_eq!(f.verdict(rule), Unknown, "{rule} with a draft");
        let mut fields = json!({
            "title": "Fewer clicks", "supports": "Trust", "measure": "Clicks", "target": "5 %",
            "due": "2027-06-30", "resources": "Two days", "evaluated_how": "By the board",
            "told_to": "All", "told_on": "2026-11-01",
        });
        fields.as_object_mut().unwrap().remove(field);
        f.force("objective", "agreed", fields);
        assert_eq!(f.verdict(rule), Fail, "{rule} without {field}");
    }
}

#[test]
fn missing_support_is_graded_by_how_many() {
    let mut f = Fixture::new();
    for at in 1..=3 {
        f.force("objective", "agreed", json!({"title": "Bare"}));
        let grade = if at < 3 { Grade::Opportunity } else { Grade::Minor };
        assert_eq!(f.judge("6.2-02").grade, Some(grade), "{at}");
    }
}

#[test]
fn what_cannot_be_measured_says_why() {
    let mut f = Fixture::new();
    let by = f.me();
    let decision = json!({
        "title": "Culture", "question": "not_measurable", "answer": "yes",
        "rationale": "It is felt.", "by": by, "decided_on": "2026-05-01",
    });
    let decision = f.new_at("determination", "decided", decision);
    let more = json!({"measure": null, "target": null, "not_measurable": decision});
    objective(&mut f, more);
    assert_eq!(f.verdict("6.2-03"), Pass);
    f.edit(decision, json!({"good_until": "2026-10-31"}));
    f.expect_fail("6.2-03", Grade::Minor, "does not hold");
}

#[test]
fn foundations_must_still_count() {
    let mut f = Fixture::new();
    let id = objective(&mut f, json!({}));
    let seed = f.seed("risk", json!({"title": "Seed", "concerns": "information"}));
    f.edit(id, json!({"takes_account_of": [seed]}));
    assert_eq!(f.verdict("6.2-04"), Fail);
}

#[test]
fn objectives_are_measured_in_time() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("6.2-05"), Unknown);
    let id = objective(&mut f, json!({}));
    assert_eq!(f.verdict("6.2-05"), Pass);
    f.day = date(2027, 3, 1);
    f.expect_fail("6.2-05", Grade::Minor, "last measured for 2026-10-31");
    f.edit(id, json!({"readings": [{"until": "2027-01-31"}]}));
    f.expect_fail("6.2-05", Grade::Minor, "never measured since 2026-11-22");
    f.day = date(2026, 12, 1);
    assert_eq!(f.verdict("6.2-05"), Unknown, "its first interval runs");
    f.edit(id, json!({"cadence": null}));
    assert_eq!(f.verdict("6.2-05"), Unknown, "no interval");
}

#[test]
fn objectives_are_kept_up_to_date() {
    let mut f = Fixture::new();
    objective(&mut f, json!({"due": "2026-11-21"}));
    f.expect_fail("6.2-06", Grade::Opportunity, "2026-11-21");
}

#[test]
fn plans_must_be_alive() {
    let mut f = Fixture::new();
    let id = objective(&mut f, json!({}));
    let role = f.new_at(
        "role",
        "active",
        json!({
            "title": "Officer", "responsibilities": "All", "authorities": "All",
            "competence": [{"competence": "Law"}],
        }),
    );
    f.edit(id, json!({"owner": role}));
    f.expect_fail("6.2-07", Grade::Minor, "missing: who is responsible");
    let me = f.me();
    f.edit(role, json!({"held_by": [{"person": me}]}));
    assert_eq!(f.verdict("6.2-07"), Pass);
    let action = f.isms.rows("action").next().unwrap().head.id;
    f.go(action, "cancelled");
    f.expect_fail("6.2-07", Grade::Minor, "missing: what is done");
}

#[test]
fn objectives_stand_at_several_levels() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("6.2-08"), Unknown);
    let first = objective(&mut f, json!({"level": null}));
    assert_eq!(f.verdict("6.2-08"), Unknown);
    f.edit(first, json!({"level": "organization"}));
    assert_eq!(f.judge("6.2-08").grade, Some(Grade::Opportunity));
    objective(&mut f, json!({"level": "unit"}));
    assert_eq!(f.verdict("6.2-08"), Pass);
}
