//! A gap analysis with the keyboard alone, and without scripts.

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

#[test]
fn what_is_missing_becomes_an_action_without_scripts() {
    let mut browser = browser_or_skip!(Scripts::Off);
    let program = Program::demo();
    browser.follow(&program.base, &program.link);
    browser.go("/o/orbena/gap");
    browser.choose("Begin");
    browser.leaves("/o/orbena/gap");
    let first = browser.path();
    browser.click("[data-answer='3']");
    browser.fill("[name='f.recommendation']", "Write down who decides.");
    browser.select("[name='f.effect']", "high");
    browser.select("[name='f.effort']", "low");
    browser.choose("Save and go on");
    browser.leaves(&first);
    browser.click("[data-answer='1']");
    browser.choose("Save");
    browser.sees("conforms");
    browser.go("/o/orbena/gap/2/advice");
    browser.choose("Make actions");
    // Nothing was chosen, and the page says so.
    browser.sees("Choose the recommendations");
    browser.click("[name='answer']");
    browser.fill("[name='owner']", "Miriam Adler");
    browser.choose("Make actions");
    browser.sees("1 action is made.");
    let list = ["list", "action", "--search", "Write down who decides", "--format", "csv"];
    let told = program.run("muniment-demo.db", &list);
    assert_eq!(told.lines().count(), 2, "{told}");
}
