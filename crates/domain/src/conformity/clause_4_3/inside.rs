//! Whether everything is in scope or out of it, and where what is inside is.

use std::collections::HashSet;

use kinds::{
    InScope, Kind,
    asset::Asset,
    person::Person,
    scope::Scope,
    site::{Site, SiteType},
    supplier::Supplier,
    unit::Unit,
};
use meta::{Id, Record};

use super::no_scope;
use crate::{
    conformity::{Case, Chain, Grade, Outcome, answers, in_force, outcome::Each},
    parameters,
};

/// Some places.
type Ids = HashSet<Id, foldhash::fast::RandomState>;

/// How far up the tree of units a scope's unit may stand.
const DEEPEST: usize = 32;

pub(super) fn decided(chain: &Chain<'_>) -> Outcome {
    let mut passes = Vec::with_capacity(chain.view.isms.count(Asset::ID));
    let mut open = Vec::new();
    let mut look = |record: &Record, in_scope: Option<InScope>| match in_scope {
        Some(InScope::Yes | InScope::No) => passes.push(record.head.id),
        _ => open.push(Case::on(record, "in scope or not: nobody decided")),
    };
    every::<Asset>(chain, |it| it.in_scope, &mut look);
    every::<Site>(chain, |it| it.in_scope, &mut look);
    every::<Unit>(chain, |it| it.in_scope, &mut look);
    every::<Supplier>(chain, |it| it.in_scope, &mut look);
    every::<Person>(chain, |it| it.in_scope, &mut look);
    let (undecided, count) = (open.len(), open.len() + passes.len());
    let limit = parameters::number(chain.view.isms, "scope.undecided").max(0) as usize;
    match (undecided, count) {
        (_, 0) => Outcome::unknown("there is nothing that could be in scope"),
        (0, count) => Outcome::pass(format!("all {count} records are in scope or out"), passes),
        (undecided, count) if undecided * 100 > limit * count => {
            let summary = format!("{undecided} of {count} records are neither in scope nor out");
            Outcome::fail(Grade::Minor, summary, open)
        }
        (undecided, count) => {
            let summary = format!("{undecided} of {count} records are neither in scope nor out");
            Outcome::unknown(summary).with_unknowns(open)
        }
    }
}

pub(super) fn places(chain: &Chain<'_>) -> Outcome {
    let mut listed: Ids = HashSet::default();
    let (mut is_in_force, mut covers_homes) = (false, false);
    for it in in_force::own::<Scope>(chain) {
        is_in_force = true;
        covers_homes |= answers::says(it.body.remote_work.as_ref());
        listed.extend(it.body.units.iter().map(|it| it.id()));
        listed.extend(it.body.sites.iter().map(|it| it.id()));
    }
    if !is_in_force {
        return no_scope();
    }
    let mut used: Vec<Id> = Vec::new();
    let mut seen: Ids = HashSet::default();
    let mut note = |place: Option<Id>| {
        used.extend(place.filter(|it| seen.insert(*it)));
    };
    for (_, it) in chain.own::<Person>().filter(|(_, it)| it.in_scope == Some(InScope::Yes)) {
        note(it.unit.map(|it| it.id()));
        note(it.site.map(|it| it.id()));
    }
    for (_, it) in chain.own::<Asset>().filter(|(_, it)| it.in_scope == Some(InScope::Yes)) {
        note(it.unit.map(|it| it.id()));
        note(it.site.map(|it| it.id()));
    }
    let mut each = Each::new();
    for record in used.into_iter().filter_map(|it| chain.view.isms.get(it)) {
        let is_home =
            record.typed::<Site>().is_some_and(|it| it.site_type == Some(SiteType::HomeWorking));
        let is_listed = is_home && covers_homes || is_within(chain, record.head.id, &listed);
        each.judge(record, is_listed, "used by people or assets in scope, but not in the scope");
    }
    each.outcome(Grade::Minor, "sites and units in use", || {
        Outcome::unknown("no site or unit of people and assets in scope is recorded")
    })
}

fn every<K: Kind>(
    chain: &Chain<'_>,
    in_scope: impl Fn(&K) -> Option<InScope>,
    look: &mut impl FnMut(&Record, Option<InScope>),
) {
    for (record, it) in chain.own::<K>() {
        look(record, in_scope(it));
    }
}

/// Whether a place, or a unit it belongs to, is listed.
fn is_within(chain: &Chain<'_>, place: Id, listed: &Ids) -> bool {
    let parent = |it: &Id| Some(chain.view.isms.typed::<Unit>(*it)?.parent?.id());
    std::iter::successors(Some(place), parent).take(DEEPEST).any(|it| listed.contains(&it))
}
