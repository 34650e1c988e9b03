//! What is computed about actions, roles and persons: what is late, who holds what, what is open.

use kinds::{Kind, action::Action, approval::Approval, evidence::Evidence, role::Role};
use meta::{Id, Record};

use super::{Column, title};
use crate::{View, duties::is_open, holder};

pub(super) static OF_ACTIONS: &[Column] = &[
    Column {
        name: "overdue",
        label: "Overdue",
        help: "By how many days the action is past its due day, while it is not done.",
        reads: &[],
        rank: None,
        text: overdue,
    },
    Column {
        name: "first_due",
        label: "First due",
        help: "The due day it had before it was first moved.",
        reads: &[],
        rank: None,
        text: |_, record| {
            let day = record.typed::<Action>().and_then(Action::first_due);
            day.map_or_else(String::new, |it| it.to_string())
        },
    },
    Column {
        name: "times_moved",
        label: "Times moved",
        help: "How often the due day was moved.",
        reads: &[],
        rank: None,
        text: |_, record| {
            record.typed::<Action>().map_or_else(String::new, |it| it.moves.len().to_string())
        },
    },
];

pub(super) static OF_ROLES: &[Column] = &[
    Column {
        name: "held_now",
        label: "Held now by",
        help: "Who holds the role on the day, deputies last.",
        reads: &["person"],
        rank: None,
        text: |view, record| {
            let holders =
                record.typed::<Role>().map_or_else(Vec::new, |it| holder::holders(view, it));
            names(view, &holders)
        },
    },
    Column {
        name: "vacant",
        label: "Vacant",
        help: "Whether nobody holds the role on the day, and since when.",
        reads: &["person"],
        rank: None,
        text: vacant,
    },
];

pub(super) static OF_PERSONS: &[Column] = &[
    Column {
        name: "roles",
        label: "Roles",
        help: "The roles the person holds on the day.",
        reads: &["role"],
        rank: None,
        text: |view, record| {
            let roles = holder::roles_of(view, record.head.id);
            roles.map(|(it, _)| it.title().to_owned()).collect::<Vec<_>>().join("; ")
        },
    },
    Column {
        name: "open_duties",
        label: "Open duties",
        help: "How many open actions, wanted proofs and asked approvals wait for the person, also \
               by way of a role.",
        reads: &["action", "approval", "evidence", "role"],
        rank: None,
        text: open_duties,
    },
];

fn overdue(view: View<'_>, record: &Record) -> String {
    let Some(action) = record.typed::<Action>().filter(|it| is_open(record, it)) else {
        return String::new();
    };
    let Some(due) = action.due.filter(|it| *it < view.day) else { return String::new() };
    match due.until(view.day).map_or(0, |it| it.get_days()) {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

fn vacant(view: View<'_>, record: &Record) -> String {
    let Some(role) = record.typed::<Role>().filter(|_| record.is_live()) else {
        return String::new();
    };
    if !holder::holders(view, role).is_empty() {
        return "no".to_owned();
    }
    match role.vacant_since(view.day) {
        Some(last) => format!("since {last}"),
        None => "yes".to_owned(),
    }
}

fn open_duties(view: View<'_>, record: &Record) -> String {
    let person = record.head.id;
    let roles = holder::roles_of(view, person).map(|(it, _)| it.head.id);
    let (mut actions, mut proofs, mut asked) = (0, 0, 0);
    for holder in std::iter::once(person).chain(roles) {
        let is_theirs = |it: Option<kinds::Holder>| it.is_some_and(|it| it.id() == holder);
        actions +=
            count::<Action>(view, holder, |record, it| is_open(record, it) && is_theirs(it.owner));
        proofs += count::<Evidence>(view, holder, |record, it| {
            record.stage().id == "wanted" && is_theirs(it.asked_of)
        });
        asked += count::<Approval>(view, holder, |record, it| {
            record.stage().id == "asked" && is_theirs(it.asked_of)
        });
    }
    let parts = [(actions, "action"), (proofs, "proof"), (asked, "approval")];
    let parts = parts
        .iter()
        .filter(|it| it.0 > 0)
        .map(|(count, what)| format!("{count} {what}{}", if *count == 1 { "" } else { "s" }));
    parts.collect::<Vec<_>>().join(", ")
}

fn count<K: Kind>(view: View<'_>, holder: Id, is_meant: impl Fn(&Record, &K) -> bool) -> usize {
    view.isms.sources::<K>(holder).filter(|(record, it)| is_meant(record, it)).count()
}

fn names(view: View<'_>, ids: &[Id]) -> String {
    let records = ids.iter().filter_map(|it| view.isms.get(*it));
    records.map(|it| title(view, it)).collect::<Vec<_>>().join("; ")
}
