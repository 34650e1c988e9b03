//! What crosses the edge of the scope, and what was left outside.

use std::collections::HashSet;

use kinds::{
    InScope,
    scope::{InterfaceKind, Scope},
    site::Site,
    supplier::{Lifecycle, Supplier},
    unit::Unit,
};
use meta::{Id, Record};

use super::{no_scope, organization};
use crate::conformity::{Chain, Grade, Outcome, answers, in_force, outcome::Each};

pub(super) fn interfaces(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    let mut named: HashSet<Id> = HashSet::new();
    let mut to_group = false;
    let mut first = None;
    for it in in_force::own::<Scope>(chain) {
        first = first.or(Some(it.working));
        let rows = &it.body.interfaces;
        named.extend(rows.iter().filter_map(|it| Some(it.other_side?.id())));
        to_group |= rows.iter().any(|it| it.interface_kind == Some(InterfaceKind::Group));
        each.judge(it.working, !rows.is_empty(), "names no interface or dependency");
    }
    let Some(scope) = first else { return no_scope() };
    for (record, supplier) in chain.own::<Supplier>() {
        let is_inside = supplier.in_scope == Some(InScope::Yes);
        if is_inside && is_used(record) && supplier.is_dependency() {
            let named = named.contains(&record.head.id);
            each.judge(record, named, "in use and in scope, but no interface names it");
        }
    }
    if organization(chain).is_some_and(|it| answers::names(it.group_parent.as_ref())) && !to_group {
        each.fail(scope, "names no interface to the group");
    }
    each.outcome(Grade::Minor, "scopes and suppliers", no_scope)
}

pub(super) fn left_out(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    let mut is_in_force = false;
    let mut unhandled = false;
    for it in in_force::own::<Scope>(chain) {
        is_in_force = true;
        for row in &it.body.left_out {
            let what = &row.what;
            if !answers::names(row.handling.as_ref()) {
                unhandled = true;
                each.fail(
                    it.working,
                    format!("nobody handles the edge to what is left out: {what}"),
                );
            } else if !answers::names(row.why.as_ref()) {
                each.fail(it.working, format!("no word why this is left out: {what}"));
            } else {
                each.pass(it.working);
            }
        }
    }
    let units = chain
        .own::<Unit>()
        .map(|(record, it)| (record, it.in_scope, answers::names(it.out_of_scope_reason.as_ref())));
    let sites = chain
        .own::<Site>()
        .map(|(record, it)| (record, it.in_scope, answers::names(it.out_of_scope_reason.as_ref())));
    let mut is_inside = false;
    for (record, in_scope, has_reason) in units.chain(sites) {
        is_inside |= in_scope == Some(InScope::Yes);
        if in_scope == Some(InScope::No) {
            each.judge(record, has_reason, "out of scope, and no word why");
        }
    }
    let grade = if unhandled { Grade::Minor } else { Grade::Opportunity };
    each.outcome(grade, "parts left out", || match is_in_force && is_inside {
        true => Outcome::not_applicable("nothing is left out of the scope"),
        false => Outcome::unknown("no scope in force tells what is left out"),
    })
}

/// Whether a supplier serves you now.
fn is_used(record: &Record) -> bool {
    let used = [Lifecycle::Approved, Lifecycle::InUse, Lifecycle::Suspended, Lifecycle::Leaving];
    used.iter().any(|it| record.head.stage == *it as u8)
}
