//! ISO/IEC 27001:2022 with Amendment 1:2024 as data: clauses 4 to 10 down to the lettered items,
//! the 93 controls of Annex A with their attributes, and the 114 controls of 2013.
//!
//! All words are our own; only numbers and short titles are the standard's. This crate knows no
//! record and does no I/O. Start reading at [`controls`] and [`Control`].

mod annex_a;
mod control;

pub use control::{
    Capability, Concept, Control, ControlType, Domain, Property, Theme, control, controls,
    normalize,
};
