//! How pages look: pictures of all of them for a person to see, and the checks of accessibility on
//! each, in light and dark.

use std::{env, fs, path::PathBuf};

use serde_json::json;

use crate::{
    browser::{Browser, Scripts},
    browser_or_skip,
    program::Program,
};

/// The pages of the demonstration that are looked at.
const PAGES: &[(&str, &str)] = &[
    ("home", "/o/orbena"),
    ("work", "/o/orbena/work"),
    ("soa", "/o/orbena/soa"),
    ("soa-compare", "/o/orbena/soa/compare"),
    ("matrix", "/o/orbena/matrix"),
    ("conformity", "/o/orbena/conformity"),
    ("rule", "/o/orbena/conformity/6.1.2-10"),
    ("history", "/o/orbena/history"),
    ("entry", "/o/orbena/history/124"),
    ("compare", "/o/orbena/compare?from=2026-01-01&to=2026-06-30"),
    ("documented", "/o/orbena/documented"),
    ("gap", "/o/orbena/gap"),
    ("spine", "/o/orbena/spine"),
    ("spine-clause", "/o/orbena/spine/6.1.2"),
    ("spine-control", "/o/orbena/spine/A.5.7"),
    ("charts", "/o/orbena/charts"),
    ("past", "/o/orbena@2026-03-31"),
    ("settings", "/o/orbena/settings"),
    ("people", "/o/orbena/settings/people"),
    ("account", "/account"),
    ("jump", "/o/orbena/jump?q=backup"),
    ("import", "/o/orbena/import"),
    ("begin", "/o/orbena/begin"),
    ("read", "/o/orbena/read/1"),
    ("round", "/o/orbena/assessment_round/2"),
    ("registers", "/o/orbena/registers"),
    ("risks", "/o/orbena/risk"),
    ("risk", "/o/orbena/risk/4"),
    ("risk-edit", "/o/orbena/risk/4/edit"),
    ("control", "/o/orbena/control/7"),
    ("document", "/o/orbena/document/1"),
    ("risk-new", "/o/orbena/risk/new"),
    ("organizations", "/organizations"),
];

#[test]
fn pages_are_seen_and_anybody_can_use_them() {
    let mut browser = browser_or_skip!(Scripts::On);
    let program = Program::demo();
    browser.follow(&program.base, &program.link);
    browser.sees("Home");
    let axe = env::var("MUNIMENT_TEST_AXE").ok().map(|it| fs::read_to_string(it).unwrap());
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../screens");
    fs::create_dir_all(&folder).unwrap();
    let mut faults = Vec::new();
    for (scheme, width, end) in
        [("light", 1440, "light"), ("dark", 1440, "dark"), ("light", 390, "phone")]
    {
        browser.prefer(scheme);
        browser.width(width);
        for (name, path) in PAGES {
            browser.go(path);
            browser.picture(&folder.join(format!("{name}-{end}.png")));
            let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
            if browser.script(wide, vec![]).as_i64() != Some(0) {
                faults.push(format!("{path} ({end}) is wider than the window"));
            }
            if let Some(axe) = axe.as_ref() {
                check(&browser, axe, &format!("{path} ({end})"), &mut faults);
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What the checks of accessibility object to on the page that is shown.
fn check(browser: &Browser, axe: &str, what: &str, faults: &mut Vec<String>) {
    browser.script(axe, vec![]);
    let run = "const done = arguments[arguments.length - 1];
        axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(
            it => done(it.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html)])),
            it => done([['axe', [String(it)]]]))";
    let found = browser.script_later(run, vec![]);
    for fault in found.as_array().unwrap() {
        let seen = serde_json::to_string(&fault[1]).unwrap();
        faults.push(format!("{what}: {} {seen}", fault[0].as_str().unwrap_or_default()));
    }
    assert_ne!(found, json!(null));
}
