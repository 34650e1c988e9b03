//! What guards every answer: headers and cookies.

use axum::http::Method;

use crate::fixture::Fixture;

#[test]
fn every_answer_is_guarded() {
    let fixture = Fixture::new();
    let mut founder = fixture.founder();
    for path in ["/o/acme/risk/1", "/account", "/nowhere", "/o/acme/risk/99"] {
        let seen = founder.ask(Method::GET, path, "", Vec::new());
        let policy = seen.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"));
        assert_eq!(seen.header("cache-control"), "no-store", "{path}");
        assert_eq!(seen.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(seen.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(seen.header("strict-transport-security"), "", "{path}");
    }
    assert!(founder.cookies.iter().any(|it| it.0 == "session"), "{:?}", founder.cookies);
    let seen = fixture.nobody().ask(Method::GET, "/account", "", Vec::new()).is(401);
    assert_eq!(seen.header("cache-control"), "no-store");
}

#[test]
fn encrypted_the_cookie_is_bound_to_the_host() {
    let fixture = Fixture::reached(true);
    let founder = fixture.founder();
    let names: Vec<&str> = founder.cookies.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(names, ["__Host-session"]);
    let accounts = fixture.site.app.accounts();
    let account = accounts.by_email("founder@acme.example").unwrap().unwrap();
    accounts.set_password(account.id, "kettle on a slate roof", None).unwrap();
    let fields = [("email", account.email.as_str()), ("password", "kettle on a slate roof")];
    let seen = fixture.nobody().send("/sign-in", &fields).is(303);
    let cookie = seen.header("set-cookie");
    for rule in ["Path=/;", "HttpOnly", "SameSite=Lax", "; Secure"] {
        assert!(cookie.contains(rule) && !cookie.contains("Domain"), "{cookie}");
    }
    let mut founder = fixture.founder();
    let seen = founder.get("/account").is(200);
    assert!(seen.header("strict-transport-security").starts_with("max-age=63072000"));
    // A cookie that some other page of the host could set signs nobody in.
    founder.cookies[0].0 = "session".to_owned();
    founder.get("/account").is(401);
}

#[test]
fn pages_hold_no_script_and_no_style_of_their_own() {
    let fixture = Fixture::new();
    let mut founder = fixture.founder();
    for path in
        ["/account", "/organizations", "/o/acme/settings/people", "/o/acme/settings/people/1"]
    {
        let body = founder.get(path).is(200).body;
        for inline in [" style=", "<style", " onclick=", " onsubmit=", "javascript:"] {
            assert!(!body.contains(inline), "{path} has{inline}");
        }
        for script in body.split("<script").skip(1) {
            assert!(script.split('>').next().unwrap().contains("src=\"/assets/"), "{path}");
        }
    }
}
