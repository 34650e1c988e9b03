//! Passkeys and codes, in a browser with a device that keeps passkeys.

use serde_json::json;

use crate::{
    browser::{Browser, Scripts},
    browser_or_skip,
    program::Program,
};

pub const PASSWORD: &str = "seven quiet lanterns drift";

#[test]
fn a_passkey_signs_in_without_a_password_and_beside_one() {
    let mut browser = browser_or_skip!(Scripts::On);
    let program = Program::configured(|_| "[sign_in]\nsecond_factor = \"asked\"\n".to_owned());
    begin(&mut browser, &program);
    let device = device(&browser);

    browser.go("/account/second-factor");
    browser.choose("Make a passkey");
    browser.choose("Make the passkey");
    browser.sees("Keep these recovery codes");
    let codes = browser.value("#codes");
    assert_eq!(codes.lines().count(), 10, "{codes}");
    browser.choose("I have kept them");
    touches(&browser, &device, false);
    browser.go("/account");
    browser.sees("10 codes are left");
    browser.click("form[action='/sign-out'] button");

    // With nothing else: the device makes sure who it is.
    browser.arrives("/sign-in");
    touches(&browser, &device, true);
    if browser.has("pass-key button") {
        browser.script("document.querySelector('pass-key button')?.click()", Vec::new());
    }
    browser.sees("Keller Optics");
    browser.go("/account");
    browser.sees("with a passkey");
    touches(&browser, &device, false);
    browser.click("form[action='/sign-out'] button");

    // Beside the password.
    browser.arrives("/sign-in");
    browser.fill("[name='email']", "ada@keller.example");
    browser.fill("[name='password']", PASSWORD);
    browser.click("main form button.go");
    browser.sees("One more step");
    touches(&browser, &device, true);
    browser.choose("Use a passkey");
    browser.sees("Keller Optics");
    touches(&browser, &device, false);
    browser.go("/account");
    browser.click("form[action='/sign-out'] button");

    // The device is lost.
    browser.arrives("/sign-in");
    browser.fill("[name='email']", "ada@keller.example");
    browser.fill("[name='password']", PASSWORD);
    browser.click("main form button.go");
    browser.choose("You do not have it at hand?");
    browser.fill("[name='recovery']", codes.lines().next().unwrap());
    browser.choose("Use this recovery code");
    browser.sees("9 recovery codes are left");
}

/// Begins the installation, as Ada of Keller Optics.
pub fn begin(browser: &mut Browser, program: &Program) {
    browser.base.clone_from(&program.base);
    browser.go(&program.link);
    browser.fill("[name='name']", "Ada Keller");
    browser.fill("[name='email']", "ada@keller.example");
    browser.fill("[name='password']", PASSWORD);
    browser.fill("[name='organization']", "Keller Optics");
    browser.fill("[name='zone']", "Europe/Berlin");
    browser.choose("Begin");
    browser.sees("Keller Optics");
}

/// A device in the browser that keeps passkeys and knows its owner.
pub fn device(browser: &Browser) -> String {
    browser.command("WebAuthn.enable", json!({}));
    let options = json!({"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
        "hasUserVerification": true, "isUserVerified": true,
        "automaticPresenceSimulation": true,
    }});
    let made = browser.command("WebAuthn.addVirtualAuthenticator", options);
    made["authenticatorId"].as_str().unwrap().to_owned()
}

/// Whether somebody touches the device when it asks.
pub fn touches(browser: &Browser, device: &str, enabled: bool) {
    let params = json!({"authenticatorId": device, "enabled": enabled});
    browser.command("WebAuthn.setAutomaticPresenceSimulation", params);
}
