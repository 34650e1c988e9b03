//! Running the rules.

use jiff::civil::Date;

use crate::{
    View,
    conformity::{
        AuditStage, Chain, Grade, Outcome, Rule, Verdict, chain_rules, clause_4_1, clause_4_2,
        clause_4_3, clause_5_1, clause_5_2, clause_5_3, clause_6_1_1, clause_6_1_2, clause_6_1_3,
        clause_6_2, clause_7_2, clause_7_5_1, clause_7_5_2, clause_7_5_3, clause_8, later, soa,
    },
};

/// The version of the rule pack: a result names it, so that it can be run again.
pub const PACK: &str = "2026.1";

/// A run of the rules at one position, on one day.
#[derive(Debug, Clone)]
pub struct Report {
    /// The version of the rule pack.
    pub pack: &'static str,
    /// The ledger position.
    pub position: u64,
    /// The day.
    pub day: Date,
    /// What each rule found, in the order of clauses.
    pub results: Vec<Judged>,
}

/// A rule and what it found.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The rule.
    pub rule: &'static Rule,
    /// What it found.
    pub outcome: Outcome,
}

/// Every rule, in the order of clauses.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        clause_4_1::RULES,
        clause_4_2::RULES,
        clause_4_3::RULES,
        clause_5_1::RULES,
        clause_5_2::RULES,
        clause_5_3::RULES,
        clause_6_1_1::RULES,
        clause_6_1_2::RULES,
        clause_6_1_3::RULES,
        soa::RULES,
        clause_6_2::RULES,
        clause_7_2::RULES,
        clause_7_5_1::RULES,
        clause_7_5_2::RULES,
        clause_7_5_3::RULES,
        clause_8::RULES,
        chain_rules::RULES,
        later::planning::RULES,
        later::evaluation::RULES,
        later::improvement::RULES,
    ]
    .into_iter()
    .flatten()
}

/// The rule with this name.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|it| it.id.eq_ignore_ascii_case(id))
}

/// Runs every rule.
pub fn run(view: View<'_>) -> Report {
    run_on(&Chain::build(view))
}

/// Runs every rule on a chain that was built already.
pub fn run_on(chain: &Chain<'_>) -> Report {
    let view = chain.view;
    let results = rules().map(|rule| Judged { rule, outcome: judge(rule, chain) }).collect();
    Report { pack: PACK, position: view.isms.position(), day: view.day, results }
}

fn judge(rule: &'static Rule, chain: &Chain<'_>) -> Outcome {
    match rule.judge {
        Some(judge) => judge(chain),
        None => Outcome::unknown(format!("no register of {} yet", rule.waits_for)),
    }
}

impl Report {
    /// The results that bite at an audit stage.
    pub fn at(&self, stage: AuditStage) -> impl Iterator<Item = &Judged> {
        self.results.iter().filter(move |it| it.rule.stages.contains(&stage))
    }

    /// How many rules answered so.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.results.iter().filter(|it| it.outcome.verdict == verdict).count()
    }

    /// How many rules failed in this grade.
    pub fn graded(&self, grade: Grade) -> usize {
        self.results.iter().filter(|it| it.outcome.grade == Some(grade)).count()
    }
}
