//! What is noted of each request: an id, a line in the log, a figure, and a span where traces are
//! wanted. No address, query, path, body or name: those may speak of people.

use std::time::Instant;

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method},
    response::Response,
};
use meta::Id;
use tracing::{Span, field::Empty};

use crate::{Site, peer::Peer};

/// Puts a span below the one of another program that these headers name (W3C Trace Context).
pub type GoOn = fn(&Span, &HeaderMap);

/// The organization that an answer is about, as it passes through layers.
#[derive(Clone, Copy)]
pub(crate) struct About(pub(crate) Id);

/// A request that is being answered.
pub(crate) struct Noted {
    /// What log, answer and traces call it by.
    pub(crate) id: String,
    /// Its span; none where no traces are wanted.
    pub(crate) span: Span,
    begun: Instant,
    asked: Method,
    method: Method,
    route: &'static str,
}

impl Noted {
    /// A request for a route, which is now begun.
    pub(crate) fn begin(
        site: &Site,
        method: &Method,
        route: &'static str,
        request: &Request,
    ) -> Self {
        let (begun, id) = (Instant::now(), app::fresh_id().simple().to_string());
        let span = match site.settings.traces {
            Some(go_on) => span(site, go_on, method, route, request, &id),
            // The line of the log says all that the span would.
            None => Span::none(),
        };
        Self { id, span, begun, asked: request.method().clone(), method: method.clone(), route }
    }

    /// It is answered; it was about this organization, if any.
    pub(crate) fn end(self, site: &Site, response: &mut Response, organization: Option<Id>) {
        let Self { id, span, begun, asked, method, route } = self;
        let (status, took) = (response.status(), begun.elapsed());
        site.metrics.answered(&method, route, status, took);
        let organization = organization.map(|it| it.to_string()).unwrap_or_default();
        let status = status.as_u16();
        span.record("http.response.status_code", status);
        span.record("organization", &organization);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        tracing::info!(target: "web::request", id, method = %asked, route, status, micros, organization);
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert("x-request-id", id);
        }
    }
}

fn span(
    site: &Site,
    go_on: GoOn,
    method: &Method,
    route: &'static str,
    request: &Request,
    id: &str,
) -> Span {
    let span = tracing::info_span!(
        "request",
        otel.name = %format_args!("{method} {route}"),
        otel.kind = "server",
        http.request.method = method.as_str(),
        http.route = route,
        http.response.status_code = Empty,
        request.id = id,
        organization = Empty,
    );
    // A stranger could else decide what is sent to the collector, and below what.
    let peer = request.extensions().get::<Peer>().copied().unwrap_or_default();
    if site.settings.proxies.is_one(peer) {
        go_on(&span, request.headers());
    }
    span
}
