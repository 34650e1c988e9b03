//! From a request of a program to its answer.

mod body;
mod query;
mod token;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use app::{Past, Point};
use axum::{
    Router,
    extract::{RawPathParams, Request, State, rejection::RawPathParamsRejection},
    http::{Method, request::Parts},
    response::Response,
    routing::{MethodFilter, MethodRouter, any, on},
};
use domain::{Isms, parameters};
use meta::Id;
use tokio::time::timeout;
use tracing::{Instrument, Span};

pub(super) use self::token::lacks;
use self::{
    body::Sent,
    token::{Shown, admit},
};
use super::{
    Fault, Reply,
    endpoint::{Endpoint, Takes},
    endpoints,
    limits::Turn,
    reply::POSITION,
};
use crate::{
    Ask, Problem, Site,
    ask::Place,
    form::Form,
    noted::{About, Noted},
    patience::patient,
    routes::Needs,
    security,
};

/// How long an answer waits for its turn at most.
const TURN: Duration = Duration::from_millis(50);

/// How long an answer waits for an entry that its request has seen.
const PATIENCE: Duration = Duration::from_secs(2);

/// The names in a path, where they are text.
type Params = Result<RawPathParams, RawPathParamsRejection>;

/// The routes for programs.
pub(crate) fn router() -> Router<Arc<Site>> {
    let mut paths: BTreeMap<&'static str, Vec<&'static Endpoint>> = BTreeMap::new();
    for endpoint in endpoints() {
        paths.entry(endpoint.path).or_default().push(endpoint);
    }
    let mut router = Router::new();
    for (path, endpoints) in paths {
        let allowed: &'static str = allowed(&endpoints).leak();
        let mut methods: MethodRouter<Arc<Site>> = MethodRouter::new();
        for endpoint in endpoints {
            let filter = MethodFilter::try_from(endpoint.method.clone())
                .expect("the table has methods that a router knows");
            let answer = move |State(site): State<Arc<Site>>, params: Params, request: Request| async move {
                // What is no text names nothing.
                let Ok(params) = params else {
                    return guarded(&site, Fault::not_found().reply(path));
                };
                let params = params.iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
                handle(site, endpoint, params, request).await
            };
            methods = methods.merge(on(filter, answer));
        }
        let refuse = move |State(site): State<Arc<Site>>| async move {
            guarded(&site, Fault::method(allowed).reply(path))
        };
        router = router.route(path, methods.fallback(refuse));
    }
    let nothing =
        |State(site): State<Arc<Site>>| async move { guarded(&site, Fault::not_found().reply("")) };
    router.route("/api/{*rest}", any(nothing))
}

/// The methods that a path knows, for `Allow`.
fn allowed(endpoints: &[&Endpoint]) -> String {
    let names = endpoints.iter().flat_map(|it| match it.method {
        // Whoever may read may also ask for the headers alone.
        Method::GET => vec!["GET", "HEAD"],
        _ => vec![it.method.as_str()],
    });
    names.collect::<Vec<_>>().join(", ")
}

async fn handle(
    site: Arc<Site>,
    endpoint: &'static Endpoint,
    params: Vec<(String, String)>,
    request: Request,
) -> Response {
    let noted = Noted::begin(&site, &endpoint.method, endpoint.path, &request);
    let answered = respond(&site, endpoint, params, request, &noted.id);
    let mut response = answered.instrument(noted.span.clone()).await;
    let about = response.extensions().get::<About>().map(|it| it.0);
    noted.end(&site, &mut response, about);
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
    let (shown, turn) = match admit(site, endpoint, &parts).await {
        Ok(admitted) => admitted,
        Err(fault) => return finish(site, endpoint, Err(fault)),
    };
    if let Some(is_quick) = endpoint.quick
        && let Some(isms) = at_hand(site, shown.as_ref(), &params, &parts)
    {
        let call = Call { endpoint, shown, params, parts, id, at_hand: Some(isms) };
        return match prepare(site, call, Sent::default()) {
            Ok(ask) if !is_quick(&ask) => {
                in_turn(site, endpoint, turn, move || answer(endpoint, &ask)).await
            }
            prepared => finish(site, endpoint, prepared.and_then(|ask| answer(endpoint, &ask))),
        };
    }
    // Only now: nobody fills memory or disk without a token.
    let body = patient(body, site.settings.patience);
    let sent = match endpoint.takes {
        Takes::Nothing => Ok(Sent::default()),
        Takes::File => body::read_file(site, &parts, body).await,
        Takes::Json(_) => body::read_json(&parts, body).await,
    };
    let call = Call { endpoint, shown, params, parts, id, at_hand: None };
    let worker = site.clone();
    let work = move || answer(endpoint, &prepare(&worker, call, sent?)?);
    in_turn(site, endpoint, turn, work).await
}

/// Works on a thread that may wait. More answers at once than there are cores make all of them late.
async fn in_turn(
    site: &Site,
    endpoint: &'static Endpoint,
    of_token: Turn,
    work: impl FnOnce() -> Result<Reply, Fault> + Send + 'static,
) -> Response {
    let turn = match endpoint.method {
        Method::GET => timeout(TURN, site.turns.clone().acquire_owned()).await.ok(),
        _ => None,
    };
    let span = Span::current();
    let worked = tokio::task::spawn_blocking(move || {
        let _turns = (turn, of_token);
        span.in_scope(work)
    });
    let worked = worked.await;
    finish(site, endpoint, worked.unwrap_or_else(|panicked| Err(Problem::broken(panicked).into())))
}

/// A request on its way.
struct Call {
    endpoint: &'static Endpoint,
    /// The token that was shown, where one is needed.
    shown: Option<Shown>,
    params: Vec<(String, String)>,
    parts: Parts,
    /// What the log calls it by.
    id: String,
    /// The newest records, where they were at hand.
    at_hand: Option<Isms>,
}

/// The newest records of the organization asked for, when a token that is known asks for them and
/// nothing has to be waited for.
fn at_hand(
    site: &Site,
    shown: Option<&Shown>,
    params: &[(String, String)],
    parts: &Parts,
) -> Option<Isms> {
    let waits = parts.headers.contains_key(POSITION)
        || parts.uri.query().is_some_and(|it| it.contains("as_of"));
    let slug = params.iter().find(|it| it.0 == "org")?;
    let now = site.clock.now();
    let (organization, _) = site.bearers.known_place(&site.app, &shown?.key, &slug.1, now)?;
    if waits { None } else { organization.at_hand() }
}

fn finish(site: &Site, endpoint: &Endpoint, answered: Result<Reply, Fault>) -> Response {
    guarded(site, answered.unwrap_or_else(|fault| fault.reply(endpoint.path)))
}

fn guarded(site: &Site, reply: Reply) -> Response {
    let mut response = reply.into_response();
    security::guard(response.headers_mut(), site.settings.secure);
    response
}

/// Finds out who asks for what, and whether they may.
fn prepare(site: &Arc<Site>, call: Call, sent: Sent) -> Result<Ask, Fault> {
    let Call { endpoint, shown, params, parts, id, at_hand } = call;
    let query = Form::parse(parts.uri.query().unwrap_or_default().as_bytes());
    query::check(endpoint, &query)?;
    let mut ask = Ask {
        address: crate::router::address(site, &parts),
        now: site.clock.now(),
        id,
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query,
        form: Form::default(),
        uploads: sent.uploads,
        body: sent.body,
        bearer: shown.as_ref().map(|it| it.token.clone()),
        headers: parts.headers,
        params,
        signed: None,
        place: None,
        site: site.clone(),
    };
    if let Some(shown) = &shown
        && !ask.param("org").is_empty()
    {
        ask.place = Some(place(&ask, shown, at_hand)?);
    }
    match endpoint.needs {
        Needs::May(act) => ask.must(act, domain::access::On::Everything)?,
        Needs::Nothing | Needs::Account | Needs::Member => {}
    }
    Ok(ask)
}

fn answer(endpoint: &Endpoint, ask: &Ask) -> Result<Reply, Fault> {
    let reply = (endpoint.run)(ask)?;
    Ok(match &ask.place {
        Some(place) => reply.position(place.past.isms.position()).about(place.organization.id()),
        None => reply,
    })
}

/// The organization in the path, at the point asked for.
fn place(ask: &Ask, shown: &Shown, at_hand: Option<Isms>) -> Result<Place, Fault> {
    let slug = ask.param("org");
    let found = ask.site.bearers.place(&ask.site.app, &shown.key, &shown.token, slug, ask.now)?;
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
