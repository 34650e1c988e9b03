//! How pages look: pictures of all of them for a person to see, and the checks of accessibility on
//! each, in light and dark.

use std::{env, fs, path::PathBuf};

use serde_json::json;

use crate::{
    browser::{Browser, Scripts},
    browser_or_skip, passkey,
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
    let looking = Looking::new();
    let mut faults = Vec::new();
    for mode in MODES {
        mode.set(&browser);
        for (name, path) in PAGES {
            browser.go(path);
            looking.at(&browser, name, mode, &mut faults);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_pages_of_signing_in_are_seen_and_anybody_can_use_them() {
    let mut browser = browser_or_skip!(Scripts::On);
    let program = Program::configured(|_| {
        "[sign_in]\nsecond_factor = \"asked\"\n\
         [sign_in.provider.house]\nname = \"House One\"\nissuer = \"http://localhost:1\"\n\
         client_id = \"muniment\"\n"
            .to_owned()
    });
    let looking = Looking::new();
    let mut faults = Vec::new();
    let mut see = |browser: &Browser, name: &str| {
        for mode in MODES {
            mode.set(browser);
            looking.at(browser, name, mode, &mut faults);
        }
        MODES[0].set(browser);
    };
    passkey::begin(&mut browser, &program);
    browser.go("/account/second-factor");
    see(&browser, "second-factor");
    browser.go("/account/authenticator");
    see(&browser, "authenticator");
    let key = browser.text("p.key");
    browser.fill("[name='code']", "12345");
    browser.choose("This is the code");
    browser.sees("This code is not right");
    see(&browser, "authenticator-wrong");
    browser.fill("[name='code']", &code(&browser, &key));
    browser.choose("This is the code");
    browser.sees("Keep these recovery codes");
    see(&browser, "recovery-codes");
    browser.choose("I have kept them");
    let device = passkey::device(&browser);
    browser.go("/account/passkey");
    see(&browser, "passkey");
    browser.choose("Make the passkey");
    browser.sees("Your passkey is kept");
    // The page to sign in on would be left at once.
    passkey::touches(&browser, &device, false);
    browser.go("/account");
    see(&browser, "account-factors");
    browser.go("/account/tokens");
    browser.fill("[name='name']", "nightly inventory");
    browser.choose("Make the token");
    browser.sees("Your new token");
    see(&browser, "token-made");
    browser.go("/o/keller-optics/settings/sign-in");
    see(&browser, "settings-sign-in");
    browser.choose("Require it of everybody here");
    browser.sees("Leave it to each person");
    browser.go("/o/keller-optics/settings/tokens");
    see(&browser, "settings-tokens");
    browser.go("/account");
    browser.click("form[action='/sign-out'] button");
    browser.arrives("/sign-in");
    see(&browser, "sign-in");
    browser.fill("[name='email']", "ada@keller.example");
    browser.fill("[name='password']", "not this one");
    browser.click("main form button.go");
    browser.sees("do not belong together");
    see(&browser, "sign-in-wrong");
    browser.fill("[name='password']", passkey::PASSWORD);
    browser.click("main form button.go");
    browser.sees("One more step");
    browser.choose("You do not have it at hand?");
    see(&browser, "second-step");
    browser.fill("[name='code']", "000000");
    browser.choose("Go on");
    browser.sees("This code is not right");
    see(&browser, "second-step-wrong");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_page_that_asks_once_more_is_seen_and_anybody_can_use_it() {
    let mut browser = browser_or_skip!(Scripts::On);
    let program = Program::configured(|_| String::new());
    passkey::begin(&mut browser, &program);
    let told = program.run("muniment.db", &["link", "PERSON-1"]);
    let link = told.split_whitespace().find_map(|it| it.split_once("/link/")).unwrap().1;
    browser.go("/account");
    browser.click("form[action='/sign-out'] button");
    browser.arrives("/sign-in");
    browser.go(&format!("/link/{link}"));
    browser.click("main form button");
    browser.sees("Keller Optics");
    browser.go("/account/authenticator");
    browser.sees("Is it you?");
    let looking = Looking::new();
    let mut faults = Vec::new();
    for mode in MODES {
        mode.set(&browser);
        looking.at(&browser, "confirm", mode, &mut faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    browser.fill("[name='password']", passkey::PASSWORD);
    browser.click("main form button.go");
    browser.sees("Set up an authenticator app");
}

/// How a page is looked at.
#[derive(Clone, Copy)]
struct Mode {
    scheme: &'static str,
    width: u32,
    name: &'static str,
}

const MODES: [Mode; 3] = [
    Mode { scheme: "light", width: 1440, name: "light" },
    Mode { scheme: "dark", width: 1440, name: "dark" },
    Mode { scheme: "light", width: 390, name: "phone" },
];

impl Mode {
    fn set(self, browser: &Browser) {
        browser.prefer(self.scheme);
        browser.width(self.width);
    }
}

/// Where pictures go, and the checks of accessibility if they are there.
struct Looking {
    folder: PathBuf,
    axe: Option<String>,
}

impl Looking {
    fn new() -> Self {
        let axe = env::var("MUNIMENT_TEST_AXE").ok();
        let axe = axe.map(|it| fs::read_to_string(it).unwrap());
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../screens");
        fs::create_dir_all(&folder).unwrap();
        Self { folder, axe }
    }

    /// Takes a picture of the page that is shown, and notes what is wrong with it.
    fn at(&self, browser: &Browser, name: &str, mode: Mode, faults: &mut Vec<String>) {
        let end = mode.name;
        browser.picture(&self.folder.join(format!("{name}-{end}.png")));
        let wide =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        if browser.script(wide, vec![]).as_i64() != Some(0) {
            faults.push(format!("{name} ({end}) is wider than the window"));
        }
        if let Some(axe) = &self.axe {
            check(browser, axe, &format!("{name} ({end})"), faults);
        }
    }
}

/// The code that an authenticator app with this key shows now, reckoned by the browser.
fn code(browser: &Browser, key: &str) -> String {
    let script = "const [key, done] = arguments;
        const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
        const bits = [...key.replaceAll(' ', '')].map(it => letters.indexOf(it).toString(2).padStart(5, '0')).join('');
        const secret = Uint8Array.from(bits.match(/.{8}/g), it => parseInt(it, 2));
        const step = new DataView(new ArrayBuffer(8));
        step.setUint32(4, Math.floor(Date.now() / 30000));
        crypto.subtle.importKey('raw', secret, {name: 'HMAC', hash: 'SHA-1'}, false, ['sign'])
            .then(it => crypto.subtle.sign('HMAC', it, step.buffer))
            .then(it => {
                const tag = new DataView(it);
                const word = tag.getUint32(tag.getUint8(19) & 15) & 0x7fffffff;
                done(String(word % 1000000).padStart(6, '0'));
            });";
    browser.script_later(script, vec![json!(key)]).as_str().unwrap().to_owned()
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
