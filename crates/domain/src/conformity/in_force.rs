//! Editions in force of what has editions: documents, the scope, the risk method.

use kinds::{
    Kind,
    approval::{Approval, Decision, Purpose},
};
use ledger::hash::{hex, unhex};
use meta::{Id, Provenance, Record};

use crate::{Edition, approvals, conformity::Chain};

/// A controlled record with an edition in force.
pub(super) struct InForce<'a, K> {
    /// The working copy.
    pub(super) working: &'a Record,
    /// The edition that readers see.
    pub(super) edition: &'a Edition,
    /// What the edition says.
    pub(super) body: &'a K,
    /// The edition's words with the particulars around them (owner, review, claims) as they are
    /// now: the working copy, unless somebody drafts the next edition in it.
    pub(super) present: &'a K,
    /// The act that published it.
    pub(super) approval: &'a Approval,
}

/// Every controlled record of a kind that has an edition in force, be it a seed or not.
pub(super) fn all<'a, K: Kind>(chain: &Chain<'a>) -> impl Iterator<Item = InForce<'a, K>> {
    let (isms, day) = (chain.view.isms, chain.view.day);
    isms.live::<K>().filter_map(move |(working, now)| {
        let edition = isms.in_force(working.head.id, day)?;
        let body = edition.record.typed::<K>()?;
        let newest = isms.editions(working.head.id).next_back()?;
        let is_newest = newest.record.head.version == edition.record.head.version;
        let present = if is_newest && working.stage().edition { now } else { body };
        let approval = isms.typed::<Approval>(edition.approval)?;
        Some(InForce { working, edition, body, present, approval })
    })
}

/// Those whose words somebody answers for.
pub(super) fn own<'a, K: Kind>(chain: &Chain<'a>) -> impl Iterator<Item = InForce<'a, K>> {
    all(chain).filter(InForce::is_own)
}

impl<'a, K: Kind> InForce<'a, K> {
    /// Whether somebody answers for the words: they are no untouched seed.
    pub(super) fn is_own(&self) -> bool {
        let confirmed = self.working.head.provenance == Provenance::Seed && self.working.is_own();
        self.edition.record.is_own() || confirmed
    }

    /// The record's id.
    pub(super) fn id(&self) -> Id {
        self.working.head.id
    }

    /// The first day on which the edition holds.
    pub(super) fn since(&self) -> Option<jiff::civil::Date> {
        self.approval.effective_from.or(self.approval.decided_on)
    }

    /// Who changed the words between the edition before and this one.
    pub(super) fn hands(&self, chain: &Chain<'a>) -> Vec<Id> {
        let isms = chain.view.isms;
        let published = self.edition.record.head.changed;
        let before = isms.standing_editions(self.id()).map(|it| it.0.record.head.changed);
        let before = before.filter(|it| *it < published).max().unwrap_or(0);
        let changes = isms.changes_after(self.id(), before).take_while(|it| *it < published);
        changes.filter_map(|it| isms.moment(it)?.actor).collect()
    }

    /// Acts of assent for a purpose that were given to these very words.
    pub(super) fn assents(
        &self,
        chain: &Chain<'a>,
        purpose: Purpose,
    ) -> impl Iterator<Item = (&'a Record, &'a Approval)> {
        let isms = chain.view.isms;
        let (id, edition) = (self.id(), self.edition);
        let published = i64::from(edition.record.head.version);
        let mut known = vec![(published, true)];
        // An act bound to another version counts where the material words are the same; versions
        // are few, so each is hashed once.
        let mut is_same = move |version: i64, it: &Approval| {
            if let Some((_, same)) = known.iter().find(|it| it.0 == version) {
                return *same;
            }
            let salt = it.salt.as_deref().and_then(unhex::<16>);
            let same = salt.is_some_and(|salt| {
                let digest = approvals::digest_of(isms, &edition.record, purpose);
                it.digest.as_ref() == Some(&digest.salted(&salt).0)
            });
            known.push((version, same));
            same
        };
        isms.sources::<Approval>(id)
            .filter(move |(record, it)| {
                record.is_live()
                    && it.purpose == Some(purpose)
                    && it.subject.is_some_and(|it| it.id() == id)
                    && matches!(it.decision, Some(Decision::Given | Decision::GivenOnCondition))
            })
            .filter(move |(_, it)| it.version.is_some_and(|version| is_same(version, it)))
    }

    /// Whether the edition's bytes are those that were approved; `None` where they were erased.
    pub(super) fn is_as_approved(&self) -> Option<bool> {
        let record = &self.edition.record;
        if record.is_erased() {
            return None;
        }
        let same_version = self.approval.version == Some(record.head.version.into());
        let hash = self.approval.content_hash.as_deref();
        Some(same_version && hash == Some(hex(&record.head.hash).as_str()))
    }
}
