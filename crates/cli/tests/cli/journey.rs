//! A day's work, from the beginning to a redaction.

use crate::Place;

#[test]
fn an_organization_begins_with_a_key_a_person_and_93_controls() {
    let place = Place::begun();
    let kinds = place.json(&["list"]);
    let count = |kind: &str| {
        let rows = kinds.as_array().unwrap();
        rows.iter().find(|it| it["kind"] == kind).unwrap()["records"].as_u64().unwrap()
    };
    assert_eq!((count("control"), count("person"), count("risk")), (93, 1, 0));
    assert_eq!(std::fs::read_dir(place.path("keys")).unwrap().count(), 1);
    let again = place.refused(&["init", "--name", "Beispiel GmbH", "--person", "A"]);
    assert!(again.contains("another short name"), "{again}");
    let other = ["init", "--name", "Zweite GmbH", "--person", "A"];
    let beside = place.refused(&other);
    assert!(beside.contains("holds `beispiel` already: add --another"), "{beside}");
    place.good(&[&other[..], &["--another"]].concat());
}

#[test]
fn a_record_is_made_edited_moved_and_shown() {
    let place = Place::begun().with_risk();
    let risk = place.json(&["show", "RISK-1"]);
    assert_eq!(risk["fields"]["current"]["consequences"][0]["rank"], 4);
    assert_eq!(risk["fields"]["owner"]["number"], "ROLE-1");
    assert!(risk["computed"].is_object() && risk["approvals"] == serde_json::json!([]), "{risk}");

    place.good(&["edit", "ransomware", "--set", "current.likelihood=2", "--tag", "crown jewels"]);
    let risk = place.json(&["show", "RISK-1"]);
    assert_eq!(risk["fields"]["current"]["likelihood"], 2);
    assert_eq!(risk["fields"]["current"]["consequences"][0]["rank"], 4, "the rest is kept");
    assert_eq!(risk["extras"]["tags"][0], "crown jewels");

    let page = place.good(&["show", "RISK-1"]);
    assert!(page.contains("ROLE-1 Head of IT") && page.contains("Still to fill"), "{page}");
    assert!(page.lines().all(|it| it.chars().count() <= 80), "{page}");
    let role = place.good(&["show", "Head of IT"]);
    assert!(role.contains("Named by") && role.contains("RISK-1"), "{role}");

    let refused = place.refused(&["move", "RISK-1", "analysed"]);
    assert!(refused.contains("`scenario`"), "{refused}");
    place.good(&["new", "asset", "--set", "title=Server", "--set", "asset_type=hardware"]);
    let moved = place.json(&["move", "RISK-1", "closed", "--reason", "the server is gone"]);
    assert_eq!(moved["records"][0]["what"], "moved");
    let history = place.good(&["show", "RISK-1", "--history"]);
    assert!(history.contains("likelihood 3; money 4 → likelihood 2; money 4"), "{history}");
    let first = place.json(&["show", "RISK-1", "--version", "1"]);
    assert_eq!(first["fields"]["current"]["likelihood"], 3);
}

#[test]
fn a_record_comes_from_a_file_and_goes_back_into_one() {
    let place = Place::begun().with_risk();
    place.file("asset.toml", "title = \"Server\"\nowner = \"Head of IT\"\n");
    let made = place.json(&["new", "asset", "--from", "asset.toml"]);
    assert_eq!(made["records"][0]["number"], "ASSET-1");
    let shown = place.good(&["show", "ASSET-1", "--format", "json"]);
    place.file("again.json", shown);
    let same = place.refused(&["edit", "ASSET-1", "--from", "again.json"]);
    assert!(same.contains("nothing would change"), "{same}");
}

#[test]
fn a_version_seen_earlier_is_refused_when_somebody_was_faster() {
    let place = Place::begun().with_risk();
    place.good(&["edit", "RISK-1", "--set", "threat=crew"]);
    let late = place.refused(&["edit", "RISK-1", "--set", "threat=storm", "--version", "1"]);
    assert!(late.contains("changed meanwhile"), "{late}");
    assert_eq!(place.json(&["show", "RISK-1"])["fields"]["threat"], "crew");
}

#[test]
fn lists_are_filtered_sorted_and_looked_at_as_of_a_day_gone() {
    let place = Place::begun().with_risk();
    place.good(&["new", "risk", "--set", "title=Fire", "--set", "concerns=information"]);
    let names = |args: &[&str]| -> Vec<String> {
        let rows = place.json(&[&["list", "risk"], args].concat());
        let rows = rows.as_array().unwrap().clone();
        rows.iter().map(|it| it["number"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&["--sort", "title"]), ["RISK-2", "RISK-1"]);
    assert_eq!(names(&["--sort=-title"]), ["RISK-1", "RISK-2"]);
    assert_eq!(names(&["--filter", "owner=Head of IT"]), ["RISK-1"]);
    assert_eq!(names(&["--filter", "owner="]), ["RISK-2"]);
    assert_eq!(names(&["--filter", "title~FIR"]), ["RISK-2"]);
    assert_eq!(names(&["--search", "ransom"]), ["RISK-1"]);
    assert_eq!(names(&["--as-of", "4"]), ["RISK-1"]);
    assert_eq!(names(&["--as-of", "2020-01-01"]), Vec::<String>::new());
    let csv = place.good(&["list", "risk", "--format", "csv", "--columns", "title,owner"]);
    assert_eq!(csv.lines().next(), Some("number,title,owner"));
    let narrow = place.good(&["list", "control"]);
    assert!(narrow.lines().all(|it| it.chars().count() <= 80), "{narrow}");
}

#[test]
fn what_was_assented_to_goes_stale_with_what_matters_only() {
    let place = Place::begun().with_risk();
    let accept = ["approve", "RISK-1", "--purpose", "accept_residual", "--until", "2099-12-31"];
    place.good(&accept);
    let standing = || place.good(&["show", "RISK-1"]);
    assert!(standing().contains("stands"), "{}", standing());
    place.good(&["edit", "RISK-1", "--tag", "seen"]);
    assert!(standing().contains("stands"), "{}", standing());
    place.good(&["edit", "RISK-1", "--set", "scenario=It happens at night."]);
    assert!(standing().contains("stale: Scenario"), "{}", standing());
    let unclear = place.refused(&["approve", "RISK-1"]);
    assert!(unclear.contains("accept_residual"), "{unclear}");
}

#[test]
fn an_approver_is_named_and_others_are_refused() {
    let place = Place::begun().with_risk();
    place.good(&[
        "new",
        "person",
        "--set",
        "title=Ben Okoro",
        "--set",
        "engagement=employee",
        "--set",
        "in_scope=yes",
        "--stage",
        "active",
    ]);
    let args = ["approve", "RISK-1", "--purpose", "accept_residual", "--as", "Ben Okoro"];
    let refused = place.refused(&args);
    assert!(refused.contains("up to its owner"), "{refused}");
    let log = place.json(&["log", "--limit", "1"]);
    assert_eq!(log[0]["by"], "Ada Weber");
}

#[test]
fn still_true_sets_the_next_day_and_edits_nothing() {
    let place = Place::begun();
    place.good(&["new", "issue", "--set", "title=Weather", "--set", "side=external"]);
    let before = place.json(&["show", "ISSUE-1"]);
    place.good(&["review", "ISSUE-1", "--next", "2099-01-31"]);
    let after = place.json(&["show", "ISSUE-1"]);
    assert_eq!((&after["fields"], &after["version"]), (&before["fields"], &before["version"]));
    assert_eq!(after["computed"]["review_due"], "2099-01-31");
    assert_eq!(after["approvals"][0]["purpose"], "review");
    assert!(place.good(&["show", "ISSUE-1"]).contains("2099-01-31"));
}

#[test]
fn two_roles_become_one_and_are_two_again() {
    let place = Place::begun().with_risk();
    place.good(&["new", "role", "--set", "title=IT lead"]);
    place.good(&["new", "asset", "--set", "title=Server", "--set", "owner=IT lead"]);
    let entry = place.entry();
    let plan = place.good(&["merge", "ROLE-1", "ROLE-2", "--dry-run"]);
    assert!(plan.contains("ASSET-1"), "{plan}");
    assert_eq!(place.entry(), entry);
    place.good(&["merge", "ROLE-1", "ROLE-2"]);
    assert_eq!(place.json(&["show", "ASSET-1"])["fields"]["owner"]["number"], "ROLE-1");
    assert!(place.good(&["show", "IT lead"]).starts_with("ROLE-1"));

    let undone = (entry + 1).to_string();
    place.good(&["edit", "ASSET-1", "--set", "title=Big server"]);
    let refused = place.refused(&["undo", &undone]);
    assert!(refused.contains("--skip-changed"), "{refused}");
    let changed = (entry + 2).to_string();
    place.good(&["undo", &changed]);
    assert_eq!(place.json(&["show", "ASSET-1"])["fields"]["title"], "Server");
}

#[test]
fn what_is_linked_cannot_be_withdrawn_and_what_is_withdrawn_comes_back() {
    let place = Place::begun().with_risk();
    let refused = place.refused(&["withdraw", "ROLE-1"]);
    assert!(refused.contains("RISK-1"), "{refused}");
    place.good(&["withdraw", "RISK-1", "--reason", "made twice"]);
    assert_eq!(place.json(&["list", "risk"]).as_array().unwrap().len(), 0);
    assert_eq!(place.json(&["list", "risk", "--all"]).as_array().unwrap().len(), 1);
    place.good(&["reinstate", "RISK-1"]);
    assert_eq!(place.json(&["list", "risk"]).as_array().unwrap().len(), 1);
}

#[test]
fn the_log_and_the_difference_say_who_what_and_why() {
    let place = Place::begun().with_risk();
    let from = place.entry().to_string();
    place.good(&["edit", "RISK-1", "--set", "threat=A crew", "--reason", "workshop in May"]);
    let log = place.good(&["log", "--record", "RISK-1", "--limit", "1"]);
    assert!(log.contains("Ada Weber") && log.contains("workshop in May"), "{log}");
    let diff = place.good(&["diff", &from, "now"]);
    assert!(diff.contains("RISK-1 Ransomware  changed"), "{diff}");
    assert!(diff.contains("by Ada Weber: “workshop in May”"), "{diff}");
    assert!(diff.contains("Threat") && diff.contains("A crew"), "{diff}");
    let rows = place.json(&["diff", &from, "now"]);
    assert_eq!(rows[0]["fields"][0]["after"], "A crew");
    assert_eq!(rows[0]["entries"][0]["why"], "workshop in May");
    let system = place.json(&["log", "--actor", "system"]);
    assert!(system.as_array().unwrap().iter().all(|it| it["by"] == "the system"));
}

#[test]
fn a_person_is_forgotten_and_the_ledger_still_verifies() {
    let place = Place::begun();
    place.good(&["new", "person", "--set", "title=Carl Gone"]);
    let asked = place.refused(&["redact", "PERSON-2", "--reason", "asked to be forgotten"]);
    assert!(asked.contains("--yes"), "{asked}");
    place.good(&["redact", "PERSON-2", "--reason", "asked to be forgotten", "--yes"]);
    assert!(place.good(&["show", "PERSON-2"]).contains("(erased)"));
    assert!(!place.good(&["show", "PERSON-2", "--history"]).contains("Carl"));
    assert!(place.good(&["verify"]).contains("1 of them erased"));
}

#[test]
fn a_seed_becomes_ones_own() {
    let place = Place::begun();
    assert!(place.good(&["show", "A.5.1"]).contains("nobody confirmed"));
    place.good(&["confirm", "A.5.1", "A.5.2"]);
    assert!(!place.good(&["show", "A.5.1"]).contains("nobody confirmed"));
}

#[test]
fn an_editor_changes_what_it_changed_only() {
    let place = Place::begun().with_risk();
    let script = place.path("editor.sh");
    std::fs::write(&script, "#!/bin/sh\nsed -i 's/^title = .*/title = \"Ransom\"/' \"$1\"\n")
        .unwrap();
    let sh = format!("sh {}", script.display());
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_muniment"));
    let output = command
        .args(["edit", "RISK-1", "--editor"])
        .current_dir(place.path(""))
        .env("MUNIMENT_KEYS", place.path("keys"))
        .env_remove("VISUAL")
        .env("EDITOR", sh)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let risk = place.json(&["show", "RISK-1"]);
    assert_eq!(risk["fields"]["title"], "Ransom");
    assert_eq!(risk["fields"]["current"]["likelihood"], 3);
    let none = place.refused(&["edit", "RISK-1", "--editor"]);
    assert!(none.contains("EDITOR"), "{none}");
}
