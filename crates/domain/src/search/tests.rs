use serde_json::json;

use super::*;
use crate::{Cache, conformity::fixture::Fixture};

fn found(fixture: &Fixture, cache: &Cache, typed: &str) -> Vec<String> {
    let asker = Asker::all_seeing(fixture.view(), cache);
    jump(&asker, typed, 10).iter().map(|it| it.record.name()).collect()
}

/// Twelve assets, a risk, a control.
fn fixture() -> Fixture {
    let mut fixture = Fixture::new();
    let titles = [
        "Mail server",
        "Servers of the web shop",
        "Payroll",
        "Observer",
        "Serve",
        "Post room",
        "Printer",
        "Ransom notes",
        "Safe",
        "Zürich office",
        "12 laptops",
        "Backup",
    ];
    for title in titles {
        fixture.new_record("asset", json!({ "title": title }));
    }
    let method = fixture.method();
    let me = fixture.me();
    fixture.risk(method, me, json!({"title": "Ransomware strikes payroll"}));
    fixture.included("A.8.13", json!({"title": "Information backup"}));
    fixture
}

#[test]
fn the_likeliest_comes_first() {
    let (fixture, cache) = (fixture(), Cache::default());
    let table: [(&str, &[&str]); 15] = [
        ("ASSET-12", &["ASSET-12"]),
        ("asset 3", &["ASSET-3"]),
        ("asset3", &["ASSET-3"]),
        ("risk 1", &["RISK-1"]),
        ("12", &["ASSET-12", "ASSET-11"]),
        ("8.13", &["CONTROL-1"]),
        ("a.8.13", &["CONTROL-1"]),
        ("serve", &["ASSET-5", "ASSET-2", "ASSET-1", "ASSET-4"]),
        ("server", &["ASSET-2", "ASSET-1", "ASSET-4"]),
        ("payroll", &["ASSET-3", "RISK-1"]),
        ("payroll ransom", &["RISK-1"]),
        ("zurich", &["ASSET-10"]),
        ("rnsmware", &["RISK-1"]),
        ("encrypts", &["RISK-1"]),
        ("", &[]),
    ];
    for (typed, expected) in table {
        let names = found(&fixture, &cache, typed);
        assert_eq!(
            names.get(..expected.len()),
            Some(
                expected.to_vec().iter().map(|it| (*it).to_owned()).collect::<Vec<_>>().as_slice()
            ),
            "{typed}: {names:?}"
        );
    }
    assert!(found(&fixture, &cache, "qqq").is_empty());
}

#[test]
fn a_hit_says_what_was_meant() {
    let (fixture, cache) = (fixture(), Cache::default());
    let asker = Asker::all_seeing(fixture.view(), &cache);
    let first = |typed: &str| jump(&asker, typed, 5)[0].matched;
    assert_eq!(first("risk-1"), Matched::Number);
    assert_eq!(first("ransomw"), Matched::Title);
    assert_eq!(first("encrypts the"), Matched::Text("Scenario"));
}

#[test]
fn what_is_withdrawn_or_not_to_be_seen_takes_no_place() {
    let (mut fixture, cache) = (fixture(), Cache::default());
    assert_eq!(found(&fixture, &cache, "serve").len(), 4);
    let id = fixture.isms.numbered("asset", 5).unwrap().head.id;
    fixture.withdraw(id);
    assert_eq!(found(&fixture, &cache, "serve")[0], "ASSET-2");
    assert_eq!(found(&fixture, &cache, "asset-5"), ["ASSET-5"]);
    let sees = |record: &Record| record.head.number != 2;
    let asker = Asker { sees: Some(&sees), ..Asker::all_seeing(fixture.view(), &cache) };
    let hits = jump(&asker, "serve", 1);
    assert_eq!(hits[0].record.name(), "ASSET-1", "the limit is of those that may be seen");
}

#[test]
fn what_changes_is_found_by_its_new_title_and_the_past_by_its_old() {
    let (mut fixture, cache) = (fixture(), Cache::default());
    let before = fixture.clone();
    assert_eq!(found(&fixture, &cache, "observer"), ["ASSET-4"]);
    let id = fixture.isms.numbered("asset", 4).unwrap().head.id;
    for title in ["Watcher", "Looker", "Guard"] {
        fixture.edit(id, json!({ "title": title }));
        assert_eq!(found(&fixture, &cache, title), ["ASSET-4"]);
        assert_eq!(found(&fixture, &cache, "observer"), Vec::<String>::new());
    }
    assert_eq!(found(&before, &cache, "observer"), ["ASSET-4"]);
    assert_eq!(found(&before, &cache, "guard"), Vec::<String>::new());
    assert_eq!(found(&fixture, &cache, "guard"), ["ASSET-4"]);
}

#[test]
fn labels_are_ranked_like_titles() {
    let mut ranker = Ranker::new("risk m");
    let mut rank = |label: &str| ranker.rank(label);
    let (exact, begins, words) = (rank("Risk M"), rank("Risk matrix"), rank("The risk method"));
    let (split, part) = (rank("Method of risk"), rank("Asterisk matters"));
    assert!(exact > begins && begins > words && words > split && split > part && part.is_some());
    assert_eq!(rank("Statement of Applicability"), None);
    assert_eq!(Ranker::new("  ").rank("Risks"), None);
    assert!(Ranker::new("stmt appl").rank("Statement of Applicability").is_some());
}

#[test]
fn every_text_of_a_long_register_is_looked_through() {
    let (mut fixture, cache) = (Fixture::new(), Cache::default());
    for at in 0..600 {
        let rack = at / 7;
        fixture.new_record(
            "asset",
            json!({"title": format!("Machine {at}"), "description": format!("Stands in rack {rack}.")}),
        );
    }
    let texts = cache.texts.of(fixture.view().isms, "asset");
    // Where a text says the needle, where many say it, where none does, where it ends one.
    for needle in ["machine 599", "rack 4", "rack 60", "rack", "3", "rack 900", "e 12|s"] {
        let found: Vec<u32> = texts.that_say(needle).map(|it| it.number).collect();
        let saying = texts.slots().filter(|it| texts.text(it).contains(needle));
        assert_eq!(found, saying.map(|it| it.number).collect::<Vec<_>>(), "{needle}");
    }
    assert_eq!(texts.that_say("rack 85").count(), 5);
}
