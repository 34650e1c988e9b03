use meta::Id;
use serde_json::{Value, json};

use crate::{
    Step,
    conformity::{
        Grade,
        Verdict::*,
        fixture::{Fixture, merged},
    },
};

fn draft(f: &mut Fixture, more: Value) -> Id {
    let me = f.me();
    let role = f.role("Approver", &[], me);
    let fields = json!({
        "title": "Backups", "identifier": "PRO-1", "doc_type": "procedure", "owner": role,
        "approver": role, "text": "We copy.", "change_summary": "New.",
    });
    f.new_record("document", merged(fields, more))
}

fn document(f: &mut Fixture, more: Value) -> Id {
    let id = draft(f, more);
    f.publish(id);
    id
}

#[test]
fn only_editions_are_judged() {
    let mut f = Fixture::new();
    draft(&mut f, json!({"text": "{{company}}"}));
    for rule in ["7.5.2-01", "7.5.2-02", "7.5.2-03", "7.5.2-04", "7.5.2-05"] {
        assert_eq!(f.verdict(rule), Unknown, "{rule}");
    }
}

#[test]
fn documents_are_identified() {
    let mut f = Fixture::new();
    let id = document(&mut f, json!({}));
    assert_eq!(f.verdict("7.5.2-01"), Pass);
    let bare = f.force("document", "draft", json!({"title": "Bare", "text": "So."}));
    f.force_publish(bare);
    f.expect_fail("7.5.2-01", Grade::Minor, "lacks an identifier, an author or owner");
    f.edit(id, json!({"identifier": "PRO-2"}));
    assert_eq!(f.judge("7.5.2-01").passes, [id]);
}

#[test]
fn editions_are_approved_in_time_by_whoever_may() {
    let mut f = Fixture::new();
    document(&mut f, json!({}));
    assert_eq!(f.verdict("7.5.2-02"), Pass);
    let open = f.force("document", "draft", json!({"title": "Open", "text": "So."}));
    f.force_publish(open);
    assert_eq!(f.verdict("7.5.2-02"), Unknown, "it names no role");
    let role = f.new_record("role", json!({"title": "Board"}));
    let wrong = json!({"title": "Wrong", "text": "So.", "approver": role});
    let wrong = f.force("document", "draft", wrong);
    f.force_publish(wrong);
    f.expect_fail("7.5.2-02", Grade::Minor, "did not hold the role");
}

#[test]
fn nothing_holds_before_it_was_approved() {
    let mut f = Fixture::new();
    let id = draft(&mut f, json!({}));
    // As of a time when a day that was past was taken.
    let approval = json!({"title": "Publish", "purpose": "publish", "subject": id, "version": 1,
        "decision": "given", "by": f.me(), "decided_on": f.day, "effective_from": "2026-11-01"});
    let approval = f.force("approval", "given", approval);
    f.isms.publish(f.isms.shared(id).unwrap(), approval);
    f.expect_fail("7.5.2-02", Grade::Minor, "holds since 2026-11-01, approved only on 2026-11-22");
    f.expect_fail("X-06", Grade::Minor, "holds since 2026-11-01");
}

#[test]
fn four_eyes_where_asked_for() {
    let mut f = Fixture::new();
    let me = f.me();
    let bob = f.person("Bob");
    document(&mut f, json!({"authors": [me]}));
    let unsigned = document(&mut f, json!({"identifier": "PRO-9"}));
    assert_eq!(f.verdict("7.5.2-03"), NotApplicable, "nobody asks");
    f.new_record(
        "organization",
        json!({"title": "Us", "parameters": [{"key": "four_eyes.publish", "value": "yes"}]}),
    );
    f.expect_fail("7.5.2-03", Grade::Minor, "sole author");
    f.expect_fail("7.5.2-03", Grade::Minor, "the only one who changed it");
    f.assent(unsigned, kinds::approval::Purpose::GrantException);
    let id = f.isms.rows("document").next().unwrap().head.id;
    f.assent(id, kinds::approval::Purpose::GrantException);
    assert_eq!(f.verdict("7.5.2-03"), Pass, "excepted");
    let other = f.force("document", "draft", json!({"title": "Other", "text": "So."}));
    f.force_publish(other);
    assert_eq!(f.verdict("7.5.2-03"), Unknown, "no author");
    let both = json!({"title": "Both", "text": "So.", "authors": [me, bob]});
    let both = f.force("document", "draft", both);
    f.force_publish(both);
    assert!(f.judge("7.5.2-03").passes.contains(&both));
}

#[test]
fn published_bytes_are_those_approved() {
    let mut f = Fixture::new();
    let id = document(&mut f, json!({}));
    assert_eq!(f.verdict("7.5.2-04"), Pass);
    let away = json!({"text": null, "elsewhere": "Shelf 3", "identifier": "PRO-2"});
    let away = document(&mut f, away);
    assert_eq!(f.judge("7.5.2-04").unknowns[0].record, Some(away), "no digest");
    f.edit(away, json!({"elsewhere_digest": "0a".repeat(32)}));
    f.publish(away);
    assert_eq!(f.verdict("7.5.2-04"), Pass);
    let edition = f.isms.in_force(id, f.day).unwrap();
    let (head, approval) = (edition.record.head.clone(), edition.approval);
    let text = json!({"body": {"title": "Backups", "text": "Forged."}}).to_string();
    let head = meta::Envelope { hash: [9; 32], ..head };
    f.isms.publish(meta::parse::<kinds::document::Document>(head, &text).unwrap(), approval);
    f.expect_fail("7.5.2-04", Grade::Major, "not the one that was approved");
}

#[test]
fn no_template_text_is_published() {
    let mut f = Fixture::new();
    document(&mut f, json!({}));
    assert_eq!(f.verdict("7.5.2-05"), Pass);
    let seed = json!({"title": "Seed", "identifier": "S", "doc_type": "plan", "text": "So."});
    let seed = f.seed("document", seed);
    f.force_publish(seed);
    f.expect_fail("7.5.2-05", Grade::Opportunity, "seed");
    f.run(Step::Confirm { record: seed });
    assert_eq!(f.verdict("7.5.2-05"), Pass, "somebody made it their own");
    document(&mut f, json!({"text": "{{Company}} protects.", "identifier": "PRO-2"}));
    f.expect_fail("7.5.2-05", Grade::Minor, "{{");
}
