//! `check` as people, scripts and scanners read it.

use crate::Place;

#[test]
fn an_empty_isms_has_gaps_and_the_exit_code_says_so_when_asked() {
    let place = Place::begun();
    let page = place.good(&["check"]);
    assert!(page.contains("major nonconformity") && page.contains("→"), "{page}");
    assert!(page.lines().all(|it| it.chars().count() <= 80), "{page}");
    let lower = page.to_lowercase();
    assert!(!lower.contains("compliant") && !page.contains('%'), "{page}");
    assert_eq!(place.run(&["check", "--fail-on", "major"]).code, 1);
    let some = place.json(&["check", "--clause", "4.1"]);
    let rules = some["results"].as_array().unwrap();
    assert!(
        !rules.is_empty()
            && rules.iter().all(|it| it["clause"].as_str().unwrap().starts_with("4.1"))
    );
    for key in ["pack", "entry", "day"] {
        assert!(!some[key].is_null(), "{key}");
    }
}

#[test]
fn stage_1_raises_areas_of_concern_only() {
    let place = Place::begun();
    let page = place.good(&["check", "--stage", "1"]);
    assert!(page.contains("area of concern (would be major at stage 2)"), "{page}");
    assert!(!page.contains("nonconformity\n"), "{page}");
}

#[test]
fn the_same_position_and_day_give_the_same_answer() {
    let place = Place::begun().with_risk();
    let as_of = |point: &str| place.good(&["check", "--format", "json", "--as-of", point]);
    assert_eq!(as_of("4"), as_of("4"));
    assert_ne!(as_of("2"), as_of("4"));
}

#[test]
fn a_rule_is_explained() {
    let place = Place::empty();
    let told = place.good(&["check", "--explain", "4.1-01"]);
    assert!(told.contains("4.1-01") && told.contains("Ground") && told.contains("To do"), "{told}");
}

#[test]
fn sarif_has_the_form_that_scanners_want() {
    let place = Place::begun().with_risk();
    let log: serde_json::Value =
        serde_json::from_str(&place.good(&["check", "--format", "sarif"])).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "Muniment");
    let rules = driver["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(!rules.is_empty() && results.len() >= rules.len());
    let text = |value: &serde_json::Value| value.as_str().is_some_and(|it| !it.is_empty());
    for rule in rules {
        assert!(text(&rule["id"]) && text(&rule["shortDescription"]["text"]), "{rule}");
        assert!(text(&rule["fullDescription"]["text"]) && text(&rule["help"]["text"]), "{rule}");
        let level = rule["defaultConfiguration"]["level"].as_str().unwrap();
        assert!(["error", "warning", "note"].contains(&level), "{rule}");
    }
    for result in results {
        let at = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(result["ruleId"], rules[at]["id"]);
        let (kind, level) = (result["kind"].as_str().unwrap(), result["level"].as_str().unwrap());
        assert!(["fail", "open", "pass", "notApplicable"].contains(&kind), "{result}");
        assert_eq!(kind == "fail", level != "none", "{result}");
        assert!(text(&result["message"]["text"]), "{result}");
        for place in result["locations"].as_array().into_iter().flatten() {
            assert!(text(&place["logicalLocations"][0]["fullyQualifiedName"]), "{result}");
        }
    }
}

#[test]
fn sarif_uses_no_property_that_its_schema_lacks() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/sarif-schema-2.1.0.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("skipped: the schema is not here");
        return;
    };
    let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
    let place = Place::begun();
    let log: serde_json::Value =
        serde_json::from_str(&place.good(&["check", "--format", "sarif"])).unwrap();
    known(&schema, &schema, &log, "$");
}

/// Every property is one that the schema names at that place, and the required ones are there.
fn known(
    schema: &serde_json::Value,
    here: &serde_json::Value,
    value: &serde_json::Value,
    path: &str,
) {
    let here = match here["$ref"].as_str() {
        Some(name) => schema.pointer(name.trim_start_matches('#')).expect("a definition"),
        None => here,
    };
    if let Some(allowed) = here["enum"].as_array() {
        assert!(allowed.contains(value), "{path}: {value}");
    }
    match value {
        serde_json::Value::Object(map) => {
            for name in here["required"].as_array().into_iter().flatten() {
                assert!(map.contains_key(name.as_str().expect("a name")), "{path} lacks {name}");
            }
            for (name, value) in map {
                let next = &here["properties"][name];
                let is_open = here["additionalProperties"] != false;
                assert!(!next.is_null() || is_open, "{path} has `{name}`");
                if !next.is_null() {
                    known(schema, next, value, &format!("{path}.{name}"));
                }
            }
        }
        serde_json::Value::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                known(schema, &here["items"], value, &format!("{path}[{at}]"));
            }
        }
        _ => {}
    }
}

#[test]
fn what_to_do_names_the_record_it_is_about() {
    let place = Place::begun();
    place.good(&[
        "edit",
        "A.5.1",
        "--set",
        "applicability=excluded",
        "--set",
        "exclusion_reason=not needed",
    ]);
    let page = place.good(&["check", "--rule", "SOA-02"]);
    assert!(page.contains("`muniment edit A.5.2`"), "{page}");
    let told = place.good(&["check", "--rule", "SOA-04"]);
    assert!(told.contains("in order\n    1 of 1 excluded controls is"), "{told}");
}
