//! Rules of clause 6.1.3: how risks are treated, the treatment plan, and who agreed to it.

mod assent;
mod plan;
mod treatment;

use kinds::{
    Holder,
    approval::{Approval, Decision},
};
use meta::Id;

use crate::conformity::{Outcome, RiskState, Rule};

pub(super) static RULES: &[Rule] = &[
    treatment::PROCESS,
    treatment::DECIDED,
    treatment::BY_CONTROLS,
    treatment::BY_MECHANISM,
    treatment::RETAINED,
    treatment::COMPARED,
    plan::APPROVED,
    plan::COMPLETE,
    plan::IN_TIME,
    assent::TO_THE_PLAN,
    assent::TO_WHAT_REMAINS,
    assent::STILL_HOLDS,
    assent::WITH_CARE,
];

/// The outcome where there is no risk to judge.
fn no_risk() -> Outcome {
    Outcome::unknown("there is no risk in the register yet: see 6.1.2-17")
}

/// Whether the treatment of a risk needs its owner's approval: something is done about it, or it is
/// above the criteria; `None` where that cannot be told.
fn needs_plan(risk: &RiskState<'_>) -> Option<bool> {
    if risk.is_treated() { Some(true) } else { risk.is_too_high() }
}

/// Whether an approval was given by somebody who was behind an owner that day, as it was captured.
fn is_by_owner(approval: &Approval, owner: &Holder) -> bool {
    let is_owner = |id: Option<Id>| id == Some(owner.id());
    is_owner(approval.by.map(|it| it.id()))
        || is_owner(approval.acting_as.map(|it| it.id()))
        || approval.roles_held.iter().any(|it| it.id() == owner.id())
}

/// Whether the answer was yes, perhaps on conditions.
fn is_given(approval: &Approval) -> bool {
    matches!(approval.decision, Some(Decision::Given | Decision::GivenOnCondition))
}

#[cfg(test)]
mod tests;
