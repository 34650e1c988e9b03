//! What has a day: of one person, or of everybody, from a while ago to a year ahead.

use std::collections::BTreeSet;

use jiff::{ToSpan, civil::Date};
use kinds::{
    action::Action,
    approval::{Approval, Purpose},
    evidence::Evidence,
};
use meta::{Id, Record};

use crate::{
    View,
    access::{Act, On, Sight},
    approvals,
    duties::{self, What},
};

/// So many days ahead are looked at.
const AHEAD: i32 = 366;

/// So many days back what is late is still named.
const BACK: i32 = 183;

/// At most so many things are named, the next ones first.
const MOST: usize = 2_000;

/// Something that has a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dated {
    /// The day.
    pub day: Date,
    /// What is to be done.
    pub what: What,
    /// About which record.
    pub record: Id,
}

/// What has a day for the person whose sight this is, by day.
pub fn mine(sight: Sight<'_>) -> Vec<Dated> {
    let mut found = BTreeSet::new();
    for duty in duties::of(sight) {
        if let Some(day) = duty.day {
            found.insert(Dated { day, what: duty.what, record: duty.record.head.id });
        }
    }
    for record in duties::owned(sight) {
        let may = sight.may(Act::Approve(Purpose::Review), On::Record(record));
        found.extend(review(sight.view, record).filter(|_| may));
    }
    cut(sight.view.day, found)
}

/// What has a day for anybody, by day: for who may see everything.
pub fn everything(view: View<'_>) -> Vec<Dated> {
    let mut found = BTreeSet::new();
    let mut add = |day: Option<Date>, what: What, record: &Record| {
        found.extend(day.map(|day| Dated { day, what, record: record.head.id }));
    };
    for (record, approval) in view.isms.live::<Approval>() {
        if record.stage().id == "asked" {
            add(approval.answer_by, What::Answer, record);
        }
    }
    for (record, action) in view.isms.live::<Action>() {
        if record.is_own() && duties::is_open(record, action) {
            add(action.due, What::Act, record);
        }
    }
    for (record, evidence) in view.isms.live::<Evidence>() {
        if record.is_own() && record.stage().id == "wanted" {
            add(evidence.wanted_by, What::Prove, record);
        }
    }
    for def in kinds::KINDS.iter().filter(|it| it.field("next_review").is_some()) {
        let rows = view.isms.rows(def.id).filter(|it| it.is_live() && it.is_own());
        found.extend(rows.filter_map(|it| review(view, it)));
    }
    cut(view.day, found)
}

fn review(view: View<'_>, record: &Record) -> Option<Dated> {
    record.def().field("next_review").filter(|_| record.is_live())?;
    let day = approvals::next_review(view, record)?;
    Some(Dated { day, what: What::Review, record: record.head.id })
}

fn cut(today: Date, found: BTreeSet<Dated>) -> Vec<Dated> {
    let (from, until) = (today.saturating_sub(BACK.days()), today.saturating_add(AHEAD.days()));
    let near = found.into_iter().filter(|it| it.day >= from && it.day <= until);
    near.take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{access::Access, conformity::fixture::Fixture};

    #[test]
    fn what_is_due_within_a_year_has_its_day_once() {
        let mut f = Fixture::new();
        let (me, bea) = (f.me(), f.person("Bea"));
        for profile in ["administrator", "isms_manager"] {
            f.new_record("membership", json!({"title": profile, "person": me, "profile": profile}));
        }
        let asset = |title: &str, owner: Id, day: &str| json!({"title": title, "asset_type": "software", "owner": owner, "next_review": day});
        f.new_record("asset", asset("Soon", me, "2026-11-25"));
        f.new_record("asset", asset("In spring", me, "2027-04-01"));
        f.new_record("asset", asset("Hers", bea, "2027-05-01"));
        f.new_record("asset", asset("Far away", me, "2029-01-01"));
        let view = View::new(&f.isms, f.day);
        let access = Access::of(&f.isms, me, f.day);
        let titles = |found: Vec<Dated>| -> Vec<String> {
            found.iter().map(|it| f.isms.get(it.record).unwrap().title().to_owned()).collect()
        };
        assert_eq!(titles(mine(Sight::new(view, &access))), ["Soon", "In spring"]);
        assert_eq!(titles(everything(view)), ["Soon", "In spring", "Hers"]);
    }
}
