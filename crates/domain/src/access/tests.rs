//! The whole table as it comes out of [`Access::may`], and what must hold whatever the table says.

use std::fmt::Write as _;

use jiff::civil::date;
use kinds::{
    approval::Purpose,
    membership::{Membership, Profile},
};
use meta::{Choice, Envelope, Extras, Id, KindDef, Provenance};
use serde_json::{Value, json};

mod limits;

use super::*;
use crate::{
    Actor, Command, Refusal, Step,
    command::{Assent, Edit, New, Subject},
    conformity::fixture::Fixture,
    text::Links,
};

const PROFILES: [Profile; 9] = Profiles::ALL;

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
            fields["period_until"] = json!("2026-12-31");
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
    Step::Assent(Assent::new(Id::from_u128(9_999), purpose, Subject::Record(record)))
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
            (Act::SeeRegisters, "see registers"),
            (Act::SeeEverything, "see everything"),
            (Act::SeeSettings, "see settings"),
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
