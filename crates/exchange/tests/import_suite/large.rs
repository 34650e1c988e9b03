//! Sheets so large that rows are read on several cores: the plan is as if there were one.

use exchange::import::{Options, Outcome};

use crate::world::{World, csv};

const ROWS: usize = 6_000;

/// Who owns the asset of a row: names come up for the first time early, late and side by side.
fn owner(row: usize) -> String {
    match row {
        700 | 701 | 3_000 | 5_998 => format!("Keeper {row}"),
        702..=1_000 => "Keeper 701".to_owned(),
        it => format!("Head of unit {}", it % 3),
    }
}

fn sheet(edited: Option<usize>) -> String {
    let mut text = String::from("Asset ID,Asset Name,Asset Owner,Cost centre\n");
    for row in 1..=ROWS {
        let owner = match edited {
            Some(it) if it == row => "Somebody new".to_owned(),
            _ => owner(row),
        };
        text += &format!("A-{row},Machine {row},{owner},{}\n", row % 7);
    }
    text
}

#[test]
fn stubs_are_made_where_they_are_named_first() {
    let mut world = World::seeded();
    let plan = world.import_csv("assets.csv", &sheet(None));
    let sheet = &plan.sheets[0];
    let stubs: Vec<(&str, u32)> = sheet.stubs.iter().map(|it| (&*it.title, it.line)).collect();
    let first = [("Head of unit 1", 2), ("Head of unit 2", 3), ("Head of unit 0", 4)];
    let late = [("Keeper 700", 701), ("Keeper 701", 702), ("Keeper 3000", 3_001)];
    assert_eq!(stubs, [&first[..], &late, &[("Keeper 5998", 5_999)]].concat());
    assert!(sheet.stubs.is_sorted_by_key(|it| it.record));
    assert_eq!((sheet.summary.made, sheet.rows.len()), (ROWS, ROWS));
    for row in [1, 699, 700, 702, 999, 1_001, 2_999, 3_000, 3_001, ROWS - 2, ROWS] {
        let asset = world.external("asset", &format!("A-{row}"));
        assert_eq!(asset.title(), format!("Machine {row}"));
        assert_eq!(world.linked(asset, "owner"), [owner(row)], "{row}");
        let extras = asset.head.extras.as_ref().unwrap();
        assert_eq!(extras.columns.get("Cost centre"), Some(&*(row % 7).to_string()));
    }
}

#[test]
fn an_edited_copy_changes_its_row_only() {
    let mut world = World::seeded();
    world.import_csv("assets.csv", &sheet(None));
    let same = csv("assets.csv", &sheet(None));
    assert!(world.plan(&[("assets.csv", &same)], &Options::default()).command.steps.is_empty());
    let plan = world.import_csv("assets.csv", &sheet(Some(4_321)));
    let rows = plan.sheets[0].rows.iter().filter(|it| it.outcome != Outcome::Unchanged);
    let changed: Vec<(u32, &Outcome)> = rows.map(|it| (it.line, &it.outcome)).collect();
    assert_eq!(changed, [(4_322, &Outcome::Updated(vec!["owner".to_owned()]))]);
    assert_eq!(plan.sheets[0].stubs.len(), 1);
    let asset = world.external("asset", "A-4321");
    assert_eq!(world.linked(asset, "owner"), ["Somebody new"]);
}

#[test]
fn rows_that_fail_are_named_by_their_lines() {
    let mut world = World::seeded();
    let mut lines: Vec<String> = sheet(None).lines().map(str::to_owned).collect();
    lines[4_000] = "A-4000,,Head of unit 1,1".to_owned();
    lines[5_000] = "A-17,Machine 5000,Head of unit 1,1".to_owned();
    let plan = world.import_csv("assets.csv", &lines.join("\n"));
    let sheet = &plan.sheets[0];
    let rejected = sheet.rows.iter().filter(|it| matches!(it.outcome, Outcome::Rejected(_)));
    assert_eq!(rejected.map(|it| it.line).collect::<Vec<_>>(), [4_001, 5_001]);
    assert_eq!((sheet.summary.made, sheet.summary.rejected), (ROWS - 2, 2));
}
