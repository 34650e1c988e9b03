//! What reaches outside through the API, and how much one program may ask for.

use app::{
    accounts::Scope,
    hooks::{HookCarrier, HookSettings, signature},
};
use axum::http::Method;
use kinds::membership::Profile;
use serde_json::{Value, json};
use web::{
    Post,
    api::{AT_ONCE, WRONG_A_MINUTE},
};

use super::client::{ALL, Client};
use crate::{
    fixture::Fixture,
    hooks::{Called, header},
};

const OWN: HookSettings = HookSettings { allow_private: true };

#[test]
fn a_webhook_is_made_called_paused_and_removed() {
    let called = Called::answering(&[]);
    let url = &called.url;
    let fixture = Fixture::posting(Post { hooks: OWN, ..Post::default() });
    let client = Client::for_person(&fixture, "founder", fixture.founder, &ALL);
    let (path, outbox) = ("/api/v1/o/acme/webhooks", fixture.site.app.outbox());
    outbox.follow(false).unwrap();
    let wrong = client.post(path, &json!({"url": "ftp://x", "kinds": ["risk"]}));
    assert_eq!((wrong.status, &wrong.json()["errors"][0]["pointer"]), (422, &json!("/url")));
    let wrong = client.post(path, &json!({"url": url, "kinds": ["wat"]}));
    assert_eq!((wrong.status, &wrong.json()["errors"][0]["pointer"]), (422, &json!("/kinds")));
    let made = client.post(path, &json!({"url": url, "kinds": ["asset"]}));
    assert_eq!(made.status, 201, "{}", made.text);
    let key = made.json()["key"].as_str().unwrap().to_owned();
    let hook = made.header("location").to_owned();
    assert!(!client.get(&hook).text.contains(&key), "it is shown once");
    assert_eq!(client.get(path).json()["items"][0]["kinds"], json!(["asset"]));

    client.post("/api/v1/o/acme/asset", &json!({"fields": {"title": "Printer"}}));
    outbox.follow(false).unwrap();
    let carrier = HookCarrier::new("https://isms.example", OWN);
    assert_eq!(outbox.deliver(&carrier, || Ok(())).unwrap(), 1);
    let (head, body) = called.next();
    let said = header(&head, "muniment-signature");
    let at = said.strip_prefix("t=").unwrap().split(',').next().unwrap().parse().unwrap();
    assert_eq!(said, signature(&key, at, &body));
    let position = serde_json::from_str::<Value>(&body).unwrap()["position"].clone();
    let sent = client.get(&format!("{hook}/deliveries")).json()["items"][0].clone();
    assert_eq!((&sent["state"], &sent["entry"]), (&json!("sent"), &position));
    let again = format!("{hook}/deliveries/{}/retry", sent["id"].as_str().unwrap());
    assert_eq!(client.post(&again, &json!({})).status, 409, "it arrived");

    let paused = client.patch(&hook, &[], &json!({"paused": true}));
    assert!(paused.json()["paused"].is_string(), "{}", paused.text);
    assert_eq!(client.ask(Method::POST, &format!("{hook}/trial"), &[], "").status, 204);
    assert_eq!(client.get(&format!("{hook}/deliveries")).json()["items"][0]["entry"], Value::Null);
    assert_eq!(client.ask(Method::DELETE, &hook, &[], "").status, 204);
    assert_eq!(client.get(&hook).status, 404);
    let writes = Client::for_person(&fixture, "founder", fixture.founder, &[Scope::Write]);
    assert_eq!(writes.post(path, &json!({"url": url})).status, 403);
    let manager = Client::of(&fixture, Profile::IsmsManager, &ALL);
    assert_eq!(manager.get(path).status, 403);
}

#[test]
fn a_calendar_is_made_read_and_taken_back() {
    let fixture = Fixture::new();
    let client = Client::of(&fixture, Profile::IsmsManager, &ALL);
    let due = json!({"fields": {
        "title": "Mail server", "asset_type": "software", "next_review": "2026-05-01",
        "owner": fixture.person(Profile::IsmsManager),
    }});
    assert_eq!(client.post("/api/v1/o/acme/asset", &due).status, 201);
    let agenda = client.get("/api/v1/o/acme/agenda?until=2026-05-01").json();
    let day = agenda["items"].as_array().unwrap().last().unwrap();
    assert_eq!((&day["day"], &day["what"]), (&json!("2026-05-01"), &json!("review")));
    assert_eq!(client.get("/api/v1/o/acme/agenda?until=tomorrow").status, 400);
    let path = "/api/v1/o/acme/calendars";
    let made = client.post(path, &json!({"of": "mine"}));
    assert_eq!(made.status, 201, "{}", made.text);
    let address = made.json()["address"].as_str().unwrap().to_owned();
    let feed = address[address.find("/calendar/").unwrap()..].to_owned();
    let nobody = Client::with("", &fixture);
    assert!(nobody.get(&feed).text.contains("DTSTART;VALUE=DATE:20260501"));
    let listed = client.get(path);
    assert!(listed.json()["items"][0]["read"].is_string(), "{}", listed.text);
    assert!(!feed.is_empty() && !listed.text.contains(feed.trim_end_matches(".ics")));
    let other = Client::of(&fixture, Profile::Employee, &ALL);
    let made = made.header("location").to_owned();
    assert_eq!(other.ask(Method::DELETE, &made, &[], "").status, 404, "it is not theirs");
    assert_eq!(other.post(path, &json!({"of": "everybody"})).status, 403);
    assert_eq!(client.ask(Method::DELETE, &made, &[], "").status, 204);
    assert_eq!(nobody.get(&feed).status, 404);
}

#[test]
fn a_person_is_invited_and_tokens_are_revoked() {
    let fixture = Fixture::new();
    let client = Client::for_person(&fixture, "founder", fixture.founder, &ALL);
    let person = json!({"fields": {"title": "Ida Invited", "email": "ida@new.example"}});
    let made = client.post("/api/v1/o/acme/person", &person).json();
    let path = "/api/v1/o/acme/invitations";
    let invited = client.post(path, &json!({"person": made["ref"]}));
    assert_eq!(invited.status, 201, "{}", invited.text);
    let address = invited.json()["address"].as_str().unwrap().to_owned();
    fixture.nobody().get(&address[address.find("/link/").unwrap()..]).is(200).says("Ida Invited");
    assert_eq!(client.get(path).json()["items"][0]["email"], "ida@new.example");
    let wrong = client.post(path, &json!({"person": "RISK-1", "email": "wat"}));
    assert_eq!((wrong.status, wrong.json()["errors"].as_array().unwrap().len()), (422, 2));
    let taken = client.post(path, &json!({"person": "PERSON-1"}));
    assert_eq!(taken.status, 409, "{}", taken.text);
    assert_eq!(client.ask(Method::DELETE, invited.header("location"), &[], "").status, 204);
    assert_eq!(client.get(path).json()["items"], json!([]));

    let mine = client.get("/api/v1/tokens").json();
    assert_eq!(mine["items"][0]["id"], client.token.to_string());
    let own = format!("/api/v1/tokens/{}", client.token);
    let other = Client::of(&fixture, Profile::IsmsManager, &ALL);
    assert_eq!(other.ask(Method::DELETE, &own, &[], "").status, 404, "it is not theirs");
    assert_eq!(client.ask(Method::DELETE, &own, &[], "").status, 204);
    assert_eq!(client.get("/api/v1").status, 401);
}

#[test]
fn who_shows_wrong_tokens_waits_and_others_go_on() {
    let fixture = Fixture::new();
    let client = Client::of(&fixture, Profile::IsmsManager, &ALL);
    assert_eq!(client.get("/api/v1").status, 200);
    let guess = |at: u32| Client::with(&format!("mun_{at:032x}_{at:043}"), &fixture).get("/api/v1");
    // What has not the form of a token costs nothing, and is not counted.
    assert!((0..99).all(|_| Client::with("wat", &fixture).get("/api/v1").status == 401));
    assert!((0..WRONG_A_MINUTE).all(|at| guess(at).status == 401));
    let seen = guess(99);
    assert_eq!((seen.status, seen.header("retry-after")), (429, "60"), "{}", seen.text);
    assert_eq!(seen.header("content-type"), "application/problem+json");
    fixture.pass(2);
    assert_eq!(client.get("/api/v1").status, 200, "it was good a moment ago");
    fixture.pass(60);
    assert_eq!(guess(99).status, 401);
}

#[test]
fn a_token_has_so_many_requests_under_way() {
    let fixture = Fixture::new();
    let client = Client::of(&fixture, Profile::IsmsManager, &ALL);
    let other = Client::of(&fixture, Profile::RiskOwner, &ALL);
    client.hold(AT_ONCE, "/api/v1/o/acme/asset", || {
        let seen = client.get("/api/v1");
        assert_eq!((seen.status, seen.header("retry-after")), (429, "1"), "{}", seen.text);
        assert_eq!(other.get("/api/v1").status, 200, "others are answered");
    });
    assert_eq!(client.get("/api/v1").status, 200);
}
