//! The demonstration, as a stranger meets it.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn muniment(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_muniment"))
        .args(args)
        .current_dir(folder)
        .env("MUNIMENT_KEYS", folder.join("keys"))
        .env("MUNIMENT_DATABASE", "sqlite:muniment-demo.db")
        .env_remove("MUNIMENT_AS")
        .env_remove("MUNIMENT_ORGANIZATION")
        .output()
        .expect("the program starts")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn it_builds_prints_and_names_commands_that_work() {
    let folder = tempfile::tempdir().unwrap();
    let built = muniment(folder.path(), &["demo", "--format", "json"]);
    assert!(built.status.success(), "{}", stderr(&built));
    let told: serde_json::Value = serde_json::from_slice(&built.stdout).unwrap();
    let paper = fs::read(folder.path().join(told["statement"].as_str().unwrap())).unwrap();
    assert!(paper.starts_with(b"%PDF-"));
    assert!(told["major"].as_u64().is_some_and(|it| it > 0));
    let next = told["next"].as_array().unwrap();
    assert!(next.len() > 5);
    for command in next {
        let args: Vec<&str> = command.as_str().unwrap().split(' ').collect();
        let output = muniment(folder.path(), &args);
        assert!(output.status.success(), "{command}: {}", stderr(&output));
        assert!(!output.stdout.is_empty(), "{command} says nothing");
    }
}

#[test]
fn what_is_there_is_kept_unless_forced() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("muniment-demo.db");
    fs::write(&kept, "something of mine").unwrap();
    let refused = muniment(folder.path(), &["demo", "--no-serve"]);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(stderr(&refused).lines().count(), 1, "{}", stderr(&refused));
    assert_eq!(fs::read(&kept).unwrap(), b"something of mine");

    let forced = muniment(folder.path(), &["demo", "--no-serve", "--force"]);
    assert!(forced.status.success(), "{}", stderr(&forced));
    let told = String::from_utf8(forced.stdout).unwrap();
    assert!(told.contains("Try next:") && told.contains("muniment-demo-soa.pdf"), "{told}");
    assert!(muniment(folder.path(), &["verify"]).status.success());
}
