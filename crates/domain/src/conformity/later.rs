//! Rules whose register does not exist yet: they are listed, and cannot be told.

pub(super) mod evaluation;
pub(super) mod improvement;
pub(super) mod planning;

use crate::conformity::{Basis, Grade, Rule};

/// What all of them have in common.
const WAITING: Rule = Rule {
    id: "",
    clause: "",
    title: "",
    explanation: "",
    mend: "",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[],
    reads: &[],
    judge: None,
    waits_for: "",
};
