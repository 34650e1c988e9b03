//! What the program tells about itself while it serves: its log, and traces where they are wanted.

use std::io::{IsTerminal, stderr};

use anyhow::Context;
use opentelemetry::{
    propagation::{Extractor, TextMapPropagator},
    trace::TracerProvider,
};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::{Resource, propagation::TraceContextPropagator, trace::SdkTracerProvider};
use tracing::level_filters::LevelFilter;
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt, util::SubscriberInitExt};
use web::GoOn;

use crate::configuration::{LogForm, Telemetry};

/// Traces on their way. Dropped, it sends what waits.
pub struct Telling {
    traces: Option<SdkTracerProvider>,
}

/// Logs to standard error what the filter lets through, and sends traces where that is set up. A
/// second log of one process is no harm: the first stays.
///
/// # Errors
/// When traces cannot be sent at all.
pub fn start(telemetry: &Telemetry) -> anyhow::Result<Telling> {
    let log = tracing_subscriber::fmt::layer().with_writer(stderr);
    let log = match telemetry.log_form {
        // Spans repeat what the line of a request says.
        LogForm::Json => log.json().with_span_list(false).with_current_span(false).boxed(),
        LogForm::Text => log.with_ansi(stderr().is_terminal()).boxed(),
    };
    let filter: EnvFilter = telemetry.log.0.parse().unwrap_or_else(|_| EnvFilter::new("warn"));
    let traces = telemetry.otlp.as_ref().map(|it| traces(&it.0, &telemetry.service)).transpose()?;
    let layer = traces.as_ref().map(|it| {
        let layer = tracing_opentelemetry::layer().with_tracer(it.tracer("muniment"));
        // What the layer would add about threads and files of code is nobody's concern.
        layer.with_location(false).with_threads(false).with_filter(LevelFilter::INFO)
    });
    tracing_subscriber::registry().with(log.with_filter(filter)).with(layer).try_init().ok();
    Ok(Telling { traces })
}

/// Puts a span below the one that a request names.
pub const GO_ON: GoOn = |span, headers| {
    let context = TraceContextPropagator::new()
        .extract(&Named(&|name| headers.get(name).and_then(|it| it.to_str().ok())));
    // Where the request names none, the span begins a trace of its own.
    span.set_parent(context).ok();
};

/// Headers by name.
struct Named<'a>(&'a dyn Fn(&str) -> Option<&'a str>);

impl Extractor for Named<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        (self.0)(key)
    }

    fn keys(&self) -> Vec<&str> {
        Vec::new()
    }
}

impl Drop for Telling {
    fn drop(&mut self) {
        if let Some(Err(err)) = self.traces.take().map(|it| it.shutdown()) {
            tracing::warn!(%err, "the last traces could not be sent");
        }
    }
}

/// Sends spans to a collector by OTLP over HTTP, in batches and on a thread of its own.
fn traces(collector: &str, service: &str) -> anyhow::Result<SdkTracerProvider> {
    // For collectors that are reached by HTTPS. One that is there already is the same.
    rustls::crypto::ring::default_provider().install_default().ok();
    let exporter = SpanExporter::builder()
        .with_http()
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(format!("{}/v1/traces", collector.trim_end_matches('/')))
        .build()
        .context("traces cannot be sent")?;
    let about = Resource::builder().with_service_name(service.to_owned()).build();
    Ok(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(about).build())
}
