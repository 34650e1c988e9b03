//! A small ISMS for tests: made through `decide` like any other, with a fixed day, ids and salts.

use jiff::civil::{Date, date};
use kinds::approval::Purpose;
use meta::{Envelope, Extras, Id, Provenance};
use serde_json::{Map, Value, json};

use crate::{
    Actor, Command, Isms, Moment, Now, Step, View,
    command::{Assent, Edit, New, Subject},
    conformity::{Chain, Grade, Outcome, Verdict},
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

    /// A published method of two ranks: 2 × 2 is high, which is never acceptable; all else is low,
    /// which is.
    pub fn method(&mut self) -> Id {
        let method = self.new_record("risk_method", method_fields());
        self.publish(method);
        method
    }

    /// A rated risk past its sketch: high today, low after treatment; `fields` on top.
    pub fn risk(&mut self, method: Id, owner: Id, fields: Value) -> Id {
        let fields = merged(risk_fields(method, owner), fields);
        self.new_at("risk", "treatment_planned", fields)
    }

    /// An included control with a justification, implemented; `fields` on top.
    pub fn included(&mut self, reference: &str, fields: Value) -> Id {
        let base = json!({
            "title": "Control",
            "reference": reference,
            "applicability": "included",
            "reasons": ["risk"],
            "justification": "A risk needs it.",
            "implementation": "implemented",
            "how": "We do it with our own tools.",
            "owner": self.me(),
            "proof_wanted": [{"what": "Report", "cadence": "P1Y"}],
        });
        self.new_at("control", "decided", merged(base, fields))
    }

    /// An excluded control with a reason; `fields` on top.
    pub fn excluded(&mut self, reference: &str, fields: Value) -> Id {
        let base = json!({
            "title": "Control",
            "reference": reference,
            "applicability": "excluded",
            "exclusion_reason": "It does not fit how we work.",
        });
        self.new_record("control", merged(base, fields))
    }

    /// Accepted evidence that shows a record, collected on a day; `fields` on top.
    pub fn evidence(&mut self, shows: Id, day: &str, fields: Value) -> Id {
        let base = json!({
            "title": "Proof",
            "shows": [shows],
            "form": "observation",
            "period_from": day,
            "period_until": day,
            "collected_on": day,
            "judged": "accepted",
        });
        self.new_at("evidence", "accepted", merged(base, fields))
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
        let mut assent = Assent::new(id, purpose, subject);
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

    /// Publishes a controlled record as it is, past what `decide` wants filled in first.
    pub fn force_publish(&mut self, subject: Id) {
        let record = self.isms.get(subject).expect("the record is there");
        let approval = json!({"title": "Publish", "purpose": "publish", "subject": subject,
            "version": record.head.version, "decision": "given", "by": self.me(),
            "decided_on": self.day, "effective_from": self.day});
        let approval = self.force("approval", "given", approval);
        let record = self.isms.shared(subject).expect("the record is there");
        self.isms.publish(record, approval);
    }

    /// The records today.
    pub fn view(&self) -> View<'_> {
        View::new(&self.isms, self.day)
    }

    /// What a rule finds today.
    pub fn judge(&self, rule: &str) -> Outcome {
        let found = crate::conformity::rule(rule).unwrap_or_else(|| panic!("no rule {rule}"));
        let judge = found.judge.unwrap_or_else(|| panic!("{rule} waits for {}", found.waits_for));
        judge(&Chain::build(self.view()))
    }

    /// The verdict of a rule today.
    pub fn verdict(&self, rule: &str) -> Verdict {
        self.judge(rule).verdict
    }

    /// Asserts what a rule finds today.
    #[track_caller]
    pub fn expect(&self, rule: &str, verdict: Verdict) {
        let outcome = self.judge(rule);
        assert_eq!(outcome.verdict, verdict, "{rule}: {outcome:#?}");
    }

    /// Asserts that a rule fails today, in this grade, with this said in one of its cases.
    #[track_caller]
    pub fn expect_fail(&self, rule: &str, grade: Grade, note: &str) {
        let outcome = self.judge(rule);
        let said = outcome.fails.iter().any(|it| it.note.contains(note));
        assert_eq!(outcome.verdict, Verdict::Fail, "{rule}: {outcome:#?}");
        assert_eq!(outcome.grade, Some(grade), "{rule}: {outcome:#?}");
        assert!(said, "{rule} does not say `{note}`: {outcome:#?}");
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
        let change = decide(&self.isms, self.actor, &Command::one(step), &mut now)?;
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

/// A method of two ranks with everything in it.
pub fn method_fields() -> Value {
    let rank =
        |rank: i64, name: &str, text: &str| json!({"rank": rank, "name": name, "definition": text});
    let cell = |likelihood: i64, consequence: i64, level: i64| json!({"likelihood": likelihood, "consequence": consequence, "level": level});
    json!({
        "title": "Method",
        "criteria": [
            merged(rank(1, "little", "Below 10,000."), json!({"criterion": "money"})),
            merged(rank(2, "much", "Above 10,000."), json!({"criterion": "money"})),
        ],
        "likelihoods": [rank(1, "seldom", "Less than yearly."), rank(2, "often", "Yearly or more.")],
        "levels": [{"rank": 1, "name": "low"}, {"rank": 2, "name": "high"}],
        "matrix": [cell(1, 1, 1), cell(1, 2, 1), cell(2, 1, 1), cell(2, 2, 2)],
        "acceptance": [
            {"level": 1, "acceptable": "yes"},
            {"level": 2, "acceptable": "never"},
        ],
        "interval": "P1Y",
        "triggers": ["a merger"],
        "participants": "The owners.",
        "approach": "event",
        "harms_considered": "Each is asked for.",
        "existing_controls": "Only what works.",
        "rationale_must_hold": "The reasoning.",
        "priority_rule": "The highest level first.",
        "covers_treatment": true,
        "treatment_options": "All four.",
        "controls_determination": "From the risk.",
        "annex_a_comparison": "After each round.",
        "treatment_approval": "The owner.",
    })
}

/// A risk that is high today and low after treatment.
pub fn risk_fields(method: Id, owner: Id) -> Value {
    let rating = |rank: i64| {
        json!({
            "likelihood": rank,
            "consequences": [{"criterion": "money", "rank": rank}],
            "rationale": "As last year.",
            "on": "2026-11-01",
        })
    };
    json!({
        "title": "Ransomware",
        "concerns": "information",
        "scenario": "Somebody encrypts the files.",
        "approach": "event",
        "harms": ["availability"],
        "owner": owner,
        "method": method,
        "current": rating(2),
        "residual": rating(1),
        "treatment": ["modify"],
        "treatment_reason": "It pays.",
    })
}

/// The first object with the fields of the second on top; null takes one out.
pub fn merged(mut base: Value, top: Value) -> Value {
    let fields = base.as_object_mut().expect("fields are an object");
    for (name, value) in object(top) {
        match value {
            Value::Null => drop(fields.remove(&name)),
            value => drop(fields.insert(name, value)),
        }
    }
    base
}
