//! What every kind must keep to, whoever wrote it. A new kind is tested by standing in `KINDS`.

use std::collections::{HashMap, HashSet};

use kinds::KINDS;
use meta::{Envelope, FieldDef, FieldType, Id, KindDef, Provenance, Rating};

fn head() -> Envelope {
    Envelope {
        id: Id::from_u128(1),
        number: 1,
        version: 1,
        content_version: 1,
        stage: 0,
        provenance: Provenance::Person,
        withdrawn: false,
        created: 1,
        changed: 1,
        hash: [0; 32],
        extras: None,
    }
}

/// As an importer compares headers: letters and digits, in lower case.
fn normal(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_name(text: &str) -> bool {
    text.starts_with(|it: char| it.is_ascii_lowercase())
        && text.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
}

/// Every field of a kind with its path, the columns of its tables among them.
fn walk(def: &'static KindDef) -> Vec<(String, &'static FieldDef)> {
    let mut all = Vec::new();
    for field in def.fields {
        all.push((format!("{}.{}", def.id, field.name), field));
        if let FieldType::Rows(row) = field.ty {
            let columns = row.fields.iter();
            all.extend(columns.map(|it| (format!("{}.{}.{}", def.id, field.name, it.name), it)));
        }
    }
    all
}

fn assert_unique(what: &str, names: impl Iterator<Item = String>) {
    let mut seen = HashSet::new();
    for name in names {
        assert!(seen.insert(name.clone()), "{what} `{name}` is there twice");
    }
}

#[test]
fn kinds_stand_in_the_order_of_menus() {
    let expected = "organization unit site issue interested_party requirement obligation scope \
        determination opportunity role person asset supplier risk_method risk assessment_round \
        control action objective document evidence event_report gap_assessment gap_answer \
        membership comment approval ledger_event";
    let ids: Vec<&str> = KINDS.iter().map(|it| it.id).collect();
    assert_eq!(ids, expected.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn kinds_are_told_apart_by_every_name() {
    assert_unique("id", KINDS.iter().map(|it| it.id.to_owned()));
    assert_unique("prefix", KINDS.iter().map(|it| it.prefix.to_owned()));
    assert_unique("label", KINDS.iter().map(|it| normal(it.label)));
    assert_unique("plural", KINDS.iter().map(|it| normal(it.plural)));
    let mut owners: HashMap<String, &str> = HashMap::new();
    for def in KINDS {
        assert!(is_name(def.id), "{}", def.id);
        assert!(def.prefix.chars().all(|it| it.is_ascii_uppercase()), "{}", def.prefix);
        assert!(def.body_version >= 1, "{}", def.id);
        assert!(catalog::reference(def.clause).is_some(), "{}: clause `{}`", def.id, def.clause);
        for name in [def.id, def.prefix, def.plural] {
            assert_eq!(kinds::kind(name).map(|it| it.id), Some(def.id), "{name}");
            assert_eq!(kinds::kind(&name.to_lowercase()).map(|it| it.id), Some(def.id), "{name}");
        }
        for name in [def.id, def.label, def.plural].iter().chain(def.also) {
            let other = owners.insert(normal(name), def.id);
            assert!(other.is_none_or(|it| it == def.id), "`{name}`: {} and {other:?}", def.id);
        }
    }
    assert!(kinds::kind("unheard of").is_none());
}

#[test]
fn fields_begin_with_the_title_and_have_names_of_their_own() {
    for def in KINDS {
        let title = &def.fields[0];
        assert_eq!(title.name, "title", "{}", def.id);
        assert!(matches!(title.ty, FieldType::Text), "{}", def.id);
        assert_eq!(title.need, meta::Need::Create, "{}", def.id);
        assert!(title.list, "{}", def.id);
        assert_unique(def.id, def.fields.iter().map(|it| it.name.to_owned()));
        let listed = def.fields.iter().filter(|it| it.list).count();
        assert!((1..=16).contains(&listed), "{} lists {listed} columns", def.id);
        for (path, field) in walk(def) {
            assert!(is_name(field.name), "{path}");
            assert!(!field.label.is_empty(), "{path}");
        }
    }
}

#[test]
fn a_header_names_one_field_only() {
    for def in KINDS {
        one_each(def.id, def.fields);
        for field in def.fields {
            if let FieldType::Rows(row) = field.ty {
                assert_unique(field.name, row.fields.iter().map(|it| it.name.to_owned()));
                one_each(&format!("{}.{}", def.id, field.name), row.fields);
            }
        }
    }

    fn one_each(of: &str, fields: &'static [FieldDef]) {
        let mut owners: HashMap<String, &str> = HashMap::new();
        for field in fields {
            for name in [field.name, field.label].iter().chain(field.also) {
                assert!(!normal(name).is_empty(), "{of}.{}: `{name}`", field.name);
                let other = owners.insert(normal(name), field.name);
                let same = other.is_none_or(|it| it == field.name);
                assert!(same, "{of}: `{name}` names both {} and {other:?}", field.name);
            }
        }
    }
}

#[test]
fn choices_are_told_apart_by_every_word() {
    for def in KINDS {
        for (path, field) in walk(def) {
            let (FieldType::Choice(options) | FieldType::Choices(options)) = field.ty else {
                continue;
            };
            assert!(options.len() >= 2, "{path} leaves no choice");
            let mut owners: HashMap<String, &str> = HashMap::new();
            for option in options {
                assert!(is_name(option.id), "{path}.{}", option.id);
                for word in [option.id, option.label].iter().chain(option.also) {
                    // Signs such as `+` and `-` have no letters: they are compared as they are.
                    let key = Some(normal(word)).filter(|it| !it.is_empty());
                    let other = owners.insert(key.unwrap_or_else(|| (*word).into()), option.id);
                    let same = other.is_none_or(|it| it == option.id);
                    assert!(same, "{path}: `{word}` means both {} and {other:?}", option.id);
                }
            }
        }
    }
}

#[test]
fn help_is_a_sentence() {
    let check = |of: &str, help: &str| {
        let help = help.trim();
        let ends = help.ends_with(['.', '?']);
        assert!(ends, "{of}: help does not end as a sentence: `{help}`");
        let starts = help.starts_with(|it: char| it.is_uppercase() || it.is_ascii_digit());
        assert!(starts || help.starts_with('`'), "{of}: help starts in lower case: `{help}`");
        assert!(help.chars().count() >= 3, "{of}: `{help}`");
    };
    for def in KINDS {
        check(def.id, def.help);
        for stage in def.stages {
            check(&format!("{} {}", def.id, stage.id), stage.help);
        }
        for (path, field) in walk(def) {
            check(&path, field.help);
            if let FieldType::Choice(options) | FieldType::Choices(options) = field.ty {
                for option in options {
                    check(&format!("{path}.{}", option.id), option.help);
                }
            }
        }
    }
}

#[test]
fn stages_are_reachable_and_lead_somewhere() {
    for def in KINDS {
        let stages = def.stages;
        assert!(!stages.is_empty() && stages.len() < 256, "{}", def.id);
        assert_unique(def.id, stages.iter().map(|it| it.id.to_owned()));
        assert!(!stages[0].ended && !stages[0].edition, "{} begins at its end", def.id);
        for stage in stages {
            assert!(is_name(stage.id), "{} {}", def.id, stage.id);
            for next in stage.next {
                let next = def.stage(next).map(|it| &stages[usize::from(it)]);
                let next = next.unwrap_or_else(|| panic!("{}: no stage {:?}", def.id, stage.next));
                assert_ne!(next.id, stage.id, "{} moves to where it is", def.id);
                assert!(!next.edition, "{} {}: only publishing leads there", def.id, next.id);
            }
            // A stage that is neither an end nor leads on would hold its records for ever.
            let stuck = stage.next.is_empty() && !stage.ended && stages.len() > 1;
            assert!(!stuck, "{} {} is a dead end", def.id, stage.id);
        }
        let mut reached = vec![stages[0].id];
        reached.extend(stages.iter().filter(|it| it.edition).map(|it| it.id));
        let mut at = 0;
        while at < reached.len() {
            let stage = stages.iter().find(|it| it.id == reached[at]).unwrap();
            let fresh = stage.next.iter().filter(|it| !reached.contains(it));
            let fresh: Vec<&str> = fresh.copied().collect();
            reached.extend(fresh);
            at += 1;
        }
        for stage in stages {
            assert!(reached.contains(&stage.id), "{} {} is out of reach", def.id, stage.id);
        }
    }
}

#[test]
fn controlled_kinds_have_one_edition_stage_and_material_fields() {
    for def in KINDS {
        let editions = def.stages.iter().filter(|it| it.edition).count();
        assert_eq!(editions, usize::from(def.controlled), "{}", def.id);
        assert_eq!(def.edition_stage().is_some(), def.controlled, "{}", def.id);
        if def.controlled {
            assert!(def.fields.iter().any(|it| it.material), "{}", def.id);
        }
    }
    let controlled: Vec<&str> = KINDS.iter().filter(|it| it.controlled).map(|it| it.id).collect();
    assert_eq!(controlled, ["scope", "risk_method", "document"]);
    let sole: Vec<&str> = KINDS.iter().filter(|it| it.sole).map(|it| it.id).collect();
    assert_eq!(sole, ["organization"]);
}

#[test]
fn kinds_that_are_approved_have_material_fields() {
    for id in ["risk", "control", "action", "objective", "determination", "requirement", "role"] {
        let def = kinds::kind(id).unwrap();
        assert!(def.fields.iter().any(|it| it.material), "{id}");
    }
}

#[test]
fn links_point_to_kinds_there_are() {
    for def in KINDS {
        for (path, field) in walk(def) {
            for target in field.ty.targets().unwrap_or_default() {
                assert!(KINDS.iter().any(|it| it.id == *target), "{path} points to {target}");
            }
        }
    }
}

#[test]
fn tables_are_flat_and_need_a_column() {
    for def in KINDS {
        for field in def.fields {
            let FieldType::Rows(row) = field.ty else { continue };
            let path = format!("{}.{}", def.id, field.name);
            let needed = row.fields.iter().any(|it| it.need == meta::Need::Create);
            assert!(needed, "{path}: a row needs at least one column");
            for column in row.fields {
                let nested = matches!(column.ty, FieldType::Rows(_) | FieldType::Rating);
                assert!(!nested, "{path}.{} is not flat", column.name);
                assert!(!column.material, "{path}.{}: material is said of the table", column.name);
            }
        }
    }
}

#[test]
fn reviews_are_named_alike() {
    for def in KINDS {
        let Some((_, cadence)) = def.field("cadence") else { continue };
        assert!(matches!(cadence.ty, FieldType::Period), "{}", def.id);
        for name in ["last_reviewed", "next_review"] {
            let field = def.field(name).unwrap_or_else(|| panic!("{} lacks {name}", def.id)).1;
            assert!(matches!(field.ty, FieldType::Day), "{}.{name}", def.id);
            assert!(!field.material, "{}.{name}: a review would make approvals stale", def.id);
        }
        let on = def.field("review_on").unwrap_or_else(|| panic!("{} lacks review_on", def.id)).1;
        assert!(matches!(on.ty, FieldType::Words), "{}.review_on", def.id);
    }
}

#[test]
fn an_empty_body_is_read_and_written_back() {
    for def in KINDS {
        let record = (def.parse)(head(), r#"{"body":{"title":"x"}}"#).unwrap();
        assert_eq!(record.title(), "x", "{}", def.id);
        assert_eq!(record.def().id, def.id);
        for (at, field) in def.fields.iter().enumerate().skip(1) {
            assert!(record.body.cell(at).is_empty(), "{}.{} is not empty", def.id, field.name);
        }
        let json = record.body.json();
        let keys: HashSet<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        let fields: HashSet<&str> = def.fields.iter().map(|it| it.name).collect();
        assert_eq!(keys, fields, "{}: stored keys are the fields' names", def.id);
        let text = serde_json::json!({ "body": json }).to_string();
        assert_eq!((def.parse)(head(), &text).unwrap().body.json(), json, "{}", def.id);
    }
}

#[test]
fn a_full_body_is_read_and_written_back() {
    for def in KINDS {
        let mut body = serde_json::Map::new();
        for field in def.fields {
            body.insert(field.name.to_owned(), sample(field.ty));
        }
        let text = serde_json::json!({ "body": body }).to_string();
        let record = (def.parse)(head(), &text).unwrap_or_else(|it| panic!("{}: {it}", def.id));
        for (at, field) in def.fields.iter().enumerate() {
            assert!(!record.body.cell(at).is_empty(), "{}.{} is empty", def.id, field.name);
        }
        assert_eq!(record.body.json(), serde_json::Value::Object(body), "{}", def.id);
        // Judging must never panic, whatever stands in the fields.
        record.body.check();
    }
}

#[test]
fn rows_may_leave_out_what_is_not_needed() {
    for def in KINDS {
        for field in def.fields {
            let FieldType::Rows(row) = field.ty else { continue };
            let needed = row.fields.iter().filter(|it| it.need == meta::Need::Create);
            let cells: serde_json::Map<String, serde_json::Value> =
                needed.map(|it| (it.name.to_owned(), sample(it.ty))).collect();
            let text = serde_json::json!({ "body": { "title": "x", field.name: [cells] } });
            let parsed = (def.parse)(head(), &text.to_string());
            parsed.unwrap_or_else(|it| panic!("{}.{}: {it}", def.id, field.name)).body.check();
        }
    }
}

#[test]
fn unknown_keys_are_refused() {
    for def in KINDS {
        let text = r#"{"body":{"title":"x","unheard_of":1}}"#;
        assert!((def.parse)(head(), text).is_err(), "{}", def.id);
        for field in def.fields {
            let FieldType::Rows(row) = field.ty else { continue };
            let mut cells: serde_json::Map<String, serde_json::Value> =
                row.fields.iter().map(|it| (it.name.to_owned(), sample(it.ty))).collect();
            cells.insert("unheard_of".into(), 1.into());
            let text = serde_json::json!({ "body": { "title": "x", field.name: [cells] } });
            let parsed = (def.parse)(head(), &text.to_string());
            assert!(parsed.is_err(), "{}.{}", def.id, field.name);
        }
    }
}

/// Something that a field of this type may hold.
fn sample(ty: FieldType) -> serde_json::Value {
    use serde_json::{Value, json};
    let id = "00000000-0000-0000-0000-000000000002";
    match ty {
        FieldType::Text | FieldType::Markdown => json!("x"),
        FieldType::Bool => json!(true),
        FieldType::Integer => json!(1),
        FieldType::Decimal => json!("1.5"),
        FieldType::Day => json!("2026-11-22"),
        FieldType::Instant => json!("2026-11-22T10:00:00Z"),
        FieldType::Period => json!("P3M"),
        FieldType::Choice(options) => json!(options[0].id),
        FieldType::Choices(options) => options.iter().map(|it| Value::from(it.id)).collect(),
        FieldType::Words => json!(["x", "y"]),
        FieldType::Link(_) => json!(id),
        FieldType::Links(_) => json!([id]),
        FieldType::File => {
            json!({"name": "a.txt", "sha256": "0".repeat(64), "size": 1, "media": "text/plain"})
        }
        FieldType::Rating => {
            let rating = Rating { likelihood: Some(1), ..Rating::default() };
            serde_json::to_value(rating).expect("a rating has text keys")
        }
        FieldType::Rows(row) => {
            let cells = row.fields.iter().map(|it| (it.name.to_owned(), sample(it.ty)));
            json!([cells.collect::<serde_json::Map<_, _>>()])
        }
    }
}
