//! A gap analysis with the keyboard alone.

use crate::{browser::Scripts, browser_or_skip, program::Program};

#[test]
fn answers_are_given_by_their_numbers() {
    let mut browser = browser_or_skip!(Scripts::On);
    let program = Program::demo();
    browser.follow(&program.base, &program.link);
    browser.go("/o/orbena/gap");
    browser.choose("Begin");
    browser.leaves("/o/orbena/gap");
    let first = browser.path();
    browser.keys("body", "2");
    browser.keys("body", "n");
    browser.leaves(&first);
    let second = browser.path();
    browser.keys("body", "1");
    browser.keys("body", "n");
    browser.leaves(&second);
    browser.keys("body", "p");
    browser.arrives(&second);
    assert!(browser.has("[data-answer='1']:checked"));
    let list = ["list", "gap_answer", "--filter", "assessment=GAP-2", "--format", "csv"];
    let told = program.run("muniment-demo.db", &list);
    assert_eq!(told.lines().count(), 3, "{told}");
}
