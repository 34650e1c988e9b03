//! What must hold for single profiles, and whatever somebody tries.

use super::*;

#[test]
fn an_employee_has_only_what_is_their_own() {
    let mut cast = Cast::of(Profile::Employee);
    let me = cast.me;
    let documents = [json!([]), json!(["Everybody"]), json!(["drivers"]), json!(["board"])];
    let documents = documents.map(|it| {
        let fields = json!({"title": "As published", "identifier": "P", "doc_type": "policy",
            "distribution": it});
        let document = cast.fixture.force("document", "published", fields);
        cast.fixture.force_publish(document);
        document
    });
    let draft = cast.fixture.force("document", "draft", json!({"title": "Draft"}));
    cast.fixture.edit(me, json!({"groups": ["Drivers"]}));
    let put = |fixture: &mut Fixture, kind: &str, stage: &str, field: &str| {
        fixture.force(kind, stage, json!({"title": "Mine", field: me}))
    };
    let action = put(&mut cast.fixture, "action", "agreed", "owner");
    let proof = put(&mut cast.fixture, "evidence", "wanted", "asked_of");
    let report = put(&mut cast.fixture, "event_report", "new", "noticed_by");
    for kind in ["risk", "action", "evidence", "event_report", "control", "membership", "comment"] {
        let def = kinds::kind(kind).unwrap();
        cast.record(def, "none");
    }
    let risk = put(&mut cast.fixture, "risk", "identified", "owner");
    cast.ask(risk, Purpose::AcceptResidual);
    let request = cast.fixture.isms.rows("approval").last().unwrap().head.id;

    let access = cast.access();
    let sight = Sight::new(cast.fixture.view(), &access);
    let mut seen: Vec<Id> =
        kinds::KINDS.iter().flat_map(|it| sight.rows(it.id)).map(|it| it.head.id).collect();
    let mut expected = vec![me, action, proof, report, risk, request];
    expected.extend(&documents[..3]);
    seen.sort();
    expected.sort();
    assert_eq!(seen, expected);
    assert!(sight.get(draft).is_none());

    // Readers see the edition in force, whatever is being drafted.
    let before = cast.fixture.isms.get(documents[0]).unwrap().head.version;
    cast.fixture.edit(documents[0], json!({"title": "What is coming"}));
    let sight = Sight::new(cast.fixture.view(), &access);
    let read = sight.get(documents[0]).unwrap();
    assert_eq!((read.title(), read.head.version), ("As published", before));
    assert_eq!(sight.access().person(), me);
}

#[test]
fn judging_is_not_for_whoever_brings_it() {
    let mut cast = Cast::of(Profile::Employee);
    let me = cast.me;
    let fields = json!({"title": "List", "asked_of": me, "collected_on": "2026-11-01"});
    let proof = cast.fixture.force("evidence", "wanted", fields);
    cast.permit(edit(proof, json!({"form": "list", "judged": null}))).unwrap();
    cast.permit(go(proof, "collected")).unwrap();
    for step in [edit(proof, json!({"judged": "accepted"})), go(proof, "accepted")] {
        let refused = cast.permit(step).unwrap_err();
        assert!(refused.to_string().starts_with("you may not judge EVID-1: ask"), "{refused}");
    }
    let report = json!({"title": "It smells", "judgment": "nothing"});
    assert!(cast.permit(new(888, "event_report", report)).is_err());
    cast.permit(new(888, "event_report", json!({"title": "It smells"}))).unwrap();

    // Who handles incidents by a role judges, whatever the profile.
    cast.fixture.role("Incident lead", &["handles_incidents"], me);
    let report = cast.record(kinds::kind("event_report").unwrap(), "none").unwrap();
    cast.permit(edit(report, json!({"handler": me}))).unwrap();
    cast.permit(go(report, "triaged")).unwrap();
}

#[test]
fn nobody_gains_access_by_a_side_door() {
    let cast = Cast::of(Profile::IsmsManager);
    let (me, boss) = (cast.me, cast.other);
    let admin = cast.fixture.isms.rows("membership").next().unwrap().head.id;
    let grab = json!({"title": "Me", "person": me, "profile": "administrator"});
    for step in [
        new(888, "membership", grab),
        edit(admin, json!({"person": me})),
        Step::Merge { kept: me, dropped: boss },
        Step::Revert { record: admin, version: None, to: None },
        Step::Withdraw { record: admin, version: None },
        go(admin, "ended"),
    ] {
        let told = format!("{step:?}");
        let refused = cast.permit(step).unwrap_err();
        assert!(matches!(refused, Refusal::NotPermitted { .. }), "{told}: {refused}");
        assert!(refused.to_string().contains("ask an administrator (Ada)"), "{told}: {refused}");
    }
    // A contributor links to nothing hidden, asks about nothing that is not theirs, and begins at
    // the beginning.
    let mut cast = Cast::of(Profile::Contributor);
    let secret = cast.record(kinds::kind("event_report").unwrap(), "none").unwrap();
    let risk = cast.record(kinds::kind("risk").unwrap(), "none").unwrap();
    let link = |to: Id| json!({"title": "Do", "purpose": "incident", "serves": [to]});
    let refused = cast.permit(new(888, "action", link(secret))).unwrap_err();
    assert!(matches!(refused, Refusal::Missing { .. }), "{refused}");
    cast.permit(new(888, "action", link(risk))).unwrap();
    let fields = json!({"title": "Do", "owner": cast.me, "serves": [secret]});
    let action = cast.fixture.force("action", "proposed", fields);
    cast.permit(edit(action, json!({"serves": [secret, risk]}))).unwrap();
    let asks = json!({"title": "Look", "purpose": "approve", "subject": risk, "asked_of": cast.me});
    assert!(cast.permit(new(888, "approval", asks)).is_err());
    let mut leap = new(888, "document", json!({"title": "Policy"}));
    if let Step::New(new) = &mut leap {
        new.stage = Some("published".to_owned());
    }
    assert!(cast.permit(leap).is_err());
}

#[test]
fn an_external_auditor_looks_at_a_time_and_changes_nothing() {
    let mut cast = Cast::of(Profile::ExternalAuditor);
    let membership = cast.fixture.isms.rows("membership").last().unwrap().head.id;
    let period = json!({"period_from": "2026-01-01", "period_until": "2026-06-30"});
    cast.fixture.edit(membership, period);
    let risk = cast.record(kinds::kind("risk").unwrap(), "none").unwrap();
    let report = cast.record(kinds::kind("event_report").unwrap(), "none").unwrap();
    let access = cast.access();
    let seen = |day, id| Sight::new(View::new(&cast.fixture.isms, day), &access).get(id).is_some();
    assert!(seen(date(2026, 6, 30), risk) && !seen(date(2026, 6, 30), report));
    assert!(!seen(date(2025, 12, 31), risk) && !seen(date(2026, 7, 1), risk));
    assert_eq!(access.day_to_show(date(2026, 11, 22)), Some(date(2026, 6, 30)));
    assert_eq!(access.day_to_show(date(2026, 5, 1)), Some(date(2026, 5, 1)));
    assert_eq!(access.day_to_show(date(2025, 5, 1)), None);
    let open = cast.fixture.isms.get(membership).unwrap();
    let mut body = open.body.json();
    body.as_object_mut().unwrap().retain(|field, _| !field.starts_with("period_"));
    let text = json!({ "body": body }).to_string();
    let mut isms = cast.fixture.isms.clone();
    isms.put((open.def().parse)(open.head.clone(), &text).unwrap());
    let without = Access::of(&isms, cast.me, date(2026, 5, 1));
    assert_eq!(without.day_to_show(date(2026, 5, 1)), None, "no time is given: no day is seen");
    let late = Access::of(&cast.fixture.isms, cast.me, date(2027, 1, 1));
    assert!(late.profiles().is_empty() && !late.may_look_on(date(2026, 6, 30)));
    assert!(cast.permit(edit(risk, json!({"title": "Mine"}))).is_err());
}

#[test]
fn who_has_left_or_has_no_membership_may_do_nothing() {
    let mut cast = Cast::of(Profile::IsmsManager);
    assert!(cast.access().may(cast.fixture.view(), Act::Create, On::Everything));
    cast.fixture.go(cast.me, "left");
    assert!(cast.access().profiles().is_empty());
    let stranger = cast.fixture.person("Bo");
    let access = Access::of(&cast.fixture.isms, stranger, cast.fixture.day);
    assert!(Sight::new(cast.fixture.view(), &access).get(stranger).is_none());
}

#[test]
fn somebody_always_administers() {
    let mut fixture = Fixture::new();
    let (ada, day) = (fixture.me(), fixture.day);
    let bo = fixture.person("Bo");
    let first = fixture.give(ada, Profile::Administrator);
    let last = |answer: Result<(), Refusal>| {
        let refused = answer.unwrap_err();
        assert!(matches!(refused, Refusal::LastAdministrator { .. }), "{refused}");
    };
    last(fixture.try_run(go(first, "ended")));
    last(fixture.try_run(edit(first, json!({"profile": "employee"}))));
    last(fixture.try_run(edit(first, json!({"until": "2026-11-21"}))));
    last(fixture.try_run(Step::Withdraw { record: first, version: None }));
    last(fixture.try_run(go(ada, "left")));
    fixture.give(bo, Profile::Administrator);
    fixture.go(first, "ended");
    let profiles = |person| Access::of(&fixture.isms, person, day).profiles();
    assert!(profiles(ada).is_empty() && profiles(bo).has(Profile::Administrator));
}

#[test]
fn in_an_old_ledger_who_began_it_administers() {
    let mut fixture = Fixture::new();
    fixture.actor = Actor::Person(fixture.me());
    let ada = fixture.me();
    // The fixture's first commit is the system's: begin again with one by Ada.
    let mut isms = crate::Isms::default();
    isms.advance(crate::Moment { at: jiff::Timestamp::UNIX_EPOCH, actor: Some(ada) });
    isms.put(fixture.isms.shared(ada).unwrap());
    fixture.isms = isms;
    let profiles = |it: &Fixture| Access::of(&it.isms, ada, it.day).profiles();
    assert!(profiles(&fixture).has(Profile::Administrator));
    let bo = fixture.person("Bo");
    let refused = fixture.try_run(go(ada, "left")).unwrap_err();
    assert!(matches!(refused, Refusal::LastAdministrator { .. }), "{refused}");
    let membership = fixture.give(bo, Profile::Administrator);
    assert!(!profiles(&fixture).has(Profile::Administrator));
    // Who gave it away does not get it back by leaving nobody else.
    let fields = json!({"profile": "isms_manager"});
    let refused = fixture.try_run(edit(membership, fields)).unwrap_err();
    assert!(matches!(refused, Refusal::LastAdministrator { .. }), "{refused}");
}

#[test]
fn a_request_is_answered_by_whom_it_asks() {
    let mut fixture = Fixture::new();
    let (ada, bo) = (fixture.me(), fixture.person("Bo"));
    let asset = fixture.new_record("asset", json!({"title": "Files", "asset_type": "information"}));
    let asks = json!({"title": "Look", "purpose": "approve", "subject": asset, "asked_of": bo,
        "asked_by": ada, "answer_by": "2026-12-01"});
    let request = fixture.new_record("approval", asks);
    let answer = |id: Id, purpose| match assent(asset, purpose) {
        Step::Assent(it) => Step::Assent(Assent { id, ..it }),
        other => other,
    };
    let refused = fixture.try_run(answer(request, Purpose::Approve)).unwrap_err();
    assert!(matches!(refused, Refusal::NoAuthority { .. }), "{refused}");
    fixture.actor = Actor::Person(bo);
    for (id, purpose) in [(request, Purpose::Attest), (asset, Purpose::Approve)] {
        let refused = fixture.try_run(answer(id, purpose)).unwrap_err();
        assert!(matches!(refused, Refusal::Taken { .. }), "{refused}");
    }
    fixture.run(answer(request, Purpose::Approve));
    let record = fixture.isms.get(request).unwrap();
    let given = record.typed::<kinds::approval::Approval>().unwrap();
    assert_eq!((record.stage().id, record.name().as_str()), ("given", "APPR-1"));
    assert_eq!(given.asked_by.map(|it| it.id()), Some(ada));
    assert_eq!(given.by.map(|it| it.id()), Some(bo));
    assert!(fixture.isms.all::<Membership>().next().is_none());
}
