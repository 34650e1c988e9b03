//! Two people at once, and a look at the past.

use crate::{browser::Scripts, browser_or_skip, program::Program};

#[test]
fn who_saves_second_sees_what_the_first_wrote() {
    let mut one = browser_or_skip!(Scripts::On);
    let mut other = browser_or_skip!(Scripts::On);
    let program = Program::demo();
    one.follow(&program.base, &program.link);
    let link = program.run("muniment-demo.db", &["link", "PERSON-1"]);
    other.follow(&program.base, link.lines().next().unwrap().trim());
    for browser in [&one, &other] {
        browser.go("/o/orbena/issue/2/edit");
    }
    one.fill("[name='f.description']", "Gangs lock the data of clinics.");
    one.choose("Save");
    one.sees("is saved");
    other.fill("[name='f.description']", "Extortion is a business by now.");
    other.choose("Save");
    other.sees("changed by somebody else");
    other.sees("Gangs lock the data of clinics.");
    assert_eq!(other.value("[name='f.description']"), "Extortion is a business by now.");
    other.choose("Save");
    other.sees("is saved");
    other.sees("Extortion is a business by now.");
}

#[test]
fn every_page_turns_to_another_day() {
    let mut browser = browser_or_skip!(Scripts::On);
    let program = Program::demo();
    browser.follow(&program.base, &program.link);
    browser.go("/o/orbena/risk/4?as_of=2025-12-20");
    assert_eq!(browser.path(), "/o/orbena@2025-12-20/risk/4");
    browser.sees("You are looking at 20 December 2025");
    browser.sees("Nothing can be changed here");
    assert!(!browser.has("a[href$='/edit']"));
    browser.go("/o/orbena@2025-12-20/risk/4/edit");
    browser.sees("This is the past");
    browser.go("/o/orbena@2025-12-20/soa");
    browser.sees("You are looking at 20 December 2025");
    browser.click(".banner button");
    browser.arrives("/o/orbena/soa");
}
