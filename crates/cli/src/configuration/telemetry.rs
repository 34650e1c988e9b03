//! `[telemetry]`: what the program tells about itself.

use tracing::level_filters::LevelFilter;

use super::{Setting, section::section};

section! {
    /// What the program tells about itself: no bodies, tokens or personal data.
    pub struct Telemetry in "telemetry" {
        /// What is logged: error, warn, info, debug or trace, also for parts (`info,web=debug`).
        log: Filter = "info" [variable "RUST_LOG"],
        /// The form of the log, which goes to standard error: text or json.
        log_form: LogForm = "text",
        /// Where to send traces: an OpenTelemetry collector that takes OTLP over HTTP.
        otlp: Option<Collector> = "" [
            example "http://127.0.0.1:4318", variable "OTEL_EXPORTER_OTLP_ENDPOINT"
        ],
        /// The name of this service in traces.
        service: String = "muniment" [variable "OTEL_SERVICE_NAME"],
    }
}

/// Which events are logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter(pub String);

/// The address of a collector of traces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collector(pub String);

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
        // A word alone would be taken for a part of the program, and all else be switched off.
        let is_said = |it: &str| it.contains(['=', '[', ']']) || it.parse::<LevelFilter>().is_ok();
        let is_one = text.split(',').all(is_said);
        let filter = text.parse::<tracing_subscriber::EnvFilter>();
        (is_one && filter.is_ok()).then(|| Self(text.to_owned()))
    }
}

impl Setting for Collector {
    const EXPECTED: &'static str = "an address like http://127.0.0.1:4318";

    fn parse(text: &str) -> Option<Self> {
        let is_one = text.starts_with("http://") || text.starts_with("https://");
        is_one.then(|| Self(text.to_owned()))
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
