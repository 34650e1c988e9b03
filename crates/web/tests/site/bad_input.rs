//! What people should not type, and type: nothing breaks, nothing is lost, and what is refused is
//! said where it stands.

use axum::http::Method;
use meta::{FieldType, Need};

use crate::fixture::{Fixture, Seen};

/// Texts that are kept as they are and never run.
const KEPT: [&str; 5] = [
    "<script>alert(1)</script>",
    "می\u{200c}خواهم",
    "emoji 🙂🏴‍☠️ e\u{301}",
    "\"'><img src=x onerror=alert(1)>",
    "{{7*7}} ${7*7} ' or 1=1 --",
];

#[test]
fn strange_texts_are_kept_in_every_kind_and_never_run() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let text = KEPT.join(" ");
    for def in kinds::KINDS.iter().filter(|it| it.id != "approval") {
        let edit = format!("/o/acme/{}/1/edit", def.id);
        if browser.get(&edit).status != 200 {
            continue;
        }
        let markdown = def.fields.iter().find(|it| matches!(it.ty, FieldType::Markdown));
        let markdown = markdown.map_or("tags".to_owned(), |it| format!("f.{}", it.name));
        let sent = [("f.title", text.as_str()), (markdown.as_str(), &text), ("note", &text)];
        let seen = browser.post(&edit, &sent).is(200);
        let list = browser.get(&format!("/o/acme/{}", def.id)).is(200);
        for page in [seen, list] {
            assert!(!page.body.contains("<script>alert"), "{}", page.path);
            assert!(!page.body.contains("<img src=x"), "{}", page.path);
        }
        assert_eq!(fixture.isms().numbered(def.id, 1).unwrap().title(), text, "{}", def.id);
    }
}

#[test]
fn what_nobody_can_see_is_refused_at_its_field_in_every_kind() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    for def in kinds::KINDS {
        let new = format!("/o/acme/{}/new", def.id);
        if browser.get(&new).status != 200 {
            continue;
        }
        let before = fixture.isms().position();
        let seen = browser.post(&new, &[("f.title", "a\0b \u{1b}[2J")]).is(422);
        let seen = at_field(seen, "title", "Holds a sign that nobody can see (U+0000)");
        assert!(seen.form(&new).iter().any(|it| it.0 == "f.title" && it.1.starts_with("a\0b")));
        assert_eq!(fixture.isms().position(), before);
    }
    let sent = [("f.title", "Fine"), ("note", "why\u{7}"), ("tags", "a\u{8}, b")];
    let seen = browser.post("/o/acme/unit/new", &sent).is(422);
    at_field(seen, "note", "Holds a sign").says("U+0007");
}

#[test]
fn a_title_of_a_megabyte_is_refused_and_still_there() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let long = "x".repeat(1 << 20);
    let seen = browser.post("/o/acme/risk/1/edit", &[("f.title", &long)]).is(422);
    let seen = at_field(seen, "title", "Is 1048576 characters long and may have 1000");
    assert!(seen.form("/o/acme/risk/1/edit").contains(&("f.title".to_owned(), long.clone())));
    // A link to a megabyte names nothing, and nobody reads a comment of one.
    let seen = browser.post("/o/acme/risk/1/edit", &[("f.owner", &long)]).is(422);
    at_field(seen, "owner", "There is no role or person called");
    browser
        .post("/o/acme/risk/1/comment", &[("text", &long)])
        .is(400)
        .says("Your comment is 1048576 letters long and may have 20000");
    browser
        .post("/o/acme/risk/1/request", &[("purpose", "accept_residual"), ("asked_of", &long)])
        .is(400)
        .says("xxx…”");
    let report = [("f.title", "A mail"), ("f.details", "a\u{7}b")];
    let seen = browser.post("/o/acme/report", &report).is(422).says("Holds a sign");
    seen.keeps_quiet_about("“details”");
    browser.post("/o/acme/risk/1/edit", &[("f.scenario", &"y".repeat(5 << 20))]).is(413);
}

#[test]
fn wrong_types_and_unknown_options_are_said_at_their_field_with_what_was_typed() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    for (path, field, typed, said) in [
        ("risk/1", "f.concerns", "no-such-option", "is not an option"),
        ("risk/1", "f.harms", "no-such-option", "is not an option"),
        ("risk/1", "f.identified_on", "soon", "is not a day"),
        ("risk/1", "f.priority", "1e9", "is not a whole number"),
        ("risk/1", "f.priority", "99999999999999999999", "is not a whole number"),
        ("risk/1", "f.cadence", "often", "often"),
        ("risk/1", "f.owner", "Nobody at all", "There is no role or person called"),
        ("risk/1", "f.current.likelihood", "x", "is not a whole number"),
        ("role/1", "f.held_by.0.person", "Nobody at all", "Row 1, Person: there is no person"),
        ("role/1", "f.held_by.7.from", "once", "Row 1, From: “once” is not a day"),
        ("role/1", "f.held_by.18446744073709551615.from", "once", "Row 1, From"),
        ("document/1", "f.four_eyes", "perhaps", "is neither yes nor no"),
        ("document/1", "f.file.kept", "{\"sha256\":\"00\"}", "choose it again"),
    ] {
        let edit = format!("/o/acme/{path}/edit");
        let before = fixture.isms().position();
        let seen = browser.post(&edit, &[(field, typed)]).is(422);
        let name = field.split('.').nth(1).unwrap();
        let seen = at_field(seen, name, said);
        let shown = seen.form(&edit);
        assert!(shown.iter().any(|it| it.1 == typed), "{field}: `{typed}` is lost: {shown:?}");
        assert_eq!(fixture.isms().position(), before);
    }
}

#[test]
fn rows_far_apart_are_rows_and_too_many_are_refused() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let edit = "/o/acme/organization/1/edit";
    let sent = [
        ("f.outcomes.999999999.outcome", "Far"),
        ("f.outcomes.3.outcome", "Near"),
        ("f.outcomes.99999999999999999999999.outcome", "Nowhere"),
        ("f.outcomes.x.outcome", "Nowhere"),
    ];
    browser.post(edit, &sent).is(200).says("is saved");
    let kept = fixture.record("ORG-1").body.json()["outcomes"].clone();
    let kept: Vec<&str> =
        kept.as_array().unwrap().iter().map(|it| it["outcome"].as_str().unwrap()).collect();
    assert_eq!(kept, ["Near", "Far"]);
    let many: Vec<(String, String)> = (0..2_500)
        .map(|it| (format!("f.outcomes.{it}.outcome"), format!("Outcome {it}")))
        .collect();
    let many: Vec<(&str, &str)> = many.iter().map(|it| (&*it.0, &*it.1)).collect();
    at_field(browser.post(edit, &many).is(422), "outcomes", "More than 2000 rows do not fit here");
}

#[test]
fn a_form_of_too_many_fields_is_refused_whole() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let many: Vec<String> = (0..30_000).map(|it| format!("x{it}")).collect();
    let mut fields: Vec<(&str, &str)> = many.iter().map(|it| (it.as_str(), "1")).collect();
    fields.insert(0, ("f.title", "Half a form"));
    browser.post("/o/acme/unit/new", &fields).is(400).says("more fields than any form of ours");
    assert_eq!(fixture.isms().count("unit"), 1);
}

#[test]
fn bytes_that_are_no_text_break_nothing() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let media = "application/x-www-form-urlencoded";
    for body in [
        &b"f.title=%ED%A0%80%FF&token=x"[..],
        b"%00%00%00=%00&&&===&f.title",
        b"\xff\xfe\x00",
        b"f.title=a&f.title=b&f.title",
    ] {
        browser.ask(Method::POST, "/o/acme/unit/new", media, body.to_vec()).is(403);
    }
    for media in ["multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "\u{7f}"]
    {
        if media.is_ascii() && !media.contains('\u{7f}') {
            let seen = browser.ask(Method::POST, "/o/acme/unit/new", media, b"--y\r\n".to_vec());
            assert!(seen.status.is_client_error(), "{media}: {}", seen.status);
        }
    }
    let path = "/o/acme/risk?q=%ED%A0%80&f=%00&f.title=%FF";
    browser.get(path).is(200);
    for number in ["0", "-1", "99999999999999999999", "1e3", "%00", "x", "1%2F2"] {
        browser.get(&format!("/o/acme/risk/{number}")).is(404);
    }
}

#[test]
fn records_of_another_organization_are_not_there() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let foreign = fixture.foreign_person();
    let edit = "/o/acme/risk/1/edit";
    let seen = browser.post(edit, &[("f.owner", &foreign.to_string())]).is(422);
    at_field(seen, "owner", "There is no role or person called");
    let sent = [("f.title", "Mine"), ("f.about", foreign.to_string().as_str())]
        .map(|it| (it.0.to_owned(), it.1.to_owned()));
    let sent: Vec<(&str, &str)> = sent.iter().map(|it| (&*it.0, &*it.1)).collect();
    browser.post("/o/acme/comment/new", &sent).is(422);
}

#[test]
fn every_kind_refuses_an_empty_form_at_the_fields_it_needs() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    for def in kinds::KINDS {
        let new = format!("/o/acme/{}/new", def.id);
        if browser.get(&new).status != 200 || def.sole {
            continue;
        }
        let seen = browser.post(&new, &[]).is(422);
        for field in def.fields.iter().filter(|it| it.need == Need::Create) {
            assert!(
                seen.body.contains(&format!("id=\"f.{}-wrong\"", field.name)),
                "{}.{} is not said to be needed",
                def.id,
                field.name
            );
        }
    }
}

/// Asserts that a field says what is wrong with it, also in the summary.
#[track_caller]
fn at_field(seen: Seen, field: &str, said: &str) -> Seen {
    let id = if matches!(field, "note" | "tags") { field.to_owned() } else { format!("f.{field}") };
    let (_, rest) = seen
        .body
        .split_once(&format!("id=\"{id}-wrong\""))
        .unwrap_or_else(|| panic!("{} says nothing at {field}: {}", seen.path, seen.text()));
    let sentence = rest.split_once("</p>").map_or(rest, |it| it.0);
    let plain = sentence.replace("&quot;", "\"");
    assert!(plain.contains(said), "{field} says {plain}");
    assert!(seen.body.contains(&format!("href=\"#at-{field}\"")), "{field} is not in the summary");
    seen
}

#[test]
fn an_address_with_a_slash_at_its_end_leads_to_the_one_without() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    assert_eq!(
        browser.get("/o/acme/asset/?f.stage=in_use").is(200).path,
        "/o/acme/asset?f.stage=in_use"
    );
    browser.get("/o/acme/nothing/").is(404);
    for hostile in ["//example.org/", "/\\example.org/", "///"] {
        let seen = browser.ask(Method::GET, hostile, "", Vec::new());
        let to = seen.header("location");
        assert!(!to.starts_with("//") && !to.contains('\\'), "{hostile}: {to}");
    }
}
