//! What a program is told when its request was not done: problem+json (RFC 9457).

use std::ops::{Deref, DerefMut};

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use domain::Refusal;
use serde_json::{Value, json};

use super::Reply;
use crate::{Problem, problem::sentence_of};

/// Why a request of a program was not done.
#[derive(Debug)]
pub struct Fault(Box<Told>);

/// What is told of it.
#[derive(Debug)]
pub struct Told {
    /// Its status.
    pub status: StatusCode,
    /// In a few words, the same for all of its sort.
    pub title: &'static str,
    /// In one sentence: what is the matter and what to do.
    pub detail: String,
    /// The places of the request to blame, as JSON pointers or names of parameters.
    pub errors: Vec<Wrong>,
    /// The version that the record has, where the one seen is older.
    pub current: Option<u32>,
    headers: Vec<(HeaderName, String)>,
    /// What broke, for the log.
    cause: Option<Problem>,
}

/// One place of a request, and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// A JSON pointer into the body; or a parameter.
    pub at: Place,
    /// One sentence.
    pub detail: String,
}

/// A place of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the body: a JSON pointer (RFC 6901).
    Body(String),
    /// A parameter of the address.
    Query(String),
    /// A header.
    Header(&'static str),
}

impl Fault {
    /// A request that was not done.
    pub fn new(status: StatusCode, title: &'static str, detail: impl Into<String>) -> Self {
        let detail = sentence_of(&detail.into());
        let (errors, headers) = (Vec::new(), Vec::new());
        Self(Box::new(Told { status, title, detail, errors, current: None, headers, cause: None }))
    }

    /// There is no such thing, or whoever asks may not know of it.
    pub fn not_found() -> Self {
        let detail = "there is no such thing, or it is not open to you";
        Self::new(StatusCode::NOT_FOUND, "Nothing here", detail)
    }

    /// Nobody is named who asks.
    pub fn no_token(detail: &str) -> Self {
        let mut fault = Self::new(StatusCode::UNAUTHORIZED, "Token needed", detail);
        let how = "Bearer realm=\"Muniment\"".to_owned();
        fault.headers.push((header::WWW_AUTHENTICATE, how));
        fault
    }

    /// Parameters of the address make no sense.
    pub fn query(name: impl Into<String>, detail: impl Into<String>) -> Self {
        let wrong = Wrong { at: Place::Query(name.into()), detail: sentence_of(&detail.into()) };
        Self::of(StatusCode::BAD_REQUEST, "Parameter not understood", vec![wrong])
    }

    /// A header makes no sense.
    pub fn header(name: &'static str, detail: &str) -> Self {
        let wrong = Wrong { at: Place::Header(name), detail: sentence_of(detail) };
        Self::of(StatusCode::BAD_REQUEST, "Header not understood", vec![wrong])
    }

    /// Places in the body make no sense.
    pub fn body(errors: Vec<Wrong>) -> Self {
        Self::of(StatusCode::UNPROCESSABLE_ENTITY, "Body not understood", errors)
    }

    /// The body is not what its media type says.
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "Body not readable", detail)
    }

    /// The request must say which version it has seen.
    pub fn needs_version() -> Self {
        let detail = "say which version you have seen: send its ETag as `If-Match`";
        let mut fault = Self::new(StatusCode::PRECONDITION_REQUIRED, "Version needed", detail);
        fault.errors = vec![Wrong { at: Place::Header("If-Match"), detail: fault.detail.clone() }];
        fault
    }

    /// The path knows other methods only.
    pub fn method(allowed: &str) -> Self {
        let detail = format!("this can be asked with {allowed} only");
        let mut fault = Self::new(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed", detail);
        fault.headers.push((header::ALLOW, allowed.to_owned()));
        fault
    }

    /// Asked for too much at once, or too often; after so many seconds it may be asked again.
    pub fn too_often(detail: impl Into<String>, seconds: u64) -> Self {
        let mut fault = Self::new(StatusCode::TOO_MANY_REQUESTS, "Too many requests", detail);
        fault.headers.push((header::RETRY_AFTER, seconds.to_string()));
        fault
    }

    /// The entry that was asked for has not come here yet.
    pub fn not_yet(position: u64) -> Self {
        let detail = format!("entry {position} is not known here yet: ask again in a moment");
        let mut fault = Self::new(StatusCode::SERVICE_UNAVAILABLE, "Not here yet", detail);
        fault.headers.push((header::RETRY_AFTER, "1".to_owned()));
        fault
    }

    /// A refused command; `place` makes a pointer from the step to blame.
    pub fn refused(
        refusal: &Refusal,
        sentence: &str,
        step: Option<usize>,
        place: &dyn Fn(Option<usize>) -> String,
    ) -> Self {
        let mut fault = Self::new(status(refusal), "Refused", sentence);
        let base = place(step);
        match refusal {
            Refusal::Stale { current, .. } => {
                fault.title = "Changed meanwhile";
                fault.current = Some(*current);
            }
            Refusal::Invalid { problems, .. } => {
                fault.title = "Fields are wrong";
                fault.errors = problems
                    .iter()
                    .map(|it| Wrong {
                        at: Place::Body(format!("{base}{}", inside(&it.field))),
                        detail: sentence_of(&it.message),
                    })
                    .collect();
            }
            _ => {}
        }
        if fault.errors.is_empty() && !base.is_empty() {
            fault.errors = vec![Wrong { at: Place::Body(base), detail: fault.detail.clone() }];
        }
        fault
    }

    /// The answer, logged where the machine broke; `path` is the route that was asked for.
    pub(super) fn reply(mut self, path: &str) -> Reply {
        let id = self.cause.take().map(|cause| {
            let id = app::fresh_id();
            let mut causes = vec![cause.sentence()];
            if let Problem::Broken(cause) | Problem::Unavailable(_, cause) = &cause {
                causes = vec![cause.to_string()];
                let mut next = cause.source();
                while let Some(it) = next {
                    causes.push(it.to_string());
                    next = it.source();
                }
            }
            tracing::error!(path, %id, cause = causes.join(": "), "a request failed");
            id
        });
        let mut body = json!({
            "type": format!("/api#problem-{}", self.status.as_u16()),
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        if let Some(id) = id {
            body["id"] = json!(id);
        }
        if let Some(current) = self.current {
            body["current"] = json!(current);
            self.headers.push((header::ETAG, super::etag(current)));
        }
        if !self.errors.is_empty() {
            body["errors"] = self.errors.iter().map(Wrong::json).collect();
        }
        let mut reply = Reply::bytes("application/problem+json", body.to_string().into_bytes());
        reply.status = self.status;
        for (name, value) in std::mem::take(&mut self.headers) {
            if let Ok(value) = HeaderValue::from_str(&value) {
                reply.headers.push((name, value));
            }
        }
        reply
    }

    fn of(status: StatusCode, title: &'static str, errors: Vec<Wrong>) -> Self {
        let mut fault = Self::new(status, title, String::new());
        fault.detail = errors.first().map(|it| it.detail.clone()).unwrap_or_default();
        fault.errors = errors;
        fault
    }
}

impl Deref for Fault {
    type Target = Told;

    fn deref(&self) -> &Told {
        &self.0
    }
}

impl DerefMut for Fault {
    fn deref_mut(&mut self) -> &mut Told {
        &mut self.0
    }
}

impl Wrong {
    /// In the body, at this pointer.
    pub fn body(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { at: Place::Body(pointer.into()), detail: sentence_of(&detail.into()) }
    }

    /// In the body, what stands at this pointer is not what it must be.
    pub(super) fn must_be(pointer: impl Into<String>, what: &str) -> Self {
        let pointer = pointer.into();
        let called = match pointer.rsplit('/').next() {
            Some(name) if name.parse::<usize>().is_ok() => format!("`{pointer}`"),
            Some(name) if !name.is_empty() => format!("`{name}`"),
            _ => "the body".to_owned(),
        };
        Self::body(pointer, format!("{called} must be {what}"))
    }

    fn json(&self) -> Value {
        match &self.at {
            Place::Body(pointer) => json!({"pointer": pointer, "detail": self.detail}),
            Place::Query(name) => json!({"parameter": name, "detail": self.detail}),
            Place::Header(name) => json!({"header": name, "detail": self.detail}),
        }
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::NotFound => Self::not_found(),
            Problem::SignIn => Self::no_token("show a token"),
            Problem::Refused { refusal, sentence } => {
                Self::refused(&refusal, &sentence, None, &|_| String::new())
            }
            Problem::ReadOnly => {
                let detail = "what was cannot be changed: leave `as_of` away";
                Self::new(StatusCode::FORBIDDEN, "This is the past", detail)
            }
            problem => {
                let sentence = problem.sentence();
                let mut fault = Self::new(problem.status(), problem.title(), sentence);
                if let Problem::Wrong(detail) = &problem {
                    fault.detail = sentence_of(detail);
                }
                if matches!(problem, Problem::Broken(_) | Problem::Unavailable(..)) {
                    fault.cause = Some(problem);
                }
                fault
            }
        }
    }
}

impl From<app::Error> for Fault {
    fn from(err: app::Error) -> Self {
        Problem::from(err).into()
    }
}

fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::Stale { .. } => StatusCode::PRECONDITION_FAILED,
        Refusal::Taken { .. }
        | Refusal::Already { .. }
        | Refusal::Sole { .. }
        | Refusal::StillLinked { .. } => StatusCode::CONFLICT,
        Refusal::NotPermitted { .. }
        | Refusal::NotActing { .. }
        | Refusal::NoAuthority { .. }
        | Refusal::FourEyes { .. } => StatusCode::FORBIDDEN,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// A pointer to where a field stands: `rows[1].name` as `/fields/rows/1/name`.
fn inside(field: &str) -> String {
    if field.is_empty() {
        return String::new();
    }
    let members = ["stage", "tags", "note"];
    let parts = field.split(['.', '[']).map(|it| it.trim_end_matches(']'));
    let pointer: String = parts.map(|it| format!("/{}", escaped(it))).collect();
    if members.contains(&field) { pointer } else { format!("/fields{pointer}") }
}

/// A part of a JSON pointer.
pub(super) fn escaped(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_become_pointers() {
        assert_eq!(inside("owner"), "/fields/owner");
        assert_eq!(inside("rows[1].na/me"), "/fields/rows/1/na~1me");
        assert_eq!(inside("stage"), "/stage");
        assert_eq!(inside(""), "");
    }
}
