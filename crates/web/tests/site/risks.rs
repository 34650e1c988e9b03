//! Risks: the matrix, what owners decide, rounds, and how it went over time.

use kinds::membership::Profile;
use serde_json::json;

use crate::fixture::{Fixture, make};

#[test]
fn the_matrix_names_the_risks_of_a_cell() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let page = browser.get("/o/acme/matrix").is(200).says("Ransomware").says("a draft");
    assert!(page.body.contains("cell=2-3"), "the cell leads to its risks");
    browser.get("/o/acme/matrix?cell=2-3").says("possible and too much").says("Ransomware");
    browser.get("/o/acme/matrix?cell=1-1").says("No risk stands here.");
    browser.get("/o/acme/matrix?stand=residual").says("1 risk is not rated");
    let nobody = fixture.person(Profile::Employee);
    browser.get(&format!("/o/acme/matrix?owner={nobody}")).says("No risk stands here.");
}

#[test]
fn the_owner_decides_and_others_ask_them() {
    let fixture = Fixture::new();
    let (mut owner, mut manager) = (fixture.founder(), fixture.browser(Profile::IsmsManager));
    let page = manager.get("/o/acme/risk/1").is(200).says("Up to its owner, Fay Founder.");
    assert!(!page.body.contains("Accept what remains"));
    assert!(page.body.contains("name=\"asked_of\" value=\"PERSON-1\""), "the owner is filled in");
    let fields = [("purpose", "accept_residual"), ("asked_of", "PERSON-1")];
    let asked = manager.post("/o/acme/risk/1/request", &fields);
    asked.is(200).says("Fay Founder is asked: accept residual.");
    let request = fixture.record("APPR-2");
    assert_eq!(request.stage().id, "asked");

    let form = owner.get("/o/acme/risk/1").is(200).says("Accept what remains");
    let fields = [("purpose", "accept_residual"), ("good_until", "2026-09-30")];
    assert!(form.body.contains("name=\"good_until\""));
    owner.post("/o/acme/risk/1/approval", &fields).is(200).says("until 30 Sep 2026");
    assert_eq!(fixture.record("APPR-2").stage().id, "given", "what was asked is answered");

    let edit = json!({"scenario": "Somebody else encrypts it."});
    let serde_json::Value::Object(fields) = edit else { panic!() };
    let id = fixture.record("RISK-1").head.id;
    fixture.run(vec![domain::Step::Edit(domain::command::Edit {
        record: id,
        version: None,
        fields,
        extras: None,
        provenance: meta::Provenance::Person,
    })]);
    owner.get("/o/acme/risk/1").says("stale: scenario changed");
}

#[test]
fn a_round_looks_at_many_decides_many_and_closes() {
    let fixture = Fixture::new();
    let method = fixture.record("METHOD-1").head.id;
    let rated = json!({"likelihood": 2, "consequences": [{"criterion": "money", "rank": 3}]});
    let mut steps = Vec::new();
    for at in 0..2 {
        let risk = json!({
            "title": format!("Risk {at}"), "concerns": "information", "owner": fixture.founder,
            "method": method, "treatment": ["retain"], "current": rated, "residual": rated,
        });
        steps.push(make(app::fresh_id(), "risk", risk, None));
    }
    let round = json!({
        "title": "Yearly", "reason": "interval", "method": method, "period_from": "2026-03-01",
        "takes_in": "all_open",
    });
    steps.push(make(app::fresh_id(), "assessment_round", round, Some("open")));
    fixture.run(steps);
    let mut browser = fixture.founder();
    let path = "/o/acme/round/2";
    browser.get(path).is(200).says("0 looked at 3 not yet").says("Yours to decide");

    // A rating without a reason saves nothing, and what was typed is still there.
    let look = format!("{path}/look");
    let fields = [
        ("still", "2"),
        ("r.3.current.likelihood", "1"),
        ("r.3.current.c.money", "1"),
        ("r.3.why", ""),
        ("v.2", "1"),
    ];
    let before = fixture.isms().position();
    let seen = browser.post(&look, &fields).is(422).says("Say why RISK-3 is rated anew.");
    assert!(seen.form("/look").contains(&("still".into(), "2".into())));
    assert!(seen.form("/look").contains(&("r.3.current.likelihood".into(), "1".into())));
    assert_eq!(fixture.isms().position(), before);
    let fields: Vec<_> = fields.into_iter().filter(|it| it.0 != "r.3.why").collect();
    let fields = [&fields[..], &[("r.3.why", "Backups work now.")]].concat();
    let seen = browser.post(&look, &fields).is(200);
    seen.says("1 risk is still true, 1 rated anew.").says("2 looked at 1 not yet");
    assert_eq!(fixture.isms().position(), before + 1);
    let body = fixture.record("RISK-3").body.json();
    assert_eq!(body["current"]["rationale"], "Backups work now.");
    assert_eq!(body["current"]["on"], "2026-03-31");

    let decided =
        [("treatment", "2"), ("residual", "2"), ("treatment", "3"), ("good_until", "2026-12-31")];
    let seen = browser.post(&format!("{path}/decision"), &decided).is(200);
    seen.says("You approved 2 treatments and accepted what remains of 1 risk.");
    assert_eq!(fixture.isms().position(), before + 2);
    browser.post(&format!("{path}/decision"), &[]).is(422).says("Tick what you decide on.");

    let mut other = fixture.browser(Profile::RiskOwner);
    other.get(path).is(200).keeps_quiet_about("Yours to decide");
    other.post(&format!("{path}/decision"), &[("residual", "3")]).is(403);
    other.post(&format!("{path}/close"), &[("until", "2026-03-31")]).is(403);

    // What nobody looked at is named, and kept with a reason.
    let close = [("until", "2026-03-31"), ("summary", "Quieter than last year.")];
    browser.get(path).is(200).says("Nobody looked at RISK-1.");
    let seen = browser.post(&format!("{path}/close"), &close).is(422);
    seen.says("Nobody looked at RISK-1 in ROUND-2: look at them, or say why");
    let close = [&close[..], &[("left_out", "It is closed next week.")]].concat();
    browser.post(&format!("{path}/close"), &close).is(200).says("Yearly is closed.");
    let round = fixture.record("ROUND-2");
    assert_eq!(round.stage().id, "closed");
    assert_eq!(round.body.json()["position"], before + 2);
    assert_eq!(round.body.json()["left_out"], "RISK-1: It is closed next week.");
}

#[test]
fn above_the_criteria_whom_the_method_names_is_asked_and_decides() {
    let fixture = Fixture::new();
    let method = fixture.record("METHOD-1").head.id;
    let director = fixture.person(Profile::TopManagement);
    let role = app::fresh_id();
    let rated = json!({"likelihood": 2, "consequences": [{"criterion": "money", "rank": 3}]});
    let levels = fixture.record("METHOD-1").body.json()["levels"].clone();
    let rows = levels.as_array().unwrap().iter().map(|it| {
        json!({"level": it["rank"], "acceptable": "by_authority", "authority": role,
            "longest": "P6M"})
    });
    let rows: Vec<_> = rows.collect();
    let serde_json::Value::Object(fields) = json!({"acceptance": rows}) else { panic!() };
    fixture.run(vec![
        make(
            role,
            "role",
            json!({"title": "Director", "carries": ["top_management"],
            "held_by": [{"person": director, "from": "2025-01-01"}]}),
            None,
        ),
        domain::Step::Edit(domain::command::Edit {
            record: method,
            version: None,
            fields,
            extras: None,
            provenance: meta::Provenance::Person,
        }),
        make(
            app::fresh_id(),
            "risk",
            json!({
                "title": "Kept as it is", "concerns": "information", "owner": fixture.founder,
                "method": method, "treatment": ["retain"], "current": rated, "residual": rated,
            }),
            None,
        ),
    ]);
    let mut owner = fixture.founder();
    let mut authority = fixture.browser(Profile::TopManagement);
    let page = owner.get("/o/acme/risk/2").is(200).says("Above the criteria");
    let page = page.says("Up to Director").says("until 30 September 2026 at most.");
    assert!(!page.body.contains("Accept it above the criteria"));
    let why = "It goes with the old system in May.";
    let fields = [("purpose", "grant_exception"), ("asked_of", "Director"), ("why", why)];
    owner.post("/o/acme/risk/2/request", &fields).is(200).says("Director is asked");
    authority.get("/o/acme/work").is(200).says(why);
    authority.get("/o/acme/risk/2").is(200).says("Accept it above the criteria");
    let late = [("purpose", "grant_exception"), ("good_until", "2099-01-01")];
    let seen = authority.post("/o/acme/risk/2/approval", &late).is(422);
    seen.says("2099-01-01 is too late for RISK-2");
    let given = [("purpose", "grant_exception"), ("good_until", "2026-06-01")];
    authority.post("/o/acme/risk/2/approval", &given).is(200).says("until 1 Jun 2026");
}

#[test]
fn the_past_is_drawn_once_it_was_counted() {
    let fixture = Fixture::new();
    fixture.pass(3 * 24 * 3600);
    fixture.run(vec![make(app::fresh_id(), "unit", json!({"title": "Sales"}), None)]);
    let mut browser = fixture.founder();
    let mut page = browser.get("/o/acme/charts").is(200);
    // Until the thread behind it is through: there is nothing else to wait for.
    while page.text().contains("points are ready") {
        std::thread::yield_now();
        page = browser.get("/o/acme/charts").is(200);
    }
    let page = page.says("Risks by level").says("31 March 2026").says("3 April 2026");
    assert_eq!(page.body.matches("<svg class=\"chart\"").count(), 3);
    assert!(!page.body.contains("style="), "the policy forbids it");
}

#[test]
fn the_owner_of_a_risk_sees_the_matrix_the_statement_and_what_the_checks_say_of_theirs() {
    let fixture = Fixture::new();
    let me = fixture.person(Profile::RiskOwner);
    fixture.founder().post("/o/acme/risk/1/edit", &[("f.owner", &me.to_string())]).is(200);
    let mut owner = fixture.browser(Profile::RiskOwner);
    let page = owner.get("/o/acme/risk/1").is(200).says("What the checks say");
    assert!(!page.body.contains("/conformity/"), "rules are for who sees everything");
    let page = owner.get("/o/acme/matrix").is(200).says("Ransomware");
    assert!(page.body.contains("href=\"/o/acme/soa\""), "the menu leads there");
    let page = owner.get("/o/acme/soa").is(200).says("Statement of Applicability");
    assert!(!page.body.contains("Publish"));
    owner.get("/o/acme/conformity").is(403);
    let mut other = fixture.browser(Profile::ControlOwner);
    other.get("/o/acme/risk/1").is(200).keeps_quiet_about("What the checks say");
}
