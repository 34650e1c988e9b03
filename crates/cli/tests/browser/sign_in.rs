//! Getting in.

use crate::{browser::Scripts, browser_or_skip, program::Program};

#[test]
fn a_link_signs_in_once() {
    let mut browser = browser_or_skip!(Scripts::On);
    let program = Program::demo();
    browser.follow(&program.base, &program.link);
    browser.sees("Home");
    browser.go(&program.link);
    browser.sees("This link does not work any more");
}

#[test]
fn without_scripts_the_pages_work_as_well() {
    let mut browser = browser_or_skip!(Scripts::Off);
    let program = Program::demo();
    browser.follow(&program.base, &program.link);
    browser.go("/o/orbena/issue/new");
    browser.fill("[name='f.title']", "A new law on resilience");
    browser.select("[name='f.side']", "external");
    browser.choose("Save");
    browser.sees("A new law on resilience");
    browser.choose("Edit");
    browser.fill("[name='f.title']", "A new law on digital resilience");
    browser.choose("Save");
    browser.sees("is saved");
    let told = program.run("muniment-demo.db", &["list", "issue", "--format", "csv"]);
    assert!(told.contains("A new law on digital resilience"), "{told}");
}
