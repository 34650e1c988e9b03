//! Decisions by tables: records before, a command, and what comes of it.

#![expect(clippy::unwrap_used, reason = "clippy knows only `#[test]` functions as tests")]

use domain::{
    Actor, Change, Command, Isms, Moment, Now, Refusal, Step, View,
    approvals::{self, State},
    command::{Assent, Edit, New, Subject},
    decide, diff,
    resolve::{Unresolved, resolve},
    text,
};
use jiff::{Timestamp, civil::date};
use kinds::approval::Purpose;
use meta::{Extras, Id, Provenance};
use serde_json::{Value, json};

/// Records, and who acts on which day.
struct Table {
    isms: Isms,
    actor: Actor,
    day: jiff::civil::Date,
    next: u128,
}

impl Table {
    fn new() -> Self {
        let mut table =
            Self { isms: Isms::default(), actor: Actor::System, day: date(2026, 3, 2), next: 1 };
        let ada = table.make(
            "person",
            json!({"title": "Ada", "engagement": "employee",
            "in_scope": "yes"}),
        );
        table.go(ada, "active");
        table.actor = Actor::Person(ada);
        table
    }

    fn id(&mut self) -> Id {
        self.next += 1;
        Id::from_u128(self.next)
    }

    fn try_run(&mut self, step: Step) -> Result<Change, Refusal> {
        let at: Timestamp = format!("{}T10:00:00Z", self.day).parse().unwrap();
        let mut count = self.next as u8;
        let mut salt = || {
            count = count.wrapping_add(1);
            [count; 16]
        };
        let mut now = Now { at, day: self.day, salt: &mut salt };
        let change = decide(&self.isms, self.actor, &Command::one(step).because("so"), &mut now)?;
        self.isms = change.after().clone();
        self.isms.advance(Moment { at, actor: self.actor.person() });
        Ok(change)
    }

    fn run(&mut self, step: Step) {
        self.try_run(step).map_err(|it| text::of_refusal(&self.isms, &it)).unwrap();
    }

    fn make(&mut self, kind: &str, body: Value) -> Id {
        let id = self.id();
        self.run(new(id, kind, body));
        id
    }

    fn edit(&mut self, record: Id, body: Value) {
        self.run(edit(record, body));
    }

    fn go(&mut self, record: Id, to: &str) {
        self.run(Step::Move { record, version: None, to: to.into(), reason: None });
    }

    fn assent(&mut self, subject: Subject, purpose: Purpose) -> Result<Id, Refusal> {
        let id = self.id();
        self.try_run(assent(id, subject, purpose)).map(|_| id)
    }

    fn view(&self) -> View<'_> {
        View::new(&self.isms, self.day)
    }

    fn state(&self, subject: Id, purpose: Purpose) -> State {
        approvals::newest(self.view(), subject, purpose).unwrap().2
    }
}

fn new(id: Id, kind: &str, body: Value) -> Step {
    Step::New(New {
        id,
        kind: kind.into(),
        fields: body.as_object().unwrap().clone(),
        stage: None,
        provenance: Provenance::Person,
        extras: Extras::default(),
    })
}

fn edit(record: Id, body: Value) -> Step {
    let fields = body.as_object().unwrap().clone();
    Step::Edit(Edit { record, version: None, fields, extras: None, provenance: Provenance::Person })
}

fn assent(id: Id, subject: Subject, purpose: Purpose) -> Step {
    Step::Assent(Assent::new(id, purpose, subject))
}

/// A risk owned by a role that Ada holds, treated by one control with one action.
fn risk(table: &mut Table) -> (Id, Id, Id) {
    let ada = table.actor.person().unwrap();
    let role = table.make(
        "role",
        json!({"title": "Head of IT",
        "held_by": [{"person": ada.to_string(), "from": "2026-01-01", "until": "2026-12-31"}]}),
    );
    let control = table.make("control", json!({"title": "Backups", "reference": "A.8.13"}));
    let rating = json!({"likelihood": 2, "consequences": [{"criterion": "money", "rank": 3}]});
    let risk = table.make(
        "risk",
        json!({"title": "Ransomware", "concerns": "information",
        "scenario": "Files are encrypted", "owner": role.to_string(), "treatment": ["modify"],
        "controls": [control.to_string()], "current": rating, "residual": rating}),
    );
    let action = table.make(
        "action",
        json!({"title": "Test the restore", "purpose": "treat_risk",
        "serves": [risk.to_string()], "owner": role.to_string(), "due": "2026-06-30"}),
    );
    (risk, role, action)
}

#[test]
fn only_the_owner_accepts_and_only_what_matters_makes_it_stale() {
    let mut table = Table::new();
    let (risk, role, action) = risk(&mut table);
    let bob = table.make(
        "person",
        json!({"title": "Bob", "engagement": "employee",
        "in_scope": "yes"}),
    );
    table.go(bob, "active");
    let ada = std::mem::replace(&mut table.actor, Actor::Person(bob));
    let refused = table.assent(Subject::Record(risk), Purpose::AcceptResidual).unwrap_err();
    assert!(refused.to_string().contains("Head of IT (Ada)"), "{refused}");
    table.actor = ada;
    for purpose in [Purpose::AcceptResidual, Purpose::ApproveTreatment] {
        table.assent(Subject::Record(risk), purpose).unwrap();
        assert_eq!(table.state(risk, purpose), State::Valid);
    }
    let isms = table.isms.clone();
    let stale = |table: &mut Table, step: Step, purpose| {
        table.isms = isms.clone();
        table.run(step);
        table.state(risk, purpose)
    };
    let fields = |names: &[&str]| State::Stale(names.iter().map(|it| (*it).to_owned()).collect());
    let (accept, approve) = (Purpose::AcceptResidual, Purpose::ApproveTreatment);
    let typo = edit(risk, json!({"title": "Ransomware!", "threat": "Ransomware"}));
    assert_eq!(stale(&mut table, typo.clone(), accept), State::Valid);
    assert_eq!(stale(&mut table, typo, approve), State::Valid);
    let owner = edit(risk, json!({"owner": bob.to_string()}));
    assert_eq!(stale(&mut table, owner.clone(), accept), fields(&["owner"]));
    assert_eq!(stale(&mut table, owner, approve), fields(&["owner"]));
    let treatment = edit(risk, json!({"treatment": ["retain"]}));
    assert_eq!(stale(&mut table, treatment, approve), fields(&["treatment"]));
    let due = edit(action, json!({"due": "2026-09-30"}));
    assert_eq!(stale(&mut table, due.clone(), approve), fields(&["ACTION-1"]));
    assert_eq!(stale(&mut table, due, accept), State::Valid);
    let others = new(Id::from_u128(900), "asset", json!({"title": "Elsewhere"}));
    assert_eq!(stale(&mut table, others, approve), State::Valid);

    // The role is vacant next year: nobody can accept then, and what was accepted stands.
    table.isms = isms.clone();
    table.day = date(2027, 1, 5);
    assert_eq!(table.state(risk, accept), State::Valid);
    let refused = table.assent(Subject::Record(risk), accept).unwrap_err();
    assert!(refused.to_string().contains("nobody holds it"), "{refused}");
    let given = approvals::newest(table.view(), risk, accept).unwrap().1;
    assert_eq!(given.acting_as.map(|it| it.id()), Some(role));
}

#[test]
fn acceptance_expires_and_is_revoked() {
    let mut table = Table::new();
    let (risk, ..) = risk(&mut table);
    let id = table.id();
    let Step::Assent(mut act) = assent(id, Subject::Record(risk), Purpose::AcceptResidual) else {
        panic!("an act of assent was asked for")
    };
    act.good_until = Some(date(2026, 6, 30));
    table.run(Step::Assent(act));
    assert_eq!(table.state(risk, Purpose::AcceptResidual), State::Valid);
    table.day = date(2026, 7, 1);
    let state = table.state(risk, Purpose::AcceptResidual);
    assert_eq!(state, State::Expired(date(2026, 6, 30)));
    let revoke = Step::Move { record: id, version: None, to: "revoked".into(), reason: None };
    assert_eq!(table.try_run(revoke.clone()).map(|_| ()), Ok(()));
    assert_eq!(table.state(risk, Purpose::AcceptResidual), State::Revoked);
}

#[test]
fn the_statement_names_the_rows_that_changed() {
    let mut table = Table::new();
    let one = table.make("control", json!({"title": "Policies", "reference": "A.5.1"}));
    table.make("control", json!({"title": "Roles", "reference": "A.5.2"}));
    let subject = Subject::StatementOfApplicability;
    table.assent(subject, Purpose::Publish).unwrap();
    let state = |table: &Table| approvals::soa_edition(table.view()).unwrap().2;
    assert_eq!(state(&table), State::Valid);
    table.edit(one, json!({"operator": table.actor.person().unwrap().to_string()}));
    assert_eq!(state(&table), State::Valid);
    table.edit(one, json!({"applicability": "included"}));
    assert_eq!(state(&table), State::Stale(vec!["A.5.1".into()]));
    let refused = table.assent(subject, Purpose::AcceptResidual).unwrap_err();
    assert!(matches!(refused, Refusal::WrongPurpose { .. }));
}

#[test]
fn reviewed_and_still_true_sets_the_next_date_and_edits_nothing() {
    let mut table = Table::new();
    let issue = table.make(
        "issue",
        json!({"title": "New law", "side": "external",
        "cadence": "P6M", "next_review": "2026-03-31"}),
    );
    let version = table.isms.get(issue).unwrap().head.version;
    table.assent(Subject::Record(issue), Purpose::Review).unwrap();
    let record = table.isms.get(issue).unwrap();
    assert_eq!(record.head.version, version);
    assert_eq!(approvals::next_review(table.view(), record), Some(date(2026, 9, 2)));
    let asset = table.make("unit", json!({"title": "Sales"}));
    let refused = table.assent(Subject::Record(asset), Purpose::Review);
    assert!(matches!(refused, Err(Refusal::WrongPurpose { .. })), "{refused:?}");
}

#[test]
fn two_pairs_of_eyes_where_the_organization_wants_them() {
    let mut table = Table::new();
    let ada = table.actor.person().unwrap();
    let role = table.make(
        "role",
        json!({"title": "Director",
        "held_by": [{"person": ada.to_string(), "from": "2026-01-01"}]}),
    );
    let document = table.make(
        "document",
        json!({"title": "Policy", "identifier": "P-1",
        "doc_type": "policy", "owner": role.to_string(), "approver": role.to_string(),
        "cadence": "P1Y", "change_summary": "First", "text": "We care.",
        "serves_clauses": ["5.2"]}),
    );
    let subject = Subject::Record(document);
    table.make(
        "organization",
        json!({"title": "Acme",
        "parameters": [{"key": "four_eyes.publish", "value": "yes"}]}),
    );
    let refused = table.assent(subject, Purpose::Publish).unwrap_err();
    assert!(matches!(refused, Refusal::FourEyes { .. }));
    let bob = table.make(
        "person",
        json!({"title": "Bob", "engagement": "employee",
        "in_scope": "yes"}),
    );
    table.go(bob, "active");
    table.actor = Actor::Person(bob);
    let refused = table.assent(subject, Purpose::Publish).unwrap_err();
    assert!(refused.to_string().contains("Director"), "{refused}");
    table.edit(role, json!({"held_by": [{"person": bob.to_string()}]}));
    let approval = table.assent(subject, Purpose::Publish).unwrap();
    let edition = table.isms.in_force(document, table.day).unwrap();
    assert_eq!(edition.approval, approval);
    assert_eq!(table.isms.get(document).unwrap().stage().id, "published");
    let gone = Step::Move { record: approval, version: None, to: "revoked".into(), reason: None };
    table.run(gone);
    assert!(table.isms.in_force(document, table.day).is_none());
}

#[test]
fn one_reference_is_one_control_and_one_organization_is_enough() {
    let mut table = Table::new();
    table.make("control", json!({"title": "Policies", "reference": "A.5.1"}));
    let again = new(Id::from_u128(700), "control", json!({"title": "x", "reference": "A.5.1"}));
    let refused = table.try_run(again).map(|_| ()).unwrap_err();
    assert!(refused.to_string().contains("CONTROL-1"), "{refused}");
    table.make("organization", json!({"title": "Acme"}));
    let again = new(Id::from_u128(701), "organization", json!({"title": "Other"}));
    let refused = table.try_run(again).map(|_| ());
    assert!(matches!(refused, Err(Refusal::Sole { .. })));
    let missing = new(Id::from_u128(702), "risk", json!({"title": " "}));
    let refused = table.try_run(missing).map(|_| ()).unwrap_err();
    assert!(refused.to_string().contains("concerns"), "{refused}");
}

#[test]
fn what_people_write_is_found() {
    let mut table = Table::new();
    let role = table.make(
        "role",
        json!({"title": "Information security officer",
        "also_known": ["ISO"]}),
    );
    let control = table.make("control", json!({"title": "Policies", "reference": "A.5.1"}));
    for (kind, name, expected) in [
        ("role", "ROLE-1", role),
        ("role", "role 1", role),
        ("role", "information SECURITY officer", role),
        ("role", "iso", role),
        ("control", "A 5.1", control),
        ("control", "5.1", control),
        ("control", "CONTROL-1", control),
    ] {
        assert_eq!(resolve(&table.isms, &[kind], name).unwrap().id, expected, "{name}");
    }
    assert_eq!(resolve(&table.isms, &["risk"], "ROLE-1"), Err(Unresolved::Unknown));
    for name in ["nobody", "Café", "é5", "", "-", "5", "RISK-", "RISK-99999999999", "ROLE-1@x"] {
        assert_eq!(resolve(&table.isms, &[], name), Err(Unresolved::Unknown), "{name}");
    }
    let other = table.make("role", json!({"title": "ISO"}));
    let several = resolve(&table.isms, &["role"], "ISO");
    assert_eq!(several, Err(Unresolved::Ambiguous(vec![role, other])));
}

#[test]
fn a_difference_is_told_field_by_field() {
    let mut table = Table::new();
    let before = table.isms.clone();
    let asset = table.make("asset", json!({"title": "Server"}));
    let made = table.isms.clone();
    let role = table.make("role", json!({"title": "Head of IT"}));
    table.edit(asset, json!({"title": "Web server", "owner": role.to_string()}));
    let changes = diff::between(&made, &table.isms);
    let told: Vec<_> = changes
        .iter()
        .flat_map(|it| it.fields.iter().map(|f| (it.called.as_str(), f.label, f.after.as_str())))
        .collect();
    assert!(told.contains(&("ASSET-1 Web server", "Owner", "Head of IT")), "{told:?}");
    assert_eq!(changes.len(), 2);
    assert_eq!(diff::between(&before, &table.isms).len(), 2);
    assert!(diff::between(&table.isms, &table.isms).is_empty());

    // Of a table only the rows that differ.
    let people = ["Ada", "Ben", "Cem"].map(|it| table.make("person", json!({"title": it})));
    let held = |by: &[Id]| json!({"held_by": by.iter().map(|it| json!({"person": it})).collect::<Vec<_>>()});
    table.edit(role, held(&people[..2]));
    let before = table.isms.clone();
    table.edit(role, held(&[people[2], people[0]]));
    let changes = diff::between(&before, &table.isms);
    let it = &changes[0].fields[0];
    assert_eq!((it.before.as_str(), it.after.as_str()), ("Person: Ben", "Person: Cem"));
}

#[test]
fn a_merge_unites_and_repoints() {
    let mut table = Table::new();
    let kept = table.make("role", json!({"title": "Head of IT"}));
    let dropped = table.make(
        "role",
        json!({"title": "IT lead", "responsibilities": "Runs IT",
        "carries": ["owns_risks"]}),
    );
    let unit = table.make("unit", json!({"title": "IT", "head": dropped.to_string()}));
    table.run(Step::Merge { kept, dropped });
    let role = table.isms.typed::<kinds::role::Role>(kept).unwrap();
    assert_eq!(role.responsibilities.as_ref().unwrap().0, "Runs IT");
    assert_eq!(role.also_known, ["IT lead"]);
    assert_eq!(role.carries.len(), 1);
    assert_eq!(table.isms.get(unit).unwrap().cell("head").ids().collect::<Vec<_>>(), [kept]);
    assert!(table.isms.get(dropped).unwrap().head.withdrawn);
    assert_eq!(resolve(&table.isms, &["role"], "IT lead").unwrap().id, kept);
    let refused = table.try_run(Step::Merge { kept, dropped: unit }).map(|_| ());
    assert!(matches!(refused, Err(Refusal::CannotMerge { .. })));
}

#[test]
fn a_rating_stands_on_the_scale_of_the_method_in_force() {
    let mut table = Table::new();
    let scale = json!({
        "title": "Method",
        "criteria": [{"criterion": "Money", "rank": 1, "name": "minor"},
            {"criterion": "Money", "rank": 2, "name": "major"}],
        "likelihoods": [{"rank": 1, "name": "rare"}, {"rank": 2, "name": "likely"}],
    });
    let method: kinds::risk_method::RiskMethod = serde_json::from_value(scale).unwrap();
    let rating = |likelihood: i64, criterion: &str, rank: i64| -> meta::Rating {
        let consequences = json!([{"criterion": criterion, "rank": rank}]);
        serde_json::from_value(json!({"likelihood": likelihood, "consequences": consequences}))
            .unwrap()
    };
    assert_eq!(method.off_scale(&rating(2, "money", 1)), None);
    assert_eq!(
        method.off_scale(&rating(1, "Fame", 1)).unwrap(),
        "the risk method has no criterion `Fame`: it has `Money`"
    );
    assert_eq!(
        method.off_scale(&rating(3, "Money", 1)).unwrap(),
        "3 is not on the scale of likelihood of the risk method: it has 1 rare, 2 likely"
    );
    assert_eq!(
        method.off_scale(&rating(1, "Money", 7)).unwrap(),
        "7 is not on the scale of `Money` of the risk method: it has 1 minor, 2 major"
    );
    // A draft is no yardstick yet.
    let risk = json!({"title": "Fire", "concerns": "information"});
    table.make("risk_method", serde_json::to_value(&method).unwrap());
    let risk = table.make("risk", risk);
    table.edit(risk, json!({"current": rating(9, "Fame", 9)}));
}

#[test]
fn a_merge_forgets_what_the_two_said_of_each_other() {
    let mut table = Table::new();
    let kept = table.make("role", json!({"title": "Head of IT"}));
    let over = json!({"title": "IT lead", "reports_to": kept.to_string()});
    let dropped = table.make("role", over);
    table.run(Step::Merge { kept, dropped });
    let role = table.isms.typed::<kinds::role::Role>(kept).unwrap();
    assert_eq!((role.reports_to, role.also_known.len()), (None, 1));
}

#[test]
fn somebody_who_can_act_is_left() {
    let mut table = Table::new();
    let Actor::Person(ada) = table.actor else { panic!("Ada acts") };
    let ends = |record| {
        let left = Step::Move { record, version: None, to: "left".into(), reason: None };
        let erase = Step::Erase { record, versions: Vec::new() };
        [Step::Withdraw { record, version: None }, erase, left]
    };
    for step in ends(ada) {
        let refused = table.try_run(step).map(|_| ());
        assert!(matches!(refused, Err(Refusal::LastPerson { .. })), "{refused:?}");
    }
    let person = json!({"title": "Bo", "engagement": "employee", "in_scope": "yes"});
    table.make("person", person);
    let [_, erase, _] = ends(ada);
    table.run(erase);
    assert!(table.isms.get(ada).unwrap().is_erased());
}

#[test]
fn nobody_promises_a_day_that_is_past() {
    let mut table = Table::new();
    let issue = table.make("issue", json!({"title": "New law", "side": "external"}));
    let id = table.id();
    let Step::Assent(act) = assent(id, Subject::Record(issue), Purpose::Review) else {
        unreachable!("it is an assent")
    };
    let past = Assent { next_review: Some(date(2026, 3, 1)), ..act.clone() };
    let refused = table.try_run(Step::Assent(past)).map(|_| ());
    assert!(matches!(refused, Err(Refusal::Invalid { .. })), "{refused:?}");
    table.run(Step::Assent(Assent { next_review: Some(date(2026, 3, 2)), ..act }));
}
