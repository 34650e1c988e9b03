use jiff::civil::date;
use kinds::approval::Purpose;
use serde_json::json;

use crate::conformity::{Grade, Verdict::*, fixture::Fixture};

#[test]
fn the_two_duties_are_assigned() {
    for (rule, duty, none) in
        [("5.3-01", "conformity", Grade::Major), ("5.3-02", "reports_performance", Grade::Minor)]
    {
        let mut f = Fixture::new();
        assert_eq!(f.judge(rule).grade, Some(none));
        f.seed("role", json!({"title": "Seed", "carries": [duty]}));
        assert_eq!(f.judge(rule).grade, Some(none), "a seed is none");
        f.new_record("role", json!({"title": "Planned", "carries": [duty]}));
        assert_eq!(f.verdict(rule), Unknown);
        let bob = f.person("Bob");
        f.role("Officer", &[duty], bob);
        assert_eq!(f.verdict(rule), Pass);
        f.edit(bob, json!({"left_on": "2026-03-31"}));
        assert_eq!(f.judge(rule).grade, Some(Grade::Minor), "who left holds nothing");
        f.edit(bob, json!({"left_on": null}));
        f.go(bob, "left");
        assert_eq!(f.judge(rule).grade, Some(Grade::Minor));
    }
}

#[test]
fn roles_are_described() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("5.3-03"), Unknown);
    f.new_record("role", json!({"title": "Planned"}));
    assert_eq!(f.verdict("5.3-03"), Unknown);
    f.force("role", "active", json!({"title": "Officer", "responsibilities": "All."}));
    assert_eq!(f.judge("5.3-03").fails[0].note, "no authorities");
}

#[test]
fn described_roles_pass() {
    let mut f = Fixture::new();
    let me = f.me();
    f.role("Officer", &[], me);
    assert_eq!(f.verdict("5.3-03"), Pass);
}

#[test]
fn roles_are_held_by_people_who_are_here() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("5.3-04"), Unknown);
    let bob = f.person("Bob");
    let role = f.role("Officer", &[], bob);
    assert_eq!(f.verdict("5.3-04"), Pass);
    f.edit(bob, json!({"left_on": "2026-03-31"}));
    assert_eq!(f.judge("5.3-04").fails[0].note, "Bob left on 2026-03-31");
    f.edit(role, json!({"held_by": [{"person": bob, "until": "2026-11-01"}]}));
    assert_eq!(f.verdict("5.3-04"), Unknown, "vacant for three weeks");
    f.edit(role, json!({"vacancy_limit": "P1W"}));
    assert_eq!(f.judge("5.3-04").fails[0].note, "vacant since 2026-11-01");
    f.edit(role, json!({"held_by": null, "vacancy_limit": null}));
    assert_eq!(f.verdict("5.3-04"), Unknown);
    f.day = date(2027, 1, 1);
    assert_eq!(f.verdict("5.3-04"), Fail, "nobody has held it since it was made");
}

#[test]
fn holders_are_told() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("5.3-05"), Unknown);
    let me = f.me();
    let role = f.role("Officer", &[], me);
    assert_eq!(f.verdict("5.3-05"), Pass);
    f.edit(role, json!({"held_by": [{"person": me}]}));
    assert_eq!(f.judge("5.3-05").fails[0].note, "no word that Ada was told");
    f.assent(role, Purpose::AcceptRole);
    assert_eq!(f.verdict("5.3-05"), Pass);
}
