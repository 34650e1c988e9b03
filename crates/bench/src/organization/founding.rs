//! What an organization has before its registers fill: people, roles, a method in force, a
//! published scope, decided controls and a published statement.

use anyhow::{Context, Result};
use app::Beginning;
use domain::{Actor, Step, command::Edit, command::Subject};
use kinds::approval::Purpose;
use meta::{Id, Provenance};
use serde_json::{Value, json};

use super::{Builder, assent, new, object, phrases};

/// The records that others link to.
#[derive(Debug, Clone)]
pub struct Founding {
    /// The roles; the founder holds the first.
    pub roles: Vec<Id>,
    /// The persons.
    pub persons: Vec<Id>,
    /// The 93 controls of Annex A.
    pub controls: Vec<Id>,
    /// The edition of the risk method in force, as links name it.
    pub method: String,
}

/// What the ledger begins with.
pub(crate) fn beginning() -> Beginning {
    Beginning {
        slug: "meridian".to_owned(),
        name: "Meridian Instruments AG".to_owned(),
        time_zone: "Europe/Zurich".to_owned(),
        origin: Some("isms.example.com/meridian".to_owned()),
        person: "Ines Okonkwo".to_owned(),
        email: Some("ines.okonkwo@example.com".to_owned()),
    }
}

impl Builder<'_> {
    /// Makes what the registers rest on.
    pub(super) fn found(&mut self) -> Result<Founding> {
        let persons = self.persons()?;
        let roles = self.roles(&persons)?;
        let me = Actor::Person(self.founder);
        let (method, scope) =
            (self.dice.id(super::START as u64), self.dice.id(super::START as u64));
        let steps = vec![
            new(method, "risk_method", None, risk_method()),
            new(scope, "scope", None, scope_fields()),
        ];
        self.run(me, "method and scope", steps)?;
        let steps = [method, scope].map(|it| self.publish(Subject::Record(it)));
        let receipt = self.run(me, "method and scope in force", steps.into())?;
        let edition = receipt.isms.editions(method).next_back().context("it was published")?;
        let method = format!("{method}@{}", edition.record.head.version);
        let controls: Vec<Id> = receipt.isms.rows("control").map(|it| it.head.id).collect();
        let steps =
            controls.iter().enumerate().flat_map(|(at, it)| self.decide_on(at, *it, &roles));
        let steps = steps.collect();
        self.run(me, "which controls we need", steps)?;
        let step = self.publish(Subject::StatementOfApplicability);
        self.run(me, "the statement of the year", vec![step])?;
        Ok(Founding { roles, persons, controls, method })
    }

    fn persons(&mut self) -> Result<Vec<Id>> {
        const FIRST: &[&str] = &["Ana", "Bo", "Chiara", "Deniz", "Emil", "Femke", "Gita", "Hugo"];
        const LAST: &[&str] =
            &["Adler", "Brandt", "Costa", "Dubois", "Eklund", "Ferreira", "Gruber"];
        let mut persons = Vec::new();
        let steps = (0..200).map(|at| {
            let id = self.dice.id(super::START as u64);
            persons.push(id);
            let name = format!("{} {} {at}", self.dice.pick(FIRST), self.dice.pick(LAST));
            let email = format!("p{at}@example.com");
            let fields = json!({
                "title": name, "email": email, "engagement": "employee", "in_scope": "yes",
                "joined_on": "2021-04-01", "language": "English", "groups": ["everybody"],
            });
            new(id, "person", Some("active"), fields)
        });
        let steps = steps.collect();
        self.run(Actor::Person(self.founder), "who works here", steps)?;
        Ok(persons)
    }

    fn roles(&mut self, persons: &[Id]) -> Result<Vec<Id>> {
        const NAMES: &[&str] = &["Head", "Lead", "Officer", "Owner"];
        const UNITS: &[&str] = &["operations", "sales", "finance", "production", "people"];
        let mut roles = Vec::new();
        let steps = (0..20).map(|at| {
            let id = self.dice.id(super::START as u64);
            roles.push(id);
            let holder = if at == 0 { self.founder } else { self.dice.pick(persons) };
            let carries: &[&str] = match at {
                0 => &["conformity", "reports_performance", "owns_risks"],
                1 => &["top_management"],
                _ => &["owns_risks"],
            };
            let fields = json!({
                "title": format!("{} of {}", NAMES[at / UNITS.len()], UNITS[at % UNITS.len()]),
                "responsibilities": phrases::text(&mut self.dice, 2),
                "authorities": "Decides about its systems and what is spent on them.",
                "carries": carries,
                "may_accept": 4,
                "competence": [{"competence": "assess risks", "basis": "training"}],
                "held_by": [{"person": holder.to_string(), "from": "2025-01-01",
                    "told_on": "2025-01-01"}],
            });
            new(id, "role", Some("active"), fields)
        });
        let steps = steps.collect();
        self.run(Actor::Person(self.founder), "who does what", steps)?;
        Ok(roles)
    }

    fn publish(&mut self, subject: Subject) -> Step {
        let id = self.dice.id(super::START as u64);
        assent(id, Purpose::Publish, subject)
    }

    fn decide_on(&mut self, at: usize, control: Id, roles: &[Id]) -> Vec<Step> {
        let excluded = at % 15 == 14;
        let mut fields = json!({
            "applicability": if excluded { "excluded" } else { "included" },
            "implementation": self.dice.pick(&["implemented", "in_part", "planned"]),
            "how": phrases::text(&mut self.dice, 2),
            "owner": self.dice.pick(roles).to_string(),
            "proof_wanted": [{"what": "the signed record of the work", "cadence": "P1Y"}],
        });
        match excluded {
            true => fields["exclusion_reason"] = "We do nothing of the kind.".into(),
            false => {
                fields["reasons"] = json!(["risk"]);
                fields["justification"] = "It lowers risks we cannot live with.".into();
            }
        }
        let fields = object(fields);
        let provenance = Provenance::Person;
        let edit = Edit { record: control, version: None, fields, extras: None, provenance };
        let mut steps = vec![Step::Edit(edit)];
        if !excluded {
            let to = "decided".to_owned();
            steps.push(Step::Move { record: control, version: None, to, reason: None });
        }
        steps
    }
}

fn scope_fields() -> Value {
    json!({
        "title": "ISMS of Meridian Instruments",
        "statement": "Development, making, sale and service of measuring instruments.",
        "interfaces": [{"what": "payroll in the cloud", "interface_kind": "cloud",
            "information_exchanged": "names and salaries", "who_controls_what": "by contract"}],
        "effective_from": "2025-11-03",
        "cadence": "P1Y",
    })
}

fn risk_method() -> Value {
    const RANKS: [&str; 5] = ["negligible", "minor", "serious", "grave", "ruinous"];
    const OFTEN: [&str; 5] = ["never yet", "rare", "possible", "likely", "all the time"];
    const LEVELS: [&str; 4] = ["low", "medium", "high", "very high"];
    let named = |names: &[&str], name: &str| -> Vec<Value> {
        let rows = names.iter().zip(1..);
        rows.map(|(it, rank)| json!({"rank": rank, name: it})).collect()
    };
    let criteria = ["Money", "Service", "People"].into_iter().flat_map(|criterion| {
        let rows = RANKS.iter().zip(1..);
        rows.map(move |(it, rank)| json!({"criterion": criterion, "rank": rank, "name": it}))
    });
    let pairs = (1..=5).flat_map(|likelihood| (1..=5).map(move |it| (likelihood, it)));
    let matrix = pairs.map(|(likelihood, consequence)| {
        let level = match likelihood * consequence {
            ..5 => 1,
            5..10 => 2,
            10..16 => 3,
            _ => 4,
        };
        json!({"likelihood": likelihood, "consequence": consequence, "level": level})
    });
    json!({
        "title": "Risk method 2026",
        "horizon": "P1Y",
        "criteria": criteria.collect::<Vec<_>>(),
        "combine": "highest",
        "likelihoods": named(&OFTEN, "name"),
        "levels": named(&LEVELS, "name"),
        "matrix": matrix.collect::<Vec<_>>(),
        "acceptance": [
            {"level": 1, "acceptable": "yes"},
            {"level": 2, "acceptable": "yes"},
            {"level": 3, "acceptable": "by_authority"},
            {"level": 4, "acceptable": "never"},
        ],
        "appetite": "We take what we can pay for out of a year's profit.",
        "interval": "P1Y",
        "triggers": ["a serious incident", "a merger"],
        "participants": "The owner, somebody who knows the thing, the security officer.",
        "approach": "both",
        "harms_considered": "Each rating says which of the three is lost.",
        "existing_controls": "They count when a proof of the last year is there.",
        "rationale_must_hold": "What happened before, here or elsewhere.",
        "priority_rule": "The highest level first, then the cheapest.",
        "covers_treatment": true,
        "treatment_options": "Modify where it pays, share what is rare and ruinous.",
        "controls_determination": "From the cause of each risk.",
        "annex_a_comparison": "Row by row, by two people.",
        "treatment_approval": "The owner of the risk.",
        "plan_entry": "What, who, by when, and how its effect is judged.",
    })
}
