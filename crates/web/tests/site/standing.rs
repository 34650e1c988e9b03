//! Home, my work, conformity, history, compare: what is made of all records at once.

use domain::{Step, command::Edit};
use kinds::membership::Profile;
use meta::{Id, Provenance};
use serde_json::{Value, json};

use crate::fixture::{Fixture, make};

fn edit(id: Id, fields: Value) -> Step {
    let Value::Object(fields) = fields else { panic!("fields are an object") };
    Step::Edit(Edit {
        record: id,
        version: None,
        fields,
        extras: None,
        provenance: Provenance::Person,
    })
}

#[test]
fn home_is_for_who_sees_everything_and_promises_nothing() {
    let fixture = Fixture::new();
    let mut founder = fixture.founder();
    let home = founder.get("/o/acme").is(200);
    let home = home.says("Gap analysis is next").says("Begin with these").says("major");
    let home = home.keeps_quiet_about("%").keeps_quiet_about("compliant");
    assert!(home.body.contains("/o/acme/conformity?grade=major"), "counts lead to their rules");
    let mut owner = fixture.browser(Profile::RiskOwner);
    assert_eq!(owner.get("/o/acme").is(200).path, "/o/acme/work");
    owner.get("/o/acme/conformity").is(403);
    owner.get("/o/acme/history").is(403);
    owner.get("/o/acme/compare").is(403);
    owner.get("/o/acme/documented").is(403);
}

#[test]
fn an_organization_at_work_sees_the_whole_picture() {
    let fixture = Fixture::new();
    let founder = fixture.founder;
    let asset = |at: usize| {
        let fields =
            json!({"title": format!("Server {at}"), "asset_type": "hardware", "owner": founder});
        make(app::fresh_id(), "asset", fields, None)
    };
    fixture.run((0..40).map(asset).collect());
    let home = fixture.founder().get("/o/acme").is(200).says("What to do next").says("What is due");
    let squares = home.body.matches("A.").count();
    assert!(squares >= 2 * 93, "each control has a square with a title: {squares}");
    home.says("Risk, after treatment");

    // A report that nobody looks into stands on Home, and what is late on the list of organizations.
    let report = |title: &str| json!({"title": title, "details": "A door stood open."});
    let known = fixture.isms().rows("event_report").filter(|it| it.stage().id == "new").count();
    fixture.run(vec![make(app::fresh_id(), "event_report", report("Door"), None)]);
    let waiting = format!(
        "{} for somebody to look into",
        match known + 1 {
            1 => "1 report waits".to_owned(),
            count => format!("{count} reports wait"),
        }
    );
    fixture.founder().get("/o/acme").is(200).says(&waiting);
}

#[test]
fn the_list_of_organizations_tells_what_is_late_there_to_who_sees_everything() {
    let fixture = Fixture::new();
    let owner = fixture.person(Profile::Employee);
    let late = json!({"title": "Order locks", "purpose": "improve", "due": "2026-03-01",
        "owner": owner});
    fixture.run(vec![make(app::fresh_id(), "action", late, None)]);
    let seen = fixture.founder().get("/organizations").is(200);
    seen.says("Administrator, ISMS manager 1 late nothing");
    let seen = fixture.browser(Profile::Employee).get("/organizations").is(200);
    seen.says("Employee not shown to you 1 late");
}

#[test]
fn what_waits_for_somebody_is_reviewed_many_at_once_and_undone() {
    let fixture = Fixture::new();
    let asset = fixture.record("ASSET-1").head.id;
    let fields = json!({"owner": fixture.founder, "next_review": "2026-04-02"});
    let risk = fixture.record("RISK-1").head.id;
    fixture.run(vec![edit(asset, fields.clone()), edit(risk, fields)]);
    let mut browser = fixture.founder();
    browser.get("/o/acme/work").is(200).says("Asked of you 1").says("Look at these again 2");
    browser.post("/o/acme/work-review", &[]).is(422).says("Choose at least one record first.");
    let (one, two) = (asset.to_string(), risk.to_string());
    let seen = browser.post("/o/acme/work-review", &[("record", &one), ("record", &two)]).is(200);
    assert_eq!(seen.path, "/o/acme/work");
    seen.says("2 records are still true").keeps_quiet_about("Look at these again");
    let newest = fixture.isms().position();
    let undo = format!("/o/acme/history/{newest}/undo");
    browser.get(&undo).is(200).says("was made by this entry, and is withdrawn");
    browser.post(&undo, &[]).is(200).says(&format!("Entry {newest} is undone."));
    browser.get("/o/acme/work").is(200).says("Look at these again 2");
}

#[test]
fn what_changed_since_is_not_undone_unseen() {
    let fixture = Fixture::new();
    let asset = fixture.record("ASSET-1").head.id;
    let first = fixture.run(vec![edit(asset, json!({"title": "One"}))]).seq;
    fixture.run(vec![edit(asset, json!({"title": "Two"}))]);
    let mut browser = fixture.founder();
    let undo = format!("/o/acme/history/{first}/undo");
    browser.post(&undo, &[]).is(409).says("changed again since");
    assert_eq!(fixture.record("ASSET-1").title(), "Two");
    let mut owner = fixture.browser(Profile::RiskOwner);
    let last = fixture.isms().position();
    owner.post(&format!("/o/acme/history/{last}/undo"), &[]).is(403);
    assert_eq!(fixture.record("ASSET-1").title(), "Two");
}

#[test]
fn every_rule_has_a_page_that_speaks_of_no_command_line() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let all = browser.get("/o/acme/conformity").is(200).says("Not known yet");
    for rule in domain::conformity::rules() {
        assert!(all.body.contains(&format!("/o/acme/conformity/{}\"", rule.id)), "{}", rule.id);
        let page = browser.get(&format!("/o/acme/conformity/{}", rule.id)).is(200);
        page.keeps_quiet_about("muniment ").keeps_quiet_about("`").says(rule.title);
    }
    browser.get("/o/acme/conformity?verdict=pass").is(200).keeps_quiet_about("Not known yet");
    browser.get("/o/acme/conformity?grade=terrible").is(400);
    browser.get("/o/acme/conformity/7.7-77").is(404);
}

#[test]
fn verdicts_leave_with_pack_position_and_day() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let file = browser.get("/o/acme/conformity/export?format=json&clause=6.1.2").is(200);
    let value: Value = serde_json::from_str(&file.body).unwrap();
    assert_eq!(value["pack"], domain::conformity::PACK);
    assert_eq!(value["entry"], fixture.isms().position());
    assert_eq!(value["day"], "2026-03-31");
    let results = value["results"].as_array().unwrap();
    assert!(!results.is_empty());
    assert!(results.iter().all(|it| it["clause"].as_str().unwrap().starts_with("6.1.2")));
    let csv = browser.get("/o/acme/conformity/export?format=csv").is(200).body;
    assert!(csv.trim_start_matches('\u{feff}').starts_with("pack,entry,day,clause,rule"), "{csv}");
    assert!(csv.lines().count() > domain::conformity::rules().count());
}

#[test]
fn the_history_is_found_shown_and_verified() {
    let fixture = Fixture::new();
    let asset = fixture.record("ASSET-1").head.id;
    let seq = fixture.run(vec![edit(asset, json!({"title": "Print server"}))]).seq;
    let mut browser = fixture.founder();
    browser.get("/o/acme/history").is(200).says("changed ASSET-1 Print server");
    browser.get("/o/acme/history?kind=asset").is(200).says("ASSET-1").keeps_quiet_about("No entry");
    browser.get("/o/acme/history?kind=supplier&from=2026-04-01").is(200).says("No entry answers");
    let entry = browser.get(&format!("/o/acme/history/{seq}")).is(200);
    entry.says("File server Print server").says("by Fay Founder");
    browser.get("/o/acme/history/9999").is(404);
    browser.post("/o/acme/history/verify", &[]).is(200).says("whole and unaltered");
    let note = browser.get("/o/acme/history/checkpoint").is(200).body;
    let fields = [("checkpoint", note.as_str())];
    browser.post("/o/acme/history/verify", &fields).is(200).says("the ledger contains it");
    let other = note.replacen("acme", "else", 1);
    let fields = [("checkpoint", other.as_str())];
    browser.post("/o/acme/history/verify", &fields).is(200).says("does not verify");
    let key = browser.get("/o/acme/history/key").is(200).body;
    assert!(
        key.starts_with("muniment/acme-") && key.lines().count() == 1,
        "one verifier key: {key}"
    );
    let bundle = browser.get("/o/acme/history/bundle").is(200);
    assert!(bundle.header("content-disposition").contains("acme-"));
}

#[test]
fn two_points_are_compared_and_the_past_is_read_only() {
    let fixture = Fixture::new();
    let before = fixture.isms().position();
    let asset = fixture.record("ASSET-1").head.id;
    fixture.pass(86_400);
    fixture.run(vec![edit(asset, json!({"title": "Print server"}))]);
    let mut browser = fixture.founder();
    let seen = browser.get(&format!("/o/acme/compare?from={before}&to=2026-04-01")).is(200);
    seen.says("1 record differs").says("File server Print server");
    browser.get("/o/acme/compare?from=never").is(200).says("neither a day");
    for page in ["", "/work", "/conformity", "/conformity/4.1-01", "/history", "/documented"] {
        let seen = browser.get(&format!("/o/acme@{before}{page}")).is(200);
        assert!(
            seen.body.contains("You are looking at"),
            "{page} does not say that it is the past"
        );
        assert!(!seen.body.contains("/work-review\""), "{page} offers to write");
    }
    browser
        .post(&format!("/o/acme@{before}/work-review"), &[("record", &asset.to_string())])
        .is(403);
    browser.get(&format!("/o/acme@{before}/history/1/undo")).is(403);
}

#[test]
fn a_rule_calls_a_button_what_it_is_called() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    browser.get("/o/acme/conformity/4.3-01").is(200).says("then publish it with Publish.");
}
