//! Controls with what calls for them, what describes them, what proves them and what is to be done.

use kinds::{
    action::Action,
    control::Control,
    document::Document,
    evidence::Evidence,
    obligation::{Obligation, ObligationType},
    requirement::{Addressed, Nature, Requirement},
};
use meta::{Id, Record};

use super::{Chain, Proof, ProofState};
use crate::{View, parameters};

/// A control with everything that belongs to its row in the Statement of Applicability.
pub struct ControlState<'a> {
    /// The record.
    pub record: &'a Record,
    /// Its body.
    pub control: &'a Control,
    /// The control of Annex A it stands for.
    pub annex_a: Option<&'static catalog::Control>,
    /// The records that call for it.
    pub callers: Vec<Caller<'a>>,
    /// The documents that describe it, each once.
    pub documents: Vec<(&'a Record, &'a Document)>,
    /// The evidence brought for it, also what no longer counts.
    pub proofs: Vec<Proof<'a>>,
    /// The actions that bring it into place, canceled ones left out, each once.
    pub actions: Vec<(&'a Record, &'a Action)>,
}

/// A record that calls for a control.
#[derive(Clone, Copy)]
pub struct Caller<'a> {
    /// What it is.
    pub kind: CallerKind,
    /// The record.
    pub record: &'a Record,
}

/// What calls for a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallerKind {
    /// A risk that names it as necessary.
    Risk,
    /// A law, a rule or a standard.
    Obligation,
    /// What an interested party requires.
    Requirement,
    /// A contract.
    Contract,
}

impl CallerKind {
    /// In one word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Risk => "risk",
            Self::Obligation => "obligation",
            Self::Requirement => "requirement",
            Self::Contract => "contract",
        }
    }
}

impl<'a> ControlState<'a> {
    /// Whether somebody decided about it: their own record, with an answer.
    pub fn is_decided(&self) -> bool {
        self.is_included() || self.is_excluded()
    }

    /// Whether somebody decided that it is needed.
    pub fn is_included(&self) -> bool {
        self.record.is_own() && self.control.is_included()
    }

    /// Whether somebody decided that it is not needed.
    pub fn is_excluded(&self) -> bool {
        self.record.is_own() && self.control.is_excluded()
    }

    /// Its number, such as `A.5.1`.
    pub fn reference(&self) -> String {
        let own = || self.control.reference.clone().unwrap_or_else(|| self.record.name());
        self.annex_a.map_or_else(own, |it| it.id.to_owned())
    }

    /// What all its proofs show together on the view's day.
    pub fn held(&self, view: View<'_>) -> ProofState<'a> {
        let wanted = self.control.proof_wanted.iter().filter_map(|it| it.cadence).max();
        let cadence = wanted.unwrap_or_else(|| parameters::period(view.isms, "evidence.cadence"));
        Proof::together(self.proofs.iter().copied(), cadence, view.day)
    }

    /// Why it is as it is, in the organization's words; empty where nothing was written.
    pub fn text(text: &Option<meta::Markdown>) -> &str {
        text.as_ref().map_or("", |it| it.0.trim())
    }

    fn add_document(&mut self, record: &'a Record, document: &'a Document) {
        if !self.documents.iter().any(|(it, _)| it.head.id == record.head.id) {
            self.documents.push((record, document));
        }
    }
}

/// Every control that is not retired: Annex A in its order, then the organization's own.
pub(super) fn all(view: View<'_>) -> Vec<ControlState<'_>> {
    let mut controls: Vec<ControlState<'_>> = view
        .isms
        .live::<Control>()
        .map(|(record, control)| ControlState {
            record,
            control,
            annex_a: control.annex_a(),
            callers: Vec::new(),
            documents: Vec::new(),
            proofs: Vec::new(),
            actions: Vec::new(),
        })
        .collect();
    let place = |it: &ControlState<'_>| {
        let known = it.annex_a.and_then(|own| catalog::controls().iter().position(|it| it == own));
        (known.unwrap_or(usize::MAX), it.record.head.number)
    };
    controls.sort_by_cached_key(place);
    controls
}

/// Fills in callers, documents, proofs and actions.
pub(super) fn index(chain: &mut Chain<'_>) {
    let at = |chain: &Chain<'_>, id: Id| chain.controls_at.get(&id).copied();
    for risk in 0..chain.risks.len() {
        let (record, body) = (chain.risks[risk].record, chain.risks[risk].risk);
        for control in &body.controls {
            call(chain, CallerKind::Risk, record, control.id());
        }
    }
    for (record, obligation) in chain.own::<Obligation>() {
        let kind = match obligation.obligation_type {
            Some(ObligationType::Contractual) => CallerKind::Contract,
            _ => CallerKind::Obligation,
        };
        obligation.met_by.iter().for_each(|it| call(chain, kind, record, it.id()));
    }
    for (record, requirement) in chain.own::<Requirement>() {
        let kind = match requirement.nature {
            Some(Nature::Contract) => CallerKind::Contract,
            _ => CallerKind::Requirement,
        };
        if requirement.addressed != Some(Addressed::No) {
            requirement.met_by.iter().for_each(|it| call(chain, kind, record, it.id()));
        }
    }
    for (record, document) in chain.own::<Document>() {
        for served in &document.serves_records {
            if let Some(at) = at(chain, served.id()) {
                chain.controls[at].add_document(record, document);
            }
        }
        for clause in &document.serves_clauses {
            if let Some(at) = by_reference(chain, clause) {
                chain.controls[at].add_document(record, document);
            }
        }
    }
    for control in &mut chain.controls {
        for rule in &control.control.rules {
            let record = chain.view.isms.get(rule.id()).filter(|it| it.is_live() && it.is_own());
            if let Some((record, document)) = record.and_then(|it| Some((it, it.typed()?))) {
                control.add_document(record, document);
            }
        }
    }
    // Also what was withdrawn: taking expired proof away must not hide that it ran out.
    for record in chain.view.isms.rows("evidence") {
        let proof = record.typed::<Evidence>().and_then(|it| Proof::of(record, it));
        let Some(proof) = proof else { continue };
        let mut last = None;
        let shown = proof.evidence.shows.iter().filter_map(|it| at(chain, it.id()));
        let clauses = &proof.evidence.shows_clauses;
        let named = clauses.iter().filter_map(|it| by_reference(chain, it));
        for at in shown.chain(named).collect::<Vec<_>>() {
            if last.replace(at) != Some(at) {
                chain.controls[at].proofs.push(proof);
            }
        }
    }
    for (record, action) in chain.own::<Action>() {
        let ids = action.controls.iter().map(|it| it.id());
        for id in ids.chain(action.serves.iter().map(|it| it.id())) {
            if let Some(at) = at(chain, id) {
                let actions = &mut chain.controls[at].actions;
                if actions.last().is_none_or(|(it, _)| it.head.id != record.head.id) {
                    actions.push((record, action));
                }
            }
        }
    }
    for control in &mut chain.controls {
        for action in &control.control.needs_changes {
            let record = chain.view.isms.get(action.id()).filter(|it| it.is_live() && it.is_own());
            if let Some((record, action)) = record.and_then(|it| Some((it, it.typed()?)))
                && !control.actions.iter().any(|(it, _)| it.head.id == record.head.id)
            {
                control.actions.push((record, action));
            }
        }
    }
}

fn call<'a>(chain: &mut Chain<'a>, kind: CallerKind, record: &'a Record, control: Id) {
    if let Some(at) = chain.controls_at.get(&control) {
        chain.controls[*at].callers.push(Caller { kind, record });
    }
}

/// The control of Annex A that a text names.
fn by_reference(chain: &Chain<'_>, text: &str) -> Option<usize> {
    if !text.trim_start().starts_with(['A', 'a']) {
        return None;
    }
    let found = chain.references_at.get(text.trim()).copied();
    found.or_else(|| chain.references_at.get(catalog::control(text)?.id).copied())
}
