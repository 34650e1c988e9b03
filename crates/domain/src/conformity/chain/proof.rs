//! Evidence as proof: whether it counts, and until when.

use jiff::civil::Date;
use kinds::evidence::{Evidence, Judgment};
use meta::{Period, Record};

/// A piece of evidence that somebody brought, whatever became of it.
#[derive(Clone, Copy)]
pub struct Proof<'a> {
    /// The record.
    pub record: &'a Record,
    /// Its body.
    pub evidence: &'a Evidence,
    /// Whether it counts: there, looked at and found good enough.
    pub counts: bool,
}

/// What the proofs of one thing show together on a day.
#[derive(Clone, Copy)]
pub enum ProofState<'a> {
    /// Accepted, and in its time.
    Current(Proof<'a>),
    /// The newest ran out on this day. Taking old proof away does not help against that.
    Expired(Proof<'a>, Date),
    /// Accepted, but nobody said for which time it speaks.
    Undated(Proof<'a>),
    /// Brought, and not accepted.
    NotAccepted(Proof<'a>),
    /// There has never been any.
    Missing,
}

impl<'a> Proof<'a> {
    /// A piece of evidence as proof; `None` for a seed and for what was only asked for.
    pub fn of(record: &'a Record, evidence: &'a Evidence) -> Option<Self> {
        let stage = record.stage().id;
        if !record.is_own() || stage == "wanted" {
            return None;
        }
        let judged = match evidence.judged {
            Some(judgment) => judgment == Judgment::Accepted,
            None => stage == "accepted",
        };
        let counts = judged && record.is_live() && stage != "returned";
        Some(Self { record, evidence, counts })
    }

    /// The day it speaks for.
    pub fn day(&self) -> Option<Date> {
        self.evidence.period_until.or(self.evidence.collected_on)
    }

    /// The last day on which it counts, by its own word, else one cadence after its day.
    pub fn until(&self, cadence: Period) -> Option<Date> {
        self.evidence.counts_until().or_else(|| Some(cadence.after(self.day()?)))
    }

    /// What several proofs of one thing show together.
    pub fn together(
        proofs: impl Iterator<Item = Proof<'a>>,
        cadence: Period,
        day: Date,
    ) -> ProofState<'a> {
        let mut best = ProofState::Missing;
        for proof in proofs {
            let until = proof.until(cadence);
            let next = match until {
                Some(until) if until < day => ProofState::Expired(proof, until),
                Some(_) if proof.counts => ProofState::Current(proof),
                None if proof.counts => ProofState::Undated(proof),
                _ if proof.record.is_live() => ProofState::NotAccepted(proof),
                _ => continue,
            };
            let newer = match (&best, &next) {
                (ProofState::Expired(_, old), ProofState::Expired(_, new)) => new > old,
                (ProofState::Current(old), ProofState::Current(new)) => new.day() > old.day(),
                (best, next) => next.weight() > best.weight(),
            };
            if newer {
                best = next;
            }
        }
        best
    }
}

impl ProofState<'_> {
    /// Current proof settles it; without, an expired one outweighs what cannot be told, so that
    /// taking away what cannot be told changes nothing for the better.
    fn weight(&self) -> u8 {
        match self {
            Self::Current(_) => 4,
            Self::Expired(..) => 3,
            Self::Undated(_) => 2,
            Self::NotAccepted(_) => 1,
            Self::Missing => 0,
        }
    }
}
