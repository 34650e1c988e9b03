//! From a request of a program to its answer.

use std::{
    collections::BTreeMap,
    io::Write,
    sync::Arc,
    time::{Duration, Instant},
};

use app::{Past, Point, accounts::AccessToken};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{RawPathParams, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::Response,
    routing::{MethodFilter, MethodRouter, any, on},
};
use domain::{Isms, parameters};
use futures_util::StreamExt;
use jiff::Timestamp;
use meta::Id;
use tokio::time::timeout;

use super::{
    Fault, Reply,
    endpoint::{Endpoint, Is, Takes},
    endpoints,
    reply::POSITION,
};
use crate::{
    Ask, Problem, Site, ask::Place, form::Form, patience::patient, routes::Needs, security,
    upload::Upload,
};

/// The largest body of JSON, in bytes: a batch of some ten thousand records.
const LARGEST: usize = 16 << 20;

/// What did not arrive whole.
const CUT_OFF: &str = "what you sent did not arrive whole: send it again";

/// How long an answer waits for its turn at most.
const TURN: Duration = Duration::from_millis(50);

/// How long an answer waits for an entry that its request has seen.
const PATIENCE: Duration = Duration::from_secs(2);

/// The routes for programs.
pub(crate) fn router() -> Router<Arc<Site>> {
    let mut paths: BTreeMap<&'static str, Vec<&'static Endpoint>> = BTreeMap::new();
    for endpoint in endpoints() {
        paths.entry(endpoint.path).or_default().push(endpoint);
    }
    let mut router = Router::new();
    for (path, endpoints) in paths {
        let names: Vec<&str> = endpoints.iter().map(|it| it.method.as_str()).collect();
        let allowed: &'static str = names.join(", ").leak();
        let mut methods: MethodRouter<Arc<Site>> = MethodRouter::new();
        for endpoint in endpoints {
            let filter = MethodFilter::try_from(endpoint.method.clone())
                .expect("the table has methods that a router knows");
            let answer =
                move |State(site): State<Arc<Site>>, params: RawPathParams, request: Request| {
                    let params = params.iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
                    handle(site, endpoint, params, request)
                };
            methods = methods.merge(on(filter, answer));
        }
        let refuse = move |State(site): State<Arc<Site>>| async move {
            finish(&site, Fault::method(allowed).reply(path))
        };
        router = router.route(path, methods.fallback(refuse));
    }
    let nothing =
        |State(site): State<Arc<Site>>| async move { finish(&site, Fault::not_found().reply("")) };
    router.route("/api/{*rest}", any(nothing))
}

async fn handle(
    site: Arc<Site>,
    endpoint: &'static Endpoint,
    params: Vec<(String, String)>,
    request: Request,
) -> Response {
    let begun = Instant::now();
    let id = app::fresh_id().simple().to_string();
    let mut response = respond(&site, endpoint, params, request, &id).await;
    let (status, took) = (response.status(), begun.elapsed());
    site.metrics.answered(&endpoint.method, endpoint.path, status, took);
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    let (method, status) = (&endpoint.method, status.as_u16());
    tracing::info!(target: "web::request", id, %method, route = endpoint.path, status, micros);
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}

async fn respond(
    site: &Arc<Site>,
    endpoint: &'static Endpoint,
    params: Vec<(String, String)>,
    request: Request,
    id: &str,
) -> Response {
    let (parts, body) = request.into_parts();
    let id = id.to_owned();
    if endpoint.quick
        && let Some(isms) = at_hand(site, &params, &parts)
    {
        let call = Call { endpoint, params, parts, id, at_hand: Some(isms) };
        return work(site, call, Ok(Sent::default()));
    }
    // Nobody fills memory or disk without a token.
    let sent = match endpoint.takes {
        Takes::Nothing => Ok(Sent::default()),
        takes => match admit(site, &parts).await {
            Ok(()) => {
                let body = patient(body, site.settings.patience);
                match takes {
                    Takes::File => read_file(site, &parts, body).await,
                    _ => read_json(&parts, body).await,
                }
            }
            Err(fault) => Err(fault),
        },
    };
    // More answers at once than there are cores make all of them late.
    let turn = match endpoint.method {
        Method::GET => timeout(TURN, site.turns.clone().acquire_owned()).await.ok(),
        _ => None,
    };
    let call = Call { endpoint, params, parts, id, at_hand: None };
    let path = endpoint.path;
    let worked = tokio::task::spawn_blocking({
        let site = site.clone();
        move || {
            let _turn = turn;
            work(&site, call, sent)
        }
    });
    worked
        .await
        .unwrap_or_else(|panicked| finish(site, Fault::from(Problem::broken(panicked)).reply(path)))
}

/// A request on its way.
struct Call {
    endpoint: &'static Endpoint,
    params: Vec<(String, String)>,
    parts: Parts,
    /// What the log calls it by.
    id: String,
    /// The newest records, where they were at hand.
    at_hand: Option<Isms>,
}

/// What came with a request.
#[derive(Default)]
struct Sent {
    body: Bytes,
    uploads: Vec<Upload>,
}

/// The newest records of the organization asked for, when a token that is known asks for them and
/// nothing has to be waited for.
fn at_hand(site: &Site, params: &[(String, String)], parts: &Parts) -> Option<Isms> {
    let text = shown(&parts.headers)?;
    let waits = parts.headers.contains_key(POSITION)
        || parts.uri.query().is_some_and(|it| it.contains("as_of"));
    let slug = params.iter().find(|it| it.0 == "org")?;
    let now = site.clock.now();
    let (organization, _) = site.bearers.known_place(&site.app, text, &slug.1, now)?;
    if waits { None } else { organization.at_hand() }
}

fn work(site: &Arc<Site>, call: Call, sent: Result<Sent, Fault>) -> Response {
    let path = call.endpoint.path;
    let answered = sent.and_then(|sent| answer(site, call, sent));
    finish(site, answered.unwrap_or_else(|fault| fault.reply(path)))
}

fn finish(site: &Site, reply: Reply) -> Response {
    let mut response = reply.into_response();
    security::guard(response.headers_mut(), site.settings.secure);
    response
}

fn answer(site: &Arc<Site>, call: Call, sent: Sent) -> Result<Reply, Fault> {
    let Call { endpoint, params, parts, id, at_hand } = call;
    let now = site.clock.now();
    let (text, bearer) = match endpoint.needs {
        Needs::Nothing => (String::new(), None),
        _ => {
            let (text, token) = token(site, &parts.headers, now)?;
            (text, Some(token))
        }
    };
    if let Some(bearer) = &bearer
        && !bearer.scopes.has(endpoint.scope)
    {
        return Err(lacks(endpoint.scope));
    }
    let query = Form::parse(parts.uri.query().unwrap_or_default().as_bytes());
    check_query(endpoint, &query)?;
    let mut ask = Ask {
        address: crate::router::address(site, &parts),
        now,
        id,
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query,
        form: Form::default(),
        uploads: sent.uploads,
        body: sent.body,
        bearer: bearer.clone(),
        headers: parts.headers,
        params,
        signed: None,
        place: None,
        site: site.clone(),
    };
    if let Some(bearer) = &bearer
        && !ask.param("org").is_empty()
    {
        ask.place = Some(place(&ask, &text, bearer, at_hand)?);
    }
    match endpoint.needs {
        Needs::May(act) => ask.must(act, domain::access::On::Everything)?,
        Needs::Nothing | Needs::Account | Needs::Member => {}
    }
    let reply = (endpoint.run)(&ask)?;
    Ok(match &ask.place {
        Some(place) => reply.position(place.past.isms.position()),
        None => reply,
    })
}

/// The token that was shown.
fn shown(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

fn token(
    site: &Site,
    headers: &HeaderMap,
    now: Timestamp,
) -> Result<(String, Arc<AccessToken>), Fault> {
    let Some(text) = shown(headers) else {
        return Err(Fault::no_token("show a token: `Authorization: Bearer mun_…`"));
    };
    let found = site.bearers.token(&site.app, text, now)?;
    let found = found.ok_or_else(|| {
        Fault::no_token("this token opens nothing: it has ended, was revoked, or never was one")
    })?;
    Ok((text.to_owned(), found))
}

/// A token that is not for this.
pub(crate) fn lacks(scope: app::accounts::Scope) -> Fault {
    let detail = format!(
        "this token is not for this: make one with the scope `{}`, which lets a program {}",
        scope.id(),
        scope.help()
    );
    Fault::new(StatusCode::FORBIDDEN, "Scope missing", detail)
}

/// The organization in the path, at the point asked for.
fn place(
    ask: &Ask,
    text: &str,
    bearer: &AccessToken,
    at_hand: Option<Isms>,
) -> Result<Place, Fault> {
    let slug = ask.param("org");
    let found = ask.site.bearers.place(&ask.site.app, text, bearer, slug, ask.now)?;
    let (organization, person): (_, Id) = found.ok_or_else(Fault::not_found)?;
    if !ask.header(POSITION.as_str()).is_empty() {
        let seen = ask.header(POSITION.as_str()).parse().ok();
        let seen: u64 = seen.ok_or_else(|| {
            Fault::header("Muniment-Position", "`Muniment-Position` is the number of an entry")
        })?;
        if !organization.await_entry(seen, PATIENCE)? {
            return Err(Fault::not_yet(seen));
        }
    }
    let beside = ask.site.beside(&organization);
    let now = match at_hand {
        Some(isms) => Past { day: organization.today(&isms), isms },
        None => organization.as_of(None)?,
    };
    let access = beside.admitted.access(&now.isms, person, now.day);
    let asks_second = parameters::is_set(&now.isms, parameters::SECOND_FACTOR);
    let shown = access.day_to_show(now.day).ok_or_else(Fault::not_found)?;
    let wanted = match ask.query.get("as_of") {
        Some(text) => Some(text.parse::<Point>().map_err(|it| Fault::query("as_of", it))?),
        None => (shown != now.day).then_some(Point::Day(shown)),
    };
    let past = match wanted {
        None => Arc::new(now),
        Some(point) => beside.pasts.at(&organization, point).map_err(|err| match err {
            app::Error::Wrong(detail) => Fault::query("as_of", detail),
            err => err.into(),
        })?,
    };
    Ok(Place { organization, past, as_of: wanted, person, access, asks_second, beside })
}

/// Refuses parameters that the endpoint does not know, by name, and values that are none.
fn check_query(endpoint: &Endpoint, query: &Form) -> Result<(), Fault> {
    for (name, value) in query.pairs() {
        let is_named = |it: &&super::Parameter| {
            it.name == name || it.is == Is::Filter && name.starts_with(it.name)
        };
        let Some(parameter) = endpoint.query.iter().find(is_named) else {
            let known: Vec<&str> = endpoint.query.iter().map(|it| it.name).collect();
            let known = match known.is_empty() {
                true => "this takes none".to_owned(),
                false => format!("it is one of {}", known.join(", ")),
            };
            return Err(Fault::query(name, format!("there is no parameter `{name}`: {known}")));
        };
        if parameter.is != Is::Filter && query.all(name).nth(1).is_some() {
            return Err(Fault::query(name, format!("`{name}` stands there twice: send it once")));
        }
        let wrong = |what: String| Err(Fault::query(name, format!("`{name}` is {what}")));
        match parameter.is {
            Is::Number(least, most) => {
                let is_digits = !value.is_empty() && value.bytes().all(|it| it.is_ascii_digit());
                let number = is_digits.then(|| value.parse::<u64>().ok()).flatten();
                if number.is_none_or(|it| it < least || it > most) {
                    return wrong(format!("a whole number from {least} to {most}"));
                }
            }
            Is::One(options) if !options.contains(&value) => {
                return wrong(format!("one of {}", options.join(", ")));
            }
            Is::Truth if !["true", "false"].contains(&value) => {
                return wrong("`true` or `false`".to_owned());
            }
            Is::Point if value.contains('+') => {
                return wrong("a day like 2026-03-31, or the number of an entry".to_owned());
            }
            _ => {}
        }
    }
    let missing = endpoint.query.iter().find(|it| it.needed && query.said(it.name).is_none());
    missing.map_or(Ok(()), |it| Err(Fault::query(it.name, format!("`{}` is needed", it.name))))
}

/// Whether the token that was shown opens anything.
async fn admit(site: &Arc<Site>, parts: &Parts) -> Result<(), Fault> {
    let now = site.clock.now();
    let known = shown(&parts.headers).and_then(|it| site.bearers.known(&site.app, it, now));
    if known.is_some() {
        return Ok(());
    }
    let (site, headers) = (site.clone(), parts.headers.clone());
    let found = tokio::task::spawn_blocking(move || token(&site, &headers, now).map(drop)).await;
    found.unwrap_or_else(|panicked| Err(Problem::broken(panicked).into()))
}

async fn read_json(parts: &Parts, body: Body) -> Result<Sent, Fault> {
    let media = parts.headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let media = media.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if !media.eq_ignore_ascii_case("application/json") {
        let detail = "send `Content-Type: application/json`";
        return Err(Fault::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Not JSON", detail));
    }
    let mut pieces = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(piece) = pieces.next().await {
        bytes.extend_from_slice(&piece.map_err(|_| Fault::malformed(CUT_OFF))?);
        if bytes.len() > LARGEST {
            return Err(Problem::TooLarge(LARGEST as u64).into());
        }
    }
    Ok(Sent { body: bytes.into(), uploads: Vec::new() })
}

/// A file is kept on disk while it comes.
async fn read_file(site: &Site, parts: &Parts, body: Body) -> Result<Sent, Fault> {
    let largest = site.settings.largest_upload;
    let mut file = site.shelf.file().map_err(Problem::from)?;
    let (mut pieces, mut taken) = (body.into_data_stream(), 0u64);
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| Fault::malformed(CUT_OFF))?;
        taken += piece.len() as u64;
        if taken > largest {
            return Err(Problem::TooLarge(largest).into());
        }
        file.write_all(&piece).map_err(Problem::from)?;
    }
    let name = Form::parse(parts.uri.query().unwrap_or_default().as_bytes());
    let name = name.said("name").unwrap_or("file").to_owned();
    let upload = Upload::new("file".to_owned(), &name, file).map_err(Problem::from)?;
    Ok(Sent { body: Bytes::new(), uploads: vec![upload] })
}
