//! Rules of clause 6.1.2: the method by which risks are assessed, and the risks.

mod method;
mod register;
mod repeated;

use crate::conformity::{Chain, Outcome, RiskState, Rule};

pub(super) static RULES: &[Rule] = &[
    method::APPROVED,
    method::ACCEPTANCE,
    method::PERFORMING,
    method::DEFINITIONS,
    method::TOTAL,
    register::ON_SCALE,
    register::COMPUTED,
    register::HARMS,
    register::CONCERNS_SOMETHING,
    register::OWNED,
    register::RATED,
    register::REASONED,
    register::EVALUATED,
    repeated::COMPARABLE,
    repeated::RESIDUAL,
    repeated::IN_PLACE,
    register::EXISTS,
    repeated::CONFIRMED,
];

/// The risks to information, sketches among them.
fn risks<'c, 'a>(chain: &'c Chain<'a>) -> impl Iterator<Item = &'c RiskState<'a>> {
    chain.risks.iter().filter(|it| it.is_of_information())
}

/// The outcome where there is no risk to judge.
fn no_risk() -> Outcome {
    Outcome::unknown("there is no risk in the register yet: see 6.1.2-17")
}

#[cfg(test)]
mod tests;
