//! What a program gets.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use meta::Id;
use serde_json::Value;

use crate::noted::About;

/// What a program gets.
#[derive(Debug)]
pub struct Reply {
    /// Its status.
    pub status: StatusCode,
    /// Its media type; none without a body.
    pub media: HeaderValue,
    /// Its bytes.
    pub body: Body,
    /// Its other headers.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The organization that it is about, for the log.
    pub about: Option<Id>,
}

/// The position of the ledger that an answer shows, or that a write got.
pub(crate) const POSITION: HeaderName = HeaderName::from_static("muniment-position");

const JSON: &str = "application/json";

/// The version of a record, as an entity tag.
pub(super) fn etag(version: u32) -> String {
    format!("\"{version}\"")
}

impl Reply {
    /// Bytes of some media type.
    pub fn bytes(media: &str, bytes: impl Into<Body>) -> Self {
        Self {
            status: StatusCode::OK,
            media: HeaderValue::from_str(media).unwrap_or(HeaderValue::from_static("text/plain")),
            body: bytes.into(),
            headers: Vec::new(),
            about: None,
        }
    }

    /// JSON that is written already.
    pub fn text(json: impl Into<Body>) -> Self {
        Self::bytes(JSON, json)
    }

    /// JSON.
    pub fn json(value: &Value) -> Self {
        Self::text(value.to_string())
    }

    /// Nothing to say.
    pub fn nothing() -> Self {
        let mut reply = Self::bytes(JSON, Body::empty());
        reply.status = StatusCode::NO_CONTENT;
        reply
    }

    /// The same with a status.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The same with a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.retain(|it| it.0 != name);
            self.headers.push((name, value));
        }
        self
    }

    /// The same with the version of a record.
    #[must_use]
    pub fn version(self, version: u32) -> Self {
        self.header(header::ETAG, &etag(version))
    }

    /// The same with a position of the ledger.
    #[must_use]
    pub fn position(mut self, position: u64) -> Self {
        if !self.headers.iter().any(|it| it.0 == POSITION) {
            self.headers.push((POSITION, position.into()));
        }
        self
    }

    /// The same, about an organization.
    #[must_use]
    pub fn about(mut self, organization: Id) -> Self {
        self.about = Some(organization);
        self
    }

    pub(super) fn into_response(self) -> Response {
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if self.status != StatusCode::NO_CONTENT {
            headers.insert(header::CONTENT_TYPE, self.media);
        }
        headers.extend(self.headers);
        if let Some(organization) = self.about {
            response.extensions_mut().insert(About(organization));
        }
        response
    }
}
