//! ISO/IEC 27001:2022 with Amendment 1:2024 as data: clauses 4 to 10 down to the lettered items,
//! the 93 controls of Annex A with their attributes, and the 114 controls of 2013 with what became
//! of them.
//!
//! All words are our own; only numbers and short titles are the standard's. This crate knows no
//! record and does no I/O. Start reading at [`Requirement`] and [`Control`].

mod annex_a;
mod clauses;
mod control;
mod control_2013;
mod controls_2013;
mod documented;
mod requirement;

pub use clauses::{Clause, ClauseLevel, clause, clauses};
pub use control::{
    Capability, Concept, Control, ControlType, Domain, Property, Theme, control, controls,
    normalize,
};
pub use control_2013::{Control2013, control_2013, controls_2013, predecessors, successors};
pub use documented::{DocumentedInformation, Form, Need, documented_information};
pub use requirement::{Requirement, reference, requirement, requirements};
