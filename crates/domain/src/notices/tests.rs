use kinds::approval::Purpose as Assent;
use serde_json::json;

use super::*;
use crate::conformity::fixture::Fixture;

/// What one step of a fixture gives reason to tell, as (who, what, about which record).
fn told(f: &mut Fixture, step: impl FnOnce(&mut Fixture)) -> Vec<(String, Occasion, String)> {
    let before = f.isms.clone();
    step(f);
    let after = &f.isms;
    let touched: Vec<Id> = kinds::KINDS
        .iter()
        .flat_map(|it| after.rows(it.id))
        .filter(|it| it.head.changed > before.position())
        .map(|it| it.head.id)
        .collect();
    let members: Vec<Id> = after.rows("person").map(|it| it.head.id).collect();
    let actor = f.actor.person();
    let commit = Commit { before: &before, after, touched: &touched, actor, day: f.day };
    let name = |id: Id| after.get(id).map(|it| it.title().to_owned()).unwrap_or_default();
    let number = |id: Id| after.get(id).map(Record::name).unwrap_or_default();
    let found = of_commit(&commit, &members);
    found.into_iter().map(|it| (name(it.person), it.occasion, number(it.record))).collect()
}

fn line(who: &str, what: Occasion, record: &str) -> (String, Occasion, String) {
    (who.to_owned(), what, record.to_owned())
}

#[test]
fn whoever_gets_something_is_told_once_and_not_by_themselves() {
    let mut f = Fixture::new();
    let (me, bea) = (f.me(), f.person("Bea"));
    let role = f.role("Keeper", &[], bea);
    let asset = json!({"title": "Mail", "asset_type": "software", "owner": role});
    let mut id = None;
    let given = told(&mut f, |f| id = Some(f.new_record("asset", asset)));
    assert_eq!(given, [line("Bea", Occasion::Given, "ASSET-1")], "through the role she holds");
    let id = id.unwrap();
    let again = told(&mut f, |f| f.edit(id, json!({"title": "Mail server"})));
    assert_eq!(again, [], "it was hers already");
    let mine = told(&mut f, |f| f.edit(id, json!({"owner": me})));
    assert_eq!(mine, [], "nobody is told of what they do themselves");
}

#[test]
fn a_request_reaches_who_is_asked_and_the_answer_who_asked() {
    let mut f = Fixture::new();
    let (me, bea) = (f.me(), f.person("Bea"));
    let asset = f.new_record("asset", json!({"title": "Mail", "asset_type": "software"}));
    let fields = json!({
        "title": "Approve: ASSET-1", "purpose": "approve", "subject": asset, "asked_of": bea,
        "asked_by": me,
    });
    let asked = told(&mut f, |f| {
        f.new_record("approval", fields);
    });
    assert_eq!(asked, [line("Bea", Occasion::Asked, "APPR-1")]);
    let request = f.isms.numbered("approval", 1).unwrap().head.id;
    f.actor = crate::Actor::Person(bea);
    let answered = told(&mut f, |f| {
        let subject = crate::command::Subject::Record(asset);
        f.run(crate::Step::Assent(crate::command::Assent::new(request, Assent::Approve, subject)));
    });
    assert_eq!(answered, [line("Ada", Occasion::Answered, "APPR-1")]);
}

#[test]
fn a_comment_reaches_whom_it_mentions() {
    let mut f = Fixture::new();
    let bea = f.person("Bea");
    let asset = f.new_record("asset", json!({"title": "Mail", "asset_type": "software"}));
    let fields = json!({"title": "Why?", "text": "Why?", "about": asset, "mentions": [bea]});
    let said = told(&mut f, |f| {
        f.new_record("comment", fields);
    });
    assert_eq!(said, [line("Bea", Occasion::Mentioned, "COMMENT-1")]);
}

#[test]
fn proposals_of_the_program_are_given_to_nobody() {
    let mut f = Fixture::new();
    let bea = f.person("Bea");
    let asset = json!({"title": "Mail", "asset_type": "software", "owner": bea});
    assert_eq!(
        told(&mut f, |f| {
            f.seed("asset", asset);
        }),
        []
    );
}

#[test]
fn what_is_due_is_told_a_week_ahead_and_again_when_it_is_late() {
    let mut f = Fixture::new();
    let me = f.me();
    for profile in ["administrator", "isms_manager"] {
        f.new_record("membership", json!({"title": profile, "person": me, "profile": profile}));
    }
    let action = json!({"title": "Lock", "purpose": "improve", "owner": me, "due": "2026-11-29"});
    f.new_record("action", action);
    let on = |f: &Fixture, day: &str| -> Vec<(Occasion, String)> {
        let day = day.parse().unwrap();
        let access = Access::of(&f.isms, me, day);
        let found = of_day(Sight::new(View::new(&f.isms, day), &access));
        found.into_iter().map(|it| (it.occasion, it.mark)).collect()
    };
    assert_eq!(on(&f, "2026-11-21"), []);
    let due = || "2026-11-29".to_owned();
    assert_eq!(on(&f, "2026-11-22"), [(Occasion::Soon, due())]);
    assert_eq!(on(&f, "2026-11-29"), [(Occasion::Soon, due())]);
    assert_eq!(on(&f, "2026-11-30"), [(Occasion::Late, due())]);
}

#[test]
fn a_risk_is_put_before_its_owner_when_there_is_something_to_decide() {
    let mut f = Fixture::new();
    let bea = f.person("Bea");
    let fields = json!({"title": "Bea", "person": bea, "profile": "risk_owner"});
    f.new_record("membership", fields);
    let method = f.method();
    let mut risk = None;
    let asked = told(&mut f, |f| risk = Some(f.risk(method, bea, json!({}))));
    assert_eq!(
        asked,
        [line("Bea", Occasion::Asked, "RISK-1"), line("Bea", Occasion::Given, "RISK-1")]
    );
    let risk = risk.unwrap();
    let renamed = told(&mut f, |f| f.edit(risk, json!({"title": "Other"})));
    assert_eq!(renamed, [], "she was asked already");
}

#[test]
fn whoever_decided_is_told_when_it_is_taken_back_with_a_reason() {
    let mut f = Fixture::new();
    let (me, bea) = (f.me(), f.person("Bea"));
    let asset = f.new_record("asset", json!({"title": "Mail", "asset_type": "software"}));
    f.actor = crate::Actor::Person(bea);
    let act = f.assent(asset, Assent::Approve);
    f.actor = crate::Actor::Person(me);
    let undo = |note: String| {
        let step = crate::Step::Revert { record: act, version: None, to: None };
        crate::Command::one(step).because(note)
    };
    let decide = |f: &mut Fixture, note: String| {
        let mut salt = || [7; 16];
        let at = f.isms.moment(1).unwrap().at;
        let mut now = crate::Now { at, day: f.day, salt: &mut salt };
        crate::decide(&f.isms, f.actor, &undo(note), &mut now)
    };
    let bare = decide(&mut f, crate::command::undo_note(3, None)).err().unwrap();
    assert!(matches!(bare, crate::Refusal::NeedsReason { .. }), "{bare}");
    let change = decide(&mut f, crate::command::undo_note(3, Some("A mistake."))).ok().unwrap();
    let after = change.after().clone();
    let commit =
        Commit { before: &f.isms, after: &after, touched: &[act], actor: Some(me), day: f.day };
    let told = of_commit(&commit, &[me, bea]);
    let told: Vec<_> = told.iter().map(|it| (it.person, it.occasion, it.record)).collect();
    assert_eq!(told, [(bea, Occasion::Answered, asset)]);
    // One's own is taken back as it was given.
    f.actor = crate::Actor::Person(bea);
    assert!(decide(&mut f, crate::command::undo_note(3, None)).is_ok());
}
