//! Signing in, and what becomes of a form whose session has ended.

use axum::http::Method;

use crate::fixture::{Browser, Fixture};

const GOOD: &str = "kettle on a slate roof";
const A_MONTH: i64 = 30 * 24 * 3600;

/// Gives the founder a password; answers their e-mail address.
fn with_password(fixture: &Fixture) -> &'static str {
    let email = "founder@acme.example";
    let accounts = fixture.site.app.accounts();
    let account = accounts.by_email(email).unwrap().unwrap();
    accounts.set_password(account.id, GOOD, None).unwrap();
    email
}

#[test]
fn nobody_learns_who_has_an_account() {
    let fixture = Fixture::new();
    fixture.founder();
    let known = with_password(&fixture);
    let mut browser = fixture.nobody();
    let mut told = Vec::new();
    for email in [known, "nobody@acme.example"] {
        let fields = [("email", email), ("password", "not it at all")];
        let seen = browser.send("/sign-in", &fields).is(400);
        told.push(seen.body.replace(email, ""));
    }
    assert_eq!(told[0], told[1]);
    for _ in 0..4 {
        browser.send("/sign-in", &[("email", "x@acme.example"), ("password", "no")]).is(400);
    }
    browser.send("/sign-in", &[("email", "x@acme.example"), ("password", "no")]).is(400);
    let seen = browser.send("/sign-in", &[("email", "x@acme.example"), ("password", "no")]);
    seen.is(429).says("wait 5 seconds");
}

#[test]
fn a_form_with_a_file_survives_the_end_of_its_session() {
    let fixture = Fixture::new();
    fixture.founder();
    let email = with_password(&fixture);
    let mut browser = fixture.founder();
    browser.get("/o/acme/risk/1").is(200);
    fixture.pass(A_MONTH);
    let path = "/o/acme/risk/1/attachment";
    let back = "/o/acme/risk/1?a=%3C&b=1";
    let seen = browser.post_files(path, &[("back", back)], &[("file", "a.txt", b"kept")]);
    let seen = seen.is(401).says("What you typed is kept");
    // It stays kept while somebody mistypes.
    let seen = sign_in(&mut browser, &seen.form("/sign-in"), email, "mistyped, I fear").is(400);
    let seen = sign_in(&mut browser, &seen.form("/sign-in"), email, GOOD).is(200);
    let fields = seen.says("What you typed is still here").form(path);
    assert!(fields.contains(&("back".into(), back.into())));
    let fields: Vec<(&str, &str)> = fields.iter().map(|it| (&*it.0, &*it.1)).collect();
    browser.post_files(path, &fields, &[]).says("The file is kept");
    let risk = fixture.record("RISK-1");
    let kept = &risk.head.extras.as_ref().unwrap().attachments;
    assert_eq!((kept[0].name.as_str(), kept[0].size), ("a.txt", 4));
}

#[test]
fn a_page_of_an_earlier_session_sends_what_was_typed_once_more() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let before = fixture.isms().position();
    let media = "application/x-www-form-urlencoded";
    let stale = b"token=0123456789abcdef0123456789abcdef&text=Hello&password=secret".to_vec();
    let path = "/o/acme/risk/1/comment";
    // A browser that does not say where a form comes from is not believed.
    browser.ask(Method::POST, path, media, stale.clone()).is(403).says("open it again");
    browser.headers = vec![("sec-fetch-site", "same-origin")];
    let seen = browser.ask(Method::POST, path, media, stale.clone()).is(403);
    let seen = seen.says("still here");
    let (fields, seen_text) = (seen.form(path), seen.text());
    assert_eq!(fields, [("text".to_owned(), "Hello".to_owned())]);
    assert!(seen_text.contains("Hello") && !seen_text.contains("secret"), "{seen_text}");
    assert_eq!(fixture.isms().position(), before);
    browser.post(path, &[("text", "Hello")]).is(200);
    assert_eq!(fixture.isms().position(), before + 1);
    browser.headers = vec![("sec-fetch-site", "cross-site")];
    let seen = browser.ask(Method::POST, path, media, stale).is(403);
    seen.keeps_quiet_about("Send what I typed");
}

#[test]
fn no_link_fills_in_a_form_for_somebody() {
    let fixture = Fixture::new();
    fixture.founder();
    let mut browser = fixture.nobody();
    let path = "/sign-in?carry-to=/o/acme/risk/1/withdrawal&carry.version=1&next=//evil.example";
    let seen = browser.get(path).is(200);
    assert!(!seen.body.contains("carry") && !seen.body.contains("evil"), "{}", seen.body);
    let seen = browser.get("/o/acme/risk/1?q=a").is(401);
    assert_eq!(seen.form("/sign-in")[0], ("next".into(), "/o/acme/risk/1?q=a".into()));
}

#[test]
fn signing_out_ends_the_session_and_not_only_the_cookie() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let kept = browser.cookies.clone();
    browser.get("/account").is(200);
    browser.post("/sign-out", &[]).says("Sign in");
    assert!(browser.cookies.is_empty(), "{:?}", browser.cookies);
    browser.cookies = kept;
    browser.get("/account").is(401);
}

#[test]
fn an_address_is_believed_from_no_proxy_that_was_not_named() {
    let fixture = Fixture::new();
    fixture.founder();
    let email = with_password(&fixture);
    let mut browser = fixture.nobody();
    browser.headers = vec![("x-forwarded-for", "203.0.113.9")];
    browser.post("/sign-in", &[("email", email), ("password", GOOD)]).is(200);
    browser.get("/account").says("From 127.0.0.1").keeps_quiet_about("203.0.113.9");
}

fn sign_in(
    browser: &mut Browser,
    carried: &[(String, String)],
    email: &str,
    password: &str,
) -> crate::fixture::Seen {
    let kept = carried.iter().filter(|it| it.0 != "email" && it.0 != "password");
    let mut fields: Vec<(&str, &str)> = kept.map(|it| (&*it.0, &*it.1)).collect();
    fields.extend([("email", email), ("password", password)]);
    browser.post_files("/sign-in", &fields, &[])
}
