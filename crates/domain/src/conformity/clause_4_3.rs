//! Clause 4.3: the scope, its edges and what crosses them.

mod edges;
mod inside;

use kinds::{YesNo, organization::Organization, scope::Scope};
use kinds::{issue::Issue, organization::Fact, person::Person, requirement::Requirement};

use crate::conformity::{
    AuditStage, Basis, Case, Chain, Grade, Outcome, Rule, answers, in_force, outcome::Each,
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "4.3-01",
        clause: "4.3.di",
        title: "The scope is written down and in force",
        explanation: "The scope must be available as documented information, and everything else \
                      is audited against it. The edition in force counts; a draft or an untouched \
                      seed does not.",
        mend: "Write the scope (`muniment new scope`), then publish it with `muniment approve`.",
        basis: Basis::Shall,
        isolated: Grade::Major,
        systemic: Grade::Major,
        stages: &[AuditStage::One],
        reads: &["scope", "approval"],
        judge: Some(published),
        waits_for: "",
    },
    Rule {
        id: "4.3-02",
        clause: "4.3",
        title: "The scope says where its boundaries are",
        explanation: "Units, sites, activities and systems together draw the boundary, and work \
                      away from the sites is part of it where people work so. One of them left \
                      silent is something to improve; with neither units nor sites, or without \
                      the statement itself, the boundary cannot be determined, which is a minor \
                      gap.",
        mend: "Edit the scope, fill in what is silent, and publish it anew.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["scope", "approval", "person", "organization"],
        judge: Some(boundaries),
        waits_for: "",
    },
    Rule {
        id: "4.3-03",
        clause: "4.3.a",
        title: "The scope was drawn with issues and requirements in view",
        explanation: "The standard asks that issues and requirements are considered when the \
                      scope is drawn, not that the text quotes them. The position up to which \
                      they were considered settles it. Without it there is something to improve, \
                      and where there was nothing to consider when the scope was made, a minor \
                      gap.",
        mend: "Look at issues and requirements, set `considered` in the scope to the position of \
               the ledger you looked at, and publish it anew.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["scope", "approval", "issue", "requirement"],
        judge: Some(considered),
        waits_for: "",
    },
    Rule {
        id: "4.3-04",
        clause: "4.3.c",
        title: "What crosses the edge of the scope is named",
        explanation: "Cloud services, work handed over and services within a group are interfaces \
                      and dependencies of the scope. A scope without any, or a supplier of that \
                      sort in use and in scope that no interface names, is a minor gap; so is a \
                      group parent without an interface to the group.",
        mend: "Add a row to the scope's `interfaces` for each, naming the supplier, and publish it \
               anew.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["scope", "approval", "supplier", "organization"],
        judge: Some(edges::interfaces),
        waits_for: "",
    },
    Rule {
        id: "4.3-05",
        clause: "4.3.c",
        title: "What is left out says why, and its edge is handled",
        explanation: "Leaving out a unit, a site or an activity is allowed; an auditor asks why, \
                      and whether it was left out to dodge a risk. A missing reason is something \
                      to improve; a part left out whose interface to the rest nobody handles is a \
                      minor gap.",
        mend: "Give the reason in the unit, the site or the scope's `left_out`, and say there how \
               the interface is handled.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["scope", "approval", "unit", "site"],
        judge: Some(edges::left_out),
        waits_for: "",
    },
    Rule {
        id: "4.3-06",
        clause: "4.3",
        title: "Everything is in scope or out of it",
        explanation: "As long as nobody decided whether an asset, site, unit, supplier or person \
                      is in scope, it cannot be told what the ISMS covers. A few open ones leave \
                      the answer open; more than your parameter `scope.undecided` (so many of a \
                      hundred) are a minor gap.",
        mend: "Edit each record and set `in_scope` to yes or no.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        reads: &["asset", "site", "unit", "supplier", "person", "organization"],
        judge: Some(inside::decided),
        waits_for: "",
    },
    Rule {
        id: "4.3-08",
        clause: "4.3",
        title: "Where people and assets in scope are is in the scope too",
        explanation: "A site or unit where people or assets in scope are, but which the scope in \
                      force does not list, means that the scope is drawn too small. A unit counts \
                      as listed when one it belongs to is; homes count when the scope says how \
                      remote work is covered.",
        mend: "Add the site or unit to the scope and publish it anew, or correct where the people \
               and assets are.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        reads: &["scope", "approval", "person", "asset", "unit", "site"],
        judge: Some(inside::places),
        waits_for: "",
    },
];

fn published(chain: &Chain<'_>) -> Outcome {
    let passes: Vec<_> = in_force::own::<Scope>(chain).map(|it| it.id()).collect();
    if !passes.is_empty() {
        return Outcome::pass("the scope is in force", passes);
    }
    let mut fails: Vec<Case> = chain
        .view
        .isms
        .live::<Scope>()
        .map(|(record, _)| match record.is_own() {
            true => Case::on(record, "a draft: no edition is in force"),
            false => Case::on(record, "a seed nobody has confirmed"),
        })
        .collect();
    if fails.is_empty() {
        fails.push(Case::absent("no scope"));
    }
    Outcome::fail(Grade::Major, "no scope is in force", fails)
}

fn boundaries(chain: &Chain<'_>) -> Outcome {
    let is_remote = organization(chain).is_some_and(|it| it.fact(Fact::RemoteWork) == YesNo::Yes)
        || chain.own::<Person>().any(|(_, it)| it.remote == Some(true));
    let mut each = Each::new();
    let mut unclear = false;
    for it in in_force::own::<Scope>(chain) {
        let scope = it.body;
        let no_statement = !answers::says(scope.statement.as_ref());
        let silent = [
            (no_statement, "the statement"),
            (scope.units.is_empty(), "units"),
            (scope.sites.is_empty(), "sites"),
            (scope.activities.is_empty(), "activities and services"),
            (scope.assets.is_empty(), "systems and networks"),
            (is_remote && !answers::says(scope.remote_work.as_ref()), "remote work"),
        ];
        let silent: Vec<&str> = silent.iter().filter(|it| it.0).map(|it| it.1).collect();
        unclear |= no_statement || scope.units.is_empty() && scope.sites.is_empty();
        match silent.is_empty() {
            true => each.pass(it.working),
            false => each.fail(it.working, format!("silent on {}", silent.join(", "))),
        }
    }
    let grade = if unclear { Grade::Minor } else { Grade::Opportunity };
    each.outcome(grade, "scopes", no_scope)
}

fn considered(chain: &Chain<'_>) -> Outcome {
    let issue = chain.own::<Issue>().map(|(it, _)| it.head.created).min();
    let requirement = chain.own::<Requirement>().map(|(it, _)| it.head.created).min();
    let mut each = Each::new();
    let mut nothing = false;
    for it in in_force::own::<Scope>(chain) {
        let up_to = it.body.considered.and_then(|it| u64::try_from(it).ok());
        let seen = up_to.unwrap_or(it.edition.record.head.changed);
        let was_there = |first: Option<u64>| first.is_some_and(|it| it <= seen);
        match (was_there(issue), was_there(requirement), up_to) {
            (true, true, Some(_)) => each.pass(it.working),
            (true, true, None) => {
                each.fail(it.working, "does not say up to when issues and requirements were seen");
            }
            (some_issue, some_requirement, _) => {
                nothing = true;
                let note = match (some_issue, some_requirement) {
                    (true, _) => "no requirement was there to be considered",
                    (_, true) => "no issue was there to be considered",
                    _ => "neither issues nor requirements were there to be considered",
                };
                each.fail(it.working, note);
            }
        }
    }
    let grade = if nothing { Grade::Minor } else { Grade::Opportunity };
    each.outcome(grade, "scopes", no_scope)
}

fn organization<'a>(chain: &Chain<'a>) -> Option<&'a Organization> {
    chain.own::<Organization>().next().map(|it| it.1)
}

fn no_scope() -> Outcome {
    Outcome::unknown("no scope is in force")
}

#[cfg(test)]
mod tests;
