//! `[telemetry]`: what the program tells about itself.

use super::section::section;

section! {
    /// What the program tells about itself: no bodies, tokens or personal data.
    pub struct Telemetry in "telemetry" {
        /// What is logged: error, warn, info, debug or trace, also for parts (`info,web=debug`).
        log: String = "warn" [variable "RUST_LOG"],
    }
}
