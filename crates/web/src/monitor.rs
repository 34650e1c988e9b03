//! What monitors ask: whether it lives, whether it can answer, and how much it did.
//!
//! Not pages: they need no session, tell nobody's records, and are not in the log.

use std::sync::{Arc, atomic::Ordering};

use app::{
    Organization,
    outbox::{self, HOOK, MAIL},
};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
    routing::get,
};

use crate::{Site, metrics::Figure, security};

/// Health and readiness, and metrics for who bears the token.
pub(crate) fn beside(router: Router<Arc<Site>>) -> Router<Arc<Site>> {
    router.route("/health", get(health)).route("/ready", get(ready)).route("/metrics", get(guarded))
}

/// The same on a door of its own, where nobody needs a token.
pub(crate) fn aside(site: Arc<Site>) -> Router {
    Router::new()
        .route("/health", get(health))
        .route("/ready", get(ready))
        .route("/metrics", get(metrics))
        .with_state(site)
}

/// The process lives and answers.
async fn health() -> Response {
    plain(StatusCode::OK, "alive")
}

/// The database is reached and what is asked will be answered; not while it stops.
async fn ready(State(site): State<Arc<Site>>) -> Response {
    if site.stopping.load(Ordering::Relaxed) {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    let looked = tokio::task::spawn_blocking(move || site.app.organizations().map(drop)).await;
    match looked {
        Ok(Ok(())) => plain(StatusCode::OK, "ready"),
        Ok(Err(err)) => {
            tracing::warn!(%err, "not ready");
            plain(StatusCode::SERVICE_UNAVAILABLE, "the database cannot be reached")
        }
        Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "the database cannot be asked"),
    }
}

async fn guarded(State(site): State<Arc<Site>>, request: Request) -> Response {
    let wanted = site.settings.metrics_token.as_deref();
    let borne = bearer(request.headers());
    match wanted.zip(borne).is_some_and(|(one, other)| security::same(one, other)) {
        true => metrics(State(site)).await,
        // Without the token there is no such thing.
        false => plain(StatusCode::NOT_FOUND, "nothing here"),
    }
}

async fn metrics(State(site): State<Arc<Site>>) -> Response {
    let made = tokio::task::spawn_blocking(move || site.metrics.text(&figures(&site))).await;
    let Ok(text) = made else {
        return plain(StatusCode::INTERNAL_SERVER_ERROR, "the figures could not be made");
    };
    let mut response = Response::new(Body::from(text));
    let media = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    response
}

/// What is found when it is asked for.
fn figures(site: &Site) -> Vec<Figure> {
    let figure =
        |name, help, value| Figure { name, help, of: "", values: vec![(String::new(), value)] };
    let known = site.app.organizations();
    let mut figures = vec![figure(
        "database_up",
        "Whether the database is reached",
        f64::from(u8::from(known.is_ok())),
    )];
    if let Ok(known) = known {
        let entries: u64 = known.iter().map(|it| it.seq).sum();
        figures.push(figure("organizations", "Organizations in the database", known.len() as f64));
        figures.push(figure("ledger_entries", "Entries of all ledgers together", entries as f64));
    }
    let loaded = site.app.loaded();
    let waiting: usize = loaded.iter().map(|it| it.waiting()).sum();
    figures.push(figure("organizations_loaded", "Organizations in memory", loaded.len() as f64));
    figures.push(figure("writes_waiting", "Writes that wait for their turn", waiting as f64));
    figures.push(letters(site, &loaded));
    figures.extend(jobs(site));
    if let Some(bytes) = memory() {
        figures.push(figure("resident_memory_bytes", "Memory that the process holds", bytes));
    }
    figures
}

/// What is to be sent of the organizations in memory: mails, and reports to webhooks.
fn letters(site: &Site, loaded: &[Arc<Organization>]) -> Figure {
    let (mut waiting, mut failed) = (0, 0);
    for organization in loaded {
        for channel in [MAIL, HOOK] {
            let standing = site.app.outbox().standing(organization.id(), channel);
            for (state, count) in standing.unwrap_or_default() {
                match state {
                    outbox::State::Waiting => waiting += count,
                    outbox::State::Failed => failed += count,
                    _ => {}
                }
            }
        }
    }
    let counts = [("waiting", waiting), ("failed", failed)];
    Figure {
        name: "letters",
        help: "Mails and reports to webhooks of organizations in memory, by state",
        of: "state",
        values: counts.map(|(state, count)| (state.to_owned(), count as f64)).to_vec(),
    }
}

/// How it stands with what is done again and again: backups are among it.
fn jobs(site: &Site) -> Vec<Figure> {
    let Ok(jobs) = site.app.jobs() else { return Vec::new() };
    let done = jobs.iter().filter_map(|it| Some((it.name.clone(), it.done?.as_second() as f64)));
    let failed = jobs.iter().map(|it| (it.name.clone(), f64::from(u8::from(it.failed.is_some()))));
    vec![
        Figure {
            name: "job_done_timestamp_seconds",
            help: "When a job was done last",
            of: "job",
            values: done.collect(),
        },
        Figure {
            name: "job_failed",
            help: "Whether a job failed last",
            of: "job",
            values: failed.collect(),
        },
    ]
}

/// The memory that the process holds, in bytes, where Linux tells.
fn memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024.0)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
