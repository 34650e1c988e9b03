//! Tokens made at the machine.

use crate::Place;

#[test]
fn a_token_is_made_listed_and_revoked() {
    let place = Place::begun();
    let none = place.good(&["token", "list"]);
    assert_eq!(none, "No token opens this organization.\n");
    let made = place.json(&["token", "new", "PERSON-1", "--name", "nightly", "--scope", "write"]);
    assert!(made["token"].as_str().unwrap().starts_with("mun_"), "{made}");
    assert_eq!(made["scopes"], serde_json::json!(["read", "write"]));
    let text = place.run(&["token", "new", "ada@example.com", "--name", "nightly", "--days", "1"]);
    assert!(text.out.starts_with("mun_") && text.out.lines().count() == 1, "{}", text.out);
    assert!(text.err.contains("acts as Ada Weber and may read, until"), "{}", text.err);
    let list = place.good(&["token", "list"]);
    assert!(list.contains("nightly") && list.contains("Ada Weber") && !list.contains("mun_"));
    assert!(place.refused(&["token", "revoke", "nightly"]).contains("several tokens"));
    let id = made["id"].as_str().unwrap();
    place.good(&["token", "revoke", id]);
    place.good(&["token", "revoke", "nightly"]);
    assert!(place.refused(&["token", "revoke", "nightly"]).contains("no token `nightly`"));
    let wrong = place.refused(&["token", "new", "PERSON-1", "--name", "x", "--scope", "all"]);
    assert!(wrong.contains("`all`"), "{wrong}");
    place.good(&["new", "person", "--set", "title=Carl Gone"]);
    place.good(&["move", "Carl Gone", "left"]);
    let gone = place.refused(&["token", "new", "Carl Gone", "--name", "x"]);
    assert!(gone.contains("has left"), "{gone}");
}
