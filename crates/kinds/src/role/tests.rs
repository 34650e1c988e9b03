use jiff::civil::date;
use meta::{Id, Rules};

use super::*;

fn person(number: u128) -> Ref<Person> {
    Id::from_u128(number).into()
}

fn role() -> Role {
    let row = |number, from, until, deputy| Holding {
        person: Some(person(number)),
        from,
        until,
        deputy,
        ..Holding::default()
    };
    Role {
        held_by: vec![
            row(1, None, Some(date(2026, 3, 31)), None),
            row(2, Some(date(2026, 5, 1)), None, Some(false)),
            row(3, Some(date(2026, 1, 1)), None, Some(true)),
        ],
        ..Role::default()
    }
}

#[test]
fn holders_are_those_of_the_day_and_deputies_are_apart() {
    let role = role();
    let on = |day| role.holders_on(day).collect::<Vec<_>>();
    assert_eq!(on(date(2026, 3, 31)), [person(1)]);
    assert_eq!(on(date(2026, 4, 1)), []);
    assert_eq!(on(date(2026, 5, 1)), [person(2)]);
    assert_eq!(role.deputies_on(date(2026, 4, 1)).collect::<Vec<_>>(), [person(3)]);
    assert_eq!(role.deputies_on(date(2025, 4, 1)).count(), 0);
}

#[test]
fn vacancy_counts_from_the_last_holder() {
    let role = role();
    assert_eq!(role.vacant_since(date(2026, 4, 20)), Some(date(2026, 3, 31)));
    assert_eq!(role.vacant_since(date(2026, 5, 20)), None);
    assert_eq!(Role::default().vacant_since(date(2026, 5, 20)), None);
}

#[test]
fn contradictions_are_told() {
    let mut role = role();
    assert!(role.check().is_empty());
    role.held_by[1].until = Some(date(2026, 4, 30));
    role.may_accept = Some(0);
    let fields: Vec<String> = role.check().into_iter().map(|it| it.field).collect();
    assert_eq!(fields, ["held_by", "may_accept"]);
}
