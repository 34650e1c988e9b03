//! A register of risks as somebody brings it, by hand through the page.

use std::path::Path;

use crate::{browser::Scripts, browser_or_skip, program::Program};

#[test]
fn a_register_is_understood_looked_at_and_taken() {
    a_register_is_taken(Scripts::On);
}

#[test]
fn a_register_is_taken_without_scripts() {
    a_register_is_taken(Scripts::Off);
}

fn a_register_is_taken(scripts: Scripts) {
    let kit = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/starter-kit");
    let Ok(file) = Path::new(kit).join("risk-register.csv").canonicalize() else {
        eprintln!("skipped: there is no `{kit}`");
        return;
    };
    let mut browser = browser_or_skip!(scripts);
    let program = Program::demo();
    browser.follow(&program.base, &program.link);
    browser.go("/o/orbena/import");
    browser.keys("main input[type='file']", &file.to_string_lossy());
    browser.click("form:has(input[type='file']) button.go");
    // What was understood is shown before anything is taken.
    browser.sees("risk-register.csv");
    let before = program.run("muniment-demo.db", &["list", "risk", "--format", "csv"]);
    browser.choose("Import");
    browser.sees("Undo all of it");
    let after = program.run("muniment-demo.db", &["list", "risk", "--format", "csv"]);
    assert!(after.lines().count() > before.lines().count() + 5, "{after}");
    browser.choose("Undo all of it");
    browser.go("/o/orbena/risk");
    let live = |told: String| told.lines().count();
    let undone = live(program.run("muniment-demo.db", &["list", "risk", "--format", "csv"]));
    assert_eq!(undone, live(before));
}
