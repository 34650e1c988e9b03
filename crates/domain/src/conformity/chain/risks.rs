//! Risks with their levels, owners, actions and what their owners decided.

use std::collections::HashMap;

use kinds::{
    action::Action,
    approval::{Approval, Purpose},
    risk::{Concerns, Risk, Treatment},
};
use meta::{Id, Link, Record};

use super::{Chain, Index, Owner, is_answer, is_vouched_for};
use crate::{
    View, approvals,
    risk::{self, Evaluation, Method},
};

/// A risk with its levels, computed by the edition of the method it names.
pub struct RiskState<'a> {
    /// The record.
    pub record: &'a Record,
    /// Its body.
    pub risk: &'a Risk,
    /// The edition of the method it is rated by; `None` where there is none that counts.
    pub method: Option<Method<'a>>,
    /// The level with nothing at work against it.
    pub inherent: Option<i64>,
    /// The level today.
    pub current: Option<i64>,
    /// The level that will remain.
    pub residual: Option<i64>,
    /// How the level of today stands against the acceptance criteria.
    pub evaluation: Evaluation,
    /// The actions that serve it, canceled ones left out.
    pub actions: Vec<(&'a Record, &'a Action)>,
    /// The newest approval of its treatment that was given, refused or taken back.
    pub plan: Option<(&'a Record, &'a Approval)>,
    /// The newest acceptance of what remains that was given, refused or taken back.
    pub acceptance: Option<(&'a Record, &'a Approval)>,
}

impl<'a> RiskState<'a> {
    /// A risk with its levels by this method.
    pub fn new(record: &'a Record, risk: &'a Risk, method: Option<Method<'a>>) -> Self {
        let current = risk::level(method, risk.current.as_deref());
        Self {
            record,
            risk,
            method,
            inherent: risk::level(method, risk.inherent.as_deref()),
            current,
            residual: risk::level(method, risk.residual.as_deref()),
            evaluation: risk::evaluate(method, current),
            actions: Vec::new(),
            plan: None,
            acceptance: None,
        }
    }

    /// Whether it is still a sketch: what is missing cannot be held against it.
    pub fn is_sketch(&self) -> bool {
        self.record.head.stage == 0
    }

    /// Whether it threatens information rather than the ISMS itself.
    pub fn is_of_information(&self) -> bool {
        self.risk.concerns != Some(Concerns::Isms)
    }

    /// Whether it is above what the acceptance criteria let pass; `None` where it cannot be told.
    pub fn is_too_high(&self) -> Option<bool> {
        match self.evaluation {
            Evaluation::Acceptable => Some(false),
            Evaluation::ByAuthority | Evaluation::TooHigh => Some(true),
            Evaluation::Unknown => None,
        }
    }

    /// Whether anything else is done about it than living with it.
    pub fn is_treated(&self) -> bool {
        self.risk.treatment.iter().any(|it| *it != Treatment::Retain)
    }

    /// How the residual level stands against the acceptance criteria; the level of today where no
    /// residual is given.
    pub fn remaining(&self) -> Evaluation {
        match self.residual {
            Some(level) => risk::evaluate(self.method, Some(level)),
            None => self.evaluation,
        }
    }

    /// The name of a level by its method.
    pub fn level_name(&self, level: i64) -> String {
        let name = self.method.and_then(|it| it.body.level_name(level));
        name.map_or_else(|| level.to_string(), str::to_owned)
    }
}

/// Fills in the risks, their owners, actions and approvals.
pub(super) fn index(chain: &mut Chain<'_>) {
    let view = chain.view;
    let mut methods = HashMap::<Option<Link>, Option<Method<'_>>>::new();
    let mut at = Index::<Id>::default();
    for (record, risk) in chain.own::<Risk>() {
        let named = risk.method.map(|it| it.link());
        let method = *methods.entry(named).or_insert_with(|| method_of(view, risk));
        if let Some(owner) = risk.owner {
            chain.owners.entry(owner.id()).or_insert_with(|| Owner::of(view, &owner));
        }
        at.insert(record.head.id, chain.risks.len());
        chain.risks.push(RiskState::new(record, risk, method));
    }
    for (record, action) in chain.own::<Action>() {
        for served in &action.serves {
            if let Some(at) = at.get(&served.id()) {
                chain.risks[*at].actions.push((record, action));
            }
        }
    }
    for record in view.isms.rows("approval") {
        let Some(approval) = record.typed::<Approval>() else { continue };
        let Some(subject) = approval.subject.filter(|_| is_answer(record, approval.purpose)) else {
            continue;
        };
        let Some(risk) = at.get(&subject.id()).map(|at| &mut chain.risks[*at]) else { continue };
        let slot = match approval.purpose {
            Some(Purpose::AcceptResidual) => &mut risk.acceptance,
            _ => &mut risk.plan,
        };
        if slot.is_none_or(|(last, _)| approvals::decided_at(last) <= approvals::decided_at(record))
        {
            *slot = Some((record, approval));
        }
    }
}

/// The method a risk is rated by, where it is an edition that a person answers for.
fn method_of<'a>(view: View<'a>, risk: &Risk) -> Option<Method<'a>> {
    risk::method_of(view, risk).filter(|it| it.in_force && is_vouched_for(view, it.record))
}
