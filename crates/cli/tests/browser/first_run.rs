//! From an empty database to a second person who is signed in.

use crate::{
    browser::{Browser, Scripts},
    browser_or_skip,
    program::Program,
};

const PASSWORD: &str = "seven quiet lanterns drift";

#[test]
fn the_first_begins_and_invites_the_second() {
    let mut first = browser_or_skip!(Scripts::On);
    let mut second = browser_or_skip!(Scripts::On);
    begin_and_invite(&mut first, &mut second);
}

#[test]
fn the_same_without_scripts() {
    let mut first = browser_or_skip!(Scripts::Off);
    let mut second = browser_or_skip!(Scripts::Off);
    begin_and_invite(&mut first, &mut second);
}

fn begin_and_invite(first: &mut Browser, second: &mut Browser) {
    let program = Program::empty();
    first.base.clone_from(&program.base);
    first.go("/");
    first.sees("Muniment");
    first.go(&program.link);
    first.fill("[name='name']", "Ada Keller");
    first.fill("[name='email']", "ada@keller.example");
    first.fill("[name='password']", "short");
    first.fill("[name='organization']", "Keller Optics");
    first.fill("[name='zone']", "Europe/Berlin");
    first.choose("Begin");
    // What was typed is still there, and what is wrong stands beside it.
    first.sees("at least");
    first.fill("[name='password']", PASSWORD);
    first.choose("Begin");
    first.sees("Keller Optics");
    assert!(first.path().starts_with("/o/keller-optics"), "{}", first.path());

    first.go("/o/keller-optics/settings/people/new");
    first.fill("[name='who']", "Ben Ortiz");
    first.fill("[name='email']", "ben@keller.example");
    first.select("[name='f.profile']", "risk_owner");
    first.choose("Give access and make the link");
    let link = first.value("#link");
    let path = link.strip_prefix(&program.base).expect("the link leads to this site");

    second.base.clone_from(&program.base);
    second.go(path);
    second.fill("[name='password']", "eight loud kettles whistle");
    second.choose("Make the account and join");
    second.go("/o/keller-optics/risk");
    second.sees("Risks");
    second.go("/o/keller-optics/settings/people");
    assert!(!second.has("[name='who']"));
    // The link works once.
    second.go(path);
    second.sees("does not work any more");

    second.go("/account");
    second.click("form[action='/sign-out'] button");
    second.arrives("/sign-in");
    second.fill("[name='email']", "ben@keller.example");
    second.fill("[name='password']", "eight loud kettles whistle");
    second.choose("Sign in");
    second.go("/o/keller-optics/risk");
    second.sees("Risks");
}
