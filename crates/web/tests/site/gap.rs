//! The gap analysis, from the first question to actions, and the auditor's spine.

use axum::http::Method;
use kinds::membership::Profile;

use crate::fixture::Fixture;

#[test]
fn a_gap_analysis_goes_from_the_first_question_to_actions_that_know_where_they_came_from() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let seen = browser.post("/o/acme/gap", &[("title", "Spring")]).is(200);
    assert_eq!(seen.path, "/o/acme/gap/2/on/4.1");
    let seen = browser.post(
        "/o/acme/gap/2/on/4.1",
        &[
            ("version", "0"),
            ("f.answer", "does_not"),
            ("f.note", "Nobody <b>knows</b>."),
            ("f.recommendation", "- Hold a workshop"),
            ("f.effect", "high"),
            ("f.effort", "low"),
            ("then", "next"),
        ],
    );
    assert_eq!(seen.is(200).says("4.1: does not.").path, "/o/acme/gap/2/on/4.1.climate");
    browser.post("/o/acme/gap/2/on/5.1.a", &[("f.answer", "not_applicable")]).is(422);
    let late = [("version", "0"), ("f.answer", "conforms"), ("f.note", "All well.")];
    let seen = browser.send("/o/acme/gap/2/on/4.1", &late).is(409);
    seen.says("Somebody else answered").says("does not").says("All well.");

    let answers = [("answer", "ANSWER-2"), ("due", "2026-06-30")];
    let seen = browser.post("/o/acme/gap/2/advice", &answers).is(200);
    seen.says("1 action is made.").says("Taken up");
    let entries = fixture.isms().position();
    browser.post("/o/acme/gap/2/advice", &answers).is(200).says("taken up already");
    assert_eq!(fixture.isms().position(), entries, "a form sent twice makes its actions once");
    let action = fixture.isms().rows("action").last().unwrap().head.id;
    let action = fixture.isms().shared(action).unwrap();
    assert_eq!(action.title(), "Hold a workshop");
    let json = fixture.record("ANSWER-2").body.json();
    assert_eq!(json["became"][0], action.head.id.to_string());
    assert_eq!(action.body.json()["serves"][0], fixture.record("ANSWER-2").head.id.to_string());

    let seen = browser.post("/o/acme/gap/2/stage", &[("to", "closed")]).is(200);
    seen.says("closed on 31 March 2026");
    browser.post("/o/acme/gap/2/on/4.2.a", &[("f.answer", "conforms")]).is(400);
    browser.get("/o/acme/gap/2/compare").is(200).says("1 question looked at for the first time");
    browser.get("/o/acme/gap/2/paper").is(200).says("Nobody <b>knows</b>.");
}

#[test]
fn two_gap_analyses_say_what_became_better_and_worse() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let answer = |browser: &mut crate::fixture::Browser, gap: u32, at: &str, found: &str| {
        let fields = [("version", "0"), ("f.answer", found), ("then", "next")];
        browser.post(&format!("/o/acme/gap/{gap}/on/{at}"), &fields).is(200);
    };
    for (gap, title, first, second) in
        [(2, "Spring", "does_not", "conforms"), (3, "Autumn", "conforms", "partly")]
    {
        browser.post("/o/acme/gap", &[("title", title)]).is(200);
        answer(&mut browser, gap, "4.1", first);
        answer(&mut browser, gap, "4.3.a", second);
    }
    answer(&mut browser, 2, "5.1.b", "conforms");
    answer(&mut browser, 3, "5.1.a", "conforms");
    // Whichever of them it is asked of, the older one stands first.
    for (of, with) in [(3, 2), (2, 3)] {
        let seen = browser.get(&format!("/o/acme/gap/{of}/compare?with={with}")).is(200);
        let seen =
            seen.says("Spring and Autumn: 1 answer better, 1 answer worse, 1 question looked");
        seen.says("1 question is not looked at again yet");
    }
}

#[test]
fn the_script_of_the_interview_keeps_answers_one_by_one() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    browser.get("/o/acme/gap/1/on/A.8.13").is(200);
    let keep = |browser: &mut crate::fixture::Browser, version: u32, answer: &str| {
        browser.headers = vec![("x-part", "1")];
        let version = version.to_string();
        let fields = [("version", version.as_str()), ("f.answer", answer)];
        let seen = browser.send("/o/acme/gap/1/on/A.8.13", &fields).is(200);
        browser.headers.clear();
        seen.body
    };
    assert!(keep(&mut browser, 0, "partly").contains("data-version=\"1\""));
    let before = fixture.isms().position();
    assert!(keep(&mut browser, 1, "conforms").contains("data-version=\"2\""));
    assert!(keep(&mut browser, 2, "conforms").contains("Nothing new"));
    assert_eq!(fixture.isms().position(), before + 1);
}

#[test]
fn every_page_of_the_spine_reads_alone() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    for it in ["", "/4.1", "/6.1.2", "/10.2", "/A.5.1", "/A.8.34"] {
        let seen = browser.get(&format!("/o/acme/spine{it}")).is(200);
        seen.says("as of 31 March 2026").says("of the ledger");
    }
    let led = browser.ask(Method::GET, "/o/acme/spine/6.1.3.d", "", Vec::new());
    assert_eq!(led.header("location"), "/o/acme/spine/6.1.3#6.1.3.d");
    browser.get("/o/acme/spine/12.9").is(404);
    // What is excluded says why not, and nothing of how it is done.
    let isms = fixture.isms();
    let excluded = isms.rows("control").find(|it| it.cell("reference").text() == Some("A.8.30"));
    let fields =
        [("f.applicability", "excluded"), ("f.exclusion_reason", "Nobody writes software for us.")];
    let number = excluded.unwrap().head.number;
    browser.post(&format!("/o/acme/control/{number}/edit"), &fields).is(200);
    let seen = browser.get("/o/acme/spine/A.8.30").is(200);
    seen.says("Why not Nobody writes software for us.").keeps_quiet_about("Declared");
    fixture.browser(Profile::Employee).get("/o/acme/spine/4.1").is(403);
    fixture.browser(Profile::ExternalAuditor).get("/o/acme/spine/4.1").is(200);
}
