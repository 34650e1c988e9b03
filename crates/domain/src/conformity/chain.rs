//! One pass over the records that all rules read.

mod controls;
mod owner;
mod proof;
mod risks;

use std::collections::HashMap;

use kinds::{
    Kind,
    approval::{Approval, Purpose},
    evidence::Evidence,
};
use meta::{Id, Provenance, Record};

pub use self::{
    controls::{Caller, CallerKind, ControlState},
    owner::Owner,
    proof::{Proof, ProofState},
    risks::RiskState,
};
use crate::{View, approvals, risk::Method};

/// What all rules read: the view, and indexes made once for a run.
pub struct Chain<'a> {
    /// The records and the day.
    pub view: View<'a>,
    /// The risk method in force; its working copy where none is published.
    pub method: Option<Method<'a>>,
    /// The risks that count, with their levels.
    pub risks: Vec<RiskState<'a>>,
    /// Every control that is not retired, seeds among them: Annex A in its order, then the
    /// organization's own.
    pub controls: Vec<ControlState<'a>>,
    /// The publication of the Statement of Applicability in force, and its state.
    pub statement: Option<(&'a Record, &'a Approval, approvals::State)>,
    controls_at: Index<Id>,
    references_at: Index<&'static str>,
    owners: HashMap<Id, Owner, foldhash::fast::RandomState>,
}

/// Where something stands in a list of the chain.
type Index<K> = HashMap<K, usize, foldhash::fast::RandomState>;

impl<'a> Chain<'a> {
    /// Makes the indexes. O(n log n) in the number of records.
    pub fn build(view: View<'a>) -> Self {
        let mut chain = Self {
            view,
            method: crate::risk::method(view),
            risks: Vec::new(),
            controls: controls::all(view),
            statement: statement(view),
            controls_at: Index::default(),
            references_at: Index::default(),
            owners: HashMap::default(),
        };
        for (at, control) in chain.controls.iter().enumerate() {
            chain.controls_at.insert(control.record.head.id, at);
            if let Some(annex_a) = control.annex_a {
                chain.references_at.entry(annex_a.id).or_insert(at);
            }
        }
        risks::index(&mut chain);
        controls::index(&mut chain);
        chain
    }

    /// Records of a kind that count: live, and somebody's own rather than a seed.
    pub fn own<K: Kind>(&self) -> impl Iterator<Item = (&'a Record, &'a K)> + use<'a, K> {
        self.view.isms.live::<K>().filter(|(it, _)| it.is_own())
    }

    /// The method in force, where a person answers for it; never a working copy.
    pub fn method_in_force(&self) -> Option<Method<'a>> {
        self.method.filter(|it| it.in_force && is_vouched_for(self.view, it.record))
    }

    /// The control with this id, unless it is retired.
    pub fn control(&self, id: Id) -> Option<&ControlState<'a>> {
        self.controls.get(*self.controls_at.get(&id)?)
    }

    /// The 93 controls of Annex A in its order, each with its record where there is one.
    pub fn annex_a(
        &self,
    ) -> impl Iterator<Item = (&'static catalog::Control, Option<&ControlState<'a>>)> {
        catalog::controls().iter().map(|it| {
            let at = self.references_at.get(it.id);
            (it, at.and_then(|at| self.controls.get(*at)))
        })
    }

    /// How the owner of a risk stands.
    pub fn owner(&self, risk: &RiskState<'a>) -> &Owner {
        let owner = risk.risk.owner.and_then(|it| self.owners.get(&it.id()));
        owner.unwrap_or(&Owner::Nobody)
    }

    /// A piece of evidence as proof, also one that was withdrawn; `None` for a seed.
    pub fn proof(&self, id: Id) -> Option<Proof<'a>> {
        let record = self.view.isms.get(id)?;
        Proof::of(record, record.typed::<Evidence>()?)
    }

    /// The edition of a controlled record that is in force today and that a person answers for.
    pub fn edition(&self, id: Id) -> Option<&'a Record> {
        let edition = self.view.isms.in_force(id, self.view.day)?;
        Some(&*edition.record).filter(|it| is_vouched_for(self.view, it))
    }
}

/// The publication of the statement in force today that a person gave.
pub(crate) fn statement(view: View<'_>) -> Option<(&Record, &Approval, approvals::State)> {
    let (record, approval) = approvals::soa_editions(view)
        .filter(|(record, _)| record.is_own())
        .rfind(|(_, it)| it.effective_from.is_none_or(|from| from <= view.day))?;
    Some((record, approval, approvals::state(view, record, approval)))
}

/// Whether a person answers for an edition: it is no seed, or it was confirmed since, unchanged.
fn is_vouched_for(view: View<'_>, edition: &Record) -> bool {
    let is_confirmed = |it: &Record| it.head.provenance == Provenance::Seed && it.is_own();
    edition.is_own() || view.isms.get(edition.head.id).is_some_and(is_confirmed)
}

/// Whether an approval is about what its owner decides, and was given, refused or taken back.
fn is_answer(record: &Record, purpose: Option<Purpose>) -> bool {
    let about = matches!(purpose, Some(Purpose::AcceptResidual | Purpose::ApproveTreatment));
    about
        && !record.head.withdrawn
        && record.is_own()
        && matches!(record.stage().id, "given" | "refused" | "revoked")
}
