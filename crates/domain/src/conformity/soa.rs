//! Rules of the Statement of Applicability (6.1.3 c and d).

mod exclusions;
mod proof;
mod rows;
mod statement;

use crate::conformity::{Chain, ControlState, Outcome, Rule};

pub(super) static RULES: &[Rule] = &[
    statement::APPROVED,
    rows::DECIDED,
    rows::JUSTIFIED,
    rows::EXCLUDED_FOR_A_REASON,
    rows::STATUS_TOLD,
    statement::COMPLETE,
    rows::CALLED_FOR,
    exclusions::CONTRADICTED,
    proof::SHOWN,
    rows::PLANNED,
    statement::UP_TO_DATE,
    statement::IDENTIFIED,
    statement::CERTIFIED,
    rows::OWN_WORDS,
    statement::COUNTED,
    proof::DOCUMENTED,
    proof::FRESH,
];

/// The controls that somebody decided to include.
fn included<'c, 'a>(chain: &'c Chain<'a>) -> impl Iterator<Item = &'c ControlState<'a>> {
    chain.controls.iter().filter(|it| it.is_included())
}

/// The outcome where no control is included yet.
fn none_included() -> Outcome {
    Outcome::unknown("no control is included yet: see SOA-02")
}

#[cfg(test)]
mod tests;
