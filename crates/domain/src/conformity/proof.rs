//! Proof shown for a record itself, and whether proofs left a gap in a time.

use jiff::civil::Date;
use kinds::evidence::Evidence;
use meta::{Id, Period};

use crate::conformity::{Chain, chain::Proof};

/// The evidence ever brought that shows this very record, also what was withdrawn: taking old proof
/// away must not hide that it ran out.
pub(super) fn shown<'a>(chain: &Chain<'a>, id: Id) -> Vec<Proof<'a>> {
    let mut sources: Vec<Id> =
        chain.view.isms.links_from::<Evidence>(id).map(|it| it.source).collect();
    sources.dedup();
    let proofs = sources.into_iter().filter_map(|it| chain.proof(it));
    proofs.filter(|it| it.evidence.shows.iter().any(|it| it.id() == id)).collect()
}

/// The first day from which proof was missing for longer than one cadence; `None` where it never
/// was. Without a first day only the time since the newest proof is looked at.
pub(super) fn gap<'a>(
    proofs: impl Iterator<Item = Proof<'a>>,
    cadence: Period,
    from: Option<Date>,
    day: Date,
) -> Option<Date> {
    let mut spans: Vec<(Date, Date)> = proofs
        .filter_map(|it| {
            let until = it.day()?;
            Some((it.evidence.period_from.unwrap_or(until).min(until), until))
        })
        .collect();
    spans.sort_unstable();
    let Some(from) = from else {
        let last = spans.iter().map(|it| it.1).max()?;
        return (cadence.after(last) < day).then_some(last);
    };
    let mut last = from;
    for (start, until) in spans {
        if cadence.after(last) < start {
            return Some(last);
        }
        last = last.max(until);
    }
    (cadence.after(last) < day).then_some(last)
}
