use std::collections::BTreeSet;

use kinds::Kind;
use meta::{Choice, FieldType};
use serde_json::json;

use super::*;
use crate::conformity::fixture::Fixture;

#[test]
fn every_proposal_fits_its_kind_and_has_a_name_of_its_own() {
    let mut seen = BTreeSet::new();
    for it in proposals() {
        assert!(seen.insert(it.id), "{} twice", it.id);
        let def = kinds::kind(it.kind).expect(it.kind);
        for (name, value) in it.fields {
            let (_, field) = def.field(name).unwrap_or_else(|| panic!("{}: {name}", it.id));
            if let FieldType::Choice(options) = field.ty {
                assert!(options.iter().any(|it| it.id == *value), "{}: {name} {value}", it.id);
            }
        }
    }
}

#[test]
fn every_fact_proposes_something() {
    for fact in Fact::ALL {
        let asks = |it: &&Proposal| matches!(it.when, When::Any(facts) if facts.contains(fact));
        assert!(proposals().any(|it| asks(&it)), "{}", fact.def().id);
    }
}

#[test]
fn what_is_proposed_follows_from_the_facts_and_goes_when_it_is_there() {
    let mut fixture = Fixture::new();
    let ids =
        |fixture: &Fixture| -> Vec<&str> { open(&fixture.isms).iter().map(|it| it.id).collect() };
    let before = ids(&fixture);
    assert!(before.contains(&"party.customers") && !before.contains(&"party.card-schemes"));
    fixture.new_record(
        Organization::ID,
        json!({"title": "A", "facts": [{"question": "cardholder_data", "answer": "yes"}]}),
    );
    fixture.new_record("interested_party", json!({"title": "customers"}));
    let after = ids(&fixture);
    assert!(after.contains(&"party.card-schemes") && !after.contains(&"party.customers"));
}
