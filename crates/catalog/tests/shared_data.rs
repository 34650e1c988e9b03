//! The catalog agrees with the tables it was made from, where they are at hand.

use std::fs;

use catalog::{
    Capability, ClauseLevel, Concept, ControlType, Domain, Property, Theme, clauses, controls,
    controls_2013,
};

#[test]
fn clauses_agree() {
    let Some(rows) = table("clauses.tsv") else { return };
    assert_eq!(rows.len(), clauses().len());
    for (row, clause) in rows.iter().zip(clauses()) {
        let level = match clause.level {
            ClauseLevel::Heading => "heading",
            ClauseLevel::Requirement => "requirement",
        };
        assert_eq!(row[..3], [clause.id, clause.title, level]);
        assert!(!row[3].contains("Amd 1") || clause.note.is_some(), "{}", clause.id);
    }
}

#[test]
fn annex_a_agrees() {
    let Some(rows) = table("annex-a.tsv") else { return };
    assert_eq!(rows.len(), controls().len());
    for (row, control) in rows.iter().zip(controls()) {
        let new = if control.new_in_2022 { "yes" } else { "no" };
        assert_eq!(
            row[..10],
            [
                control.id.into(),
                control.title.into(),
                control.theme.name().into(),
                listed(control.types, ControlType::name),
                listed(control.properties, Property::name),
                listed(control.concepts, Concept::name),
                listed(control.capabilities, Capability::name),
                listed(control.domains, Domain::name)
                    .replace("Governance_and_ecosystem", "Governance_and_Ecosystem")
                    .replace("Defense", "Defence"),
                String::from(new),
                control.was.join(","),
            ]
        );
    }
    assert_eq!(Theme::ALL.len(), 4);
    assert_eq!(Capability::ALL.len(), 15);
}

#[test]
fn controls_of_2013_agree() {
    let Some(rows) = table("annex-a-2013.tsv") else { return };
    assert_eq!(rows.len(), controls_2013().len());
    for (row, old) in rows.iter().zip(controls_2013()) {
        assert_eq!(row[..4], [old.id, old.title, old.domain, old.objective]);
        assert_eq!(row[4], old.successors.join(","));
    }
}

/// The rows of a table without its header, or none where the folder is absent.
fn table(name: &str) -> Option<Vec<Vec<String>>> {
    let path = format!("{}/../../../shared/data/{name}", env!("CARGO_MANIFEST_DIR"));
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: {name} is not at hand");
        return None;
    };
    let rows = text.lines().skip(1);
    Some(rows.map(|row| row.split('\t').map(String::from).collect()).collect())
}

fn listed<T: Copy>(values: &[T], name: fn(T) -> &'static str) -> String {
    values.iter().map(|&value| name(value).replace(' ', "_")).collect::<Vec<_>>().join(",")
}
