use jiff::civil::date;
use kinds::approval::Purpose;
use meta::{Id, Provenance};
use serde_json::{Value, json};

use crate::conformity::{
    Grade,
    Verdict::*,
    fixture::{Fixture, merged},
};

fn requirement(f: &mut Fixture, more: Value) -> Id {
    let party = f.new_record("interested_party", json!({"title": "Customers"}));
    let fields = json!({"title": "Notice", "party": party, "addressed": "yes"});
    f.force("requirement", "current", merged(fields, more))
}

fn risk(f: &mut Fixture, more: Value) -> Id {
    let fields = json!({"title": "Theft", "concerns": "information", "treatment": ["modify"]});
    f.force("risk", "treatment_planned", merged(fields, more))
}

#[test]
fn requirements_lead_to_proof() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("X-01"), Unknown);
    let wish = requirement(&mut f, json!({}));
    f.expect_fail("X-01", Grade::Minor, "nothing meets it");
    let excluded = f.excluded("A.7.1", json!({}));
    f.edit(wish, json!({"met_by": [excluded]}));
    f.expect_fail("X-01", Grade::Minor, "excluded");
    let seed = f.seed("control", json!({"title": "Seed", "reference": "A.5.2"}));
    f.edit(wish, json!({"met_by": [seed]}));
    f.expect_fail("X-01", Grade::Minor, "nobody has decided on");
    let control = f.included("A.5.1", json!({}));
    f.edit(wish, json!({"met_by": [control]}));
    assert_eq!(f.verdict("X-01"), Unknown, "no proof");
    let proof = f.evidence(control, "2026-05-01", json!({}));
    assert_eq!(f.verdict("X-01"), Pass);
    f.day = date(2027, 5, 2);
    f.expect_fail("X-01", Grade::Minor, "ran out");
    f.withdraw(proof);
    assert_eq!(f.verdict("X-01"), Fail, "taking it away does not help");
    f.evidence(wish, "2027-05-01", json!({}));
    assert_eq!(f.verdict("X-01"), Pass, "proof of the requirement itself");
}

#[test]
fn obligations_lead_to_proof() {
    let mut f = Fixture::new();
    let document = json!({"title": "D", "identifier": "D", "doc_type": "plan"});
    let document = f.new_record("document", document);
    let law = f.force("obligation", "in_force", json!({"title": "Law", "met_by": [document]}));
    assert_eq!(f.verdict("X-01"), Unknown, "met by a document alone");
    let proof = f.evidence(law, "2025-05-01", json!({}));
    f.expect_fail("X-01", Grade::Minor, "ran out on 2026-05-01");
    f.edit(proof, json!({"judged": "not_enough"}));
    assert_eq!(f.verdict("X-01"), Fail);
    f.edit(law, json!({"in_force_until": "2026-01-01"}));
    assert_eq!(f.verdict("X-01"), Unknown, "it binds no longer");
}

#[test]
fn risks_lead_to_proof() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("X-02"), Unknown);
    let id = risk(&mut f, json!({}));
    f.expect_fail("X-02", Grade::Minor, "names no control");
    let control = f.included("A.5.1", json!({}));
    f.edit(id, json!({"controls": [control]}));
    assert_eq!(f.verdict("X-02"), Unknown);
    f.evidence(control, "2026-05-01", json!({}));
    assert_eq!(f.verdict("X-02"), Pass);
    let excluded = f.excluded("A.7.1", json!({}));
    f.edit(id, json!({"controls": [control, excluded]}));
    f.expect_fail("X-02", Grade::Minor, "names A.7.1, which is excluded");
    risk(&mut f, json!({}));
    risk(&mut f, json!({}));
    assert_eq!(f.judge("X-02").grade, Some(Grade::Major));
}

#[test]
fn corrective_actions_are_judged() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("X-03"), Unknown);
    let fields = json!({"title": "Retrain", "purpose": "corrective", "done_on": "2026-06-01"});
    let id = f.force("action", "done", fields);
    assert_eq!(f.verdict("X-03"), Unknown, "its effect is still awaited");
    f.day = date(2026, 12, 2);
    f.expect_fail("X-03", Grade::Minor, "done on 2026-06-01");
    f.edit(id, json!({"effective": "no"}));
    f.expect_fail("X-03", Grade::Minor, "nothing came after");
    let next = json!({"title": "Other way", "purpose": "improve", "serves": [id]});
    f.new_record("action", next);
    assert_eq!(f.verdict("X-03"), Unknown, "never a pass without a register of findings");
    f.force("action", "verified", json!({"title": "More", "purpose": "audit"}));
    f.expect_fail("X-03", Grade::Minor, "not judged");
}

#[test]
fn proof_leaves_no_gap() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("X-04"), Unknown);
    let quarterly = json!({
        "since": "2026-01-01", "proof_wanted": [{"what": "Report", "cadence": "P3M"}],
    });
    let control = f.included("A.5.1", quarterly);
    assert_eq!(f.verdict("X-04"), Unknown, "no proof");
    let proofs = ["2026-03-31", "2026-06-30", "2026-09-30"]
        .map(|day| f.evidence(control, day, json!({"proof": "report"})));
    assert_eq!(f.verdict("X-04"), Pass);
    f.edit(proofs[1], json!({"proof": "Something else"}));
    f.expect_fail("X-04", Grade::Minor, "a gap after 2026-03-31: Report");
    f.edit(proofs[1], json!({"proof": null, "judged": "not_looked_at"}));
    assert_eq!(f.verdict("X-04"), Unknown, "it may still be accepted");
    f.edit(proofs[1], json!({"judged": "accepted"}));
    assert_eq!(f.verdict("X-04"), Pass);
    f.edit(control, json!({"since": "2025-01-01"}));
    f.expect_fail("X-04", Grade::Minor, "a gap after 2025-11-22");
    f.edit(control, json!({"since": null}));
    assert_eq!(f.verdict("X-04"), Pass, "only the newest is asked for");
    f.day = date(2027, 1, 1);
    f.expect_fail("X-04", Grade::Minor, "a gap after 2026-09-30");
    for it in proofs {
        f.withdraw(it);
        assert_ne!(f.verdict("X-04"), Pass);
    }
}

#[test]
fn who_left_owns_nothing_open() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("X-05"), NotApplicable);
    let bob = f.person("Bob");
    let fields = json!({"title": "Laptop", "asset_type": "hardware", "owner": bob});
    let asset = f.new_record("asset", fields);
    assert_eq!(f.verdict("X-05"), NotApplicable);
    f.edit(bob, json!({"left_on": "2026-03-31"}));
    f.expect_fail("X-05", Grade::Minor, "Owner: Bob left on 2026-03-31");
    let ada = f.me();
    f.edit(asset, json!({"owner": ada}));
    assert_eq!(f.verdict("X-05"), Pass);
    let action =
        f.force("action", "agreed", json!({"title": "Do", "purpose": "gap", "owner": bob}));
    assert_eq!(f.verdict("X-05"), Fail);
    f.edit(action, json!({"owner": ada}));
    f.force("action", "done", json!({"title": "Do", "purpose": "gap", "owner": bob}));
    f.seed("asset", json!({"title": "Seed", "asset_type": "hardware", "owner": bob}));
    assert_eq!(f.verdict("X-05"), Pass, "neither what is done nor a seed");
}

#[test]
fn days_are_possible() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("X-06"), Unknown);
    let control = f.new_record("control", json!({"title": "Own", "reference": "OWN-1"}));
    f.evidence(control, "2026-11-01", json!({}));
    assert_eq!(f.verdict("X-06"), Pass);
    let late = f.evidence(control, "2026-01-01", json!({}));
    f.expect_fail("X-06", Grade::Opportunity, "recorded much later");
    f.withdraw(late);
    assert_eq!(f.verdict("X-06"), Fail, "flagged, never hidden");
    f.evidence(control, "2026-12-24", json!({}));
    f.expect_fail("X-06", Grade::Minor, "collected on 2026-12-24, recorded on 2026-11-22");
}

#[test]
fn imports_are_late_by_nature() {
    let mut f = Fixture::new();
    let control = f.new_record("control", json!({"title": "Own", "reference": "OWN-1"}));
    f.provenance = Provenance::Import;
    f.evidence(control, "2020-01-01", json!({}));
    assert_eq!(f.verdict("X-06"), Pass);
}

#[test]
fn rushed_approvals_are_flagged() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("X-07"), Unknown);
    let scope = json!({"title": "ISMS", "statement": "All.", "interfaces": [{"what": "Power"}]});
    let scope = f.new_record("scope", scope);
    for _ in 0..10 {
        f.assent(scope, Purpose::Approve);
        f.assent(scope, Purpose::Review);
    }
    assert_eq!(f.verdict("X-07"), Pass, "ten are within the limit");
    f.assent(scope, Purpose::Approve);
    assert_eq!(f.judge("X-07").grade, Some(Grade::Opportunity));
    f.new_record(
        "organization",
        json!({"title": "Us", "parameters": [{"key": "acceptance.burst.count", "value": "20"}]}),
    );
    assert_eq!(f.verdict("X-07"), Pass);
}
