use serde_json::json;

use crate::conformity::{Verdict::*, fixture::Fixture};

#[test]
fn roles_ask_for_competence() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("7.2-01"), Unknown);
    f.seed("role", json!({"title": "Seed", "competence": [{"competence": "Law"}]}));
    assert_eq!(f.verdict("7.2-01"), Unknown);
    let me = f.me();
    f.role("Officer", &[], me);
    assert_eq!(f.verdict("7.2-01"), Pass);
    f.new_record("role", json!({"title": "Planned"}));
    assert_eq!(f.verdict("7.2-01"), Unknown);
    f.force("role", "active", json!({"title": "Bare"}));
    assert_eq!(f.verdict("7.2-01"), Fail);
}
