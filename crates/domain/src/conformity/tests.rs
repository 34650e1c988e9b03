use std::collections::HashSet;

use jiff::civil::date;

use super::*;
use crate::{Isms, View};

#[test]
fn every_rule_is_well_formed() {
    let mut ids = HashSet::new();
    for rule in rules() {
        let id = rule.id;
        assert!(ids.insert(id), "{id} is there twice");
        // `6.1.2.d` stands for the numbered requirements below it.
        let above = format!("{}.", rule.clause);
        let is_known = catalog::requirements().iter().any(|it| it.id.starts_with(&above))
            || catalog::clause(rule.clause).is_some()
            || catalog::requirement(rule.clause).is_some()
            || catalog::control(rule.clause).is_some();
        assert!(is_known, "{id}: there is no clause {}", rule.clause);
        assert!(rule.isolated <= rule.systemic, "{id}: systemic is milder");
        let is_practice = rule.basis == Basis::Practice;
        assert!(!is_practice || rule.systemic == Grade::Opportunity, "{id}: practice is milder");
        assert!(!rule.stages.is_empty(), "{id} bites nowhere");
        assert_eq!(rule.judge.is_none(), !rule.waits_for.is_empty(), "{id}");
        for kind in rule.reads {
            assert_eq!(kinds::kind(kind).map(|it| it.id), Some(*kind), "{id} reads {kind}");
        }
        for text in [rule.title, rule.explanation, rule.mend] {
            assert!(text.len() > 8 && !text.contains("  "), "{id}: {text}");
        }
        assert!(!rule.title.ends_with('.') && rule.explanation.ends_with('.'), "{id}");
    }
    assert!(ids.len() > 150, "only {} rules", ids.len());
}

#[test]
fn nothing_passes_on_nothing() {
    let isms = Isms::default();
    let report = run(View::new(&isms, date(2026, 11, 22)));
    for it in &report.results {
        assert_ne!(it.outcome.verdict, Verdict::Pass, "{}", it.rule.id);
    }
    assert!(report.graded(Grade::Major) >= 8);
}

#[test]
fn grades_are_those_the_rule_names() {
    let isms = Isms::default();
    for it in run(View::new(&isms, date(2026, 11, 22))).results {
        if let Some(grade) = it.outcome.grade {
            assert!([it.rule.isolated, it.rule.systemic].contains(&grade), "{}", it.rule.id);
        }
    }
}
