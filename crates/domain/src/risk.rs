//! Levels of risk: computed from a rating by the edition of the method that the risk names.

mod above;
mod matrix;

use kinds::{
    Kind,
    risk::Risk,
    risk_method::{Acceptable, RiskMethod},
};
use meta::{Link, Rating, Record};

pub use self::{
    above::{Above, above, accepted_until, decides_above},
    matrix::{Matrix, Stand, matrix},
};
use crate::View;

/// The method a risk is judged by.
#[derive(Clone, Copy)]
pub struct Method<'a> {
    /// The record of the edition, or of the working copy where nothing is published.
    pub record: &'a Record,
    /// Its body.
    pub body: &'a RiskMethod,
    /// Whether it is a published edition.
    pub in_force: bool,
}

/// The shade of a level by its place among so many, the lowest first: from 1 to 5, spread over them.
pub fn shade(place: usize, count: usize) -> u8 {
    let last = count.saturating_sub(1);
    (place * 4 + last / 2).checked_div(last).map_or(3, |it| 1 + it.min(4) as u8)
}

/// How a level stands against the acceptance criteria (6.1.2 e 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evaluation {
    /// Acceptable as it is.
    Acceptable,
    /// Acceptable when the authority named says so.
    ByAuthority,
    /// Not acceptable: it must be treated.
    TooHigh,
    /// The criteria say nothing, or there is no level.
    Unknown,
}

/// The method in force on the view's day: the edition of the newest method that has one.
pub fn method_in_force(view: View<'_>) -> Option<Method<'_>> {
    let rows = view.isms.rows(RiskMethod::ID).rev().filter(|it| it.is_live());
    rows.filter_map(|it| view.isms.in_force(it.head.id, view.day)).find_map(|it| {
        Some(Method { record: &it.record, body: it.record.typed()?, in_force: true })
    })
}

/// The method in force, else the newest working copy.
pub fn method(view: View<'_>) -> Option<Method<'_>> {
    method_in_force(view).or_else(|| {
        let (record, body) = view.isms.live::<RiskMethod>().last()?;
        Some(Method { record, body, in_force: false })
    })
}

/// The method by which a risk says it was rated; the present one where it names none.
pub fn method_of<'a>(view: View<'a>, risk: &Risk) -> Option<Method<'a>> {
    let Some(link) = risk.method else { return method(view) };
    named(view, link.link()).or_else(|| method(view))
}

/// Whether a risk is rated by another edition of the method than the one in force: its levels cannot
/// be compared with those of others.
pub fn is_older(view: View<'_>, risk: &Risk) -> bool {
    let key = |it: Method<'_>| (it.record.head.id, it.record.head.version);
    let own = method_of(view, risk).map(key);
    method_in_force(view).is_some_and(|it| own != Some(key(it)))
}

/// The method that a link names: its edition, else the one in force, else the working copy.
pub fn named(view: View<'_>, link: Link) -> Option<Method<'_>> {
    let edition = match link.edition {
        Some(edition) => Some(view.isms.edition(link.id, edition.get())?),
        None => view.isms.in_force(link.id, view.day),
    };
    if let Some(edition) = edition {
        let body = edition.record.typed()?;
        return Some(Method { record: &edition.record, body, in_force: true });
    }
    let record = view.isms.get(link.id)?;
    Some(Method { record, body: record.typed()?, in_force: false })
}

/// The level of a rating, as a rank of the method (6.1.2 d 3).
pub fn level(method: Option<Method<'_>>, rating: Option<&Rating>) -> Option<i64> {
    method?.body.rating_level(rating?)
}

/// How a level stands against the acceptance criteria.
pub fn evaluate(method: Option<Method<'_>>, level: Option<i64>) -> Evaluation {
    let found = method.zip(level).and_then(|(method, level)| method.body.accepts(level));
    match found.and_then(|it| it.acceptable) {
        Some(Acceptable::Yes) => Evaluation::Acceptable,
        Some(Acceptable::ByAuthority) => Evaluation::ByAuthority,
        Some(Acceptable::Never) => Evaluation::TooHigh,
        None => Evaluation::Unknown,
    }
}
