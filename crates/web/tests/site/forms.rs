//! Forms of every kind: as they stand, and what comes of sending them.

use axum::http::Method;

use crate::fixture::{Fixture, PROFILES};

#[test]
fn every_kind_has_its_pages_and_a_form_sent_as_it_stands_changes_nothing() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    for def in kinds::KINDS {
        browser.get(&format!("/o/acme/{}", def.id)).is(200);
        let page = browser.get(&format!("/o/acme/{}/1", def.id)).is(200);
        let edit = format!("/o/acme/{}/1/edit", def.id);
        if !page.body.contains(&format!("href=\"{edit}\"")) {
            continue;
        }
        let form = browser.get(&edit).is(200).form(&edit);
        let fields: Vec<(&str, &str)> = form.iter().map(|it| (&*it.0, &*it.1)).collect();
        let before = fixture.isms().position();
        browser.post(&edit, &fields).is(200).says("Nothing was changed.");
        assert_eq!(fixture.isms().position(), before, "{} changed", def.id);
    }
}

#[test]
fn who_is_not_of_an_organization_does_not_know_of_it() {
    let fixture = Fixture::new();
    for profile in PROFILES {
        fixture.browser(profile).get("/o/acme/work").keeps_quiet_about("You are not signed in");
    }
    fixture.outsider().get("/o/acme/risk/1").is(404).keeps_quiet_about("Ransomware");
    fixture.nobody().get("/o/acme/risk/1").is(401).keeps_quiet_about("Ransomware");
}

#[test]
fn what_was_typed_waits_for_whoever_was_away_too_long() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    fixture.pass(30 * 24 * 3600);
    let seen = browser.send("/o/acme/unit/new", &[("f.title", "Sales & more")]).is(401);
    assert!(seen.form("/sign-in").contains(&("carry.f.title".into(), "Sales & more".into())));
}

#[test]
fn a_form_of_another_site_is_not_taken() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let media = "application/x-www-form-urlencoded";
    let body = b"f.title=Sales".to_vec();
    browser.ask(Method::POST, "/o/acme/unit/new", media, body).is(403);
    assert_eq!(fixture.isms().count("unit"), 1);
}
