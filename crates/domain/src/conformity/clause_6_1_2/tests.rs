use kinds::approval::Purpose;
use serde_json::{Value, json};

use crate::conformity::{
    Grade::{Major, Minor, Opportunity},
    Verdict::{Fail, NotApplicable, Pass, Unknown},
    fixture::{Fixture, merged, method_fields, risk_fields},
};

/// An ISMS whose method was published with some fields changed.
fn with_method(fields: Value) -> Fixture {
    let mut fixture = Fixture::new();
    let method = fixture.new_record("risk_method", merged(method_fields(), fields));
    fixture.force_publish(method);
    fixture
}

/// An ISMS with a method in force and one risk with some fields changed, past its sketch.
fn with_risk(fields: Value) -> Fixture {
    let mut fixture = Fixture::new();
    let (ada, method) = (fixture.me(), fixture.method());
    fixture.force("risk", "treatment_planned", merged(risk_fields(method, ada), fields));
    fixture
}

/// The same, still a sketch.
fn with_sketch(fields: Value) -> Fixture {
    let mut fixture = Fixture::new();
    let (ada, method) = (fixture.me(), fixture.method());
    fixture.force("risk", "identified", merged(risk_fields(method, ada), fields));
    fixture
}

/// An ISMS with a risk that is a seed.
fn with_seed() -> Fixture {
    let mut fixture = Fixture::new();
    let (ada, method) = (fixture.me(), fixture.method());
    fixture.seed("risk", risk_fields(method, ada));
    fixture
}

fn rating(likelihood: i64, consequence: i64) -> Value {
    json!({"likelihood": likelihood, "consequences": [{"criterion": "money", "rank": consequence}]})
}

#[test]
fn a_method_must_be_published() {
    Fixture::new().expect_fail("6.1.2-01", Major, "there is no risk method");
    with_method(json!({})).expect("6.1.2-01", Pass);
    let mut draft = Fixture::new();
    let method = draft.new_record("risk_method", method_fields());
    draft.expect_fail("6.1.2-01", Major, "never published");
    draft.publish(method);
    draft.edit(method, json!({"title": "Next", "appetite": "Little."}));
    draft.expect("6.1.2-01", Pass);
    let mut seed = Fixture::new();
    let method = seed.seed("risk_method", method_fields());
    seed.publish(method);
    seed.expect_fail("6.1.2-01", Major, "proposal");
    for rule in ["6.1.2-02", "6.1.2-03", "6.1.2-04", "6.1.2-05"] {
        seed.expect(rule, Unknown);
        Fixture::new().expect(rule, Unknown);
        with_method(json!({})).expect(rule, Pass);
    }
}

#[test]
fn a_method_must_be_whole() {
    with_method(json!({"acceptance": null})).expect_fail("6.1.2-02", Major, "no acceptance");
    let one = json!({"acceptance": [{"level": 1, "acceptable": "yes"}]});
    with_method(one).expect_fail("6.1.2-02", Minor, "“high”");
    let nobody = json!({"acceptance": [{"level": 1, "acceptable": "yes"},
        {"level": 2, "acceptable": "by_authority"}]});
    with_method(nobody).expect_fail("6.1.2-02", Minor, "nobody is named");

    with_method(json!({"interval": null})).expect_fail("6.1.2-03", Minor, "interval");
    let bare = json!({"interval": null, "triggers": null, "participants": null,
        "likelihoods": null, "criteria": null, "levels": null, "matrix": null, "acceptance": null});
    with_method(bare.clone()).expect_fail("6.1.2-03", Major, "no levels");
    with_method(bare).expect("6.1.2-04", Unknown);

    let words = |second: Value| {
        json!({"likelihoods": [
            {"rank": 1, "name": "seldom", "definition": "Less than yearly."}, second]})
    };
    let undefined = words(json!({"rank": 2, "name": "often"}));
    with_method(undefined).expect_fail("6.1.2-04", Minor, "“often” is not defined");
    let alike = words(json!({"rank": 2, "name": "often", "definition": "less than yearly."}));
    with_method(alike).expect_fail("6.1.2-04", Minor, "like another");

    let gap = json!({"matrix": [{"likelihood": 1, "consequence": 1, "level": 1}]});
    with_method(gap).expect_fail("6.1.2-05", Minor, "likelihood 2 × consequence 2");
}

#[test]
fn an_empty_register_is_major_and_leaves_all_else_unknown() {
    let mut empty = Fixture::new();
    empty.method();
    empty.expect_fail("6.1.2-17", Major, "no risk");
    with_risk(json!({})).expect("6.1.2-17", Pass);
    with_sketch(json!({})).expect("6.1.2-17", Unknown);
    with_seed().expect("6.1.2-17", Fail);
    with_risk(json!({"concerns": "isms"})).expect("6.1.2-17", Fail);
    for rule in ["06", "08", "09", "10", "11", "12", "13", "14", "15", "16", "18"] {
        let rule = format!("6.1.2-{rule}");
        empty.expect(&rule, Unknown);
        with_seed().expect(&rule, Unknown);
    }
    empty.expect("6.1.2-07", NotApplicable);
}

#[test]
fn ratings_stand_on_the_scale() {
    with_risk(json!({})).expect("6.1.2-06", Pass);
    with_risk(json!({"current": rating(5, 1)})).expect_fail("6.1.2-06", Major, "current");
    with_risk(json!({"current": null, "residual": null})).expect("6.1.2-06", Unknown);
    let mut draft = Fixture::new();
    let ada = draft.me();
    let method = draft.new_record("risk_method", method_fields());
    draft.risk(method, ada, json!({}));
    draft.expect("6.1.2-06", Unknown);
    let mut many = with_risk(json!({"current": rating(5, 1)}));
    let method = many.isms.rows("risk_method").next().unwrap().head.id;
    let ada = many.me();
    for _ in 0..10 {
        many.risk(method, ada, json!({}));
    }
    many.expect_fail("6.1.2-06", Minor, "off the scale");
}

#[test]
fn risks_say_what_they_harm_and_what_they_concern() {
    with_risk(json!({})).expect("6.1.2-08", Pass);
    with_risk(json!({"harms": null})).expect_fail("6.1.2-08", Minor, "what it harms");
    with_sketch(json!({"harms": null})).expect("6.1.2-08", Unknown);

    with_risk(json!({})).expect("6.1.2-09", Pass);
    let by_asset = json!({"approach": "asset"});
    with_risk(by_asset.clone()).expect_fail("6.1.2-09", Minor, "names nothing");
    with_sketch(by_asset).expect("6.1.2-09", Unknown);
    for (in_scope, verdict) in [("yes", Pass), ("no", Fail), ("undecided", Unknown)] {
        let mut fixture = Fixture::new();
        let (ada, method) = (fixture.me(), fixture.method());
        let asset = json!({"title": "Files", "asset_type": "information", "in_scope": in_scope,
            "out_of_scope_reason": "Sold."});
        let asset = fixture.new_record("asset", asset);
        fixture.risk(method, ada, json!({"approach": "asset", "assets": [asset]}));
        fixture.expect("6.1.2-09", verdict);
    }
}

#[test]
fn risks_have_an_owner_who_is_here_and_may_decide() {
    with_risk(json!({})).expect("6.1.2-10", Unknown);
    with_risk(json!({"owner": null})).expect_fail("6.1.2-10", Minor, "no owner");
    with_sketch(json!({"owner": null})).expect("6.1.2-10", Unknown);

    let mut role = Fixture::new();
    let (ada, method) = (role.me(), role.method());
    let owner = role.role("Operations lead", &["owns_risks"], ada);
    role.risk(method, owner, json!({}));
    role.expect("6.1.2-10", Pass);
    role.edit(ada, json!({"left_on": "2026-03-31"}));
    role.expect_fail("6.1.2-10", Minor, "Ada left on 2026-03-31");

    let mut person = Fixture::new();
    let (ada, method) = (person.me(), person.method());
    person.role("Operations lead", &["owns_risks"], ada);
    let risks: Vec<_> = (0..3).map(|_| person.risk(method, ada, json!({}))).collect();
    person.expect("6.1.2-10", Pass);
    let bob = person.person("Bob");
    risks.iter().for_each(|it| person.edit(*it, json!({"owner": bob})));
    person.expect("6.1.2-10", Unknown);
    person.go(bob, "left");
    person.expect_fail("6.1.2-10", Major, "Bob has left");

    let mut vacant = Fixture::new();
    let (ada, method) = (vacant.me(), vacant.method());
    let owner = vacant.role("Lead", &["owns_risks"], ada);
    vacant.risk(method, owner, json!({}));
    vacant.edit(owner, json!({"held_by": [{"person": ada, "until": "2026-01-31"}]}));
    vacant.expect_fail("6.1.2-10", Minor, "nobody holds the role Lead");
}

#[test]
fn risks_are_rated_with_reasons_and_ranked() {
    with_risk(json!({})).expect("6.1.2-11", Pass);
    with_risk(json!({"current": null})).expect_fail("6.1.2-11", Minor, "missing");
    with_sketch(json!({"current": null})).expect("6.1.2-11", Unknown);
    with_risk(json!({"current": rating(9, 1)})).expect_fail("6.1.2-11", Minor, "no level");

    with_risk(json!({})).expect("6.1.2-12", Pass);
    with_risk(json!({"current": rating(2, 2)})).expect_fail("6.1.2-12", Opportunity, "no reason");
    let mut many = with_risk(json!({"current": rating(2, 2)}));
    let method = many.isms.rows("risk_method").next().unwrap().head.id;
    let ada = many.me();
    many.risk(method, ada, json!({"current": rating(1, 2)}));
    many.risk(method, ada, json!({"current": rating(2, 1)}));
    many.expect_fail("6.1.2-12", Minor, "no reason");

    with_risk(json!({})).expect("6.1.2-13", Pass);
    with_risk(json!({"current": null})).expect("6.1.2-13", Unknown);
    let mut unranked = with_method(json!({"priority_rule": null}));
    let method = unranked.isms.rows("risk_method").next().unwrap().head.id;
    let ada = unranked.me();
    let risk = unranked.risk(method, ada, json!({}));
    unranked.expect_fail("6.1.2-13", Minor, "no priority");
    unranked.edit(risk, json!({"priority": 1}));
    unranked.expect("6.1.2-13", Pass);
    let silent = json!({"acceptance": [{"level": 1, "acceptable": "yes"}]});
    let mut silent = with_method(silent);
    let method = silent.isms.rows("risk_method").next().unwrap().head.id;
    let ada = silent.me();
    silent.risk(method, ada, json!({}));
    silent.expect_fail("6.1.2-13", Minor, "“high”");
}

#[test]
fn a_round_follows_one_edition_and_looks_at_every_risk() {
    let mut fixture = Fixture::new();
    let (ada, method) = (fixture.me(), fixture.method());
    let first = fixture.isms.get(method).unwrap().head.version;
    let risk = fixture.risk(method, ada, json!({}));
    fixture.expect("6.1.2-14", Unknown);
    fixture.expect("6.1.2-18", Unknown);
    let named = |version: u32| json!(format!("{method}@{version}"));
    let round = json!({"title": "2026", "reason": "first", "method": named(first),
        "period_from": "2026-10-01", "period_until": "2026-11-30"});
    let round = fixture.new_at("assessment_round", "closed", round);
    fixture.edit(risk, json!({"round": round, "method": named(first)}));
    fixture.expect("6.1.2-14", Pass);
    fixture.expect("6.1.2-18", Pass);

    fixture.edit(method, json!({"appetite": "Little."}));
    fixture.publish(method);
    let second = fixture.isms.get(method).unwrap().head.version;
    fixture.edit(risk, json!({"method": named(second)}));
    fixture.expect_fail("6.1.2-14", Minor, "without a conversion");
    fixture.edit(method, json!({"conversion": [{"old": "high", "new": "high"}]}));
    fixture.publish(method);
    let third = fixture.isms.get(method).unwrap().head.version;
    fixture.edit(risk, json!({"method": named(third)}));
    fixture.expect("6.1.2-14", Pass);

    let mut later = fixture.clone();
    let next = json!({"title": "2027", "reason": "interval", "method": named(third),
        "period_from": "2027-10-01", "period_until": "2027-11-30"});
    later.day = jiff::civil::date(2027, 10, 15);
    later.new_at("assessment_round", "closed", next);
    later.expect_fail("6.1.2-18", Minor, "nobody looked");
    let mut next = later.clone();
    let more = json!({"title": "2028", "reason": "interval", "method": named(third),
        "period_from": "2028-01-10"});
    let more = next.new_at("assessment_round", "open", more);
    next.edit(risk, json!({"round": more}));
    next.expect("6.1.2-18", Fail);
    next.day = jiff::civil::date(2028, 1, 20);
    next.expect("6.1.2-18", Pass);
    later.assent(risk, Purpose::Review);
    later.expect("6.1.2-18", Pass);
    later.day = jiff::civil::date(2027, 12, 15);
    later.risk(method, ada, json!({}));
    later.expect("6.1.2-18", Pass);
}

#[test]
fn what_remains_follows_from_the_treatment() {
    with_risk(json!({})).expect_fail("6.1.2-15", Minor, "nothing is added");
    with_risk(json!({"residual": rating(2, 2)})).expect("6.1.2-15", Pass);
    with_risk(json!({"current": rating(1, 1), "residual": rating(2, 2)}))
        .expect("6.1.2-15", Unknown);
    with_risk(json!({"residual": null})).expect("6.1.2-15", Unknown);
    with_risk(json!({"treatment": ["share"]})).expect("6.1.2-15", Pass);
    with_risk(json!({"treatment": ["share"], "treatment_reason": null})).expect_fail(
        "6.1.2-15",
        Minor,
        "nothing says why",
    );
    let mut fixture = Fixture::new();
    let (ada, method) = (fixture.me(), fixture.method());
    let control = fixture.included("A.8.13", json!({}));
    let both = json!({"controls": [control], "controls_in_place": [control]});
    let risk = fixture.risk(method, ada, both);
    fixture.expect("6.1.2-15", Fail);
    let action = json!({"title": "Test restores", "purpose": "treat_risk", "serves": [risk]});
    fixture.new_record("action", action);
    fixture.expect("6.1.2-15", Pass);
}

#[test]
fn controls_counted_as_existing_exist() {
    with_risk(json!({})).expect("6.1.2-16", NotApplicable);
    for (fields, verdict) in [
        (json!({}), Pass),
        (json!({"since": "2026-11-10"}), Fail),
        (json!({"implementation": "planned"}), Fail),
        (json!({"implementation": "in_part"}), Unknown),
        (json!({"implementation": "unknown"}), Unknown),
    ] {
        let mut fixture = Fixture::new();
        let (ada, method) = (fixture.me(), fixture.method());
        let control = fixture.included("A.8.13", fields);
        fixture.risk(method, ada, json!({"controls_in_place": [control]}));
        fixture.expect("6.1.2-16", verdict);
    }
    let mut seed = Fixture::new();
    let (ada, method) = (seed.me(), seed.method());
    let control = json!({"title": "Backup", "reference": "A.8.13", "applicability": "included",
        "implementation": "implemented"});
    let control = seed.seed("control", control);
    seed.risk(method, ada, json!({"controls_in_place": [control]}));
    seed.expect("6.1.2-16", Unknown);
}
