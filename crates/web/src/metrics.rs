//! What is counted while requests are answered, for Prometheus.

use std::{fmt::Write, sync::atomic::AtomicU64, time::Duration};

use axum::http::{Method, StatusCode};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

/// Seconds, each about twice the one before.
const SPANS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// What is counted while requests are answered. Labels are of our own making: nobody who asks can
/// make new ones.
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Asked, Histogram>,
    connections: Gauge,
    turned_away: Counter,
}

/// A connection that is counted as open until it is dropped.
pub(crate) struct Open(Gauge);

/// A figure that is found when it is asked for.
pub struct Figure {
    /// Its name, without the `muniment_` in front.
    pub name: &'static str,
    /// What it counts.
    pub help: &'static str,
    /// What its values are counted of; empty for one figure.
    pub of: &'static str,
    /// How much, for each that it is counted of; one without a name when it is one figure.
    pub values: Vec<(String, f64)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: &'static str,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    route: &'static str,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("muniment");
        let requests = Family::<Answered, Counter>::default();
        let new: fn() -> Histogram = || Histogram::new(SPANS);
        let seconds = Family::<Asked, Histogram>::new_with_constructor(new);
        let (connections, turned_away): (Gauge, Counter<u64, AtomicU64>) = Default::default();
        registry.register("requests", "Requests answered", requests.clone());
        let help = "How long answers took";
        registry.register_with_unit("answer", help, Unit::Seconds, seconds.clone());
        registry.register("connections", "Connections that are open", connections.clone());
        let help = "Connections closed because their address has too many";
        registry.register("connections_turned_away", help, turned_away.clone());
        Self { registry, requests, seconds, connections, turned_away }
    }
}

impl Metrics {
    /// All of it with these figures, as Prometheus reads it.
    pub fn text(&self, figures: &[Figure]) -> String {
        let mut text = String::new();
        encode(&mut text, &self.registry).expect("a String takes everything");
        let body = text.trim_end().trim_end_matches("# EOF").to_owned();
        let mut text = body;
        for Figure { name, help, of, values } in figures {
            let mut write = |line: String| {
                writeln!(text, "{line}").expect("a String takes everything");
            };
            write(format!("# HELP muniment_{name} {help}.\n# TYPE muniment_{name} gauge"));
            for (whose, value) in values {
                // Names of ours: nothing in them wants escaping.
                let label = if of.is_empty() { "" } else { &format!("{{{of}=\"{whose}\"}}") };
                write(format!("muniment_{name}{label} {value}"));
            }
        }
        text.push_str("# EOF\n");
        text
    }

    pub(crate) fn answered(
        &self,
        method: &Method,
        path: &'static str,
        status: StatusCode,
        took: Duration,
    ) {
        let (method, path) = match (method.as_str(), path) {
            ("POST", path) => ("POST", path),
            ("PUT", path) => ("PUT", path),
            ("PATCH", path) => ("PATCH", path),
            ("DELETE", path) => ("DELETE", path),
            // What has no route is asked for by strangers.
            (_, "") => ("", "other"),
            (_, path) => ("GET", path),
        };
        let answered = Answered { method, route: path, status: status.as_u16() };
        self.requests.get_or_create(&answered).inc();
        self.seconds.get_or_create(&Asked { route: path }).observe(took.as_secs_f64());
    }

    pub(crate) fn connection(&self) -> Open {
        self.connections.inc();
        Open(self.connections.clone())
    }

    pub(crate) fn turned_away(&self) {
        self.turned_away.inc();
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}
