use serde_json::json;

use super::*;
use crate::conformity::fixture::Fixture;

fn standing(f: &Fixture) -> Standing {
    let chain = Chain::build(crate::View::new(&f.isms, f.day));
    Standing::of(&chain, &conformity::run_on(&chain))
}

fn square(standing: &Standing, id: &str) -> SquareState {
    let found = standing.annex_a.iter().find(|it| it.control.id == id);
    found.expect("Annex A has it").state
}

#[test]
fn what_is_claimed_and_what_is_proven_are_apart() {
    let mut f = Fixture::new();
    let control = f.included("A.8.13", json!({"implementation": "implemented"}));
    f.included("A.8.14", json!({"implementation": "in_part"}));
    let before = standing(&f);
    assert_eq!(before.annex_a.len(), 93);
    assert_eq!(square(&before, "A.8.13"), SquareState::Declared);
    assert_eq!(square(&before, "A.8.14"), SquareState::InPart);
    assert_eq!(square(&before, "A.8.15"), SquareState::Undecided);
    f.evidence(control, "2026-11-01", json!({}));
    assert_eq!(square(&standing(&f), "A.8.13"), SquareState::Proven);
    f.day = jiff::civil::date(2028, 1, 1);
    assert!(matches!(square(&standing(&f), "A.8.13"), SquareState::RanOut(_)));
}

#[test]
fn a_step_is_done_only_by_what_records_prove() {
    let mut f = Fixture::new();
    let progress =
        |f: &Fixture| -> Vec<Progress> { standing(f).steps.iter().map(|it| it.progress).collect() };
    assert_eq!(progress(&f), [Progress::NotBegun; 8]);
    let me = f.me();
    f.new_record("asset", json!({"title": "Mail", "asset_type": "software", "owner": me}));
    f.new_record("gap_assessment", json!({"title": "First", "framework": "iso27001-2022"}));
    assert_eq!(
        progress(&f)[..3],
        [Progress::Begun, Progress::NotBegun, Progress::Done],
        "an open gap analysis is no finished one"
    );
}

#[test]
fn risks_stand_where_their_rating_puts_them() {
    let mut f = Fixture::new();
    assert!(standing(&f).matrix.is_none());
    let method = f.method();
    let me = f.me();
    f.risk(method, me, json!({}));
    let matrix = standing(&f).matrix.expect("the method has a matrix");
    assert_eq!((matrix.rated, matrix.unrated), (1, 0));
    let counted: usize = matrix.cells.iter().flatten().map(|it| it.count).sum();
    assert_eq!(counted, 1);
    assert!(matrix.cells.iter().flatten().all(|it| (1..=5).contains(&it.shade)));
}

#[test]
fn what_is_due_is_told_from_what_is_late() {
    let mut f = Fixture::new();
    let me = f.me();
    let action = |due: &str| json!({"title": due, "purpose": "improve", "owner": me, "due": due});
    for day in ["2026-11-21", "2026-11-22", "2026-12-06", "2026-12-07"] {
        f.new_record("action", action(day));
    }
    let due = standing(&f).due;
    assert_eq!(due.soon_count, 2, "today and in 14 days");
    assert_eq!(due.late_counts, [(DueWhat::Action, 1)]);
}
