//! The edition of the statement that is in force, beside the working copy.

use jiff::civil::Date;
use meta::Id;

use super::{Edition, projection};
use crate::{
    View,
    approvals::{self, State},
    conformity,
};

/// The edition of the statement in force on a day, and how the records differ from it since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The edition.
    pub edition: Edition,
    /// When it was approved.
    pub approved_on: Option<Date>,
    /// The approval that published it.
    pub approval: Id,
    /// The ledger position of its approval: the records as of there are what was approved.
    pub position: u64,
    /// The references of the rows that say something else by now.
    pub changed: Vec<String>,
    /// The last day on which it held, where that is past.
    pub ended: Option<Date>,
}

/// The edition of the statement in force on the view's day; `None` where none was published.
pub fn in_force(view: View<'_>) -> Option<InForce> {
    let (record, approval, state) = conformity::statement(view)?;
    let (changed, ended) = match state {
        State::Stale(rows) => (rows, None),
        State::Expired(until) => (Vec::new(), Some(until)),
        _ => (Vec::new(), None),
    };
    Some(InForce {
        edition: projection::edition(view, record, approval),
        approved_on: approval.decided_on,
        approval: record.head.id,
        position: approvals::decided_at(record),
        changed,
        ended,
    })
}

/// Every edition of the statement, also those to come, oldest first, with the position of its
/// approval.
pub fn editions<'a>(view: View<'a>) -> impl DoubleEndedIterator<Item = (u64, Edition)> + 'a {
    let all = approvals::soa_standing(view.isms);
    all.map(move |(record, it)| {
        (approvals::decided_at(record), projection::edition(view, record, it))
    })
}
