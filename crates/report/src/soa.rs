//! The Statement of Applicability (ISO/IEC 27001, 6.1.3 d): the necessary controls, why each is
//! included, whether it is implemented, and why controls of Annex A are excluded.

mod columns;
mod csv;
mod pages;
mod xlsx;

pub use self::csv::soa_csv;
pub use self::xlsx::soa_xlsx;

use crate::{Error, typeset};
use domain::soa::{Counts, Soa};

/// The statement as a PDF in A4 landscape: a cover whose counts equal the rows, then every row.
///
/// # Errors
///
/// [`Error::Counts`] if the figures of the cover do not equal the rows (SOA-15), otherwise as
/// [`crate::pdf`].
pub fn soa_pdf(soa: &Soa) -> Result<Vec<u8>, Error> {
    check(soa)?;
    typeset::pdf(TEMPLATE, &pages::Paper::of(soa), soa.day)
}

const TEMPLATE: &str = include_str!("../templates/soa.typ");

/// Refuses a statement whose cover would contradict its rows (SOA-15).
fn check(soa: &Soa) -> Result<(), Error> {
    let rows = Counts::of(&soa.rows);
    let seeds = soa.rows.iter().map(|row| u64::from(row.seed)).sum();
    let cover = &soa.counts;
    let figures = [
        ("total", cover.total, rows.total),
        ("included", cover.included, rows.included),
        ("excluded", cover.excluded, rows.excluded),
        ("undecided", cover.undecided, rows.undecided),
        ("own", cover.own, rows.own),
        ("implemented", cover.implemented, rows.implemented),
        ("in_part", cover.in_part, rows.in_part),
        ("planned", cover.planned, rows.planned),
        ("not_begun", cover.not_begun, rows.not_begun),
        ("unknown", cover.unknown, rows.unknown),
    ]
    .map(|(figure, stated, found)| (figure, u64::from(stated), u64::from(found)));
    let wrong = figures
        .into_iter()
        .chain([("seeds", u64::from(soa.seeds), seeds)])
        .find(|(_, stated, found)| stated != found);
    match wrong {
        Some((figure, stated, found)) => Err(Error::Counts { figure, stated, found }),
        None => Ok(()),
    }
}
