use meta::Rules;

use super::*;

fn organization(json: serde_json::Value) -> Organization {
    serde_json::from_value(json).unwrap()
}

#[test]
fn answers_are_found_by_key_question_and_name() {
    let organization = organization(serde_json::json!({
        "parameters": [{"key": "context.review", "value": "P1Y"}],
        "facts": [{"question": "cloud", "answer": "no"}],
        "classes": [{"name": "Internal", "rank": 1}],
        "head_counts": [{"activity": "office", "persons": 7}, {"activity": "stock", "persons": 5}],
    }));
    assert_eq!(organization.parameter("context.review").unwrap().value, "P1Y");
    assert!(organization.parameter("context").is_none());
    assert_eq!(organization.fact(Fact::Cloud), YesNo::No);
    assert_eq!(organization.fact(Fact::Suppliers), YesNo::Unknown);
    assert_eq!(organization.class(" internal").unwrap().rank, Some(1));
    assert_eq!(organization.persons(), Some(12));
    assert_eq!(Organization::default().persons(), None);
    assert!(organization.check().is_empty());
}

#[test]
fn contradictions_are_told() {
    let organization = organization(serde_json::json!({
        "parameters": [{"key": "a", "value": "1"}, {"key": "A ", "value": "2"}],
        "facts": [{"question": "cloud", "answer": "no"}, {"question": "cloud", "answer": "yes"}],
        "classes": [{"name": "x", "rank": 1}, {"name": "y", "rank": 1}],
        "head_counts": [{"activity": "office", "persons": -1, "remote_share": 101}],
        "wished_stage_1": "2027-05-02",
        "wished_stage_2": "2027-05-01",
    }));
    let fields: Vec<String> = organization.check().into_iter().map(|it| it.field).collect();
    let expected =
        ["parameters", "classes", "facts", "head_counts", "head_counts", "wished_stage_2"];
    assert_eq!(fields, expected);
}
