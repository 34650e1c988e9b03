//! The whole table as it comes out of [`Access::may`], and what must hold whatever the table says.

use std::fmt::Write as _;

use jiff::civil::date;
use kinds::{
    approval::Purpose,
    membership::{Membership, Profile},
};
use meta::{Choice, Envelope, Extras, Id, KindDef, Provenance};
use serde_json::{Value, json};

use super::*;
use crate::{
    Actor, Command, Refusal, Step,
    command::{Assent, Edit, New, Subject},
    conformity::fixture::Fixture,
    text::Links,
};

const PROFILES: [Profile; 9] = [
    Profile::Administrator,
    Profile::IsmsManager,
    Profile::TopManagement,
    Profile::RiskOwner,
    Profile::ControlOwner,
    Profile::Contributor,
    Profile::InternalAuditor,
    Profile::ExternalAuditor,
    Profile::Employee,
];

/// Acts on a record and the letter each has in the table.
const ACTS: [(Act, char); 11] = [
    (Act::See, 's'),
    (Act::SeeHistory, 'h'),
    (Act::Export, 'x'),
    (Act::Comment, 'c'),
    (Act::Edit, 'e'),
    (Act::Move, 'm'),
    (Act::Judge, 'j'),
    (Act::Withdraw, 'w'),
    (Act::Merge, 'g'),
    (Act::Undo, 'u'),
    (Act::Erase, 'E'),
];

const PURPOSES: [Purpose; 11] = [
    Purpose::Approve,
    Purpose::Publish,
    Purpose::AcceptResidual,
    Purpose::ApproveTreatment,
    Purpose::Review,
    Purpose::Acknowledge,
    Purpose::Attest,
    Purpose::AcceptRole,
    Purpose::SignMinutes,
    Purpose::GrantException,
    Purpose::ConfirmSeed,
];

const RELATIONS: [&str; 5] = ["none", "owner", "assigned", "author", "asked"];

/// Somebody with one profile among records that others keep.
struct Cast {
    fixture: Fixture,
    me: Id,
    other: Id,
}

impl Cast {
    fn of(profile: Profile) -> Self {
        let mut fixture = Fixture::new();
        let other = fixture.me();
        let me = fixture.person("Mo");
        fixture.give(other, Profile::Administrator);
        fixture.give(me, profile);
        Self { fixture, me, other }
    }

    fn access(&self) -> Access {
        Access::of(&self.fixture.isms, self.me, self.fixture.day)
    }

    fn permit(&self, step: Step) -> Result<(), Refusal> {
        permit(&self.fixture.isms, self.fixture.day, self.me, &Command::one(step))
    }

    /// A record of this kind to which I have this relation; `None` where the kind knows none such.
    fn record(&mut self, def: &'static KindDef, relation: &str) -> Option<Id> {
        let field = |names: &[&'static str]| {
            names.iter().copied().find(|it| def.field(it).is_some_and(|it| it.1.ty.has_links()))
        };
        let owner = field(&["owner", "head", "lead", "handler"]);
        let worker = field(&["custodian", "operator", "others", "collected_by", "authors"]);
        let mut fields = json!({"title": "It"});
        match relation {
            "owner" => fields[owner?] = json!(self.me),
            "assigned" => {
                let name = worker?;
                let many = matches!(def.field(name)?.1.ty, meta::FieldType::Links(_));
                fields[name] = if many { json!([self.me]) } else { json!(self.me) };
            }
            _ => {}
        }
        if def.id == "membership" {
            fields["person"] = json!(self.other);
        }
        if def.id == "comment" || def.id == "approval" {
            fields[if def.id == "comment" { "about" } else { "subject" }] = json!(self.other);
        }
        if relation == "author" {
            self.fixture.actor = Actor::Person(self.me);
        }
        let id = self.fixture.force(def.id, def.stages[0].id, fields);
        self.fixture.actor = Actor::Person(self.other);
        Some(id)
    }

    fn ask(&mut self, subject: Id, purpose: Purpose) {
        let fields = json!({"title": "Please", "subject": subject, "asked_of": self.me,
            "purpose": purpose.def().id});
        self.fixture.force("approval", "asked", fields);
    }
}

impl Fixture {
    /// Gives a person a profile; the membership.
    fn give(&mut self, person: Id, profile: Profile) -> Id {
        let mut fields = json!({"title": "M", "person": person, "profile": profile.def().id});
        if profile == Profile::ExternalAuditor {
            fields["until"] = json!("2026-12-31");
        }
        self.new_record("membership", fields)
    }

    /// Hides a record past every check of `decide`.
    fn withdraw_as_it_is(&mut self, record: Id) {
        let record = self.isms.get(record).unwrap();
        let head = Envelope { withdrawn: true, ..record.head.clone() };
        let text = json!({ "body": record.body.json() }).to_string();
        self.isms.put((record.def().parse)(head, &text).unwrap());
    }
}

fn new(id: u128, kind: &str, fields: Value) -> Step {
    Step::New(New {
        id: Id::from_u128(id),
        kind: kind.to_owned(),
        fields: fields.as_object().unwrap().clone(),
        stage: None,
        provenance: Provenance::Person,
        extras: Extras::default(),
    })
}

fn edit(record: Id, fields: Value) -> Step {
    let fields = fields.as_object().unwrap().clone();
    let provenance = Provenance::Person;
    Step::Edit(Edit { record, version: None, fields, extras: None, provenance })
}

fn go(record: Id, to: &str) -> Step {
    Step::Move { record, version: None, to: to.to_owned(), reason: None }
}

fn assent(record: Id, purpose: Purpose) -> Step {
    Step::Assent(Assent {
        id: Id::from_u128(9_999),
        purpose,
        subject: Subject::Record(record),
        version: None,
        decision: kinds::approval::Decision::Given,
        conditions: None,
        comment: None,
        acting_as: None,
        good_until: None,
        effective_from: None,
        edition: None,
        next_review: None,
    })
}

fn letters(access: &Access, view: View<'_>, record: &Record) -> String {
    let granted = ACTS.iter().filter(|(act, _)| access.may(view, *act, On::Record(record)));
    let letters: String = granted.map(|it| it.1).collect();
    if letters.is_empty() { "-".to_owned() } else { letters }
}

#[test]
fn the_table_is_the_one_that_was_agreed() {
    let mut text = String::from(
        "What each access profile may do, by kind and by relation to the record: made by the tests of\n\
         `domain::access`; after a change that is meant, run them with UPDATE_SNAPSHOT=1 and read the\n\
         difference.\n\n\
         s see, h history, x export, c comment, e edit, m move, j judge, w withdraw, g merge, u undo,\n\
         E erase; `+` before them: may make a new one, `<`: may import. `.` there is no such relation.\n",
    );
    for profile in PROFILES {
        writeln!(text, "\n# {}\n", profile.def().label).unwrap();
        let mut cast = Cast::of(profile);
        let (access, view) = (cast.access(), cast.fixture.view());
        let all = [
            (Act::SeeEverything, "see everything"),
            (Act::Import, "import"),
            (Act::Undo, "undo"),
            (Act::Export, "export everything"),
            (Act::ManageAccess, "manage access"),
            (Act::Approve(Purpose::Approve), "approve the SoA"),
            (Act::Approve(Purpose::Publish), "publish the SoA"),
        ];
        let all = all.iter().filter(|(act, _)| access.may(view, *act, On::Everything));
        let all: Vec<&str> = all.map(|it| it.1).collect();
        writeln!(
            text,
            "everything: {}\n",
            if all.is_empty() { "-".into() } else { all.join(", ") }
        )
        .unwrap();
        write!(text, "{:18}{:3}", "", "").unwrap();
        RELATIONS.iter().for_each(|it| write!(text, " {it:12}").unwrap());
        for def in kinds::KINDS {
            let (access, view) = (cast.access(), cast.fixture.view());
            let mark = |act, mark| if access.may(view, act, On::Kind(def)) { mark } else { ' ' };
            let marks = [mark(Act::Create, '+'), mark(Act::Import, '<')];
            write!(text, "\n{:18}{}{} ", def.id, marks[0], marks[1]).unwrap();
            for relation in RELATIONS {
                let cell = match cast.record(def, relation) {
                    None => ".".to_owned(),
                    Some(id) => {
                        if relation == "asked" {
                            cast.ask(id, Purpose::Approve);
                        }
                        let record = cast.fixture.isms.get(id).unwrap();
                        letters(&cast.access(), cast.fixture.view(), record)
                    }
                };
                write!(text, " {cell:12}").unwrap();
            }
        }
        text.push('\n');
    }
    writeln!(
        text,
        "\n# Assents\n\nr a risk of others, o one's own, a where asked for this assent\n"
    )
    .unwrap();
    for profile in PROFILES {
        write!(text, "{:18}", profile.def().label).unwrap();
        for purpose in PURPOSES {
            let mut cast = Cast::of(profile);
            let def = kinds::kind("risk").unwrap();
            let risks = ["none", "owner", "asked"].map(|it| cast.record(def, it).unwrap());
            cast.ask(risks[2], purpose);
            let (access, view) = (cast.access(), cast.fixture.view());
            let may = |id: &Id| {
                let record = cast.fixture.isms.get(*id).unwrap();
                access.may(view, Act::Approve(purpose), On::Record(record))
            };
            let granted = risks.iter().zip("roa".chars()).filter(|(it, _)| may(it));
            let granted: String = granted.map(|it| it.1).collect();
            let granted = if granted.is_empty() { "-".to_owned() } else { granted };
            write!(text, " {}={granted}", purpose.def().id).unwrap();
        }
        text.push('\n');
    }
    let text: String = text.lines().flat_map(|it| [it.trim_end(), "\n"]).collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/access/table.txt");
    if std::env::var_os("UPDATE_SNAPSHOT").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let agreed = std::fs::read_to_string(path).unwrap_or_default();
    let differs = text.lines().zip(agreed.lines()).find(|(now, then)| now != then);
    assert!(
        text == agreed,
        "the table of access differs from src/access/table.txt: {differs:?}; if that is meant, run \
         the test with UPDATE_SNAPSHOT=1"
    );
}

#[test]
fn what_permit_lets_through_is_what_may_be_done() {
    for profile in PROFILES {
        for def in kinds::KINDS {
            for relation in RELATIONS {
                let mut cast = Cast::of(profile);
                let action = kinds::kind("action").unwrap();
                let Some(id) = cast.record(def, relation) else { continue };
                if relation == "asked" {
                    cast.ask(id, Purpose::Review);
                }
                let (access, view) = (cast.access(), cast.fixture.view());
                let record = cast.fixture.isms.get(id).unwrap();
                let steps = [
                    (Act::Edit, edit(id, json!({"title": "Other"}))),
                    (Act::Withdraw, Step::Withdraw { record: id, version: None }),
                    (Act::Undo, Step::Revert { record: id, version: None, to: None }),
                    (Act::Erase, Step::Erase { record: id, versions: Vec::new() }),
                    (Act::Merge, Step::Merge { kept: id, dropped: id }),
                    (Act::Move, go(id, "anywhere")),
                    (Act::Approve(Purpose::Review), assent(id, Purpose::Review)),
                    (Act::Approve(Purpose::Publish), assent(id, Purpose::Publish)),
                    (Act::Edit, Step::Confirm { record: id }),
                ];
                for (act, step) in steps {
                    let (may, told) =
                        (access.may(view, act, On::Record(record)), format!("{step:?}"));
                    let answer = cast.permit(step);
                    assert_eq!(answer.is_ok(), may, "{profile:?} {} {relation} {told}", def.id);
                    let missing = matches!(answer, Err(Refusal::Missing { .. }));
                    let sees = access.sees(view, record);
                    assert_eq!(missing, !sees, "{profile:?} {} {relation} {told}", def.id);
                }
                let may = access.may(view, Act::Create, On::Kind(def));
                let mut fields = json!({"title": "It"});
                if let ("approval", Some(subject)) = (def.id, cast.record(action, "owner")) {
                    fields["subject"] = json!(subject);
                }
                let answer = cast.permit(new(888, def.id, fields));
                assert_eq!(answer.is_ok(), may, "{profile:?} makes {}", def.id);
            }
        }
    }
}

#[test]
fn nothing_comes_into_sight_that_may_not_be_seen() {
    for profile in PROFILES {
        let mut cast = Cast::of(profile);
        for def in kinds::KINDS {
            for relation in RELATIONS {
                if let Some(id) = cast.record(def, relation)
                    && relation == "asked"
                    && def.id == "risk"
                {
                    cast.ask(id, Purpose::Approve);
                }
            }
        }
        let report = kinds::kind("event_report").unwrap();
        let report = cast.record(report, "none").unwrap();
        let about = json!({"title": "Hm", "about": report});
        let remark = cast.fixture.force("comment", "open", about);
        let about = json!({"title": "Hm", "about": remark});
        cast.fixture.force("comment", "open", about);
        cast.fixture.force("approval", "given", json!({"title": "Yes", "subject": remark}));
        let gone = cast.fixture.force("issue", "proposed", json!({"title": "Gone"}));
        cast.fixture.withdraw_as_it_is(gone);

        let (access, view) = (cast.access(), cast.fixture.view());
        let sight = Sight::new(view, &access);
        let may = |it: &Record| access.may(view, Act::See, On::Record(it));
        for def in kinds::KINDS {
            let seen: Vec<Id> = sight.rows(def.id).map(|it| it.head.id).collect();
            let expected = view.isms.rows(def.id).filter(|it| may(it)).map(|it| it.head.id);
            assert_eq!(seen, expected.collect::<Vec<_>>(), "{profile:?} {}", def.id);
            assert_eq!(sight.count(def.id), seen.len(), "{profile:?} {}", def.id);
            let kind = access.may(view, Act::See, On::Kind(def)) || def.id == "risk";
            assert!(kind || seen.is_empty(), "{profile:?} sees {} but not the kind", def.id);
            for record in view.isms.rows(def.id) {
                let (id, number) = (record.head.id, record.head.number);
                assert_eq!(sight.get(id).is_some(), may(record), "{profile:?} {}", record.name());
                let by_number = sight.numbered(def.id, number).is_some();
                assert_eq!(by_number, may(record), "{profile:?} {}", record.name());
                let text = sight.link(id.into(), Links::Numbers);
                assert_eq!(text == record.name(), may(record), "{profile:?} {text}");
                for link in sight.links_to(id) {
                    let source = view.isms.get(link.source).unwrap();
                    assert!(may(source), "{profile:?} {} from {}", record.name(), source.name());
                }
            }
        }
        // What hangs on a report goes where the report goes.
        let hanging = view.isms.rows("comment").rev().take(2).filter(|it| may(it)).count();
        let sees_report = view.isms.get(report).is_some_and(may);
        assert_eq!(hanging, if sees_report { 2 } else { 0 }, "{profile:?}");
        let all = access.may(view, Act::SeeEverything, On::Everything);
        assert_eq!(view.isms.get(gone).is_some_and(may), all, "{profile:?}");
    }
}

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
    fixture.give(ada, Profile::TopManagement);
    assert!(profiles(&fixture).has(Profile::Administrator));
    let bo = fixture.person("Bo");
    let refused = fixture.try_run(go(ada, "left")).unwrap_err();
    assert!(matches!(refused, Refusal::LastAdministrator { .. }), "{refused}");
    fixture.give(bo, Profile::Administrator);
    assert!(!profiles(&fixture).has(Profile::Administrator));
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
