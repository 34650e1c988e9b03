//! Bad input gets one sentence and exit code 1, and changes nothing.

use crate::Place;

#[test]
fn every_mistake_is_told_in_one_sentence_and_changes_nothing() {
    let place = Place::begun().with_risk();
    place.file("broken.toml", "title = \n");
    place.file("binary.toml", [0xff, 0xfe, 0x00, 0x9f]);
    place.file("list.json", "{\"title\": [1,");
    place.file("empty.csv", "");
    place.file("noise.xlsx", "PK\u{3}\u{4} not a workbook");
    place.file("kept.txt", "not a checkpoint");
    let entry = place.entry();
    let table: &[(&[&str], &str)] = &[
        (&["frobnicate"], "frobnicate"),
        (&["list", "--nope"], "--nope"),
        (&["new"], "KIND"),
        (&["list", "gadget"], "no kind of record called `gadget`"),
        (&["show", "RISK-99"], "no record `RISK-99`"),
        (&["show", "RISK-1", "--version", "9"], "has versions 1 to 1"),
        (&["--database", "mysql://here", "list"], "mysql"),
        (&["--database", "sqlite:none.db", "list"], "muniment init"),
        (&["--organization", "other", "list"], "no organization `other`"),
        (&["--as", "Nobody", "edit", "RISK-1", "--set", "threat=x"], "no person `Nobody`"),
        (&["list", "risk", "--as-of", "2026-13-40"], "2026-13-40"),
        (&["list", "risk", "--as-of", "999"], "no entry 999"),
        (&["new", "risk", "--set", "title=x", "--as-of", "3"], "--as-of"),
        (&["show", "RISK-1", "--format", "sarif"], "SARIF"),
        (&["verify", "--format", "csv"], "use table or json"),
        (&["checkpoint", "--format", "json"], "leave out --format"),
        (&["demo", "--no-serve", "--database", "sqlite:x.db"], "by --dir"),
        (&["files", "copy", "--from", "nowhere"], "there is no folder `nowhere`"),
        (&["new", "risk", "--set", "nope=1"], "no field `nope`"),
        (&["new", "risk", "--set", "title"], "no assignment"),
        (&["new", "risk", "--set", "concerns=everything"], "not an option"),
        (&["edit", "RISK-1", "--set", "current.likelihood=often"], "not a whole number"),
        (&["edit", "RISK-1", "--set", "next_review=31.3.2026"], "not a day"),
        (&["edit", "RISK-1", "--set", "cadence=now and then"], "length of time"),
        (&["edit", "RISK-1", "--set", "owner=Nobody"], "no role or person `Nobody`"),
        (&["edit", "RISK-1", "--set", "current={likelihood = "], "quotes and braces"),
        (&["edit", "RISK-1", "--clear", "nope"], "no field `nope`"),
        (&["edit", "RISK-1", "--clear", "title"], "title"),
        (&["edit", "RISK-1"], "nothing to change"),
        (&["edit", "RISK-1", "--from", "missing.toml"], "missing.toml"),
        (&["edit", "RISK-1", "--from", "broken.toml"], "line 1"),
        (&["edit", "RISK-1", "--from", "binary.toml"], "not text"),
        (&["edit", "RISK-1", "--from", "list.json"], "not JSON"),
        (&["move", "RISK-1", "nowhere"], "can become"),
        (&["approve", "RISK-1", "--purpose", "applaud"], "not a purpose"),
        (&["approve", "RISK-1", "--purpose", "publish"], "have editions"),
        (&["merge", "RISK-1", "RISK-1"], "same record"),
        (&["merge", "RISK-1", "ROLE-1"], "different kinds"),
        (&["undo", "99"], "no entry 99"),
        (&["undo", "1"], "stays"),
        (&["reinstate", "RISK-1"], "not withdrawn"),
        (&["list", "risk", "--filter", "title"], "no filter"),
        (&["list", "risk", "--filter", "stage=limbo"], "not a stage"),
        (&["list", "risk", "--sort", "nope"], "no field `nope`"),
        (&["diff", "4", "1"], "earlier point first"),
        (&["diff", "x"], "neither a day"),
        (&["log", "--since", "99"], "entries 1 to"),
        (&["check", "--explain", "nope"], "no rule `nope`"),
        (&["check", "--clause", "99"], "no rule is about clause"),
        (&["check", "--stage", "9"], "surveillance"),
        (&["check", "--fail-on", "everything"], "major, minor, opportunity"),
        (&["verify", "--checkpoint", "missing.txt"], "missing.txt"),
        (&["verify", "--checkpoint", "kept.txt"], "kept.txt"),
        (&["verify", "--key", "nonsense"], "not a public key"),
        (&["verify", "--bundle", "missing.bundle"], "missing.bundle"),
        (&["verify", "--bundle", "kept.txt"], "line 1"),
        (&["verify", "--bundle", "."], "is a folder"),
        (&["verify", "--checkpoint", "."], "is a folder"),
        (&["restore", "missing.backup"], "missing.backup"),
        (&["restore", "kept.txt"], "neither a bundle nor a backup"),
        (&["review", "RISK-1", "--next", "2020-01-01"], "is past"),
        (&["review", "RISK-1", "--next", "soon"], "not a day, like"),
        (&["list", "risk", "--limit", "few"], "not a whole number, like"),
        (&["list", "risk", "--limit", "-3"], "muniment list --help"),
        (&["key", "show", "--nope"], "muniment key show --help"),
        (&["soa", "--output", "soa.doc"], "pdf, xlsx or csv"),
        (&["soa", "diff", "4", "1"], "earlier point first"),
        (&["import", "risk"], "name the files"),
        (&["import", "risk", "missing.csv"], "missing.csv"),
        (&["import", "risk", "noise.xlsx"], "noise.xlsx"),
        (&["import", "gadget", "empty.csv"], "gadget"),
        (&["import", "risk", "."], "not a file"),
        (&["export", "risk", "--output", "risk.doc"], "csv, xlsx or json"),
        (&["export", "all"], "workbook"),
        (&["apply", "missing"], "no folder"),
        (&["attach", "RISK-1", "missing.pdf"], "missing.pdf"),
    ];
    for (args, said) in table {
        let err = place.refused(args);
        assert!(err.contains(said), "{args:?} should say `{said}`: {err}");
    }
    assert_eq!(place.entry(), entry, "nothing was changed");
}

#[test]
fn a_beginning_that_is_refused_leaves_no_database() {
    let place = Place::empty();
    for (args, said) in [
        (vec!["init", "--name", "A"], "--person"),
        (vec!["init", "--name", "A", "--person", "B", "--slug", "Not Good"], "short name"),
        (vec!["init", "--name", "A", "--person", "B", "--time-zone", "Mars/Olympus"], "time zone"),
        (vec!["init", "--name", "A", "--person", "B", "--email", "nobody"], "e-mail"),
    ] {
        let err = place.refused(&args);
        assert!(err.contains(said), "{args:?}: {err}");
    }
    place.file("taken", "a file where the folder of keys should be");
    let answer = place.run(&["init", "--name", "A", "--person", "B", "--keys", "taken"]);
    assert_eq!(answer.code, 2, "{}", answer.err);
    assert!(!place.path("muniment.db").exists());
}

#[test]
fn a_file_that_is_no_database_is_told() {
    let place = Place::empty();
    place.file("muniment.db", "this is a shopping list, not a database".repeat(100));
    let answer = place.run(&["list"]);
    assert!([1, 2].contains(&answer.code), "{}", answer.code);
    assert_eq!(answer.err.lines().count(), 1, "{}", answer.err);
    assert!(answer.err.contains("muniment.db"), "{}", answer.err);
}

#[test]
fn a_missing_key_is_a_failure_that_says_where_it_should_be() {
    let place = Place::begun();
    std::fs::remove_dir_all(place.path("keys")).unwrap();
    let answer = place.run(&["new", "unit", "--set", "title=Sales"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("muniment key replace"), "{}", answer.err);
    assert_eq!(place.json(&["list", "unit"]).as_array().unwrap().len(), 0);
}
