//! The Statement of Applicability: edited in its table, published, compared, printed.

use kinds::membership::Profile;

use crate::fixture::{Browser, Fixture};

const SOA: &str = "/o/acme/soa";

type Fields = Vec<(String, String)>;

#[test]
fn rows_are_saved_together_and_only_where_they_changed() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let mut form = browser.get(SOA).is(200).says("93 undecided").form("/soa");
    let (number, other) = (number(&fixture, "A.5.7"), number(&fixture, "A.7.4"));
    set(&mut form, &format!("{number}.applicability"), "included");
    set(&mut form, &format!("{number}.justification"), "We want to know what comes.");
    // Not in the order of the boxes, as an import may bring them.
    form.push((format!("{number}.reasons"), "law".into()));
    form.push((format!("{number}.reasons"), "risk".into()));
    set(&mut form, &format!("{other}.applicability"), "excluded");
    set(&mut form, &format!("{other}.exclusion_reason"), "We have no premises.");
    let before = fixture.isms().position();
    send(&mut browser, SOA, &form).is(200).says("2 rows are saved.").says("1 included 1 excluded");
    assert_eq!(fixture.isms().position(), before + 1, "one commit");
    let body = fixture.record(&format!("CONTROL-{number}")).body.json();
    assert_eq!((&body["reasons"][0], &body["applicability"]), (&"law".into(), &"included".into()));

    let form = browser.get(SOA).form("/soa");
    send(&mut browser, SOA, &form).is(200).says("Nothing was changed.");
    assert_eq!(fixture.isms().position(), before + 1);

    // What is excluded has no reasons to be there; who declares it implemented is kept.
    let mut form = browser.get(&format!("{SOA}?theme=Organizational")).form("Organizational");
    assert!(!form.iter().any(|it| it.0 == format!("{other}.version")), "only the rows asked for");
    set(&mut form, &format!("{number}.implementation"), "implemented");
    send(&mut browser, SOA, &form).is(200).says("A.5.7 is saved.").says("declared, not proven");
    let mut form = browser.get(SOA).form("/soa");
    set(&mut form, &format!("{number}.applicability"), "excluded");
    send(&mut browser, SOA, &form).is(200).says("no reason given");
    let body = fixture.record(&format!("CONTROL-{number}")).body.json();
    assert_eq!(body["declared_by"], fixture.founder.to_string());
    assert!(body["reasons"].as_array().is_none_or(Vec::is_empty), "{body}");
}

#[test]
fn who_saves_second_sees_what_the_first_wrote_and_loses_nothing() {
    let fixture = Fixture::new();
    let (mut one, mut other) = (fixture.founder(), fixture.browser(Profile::IsmsManager));
    let number = number(&fixture, "A.5.7");
    let field = |name: &str| format!("{number}.{name}");

    let (mut first, mut second) = (one.get(SOA).form("/soa"), other.get(SOA).form("/soa"));
    set(&mut first, &field("justification"), "Because of the risks.");
    set(&mut first, &field("implementation"), "planned");
    send(&mut one, SOA, &first).is(200);
    set(&mut second, &field("justification"), "Because the law says so.");
    let seen = send(&mut other, SOA, &second).is(409);
    let seen = seen.says("Somebody else wrote this").says("Because of the risks.");
    let again = seen.form("/soa");
    let value = |name: &str| again.iter().find(|it| it.0 == field(name)).unwrap().1.clone();
    assert_eq!(value("justification"), "Because the law says so.");
    assert_eq!(value("implementation"), "planned", "what only the first wrote stays");
    send(&mut other, SOA, &again).is(200).says("A.5.7 is saved.");
    let body = fixture.record(&format!("CONTROL-{number}")).body.json();
    assert_eq!(body["justification"], "Because the law says so.");
    assert_eq!(body["implementation"], "planned");
}

#[test]
fn an_edition_is_asked_for_approved_and_compared() {
    let fixture = Fixture::new();
    let mut manager = fixture.founder();
    let number = number(&fixture, "A.5.7");
    let mut form = manager.get(SOA).form("/soa");
    set(&mut form, &format!("{number}.applicability"), "included");
    send(&mut manager, SOA, &form).is(200).says("No edition is in force yet");

    let leader = fixture.person(Profile::TopManagement).to_string();
    let asked = manager.post(&format!("{SOA}/request"), &[("asked_of", &leader)]);
    asked.is(200).says("Pat Top management is asked to decide.").says("waiting APPR-2");

    let mut leads = fixture.browser(Profile::TopManagement);
    let seen = leads.get(SOA).form("/soa/edition");
    let mut form = manager.get(SOA).form("/soa");
    set(&mut form, &format!("{number}.implementation"), "planned");
    send(&mut manager, SOA, &form).is(200);
    let late = send(&mut leads, &format!("{SOA}/edition"), &seen);
    late.is(409).says("was changed while you looked at it");

    let fresh = leads.get(SOA).form("/soa/edition");
    let page = send(&mut leads, &format!("{SOA}/edition"), &fresh);
    page.is(200)
        .says("Edition 1 is approved, in your name.")
        .says("As in edition 1")
        .says("Nothing changed since edition 1");
    assert_eq!(fixture.record("APPR-2").stage().id, "given", "the request is answered");

    // What is saved in place brings what the page says of the whole.
    let all = manager.get(SOA).keeps_quiet_about("Submit").form("/soa");
    let mut row: Fields =
        all.into_iter().filter(|it| it.0.starts_with(&format!("{number}."))).collect();
    set(&mut row, &format!("{number}.implementation"), "implemented");
    manager.headers.push(("x-part", "1"));
    let seen = send(&mut manager, SOA, &row).is(200);
    seen.says("Working copy, one row ahead of edition 1").says("1 included").says("Submit");
    manager.headers.clear();
    let compared = manager.get(&format!("{SOA}/compare")).is(200).says("1 control differs");
    compared.says("A.5.7 Threat intelligence").says("planned implemented").says("Fay Founder");
    manager.get(&format!("{SOA}/compare?from_day=2026-03-30&to=now")).is(200).says("1 control");
    manager.get(&format!("{SOA}/compare?from=now&to_day=2026-03-30")).is(200).says("other way");
    // The next edition is on the list before it is in force, and the one in force says until when.
    let mut next = leads.get(SOA).form("/soa/edition");
    set(&mut next, "effective_from", "2026-05-01");
    send(&mut leads, &format!("{SOA}/edition"), &next).is(200).says("Edition 2 is approved");
    let seen = manager.get(SOA).is(200).says("from 1 May 2026").says("the next from 1 May 2026");
    let at = seen.body.find("?edition=").expect("the newest edition can be printed");
    let id: String = seen.body[at + 9..].chars().take_while(|it| *it != '"').collect();
    manager.get(&format!("{SOA}/paper/pdf?edition={id}")).is(200);
    manager.get(&format!("{SOA}/compare?from={id}")).is(200).says("edition 2");
    let paper = manager.get(&format!("{SOA}/paper/pdf")).is(200);
    assert!(paper.header("content-disposition").contains(".pdf"), "{:?}", paper.headers);
    fixture.browser(Profile::ControlOwner).get(SOA).is(200).keeps_quiet_about("Submit");
    fixture.browser(Profile::Employee).get(SOA).is(403);
}

fn send(browser: &mut Browser, path: &str, form: &Fields) -> crate::fixture::Seen {
    let fields: Vec<(&str, &str)> = form.iter().map(|it| (&*it.0, &*it.1)).collect();
    browser.post(path, &fields)
}

/// The number of the record behind a control of Annex A.
fn number(fixture: &Fixture, reference: &str) -> u32 {
    let isms = fixture.isms();
    let mut rows = isms.rows("control");
    rows.find(|it| it.cell("reference").text() == Some(reference)).unwrap().head.number
}

#[track_caller]
fn set(form: &mut Fields, name: &str, value: &str) {
    let at = form.iter().position(|it| it.0 == name);
    let at = at.unwrap_or_else(|| panic!("no field {name} in {form:?}"));
    form[at].1 = value.to_owned();
}
