//! Where to go that is no record: pages, clauses, controls, rules, and things to do.

use domain::{
    access::{Act, On},
    conformity,
    search::Ranker,
};
use jiff::civil::Date;

use super::{Goal, To};
use crate::{Ask, shell, words};

/// What only letters scattered over it say is no likely page.
const LIKELY: u32 = 2_000;

/// What is said just so.
const CERTAIN: u32 = 6_000;

/// The places whose name somebody may mean; with nothing typed the pages of the menu.
pub(super) fn all(ask: &Ask, typed: &str) -> Vec<Goal<'static>> {
    let typed = typed.trim();
    if typed.is_empty() {
        let pages = shell::pages(ask).into_iter();
        return pages.map(|(path, label)| page(0, path, String::new(), label, "page")).collect();
    }
    let mut goals = Vec::new();
    goals.extend(as_of(ask, typed));
    let mut ranker = Ranker::new(typed);
    let mut add = |path: String, reference: &str, label: String, what: &'static str| {
        let by_label = ranker.rank(&label);
        let by_both = match reference {
            "" => None,
            it if it.eq_ignore_ascii_case(typed) => Some(CERTAIN),
            it => ranker.rank(&format!("{it} {label}")),
        };
        if let Some(rank) = by_label.max(by_both).filter(|it| *it >= LIKELY) {
            goals.push(page(rank, path, reference.to_owned(), label, what));
        }
    };
    for (path, label) in shell::pages(ask) {
        add(path, "", label, "page");
    }
    for def in kinds::KINDS.iter().filter(|it| ask.may(Act::Create, On::Kind(it))) {
        let label = format!("New {}", words::small(def.label));
        add(ask.to(&format!("/{}/new", def.id)), "", label, "to do");
    }
    if ask.may(Act::SeeEverything, On::Everything) {
        for clause in catalog::clauses().iter().filter(|it| it.id.len() > 1) {
            let level = clause.level == catalog::ClauseLevel::Requirement;
            if level {
                let to = ask.to(&format!("/spine/{}", clause.id));
                add(to, clause.id, clause.title.to_owned(), "clause");
            }
        }
        for control in catalog::controls() {
            let to = ask.to(&format!("/spine/{}", control.id));
            add(to, control.id, control.title.to_owned(), "auditor's view");
        }
        for rule in conformity::rules() {
            let to = ask.to(&format!("/conformity/{}", rule.id));
            add(to, rule.id, rule.title.to_owned(), "check");
        }
    }
    if let Some(rank) = ranker.rank("Sign out").filter(|it| *it >= LIKELY) {
        goals.push(Goal { rank, to: To::SignOut });
    }
    add_account(&mut goals, &mut ranker);
    goals
}

fn add_account(goals: &mut Vec<Goal<'static>>, ranker: &mut Ranker) {
    for (path, label) in [("/account", "My account"), ("/organizations", "Organizations")] {
        if let Some(rank) = ranker.rank(label).filter(|it| *it >= LIKELY) {
            goals.push(page(rank, path.to_owned(), String::new(), label.to_owned(), "page"));
        }
    }
}

/// `as of 2026-03-31`, or the day alone: everything as it was then.
fn as_of(ask: &Ask, typed: &str) -> Option<Goal<'static>> {
    if !ask.may(Act::SeeEverything, On::Everything) {
        return None;
    }
    let lower = typed.to_lowercase();
    let day: Date = lower.strip_prefix("as of").unwrap_or(&lower).trim().parse().ok()?;
    let to = format!("/o/{}@{day}", ask.here().organization.slug());
    let label = format!("Everything as of {}", words::day(day));
    Some(page(CERTAIN, to, String::new(), label, "to do"))
}

fn page(
    rank: u32,
    path: String,
    reference: String,
    label: String,
    what: &'static str,
) -> Goal<'static> {
    Goal { rank, to: To::Page(path, reference, label, what) }
}
