//! Signing in through a certified provider, and another one. Needs `oidc-provider` from the npm
//! registry: `cargo xtask test` brings it; without, the test says that it skips.

use std::{
    env,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    thread,
};

use serde_json::{Value, json};

use crate::{
    browser::{Browser, Scripts},
    browser_or_skip, passkey,
    program::{Program, free_port},
};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/provider/provider.mjs");

/// A running provider; stopped when dropped.
struct Provider {
    port: u16,
    child: Option<Child>,
}

#[test]
fn people_come_in_through_providers_with_what_their_groups_give() {
    let Ok(folder) = env::var("MUNIMENT_TEST_OIDC") else {
        eprintln!("skipped: no provider; run `cargo xtask test`");
        return;
    };
    let mut browser = browser_or_skip!(Scripts::Off);
    let (mut one, mut two) = (Provider::new(), Provider::new());
    let program = Program::configured(|_| {
        let section = |id: &str, name: &str, port: u16, more: &str| {
            format!(
                "[sign_in.provider.{id}]\nname = \"{name}\"\nissuer = \"http://localhost:{port}\"\n\
                 client_id = \"muniment\"\nclient_secret = \"a secret of the test\"\n\
                 scopes = [\"email\", \"profile\", \"groups\"]\n{more}\n"
            )
        };
        let gives =
            "create = true\ngroups = [\"isms-admins = administrator\", \"staff = employee\"]";
        section("one", "House One", one.port, gives) + &section("two", "House Two", two.port, "")
    });
    let people = json!({
        "nina": {"name": "Nina New", "groups": ["staff"]},
        "max": {"name": "Max Power", "groups": ["staff", "isms-admins"]},
        "eve": {"name": "Eve Else", "groups": []},
    });
    one.start(&folder, "one", &program.base, &people, true);
    two.start(&folder, "two", &program.base, &people, false);
    begin(&mut browser, &program);

    // Somebody new, with an account, a person and access from what the provider says.
    browser.go("/o/keller-optics/risk");
    through(&browser, "Sign in with House One", "nina");
    browser.sees("Nina New");
    let listed = |what: &str| program.run("muniment.db", &["list", what, "--format", "csv"]);
    assert!(listed("person").contains("Nina New"), "{}", listed("person"));
    assert!(listed("membership").contains("Employee"), "{}", listed("membership"));
    assert!(program.run("muniment.db", &["log"]).contains("through House One"));
    browser.go("/account");
    browser.sees("Signing in through others");
    browser.sees("Linked");

    // Out here, and out there.
    browser.click("form[action='/sign-out'] button");
    browser.sees("You are signed out here");
    browser.choose("sign out there too");
    browser.click("button[value='yes']");
    browser.sees("Sign in with House Two");

    // The other house means the same account: by its address, the first time.
    through(&browser, "Sign in with House Two", "nina");
    browser.sees("Nina New");
    browser.go("/account");
    let unlink = |id: &str| format!("form[action='/account/providers/{id}/end'] button");
    assert!(browser.has(&unlink("one")) && browser.has(&unlink("two")));

    // What the first house gave goes with it; linked by hand, it gives it again.
    // The house may just have known the browser: it asks her now.
    browser.click(&unlink("one"));
    browser.sees("Is it you?");
    browser.choose("Sign in with House Two");
    through(&browser, "Go on to House Two", "nina");
    browser.choose("Send what I typed");
    browser.sees("It is unlinked");
    assert!(!browser.has(&unlink("two")), "it is the only way in");
    let given = listed("membership");
    assert!(!given.contains("Employee"), "{given}");
    browser.choose("Link House One");
    through(&browser, "Go on to House One", "nina");
    browser.sees("House One is linked");
    assert!(listed("membership").contains("Employee"), "{}", listed("membership"));
    browser.click("form[action='/sign-out'] button");

    browser.sees("You are signed out here");
    // The provider still knows her: another has to sign out there first.
    out(&browser, &one);
    through(&browser, "Sign in with House One", "eve");
    browser.sees("nobody has given you access here yet");
    out(&browser, &one);
    through(&browser, "Sign in with House One", "max");
    browser.go("/o/keller-optics/settings/people");
    browser.sees("Max Power");
    browser.go("/o/keller-optics/settings/sign-in");
    browser.sees("House Two");
}

fn begin(browser: &mut Browser, program: &Program) {
    passkey::begin(browser, program);
    browser.go("/account");
    browser.click("form[action='/sign-out'] button");
    browser.arrives("/sign-in");
}

/// Signs in at a provider as its development pages have it.
fn through(browser: &Browser, label: &str, login: &str) {
    browser.choose(label);
    browser.fill("[name='login']", login);
    browser.fill("[name='password']", "any");
    // Its page of sign-in, then perhaps the one that asks whether it may tell: buttons of one name.
    let mut page = browser.path();
    while page.starts_with("/interaction/") {
        browser.click("button.login-submit");
        browser.leaves(&page);
        page = browser.path();
    }
}

fn out(browser: &Browser, provider: &Provider) {
    browser.leave_for(&format!("http://localhost:{}/session/end", provider.port));
    let page = browser.path();
    browser.click("button[value='yes']");
    browser.leaves(&page);
    browser.go("/sign-in");
}

impl Provider {
    fn new() -> Self {
        Self { port: free_port(), child: None }
    }

    fn start(&mut self, folder: &str, id: &str, base: &str, people: &Value, conform: bool) {
        let settings = json!({
            "port": self.port, "back": format!("{base}/sign-in/back/{id}"),
            "home": format!("{base}/sign-in"), "people": people, "conform": conform,
        });
        let mut child = Command::new("node")
            .arg(SCRIPT)
            .arg(settings.to_string())
            .env("MUNIMENT_TEST_OIDC", folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let is_up = |line: Result<String, _>| line.unwrap().starts_with("http");
        assert!(lines.any(is_up), "the provider starts");
        // It stops when nobody reads what it says.
        thread::spawn(move || lines.for_each(drop));
        self.child = Some(child);
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            child.kill().ok();
            child.wait().ok();
        }
    }
}
