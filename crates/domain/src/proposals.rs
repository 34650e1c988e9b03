//! What a few facts about an organization propose for its registers: who is interested, what binds
//! it, what goes on around it, and what its scope must say. Proposals are seeds with a reason; a
//! person takes them one by one, or does not.
//!
//! The facts are those of the organization's record; the proposals are data, in the files below.

mod obligations;
mod parties;
mod surroundings;

use kinds::{
    Kind, YesNo,
    organization::{Fact, Organization},
};
use meta::Record;
use serde_json::{Map, Value, json};

use crate::{Isms, resolve::fold};

/// Something proposed for a register.
#[derive(Debug)]
pub struct Proposal {
    /// Its name, for forms.
    pub id: &'static str,
    /// The kind of record it would become.
    pub kind: &'static str,
    /// What it would be called.
    pub title: &'static str,
    /// Why it is proposed, to whoever reads it.
    pub because: &'static str,
    /// When it is proposed.
    pub when: When,
    /// The other fields it would have, as they are stored.
    pub fields: &'static [(&'static str, &'static str)],
}

/// When something is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// To everybody.
    Always,
    /// Where one of these facts holds.
    Any(&'static [Fact]),
}

/// Every proposal, in the order in which people look at them.
pub fn proposals() -> impl Iterator<Item = &'static Proposal> {
    [parties::PARTIES, surroundings::ISSUES, obligations::OBLIGATIONS, surroundings::SCOPE]
        .into_iter()
        .flatten()
}

/// The proposal with this name.
pub fn proposal(id: &str) -> Option<&'static Proposal> {
    proposals().find(|it| it.id == id)
}

/// What the facts of the organization propose that its registers do not hold yet.
pub fn open(isms: &Isms) -> Vec<&'static Proposal> {
    let facts = isms.live::<Organization>().next().map(|it| it.1);
    let holds = |it: &Fact| facts.is_some_and(|all| all.fact(*it) == YesNo::Yes);
    proposals()
        .filter(|it| match it.when {
            When::Always => true,
            When::Any(facts) => facts.iter().any(holds),
        })
        .filter(|it| found(isms, it).is_none())
        .collect()
}

/// The record that a proposal became, or that was there before under the same name; a withdrawn
/// one counts, because somebody decided against it.
pub fn found<'a>(isms: &'a Isms, proposal: &Proposal) -> Option<&'a Record> {
    let is_sole = proposal.kind == kinds::scope::Scope::ID;
    let title = fold(proposal.title);
    isms.rows(proposal.kind).find(|it| is_sole && it.is_live() || fold(it.title()) == title)
}

impl Proposal {
    /// The fields of the record it would become.
    pub fn body(&self) -> Map<String, Value> {
        let fields = self.fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
        std::iter::once(("title".to_owned(), json!(self.title))).chain(fields).collect()
    }
}

#[cfg(test)]
mod tests;
