//! What contradicts itself between the registers, once they stand side by side.

use domain::{View, holder};
use kinds::{
    Kind,
    action::Action,
    control::{Control, Implementation},
    person::Person,
    risk::{Risk, Treatment},
    supplier::{ServiceKind, Supplier},
};
use meta::{Id, Rating, Record};

/// Records that cannot all be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The records it is about, the one to look at first coming first.
    pub records: Vec<Id>,
    /// What does not fit together, in one sentence.
    pub text: String,
}

/// Lists what contradicts itself between records, in the order of kinds and numbers.
pub fn contradictions(view: View<'_>) -> Vec<Contradiction> {
    let mut found = Vec::new();
    excluded_but_needed(view, &mut found);
    owners_who_left(view, &mut found);
    residuals_without_controls(view, &mut found);
    overdue_actions(view, &mut found);
    implemented_but_open(view, &mut found);
    closed_but_open(view, &mut found);
    ended_agreements(view, &mut found);
    found
}

fn excluded_but_needed(view: View<'_>, found: &mut Vec<Contradiction>) {
    let mut say = |control: &Record, reference: &str, needs: &Record, why: &str| {
        found.push(Contradiction {
            records: vec![control.head.id, needs.head.id],
            text: format!(
                "{reference} is excluded, but {} “{}” {why}",
                needs.name(),
                needs.title()
            ),
        });
    };
    for (record, control) in view.isms.live::<Control>().filter(|(_, it)| it.is_excluded()) {
        let reference = control.reference.as_deref().unwrap_or_default();
        let mut last = None;
        for link in view.isms.links_to(record.head.id) {
            let Some(source) = view.isms.get(link.source).filter(|it| it.is_live()) else {
                continue;
            };
            let calls = ["risk", "requirement", "obligation", "action", "scope"];
            if calls.contains(&source.def().id) && last.replace(link.source) != Some(link.source) {
                say(record, reference, source, "calls for it");
            }
        }
        for (supplier, body) in view.isms.live::<Supplier>() {
            if let Some(why) = calls_for(body, reference) {
                say(record, reference, supplier, why);
            }
        }
    }
}

/// Why a supplier calls for a control, by what it does.
fn calls_for(supplier: &Supplier, reference: &str) -> Option<&'static str> {
    let has = |wanted: &[ServiceKind]| {
        supplier.services.iter().any(|it| it.service_kind.is_some_and(|it| wanted.contains(&it)))
    };
    let cloud =
        [ServiceKind::CloudInfrastructure, ServiceKind::CloudPlatform, ServiceKind::CloudSoftware];
    match reference {
        "A.8.30" if has(&[ServiceKind::Development]) => Some("develops software for you"),
        "A.5.23" if has(&cloud) => Some("runs a cloud service for you"),
        "A.5.19" | "A.5.20" | "A.5.21" | "A.5.22" => Some("is a supplier"),
        _ => None,
    }
}

fn owners_who_left(view: View<'_>, found: &mut Vec<Contradiction>) {
    for (person, body) in view.isms.all::<Person>() {
        let left = person.stage().id == "left" || body.left_on.is_some_and(|it| it < view.day);
        if !left {
            continue;
        }
        let mut last = None;
        for link in view.isms.links_to(person.head.id) {
            let Some(record) = view.isms.get(link.source).filter(|it| it.is_live()) else {
                continue;
            };
            let owns = record.def().fields[usize::from(link.field)].name == "owner";
            if owns && last.replace(link.source) != Some(link.source) {
                found.push(Contradiction {
                    records: vec![record.head.id, person.head.id],
                    text: format!(
                        "{} “{}” belongs to {}, who has left",
                        record.name(),
                        record.title(),
                        person.title()
                    ),
                });
            }
        }
    }
}

fn residuals_without_controls(view: View<'_>, found: &mut Vec<Contradiction>) {
    let product = |it: &Rating| Some(it.likelihood? * it.consequence()?);
    for (record, risk) in view.isms.live::<Risk>() {
        let residual = risk.residual.as_deref();
        let before = risk.current.as_deref().or(risk.inherent.as_deref());
        let better = residual.and_then(product).zip(before.and_then(product));
        let named = !risk.controls.is_empty()
            || !risk.controls_in_place.is_empty()
            || residual.is_some_and(|it| !it.controls.is_empty());
        let otherwise = [Treatment::Avoid, Treatment::Share];
        let otherwise = otherwise.into_iter().any(|it| risk.is_treated_by(it));
        let planned = || {
            let mut actions = view.isms.sources::<Action>(record.head.id);
            actions.any(|(it, action)| it.is_live() && !action.controls.is_empty())
        };
        if better.is_some_and(|(after, before)| after < before)
            && !named
            && !otherwise
            && !planned()
        {
            found.push(Contradiction {
                records: vec![record.head.id],
                text: format!(
                    "{} “{}” shall become smaller, but neither it nor an action names a control \
                     that makes it so",
                    record.name(),
                    record.title()
                ),
            });
        }
    }
}

fn is_open(record: &Record) -> bool {
    record.is_live() && !["done", "verified"].contains(&record.stage().id)
}

fn overdue_actions(view: View<'_>, found: &mut Vec<Contradiction>) {
    for (record, action) in view.isms.live::<Action>().filter(|(it, _)| is_open(it)) {
        let Some(due) = action.due.filter(|it| *it < view.day && action.done_on.is_none()) else {
            continue;
        };
        let owner = action.owner.as_ref().map_or_else(
            || "nobody owns it".to_owned(),
            |it| format!("its owner is {}", holder::describe(view, it)),
        );
        found.push(Contradiction {
            records: vec![record.head.id],
            text: format!(
                "{} “{}” was due on {due} and is {}; {owner}",
                record.name(),
                record.title(),
                record.stage().label.to_lowercase()
            ),
        });
    }
}

fn implemented_but_open(view: View<'_>, found: &mut Vec<Contradiction>) {
    let done = |it: &Control| it.implementation == Some(Implementation::Implemented);
    for (record, control) in view.isms.live::<Control>().filter(|(_, it)| done(it)) {
        let needed = control.needs_changes.iter().filter_map(|it| view.isms.get(it.id()));
        let serving = view.isms.sources::<Action>(record.head.id);
        let serving = serving.map(|(it, _)| it);
        let mut last = None;
        for action in serving.chain(needed).filter(|it| is_open(it)) {
            if last.replace(action.head.id) == Some(action.head.id) {
                continue;
            }
            found.push(Contradiction {
                records: vec![record.head.id, action.head.id],
                text: format!(
                    "{} is said to be implemented, but {} “{}” for it is still {}",
                    control.reference.as_deref().unwrap_or_default(),
                    action.name(),
                    action.title(),
                    action.stage().label.to_lowercase()
                ),
            });
        }
    }
}

fn closed_but_open(view: View<'_>, found: &mut Vec<Contradiction>) {
    let closed = view.isms.rows(Risk::ID).filter(|it| !it.head.withdrawn && it.stage().ended);
    for record in closed {
        for (action, _) in view.isms.sources::<Action>(record.head.id) {
            if is_open(action) {
                found.push(Contradiction {
                    records: vec![record.head.id, action.head.id],
                    text: format!(
                        "{} “{}” is closed, but {} “{}” to treat it is still {}",
                        record.name(),
                        record.title(),
                        action.name(),
                        action.title(),
                        action.stage().label.to_lowercase()
                    ),
                });
            }
        }
    }
}

fn ended_agreements(view: View<'_>, found: &mut Vec<Contradiction>) {
    for (record, supplier) in view.isms.live::<Supplier>() {
        let ends: Option<Vec<_>> = supplier.agreements.iter().map(|it| it.until).collect();
        let last = ends.and_then(|it| it.into_iter().max());
        if let Some(last) = last.filter(|it| *it < view.day) {
            found.push(Contradiction {
                records: vec![record.head.id],
                text: format!(
                    "{} “{}” still counts as a supplier, but its last agreement ended on {last}",
                    record.name(),
                    record.title()
                ),
            });
        }
    }
}
