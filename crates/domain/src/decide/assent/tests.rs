use jiff::civil::date;
use kinds::approval::Purpose;
use meta::{Extras, Id, Provenance};
use serde_json::{Value, json};

use crate::{
    Actor, Refusal, Step,
    command::{Assent, New, Subject},
    conformity::fixture::Fixture,
};

const PAPER: Subject = Subject::StatementOfApplicability;

fn refused(f: &mut Fixture, subject: Subject, set: impl FnOnce(&mut Assent)) -> String {
    let mut act = Assent::new(f.fresh(), Purpose::Publish, subject);
    set(&mut act);
    f.try_run(Step::Assent(act)).unwrap_err().to_string()
}

fn document(f: &mut Fixture, fields: Value) -> Id {
    let me = f.me();
    let role = f.role("Director", &["top_management"], me);
    let base = json!({"title": "Policy", "identifier": "P-1", "doc_type": "procedure",
        "owner": me, "approver": role, "cadence": "P1Y", "change_summary": "First", "text": "We care."});
    f.new_record("document", crate::conformity::fixture::merged(base, fields))
}

#[test]
fn one_version_is_published_once() {
    let mut f = Fixture::new();
    let method = f.method();
    let why = refused(&mut f, Subject::Record(method), |it| it.edition = None);
    assert!(why.contains("the edition of this version of METHOD-1 is in force already"), "{why}");
    assert!(why.ends_with("change the record first"), "{why}");

    // What had no name may be given one, once.
    f.assent_to(Subject::Record(method), Purpose::Publish, |it| it.edition = Some("1".into()));
    let why = refused(&mut f, Subject::Record(method), |it| it.edition = Some("2".into()));
    assert!(why.starts_with("edition `1` of this version"), "{why}");

    // Another version is an edition of its own, also where its material words are the same.
    f.edit(method, json!({"title": "Our method"}));
    assert_eq!(f.isms.get(method).unwrap().stage().id, "in_force");
    f.publish(method);
    let edition = f.isms.in_force(method, f.day).unwrap();
    assert_eq!(edition.record.title(), "Our method");
    assert_eq!(edition.record.head.version, f.isms.get(method).unwrap().head.version);

    // Once the approval is taken back, the same words may be published again.
    let approval = edition.approval;
    f.go(approval, "revoked");
    f.publish(method);
    assert_ne!(f.isms.in_force(method, f.day).unwrap().approval, approval);
}

#[test]
fn an_unchanged_statement_is_no_new_edition() {
    let mut f = Fixture::new();
    let control = f.included("A.5.1", json!({}));
    let until = Some(date(2026, 12, 24));
    f.assent_to(PAPER, Purpose::Publish, |it| it.good_until = until);
    let why = refused(&mut f, PAPER, |it| it.good_until = until);
    assert!(why.contains("the statement as it stands is in force already"), "{why}");
    f.assent_to(PAPER, Purpose::Publish, |_| ());
    f.edit(control, json!({"implementation": "in_part"}));
    f.assent_to(PAPER, Purpose::Publish, |_| ());
}

#[test]
fn an_edition_holds_from_today_on_and_after_the_one_before() {
    let mut f = Fixture::new();
    let method = f.new_record("risk_method", crate::conformity::fixture::method_fields());
    let subject = Subject::Record(method);
    let why = refused(&mut f, subject, |it| it.effective_from = Some(date(2026, 11, 21)));
    assert!(why.contains("2026-11-21 is past"), "{why}");
    f.assent_to(subject, Purpose::Publish, |it| it.effective_from = Some(date(2027, 1, 1)));
    f.edit(method, json!({"horizon": "P1Y"}));
    let why = refused(&mut f, subject, |_| ());
    assert!(why.contains("in force from 2027-01-01 only"), "{why}");
    f.assent_to(subject, Purpose::Publish, |it| it.effective_from = Some(date(2027, 1, 1)));

    f.included("A.5.1", json!({}));
    let why = refused(&mut f, PAPER, |it| it.effective_from = Some(date(2026, 1, 1)));
    assert!(why.contains("2026-01-01 is past"), "{why}");
}

#[test]
fn whoever_had_a_hand_in_it_does_not_publish_it() {
    let mut f = Fixture::new();
    let (ada, bob, cleo) = (f.me(), f.person("Bob"), f.person("Cleo"));
    let mut held_by = Vec::new();
    for (person, profile) in
        [(ada, "isms_manager"), (bob, "isms_manager"), (cleo, "top_management")]
    {
        let fields = json!({"title": "Access", "person": person, "profile": profile,
            "from": "2026-01-01"});
        f.new_record("membership", fields);
        held_by.push(json!({"person": person, "from": "2026-01-01"}));
    }
    let board = f.new_record("role", json!({"title": "Board", "held_by": held_by}));
    let id = document(&mut f, json!({"four_eyes": true, "approver": board}));
    let as_person = |f: &mut Fixture, person: Id| f.actor = Actor::Person(person);

    // Bob changes it last; Ada wrote it all the same.
    as_person(&mut f, bob);
    f.edit(id, json!({"text": "We care a lot."}));
    as_person(&mut f, ada);
    let why = refused(&mut f, Subject::Record(id), |_| ());
    assert_eq!(
        why,
        "you changed DOC-1, and this organization wants a second pair of eyes: ask Cleo to publish it"
    );
    as_person(&mut f, cleo);
    f.publish(id);

    // From the edition on, only what came after it counts.
    as_person(&mut f, cleo);
    f.edit(id, json!({"text": "We care more."}));
    as_person(&mut f, bob);
    f.edit(id, json!({"authors": [bob]}));
    as_person(&mut f, cleo);
    let why = refused(&mut f, Subject::Record(id), |_| ());
    assert!(why.contains("you changed DOC-1 since its last edition"), "{why}");
    assert!(why.contains("ask Ada to publish it"), "{why}");
    as_person(&mut f, bob);
    let why = refused(&mut f, Subject::Record(id), |_| ());
    assert!(why.contains("you are among the authors of DOC-1"), "{why}");
    as_person(&mut f, ada);
    f.publish(id);
}

#[test]
fn the_statement_wants_four_eyes_too() {
    let mut f = Fixture::new();
    let (ada, bob) = (f.me(), f.person("Bob"));
    let wanted = json!({"title": "Us",
        "parameters": [{"key": "four_eyes.publish", "value": "yes"}]});
    f.new_record("organization", wanted);
    let first = f.included("A.5.1", json!({}));
    f.included("A.5.2", json!({}));
    f.actor = Actor::Person(bob);
    f.edit(first, json!({"how": "By a letter."}));
    f.actor = Actor::Person(ada);
    let why = refused(&mut f, PAPER, |_| ());
    assert!(
        why.starts_with("you changed CONTROL-1 of the Statement of Applicability, and"),
        "{why}"
    );
    assert!(
        why.ends_with("nobody else here may publish it yet, so give somebody that right"),
        "{why}"
    );
    let cleo = f.person("Cleo");
    f.actor = Actor::Person(cleo);
    f.assent_to(PAPER, Purpose::Publish, |_| ());
    f.actor = Actor::Person(bob);
    f.edit(first, json!({"implementation": "in_part"}));
    f.actor = Actor::Person(ada);
    f.assent_to(PAPER, Purpose::Publish, |_| ());
}

#[test]
fn what_was_said_or_asked_once_is_not_said_again() {
    let mut f = Fixture::new();
    let bob = f.person("Bob");
    let id = document(&mut f, json!({}));
    f.publish(id);
    f.assent(id, Purpose::Acknowledge);
    let again = Assent::new(f.fresh(), Purpose::Acknowledge, Subject::Record(id));
    let why = f.try_run(Step::Assent(again)).unwrap_err();
    assert!(matches!(why, Refusal::Already { .. }), "{why}");
    let why = why.to_string();
    assert!(why.contains("you acknowledged this edition of DOC-1 on 2026-11-22"), "{why}");
    f.edit(id, json!({"text": "We care more."}));
    f.publish(id);
    f.assent(id, Purpose::Acknowledge);

    let asked = |f: &mut Fixture, purpose: &str| {
        let fields = json!({"title": "Please", "purpose": purpose, "subject": id,
            "asked_of": bob, "asked_on": "2026-11-22"});
        let Value::Object(fields) = fields else { unreachable!("it is an object") };
        f.try_run(Step::New(New {
            id: f.clone().fresh(),
            kind: "approval".to_owned(),
            fields,
            stage: None,
            provenance: Provenance::Person,
            extras: Extras::default(),
        }))
        .map_err(|it| it.to_string())
    };
    f.fresh();
    asked(&mut f, "approve").unwrap();
    f.fresh();
    f.fresh();
    let why = asked(&mut f, "approve").unwrap_err();
    assert!(why.contains("Bob is asked for this already (approve, APPR-"), "{why}");
    f.fresh();
    asked(&mut f, "attest").unwrap();
}

/// A method by which what is high is accepted by a role, and for half a year at most.
fn method_with_authority(f: &mut Fixture, role: Id) -> Id {
    let acceptance = json!([{"level": 1, "acceptable": "yes"},
        {"level": 2, "acceptable": "by_authority", "authority": role, "longest": "P6M"}]);
    let fields = crate::conformity::fixture::merged(
        crate::conformity::fixture::method_fields(),
        json!({"acceptance": acceptance}),
    );
    let method = f.new_record("risk_method", fields);
    f.publish(method);
    method
}

fn high() -> Value {
    json!({"residual": {"likelihood": 2, "consequences": [{"criterion": "money", "rank": 2}]}})
}

#[test]
fn what_remains_is_accepted_for_as_long_as_the_method_allows() {
    let mut f = Fixture::new();
    let ada = f.me();
    let role = f.role("Director", &["top_management"], ada);
    let method = method_with_authority(&mut f, role);
    let risk = f.risk(method, ada, high());
    let accept = |f: &mut Fixture, until: Option<&str>| {
        let id = f.fresh();
        let mut act = Assent::new(id, Purpose::AcceptResidual, Subject::Record(risk));
        act.good_until = until.map(|it| it.parse().unwrap());
        f.try_run(Step::Assent(act)).map_err(|it| it.to_string())
    };
    let why = accept(&mut f, None).unwrap_err();
    assert!(why.contains("the method allows until 2027-05-22 at most"), "{why}");
    let why = accept(&mut f, Some("2099-01-01")).unwrap_err();
    assert!(why.contains("2099-01-01 is too late for RISK-1"), "{why}");
    accept(&mut f, Some("2027-05-22")).unwrap();

    // What was accepted before that was looked at is named.
    f.expect("6.1.3-15", crate::conformity::Verdict::Pass);
    let forced = |f: &mut Fixture, until: Value| {
        let act = json!({"title": "Accept", "purpose": "accept_residual", "subject": risk,
            "version": 1, "decision": "given", "by": ada, "decided_on": f.day,
            "position": f.isms.position(), "good_until": until});
        f.force("approval", "given", act);
    };
    forced(&mut f, Value::Null);
    f.expect_fail("6.1.3-15", crate::conformity::Grade::Minor, "accepted without an end");
    forced(&mut f, json!("2099-01-01"));
    f.expect_fail("6.1.3-15", crate::conformity::Grade::Minor, "accepted until 2099-01-01, where");
}

#[test]
fn what_stays_above_the_criteria_is_up_to_whom_the_method_names() {
    let mut f = Fixture::new();
    let (ada, bob) = (f.me(), f.person("Bob"));
    let role = f.role("Director", &[], bob);
    let fields = json!({"title": "Access", "person": bob, "profile": "contributor"});
    f.new_record("membership", fields);
    let method = method_with_authority(&mut f, role);
    let risk = f.risk(
        method,
        ada,
        crate::conformity::fixture::merged(high(), json!({"treatment": ["retain"]})),
    );
    let grant = |f: &mut Fixture| {
        let mut act = Assent::new(f.fresh(), Purpose::GrantException, Subject::Record(risk));
        act.good_until = Some(date(2027, 3, 1));
        f.try_run(Step::Assent(act)).map_err(|it| it.to_string())
    };
    let why = grant(&mut f).unwrap_err();
    assert!(why.contains("up to Director (Bob)"), "{why}");
    f.expect("6.1.3-05", crate::conformity::Verdict::Fail);
    let may = |f: &Fixture, person: Id| {
        let access = crate::access::Access::of(&f.isms, person, f.day);
        let record = f.isms.get(risk).unwrap();
        let act = crate::access::Act::Approve(Purpose::GrantException);
        access.may(f.view(), act, crate::access::On::Record(record))
    };
    assert!(may(&f, bob) && !may(&f, ada));
    let waits = |f: &Fixture, person: Id| {
        let access = crate::access::Access::of(&f.isms, person, f.day);
        let duties = crate::duties::of(crate::access::Sight::new(f.view(), &access));
        duties.iter().any(|it| it.what == crate::duties::What::AcceptAbove)
    };
    assert!(waits(&f, bob) && !waits(&f, ada), "it waits for whom the method names, unasked");
    f.actor = Actor::Person(bob);
    grant(&mut f).unwrap();
    assert!(!waits(&f, bob));
    f.expect("6.1.3-05", crate::conformity::Verdict::Pass);
}

#[test]
fn an_edition_stands_in_force_until_the_next_one_comes() {
    use crate::approvals::{Place, place};
    let mut f = Fixture::new();
    let method = f.method();
    let first = f.isms.in_force(method, f.day).unwrap().approval;
    f.edit(method, json!({"horizon": "P1Y"}));
    let day = date(2027, 1, 1);
    let next = f.assent_to(Subject::Record(method), Purpose::Publish, |it| {
        it.effective_from = Some(day);
    });
    let placed = |f: &Fixture, id: Id| place(f.view(), f.isms.get(id).unwrap());
    assert_eq!(placed(&f, first), Some(Place::InForce(Some(day))));
    assert_eq!(placed(&f, next), Some(Place::From(day)));
    f.day = day;
    assert_eq!(placed(&f, first), Some(Place::Replaced));
    assert_eq!(placed(&f, next), Some(Place::InForce(None)));
    f.go(next, "revoked");
    assert_eq!(placed(&f, next), None);
}
