use meta::Id;
use serde_json::{Value, json};

use crate::conformity::{
    Grade,
    Verdict::*,
    fixture::{Fixture, merged},
};

fn scope(f: &mut Fixture, more: Value) -> Id {
    let unit = f.new_record("unit", json!({"title": "All", "in_scope": "yes"}));
    let site = f.new_record("site", json!({"title": "Office", "in_scope": "yes"}));
    let asset = f.new_record("asset", json!({"title": "Network", "in_scope": "yes"}));
    let fields = json!({
        "title": "ISMS", "statement": "All we do.", "units": [unit], "sites": [site],
        "activities": [{"activity": "Trade"}], "assets": [asset],
        "interfaces": [{"what": "Power", "interface_kind": "other"}],
    });
    f.new_record("scope", merged(fields, more))
}

#[test]
fn the_scope_is_published() {
    let mut f = Fixture::new();
    assert_eq!(f.judge("4.3-01").grade, Some(Grade::Major));
    let id = scope(&mut f, json!({}));
    let outcome = f.judge("4.3-01");
    assert_eq!((outcome.verdict, outcome.fails[0].record), (Fail, Some(id)), "a draft");
    f.publish(id);
    assert_eq!(f.verdict("4.3-01"), Pass);
    f.edit(id, json!({"statement": "Less."}));
    assert_eq!(f.verdict("4.3-01"), Pass, "drafting the next changes nothing");
}

#[test]
fn a_published_seed_is_no_scope() {
    let mut f = Fixture::new();
    let fields = json!({"title": "ISMS", "statement": "All.", "interfaces": [{"what": "Power"}]});
    let id = f.seed("scope", fields);
    f.publish(id);
    assert_eq!(f.verdict("4.3-01"), Fail);
    f.run(crate::Step::Confirm { record: id });
    assert_eq!(f.verdict("4.3-01"), Pass, "somebody made it their own");
}

#[test]
fn boundaries_are_told() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("4.3-02"), Unknown);
    let id = scope(&mut f, json!({}));
    assert_eq!(f.verdict("4.3-02"), Unknown, "a draft is not read");
    f.publish(id);
    assert_eq!(f.verdict("4.3-02"), Pass);
    let ada = f.me();
    f.edit(ada, json!({"remote": true}));
    let outcome = f.judge("4.3-02");
    assert_eq!(outcome.grade, Some(Grade::Opportunity));
    assert_eq!(outcome.fails[0].note, "silent on remote work");
    f.edit(id, json!({"remote_work": "By VPN.", "units": null, "sites": null}));
    f.publish(id);
    assert_eq!(f.judge("4.3-02").grade, Some(Grade::Minor), "no boundary");
}

#[test]
fn issues_and_requirements_were_considered() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("4.3-03"), Unknown);
    let early = scope(&mut f, json!({"considered": 1}));
    f.publish(early);
    assert_eq!(f.judge("4.3-03").grade, Some(Grade::Minor), "nothing was there");
    f.new_record("issue", json!({"title": "Issue", "side": "external"}));
    let party = f.new_record("interested_party", json!({"title": "Customers"}));
    f.new_record("requirement", json!({"title": "Notice", "party": party}));
    assert_eq!(f.judge("4.3-03").grade, Some(Grade::Minor), "they came later");
    f.edit(early, json!({"considered": null, "statement": "All of it."}));
    f.publish(early);
    assert_eq!(f.judge("4.3-03").grade, Some(Grade::Opportunity), "it does not say so");
    let now = f.isms.position();
    f.edit(early, json!({"considered": now, "statement": "All."}));
    f.publish(early);
    assert_eq!(f.verdict("4.3-03"), Pass);
}

#[test]
fn what_crosses_the_edge_is_named() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("4.3-04"), Unknown);
    let id = scope(&mut f, json!({}));
    f.publish(id);
    assert_eq!(f.verdict("4.3-04"), Pass);
    let cloud = json!({
        "title": "Cloud", "services": [{"service": "Mail", "service_kind": "cloud_software"}],
        "in_scope": "yes",
    });
    let supplier = f.force("supplier", "in_use", cloud);
    let outcome = f.judge("4.3-04");
    assert_eq!((outcome.verdict, outcome.fails[0].record), (Fail, Some(supplier)));
    f.edit(id, json!({"interfaces": [{"what": "Mail", "other_side": supplier}]}));
    f.publish(id);
    assert_eq!(f.verdict("4.3-04"), Pass);
    let mut written = f.clone();
    let code = json!({"title": "Code", "in_scope": "yes",
        "services": [{"service": "An app", "service_kind": "development"}]});
    written.force("supplier", "in_use", code);
    assert_eq!(written.verdict("4.3-04"), Fail, "work handed over");
    f.new_record("organization", json!({"title": "Us", "group_parent": "Holding"}));
    assert_eq!(f.verdict("4.3-04"), Fail, "the group is no interface");
}

#[test]
fn what_is_left_out_says_why() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("4.3-05"), Unknown);
    let id = scope(&mut f, json!({}));
    assert_eq!(f.verdict("4.3-05"), Unknown);
    f.publish(id);
    assert_eq!(f.verdict("4.3-05"), NotApplicable);
    let unit = f.new_record("unit", json!({"title": "Museum", "in_scope": "no"}));
    assert_eq!(f.judge("4.3-05").grade, Some(Grade::Opportunity));
    f.edit(unit, json!({"out_of_scope_reason": "No information."}));
    assert_eq!(f.verdict("4.3-05"), Pass);
    f.edit(id, json!({"left_out": [{"what": "Plant", "why": "Sold"}]}));
    f.publish(id);
    assert_eq!(f.judge("4.3-05").grade, Some(Grade::Minor), "nobody handles the edge");
    f.edit(id, json!({"left_out": [{"what": "Plant", "handling": "A firewall"}]}));
    f.publish(id);
    assert_eq!(f.judge("4.3-05").grade, Some(Grade::Opportunity), "no word why");
}

#[test]
fn everything_is_in_or_out() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("4.3-06"), Pass, "the one person is in scope");
    let ada = f.me();
    f.edit(ada, json!({"in_scope": "undecided"}));
    assert_eq!(f.verdict("4.3-06"), Fail, "one of one");
    for _ in 0..9 {
        f.new_record("asset", json!({"title": "Laptop", "in_scope": "no"}));
    }
    assert_eq!(f.verdict("4.3-06"), Unknown, "one of ten is within the limit");
    f.seed("asset", json!({"title": "Seed"}));
    assert_eq!(f.judge("4.3-06").unknowns.len(), 1, "seeds are not looked at");
    f.new_record("site", json!({"title": "Annex"}));
    assert_eq!(f.verdict("4.3-06"), Fail);
}

#[test]
fn places_in_use_are_in_the_scope() {
    let mut f = Fixture::new();
    assert_eq!(f.verdict("4.3-08"), Unknown);
    let id = scope(&mut f, json!({}));
    f.publish(id);
    assert_eq!(f.verdict("4.3-08"), Unknown, "nobody says where they are");
    let ada = f.me();
    let parent = f.new_record("unit", json!({"title": "IT", "in_scope": "yes"}));
    let team = json!({"title": "Operations", "in_scope": "yes", "parent": parent});
    let team = f.new_record("unit", team);
    f.edit(ada, json!({"unit": team}));
    assert_eq!(f.verdict("4.3-08"), Fail);
    f.edit(id, json!({"units": [parent]}));
    f.publish(id);
    assert_eq!(f.verdict("4.3-08"), Pass, "what it belongs to is listed");
    let home = json!({"title": "Home", "site_type": "home_working", "in_scope": "yes"});
    let home = f.new_record("site", home);
    f.edit(ada, json!({"site": home}));
    assert_eq!(f.verdict("4.3-08"), Fail);
    f.edit(id, json!({"remote_work": "By VPN."}));
    f.publish(id);
    assert_eq!(f.verdict("4.3-08"), Pass);
}
