//! The Statement of Applicability and a document that wants four eyes.

use crate::{
    browser::{Browser, Scripts},
    browser_or_skip,
    program::Program,
};

/// The path of a link that signs a person of the demonstration in.
fn link(program: &Program, person: &str) -> String {
    let told = program.run("muniment-demo.db", &["link", person]);
    told.lines().next().unwrap().trim().to_owned()
}

const WHY: &str = "Leads answer for security in their teams.";

#[test]
fn the_statement_is_edited_approved_and_compared() {
    let mut manager = browser_or_skip!(Scripts::On);
    let mut director = browser_or_skip!(Scripts::On);
    let program = Program::demo();
    manager.follow(&program.base, &program.link);
    manager.go("/o/orbena/soa");
    manager.click("tr[data-key='4'] summary");
    manager.retype("[name='4.justification']", WHY);
    manager.click("tr[data-key='4'] [data-save]");
    manager.sees("Saved.");
    manager.go("/o/orbena/soa");
    manager.sees(WHY);
    approve_and_compare(&mut director, &program);
}

#[test]
fn the_statement_is_edited_and_published_without_scripts() {
    let mut manager = browser_or_skip!(Scripts::Off);
    let mut director = browser_or_skip!(Scripts::Off);
    let program = Program::demo();
    manager.follow(&program.base, &program.link);
    manager.go("/o/orbena/soa");
    manager.click("tr[data-key='4'] summary");
    manager.fill("[name='4.justification']", WHY);
    manager.choose("Save all changes");
    manager.sees("is saved.");
    approve_and_compare(&mut director, &program);
}

/// The director approves what was edited as edition 3.0, and compares it with the one before.
fn approve_and_compare(director: &mut Browser, program: &Program) {
    director.follow(&program.base, &link(program, "Johanna Reiter"));
    director.go("/o/orbena/soa");
    director.click("details:has([name='edition']) > summary");
    director.fill("[name='edition']", "3.0");
    director.click("form:has([name='edition']) button.go");
    director.sees("3.0");
    let told = program.run("muniment-demo.db", &["soa", "--edition", "3.0"]);
    assert!(told.contains("3.0"), "{told}");
    director.go("/o/orbena/soa/compare");
    director.select_label("[name='from']", "edition 2.0");
    director.select_label("[name='to']", "edition 3.0");
    director.choose("Compare");
    director.sees(WHY);
}

#[test]
fn the_author_of_a_document_cannot_publish_it_alone() {
    let mut browser = browser_or_skip!(Scripts::On);
    let program = Program::demo();
    let change = ["--as", "Johanna Reiter", "edit", "DOC-1", "--set", "four_eyes=yes"];
    program.run("muniment-demo.db", &[&change[..], &["--set", "change_summary=Shorter."]].concat());
    browser.follow(&program.base, &link(&program, "Johanna Reiter"));
    browser.go("/o/orbena/document/1");
    browser.sees("second pair of eyes");
    browser.sees("publish it");
    assert!(!browser.has("[name='purpose'][value='publish']"));
}
