//! Files in and out.

use std::fs;

use crate::Place;

const RISKS: &str = "ID;Risk title;Description;Owner;Remark\n\
    R-1;Fire;The server room burns.;Facility lead;ask insurer\n\
    R-2;Flood;Water in the cellar.;Facility lead;\n\
    ;;;;sum of nothing\n";

#[test]
fn a_register_is_shown_imported_once_and_taken_back() {
    let place = Place::begun();
    place.file("risks.csv", RISKS);
    let entry = place.entry();
    let plan = place.good(&["import", "risk", "risks.csv", "--dry-run"]);
    assert!(plan.contains("Risk title") && plan.contains("Title"), "{plan}");
    assert!(plan.contains("3 rows: 2 made, 0 updated, 0 unchanged, 1 rejected"), "{plan}");
    assert_eq!(place.entry(), entry);

    place.good(&["import", "risk", "risks.csv"]);
    let rejects = fs::read_to_string(place.path("risks.rejects.csv")).unwrap();
    assert!(rejects.contains("sum of nothing"), "{rejects}");
    let risk = place.json(&["show", "Fire"]);
    assert_eq!(risk["extras"]["columns"]["Remark"], "ask insurer");
    assert_eq!(risk["fields"]["owner"]["title"], "Facility lead");

    place.file("risks.rejects.csv", rejects.replace("sum of nothing", "mended"));
    let again = place.good(&["import", "risk", "risks.csv"]);
    assert!(fs::read_to_string(place.path("risks.rejects.csv")).unwrap().contains("mended"));
    assert!(place.path("risks.rejects.2.csv").is_file());
    assert!(again.contains("Nothing would change"), "{again}");
    let imported = place.entry();
    place.good(&["undo", &imported.to_string()]);
    assert_eq!(place.json(&["list", "risk"]).as_array().unwrap().len(), 0);
    assert_eq!(place.json(&["list", "role"]).as_array().unwrap().len(), 0);
    // What was undone comes in again; what somebody withdrew only when they say so.
    let again = place.good(&["import", "risk", "risks.csv"]);
    assert!(again.contains("2 made"), "{again}");
    place.good(&["withdraw", "Flood"]);
    let told = place.good(&["import", "risk", "risks.csv"]);
    assert!(told.contains("1 row: its record was withdrawn here; add --again"), "{told}");
    assert!(place.good(&["import", "risk", "risks.csv", "--again"]).contains("1 made"));
}

#[test]
fn names_that_look_like_the_same_are_told_with_the_way_to_make_them_one() {
    let place = Place::begun();
    place.good(&["new", "role", "--set", "title=Head of IT"]);
    place.file("risks.csv", "ID;Risk title;Owner\nR-1;Fire;Head IT\nR-2;Flood;Head of IT\n");
    let told = place.good(&["import", "risk", "risks.csv"]);
    assert!(told.contains("muniment merge ROLE-1 ROLE-2"), "{told}");
    place.good(&["merge", "ROLE-1", "ROLE-2"]);
    let told = place.good(&["import", "risk", "risks.csv"]);
    assert!(told.contains("Nothing would change"), "{told}");
}

#[test]
fn what_is_exported_comes_back_in_every_form() {
    let place = Place::begun().with_risk();
    let csv = place.good(&["export", "risk"]);
    place.file("risk.csv", &csv);
    place.good(&["export", "risk", "--output", "risk.xlsx"]);
    place.good(&["export", "risk", "--output", "risk.json"]);
    place.good(&["export", "all", "--output", "all.xlsx"]);
    let entry = place.entry();
    for file in ["risk.csv", "risk.xlsx", "risk.json", "all.xlsx"] {
        let told = place.good(&["import", file]);
        assert!(told.contains("Nothing would change"), "{file}: {told}");
    }
    assert_eq!(place.entry(), entry);
    place.file("edited.csv", csv.replace("Ransomware", "Ransomware at night"));
    place.good(&["import", "edited.csv"]);
    assert_eq!(place.json(&["show", "RISK-1"])["title"], "Ransomware at night");
    for other in ["risk.xlsx", "risk.json"] {
        let mixed = place.refused(&["import", "edited.csv", other]);
        assert!(mixed.contains("was exported from here: import it alone"), "{mixed}");
    }
    let kept = place.refused(&["export", "risk", "--output", "risk.xlsx"]);
    assert!(kept.contains("exists already"), "{kept}");
}

#[test]
fn a_folder_is_edited_applied_and_refused_where_both_changed() {
    let place = Place::begun().with_risk();
    place.good(&["export", "isms"]);
    let file = place.path("isms/risk/RISK-1.toml");
    let edit = |from: &str, to: &str| {
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(&file, text.replace(from, to)).unwrap();
    };
    edit("title = \"Ransomware\"", "title = \"Ransomware at night\"");
    let entry = place.entry();
    let plan = place.good(&["apply", "isms", "--dry-run"]);
    assert!(plan.contains("Ransomware at night"), "{plan}");
    assert_eq!(place.entry(), entry);
    place.good(&["apply", "isms", "--reason", "typed in an editor"]);
    assert_eq!(place.json(&["show", "RISK-1"])["title"], "Ransomware at night");
    assert!(place.good(&["apply", "isms"]).contains("Nothing would change"));

    place.good(&["edit", "RISK-1", "--set", "title=Ransomware by day"]);
    edit("title = \"Ransomware at night\"", "title = \"Ransomware at dusk\"");
    let conflict = place.refused(&["apply", "isms"]);
    assert!(conflict.contains("at dusk") && conflict.contains("by day"), "{conflict}");
    let kept = place.refused(&["export", "isms"]);
    assert!(kept.contains("edits that would be lost"), "{kept}");
    edit("title = \"Ransomware at dusk\"", "title = \"Ransomware by day\"");
    place.good(&["export", "isms"]);
    place.file("isms/notes.txt", "mine");
    assert_eq!(place.json(&["show", "RISK-1"])["title"], "Ransomware by day");
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let place = Place::begun();
    fs::create_dir(place.path("photos")).unwrap();
    place.file("photos/cat.jpg", "meow");
    let refused = place.refused(&["export", "photos"]);
    assert!(refused.contains("not empty"), "{refused}");
    assert_eq!(fs::read_dir(place.path("photos")).unwrap().count(), 1);
}

#[test]
fn the_statement_is_printed_in_every_form_and_its_changes_are_told() {
    let place = Place::begun();
    let from = place.entry().to_string();
    place.good(&[
        "edit",
        "A.5.1",
        "--set",
        "applicability=included",
        "--set",
        "reasons=risk",
        "--set",
        "justification=policy first",
        "--reason",
        "decided in May",
    ]);
    let page = place.good(&["soa"]);
    assert!(page.contains("93 controls: 1 included, 0 excluded, 92 not decided"), "{page}");
    assert!(page.lines().all(|it| it.chars().count() <= 80), "{page}");
    let rows = place.json(&["soa"]);
    assert_eq!(rows["rows"].as_array().unwrap().len(), 93);
    assert!(rows["root"].is_string());
    for file in ["soa.xlsx", "soa.csv", "soa.pdf"] {
        place.good(&["soa", "--output", file]);
        assert!(fs::metadata(place.path(file)).unwrap().len() > 1000, "{file}");
    }
    let diff = place.good(&["soa", "diff", &from, "now"]);
    assert!(diff.contains("A.5.1") && diff.contains("decided in May"), "{diff}");
    assert!(diff.contains("by Ada Weber"), "{diff}");
    let risk = ["title=Ransomware", "concerns=information", "controls=A.5.1"];
    let risk: Vec<&str> = risk.iter().flat_map(|it| ["--set", it]).collect();
    let now = place.entry().to_string();
    place.good(&[&["new", "risk", "--reason", "told in a workshop"], &risk[..]].concat());
    let diff = place.good(&["soa", "diff", &now, "now"]);
    assert!(diff.contains("drivers") && diff.contains("told in a workshop"), "{diff}");
    assert!(place.refused(&["soa", "--edition"]).contains("muniment approve soa"));
    place.good(&["approve", "soa", "--edition", "1"]);
    assert!(place.good(&["soa"]).contains("edition 1"));
    place.good(&["edit", "A.5.1", "--set", "justification=another one"]);
    let copy = place.good(&["soa"]);
    assert!(copy.contains("working copy") && copy.contains("differs from it in 1"), "{copy}");
    assert_eq!(place.json(&["soa"])["in_force"]["differs_in"][0], "A.5.1");
    let edition = place.json(&["soa", "--edition"]);
    assert_eq!(edition["edition"], "1");
    assert_eq!(edition["rows"][0]["justification"], "policy first");
}
