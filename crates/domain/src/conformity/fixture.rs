//! A small ISMS for tests: made through `decide` like any other, with a fixed day, ids and salts.

use jiff::civil::{Date, date};
use kinds::approval::{Decision, Purpose};
use meta::{Envelope, Extras, Id, Provenance};
use serde_json::{Map, Value, json};

use crate::{
    Actor, Command, Isms, Moment, Now, Step, View,
    command::{Assent, Edit, New, Subject},
    conformity::{Outcome, Rule, Verdict},
    decide,
};

/// An ISMS under construction, its day and who acts.
#[derive(Clone)]
pub struct Fixture {
    /// The records so far.
    pub isms: Isms,
    /// Today; move it to let time pass.
    pub day: Date,
    /// Who acts: the person made by [`Fixture::new`].
    pub actor: Actor,
    /// Where the content of the next records comes from.
    pub provenance: Provenance,
    next: u128,
}

impl Fixture {
    /// An ISMS with one active person, `Ada`, who acts; today is 2026-11-22.
    pub fn new() -> Self {
        let mut fixture = Self {
            isms: Isms::default(),
            day: date(2026, 11, 22),
            actor: Actor::System,
            provenance: Provenance::Person,
            next: 1,
        };
        let ada = fixture.person("Ada");
        fixture.actor = Actor::Person(ada);
        fixture
    }

    /// The person who acts.
    pub fn me(&self) -> Id {
        self.actor.person().expect("a person acts")
    }

    /// A record in its first stage.
    pub fn new_record(&mut self, kind: &str, fields: Value) -> Id {
        self.make(kind, None, fields)
    }

    /// A record in a later stage: what is needed to leave the first one must be given.
    pub fn new_at(&mut self, kind: &str, stage: &str, fields: Value) -> Id {
        self.make(kind, Some(stage), fields)
    }

    /// A record that the program proposed and nobody has confirmed.
    pub fn seed(&mut self, kind: &str, fields: Value) -> Id {
        let before = std::mem::replace(&mut self.provenance, Provenance::Seed);
        let id = self.make(kind, None, fields);
        self.provenance = before;
        id
    }

    /// An active person in scope.
    pub fn person(&mut self, name: &str) -> Id {
        let fields = json!({"title": name, "engagement": "employee", "in_scope": "yes"});
        self.new_at("person", "active", fields)
    }

    /// An active role with these duties, held by a person since 2025.
    pub fn role(&mut self, name: &str, carries: &[&str], holder: Id) -> Id {
        let fields = json!({
            "title": name,
            "responsibilities": "Sees to it.",
            "authorities": "Decides on it.",
            "carries": carries,
            "competence": [{"competence": "knows how"}],
            "held_by": [{"person": holder, "from": "2025-01-01", "told_on": "2025-01-01"}],
        });
        self.new_at("role", "active", fields)
    }

    /// Changes fields of a record; null clears one.
    pub fn edit(&mut self, record: Id, fields: Value) {
        let provenance = Provenance::Person;
        let edit = Edit { record, version: None, fields: object(fields), extras: None, provenance };
        self.run(Step::Edit(edit));
    }

    /// Moves a record to another stage.
    pub fn go(&mut self, record: Id, stage: &str) {
        let reason = Some("because".to_owned());
        self.run(Step::Move { record, version: None, to: stage.to_owned(), reason });
    }

    /// Hides a record.
    pub fn withdraw(&mut self, record: Id) {
        self.run(Step::Withdraw { record, version: None });
    }

    /// Assents to a record as whoever acts; the approval's id.
    pub fn assent(&mut self, subject: Id, purpose: Purpose) -> Id {
        self.assent_to(Subject::Record(subject), purpose, |_| ())
    }

    /// Publishes a controlled record; the approval's id.
    pub fn publish(&mut self, subject: Id) -> Id {
        self.assent(subject, Purpose::Publish)
    }

    /// Assents with anything special set by `set`; the approval's id.
    pub fn assent_to(
        &mut self,
        subject: Subject,
        purpose: Purpose,
        set: impl FnOnce(&mut Assent),
    ) -> Id {
        let id = self.fresh();
        let mut assent = Assent {
            id,
            purpose,
            subject,
            version: None,
            decision: Decision::Given,
            conditions: None,
            comment: None,
            acting_as: None,
            good_until: None,
            effective_from: None,
            edition: None,
            next_review: None,
        };
        set(&mut assent);
        self.run(Step::Assent(assent));
        id
    }

    /// Puts a record there as it is, past every check of `decide`: for states that only the past
    /// could have left behind.
    pub fn force(&mut self, kind: &str, stage: &str, fields: Value) -> Id {
        let def = kinds::kind(kind).expect("the kind exists");
        let id = self.fresh();
        self.advance();
        let position = self.isms.position();
        let head = Envelope {
            id,
            number: self.isms.next_number(def.id),
            version: 1,
            content_version: 1,
            stage: def.stage(stage).expect("the stage exists"),
            provenance: self.provenance,
            withdrawn: false,
            created: position,
            changed: position,
            hash: [0; 32],
            extras: None,
        };
        let text = json!({ "body": fields }).to_string();
        self.isms.put((def.parse)(head, &text).expect("the fields are of the kind"));
        id
    }

    /// The records today.
    pub fn view(&self) -> View<'_> {
        View::new(&self.isms, self.day)
    }

    /// What a rule finds today.
    pub fn judge(&self, rule: &str) -> Outcome {
        let report = crate::conformity::run(self.view());
        let found = report.results.into_iter().find(|it| it.rule.id == rule);
        found.unwrap_or_else(|| panic!("there is no rule {rule}")).outcome
    }

    /// The verdict of a rule today.
    pub fn verdict(&self, rule: &str) -> Verdict {
        self.judge(rule).verdict
    }

    /// The rule with this id.
    pub fn rule(rule: &str) -> &'static Rule {
        crate::conformity::rule(rule).unwrap_or_else(|| panic!("there is no rule {rule}"))
    }

    /// A new id, in the order of creation.
    pub fn fresh(&mut self) -> Id {
        self.next += 1;
        Id::from_u128(self.next)
    }

    /// Runs one step, or tells why it was refused.
    pub fn run(&mut self, step: Step) {
        let told = format!("{step:?}");
        if let Err(refusal) = self.try_run(step) {
            panic!("{refusal}\n{told}");
        }
    }

    /// Runs one step unless it is refused.
    pub fn try_run(&mut self, step: Step) -> Result<(), crate::Refusal> {
        let mut salt = || [7; 16];
        let mut now = Now { at: self.moment().at, day: self.day, salt: &mut salt };
        let change = decide(&self.isms, self.actor, Command::one(step), &mut now)?;
        self.isms = change.after().clone();
        self.advance();
        Ok(())
    }

    fn make(&mut self, kind: &str, stage: Option<&str>, fields: Value) -> Id {
        let id = self.fresh();
        self.run(Step::New(New {
            id,
            kind: kind.to_owned(),
            fields: object(fields),
            stage: stage.map(str::to_owned),
            provenance: self.provenance,
            extras: Extras::default(),
        }));
        id
    }

    fn advance(&mut self) {
        self.isms.advance(self.moment());
    }

    fn moment(&self) -> Moment {
        let at = self
            .day
            .at(12, 0, 0, 0)
            .to_zoned(jiff::tz::TimeZone::UTC)
            .expect("noon exists")
            .timestamp();
        Moment { at, actor: self.actor.person() }
    }
}

fn object(fields: Value) -> Map<String, Value> {
    match fields {
        Value::Object(fields) => fields,
        other => panic!("fields are an object, not {other}"),
    }
}
