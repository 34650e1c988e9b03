//! The catalog is whole, its ids are unique, and its parts agree with one another.

use std::collections::{BTreeMap, BTreeSet};

use catalog::{
    ClauseLevel, Control, Theme, clause, clauses, control, control_2013, controls, controls_2013,
    documented_information, normalize, predecessors, reference, requirement, requirements,
    successors,
};

/// Lettered items of clauses 4 to 10 that require something, and clauses without letters.
const REQUIREMENTS: usize = 147;

#[test]
fn annex_a_has_its_93_controls() {
    let count = |theme| controls().iter().filter(|control| control.theme == theme).count();
    assert_eq!(Theme::ALL.iter().map(|&theme| count(theme)).collect::<Vec<_>>(), [37, 8, 14, 34]);
    assert_eq!(controls().len(), 93);
    assert_eq!(controls().iter().filter(|control| control.new_in_2022).count(), 11);
    let documented = controls().iter().filter(|control| control.documented);
    assert_eq!(
        documented.map(|control| control.id).collect::<Vec<_>>(),
        ["A.5.10", "A.5.26", "A.5.31", "A.5.37", "A.6.6", "A.8.9", "A.8.27"]
    );
}

#[test]
fn annex_a_is_in_order_and_numbered_by_theme() {
    let section = |theme| match theme {
        Theme::Organizational => 5,
        Theme::People => 6,
        Theme::Physical => 7,
        Theme::Technological => 8,
    };
    let mut last = BTreeMap::new();
    for control in controls() {
        let number = last.entry(section(control.theme)).and_modify(|n| *n += 1).or_insert(1);
        assert_eq!(control.id, format!("A.{}.{number}", section(control.theme)));
    }
    assert!(controls().is_sorted_by_key(|control| control.theme));
}

#[test]
fn every_control_has_attributes_named_once() {
    fn distinct<T: Ord>(control: &Control, values: &[T]) {
        assert!(!values.is_empty(), "{}", control.id);
        assert_eq!(values.iter().collect::<BTreeSet<_>>().len(), values.len(), "{}", control.id);
    }
    for control in controls() {
        distinct(control, control.types);
        distinct(control, control.properties);
        distinct(control, control.concepts);
        distinct(control, control.capabilities);
        distinct(control, control.domains);
    }
}

#[test]
fn clauses_and_requirements_are_counted() {
    assert_eq!(clauses().len(), 41);
    assert_eq!(requirements().len(), REQUIREMENTS);
    let by_clause = |id| clause(id).expect("a clause").requirements().count();
    assert_eq!(["4", "5", "6", "7", "8", "9", "10"].map(by_clause), [11, 19, 42, 24, 8, 31, 12]);
    assert_eq!(by_clause("9.3.2"), 10);
}

#[test]
fn every_clause_that_requires_something_says_what() {
    for clause in clauses() {
        let own = requirements().iter().filter(|requirement| requirement.clause == clause.id);
        assert_eq!(own.count() > 0, clause.level == ClauseLevel::Requirement, "{}", clause.id);
    }
    let mut order = clauses().iter();
    for requirement in requirements() {
        assert!(requirement.id.starts_with(requirement.clause), "{}", requirement.id);
        let mut ahead = order.clone();
        if ahead.any(|clause| clause.id == requirement.clause) {
            order = ahead;
        } else {
            let before = clauses().len() - order.len();
            assert_eq!(clauses()[before - 1].id, requirement.clause, "{}", requirement.id);
        }
    }
}

#[test]
fn no_two_entries_share_an_id() {
    let mut seen = BTreeSet::new();
    let ids = requirements().iter().map(|requirement| requirement.id);
    let ids = ids.chain(controls().iter().map(|control| control.id));
    for id in ids.chain(controls_2013().iter().map(|control| control.id)) {
        assert!(seen.insert(id), "`{id}` stands twice");
    }
    assert_eq!(seen.len(), REQUIREMENTS + 93 + 114);
    let clauses: BTreeSet<_> = clauses().iter().map(|clause| clause.id).collect();
    assert_eq!(clauses.len(), 41);
}

#[test]
fn every_text_is_a_sentence_of_its_own() {
    let of_requirements = requirements().iter().map(|r| (r.id, [r.asks, r.looked_at, r.evidence]));
    let of_controls = controls().iter().map(|c| (c.id, [c.asks, c.looked_at, c.evidence]));
    let mut seen = BTreeMap::new();
    for (id, texts) in of_requirements.chain(of_controls) {
        for text in texts {
            assert!(text.len() > 30, "{id}: `{text}` is too short to help anybody");
            assert!(text.ends_with('.'), "{id}: `{text}` does not end with a full stop");
            assert_eq!(text, text.trim(), "{id}");
            assert!(!text.contains("  ") && !text.contains('\n'), "{id}: `{text}`");
            assert!(text.starts_with(|c: char| c.is_uppercase() || c == '“'), "{id}: `{text}`");
            if let Some(other) = seen.insert(text, id) {
                panic!("{id} and {other} share `{text}`");
            }
        }
    }
    assert_eq!(seen.len(), 3 * (REQUIREMENTS + 93));
}

#[test]
fn titles_of_a_clause_differ() {
    let titles: BTreeSet<_> = requirements().iter().map(|r| (r.clause, r.title)).collect();
    assert_eq!(titles.len(), REQUIREMENTS);
    assert!(requirements().iter().all(|r| !r.title.is_empty() && !r.title.ends_with('.')));
}

#[test]
fn the_mapping_of_2013_resolves_both_ways() {
    assert_eq!(controls_2013().len(), 114);
    for old in controls_2013() {
        assert!(!old.successors.is_empty(), "{} has vanished", old.id);
        for id in old.successors {
            assert!(predecessors(id).contains(&old.id), "{id} does not name {}", old.id);
        }
    }
    for new in controls() {
        assert_eq!(new.was.is_empty(), new.new_in_2022, "{}", new.id);
        for id in new.was {
            assert!(successors(id).contains(&new.id), "{id} does not name {}", new.id);
        }
    }
    assert_eq!(successors("A.18.2.3"), ["A.5.36", "A.8.8"]);
    assert_eq!(successors("A.99.1.1"), [""; 0]);
}

#[test]
fn documented_information_and_requirements_name_each_other() {
    let rows = documented_information();
    assert_eq!(rows.iter().map(|row| row.row).collect::<Vec<_>>(), (1..=19).collect::<Vec<_>>());
    let named: BTreeSet<_> = rows.iter().flat_map(|row| row.requirements).copied().collect();
    let marked = requirements().iter().filter(|requirement| requirement.documented.is_some());
    assert_eq!(named, marked.map(|requirement| requirement.id).collect());
    assert_eq!(rows[5].reference(), "6.1.3 e), 6.1.3 f)");
}

#[test]
fn a_control_is_found_however_it_is_written() {
    for control in controls() {
        assert_eq!(catalog::control(control.id), Some(control));
        let cell = format!("{} {}", control.id, control.title);
        assert_eq!(normalize(&cell), Some(control));
    }
    for written in [
        "A.5.1",
        "5.1",
        "A 5.1",
        "A5.1",
        "a.5.1",
        "A.05.01",
        " A.5.1 ",
        "Annex A 5.1",
        "annex A.5.1",
    ] {
        assert_eq!(control(written).map(|control| control.id), Some("A.5.1"), "`{written}`");
    }
    for cell in [
        "ISO/IEC 27001:2022 A.5.1",
        "27001:2022 A.5.1",
        "ISO 27002 - 5.1",
        "DIN EN ISO/IEC 27001:2022, Annex A 5.1",
        "5.1 – Policies",
        "A.5.1: Policies",
        "A.5.1 (policies)",
        "A.5.1.",
        "A.5.1 - Rules",
    ] {
        assert_eq!(normalize(cell).map(|control| control.id), Some("A.5.1"), "`{cell}`");
    }
}

#[test]
fn what_is_no_control_is_not_found() {
    for written in [
        "", "A", "A.", "A.5", "A.5.0", "A.5.38", "A.4.1", "A.5.1.1", "5.1.1", "B.5.1", "A.5.1 x",
        "A.5.1a", "-5.1", "A.5.1000", "policies",
    ] {
        assert_eq!(control(written), None, "`{written}`");
    }
    for cell in [
        "A.5.1, A.5.2",
        "A.5.1 - A.5.3",
        "A.5.1-5.3",
        "A.5.1.1 Policies",
        "A.5.1b Rules",
        "5.1 %",
        "ISO/IEC 27001:2013 A.5.1",
        "27001:2013 A.5.1.1",
        "270015.1",
        "27001",
    ] {
        assert_eq!(normalize(cell), None, "`{cell}`");
    }
}

#[test]
fn a_requirement_is_found_as_it_is_quoted() {
    for requirement in requirements() {
        assert_eq!(catalog::requirement(requirement.id), Some(requirement));
        assert_eq!(reference(requirement.id), Some(requirement.reference()));
    }
    for (written, id) in [
        ("6.1.3 d)", "6.1.3.d"),
        ("6.1.3d", "6.1.3.d"),
        ("6.1.3 (D)", "6.1.3.d"),
        ("9.3.2 d) 1)", "9.3.2.d.1"),
        ("9.3.2.d1", "9.3.2.d.1"),
        ("10.1", "10.1"),
    ] {
        assert_eq!(requirement(written).map(|found| found.id), Some(id), "`{written}`");
    }
    for written in ["", "4.2", "6.1.3.z", "A.5.1", "11.1", "("] {
        assert_eq!(requirement(written), None, "`{written}`");
    }
}

#[test]
fn references_read_as_in_print() {
    for (id, quoted) in [
        ("6.1.3.d", "6.1.3 d)"),
        ("9.3.2.d.1", "9.3.2 d) 1)"),
        ("4.4", "4.4"),
        ("4.2", "4.2"),
        ("6.1.2.di", "6.1.2 (documented information)"),
        ("4.1.climate", "4.1 (climate change)"),
        ("A.5.1", "A.5.1"),
    ] {
        assert_eq!(reference(id).as_deref(), Some(quoted));
    }
    assert_eq!(reference("12.7"), None);
    let quoted: BTreeSet<_> = requirements().iter().map(|found| found.reference()).collect();
    assert_eq!(quoted.len(), REQUIREMENTS);
}

#[test]
fn a_control_of_2013_is_found_with_or_without_the_letter() {
    for written in ["A.5.1.1", "5.1.1", "A5.1.1", "a 5.1.1"] {
        assert_eq!(control_2013(written).map(|control| control.id), Some("A.5.1.1"), "`{written}`");
    }
    assert_eq!(control_2013("A.5.1"), None);
}
