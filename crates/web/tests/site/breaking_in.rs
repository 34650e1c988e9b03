//! Signing in as somebody who should not: what is told, and what is kept from one step to the next.

use app::accounts::{Once, Purpose};
use axum::http::Method;
use jiff::SignedDuration;
use kinds::membership::Profile;

use crate::fixture::Fixture;

const GOOD: &str = "kettle on a slate roof";
const FOUNDER: &str = "founder@acme.example";

/// Paths that lead elsewhere, in the ways that browsers read them.
const ELSEWHERE: [&str; 9] = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/\t/evil.example/",
    "\\\\evil.example/",
    "javascript:alert(1)",
    " //evil.example/",
    "/\n/evil.example/",
    "evil.example",
];

#[test]
fn nobody_is_led_elsewhere_by_signing_in() {
    let fixture = Fixture::new();
    let mut owner = fixture.founder();
    owner.post("/account/password", &[("password-new", GOOD)]).is(200);
    for to in ELSEWHERE {
        let mut browser = fixture.nobody();
        let fields = [("email", FOUNDER), ("password", GOOD), ("next", to)];
        let seen = browser.send("/sign-in", &fields);
        assert_eq!(seen.leads_to().as_deref(), Some("/"), "{to:?}");
        let query: String = form_urlencoded::byte_serialize(to.as_bytes()).collect();
        for page in ["/sign-in", "/account/second-factor", "/account/confirm"] {
            let path = format!("{page}?next={query}");
            for who in [&mut browser, &mut fixture.nobody()] {
                let seen = who.ask(Method::GET, &path, "", Vec::new());
                let to = seen.leads_to().unwrap_or_else(|| "/".to_owned());
                assert!(to.starts_with('/') && !to.starts_with("//"), "{path}: {to}");
                let leads = |begin: &str| seen.body.contains(&format!("=\"{begin}"));
                let evil = ["https://evil", "//evil", "/\\", "\\", "javascript:", " //", "evil"];
                assert!(!evil.into_iter().any(leads), "{path}: {}", seen.body);
            }
        }
        let seen = browser.send("/account/confirm", &[("password", GOOD), ("next", to)]);
        assert_eq!(seen.leads_to().as_deref(), Some("/account"), "{to:?}");
    }
}

#[test]
fn who_has_an_account_is_told_to_nobody() {
    let fixture = Fixture::new();
    let mut owner = fixture.founder();
    owner.post("/account/password", &[("password-new", GOOD)]).is(200);
    fixture.browser(Profile::Employee);
    let accounts = fixture.site.app.accounts();
    let known = accounts.by_email("employee@acme.example").unwrap().unwrap();
    accounts.set_password(known.id, GOOD, None).unwrap();
    accounts.disable(known.id).unwrap();
    let shown = |email: &str, password: &str| {
        let mut browser = fixture.nobody();
        let seen = browser.send("/sign-in", &[("email", email), ("password", password)]);
        assert!(browser.cookies.is_empty(), "{email} is given something to keep");
        (seen.status, seen.body.replace(email, "…"))
    };
    let nobody = shown("nobody@acme.example", GOOD);
    assert_eq!(shown(FOUNDER, "another password"), nobody, "a wrong password");
    assert_eq!(shown("employee@acme.example", GOOD), nobody, "disabled");
    assert_eq!(shown("auditor@acme.example", GOOD), nobody, "no password");
    // Also when it is too often.
    for email in [FOUNDER, "nobody@acme.example"] {
        for _ in 0..5 {
            shown(email, "another password");
        }
    }
    assert_eq!(shown(FOUNDER, GOOD), shown("nobody@acme.example", GOOD));
}

#[test]
fn a_session_that_was_planted_is_not_the_one_that_opens() {
    let fixture = Fixture::new();
    let mut mallory = fixture.browser(Profile::Employee);
    let planted = mallory.cookies.clone();
    fixture.founder().post("/account/password", &[("password-new", GOOD)]).is(200);
    let mut victim = fixture.nobody();
    victim.cookies = planted;
    victim.send("/sign-in", &[("email", FOUNDER), ("password", GOOD)]).is(303);
    assert_ne!(victim.cookies, mallory.cookies);
    assert!(victim.get("/account").is(200).body.contains(FOUNDER));
    // What was planted is ended with it, and opens nothing of theirs.
    mallory.get("/account").is(401);
    let mut made_up = fixture.nobody();
    made_up.cookies = vec![("session".to_owned(), "a".repeat(43))];
    made_up.send("/sign-in", &[("email", FOUNDER), ("password", GOOD)]).is(303);
    assert!(made_up.cookies.iter().all(|it| it.1 != "a".repeat(43)));
}

#[test]
fn a_step_between_opens_nothing_by_itself() {
    let fixture = Fixture::new();
    let accounts = fixture.site.app.accounts();
    fixture.founder();
    let account = accounts.by_email(FOUNDER).unwrap().unwrap().id;
    accounts.set_password(account, GOOD, None).unwrap();
    let offer = accounts.offer_authenticator(account, "Muniment").unwrap();
    let key = offer.key.replace(' ', "");
    let code = crate::factors::code(&key, &fixture);
    accounts.take_authenticator(account, &offer.ticket, &code, [192, 0, 2, 1].into()).unwrap();
    let codes = accounts.fresh_codes(account).unwrap();
    let mut browser = fixture.nobody();
    browser.send("/sign-in", &[("email", FOUNDER), ("password", GOOD)]).is(200);
    let (_, half) = browser.cookies.iter().find(|it| it.0 == "half").unwrap().clone();
    // As a session, as the way back from a provider, for another account, or altered.
    for name in ["session", "way", "said", "position"] {
        let mut other = fixture.nobody();
        other.cookies = vec![(name.to_owned(), half.clone())];
        other.get("/account").is(401);
    }
    for altered in [half[1..].to_owned(), format!("A{half}"), String::new(), offer.ticket] {
        let mut other = fixture.nobody();
        other.cookies = vec![("half".to_owned(), altered)];
        other.send("/sign-in/second", &[("recovery", &codes[0])]).is(401);
    }
    // A link to sign in, used up, gives no second try without its half.
    let once = Once::for_account(Purpose::SignIn, account);
    let link = accounts.issue(&once, SignedDuration::from_hours(1)).unwrap();
    let path = format!("/link/{}", link.as_str());
    fixture.nobody().send(&path, &[]).is(200).says("One more step");
    let again = fixture.nobody().send(&path, &[]);
    again.says("This link does not work any more");
    // The code of the step before, after a later one; and the same code for two.
    fixture.pass(60);
    let before = crate::factors::code(&key, &fixture);
    fixture.pass(30);
    let later = crate::factors::code(&key, &fixture);
    browser.send("/sign-in/second", &[("code", &later)]).is(303);
    for code in [&before, &later] {
        let mut other = fixture.nobody();
        other.send("/sign-in", &[("email", FOUNDER), ("password", GOOD)]).is(200);
        other.send("/sign-in/second", &[("code", code)]).is(400);
    }
    // Whoever is in now ended the half.
    assert!(browser.cookies.iter().all(|it| it.0 != "half"), "{:?}", browser.cookies);
}

#[test]
fn wrong_codes_wait_however_somebody_begins_again() {
    let fixture = Fixture::new();
    let accounts = fixture.site.app.accounts();
    fixture.founder();
    let account = accounts.by_email(FOUNDER).unwrap().unwrap().id;
    accounts.set_password(account, GOOD, None).unwrap();
    let offer = accounts.offer_authenticator(account, "Muniment").unwrap();
    let code = crate::factors::code(&offer.key.replace(' ', ""), &fixture);
    accounts.take_authenticator(account, &offer.ticket, &code, [192, 0, 2, 1].into()).unwrap();
    let mut statuses = Vec::new();
    for _ in 0..7 {
        let mut browser = fixture.nobody();
        browser.send("/sign-in", &[("email", FOUNDER), ("password", GOOD)]).is(200);
        let kinds = [("code", "000000"), ("recovery", "0000-0000-0000-0000")];
        let seen = browser.send("/sign-in/second", &kinds[statuses.len() % 2..][..1]);
        statuses.push(seen.status.as_u16());
    }
    assert_eq!(statuses, [400, 400, 400, 400, 400, 429, 429]);
}
