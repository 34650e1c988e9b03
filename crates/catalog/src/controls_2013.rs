//! The files that hold the controls of 2013.

mod access_to_premises;
mod development_and_suppliers;
mod incidents_to_compliance;
mod operations;
mod policies_to_assets;

use std::sync::LazyLock;

use crate::control_2013::Control2013;

/// The controls of all sections, gathered once.
pub(crate) fn gathered() -> &'static [Control2013] {
    static ALL: LazyLock<Vec<Control2013>> = LazyLock::new(|| {
        [
            policies_to_assets::CONTROLS,
            access_to_premises::CONTROLS,
            operations::CONTROLS,
            development_and_suppliers::CONTROLS,
            incidents_to_compliance::CONTROLS,
        ]
        .concat()
    });
    &ALL
}
