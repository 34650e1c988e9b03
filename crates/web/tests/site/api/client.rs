//! A program with a token.

use std::{
    io,
    sync::{Arc, mpsc::channel},
    task::Poll,
    time::Duration,
};

use app::accounts::{Scope, Scopes, WantedToken};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Method, Request},
};
use futures_util::stream;
use kinds::membership::Profile;
use meta::{Choice, Id};
use serde_json::Value;
use tower::ServiceExt;
use web::Site;

use crate::fixture::Fixture;

/// All scopes.
pub const ALL: [Scope; 4] = Scope::ALL;

/// A program with a token.
pub struct Client {
    router: Router,
    runtime: tokio::runtime::Runtime,
    /// The token as it shows it.
    pub text: String,
    /// The token it shows.
    pub token: Id,
    /// In whose name it acts.
    pub account: Id,
}

/// What came back.
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The body.
    pub text: String,
    headers: HeaderMap,
}

impl Client {
    /// Who shows this text as a token.
    pub fn with(text: &str, fixture: &Fixture) -> Self {
        Self::new(text, &fixture.site, Id::nil(), Id::nil())
    }

    /// Who acts for the person with this access profile, with these scopes.
    pub fn of(fixture: &Fixture, profile: Profile, scopes: &[Scope]) -> Self {
        let person = fixture.person(profile);
        Self::for_person(fixture, profile.def().id, person, scopes)
    }

    /// Who acts for a person of `acme`.
    pub fn for_person(fixture: &Fixture, name: &str, person: Id, scopes: &[Scope]) -> Self {
        let accounts = fixture.site.app.accounts();
        let email = format!("{name}@acme.example");
        let account = match accounts.by_email(&email).unwrap() {
            Some(account) => account,
            None => accounts.create(&email, name).unwrap(),
        };
        accounts.belong(account.id, fixture.organization.id(), person).unwrap();
        let scopes = Scopes::of(scopes.iter().copied());
        let wanted = WantedToken { name: "test", organization: None, scopes, days: 7 };
        let (token, text) = accounts.make_token(account.id, &wanted).unwrap();
        Self::new(&text, &fixture.site, token.id, account.id)
    }

    /// Who acts for somebody of `elsewhere`, who is nobody in `acme`.
    pub fn outside(fixture: &Fixture) -> Self {
        // Signing in makes the account.
        drop(fixture.outsider());
        let accounts = fixture.site.app.accounts();
        let account = accounts.by_email("outsider@elsewhere.example").unwrap().unwrap();
        let scopes = Scopes::of(ALL);
        let wanted = WantedToken { name: "test", organization: None, scopes, days: 7 };
        let (token, text) = accounts.make_token(account.id, &wanted).unwrap();
        Self::new(&text, &fixture.site, token.id, account.id)
    }

    /// Reads.
    pub fn get(&self, path: &str) -> Reply {
        self.ask(Method::GET, path, &[], "")
    }

    /// Sends JSON.
    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.ask(Method::POST, path, &[("content-type", "application/json")], &body.to_string())
    }

    /// Sends a change.
    pub fn patch(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Reply {
        let mut all = vec![("content-type", "application/json")];
        all.extend_from_slice(headers);
        self.ask(Method::PATCH, path, &all, &body.to_string())
    }

    /// Asks.
    pub fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        if !self.text.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.text));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let router = self.router.clone();
        self.runtime.block_on(async {
            let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
            let bytes = to_bytes(body, usize::MAX).await.unwrap();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            Reply { status: parts.status.as_u16(), headers: parts.headers, text }
        })
    }

    /// Does something while so many requests wait for a body that does not come.
    pub fn hold(&self, count: usize, path: &str, work: impl FnOnce()) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let (sender, begun) = channel();
        for _ in 0..count {
            let mut sender = Some(sender.clone());
            let body = Body::from_stream(stream::poll_fn(move |_| {
                sender.take().map(|it| it.send(()));
                Poll::<Option<Result<Bytes, io::Error>>>::Pending
            }));
            let request = Request::post(path)
                .header("authorization", format!("Bearer {}", self.text))
                .header("content-type", "application/json")
                .body(body)
                .unwrap();
            runtime.spawn(self.router.clone().oneshot(request));
        }
        let wait = Duration::from_secs(30);
        (0..count).for_each(|_| begun.recv_timeout(wait).expect("it is under way"));
        work();
        runtime.shutdown_timeout(wait);
    }

    fn new(text: &str, site: &Arc<Site>, token: Id, account: Id) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let router = web::router(site.clone());
        Self { router, runtime, text: text.to_owned(), token, account }
    }
}

impl Reply {
    /// A header; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }
}
