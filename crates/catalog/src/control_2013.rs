//! The controls of the 2013 edition and what became of them.

use crate::control;
use crate::controls_2013::gathered;

/// A control of Annex A of ISO/IEC 27001:2013.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Control2013 {
    /// Its id, such as `A.5.1.1`.
    pub id: &'static str,
    /// Its short title.
    pub title: &'static str,
    /// The section it stood in, with its number.
    pub domain: &'static str,
    /// The objective it served, with its number.
    pub objective: &'static str,
    /// The controls of 2022 that took it up, such as `A.5.1`.
    pub successors: &'static [&'static str],
}

/// The 114 controls of 2013, in their order.
pub fn controls_2013() -> &'static [Control2013] {
    gathered()
}

/// The control of 2013 with this number, with or without the letter: `A.5.1.1`, `5.1.1`, `A5.1.1`.
pub fn control_2013(id: &str) -> Option<&'static Control2013> {
    let id = id.trim();
    let number = id.strip_prefix(['A', 'a']).unwrap_or(id).trim_start_matches(['.', ' ']);
    controls_2013().iter().find(|control| control.id.strip_prefix("A.") == Some(number))
}

/// The controls of 2022 that took up this control of 2013; empty when there is no such control.
pub fn successors(id: &str) -> &'static [&'static str] {
    control_2013(id).map_or(&[], |control| control.successors)
}

/// The controls of 2013 from which this control of 2022 came; empty when it is new or unknown.
pub fn predecessors(id: &str) -> &'static [&'static str] {
    control(id).map_or(&[], |control| control.was)
}
