//! The second factor: setting it up, signing in with it, losing it.

use app::accounts::SecondFactor;
use jiff::SignedDuration;

use crate::fixture::{Browser, Fixture, Seen};

const GOOD: &str = "kettle on a slate roof";
const EMAIL: &str = "founder@acme.example";

/// The founder's browser, with a password and an app; answers the secret and the recovery codes.
fn set_up(fixture: &Fixture) -> (Browser, String, Vec<String>) {
    let mut browser = fixture.founder();
    browser.post("/account/password", &[("password-new", GOOD)]).is(200);
    browser.post("/sign-in", &[("email", EMAIL), ("password", GOOD)]).is(200);
    let seen = browser.get("/account/authenticator").is(200);
    let key = between(&seen.body, "class=\"key mono\">", "<").replace(' ', "");
    let fields = seen.form("/account/authenticator");
    let ticket = fields.iter().find(|it| it.0 == "ticket").unwrap().1.clone();
    let wrong = browser.post("/account/authenticator", &[("ticket", &ticket), ("code", "000000")]);
    // The same secret once more: the app has it already.
    assert!(wrong.is(422).says("This code is not right").body.contains("secret="));
    let code = code(&key, fixture);
    let seen = browser.post("/account/authenticator", &[("ticket", &ticket), ("code", &code)]);
    let seen = seen.is(200).says("shown only now");
    let codes = between(&seen.body, "spellcheck=\"false\">", "<").trim().to_owned();
    let codes: Vec<String> = codes.lines().map(str::to_owned).collect();
    assert_eq!(codes.len(), 10);
    (browser, key, codes)
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}"));
    rest.split_once(after).unwrap().0
}

/// The code that an app shows now.
pub fn code(key: &str, fixture: &Fixture) -> String {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits = key.chars().flat_map(|it| {
        let value = LETTERS.find(it).unwrap();
        (0..5).rev().map(move |at| value >> at & 1)
    });
    let bits: Vec<usize> = bits.collect();
    let bytes =
        bits.chunks_exact(8).map(|it| it.iter().fold(0, |byte, bit| byte << 1 | *bit as u8));
    let secret: Vec<u8> = bytes.collect();
    let step = fixture.site.clock.now().as_second() / 30;
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &secret);
    let tag = ring::hmac::sign(&key, &step.to_be_bytes());
    let at = usize::from(tag.as_ref()[19] & 15);
    let word = u32::from_be_bytes(tag.as_ref()[at..at + 4].try_into().unwrap());
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}

fn send(browser: &mut Browser, path: &str, seen: &Seen, more: &[(&str, &str)]) -> Seen {
    let kept = seen.form(path);
    let kept = kept.iter().filter(|it| more.iter().all(|(name, _)| *name != it.0));
    let mut fields: Vec<(&str, &str)> = kept.map(|it| (&*it.0, &*it.1)).collect();
    fields.extend(more);
    browser.post_files(path, &fields, &[])
}

#[test]
fn who_has_an_app_is_asked_for_its_code() {
    let fixture = Fixture::new();
    let (mut owner, key, codes) = set_up(&fixture);
    owner.get("/account").is(200).says("It is set up").says("10 codes are left");
    fixture.pass(60);

    let mut browser = fixture.nobody();
    let fields = [("email", EMAIL), ("password", GOOD), ("next", "/o/acme/risk/1")];
    let seen = browser.send("/sign-in", &fields).is(200).says("One more step");
    assert!(browser.cookies.iter().all(|it| it.0 != "session"), "half a sign-in opens nothing");
    browser.get("/account").is(401);
    send(&mut browser, "/sign-in/second", &seen, &[("code", "000000")]).is(400);
    let right = code(&key, &fixture);
    let seen = send(&mut browser, "/sign-in/second", &seen, &[("code", &right)]).is(200);
    assert_eq!(seen.path, "/o/acme/risk/1");
    // The same code in another browser is nothing.
    let mut other = fixture.nobody();
    let seen = other.send("/sign-in", &fields).is(200);
    send(&mut other, "/sign-in/second", &seen, &[("code", &right)]).is(400);
    let seen = send(&mut other, "/sign-in/second", &seen, &[("recovery", &codes[2])]).is(200);
    seen.says("9 recovery codes are left");
    // Without the first step, the second is none; nor long after it, nor by an old password.
    let mut third = fixture.nobody();
    third.send("/sign-in/second", &[("recovery", &codes[3])]).is(401).says("Sign in");
    third.send("/sign-in", &fields).is(200);
    fixture.pass(601);
    let seen = third.send("/sign-in/second", &[("recovery", &codes[3])]).is(401);
    seen.says("That took too long");
    third.send("/sign-in", &fields).is(200);
    let accounts = fixture.site.app.accounts();
    let account = accounts.by_email(EMAIL).unwrap().unwrap();
    accounts.set_password(account.id, "otters under the bridge", None).unwrap();
    third.send("/sign-in/second", &[("recovery", &codes[3])]).is(401);
}

#[test]
fn links_ask_for_the_second_factor_too() {
    let fixture = Fixture::new();
    set_up(&fixture);
    let accounts = fixture.site.app.accounts();
    let account = accounts.by_email(EMAIL).unwrap().unwrap().id;
    for purpose in [app::accounts::Purpose::SignIn, app::accounts::Purpose::Reset] {
        let once = app::accounts::Once::for_account(purpose, account);
        let link = accounts.issue(&once, SignedDuration::from_hours(1)).unwrap();
        let mut browser = fixture.nobody();
        let fields = [("password", "otters under the bridge")];
        let seen = browser.send(&format!("/link/{}", link.as_str()), &fields).is(200);
        seen.says("One more step");
        browser.get("/account").is(401);
    }
}

#[test]
fn a_form_survives_the_second_factor() {
    let fixture = Fixture::new();
    let (mut browser, key, _) = set_up(&fixture);
    browser.get("/o/acme/risk/1").is(200);
    fixture.pass(30 * 24 * 3_600);
    let path = "/o/acme/risk/1/comment";
    let seen = browser.post(path, &[("text", "Kept through both steps")]).is(401);
    let known = [("email", EMAIL), ("password", GOOD)];
    let seen = send(&mut browser, "/sign-in", &seen, &known).is(200).says("One more step");
    let seen = send(&mut browser, "/sign-in/second", &seen, &[("code", "000000")]).is(400);
    let right = code(&key, &fixture);
    let seen = send(&mut browser, "/sign-in/second", &seen, &[("code", &right)]).is(200);
    let seen = seen.says("What you typed is still here");
    send(&mut browser, path, &seen, &[]).is(200);
    let isms = fixture.isms();
    assert!(isms.rows("comment").any(|it| it.title() == "Kept through both steps"));
}

#[test]
fn what_is_weighty_asks_once_more() {
    let fixture = Fixture::new();
    let (mut browser, key, codes) = set_up(&fixture);
    browser.post("/account/recovery", &[]).is(200).says("shown only now");
    fixture.pass(16 * 60);
    for path in [
        "/account/recovery",
        "/account/authenticator/end",
        "/account/password/end",
        "/account/tokens",
        "/account/providers/none/end",
        "/o/acme/settings/sign-in",
        "/o/acme/settings/webhooks",
        "/o/acme/calendar",
    ] {
        browser.post(path, &[]).is(403).says("Is it you?");
    }
    fixture.browser(kinds::membership::Profile::Employee);
    let other = fixture.person(kinds::membership::Profile::Employee);
    let number = fixture.isms().get(other).unwrap().head.number;
    let account = format!("/o/acme/settings/people/{number}/account");
    browser.post(&account, &[("do", "reset")]).is(403).says("Is it you?");
    browser.get("/account/passkey").is(403).says("Is it you?");
    // The password is not enough where there is more.
    let path = "/account/confirm";
    browser.post(path, &[("password", GOOD)]).is(400);
    browser.post(path, &[("recovery", &codes[0])]).is(400);
    let seen = browser.post("/account/authenticator/end", &[]).is(403);
    let right = code(&key, &fixture);
    let seen = send(&mut browser, path, &seen, &[("code", &right)]).is(200).says("Thank you");
    let seen = send(&mut browser, "/account/authenticator/end", &seen, &[]).is(200);
    seen.says("is removed");
    // Now the password is all there is.
    fixture.pass(16 * 60);
    let seen = browser.get("/account/authenticator").is(403);
    send(&mut browser, path, &seen, &[("password", "not it, I fear")]).is(400);
    let seen = send(&mut browser, path, &seen, &[("password", GOOD)]).is(200);
    assert_eq!(seen.path, "/account/authenticator");
}

#[test]
fn an_administrator_takes_a_lost_factor_away_and_it_is_told() {
    let fixture = Fixture::new();
    let (mut owner, ..) = set_up(&fixture);
    let mut other = fixture.browser(kinds::membership::Profile::Administrator);
    let page = "/o/acme/settings/people/1";
    other.get(page).is(200).says("authenticator app, 10 recovery codes left");
    other.get("/o/acme/settings/sign-in").is(200).says("With one Fay Founder authenticator app");
    let before = fixture.isms().position();
    other.post(&format!("{page}/account"), &[("do", "factor")]).is(200).says("is taken away");
    assert_eq!(fixture.isms().position(), before + 1, "it is recorded");
    owner.get("/account").is(401);
    let mut owner = fixture.nobody();
    owner.post("/sign-in", &[("email", EMAIL), ("password", GOOD)]).is(200);
    owner.get("/o/acme/work").is(200).says("The second factor was taken away");
    other.get("/o/acme/settings/sign-in").says("links Pat Administrator Fay Founder");
}

#[test]
fn who_must_have_a_second_factor_sets_one_up_first() {
    let fixture = Fixture::asking(SecondFactor::Asked);
    let mut browser = fixture.founder();
    browser.get("/o/acme").is(200);
    browser.post("/account/password", &[("password-new", GOOD)]).is(200);
    let fields = [("email", EMAIL), ("password", GOOD), ("next", "/o/acme/risk/1")];
    let seen = browser.post("/sign-in", &fields).is(200).says("Protect your account");
    assert!(seen.body.contains("href=\"/o/acme/risk/1\">Later"), "{}", seen.body);

    let fixture = Fixture::asking(SecondFactor::Required);
    let mut browser = fixture.founder();
    let seen = browser.get("/o/acme/risk/1").is(200).says("Protect your account");
    seen.keeps_quiet_about("Later");
    browser.post("/o/acme/risk/1/comment", &[("text", "Hello")]).says("Protect your account");
    browser.get("/account").says("Protect your account");
    let seen = browser.get("/account/authenticator?next=/o/acme/risk/1").is(200);
    let key = between(&seen.body, "class=\"key mono\">", "<").replace(' ', "");
    let right = code(&key, &fixture);
    let seen = send(&mut browser, "/account/authenticator", &seen, &[("code", &right)]).is(200);
    assert!(seen.body.contains("href=\"/o/acme/risk/1\""), "{}", seen.body);
    let seen = browser.get("/o/acme/risk/1").is(200);
    assert_eq!(seen.path, "/o/acme/risk/1");
}

#[test]
fn an_organization_asks_everybody_for_a_second_factor() {
    let fixture = Fixture::new();
    let mut other = fixture.browser(kinds::membership::Profile::Administrator);
    let mut manager = fixture.browser(kinds::membership::Profile::IsmsManager);
    let page = "/o/acme/settings/sign-in";
    manager.get(page).is(200).keeps_quiet_about("Require it of everybody");
    manager.send(page, &[("second", "yes")]).is(403);
    let (mut owner, ..) = set_up(&fixture);
    let before = fixture.isms().position();
    owner.get(page).is(200).says("Require it of everybody here");
    owner.post(page, &[("second", "yes")]).is(200).says("Leave it to each person");
    assert_eq!(fixture.isms().position(), before + 1, "it is recorded");

    // Who has one goes on; who has none sets one up, and nothing is shown or done before.
    owner.get("/o/acme/risk/1").is(200);
    let seen = other.get("/o/acme/risk/1").is(200).says("acme GmbH opens its records to people");
    let seen = seen.keeps_quiet_about("RISK-1");
    let door = |path: &str| path.starts_with("/account/second-factor?next=%2Fo%2Facme");
    assert!(door(&seen.path), "{}", seen.path);
    let sent = other.send("/o/acme/risk/1/comment", &[("text", "Let me in")]);
    assert!(sent.status == 303, "{}", sent.status);
    assert_eq!(fixture.isms().position(), before + 1);
    for path in ["/o/acme@2026-03-31/risk/1", "/o/acme/settings/people", "/o/acme/risk"] {
        assert!(door(&other.get(path).path), "{path}");
    }
    // Nor is it opened by a token that was made without.
    let wanted = [("name", "around the door"), ("organization", "acme")];
    other.post("/account/tokens", &wanted).is(422).says("acme opens to nobody without one");
    other.post("/account/tokens", &wanted[..1]).is(422);
    // Elsewhere nobody asks, and their account is open to them.
    other.get("/account").is(200).says("Your account");
    other.get("/organizations").is(200);
    fixture.outsider().get("/o/elsewhere").is(200).keeps_quiet_about("Protect your account");

    let seen = other.get("/account/authenticator?next=/o/acme/risk/1").is(200);
    let key = between(&seen.body, "class=\"key mono\">", "<").replace(' ', "");
    let right = code(&key, &fixture);
    send(&mut other, "/account/authenticator", &seen, &[("code", &right)]).is(200);
    assert_eq!(other.get("/o/acme/risk/1").is(200).path, "/o/acme/risk/1");
    other.post("/account/tokens", &wanted).is(200).says("Your new token");
    // Whoever removes it again stands before the door at once.
    other.post("/account/authenticator/end", &[]).is(200);
    assert!(door(&other.get("/o/acme/risk/1").path));
    // A session that began before the factor was set up shows it once.
    owner.post(page, &[("second", "no")]).is(200).says("Require it of everybody here");
    assert_eq!(other.get("/o/acme/risk/1").is(200).path, "/o/acme/risk/1");
}
