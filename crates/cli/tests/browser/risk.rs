//! A risk, from finding it to the acceptance of what remains, by its owner.

use crate::{
    browser::{Browser, Scripts},
    browser_or_skip,
    program::Program,
};

#[test]
fn a_risk_is_rated_treated_and_accepted() {
    let mut browser = browser_or_skip!(Scripts::On);
    let program = Program::demo();
    from_found_to_accepted(&mut browser, &program);
}

#[test]
fn the_same_without_scripts() {
    let mut browser = browser_or_skip!(Scripts::Off);
    let program = Program::demo();
    from_found_to_accepted(&mut browser, &program);
}

fn from_found_to_accepted(browser: &mut Browser, program: &Program) {
    browser.follow(&program.base, &program.link);
    browser.go("/o/orbena/risk/new");
    browser.fill("[name='f.title']", "A laptop is stolen on a train");
    browser.select("[name='f.concerns']", "information");
    browser.choose("Save");
    browser.sees("A laptop is stolen on a train");
    let path = browser.path();

    browser.go(&format!("{path}/edit"));
    browser.fill("[name='f.scenario']", "A thief takes an open laptop and reads patient data.");
    browser.click("[name='f.harms'][value='confidentiality']");
    browser.fill("[name='f.owner']", "Somebody who is not there");
    browser.choose("Save");
    // Nothing is lost: the sentence stands at the field, what was typed as well.
    browser.sees("Somebody who is not there");
    assert_eq!(browser.value("[name='f.owner']"), "Somebody who is not there");
    browser.fill("[name='f.owner']", "Miriam Adler");
    browser.fill("[name='f.method']", "METHOD-1");
    for rating in ["current", "residual"] {
        for part in ["likelihood", "c.service", "c.patients", "c.money"] {
            browser.select(&format!("[name='f.{rating}.{part}']"), "1");
        }
        browser.fill(&format!("[name='f.{rating}.rationale']"), "Disks are encrypted.");
    }
    browser.click("[name='f.treatment'][value='modify']");
    browser.fill("[name='f.treatment_reason']", "The disk is encrypted on every device.");
    browser.fill("[name='f.controls']", "A.8.1");
    browser.choose("Save");
    browser.sees("is saved");
    browser.sees("The disk is encrypted on every device.");

    accept(browser, &path, "approve_treatment");
    accept(browser, &path, "accept_residual");
    browser.go(&path);
    browser.sees("stands");
    let told = program.run("muniment-demo.db", &["show", "A laptop is stolen on a train"]);
    assert!(told.contains("Accept residual"), "{told}");
}

/// Gives an assent by the form on the page of the record.
fn accept(browser: &Browser, path: &str, purpose: &str) {
    browser.go(path);
    let form = format!("form:has([name='purpose'][value='{purpose}'])");
    if browser.has(&format!("details:not([open]) {form}")) {
        let part = format!("details:has([name='purpose'][value='{purpose}'])");
        browser.click(&format!("{part} > summary"));
    }
    browser.click(&format!("{form} button.go"));
    browser.sees("in your name");
}
