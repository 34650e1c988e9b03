use jiff::civil::date;
use kinds::approval::Purpose;
use meta::Id;
use serde_json::json;

use crate::{
    Actor,
    conformity::{Grade, Verdict::*, fixture::Fixture},
};

/// A draft of a policy that whoever acts may approve as top management, if so.
fn policy(f: &mut Fixture, top: bool) -> Id {
    let me = f.me();
    let carries: &[&str] = if top { &["top_management"] } else { &[] };
    let role = f.role("Board", carries, me);
    let fields = json!({
        "title": "Policy", "identifier": "POL-1", "doc_type": "policy", "owner": role,
        "approver": role, "text": "We protect.", "change_summary": "New.",
    });
    f.new_record("document", fields)
}

#[test]
fn the_policy_is_published() {
    let mut f = Fixture::new();
    assert_eq!(f.judge("5.2-01").grade, Some(Grade::Major));
    let id = policy(&mut f, true);
    assert_eq!(f.judge("5.2-01").fails[0].record, Some(id));
    for rule in ["5.2-02", "5.2-03", "5.2-04", "5.2-05", "5.2-06"] {
        assert_eq!(f.verdict(rule), Unknown, "{rule}");
    }
    let approval = f.publish(id);
    assert_eq!(f.verdict("5.2-01"), Pass);
    f.go(approval, "revoked");
    assert_eq!(f.verdict("5.2-01"), Fail);
}

#[test]
fn top_management_approves_it() {
    let mut f = Fixture::new();
    let id = policy(&mut f, false);
    f.publish(id);
    assert_eq!(f.verdict("5.2-02"), Fail);
    let ada = f.actor;
    let boss = f.person("Boss");
    f.role("Director", &["top_management"], boss);
    f.actor = Actor::Person(boss);
    f.assent(id, Purpose::Approve);
    assert_eq!(f.verdict("5.2-02"), Pass, "the same words were approved by the board");
    f.actor = ada;
    f.edit(id, json!({"text": "We protect more.", "change_summary": "More."}));
    f.publish(id);
    assert_eq!(f.verdict("5.2-02"), Fail, "these are other words");
}

#[test]
fn its_elements_are_attested() {
    let mut f = Fixture::new();
    let id = policy(&mut f, true);
    f.publish(id);
    let outcome = f.judge("5.2-03");
    assert_eq!(outcome.verdict, Fail);
    assert!(outcome.fails[0].note.ends_with("continual improvement"), "{:?}", outcome.fails);
    let me = f.me();
    let claim = |needed: &str| json!({"needed": needed, "passage": "Section 1"});
    let needed = ["Suits the purpose", "Objectives", "Applicable requirements", "Improvement"];
    f.edit(id, json!({"claims": needed.map(claim)}));
    assert_eq!(f.verdict("5.2-03"), Unknown, "nobody attested to it");
    let claim = |needed: &str| {
        json!({
            "needed": needed, "passage": "Section 1", "attested_by": me,
            "attested_on": "2026-11-22",
        })
    };
    f.edit(id, json!({"claims": needed.map(claim)}));
    assert_eq!(f.verdict("5.2-03"), Pass, "claims need no new edition");
}

#[test]
fn everybody_in_scope_knows_it() {
    let mut f = Fixture::new();
    let bob = f.person("Bob");
    let id = policy(&mut f, true);
    f.publish(id);
    assert_eq!(f.verdict("5.2-04"), Unknown, "nobody had to yet");
    f.assent(id, Purpose::Acknowledge);
    assert_eq!(f.verdict("5.2-04"), Pass);
    f.day = date(2026, 12, 23);
    let outcome = f.judge("5.2-04");
    assert_eq!((outcome.verdict, outcome.fails[0].record), (Fail, Some(bob)));
    let mail = json!({
        "title": "Mail to all", "shows": [id], "collected_on": "2026-11-25",
        "period_from": "2026-11-25", "period_until": "2026-11-25",
    });
    let mail = f.new_at("evidence", "collected", mail);
    assert_eq!(f.verdict("5.2-04"), Fail, "nobody accepted the evidence");
    f.edit(mail, json!({"judged": "accepted"}));
    assert_eq!(f.verdict("5.2-04"), Pass);
    f.withdraw(mail);
    f.edit(bob, json!({"in_scope": "no"}));
    assert_eq!(f.verdict("5.2-04"), Pass, "who is out of scope need not");
}

#[test]
fn acknowledgements_end_with_the_words() {
    let mut f = Fixture::new();
    let id = policy(&mut f, true);
    f.publish(id);
    f.assent(id, Purpose::Acknowledge);
    f.day = date(2027, 1, 1);
    f.edit(id, json!({"distribution": ["All"]}));
    assert_eq!(f.verdict("5.2-04"), Pass, "the words are the same");
    f.edit(id, json!({"text": "Other words.", "change_summary": "All."}));
    assert_eq!(f.verdict("5.2-04"), Pass, "the next is only drafted");
    f.publish(id);
    f.day = date(2027, 3, 1);
    assert_eq!(f.verdict("5.2-04"), Fail);
}

#[test]
fn outsiders_were_thought_of() {
    let mut f = Fixture::new();
    let id = policy(&mut f, true);
    f.publish(id);
    assert_eq!(f.judge("5.2-05").grade, Some(Grade::Opportunity));
    f.edit(id, json!({"outsiders": "on_request"}));
    assert_eq!(f.verdict("5.2-05"), Pass);
    f.edit(id, json!({"outsiders": null}));
    let by = f.me();
    let decision = json!({
        "title": "Outsiders", "question": "policy_for_outsiders", "answer": "no",
        "rationale": "Nobody asks.", "by": by, "decided_on": "2026-05-01",
    });
    f.new_at("determination", "decided", decision);
    assert_eq!(f.verdict("5.2-05"), Pass);
}

#[test]
fn it_is_reviewed_in_time() {
    let mut f = Fixture::new();
    let id = policy(&mut f, true);
    f.publish(id);
    assert_eq!(f.verdict("5.2-06"), Unknown, "no day and no interval");
    f.edit(id, json!({"cadence": "P1Y"}));
    assert_eq!(f.verdict("5.2-06"), Pass);
    f.day = date(2027, 11, 23);
    assert_eq!(f.verdict("5.2-06"), Fail);
    f.assent(id, Purpose::Review);
    assert_eq!(f.verdict("5.2-06"), Pass);
}
