//! The standard as rules over live records: what an auditor would raise, by grade, and what could
//! not be told.
//!
//! A rule answers *pass, fail, unknown* or *not applicable*, and names the records that prove it
//! (`Outcome`). Unknown is never shown as pass. An empty register never passes; a seed never counts
//! as a person's work. Grades are suggestions: a human auditor decides.

mod answers;
mod chain;
mod due;
#[cfg(test)]
pub(crate) mod fixture;
mod in_force;
mod outcome;
mod proof;
mod rule;
mod run;

mod chain_rules;
mod clause_4_1;
mod clause_4_2;
mod clause_4_3;
mod clause_5_1;
mod clause_5_2;
mod clause_5_3;
mod clause_6_1_1;
mod clause_6_1_2;
mod clause_6_1_3;
mod clause_6_2;
mod clause_7_2;
mod clause_7_5_1;
mod clause_7_5_2;
mod clause_7_5_3;
mod clause_8;
mod later;
mod soa;

pub(crate) use chain::statement;
pub use chain::{Caller, CallerKind, Chain, ControlState, Owner, Proof, ProofState, RiskState};
pub use clause_7_5_1::documented;
pub use outcome::{Case, Outcome, Verdict};
pub use rule::{AuditStage, Basis, Grade, Rule};
pub use run::{Judged, PACK, Report, rule, rules, run, run_on};

#[cfg(test)]
mod tests;
