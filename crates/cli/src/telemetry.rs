//! What the program tells about itself while it serves: its log.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt, util::SubscriberInitExt};

use crate::configuration::{LogForm, Telemetry};

/// Logs to standard error what the filter lets through. A second log of one process is no harm:
/// the first stays.
pub fn start(telemetry: &Telemetry) {
    let filter = telemetry.log.0.clone();
    let log = tracing_subscriber::fmt::layer().with_writer(stderr);
    let log = match telemetry.log_form {
        // Spans repeat what the line of a request says.
        LogForm::Json => log.json().with_span_list(false).with_current_span(false).boxed(),
        LogForm::Text => log.with_ansi(stderr().is_terminal()).boxed(),
    };
    let filter: EnvFilter = filter.parse().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::registry().with(log.with_filter(filter)).try_init().ok();
}
