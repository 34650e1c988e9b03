use serde_json::json;

use crate::conformity::{Verdict::*, fixture::Fixture};

#[test]
fn objectives_serve_the_direction() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("5.1-02"), Unknown);
    f.seed("objective", json!({"title": "Seed", "supports": "Growth"}));
    assert_eq!(f.verdict("5.1-02"), Unknown);
    let objective = f.new_record("objective", json!({"title": "Fewer clicks"}));
    let outcome = f.judge("5.1-02");
    assert_eq!((outcome.verdict, outcome.fails.len()), (Fail, 2), "purpose and link are missing");
    f.new_record("organization", json!({"title": "Us", "purpose": "Trust."}));
    assert_eq!(f.judge("5.1-02").fails.len(), 1);
    f.edit(objective, json!({"supports": "Trust."}));
    assert_eq!(f.verdict("5.1-02"), Pass);
}
