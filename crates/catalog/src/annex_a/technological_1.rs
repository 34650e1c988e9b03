use crate::control::Control;

pub(super) static CONTROLS: &[Control] = &[];
