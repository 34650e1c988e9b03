//! Rules of this part, still to be written.

use crate::conformity::Rule;

pub(super) static RULES: &[Rule] = &[];
