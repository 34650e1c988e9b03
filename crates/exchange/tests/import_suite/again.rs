//! Importing again: the same file, edited copies, and files beside what people did meanwhile.

use domain::{Command, Step};
use exchange::{
    Workbook,
    import::{OnConflict, Options, Outcome, Plan, Remark},
};
use serde_json::json;

use crate::{
    kit,
    world::{World, csv},
};

const RISKS: &str = "\
ID,Risk Title,Description,Owner,Likelihood (1-5),Impact (1-5),Threat,Remark
R-1,Ransomware,Files are encrypted,CISO,4,5,Ransomware,first
R-2,Phishing,Somebody clicks,HR Lead,3,3,Phishing,second
";

fn outcomes(plan: &Plan) -> Vec<Outcome> {
    plan.sheets.iter().flat_map(|it| &it.rows).map(|it| it.outcome.clone()).collect()
}

fn updated(fields: &[&str]) -> Outcome {
    Outcome::Updated(fields.iter().map(|it| (*it).to_owned()).collect())
}

fn rank(world: &World, number: &str, part: &str) -> serde_json::Value {
    world.body(world.external("risk", number))["current"][part].clone()
}

#[test]
fn the_kit_imported_twice_changes_nothing() {
    let files = kit::files();
    let books: Vec<(&str, &Workbook)> = files.iter().map(|(a, b)| (a.as_str(), b)).collect();
    let mut world = World::seeded();
    world.import(&books, &Options::default());
    let before = world.texts();
    let again = world.import(&books, &Options::default());
    assert!(again.command.steps.is_empty(), "{:#?}", again.command.steps);
    assert!(again.method.is_none());
    for sheet in again.sheets.iter().filter(|it| it.kind.is_some()) {
        assert_eq!(sheet.summary.unchanged, sheet.summary.read, "{}", sheet.sheet);
        assert!(sheet.stubs.is_empty());
    }
    // One file at a time is the same, in any order.
    for (name, book) in books.iter().rev() {
        let again = world.import(&[(name, book)], &Options::default());
        assert!(again.command.steps.is_empty(), "{name}");
    }
    assert_eq!(world.texts(), before);
}

#[test]
fn the_same_file_changes_nothing_whatever_people_did() {
    let mut world = World::seeded();
    world.import_csv("risks.csv", RISKS);
    let (first, second) =
        (world.external("risk", "R-1").head.id, world.external("risk", "R-2").head.id);
    let role = world.titled("role", "CISO").head.id;
    world.edit(first, json!({"title": "Encryption of our files", "threat": null}));
    world.edit(role, json!({"title": "Information security officer"}));
    world.commit(Command::one(Step::Withdraw { record: second, version: None })).unwrap();
    let before = world.texts();
    let again = world.import_csv("risks.csv", RISKS);
    assert_eq!(outcomes(&again), [Outcome::Unchanged, Outcome::Unchanged]);
    assert!(again.sheets[0].remarks.iter().any(|it| it.text.contains("withdrawn")));
    assert_eq!(world.texts(), before);
}

#[test]
fn withdrawn_rows_are_made_anew_when_asked() {
    let mut world = World::seeded();
    world.import_csv("risks.csv", RISKS);
    let id = world.external("risk", "R-2").head.id;
    world.commit(Command::one(Step::Withdraw { record: id, version: None })).unwrap();
    let book = csv("risks.csv", RISKS);
    let options = Options { again: true, ..Options::default() };
    let again = world.import(&[("risks.csv", &book)], &options);
    assert_eq!(outcomes(&again), [Outcome::Unchanged, Outcome::Made]);
}

#[test]
fn an_import_that_was_undone_can_come_in_again() {
    let mut world = World::seeded();
    world.import_csv("risks.csv", RISKS);
    let made = |it: &&meta::Record| ["risk", "role"].contains(&it.def().id);
    let undo = world.isms.records().filter(made).map(|it| Step::Revert {
        record: it.head.id,
        version: None,
        to: None,
    });
    let undo: Vec<Step> = undo.collect();
    assert_eq!(undo.len(), 4);
    world.commit(Command { note: None, steps: undo }).unwrap();
    let again = world.import_csv("risks.csv", RISKS);
    assert_eq!(outcomes(&again), [Outcome::Made, Outcome::Made]);
    let second = world.import_csv("risks.csv", RISKS);
    assert_eq!(outcomes(&second), [Outcome::Unchanged, Outcome::Unchanged]);
}

#[test]
fn an_edited_copy_changes_only_its_edited_cells() {
    let mut world = World::seeded();
    world.import_csv("risks.csv", RISKS);
    let id = world.external("risk", "R-1").head.id;
    world.edit(id, json!({"threat": "Extortion"}));
    let copy = RISKS
        .replace("Files are encrypted", "All files are encrypted")
        .replace("CISO,4,5", "CISO,5,5")
        .replace("second", "changed");
    let plan = world.import_csv("copy.csv", &copy);
    assert_eq!(outcomes(&plan), [updated(&["current", "scenario"]), updated(&["Remark"])]);
    assert!(plan.sheets[0].conflicts.is_empty());
    let body = world.body(world.external("risk", "R-1"));
    assert_eq!(body["scenario"], "All files are encrypted");
    assert_eq!(body["threat"], "Extortion");
    assert_eq!(rank(&world, "R-1", "likelihood"), 5);
    let extras = world.external("risk", "R-2").head.extras.clone().unwrap();
    assert_eq!(extras.columns.get("Remark"), Some("changed"));
    assert!(world.import_csv("copy.csv", &copy).command.steps.is_empty());
}

#[test]
fn a_cell_that_cannot_be_read_empties_nothing() {
    let mut world = World::seeded();
    let risks =
        format!("{RISKS}R-3,Fire,It burns,CISO,1,5,Fire,\nR-4,Theft,Gone,CISO,2,2,Theft,\n");
    world.import_csv("risks.csv", &risks);
    let before = world.texts();
    let copy = risks.replace("CISO,4,5", "CISO,plenty,5").replace("HR Lead,3,3", "HR Lead,3,17");
    for _ in 0..2 {
        let plan = world.import_csv("copy.csv", &copy);
        assert_eq!(outcomes(&plan), vec![Outcome::Unchanged; 4]);
        assert_eq!(world.texts(), before);
        let told: Vec<(Option<u32>, &str)> =
            plan.sheets[0].remarks.iter().map(|it| (it.line, it.cell.as_str())).collect();
        assert_eq!(told, [(Some(2), "plenty"), (Some(3), "17")]);
        assert!(plan.sheets[0].remarks.iter().all(|it| it.text.contains("keeps what it says")));
    }
    // Other cells of the row are taken, and so is this one as soon as it can be read.
    let copy = risks.replace("CISO,4,5,Ransomware", "CISO,plenty,4,Malware");
    assert_eq!(outcomes(&world.import_csv("copy.csv", &copy))[0], updated(&["current", "threat"]));
    assert_eq!(rank(&world, "R-1", "likelihood"), 4);
    let mended = copy.replace("plenty", "2");
    assert_eq!(outcomes(&world.import_csv("copy.csv", &mended))[0], updated(&["current"]));
    assert_eq!(rank(&world, "R-1", "likelihood"), 2);
    // An emptied cell empties the field.
    let emptied = mended.replace("CISO,2,4", "CISO,,");
    assert_eq!(outcomes(&world.import_csv("copy.csv", &emptied))[0], updated(&["current"]));
    assert!(world.body(world.external("risk", "R-1"))["current"].is_null());
}

#[test]
fn a_cell_changed_on_both_sides_is_a_conflict() {
    let mut world = World::seeded();
    world.import_csv("risks.csv", RISKS);
    let id = world.external("risk", "R-1").head.id;
    world.edit(id, json!({"threat": "Extortion"}));
    let copy = RISKS.replace("CISO,4,5,Ransomware", "CTO,4,5,Malware");
    let book = csv("copy.csv", &copy);
    let plan = world.import(&[("copy.csv", &book)], &Options::default());
    let [conflict] = &plan.sheets[0].conflicts[..] else {
        panic!("{:?}", plan.sheets[0].conflicts)
    };
    assert_eq!(
        (conflict.line, conflict.field.as_str(), conflict.was.as_str()),
        (2, "threat", "Ransomware")
    );
    assert_eq!((conflict.now.as_str(), conflict.ours.as_str()), ("Malware", "Extortion"));
    assert_eq!(outcomes(&plan)[0], updated(&["owner"]));
    assert_eq!(world.body(world.external("risk", "R-1"))["threat"], "Extortion");
    // It is reported until one side gives in, and changes nothing meanwhile.
    let again = world.import(&[("copy.csv", &book)], &Options::default());
    assert_eq!(again.sheets[0].conflicts.len(), 1);
    assert!(again.command.steps.is_empty());
    let options = Options { on_conflict: OnConflict::TakeSheet, ..Options::default() };
    let taken = world.import(&[("copy.csv", &book)], &options);
    assert_eq!(outcomes(&taken)[0], updated(&["threat"]));
    assert_eq!(world.body(world.external("risk", "R-1"))["threat"], "Malware");
    let after = world.import(&[("copy.csv", &book)], &Options::default());
    assert!(after.sheets[0].conflicts.is_empty() && after.command.steps.is_empty());
}

#[test]
fn parts_of_a_rating_are_merged_one_by_one() {
    let mut world = World::seeded();
    world.import_csv("risks.csv", RISKS);
    let id = world.external("risk", "R-1").head.id;
    let mut rating = world.body(world.external("risk", "R-1"))["current"].clone();
    rating["rationale"] = "It happened to a neighbor".into();
    world.edit(id, json!({"current": rating}));
    let plan = world.import_csv("copy.csv", &RISKS.replace("CISO,4,5", "CISO,3,5"));
    assert!(plan.sheets[0].conflicts.is_empty());
    assert_eq!(rank(&world, "R-1", "likelihood"), 3);
    assert_eq!(rank(&world, "R-1", "rationale"), "It happened to a neighbor");
}

#[test]
fn rows_without_a_number_are_known_by_their_cells() {
    let mut world = World::seeded();
    let text = "Supplier,Country,Criticality\nAcme,DE,High\nAcme,DE,High\nBetona,FR,Low\n";
    let plan = world.import_csv("suppliers.csv", text);
    assert_eq!(outcomes(&plan), [Outcome::Made, Outcome::Made, Outcome::Made]);
    assert!(world.import_csv("suppliers.csv", text).command.steps.is_empty());
    // Columns may change places, and a row may be edited.
    let moved = "Country,Supplier,Criticality\nFR,Betona,High\nDE,Acme,High\nDE,Acme,High\n";
    let plan = world.import_csv("suppliers.csv", moved);
    let expected = [updated(&["criticality"]), Outcome::Unchanged, Outcome::Unchanged];
    assert_eq!(outcomes(&plan), expected);
    assert!(world.import_csv("suppliers.csv", moved).command.steps.is_empty());
    assert_eq!(world.isms.count("supplier"), 3);
}

#[test]
fn a_register_fills_the_stubs_that_others_made() {
    let mut world = World::seeded();
    world.import_csv("risks.csv", "ID,Risk Title,Asset,Owner\nR-1,Fire,Archive,Clerk\n");
    let stub = world.titled("asset", "Archive").head.id;
    assert_eq!(world.isms.get(stub).unwrap().head.extras.as_ref().unwrap().stub, Some(true));
    let plan =
        world.import_csv("assets.csv", "ID,Asset Name,Type,Owner\nA-1,Archive,Paper,Clerk\n");
    assert_eq!(plan.sheets[0].rows[0].record, Some(stub));
    let record = world.external("asset", "A-1");
    assert_eq!((record.head.id, world.linked(record, "owner")), (stub, vec!["Clerk".to_owned()]));
    assert_eq!(record.head.extras.as_ref().unwrap().stub, None);
    assert_eq!(world.isms.count("asset"), 1);
}

#[test]
fn names_mean_the_same_in_whatever_order_the_files_come() {
    let assets = csv("assets.csv", "ID,Asset Name,Owner\nA-1,Archive,Ada Lind\nA-2,Mail,Bo Ek\n");
    let people = csv("people.csv", "Name,Manager\nCem Oz,Ada Lind\n");
    for turned in [false, true] {
        let mut files = vec![("assets.csv", &assets), ("people.csv", &people)];
        if turned {
            files.reverse();
        }
        let mut world = World::seeded();
        world.import(&files, &Options::default());
        assert_eq!(world.linked(world.titled("person", "Cem Oz"), "manager"), ["Ada Lind"]);
        assert!(!world.isms.rows("role").any(|it| it.title() == "Ada Lind"), "{turned}");
        let owner = world.external("asset", "A-1").cell("owner").ids().next();
        assert_eq!(owner, Some(world.titled("person", "Ada Lind").head.id));
        assert_eq!(world.linked(world.external("asset", "A-2"), "owner"), ["Bo Ek"]);
    }
}

#[test]
fn a_role_that_is_but_a_persons_name_becomes_part_of_the_person() {
    let mut world = World::seeded();
    let assets = "ID,Asset Name,Owner\nA-1,Archive,Ada Lind\n";
    world.import_csv("assets.csv", assets);
    world.import_csv("people.csv", "Name,Email\nAda Lind,ada@example.org\n");
    let (person, role) = (world.titled("person", "Ada Lind"), world.titled("role", "Ada Lind"));
    let (kept, dropped) = (person.head.id, role.head.id);
    let refused = world.commit(Command::one(Step::Merge { kept: dropped, dropped: kept }));
    assert!(refused.unwrap_err().to_string().contains("`Held by`"));
    world.commit(Command::one(Step::Merge { kept, dropped })).unwrap();
    assert_eq!(world.external("asset", "A-1").cell("owner").ids().next(), Some(kept));
    assert!(world.import_csv("assets.csv", assets).command.steps.is_empty());
}

#[test]
fn the_merged_roles_of_two_names_stay_one() {
    let mut world = World::seeded();
    let text = "ID,Asset Name,Owner\nA-1,Archive,ISO\nA-2,Mail,Security officer\n";
    world.import_csv("assets.csv", text);
    let kept = world.titled("role", "Security officer").head.id;
    let dropped = world.titled("role", "ISO").head.id;
    world.commit(Command::one(Step::Merge { kept, dropped })).unwrap();
    assert!(world.import_csv("assets.csv", text).command.steps.is_empty());
    let more = format!("{text}A-3,Files,ISO\n");
    let plan = world.import_csv("assets.csv", &more);
    assert!(plan.sheets[0].stubs.is_empty());
    assert_eq!(world.linked(world.external("asset", "A-3"), "owner"), ["Security officer"]);
}

#[test]
fn a_status_that_changed_moves_the_record() {
    let mut world = World::seeded();
    let text = "\
ID,Action,Risk ID,Owner,Due Date,Verification,Status
P-1,Restore the backup,R-1,Clerk,2026-12-31,A test,Open
R-9,Loose end,R-1,Clerk,2026-12-31,A test,Completed
";
    let risks = csv("risks.csv", "ID,Risk Title,Likelihood,Impact\nR-1,Fire,1,3\n");
    let plan = csv("risk-treatment-plan.csv", text);
    world.import(&[("risks.csv", &risks), ("risk-treatment-plan.csv", &plan)], &Options::default());
    assert_eq!(world.external("action", "P-1").stage().id, "proposed");
    assert_eq!(world.external("action", "R-9").stage().id, "done");
    world.import_csv("risk-treatment-plan.csv", &text.replace("test,Open", "test,In progress"));
    assert_eq!(world.external("action", "P-1").stage().id, "under_way");
}

#[test]
fn cells_that_named_nothing_are_linked_when_asked() {
    let mut world = World::seeded();
    let name = "risk-treatment-plan.csv";
    let text = "ID,Action,Risk ID,Owner,Due Date,Verification,Status\n\
                P-1,Restore,R-1 R-2,Clerk,2026-12-31,A test,In progress\n\
                P-2,Test,R-2,Clerk,,,Open\n";
    let plan = world.import_csv(name, text);
    assert!(plan.sheets[0].remarks.iter().any(Remark::is_unlinked));
    world.import_csv("risks.csv", "ID,Risk Title,Likelihood\nR-1,Fire,1\nR-2,Flood,2\n");
    assert!(world.import_csv(name, text).command.steps.is_empty());

    let own = world.external("risk", "R-1").head.id;
    let chosen = world.external("action", "P-2").head.id;
    world.edit(chosen, json!({"serves": [own]}));
    let book = csv(name, text);
    let options = Options { relink: true, ..Options::default() };
    let again = world.import(&[(name, &book)], &options);
    assert_eq!(again.sheets[0].summary.updated, 2, "{:?}", outcomes(&again));
    assert!(again.sheets[0].conflicts.is_empty());
    assert_eq!(world.linked(world.external("action", "P-1"), "serves"), ["Fire", "Flood"]);
    assert_eq!(world.external("action", "P-1").stage().id, "under_way");
    // What a person linked meanwhile stays.
    assert_eq!(world.linked(world.external("action", "P-2"), "serves"), ["Fire", "Flood"]);
    let extras = world.external("action", "P-1").head.extras.clone().unwrap();
    assert!(extras.columns.get("Risk ID").is_none(), "{extras:?}");
    assert!(world.import(&[(name, &book)], &options).command.steps.is_empty());
}

#[test]
fn a_register_fills_stubs_that_were_named_with_their_number() {
    let mut world = World::seeded();
    world.import_csv("risks.csv", "ID,Risk Title,Asset,Owner\nR-1,Fire,ERP (AST-007),Clerk\n");
    world.import_csv("assets.csv", "ID,Asset Name,Owner\nAST-007,ERP system,Clerk\n");
    assert_eq!(world.linked(world.external("risk", "R-1"), "assets"), ["ERP system"]);
    assert_eq!(world.isms.count("asset"), 1);
}
