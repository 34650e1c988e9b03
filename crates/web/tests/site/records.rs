//! What is done with a record on its page, and two who write at the same time.

use kinds::membership::Profile;

use crate::fixture::Fixture;

const EDIT: &str = "/o/acme/risk/1/edit";

/// The form as it stands in a page, with some fields typed anew.
fn typed(form: &[(String, String)], new: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut form = form.to_vec();
    form.retain(|it| new.iter().all(|new| new.0 != it.0));
    form.extend(new.iter().map(|it| (it.0.to_owned(), it.1.to_owned())));
    form
}

fn pairs(form: &[(String, String)]) -> Vec<(&str, &str)> {
    form.iter().map(|it| (&*it.0, &*it.1)).collect()
}

#[test]
fn who_saves_second_sees_what_the_first_wrote_and_chooses() {
    let fixture = Fixture::new();
    let (mut one, mut other) = (fixture.founder(), fixture.browser(Profile::IsmsManager));
    let (first, second) = (one.get(EDIT).form(EDIT), other.get(EDIT).form(EDIT));
    let theirs = typed(
        &first,
        &[
            ("f.scenario", "Theirs"),
            ("f.harms", "availability"),
            ("f.threat", "A gang"),
            ("f.current.likelihood", "3"),
        ],
    );
    one.post(EDIT, &pairs(&theirs)).is(200).says("is saved");
    let mine = typed(
        &second,
        &[
            ("f.scenario", "Mine"),
            ("f.harms", "integrity"),
            ("f.vulnerability", "No second factor"),
            ("f.current.likelihood", "1"),
        ],
    );
    let seen = other.post(EDIT, &pairs(&mine)).is(409).says("was changed by somebody else");
    let seen = seen.says("What they wrote Theirs").says("What they wrote Availability");
    assert_eq!(seen.body.matches("class=\"theirs\"").count(), 3, "{}", seen.text());
    let again = seen.form(EDIT);
    for (name, value) in [
        ("f.scenario", "Mine"),
        ("f.harms", "integrity"),
        ("f.vulnerability", "No second factor"),
        ("f.threat", "A gang"),
        ("keep.harms", "mine"),
    ] {
        assert!(again.contains(&(name.to_owned(), value.to_owned())), "{name}: {again:?}");
    }
    let chosen = typed(&again, &[("keep.scenario", "theirs"), ("keep.current", "theirs")]);
    other.post(EDIT, &pairs(&chosen)).is(200).says("is saved");
    let body = fixture.record("RISK-1").body.json();
    assert_eq!(body["scenario"], "Theirs");
    assert_eq!(body["harms"], serde_json::json!(["integrity"]));
    assert_eq!(
        (&body["threat"], &body["vulnerability"]),
        (&"A gang".into(), &"No second factor".into())
    );
    assert_eq!(body["current"]["likelihood"], 3);
}

#[test]
fn two_who_write_other_fields_do_not_disturb_each_other() {
    let fixture = Fixture::new();
    let (mut one, mut other) = (fixture.founder(), fixture.browser(Profile::IsmsManager));
    let (first, second) = (one.get(EDIT).form(EDIT), other.get(EDIT).form(EDIT));
    one.post(EDIT, &pairs(&typed(&first, &[("f.threat", "A gang"), ("tags", "urgent")]))).is(200);
    let seen = other.post(EDIT, &pairs(&typed(&second, &[("f.vulnerability", "Old keys")])));
    seen.is(200).says("both are kept");
    let risk = fixture.record("RISK-1");
    let body = risk.body.json();
    assert_eq!((&body["threat"], &body["vulnerability"]), (&"A gang".into(), &"Old keys".into()));
    assert_eq!(risk.head.extras.as_ref().unwrap().tags, ["urgent"]);
}

#[test]
fn what_is_missing_is_made_from_the_field_that_names_it() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let fields = [("f.title", "Laptops"), ("f.unit", "Field service"), ("f.owner", "Head of vans")];
    let seen = browser.post("/o/acme/asset/new", &fields).is(422);
    let seen = seen.says("Make a new unit of that name").says("Make a new role of that name");
    assert!(seen.body.contains("name=\"make.f.unit\""));
    let more = [fields.as_slice(), &[("make.f.unit", "unit"), ("make.f.owner", "role")]].concat();
    browser.post("/o/acme/asset/new", &more).is(200).says("is made.").says("Field service");
    assert_eq!(fixture.record("ROLE-2").title(), "Head of vans");
    assert_eq!(fixture.isms().count("asset"), 2);
}

#[test]
fn a_refused_act_stands_on_the_page_with_what_was_typed() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let refused =
        [("purpose", "accept_residual"), ("good_until", "soon"), ("conditions", "If <so>")];
    let seen =
        browser.post("/o/acme/risk/1/approval", &refused).is(400).says("“soon” is not a day");
    let form = seen.form("/risk/1/approval");
    assert!(seen.body.contains("value=\"If &lt;so&gt;\""), "{form:?}");
    let seen = browser.post("/o/acme/risk/1/stage", &[("to", "nowhere")]).is(422);
    let seen = seen.says("cannot go from").keeps_quiet_about("muniment ");
    assert!(seen.text().contains("What could happen"));
    browser
        .post("/o/acme/risk/1/comment", &[("text", "bell\u{7}")])
        .is(422)
        .says("Your comment holds");
}

#[test]
fn somebody_is_asked_and_their_answer_is_the_answer_to_it() {
    let fixture = Fixture::new();
    let mut founder = fixture.founder();
    let ask = [
        ("purpose", "accept_residual"),
        ("asked_of", "Pat Risk owner"),
        ("answer_by", "2026-04-30"),
    ];
    founder.post("/o/acme/risk/1/request", &ask).is(200).says("Pat Risk owner is asked");
    let asked = fixture.record("APPR-2");
    assert_eq!(asked.stage().id, "asked");
    founder
        .post("/o/acme/risk/1/request", &[("purpose", "approve_treatment"), ("asked_of", "Nobody")])
        .is(400)
        .says("There is no role or person called “Nobody”");
    // The founder owns the risk and is asked for its treatment by the first approval.
    founder.get("/o/acme/risk/1").says("You are asked for this.");
    founder.post("/o/acme/risk/1/approval", &[("purpose", "approve_treatment")]).is(200);
    let answered = fixture.record("APPR-1");
    assert_eq!(answered.stage().id, "given");
    assert_eq!(fixture.isms().count("approval"), 2);
}

#[test]
fn records_are_made_from_records_with_the_link_filled_in() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let seen = browser.get("/o/acme/control/1").says("Add proof").says("New action for this");
    let (_, rest) = seen.body.split_once("href=\"/o/acme/evidence/new?").unwrap();
    let query = rest.split_once('"').unwrap().0.replace("&amp;", "&");
    let new = browser.get(&format!("/o/acme/evidence/new?{query}"));
    let form = typed(&new.form("/evidence/new"), &[("f.title", "A log")]);
    let seen = browser.post("/o/acme/evidence/new", &pairs(&form)).is(200).says("is made.");
    assert_eq!(seen.path, "/o/acme/control/1");
    seen.says("A log");
}

#[test]
fn the_parts_of_forms_answer_scripts() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let level = "/o/acme/level?name=r&r.likelihood=3&r.c.money=3&r.c.people=1";
    let seen = browser.get(level).is(200);
    assert!(seen.body.contains("high") && !seen.body.contains("<html"), "{}", seen.body);
    let seen = browser.post("/o/acme/preview", &[("text", "*a* <script>")]).is(200);
    assert!(seen.body.contains("<em>a</em> &lt;script&gt;"), "{}", seen.body);
    let more =
        [("more", "f.outcomes"), ("f.title", "Kept as typed"), ("f.outcomes.0.outcome", "One")];
    let seen = browser.post("/o/acme/organization/1/edit", &more).is(200);
    let form = seen.form("/organization/1/edit");
    assert!(form.iter().any(|it| it.0 == "f.outcomes.4.outcome"), "{form:?}");
    assert!(form.contains(&("f.title".to_owned(), "Kept as typed".to_owned())));
}

#[test]
fn nobody_is_shown_the_way_to_what_they_may_not_do() {
    let fixture = Fixture::new();
    fixture.founder().post("/o/acme/risk/1/edit", &[("f.scenario", "Another one.")]).is(200);
    for (profile, page, link) in [
        (Profile::RiskOwner, "/o/acme/risk/1", "Go back to this"),
        (Profile::RiskOwner, "/o/acme/gap_assessment/1", "Work through it"),
    ] {
        fixture.browser(profile).get(page).is(200).keeps_quiet_about(link);
        fixture.founder().get(page).is(200).says(link);
    }
    let mut leads = fixture.browser(Profile::RiskOwner);
    leads.post("/o/acme/approval/new", &[("f.title", "")]).is(422).says("Is needed: fill it in.");
}

#[test]
fn a_form_that_is_sent_twice_makes_one_record() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let form = browser.get("/o/acme/asset/new").is(200).form("/asset/new");
    let form = typed(&form, &[("f.title", "Franking machine")]);
    browser.post("/o/acme/asset/new", &pairs(&form)).is(200).says("is made.");
    let made = fixture.isms().count("asset");
    let again = browser.post("/o/acme/asset/new", &pairs(&form)).is(409);
    let again = again.says("This was saved already").form("/asset/new");
    assert_eq!(fixture.isms().count("asset"), made);
    assert!(again.contains(&("f.title".to_owned(), "Franking machine".to_owned())));
    browser.post("/o/acme/asset/new", &pairs(&again)).is(200).says("is made.");
    assert_eq!(fixture.isms().count("asset"), made + 1);
}
