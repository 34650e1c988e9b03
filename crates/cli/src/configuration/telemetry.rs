//! `[telemetry]`: what the program tells about itself.

use super::{Setting, section::section};

section! {
    /// What the program tells about itself: no bodies, tokens or personal data.
    pub struct Telemetry in "telemetry" {
        /// What is logged: error, warn, info, debug or trace, also for parts (`info,web=debug`).
        log: Filter = "info" [variable "RUST_LOG"],
        /// The form of the log, which goes to standard error: text or json.
        log_form: LogForm = "text",
    }
}

/// Which events are logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter(pub String);

/// The form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogForm {
    /// For people.
    Text,
    /// For programs.
    Json,
}

impl Setting for Filter {
    const EXPECTED: &'static str = "error, warn, info, debug or trace, or parts: info,web=debug";

    fn parse(text: &str) -> Option<Self> {
        let filter = text.parse::<tracing_subscriber::EnvFilter>();
        filter.is_ok().then(|| Self(text.to_owned()))
    }
}

impl Setting for LogForm {
    const EXPECTED: &'static str = "text or json";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}
