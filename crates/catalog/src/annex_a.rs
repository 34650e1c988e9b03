//! The controls of Annex A, by theme.

mod organizational_1;
mod organizational_2;
mod people;
mod physical;
mod technological_1;
mod technological_2;

use crate::control::Control;

/// The controls of all themes, in order.
pub(crate) fn all() -> impl Iterator<Item = &'static Control> {
    [
        organizational_1::CONTROLS,
        organizational_2::CONTROLS,
        people::CONTROLS,
        physical::CONTROLS,
        technological_1::CONTROLS,
        technological_2::CONTROLS,
    ]
    .into_iter()
    .flatten()
}
