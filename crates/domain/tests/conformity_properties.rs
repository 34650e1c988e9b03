//! What holds for every rule and every ISMS: only what a rule reads can change its verdict, taking
//! evidence away never improves one, and nothing passes on seeds.

use std::sync::Arc;

use domain::{
    Isms, Moment, View,
    conformity::{Chain, Rule, Verdict, rules},
};
use jiff::civil::{Date, date};
use meta::{Envelope, Id, KindDef, Provenance, Record};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const TODAY: Date = date(2026, 11, 22);

/// What a random ISMS is made of: for each record its kind and the seed of its content.
#[derive(Debug, Clone)]
struct Plan {
    records: Vec<(usize, u64)>,
    seeded: bool,
}

fn plan() -> impl Strategy<Value = Plan> {
    let record = (0..KINDS.len(), any::<u64>());
    prop::collection::vec(record, 5..60).prop_map(|records| Plan { records, seeded: false })
}

/// The kinds whose records are made, the weightier ones more often.
static KINDS: &[&str] = &[
    "organization",
    "unit",
    "site",
    "issue",
    "interested_party",
    "requirement",
    "obligation",
    "scope",
    "determination",
    "opportunity",
    "role",
    "person",
    "asset",
    "supplier",
    "risk_method",
    "risk",
    "assessment_round",
    "control",
    "action",
    "objective",
    "document",
    "evidence",
    "approval",
    "risk",
    "risk",
    "risk",
    "control",
    "control",
    "control",
    "evidence",
    "evidence",
    "action",
    "risk_method",
    "approval",
    "approval",
    "person",
    "role",
];

/// An ISMS made by a plan; the same plan makes the same one.
struct World {
    isms: Isms,
    records: Vec<(Id, &'static str)>,
    seeded: bool,
}

/// Numbers that follow from a seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }

    fn day(&mut self) -> String {
        let days = self.roll(900) as i64 - 700;
        TODAY.saturating_add(jiff::Span::new().days(days)).to_string()
    }
}

impl World {
    fn of(plan: &Plan) -> Self {
        let mut world = Self { isms: Isms::default(), records: Vec::new(), seeded: plan.seeded };
        // Something to link to and to judge from the start.
        world.add("person", 1);
        world.add("role", 2);
        world.add("risk_method", 3);
        for (kind, seed) in &plan.records {
            world.add(KINDS[*kind], *seed);
        }
        world
    }

    /// Adds a record of a kind; what it holds follows from the seed and from what is there.
    fn add(&mut self, kind: &'static str, seed: u64) {
        let def = kinds::kind(kind).expect("the kind exists");
        if def.sole && self.isms.count(kind) > 0 {
            return;
        }
        let mut dice = Dice(seed);
        let body = self.body(def, &mut dice);
        let id = Id::from_u128(1_000 + self.records.len() as u128);
        let stage = dice.roll(def.stages.len()) as u8;
        self.put(def, id, 1, stage, body);
        self.records.push((id, kind));
        let publish = def.controlled && dice.roll(3) > 0;
        if publish {
            let approval = json!({"title": "Publish", "purpose": "publish", "subject": id,
                "version": 1, "decision": "given", "by": self.link("person", &mut dice),
                "decided_on": dice.day(), "effective_from": dice.day()});
            let act = Id::from_u128(1_000_000 + self.records.len() as u128);
            self.put(kinds::kind("approval").expect("it exists"), act, 1, 1, approval);
            self.isms.publish(self.isms.shared(id).expect("just put"), act);
        }
    }

    fn put(&mut self, def: &'static KindDef, id: Id, version: u32, stage: u8, body: Value) {
        let minute = i64::try_from(self.isms.position()).expect("small") * 60;
        let at = jiff::Timestamp::from_second(1_790_000_000 + minute).expect("in range");
        self.isms.advance(Moment { at, actor: None });
        let before = self.isms.get(id).map(|it| (it.head.number, it.head.created));
        let position = self.isms.position();
        let head = Envelope {
            id,
            number: before.map_or_else(|| self.isms.next_number(def.id), |it| it.0),
            version,
            content_version: version,
            stage,
            provenance: if self.seeded { Provenance::Seed } else { Provenance::Person },
            withdrawn: false,
            created: before.map_or(position, |it| it.1),
            changed: position,
            hash: [0; 32],
            extras: None,
        };
        let text = json!({ "body": body }).to_string();
        let record = (def.parse)(head, &text).unwrap_or_else(|err| panic!("{err}: {text}"));
        self.isms.put(record);
    }

    /// A record of a kind among those there are.
    fn link(&self, kind: &str, dice: &mut Dice) -> Value {
        let found: Vec<Id> = self.records.iter().filter(|it| it.1 == kind).map(|it| it.0).collect();
        if found.is_empty() { Value::Null } else { json!(found[dice.roll(found.len())]) }
    }

    fn links(&self, kind: &str, dice: &mut Dice) -> Value {
        match self.link(kind, dice) {
            Value::Null => json!([]),
            id => json!([id]),
        }
    }

    /// The fields of a record: each is left out now and then.
    fn body(&self, def: &KindDef, dice: &mut Dice) -> Value {
        let owner = match dice.roll(2) {
            0 => self.link("person", dice),
            _ => self.link("role", dice),
        };
        let rating = |dice: &mut Dice| {
            json!({"likelihood": dice.roll(3) + 1, "rationale": "As before.", "on": dice.day(),
                "consequences": [{"criterion": "money", "rank": dice.roll(2) + 1}]})
        };
        let mut fields = json!({
            "title": dice.pick(&["One", "Two", "Three"]),
            "owner": owner,
            "next_review": dice.day(),
        });
        let more = match def.id {
            "risk" => json!({
                "concerns": dice.pick(&["information", "information", "isms"]),
                "scenario": "It happens.", "approach": dice.pick(&["event", "asset"]),
                "assets": self.links("asset", dice), "harms": ["integrity"],
                "method": self.link("risk_method", dice),
                "round": self.link("assessment_round", dice),
                "current": rating(dice), "residual": rating(dice),
                "controls_in_place": self.links("control", dice),
                "controls": self.links("control", dice),
                "treatment": [dice.pick(&["modify", "retain", "share", "avoid"])],
                "treatment_reason": "It pays.", "mechanism": "By contract.",
                "mechanism_evidence": self.links("evidence", dice),
            }),
            "risk_method" => {
                let authority = self.link("role", dice);
                method(dice, authority)
            }
            "control" => {
                let included = dice.roll(3) > 0;
                json!({
                    "reference": catalog::controls()[dice.roll(93)].id,
                    "applicability": if included { "included" } else { "excluded" },
                    "reasons": if included { json!(["risk"]) } else { json!([]) },
                    "justification": "It helps.", "exclusion_reason": "We have no suppliers.",
                    "implementation": dice.pick(&["implemented", "implemented", "planned"]),
                    "how": "So.", "rules": self.links("document", dice),
                    "proof_wanted": [{"what": "Report", "cadence": "P6M"}],
                    "needs_changes": self.links("action", dice),
                    "last_test_result": dice.pick(&["passed", "passed", "failed"]),
                })
            }
            "evidence" => json!({
                "shows": [self.any_link(dice)], "collected_on": dice.day(),
                "period_from": dice.day(),
                "judged": dice.pick(&["accepted", "accepted", "not_enough"]),
                "shows_clauses": [catalog::controls()[dice.roll(93)].id],
            }),
            "action" => json!({
                "purpose": dice.pick(&["treat_risk", "improve"]), "due": dice.day(),
                "serves": self.links("risk", dice), "controls": self.links("control", dice),
                "effect_judged_how": "A test.", "resources": "Two days.",
                "evidence": self.links("evidence", dice),
            }),
            "approval" => {
                let subject = self.any_link(dice);
                let purpose = dice.pick(&[
                    "accept_residual",
                    "approve_treatment",
                    "review",
                    "acknowledge",
                    "approve",
                ]);
                let of_paper = dice.roll(6) == 0;
                json!({
                    "purpose": if of_paper { "publish" } else { purpose },
                    "subject": if of_paper { Value::Null } else { subject },
                    "paper": if of_paper { json!("statement-of-applicability") } else { Value::Null },
                    "version": 1, "body_version": 1, "decision": "given",
                    "by": self.link("person", dice), "acting_as": self.link("role", dice),
                    "decided_on": dice.day(), "good_until": dice.day(),
                    "salt": "07".repeat(16), "digest": "0".repeat(64),
                })
            }
            "assessment_round" => json!({
                "reason": "first", "method": self.link("risk_method", dice),
                "period_from": dice.day(),
            }),
            "organization" => json!({
                "facts": [{"question": "cloud", "answer": dice.pick(&["yes", "no"])}],
                "outcomes": [{"outcome": "Orders arrive."}],
            }),
            "supplier" => json!({
                "services": [{"service": "Mail", "service_kind": "cloud_software"}],
                "in_scope": "yes",
            }),
            "person" => json!({
                "engagement": "employee", "in_scope": "yes", "remote": dice.roll(2) == 0,
            }),
            "role" => json!({
                "responsibilities": "All.", "authorities": "All.", "competence": [],
                "carries": [dice.pick(&["owns_risks", "top_management", "conformity",
                    "reports_performance"])],
                "held_by": [{"person": self.link("person", dice), "from": "2025-01-01"}],
            }),
            "asset" => json!({
                "asset_type": "software", "in_scope": dice.pick(&["yes", "no", "undecided"]),
                "personal_data": dice.pick(&["none", "ordinary"]),
            }),
            "site" => json!({"site_type": "office", "in_scope": "yes"}),
            "document" => json!({
                "identifier": "P", "doc_type": dice.pick(&["policy", "procedure"]), "text": "So.",
                "serves_clauses": [dice.pick(&["5.2", "6.1.3", "A.5.37"])],
                "serves_records": self.links("control", dice), "change_summary": "First.",
            }),
            "requirement" => json!({
                "party": self.link("interested_party", dice), "demand": "Care.",
                "nature": dice.pick(&["law", "contract", "expectation"]),
                "addressed": dice.pick(&["yes", "no"]), "met_by": self.links("control", dice),
            }),
            "obligation" => json!({
                "obligation_type": dice.pick(&["statutory", "contractual"]), "demand": "Care.",
                "how_met": "With care.", "met_by": self.links("control", dice),
                "fulfilment": "met", "evidence": self.links("evidence", dice),
            }),
            "issue" => json!({
                "side": dice.pick(&["internal", "external"]), "description": "It is so.",
            }),
            "interested_party" => json!({
                "party_type": dice.pick(&["customer", "authority", "supplier"]),
            }),
            "scope" => json!({
                "statement": "All.", "sites": self.links("site", dice),
                "interfaces": [{"what": "Mail"}],
            }),
            "objective" => json!({"supports": "The policy."}),
            "determination" => json!({
                "question": dice.pick(&["climate_relevant", "policy_for_outsiders", "other"]),
                "answer": dice.pick(&["yes", "no"]), "rationale": "We looked.",
                "by": self.link("person", dice), "decided_on": dice.day(),
            }),
            "opportunity" => json!({"description": "A chance.", "wanted_effect": "More."}),
            _ => json!({}),
        };
        let fields = fields.as_object_mut().expect("an object");
        fields.extend(more.as_object().cloned().unwrap_or_default());
        let known: Map<String, Value> = std::mem::take(fields)
            .into_iter()
            .filter(|(name, it)| !it.is_null() && def.field(name).is_some())
            .filter(|(name, _)| name == "title" || dice.roll(12) > 0)
            .collect();
        Value::Object(known)
    }

    fn any_link(&self, dice: &mut Dice) -> Value {
        let wanted = match dice.roll(3) {
            0 => self.link("control", dice),
            1 => self.link("risk", dice),
            _ => Value::Null,
        };
        match wanted {
            Value::Null => json!(self.records[dice.roll(self.records.len())].0),
            id => id,
        }
    }
}

fn method(dice: &mut Dice, authority: Value) -> Value {
    let rank = |rank: usize| json!({"rank": rank, "name": format!("rank {rank}"), "definition": format!("It is {rank}.")});
    let criterion = |at: usize| {
        let mut row = rank(at);
        row["criterion"] = json!("money");
        row
    };
    let cell = |likelihood: usize, consequence: usize| {
        json!({"likelihood": likelihood, "consequence": consequence,
            "level": if likelihood + consequence > 3 { 2 } else { 1 }})
    };
    json!({
        "criteria": [criterion(1), criterion(2)], "likelihoods": [rank(1), rank(2)],
        "levels": [{"rank": 1, "name": "low"}, {"rank": 2, "name": "high"}],
        "matrix": [cell(1, 1), cell(1, 2), cell(2, 1), cell(2, 2)],
        "acceptance": [{"level": 1, "acceptable": "yes"},
            {"level": 2, "acceptable": dice.pick(&["never", "by_authority"]),
                "authority": authority}],
        "interval": "P1Y", "triggers": ["a merger"], "participants": "All.",
        "priority_rule": "Highest first.", "covers_treatment": dice.roll(2) == 0,
        "treatment_options": "Four.", "controls_determination": "From risks.",
        "annex_a_comparison": "Yearly.", "treatment_approval": "Owners.",
    })
}

fn judged() -> impl Iterator<Item = (&'static Rule, fn(&Chain<'_>) -> domain::conformity::Outcome)>
{
    rules().filter_map(|it| Some((it, it.judge?)))
}

fn verdicts(isms: &Isms) -> Vec<(&'static Rule, Verdict)> {
    let chain = Chain::build(View::new(isms, TODAY));
    judged().map(|(rule, judge)| (rule, judge(&chain).verdict)).collect()
}

/// The same evidence, taken back: judged not enough, or in a stage that says so.
fn taken_back(isms: &Isms, id: Id, how: usize) -> Option<Arc<Record>> {
    let record = isms.get(id)?;
    let mut head = record.head.clone();
    let mut body = record.body.json();
    head.version += 1;
    let stage = |name: &str| record.def().stage(name).expect("the stage exists");
    match how {
        0 => body["judged"] = json!("not_enough"),
        1 => head.stage = stage("withdrawn"),
        2 => head.stage = stage("returned"),
        _ => head.withdrawn = true,
    }
    let text = json!({ "body": body }).to_string();
    (record.def().parse)(head, &text).ok()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_what_a_rule_reads_changes_its_verdict(
        plan in plan(), kind in 0..KINDS.len(), seed: u64
    ) {
        let mut world = World::of(&plan);
        let before = verdicts(&world.isms);
        world.add(KINDS[kind], seed);
        // A controlled record is published together with the approval that does it.
        let is_read = |rule: &Rule| {
            let controlled = kinds::kind(KINDS[kind]).is_some_and(|it| it.controlled);
            rule.reads.contains(&KINDS[kind]) || (controlled && rule.reads.contains(&"approval"))
        };
        for ((rule, old), (_, new)) in before.into_iter().zip(verdicts(&world.isms)) {
            if !is_read(rule) {
                prop_assert_eq!(old, new, "{} does not read {}", rule.id, KINDS[kind]);
            }
        }
    }

    #[test]
    fn taking_evidence_away_improves_nothing(plan in plan(), which: usize, how in 0..4_usize) {
        let mut world = World::of(&plan);
        // Only what is there can be taken away: returning what was withdrawn brings it back.
        let is_there = |id: Id| {
            let record = world.isms.get(id).expect("it was made");
            record.def().id == "evidence" && matches!(record.stage().id, "collected" | "accepted")
        };
        let evidence: Vec<Id> =
            world.records.iter().map(|it| it.0).filter(|it| is_there(*it)).collect();
        if evidence.is_empty() {
            return Ok(());
        }
        let before = verdicts(&world.isms);
        let id = evidence[which % evidence.len()];
        world.isms.put(taken_back(&world.isms, id, how).expect("it can be taken back"));
        for ((rule, old), (_, new)) in before.into_iter().zip(verdicts(&world.isms)) {
            prop_assert!(new >= old, "{}: {:?} became {:?} ({how})", rule.id, old, new);
        }
    }

    #[test]
    fn nothing_passes_on_seeds(plan in plan()) {
        let world = World::of(&Plan { seeded: true, ..plan });
        for (rule, verdict) in verdicts(&world.isms) {
            prop_assert_ne!(verdict, Verdict::Pass, "{} passes on seeds", rule.id);
        }
    }
}

#[test]
fn an_empty_isms_passes_nothing() {
    for (rule, verdict) in verdicts(&Isms::default()) {
        assert_ne!(verdict, Verdict::Pass, "{} passes on nothing", rule.id);
    }
}

#[test]
fn random_worlds_reach_every_verdict_of_most_rules() {
    let mut passed = std::collections::HashSet::new();
    let mut failed = std::collections::HashSet::new();
    for seed in 0..300_u64 {
        let mut dice = Dice(seed);
        let records = (0..60).map(|_| (dice.roll(KINDS.len()), dice.roll(usize::MAX) as u64));
        let world = World::of(&Plan { records: records.collect(), seeded: false });
        for (rule, verdict) in verdicts(&world.isms) {
            match verdict {
                Verdict::Pass => drop(passed.insert(rule.id)),
                Verdict::Fail => drop(failed.insert(rule.id)),
                _ => {}
            }
        }
    }
    let count = judged().count();
    assert!(passed.len() * 2 > count, "of {count} rules only {} ever passed", passed.len());
    assert!(failed.len() * 2 > count, "of {count} rules only {} ever failed", failed.len());
}
