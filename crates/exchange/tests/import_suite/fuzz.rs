//! Random tables: no panic, sums that add up, commands that are taken, and nothing twice.

use exchange::import::Options;
use proptest::prelude::*;

use crate::world::{World, book};

fn header() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "ID",
        "Nr.",
        "Title",
        "Asset Name",
        "Risk Title",
        "Owner",
        "Status",
        "Likelihood (1-5)",
        "Impact Financial",
        "Residual Likelihood",
        "Inherent Score",
        "Due Date",
        "Control ID",
        "Applicable",
        "Justification",
        "Supplier",
        "Service",
        "Contract Start",
        "Contract End",
        "Certifications",
        "Role",
        "Required Competence",
        "Objective",
        "Linked Risk",
        "Doc ID",
        "Type",
        "Version",
        "Need",
        "Stakeholder",
        "Regulation",
        "Requirement",
        "Review Date",
        "Action",
        "Risk ID",
        "Annex A Control",
        "Budget (EUR)",
        "E-Mail",
        "Reports to",
        "Parent",
        "Name",
        "Maßnahme",
        "Propriétaire",
        "Description",
        "Instrument",
        "Class",
    ]);
    prop_oneof![8 => known.prop_map(str::to_owned), 1 => "[ -~äß\\n]{0,12}", 1 => Just(String::new())]
}

fn cell() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "",
        "",
        "R-1",
        "R-2",
        "A.5.1",
        "A 5.17 A 8.5",
        "5.99",
        "A.9.2.1",
        "Yes",
        "No",
        "N/A",
        "High",
        "3",
        "5",
        "2.5",
        "9",
        "likely (4)",
        "2026-01-15",
        "15.01.2026",
        "Recurring",
        "Open",
        "Closed",
        "Implemented",
        "Mitigate",
        "Accept, transfer",
        "CISO",
        "HR + CISO",
        "a@example.com",
        "Policy",
        "Access Policy",
        "Quarterly",
        "8000",
        "Total",
        "Anna Weber",
        "ISO 6.2 + R-1",
        "=1+1",
        "-5",
        "Done",
        "Active",
    ]);
    prop_oneof![9 => known.prop_map(str::to_owned), 1 => "[ -~äß\\n\\u{0}]{0,20}"]
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    (1_usize..9).prop_flat_map(|width| {
        let header = prop::collection::vec(header(), width);
        let rows = prop::collection::vec(prop::collection::vec(cell(), 0..width + 2), 0..9);
        (header, rows).prop_map(|(header, mut rows)| {
            rows.insert(0, header);
            rows
        })
    })
}

fn borrowed(table: &[Vec<String>]) -> Vec<Vec<&str>> {
    table.iter().map(|row| row.iter().map(String::as_str).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_table_is_planned_taken_and_not_taken_twice(
        table in table(),
        other in table(),
        kind in prop::option::of(0..kinds::KINDS.len() - 4),
    ) {
        let (one, two) = (borrowed(&table), borrowed(&other));
        let (one, two) = (book("One", &one), book("Two", &two));
        let options = Options { kind: kind.map(|it| kinds::KINDS[it]), ..Options::default() };
        let mut world = World::seeded();
        world.import(&[("one", &one), ("two", &two)], &options);
        let again = world.import(&[("one", &one), ("two", &two)], &options);
        prop_assert!(again.command.steps.is_empty(), "{:#?}", again.command.steps);
        // What a file holds may be changed at will.
        world.import(&[("two", &one), ("one", &two)], &options);
    }
}
