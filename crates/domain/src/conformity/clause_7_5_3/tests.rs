use jiff::civil::date;
use meta::Id;
use serde_json::{Value, json};

use crate::conformity::{
    Grade,
    Verdict::*,
    fixture::{Fixture, merged},
};

fn document(f: &mut Fixture, more: Value) -> Id {
    let me = f.me();
    let role = f.role("Approver", &[], me);
    let fields = json!({
        "title": "Backups", "identifier": "PRO-1", "doc_type": "procedure", "owner": role,
        "approver": role, "text": "We copy.", "change_summary": "New.", "class": "internal",
        "keep_for": "P3Y", "cadence": "P1Y",
    });
    let id = f.new_record("document", merged(fields, more));
    f.publish(id);
    id
}

#[test]
fn nothing_in_force_is_unknown() {
    let mut f = Fixture::new();
    f.new_record("document", json!({"title": "D", "identifier": "D", "doc_type": "plan"}));
    for rule in ["7.5.3-01", "7.5.3-02", "7.5.3-03", "7.5.3-05"] {
        assert_eq!(f.verdict(rule), Unknown, "{rule}");
    }
    let seed = json!({"title": "Seed", "identifier": "S", "doc_type": "plan", "text": "So."});
    let seed = f.seed("document", seed);
    f.force_publish(seed);
    for rule in ["7.5.3-01", "7.5.3-02", "7.5.3-03", "7.5.3-05"] {
        assert_eq!(f.verdict(rule), Unknown, "{rule} with a seed");
    }
}

#[test]
fn documents_are_reviewed_in_time() {
    let mut f = Fixture::new();
    let id = document(&mut f, json!({}));
    assert_eq!(f.verdict("7.5.3-01"), Pass);
    f.edit(id, json!({"next_review": "2026-11-21"}));
    f.expect_fail("7.5.3-01", Grade::Minor, "2026-11-21");
    f.assent(id, kinds::approval::Purpose::Review);
    assert_eq!(f.verdict("7.5.3-01"), Pass);
    document(&mut f, json!({"identifier": "PRO-2", "cadence": null}));
    assert_eq!(f.verdict("7.5.3-01"), Unknown);
}

#[test]
fn one_version_is_in_use() {
    let mut f = Fixture::new();
    let id = document(&mut f, json!({}));
    assert_eq!(f.verdict("7.5.3-02"), Pass);
    let other = document(&mut f, json!({"identifier": "pro-1 "}));
    f.expect_fail("7.5.3-02", Grade::Minor, "DOC-1");
    f.edit(other, json!({"identifier": "PRO-2"}));
    assert_eq!(f.verdict("7.5.3-02"), Pass);
    let edition = f.isms.in_force(id, f.day).unwrap().record.head.version;
    f.included("A.8.13", json!({"rules": [format!("{id}@{edition}")]}));
    assert_eq!(f.verdict("7.5.3-02"), Pass);
    f.edit(id, json!({"text": "We copy twice.", "change_summary": "Twice."}));
    f.publish(id);
    f.expect_fail("7.5.3-02", Grade::Minor, "no longer holds");
}

#[test]
fn access_and_retention_are_settled() {
    let mut f = Fixture::new();
    let id = document(&mut f, json!({}));
    assert_eq!(f.verdict("7.5.3-03"), Pass);
    f.edit(id, json!({"keep_for": null}));
    f.expect_fail("7.5.3-03", Grade::Opportunity, "how long");
    f.edit(id, json!({"class": null}));
    f.expect_fail("7.5.3-03", Grade::Minor, "neither");
    f.edit(id, json!({"distribution": ["All"], "keep_for": "P1Y"}));
    assert_eq!(f.verdict("7.5.3-03"), Pass);
}

#[test]
fn outside_documents_are_controlled() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("7.5.3-04"), Unknown);
    let by = f.me();
    let decision = json!({
        "title": "Outside", "question": "external_documents_needed", "answer": "no",
        "rationale": "None.", "by": by, "decided_on": "2026-05-01",
    });
    let decision = f.new_at("determination", "decided", decision);
    assert_eq!(f.verdict("7.5.3-04"), NotApplicable);
    f.edit(decision, json!({"answer": "yes"}));
    assert_eq!(f.verdict("7.5.3-04"), Fail);
    let fields = json!({"title": "Manual", "identifier": "M", "doc_type": "external"});
    let id = f.new_record("document", fields);
    f.expect_fail("7.5.3-04", Grade::Minor, "lacks its issuer, its edition, who watches it");
    f.edit(id, json!({"issuer": "Maker", "issuer_edition": "3", "watched_by": by}));
    assert_eq!(f.verdict("7.5.3-04"), Pass);
}

#[test]
fn translations_keep_up() {
    let mut f = Fixture::new();
    let original = document(&mut f, json!({}));
    assert_eq!(f.verdict("7.5.3-05"), NotApplicable);
    let edition = f.isms.in_force(original, f.day).unwrap().record.head.version;
    let more = json!({"identifier": "PRO-1-de", "translation_of": format!("{original}@{edition}")});
    let translation = document(&mut f, more);
    assert_eq!(f.verdict("7.5.3-05"), Pass);
    f.day = date(2026, 12, 1);
    f.edit(original, json!({"text": "We copy twice.", "change_summary": "Twice."}));
    f.publish(original);
    f.expect_fail("7.5.3-05", Grade::Opportunity, "no longer holds");
    f.edit(translation, json!({"translation_of": original}));
    assert_eq!(f.verdict("7.5.3-05"), Fail, "it is older than the original");
    f.edit(translation, json!({"text": "Zweimal.", "change_summary": "Zweimal."}));
    f.publish(translation);
    assert_eq!(f.verdict("7.5.3-05"), Pass);
}
