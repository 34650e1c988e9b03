//! The Statement of Applicability: what it says, made from the records (ISO/IEC 27001, 6.1.3 d).
//!
//! [`statement`] is the working copy; an approved edition is the same function at its position.

mod difference;
mod in_force;
mod projection;

use jiff::civil::Date;

pub use self::{
    difference::{Part, PartChange, RowChange, diff, records},
    in_force::{InForce, editions, in_force},
    projection::{counts, statement},
};

/// A Statement of Applicability: the projection of one organization's records at one position of
/// its ledger (ISO/IEC 27001, 6.1.3 d).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Soa {
    /// The organization, as it calls itself.
    pub organization: String,
    /// The title of the paper.
    pub title: String,
    /// The edition that this is; `None` for the working copy.
    pub edition: Option<Edition>,
    /// The ledger position that the rows were read at.
    pub position: u64,
    /// The day that the rows were read for.
    pub day: Date,
    /// The statement of the scope, in the organization's words.
    pub scope: Option<String>,
    /// The edition of the scope, as `SCOPE-1, edition 2`.
    pub scope_edition: Option<String>,
    /// Who approved this edition, with the role they acted in.
    pub approver: Option<String>,
    /// When it was approved.
    pub approved_on: Option<Date>,
    /// How many rows are seeds or imports that no named person has confirmed.
    pub seeds: u32,
    /// The figures for the cover, which must equal the rows.
    pub counts: Counts,
    /// The rows, in the order they are printed.
    pub rows: Vec<SoaRow>,
    /// The root hash of the ledger at `position`, in base64.
    pub root: Option<String>,
}

/// An edition of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// What the organization calls it: `3`, `2.1`.
    pub number: String,
    /// Since when it is in force; `None` if it is approved and not yet in force.
    pub in_force_from: Option<Date>,
}

/// How many rows say what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All rows.
    pub total: u32,
    /// Rows whose control is included.
    pub included: u32,
    /// Rows whose control is excluded.
    pub excluded: u32,
    /// Rows whose control is neither included nor excluded yet.
    pub undecided: u32,
    /// Rows that are the organization's own controls, whatever was decided about them.
    pub own: u32,
    /// Included rows that are implemented.
    pub implemented: u32,
    /// Included rows that are implemented in part.
    pub in_part: u32,
    /// Included rows whose implementation is planned.
    pub planned: u32,
    /// Included rows whose implementation has not begun.
    pub not_begun: u32,
    /// Included rows that do not say whether they are implemented.
    pub unknown: u32,
}

/// One control of the statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoaRow {
    /// The Annex A reference, or the organization's own.
    pub reference: String,
    /// The name of the control.
    pub title: String,
    /// The theme it belongs to.
    pub theme: String,
    /// Whether it is the organization's own rather than one of Annex A.
    pub own: bool,
    /// Whether the control is included.
    pub applicability: Applicability,
    /// The kinds of reason to include it: risk, law, contract, interested party, own decision.
    pub reasons: Vec<String>,
    /// Why it is included; empty if nothing was written.
    pub justification: String,
    /// Why it is excluded; empty if nothing was written.
    pub exclusion: String,
    /// Whether it is implemented, as declared.
    pub implementation: Implementation,
    /// How it is done here; empty if nothing was written.
    pub how: String,
    /// The role or person who owns it; empty if nobody does.
    pub owner: String,
    /// The records that call for it.
    pub drivers: Vec<Driver>,
    /// The accepted evidence that shows it.
    pub evidence: Vec<Held>,
    /// How many proofs the organization wants for it.
    pub proof_wanted: u32,
    /// The documents that describe it, as they are called.
    pub documents: Vec<String>,
    /// Whether the row is a seed or an import that no named person has confirmed.
    pub seed: bool,
}

/// Whether a control is included in the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// The control is necessary.
    Included,
    /// The control is not necessary.
    Excluded,
    /// Nobody has decided.
    Undecided,
}

/// Whether a control is implemented, as its owner declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Implementation {
    /// Nothing has been done.
    NotBegun,
    /// Somebody has it to do.
    Planned,
    /// Some of it is done.
    InPart,
    /// It is done.
    Implemented,
    /// Nobody has said.
    Unknown,
}

/// A record that calls for a control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Driver {
    /// The kind of record: risk, obligation, requirement, contract.
    pub kind: String,
    /// Its number, as `RISK-4`.
    pub number: String,
    /// Its title.
    pub title: String,
}

/// A piece of evidence held for a control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its number, as `EVD-12`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The day it was taken.
    pub day: Date,
    /// The last day it is good for; `None` if it does not expire.
    pub until: Option<Date>,
}

impl Counts {
    /// The figures that `rows` add up to.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a SoaRow>) -> Self {
        let mut counts = Self::default();
        for row in rows {
            counts.add(row.own, row.applicability, row.implementation);
        }
        counts
    }

    /// Counts one more row.
    fn add(&mut self, own: bool, applicability: Applicability, implementation: Implementation) {
        self.total += 1;
        self.own += u32::from(own);
        match applicability {
            Applicability::Included => {
                self.included += 1;
                match implementation {
                    Implementation::Implemented => self.implemented += 1,
                    Implementation::InPart => self.in_part += 1,
                    Implementation::Planned => self.planned += 1,
                    Implementation::NotBegun => self.not_begun += 1,
                    Implementation::Unknown => self.unknown += 1,
                }
            }
            Applicability::Excluded => self.excluded += 1,
            Applicability::Undecided => self.undecided += 1,
        }
    }
}

impl Held {
    /// Whether it is still good on `day`.
    pub fn holds_on(&self, day: Date) -> bool {
        self.until.is_none_or(|until| until >= day)
    }
}

#[cfg(test)]
mod tests;
