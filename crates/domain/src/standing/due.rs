//! What is due: reviews, actions, answers, proofs, and acceptances that run out.

use std::collections::HashMap;

use jiff::{ToSpan, civil::Date};
use kinds::{
    action::Action,
    approval::{Approval, Purpose},
    evidence::Evidence,
};
use meta::{Body, Cell, Id, Record};

use crate::{conformity::Chain, duties};

/// How many days ahead something counts as due soon.
pub const SOON: i32 = 14;

/// How many things are kept of what is late, and of what is due soon.
const KEPT: usize = 60;

/// What is due, or past due.
#[derive(Default)]
pub struct Due {
    /// What is due today or within [`SOON`] days, the earliest first.
    pub soon: Vec<DueItem>,
    /// How much is due soon, also what is not kept.
    pub soon_count: usize,
    /// What should have been done before today, the oldest first.
    pub late: Vec<DueItem>,
    /// How much is late, by what it is.
    pub late_counts: Vec<(DueWhat, usize)>,
}

/// One thing that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DueItem {
    /// The day.
    pub day: Date,
    /// The record.
    pub record: Id,
    /// What is due about it.
    pub what: DueWhat,
}

/// What is due about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DueWhat {
    /// It is to be looked at again.
    Review,
    /// It is to be done.
    Action,
    /// It wants an answer.
    Answer,
    /// A proof is wanted.
    Proof,
    /// What was accepted about it runs out.
    Acceptance,
}

/// What is due in the organization.
pub(super) fn of(chain: &Chain<'_>) -> Due {
    let (isms, day) = (chain.view.isms, chain.view.day);
    let mut all: Vec<DueItem> = Vec::new();
    let until = day.saturating_add(SOON.days());
    let mut add = |what: DueWhat, due: Option<Date>, record: &Record| {
        if let Some(due) = due.filter(|it| *it <= until) {
            all.push(DueItem { day: due, record: record.head.id, what });
        }
    };
    let mut reviews: HashMap<Id, Date, foldhash::fast::RandomState> = HashMap::default();
    for (record, approval) in isms.live::<Approval>() {
        let Some(subject) = approval.subject else { continue };
        match (record.stage().id, approval.purpose) {
            ("asked", _) => add(DueWhat::Answer, approval.answer_by, record),
            ("given", Some(Purpose::Review)) => {
                if let Some(next) = approval.next_review {
                    let known = reviews.entry(subject.id()).or_insert(next);
                    *known = next.max(*known);
                }
            }
            _ => {}
        }
    }
    for risk in &chain.risks {
        if let Some((_, approval)) = risk.acceptance.filter(|it| it.0.stage().id == "given") {
            add(DueWhat::Acceptance, approval.good_until, risk.record);
        }
    }
    for def in kinds::KINDS {
        let Some((at, _)) = def.field("next_review") else { continue };
        for record in isms.rows(def.id).filter(|it| it.is_live() && it.is_own()) {
            let typed = match Body::cell(&record.body, at) {
                Cell::Day(day) => Some(day),
                _ => None,
            };
            add(DueWhat::Review, reviews.get(&record.head.id).copied().max(typed), record);
        }
    }
    for (record, action) in chain.own::<Action>().filter(|it| duties::is_open(it.0, it.1)) {
        add(DueWhat::Action, action.due, record);
    }
    for (record, evidence) in chain.own::<Evidence>().filter(|it| it.0.stage().id == "wanted") {
        add(DueWhat::Proof, evidence.wanted_by, record);
    }
    all.sort_unstable();
    let today = all.partition_point(|it| it.day < day);
    let (late, soon) = all.split_at(today);
    let kinds =
        [DueWhat::Review, DueWhat::Action, DueWhat::Answer, DueWhat::Proof, DueWhat::Acceptance];
    let count = |what: DueWhat| (what, late.iter().filter(|it| it.what == what).count());
    Due {
        soon: soon.iter().take(KEPT).copied().collect(),
        soon_count: soon.len(),
        late: late.iter().take(KEPT).copied().collect(),
        late_counts: kinds.into_iter().map(count).filter(|it| it.1 > 0).collect(),
    }
}
