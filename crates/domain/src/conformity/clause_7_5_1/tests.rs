use jiff::civil::date;
use kinds::approval::Purpose;
use meta::Id;
use serde_json::{Value, json};

use crate::{
    command::Subject,
    conformity::{
        Grade,
        Verdict::*,
        fixture::{Fixture, merged},
    },
};

fn document(f: &mut Fixture, more: Value) -> Id {
    let me = f.me();
    let role = f.role("Approver", &[], me);
    let fields = json!({
        "title": "Backups", "identifier": "PRO-1", "doc_type": "procedure", "owner": role,
        "approver": role, "text": "We copy.", "change_summary": "New.",
    });
    f.new_record("document", merged(fields, more))
}

#[test]
fn the_nineteen_rows_are_looked_for() {
    let mut f = Fixture::new();
    let outcome = f.judge("7.5.1-01");
    assert_eq!((outcome.verdict, outcome.grade), (Fail, Some(Grade::Major)));
    let note = |it: &crate::conformity::Case| it.note.to_string();
    let fails: Vec<String> = outcome.fails.iter().map(note).collect();
    assert_eq!(fails.len(), 7, "{fails:?}");
    assert_eq!(fails[0], "Scope of the ISMS (4.3 (documented information))");
    assert_eq!(outcome.unknowns.len(), 8, "8 and 11 to 17: {:?}", outcome.unknowns);

    let scope = json!({"title": "ISMS", "statement": "All.", "interfaces": [{"what": "Power"}]});
    let scope = f.new_record("scope", scope);
    f.publish(scope);
    let policy = document(&mut f, json!({"identifier": "POL-1", "doc_type": "policy"}));
    f.publish(policy);
    let method = f.method();
    f.edit(method, json!({"covers_treatment": true}));
    f.publish(method);
    let control = f.included("A.5.1", json!({}));
    f.assent_to(Subject::StatementOfApplicability, Purpose::Publish, |_| ());
    let me = f.me();
    let risk = f.risk(method, me, json!({"controls": [control]}));
    assert_eq!(
        f.judge("7.5.1-01").fails.len(),
        2,
        "plan and objectives: {:?}",
        f.judge("7.5.1-01")
    );
    f.assent(risk, Purpose::ApproveTreatment);
    f.force("objective", "agreed", json!({"title": "Fewer clicks"}));
    assert_eq!(f.verdict("7.5.1-01"), Unknown, "what an ISMS in operation shows");

    let clauses = ["7.2.d", "8.1", "8.2.di", "8.3", "9.1", "9.2.2", "9.3.3"];
    let more = json!({"shows_clauses": clauses});
    let evidence = f.evidence(risk, "2026-11-01", more);
    assert_eq!(f.verdict("7.5.1-01"), Pass);
    f.edit(evidence, json!({"judged": "not_enough"}));
    assert_eq!(f.verdict("7.5.1-01"), Unknown);
    f.edit(risk, json!({"treatment": ["retain"]}));
    assert_eq!(f.verdict("7.5.1-01"), Fail, "the plan's approval is stale");
}

#[test]
fn treatment_may_be_told_in_a_document() {
    let mut f = Fixture::new();
    let method = f.method();
    f.edit(method, json!({"covers_treatment": false}));
    f.publish(method);
    let before = f.judge("7.5.1-01").fails.len();
    let id = document(&mut f, json!({"serves_clauses": ["6.1.3"]}));
    assert_eq!(f.judge("7.5.1-01").fails.len(), before, "a draft tells nothing");
    f.publish(id);
    assert_eq!(f.judge("7.5.1-01").fails.len(), before - 1);
}

#[test]
fn what_is_relied_on_is_published() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("7.5.1-02"), Unknown);
    f.seed("document", json!({"title": "Seed", "identifier": "S", "doc_type": "plan"}));
    assert_eq!(f.verdict("7.5.1-02"), Unknown);
    let id = document(&mut f, json!({}));
    assert_eq!(f.verdict("7.5.1-02"), Unknown, "drafted, and nothing relies on it");
    f.included("A.8.13", json!({"rules": [id]}));
    assert_eq!(f.verdict("7.5.1-02"), Fail);
    f.publish(id);
    assert_eq!(f.verdict("7.5.1-02"), Pass);
}

#[test]
fn promises_are_kept() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("OWN-01"), Unknown);
    let me = f.me();
    let id = document(&mut f, json!({"own_rules": [{"promise": "We test copies"}]}));
    f.publish(id);
    assert_eq!(f.verdict("OWN-01"), Unknown, "nobody, no interval, no proof");
    let rule = json!({
        "promise": "We test copies", "by_whom": me, "cadence": "P3M", "proof_wanted": "Test log",
    });
    f.edit(id, json!({"own_rules": [rule]}));
    assert_eq!(f.verdict("OWN-01"), Unknown, "no proof held");
    f.evidence(id, "2026-11-01", json!({}));
    assert_eq!(f.verdict("OWN-01"), Unknown, "another proof");
    let proof = f.evidence(id, "2026-11-01", json!({"proof": "test log"}));
    assert_eq!(f.verdict("OWN-01"), Pass);
    f.day = date(2027, 2, 2);
    assert_eq!(f.verdict("OWN-01"), Fail, "ran out on 2027-02-01");
    f.withdraw(proof);
    assert_eq!(f.verdict("OWN-01"), Fail, "withdrawing it does not help");
}

#[test]
fn a_document_beyond_the_policy_is_one_that_was_found_necessary() {
    let mut f = Fixture::new();
    let decided = |f: &Fixture| {
        let chain = crate::conformity::Chain::build(f.view());
        super::rows::documented(&chain).into_iter().find(|it| it.0.row == 9).and_then(|it| it.1)
    };
    let policy = document(&mut f, json!({"identifier": "POL-1", "doc_type": "policy"}));
    f.publish(policy);
    assert_eq!(decided(&f), None, "the policy is asked for by itself");
    let procedure = document(&mut f, json!({}));
    assert_eq!(decided(&f), None, "nobody published it");
    f.publish(procedure);
    assert_eq!(decided(&f), Some(procedure));
}
