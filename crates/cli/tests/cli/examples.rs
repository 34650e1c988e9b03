//! Every example of the reference and of the README, tried on the demonstration.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use crate::Place;

/// What needs more than the demonstration: a server, a mailbox, PostgreSQL, an editor, a folder of
/// the machine, or somebody who asks for a new organization.
const ELSEWHERE: [&str; 10] = [
    "muniment serve",
    "muniment demo",
    "muniment health",
    "muniment doctor",
    "muniment mail",
    "muniment files copy",
    "muniment reporting",
    "muniment --organization acme reporting",
    "muniment init",
    "muniment edit DOC-3 --editor",
];

/// Commands that say no by their exit code, as they should.
const SAYS_NO: [&str; 1] = ["--fail-on"];

/// Words that stand for something of one's own.
const PLACEHOLDERS: [&str; 7] =
    ["FILE", "FOLDER", "POSITION", "COMMAND", " A B", "…", "risks.xlsx"];

#[test]
fn every_example_of_the_reference_works() {
    let text = fs::read_to_string(root("docs/cli.md")).unwrap();
    let sections: Vec<&str> = text.split("\n## ").collect();
    let scripts = sections.iter().map(|section| {
        let blocks = section.split("```sh\n").skip(1);
        let blocks = blocks.filter_map(|it| it.split_once("```")).map(|it| it.0);
        blocks.collect::<String>().replace("\\\n", " ")
    });
    let scripts: Vec<Vec<String>> =
        scripts.map(|it| it.lines().map(str::trim).map(str::to_owned).collect()).collect();
    assert!(scripts.iter().flatten().count() > 70, "{scripts:#?}");
    try_all(&scripts);
}

#[test]
fn every_example_of_the_readme_works() {
    let text = fs::read_to_string(root("README.md")).unwrap();
    let spans = text.lines().filter(|it| it.starts_with('|')).flat_map(|it| it.split('`'));
    let commands = spans.filter(|it| it.starts_with("muniment "));
    let commands = commands.filter(|it| !PLACEHOLDERS.iter().any(|word| it.contains(word)));
    let scripts: Vec<Vec<String>> = commands.map(|it| vec![it.to_owned()]).collect();
    assert!(scripts.len() > 15, "{scripts:#?}");
    try_all(&scripts);
}

/// Runs scripts line by line, each on a demonstration of its own.
fn try_all(scripts: &[Vec<String>]) {
    let place = Place::empty();
    place.good(&["demo", "--no-serve", "--dir", "."]);
    let demo = fs::read(place.path("muniment-demo.db")).expect("the demonstration was built");
    for (name, text) in [
        ("risk-register.csv", "ID,Risk Title,Impact area,Owner\nR-1,Fire,Server room,CISO\n"),
        ("person.toml", "title = \"Cem Oz\"\n"),
        ("restore-test.pdf", "%PDF-1.4"),
    ] {
        place.file(name, text);
    }
    fs::create_dir_all(place.path("bin")).expect("the folder takes folders");
    let binary = Path::new(env!("CARGO_BIN_EXE_muniment"));
    std::os::unix::fs::symlink(binary, place.path("bin/muniment")).expect("the folder takes links");
    let mut failed = Vec::new();
    for script in scripts {
        for end in ["", "-wal", "-shm"] {
            fs::remove_file(place.path(&format!("muniment.db{end}"))).ok();
        }
        place.file("muniment.db", &demo);
        let checkpoint = place.good(&["checkpoint"]);
        for name in ["kept-by-the-auditor.txt", "kept.txt"] {
            place.file(name, &checkpoint);
        }
        fs::remove_file(place.path("isms.bundle")).ok();
        let verifies = |it: &String| it.contains("--bundle isms.bundle");
        if script.iter().any(verifies) {
            place.good(&["bundle", "isms.bundle"]);
        }
        for line in script.iter().filter(|it| !ELSEWHERE.iter().any(|word| it.starts_with(word))) {
            // Asks for a word at a terminal, or for a folder that the configuration names.
            let line = match line.as_str() {
                "muniment backup" => continue,
                it if it.starts_with("muniment redact") => format!("{it} --yes"),
                it => it.to_owned(),
            };
            let (code, said) = shell(&place, &line);
            if code != 0 && !(code == 1 && SAYS_NO.iter().any(|it| line.contains(it))) {
                failed.push(format!("{line}\n    {said}"));
            }
        }
    }
    assert!(failed.is_empty(), "these do not work:\n{}", failed.join("\n"));
}

fn shell(place: &Place, line: &str) -> (i32, String) {
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new("sh");
    for name in ["MUNIMENT_AS", "MUNIMENT_DATABASE", "MUNIMENT_ORGANIZATION", "EDITOR"] {
        command.env_remove(name);
    }
    let output = command
        .args(["-c", line])
        .current_dir(place.path("."))
        .env("PATH", format!("{}:{path}", place.path("bin").display()))
        .env("HOME", place.path("home"))
        .env("MUNIMENT_KEYS", place.path("keys"))
        .stdin(Stdio::null())
        .output()
        .expect("there is a shell");
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).trim().to_owned())
}

fn root(name: &str) -> String {
    format!("{}/../../{name}", env!("CARGO_MANIFEST_DIR"))
}
