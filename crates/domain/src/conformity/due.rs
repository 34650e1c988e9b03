//! When something must be looked at again, and when it was recorded.

use std::collections::HashMap;

use jiff::{civil::Date, tz::TimeZone};
use meta::{Period, Record};

use crate::{Isms, approvals, conformity::Chain, parameters};

/// The day by which a record must be looked at again: the one set by its newest review or typed
/// into it, else one cadence after it was last looked at.
pub(super) fn review(
    chain: &Chain<'_>,
    record: &Record,
    last: Option<Date>,
    cadence: Option<Period>,
) -> Option<Date> {
    approvals::next_review(chain.view, record).or_else(|| Some(cadence?.after(last?)))
}

/// The day in the organization's time zone on which the commit at a position was made.
pub(super) fn recorded(chain: &Chain<'_>, position: u64) -> Option<Date> {
    Recorded::of(chain).day(position)
}

/// The days of commits, each looked up once: many records come in one commit.
pub(super) struct Recorded<'a> {
    isms: &'a Isms,
    zone: TimeZone,
    known: HashMap<u64, Option<Date>, foldhash::fast::RandomState>,
}

impl<'a> Recorded<'a> {
    /// Nothing looked up yet.
    pub(super) fn of(chain: &Chain<'a>) -> Self {
        let isms = chain.view.isms;
        Self { isms, zone: parameters::time_zone(isms), known: HashMap::default() }
    }

    /// The day of the commit at a position.
    pub(super) fn day(&mut self, position: u64) -> Option<Date> {
        *self.known.entry(position).or_insert_with(|| {
            Some(self.isms.moment(position)?.at.to_zoned(self.zone.clone()).date())
        })
    }
}
