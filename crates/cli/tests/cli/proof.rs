//! What can be proven to somebody else.

use std::fs;

use crate::Place;

#[test]
fn a_kept_checkpoint_proves_that_history_only_grew() {
    let place = Place::begun();
    place.good(&["checkpoint", "--output", "kept.txt"]);
    place.good(&["new", "unit", "--set", "title=Sales"]);
    let told = place.good(&["verify", "--checkpoint", "kept.txt"]);
    assert!(told.contains("whole and unaltered") && told.contains("kept.txt"), "{told}");
    let other = Place::begun();
    other.file("kept.txt", fs::read(place.path("kept.txt")).unwrap());
    let err = other.refused(&["verify", "--checkpoint", "kept.txt"]);
    assert!(err.contains("another ledger"), "{err}");
}

#[test]
fn a_bundle_is_verified_without_database_or_key() {
    let place = Place::begun();
    place.good(&["bundle", "isms.bundle", "--without", "person"]);
    let stranger = Place::empty();
    let bytes = fs::read(place.path("isms.bundle")).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("Ada Weber"));
    stranger.file("isms.bundle", &bytes);
    let told = stranger.good(&["verify", "--bundle", "isms.bundle"]);
    assert!(told.contains("not disclosed"), "{told}");
    let text = String::from_utf8(bytes).unwrap();
    stranger.file("bent.bundle", text.replacen("Beispiel", "Beispeil", 1));
    stranger.refused(&["verify", "--bundle", "bent.bundle"]);
}

#[test]
fn a_checkpoint_survives_the_mail() {
    let place = Place::begun();
    let note = place.good(&["checkpoint"]);
    place.file("mailed.txt", format!("\u{feff}{}", note.replace('\n', "\r\n")));
    place.good(&["verify", "--checkpoint", "mailed.txt"]);
    place.file("endless.txt", "x".repeat(1 << 20));
    place.refused(&["verify", "--checkpoint", "endless.txt"]);
}

#[test]
fn a_file_of_what_is_not_disclosed_is_not_disclosed() {
    let place = Place::begun();
    place.good(&["new", "evidence", "--set", "title=Restore test"]);
    place.good(&["new", "asset", "--set", "title=Servers"]);
    place.good(&["attach", "EVID-1", &place.file("secret.txt", "what nobody shall read")]);
    place.good(&["attach", "ASSET-1", &place.file("open.txt", "what everybody may read")]);
    place.good(&["bundle", "isms.bundle", "--without", "evidence"]);
    let told = place.json(&["verify", "--bundle", "isms.bundle"]);
    assert_eq!((told["files"].as_u64(), told["hidden"].as_u64()), (Some(1), Some(2)));
    place.good(&["bundle", "whole.bundle"]);
    assert_eq!(place.json(&["verify", "--bundle", "whole.bundle"])["files"], 2);
}

#[test]
fn the_last_person_stays() {
    let place = Place::begun();
    let entry = place.entry();
    for args in
        [&["withdraw", "PERSON-1"][..], &["redact", "PERSON-1", "--reason", "asked", "--yes"]]
    {
        assert!(place.refused(args).contains("last person"), "{args:?}");
    }
    assert_eq!(place.entry(), entry);
}

#[test]
fn keys_are_shown_rotated_and_replaced() {
    let place = Place::begun();
    let keys = || place.json(&["key", "show"]).as_array().unwrap().clone();
    assert_eq!(keys().len(), 1);
    let first = keys()[0]["key"].as_str().unwrap().to_owned();
    place.good(&["key", "rotate", "--reason", "yearly"]);
    place.good(&["key", "replace", "--reason", "the laptop was stolen"]);
    assert_eq!(keys().len(), 3);
    place.good(&["new", "unit", "--set", "title=Sales"]);
    let told = place.good(&["verify", "--every-signature", "--key", &first]);
    assert!(told.contains("replaces the signing key"), "{told}");
}

#[test]
fn a_backup_is_restored_elsewhere() {
    let place = Place::begun().with_risk();
    place.good(&["backup", "isms.backup"]);
    let elsewhere = ["--database", "sqlite:elsewhere.db"];
    place.good(&[&elsewhere[..], &["restore", "isms.backup"]].concat());
    let shown = place.json(&[&elsewhere[..], &["show", "RISK-1"]].concat());
    assert_eq!(shown["title"], "Ransomware");
    place.good(&[&elsewhere[..], &["verify"]].concat());
    place.refused(&[&elsewhere[..], &["restore", "isms.backup"]].concat());
    place.file("torn.backup", &fs::read(place.path("isms.backup")).unwrap()[..900]);
    let torn = place.run(&["--database", "sqlite:torn.db", "restore", "torn.backup"]);
    assert!(torn.code > 0 && !place.path("torn.db").exists(), "{}", torn.err);
}

#[test]
fn every_command_has_help_with_an_example_and_a_completion() {
    let place = Place::empty();
    let help = place.good(&["--help"]);
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|it| !it.starts_with("Commands:"))
        .skip(1)
        .take_while(|it| !it.trim().is_empty())
        .filter(|it| it.starts_with("  ") && !it.starts_with("   "))
        .filter_map(|it| it.split_whitespace().next())
        .collect();
    assert!(commands.len() > 25, "{commands:?}");
    for command in &commands {
        let help = place.good(&[command, "--help"]);
        assert!(help.contains("Example"), "{command} shows no example");
        assert!(help.contains(&format!("muniment {command}")), "{command}");
    }
    let bash = place.good(&["completions", "bash"]);
    assert!(commands.iter().all(|it| bash.contains(it)));
}

#[test]
fn an_earlier_entry_is_proven_too() {
    let place = Place::begun();
    let early = place.entry();
    let then = early.to_string();
    place.good(&["new", "unit", "--set", "title=Sales"]);
    place.good(&["new", "unit", "--set", "title=Support"]);
    place.good(&["checkpoint", "--as-of", &then, "--output", "then.txt"]);
    let told = place.good(&["verify", "--checkpoint", "then.txt"]);
    assert!(told.contains("then.txt"), "{told}");
    let told = place.good(&["verify", "--as-of", &then]);
    assert!(told.contains(&format!("up to entry {early}")), "{told}");
    place.good(&["bundle", "then.bundle", "--as-of", &then]);
    let args = ["verify", "--bundle", "then.bundle", "--checkpoint", "then.txt"];
    assert_eq!(place.json(&args)["entries"].as_u64(), Some(early));
    let bytes = fs::read(place.path("then.bundle")).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("Sales"));
    for args in [&["checkpoint"][..], &["verify"], &["bundle", "none.bundle"]] {
        let at = |point| [args, &["--as-of", point]].concat();
        assert!(place.refused(&at("2020-01-01")).contains("nothing was recorded"), "{args:?}");
        assert!(place.refused(&at("999")).contains("no entry 999"), "{args:?}");
    }
    assert!(!place.path("none.bundle").exists());
    let err = place.refused(&["verify", "--bundle", "then.bundle", "--as-of", &then]);
    assert!(err.contains("verified whole"), "{err}");
}
