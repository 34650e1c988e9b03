//! From a request to its answer: the one way for every route.

mod body;

use std::{error::Error as _, net::IpAddr, sync::Arc, time::Duration};

use app::{
    Organization, Point,
    accounts::{Account, Session},
};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, RawPathParams, Request, State, rejection::RawPathParamsRejection},
    http::{Method, request::Parts},
    response::Response,
    routing::{MethodFilter, on},
};
use domain::parameters;
use jiff::Timestamp;
use meta::Id;
use tokio::time::timeout;
use tower_http::{CompressionLevel, compression::CompressionLayer};
use tracing::Instrument;

use self::body::Sent;
use crate::{
    Answer, Ask, Problem, Site, api,
    ask::{Place, Signed},
    carry, cookie,
    form::Form,
    monitor,
    noted::Noted,
    pages,
    peer::Peer,
    routes::{Needs, Route, routes},
    security,
};

/// How long a page waits for its turn at most.
const PATIENCE: Duration = Duration::from_millis(50);

/// The names in a path, where they are text.
type Params = Result<RawPathParams, RawPathParamsRejection>;

/// Every route of the site.
pub fn router(site: Arc<Site>) -> Router {
    let mut router = Router::new();
    for route in routes() {
        let filter = match route.method {
            Method::POST => MethodFilter::POST,
            _ => MethodFilter::GET,
        };
        let answer =
            move |State(site): State<Arc<Site>>, params: Params, request: Request| match params {
                Ok(params) => {
                    let params = params.iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
                    handle(site, route, params, request)
                }
                // What is no text names nothing.
                Err(_) => handle(site, &NOTHING, Vec::new(), request),
            };
        router = router.route(route.path, on(filter, answer));
    }
    let nothing = |State(site): State<Arc<Site>>, request: Request| {
        handle(site, &NOTHING, Vec::new(), request)
    };
    monitor::beside(router)
        .merge(api::router())
        .fallback(nothing)
        .method_not_allowed_fallback(nothing)
        // What is too large is told while it is read: for files and for texts each.
        .layer(DefaultBodyLimit::disable())
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(site)
}

const NOTHING: Route =
    Route { method: Method::GET, path: "", needs: Needs::Nothing, run: without_slash };

/// An address that ends with a slash leads to the one without; everything else is not there.
fn without_slash(ask: &Ask) -> Result<Answer, Problem> {
    let path = ask.path.trim_matches('/');
    let is_ours = ask.path.ends_with('/') && !path.is_empty() && !path.contains('\\');
    if ask.method != Method::GET || !is_ours {
        return Err(Problem::NotFound);
    }
    let query = ask.query.query();
    let mark = if query.is_empty() { "" } else { "?" };
    Ok(Answer::go(format!("/{path}{mark}{query}")))
}

async fn handle(
    site: Arc<Site>,
    route: &'static Route,
    params: Vec<(String, String)>,
    request: Request,
) -> Response {
    let noted = Noted::begin(&site, &route.method, route.path, &request);
    let asked = Asked { site: site.clone(), route, params, id: noted.id.clone() };
    let (mut response, organization) = respond(asked, request).instrument(noted.span.clone()).await;
    noted.end(&site, &mut response, organization);
    response
}

/// A request on its way to its handler.
struct Asked {
    site: Arc<Site>,
    route: &'static Route,
    params: Vec<(String, String)>,
    id: String,
}

/// The answer, and the organization that it was about.
async fn respond(asked: Asked, request: Request) -> (Response, Option<Id>) {
    let (parts, body) = request.into_parts();
    let read = match parts.method {
        Method::POST => body::read(&asked.site, &parts, body).await,
        _ => Ok(Sent::default()),
    };
    // More pages at once than there are cores make all of them late, and some very late. A long
    // one does not hold up the others for longer than this.
    let turn = match parts.method {
        Method::GET => timeout(PATIENCE, asked.site.turns.clone().acquire_owned()).await.ok(),
        _ => None,
    };
    let (path, secure) = (asked.route.path, asked.site.settings.secure);
    let span = tracing::Span::current();
    // Everything below may wait for the disk, and much of it computes.
    let work = move || {
        let _turn = turn;
        span.in_scope(|| work(asked, parts, read))
    };
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|panicked| {
        tracing::error!(%panicked, path, "a handler stopped");
        let mut response = Response::new(Body::from("Something broke. It was noted."));
        *response.status_mut() = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
        security::guard(response.headers_mut(), secure);
        (response, None)
    })
}

fn work(asked: Asked, parts: Parts, sent: Result<Sent, Problem>) -> (Response, Option<Id>) {
    let Asked { site, route, params, id } = asked;
    let secure = site.settings.secure;
    let (sent, unread) = match sent {
        Ok(sent) => (sent, None),
        Err(problem) => (Sent::default(), Some(problem)),
    };
    let mut ask = Ask {
        address: address(&site, &parts),
        now: site.clock.now(),
        id,
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: Form::parse(parts.uri.query().unwrap_or_default().as_bytes()),
        form: sent.0,
        uploads: sent.1,
        body: Bytes::new(),
        bearer: None,
        headers: parts.headers,
        params,
        signed: None,
        place: None,
        site,
    };
    let answered = match unread {
        Some(problem) => Err(problem),
        None => answer(&mut ask, route),
    };
    let answer = answered.unwrap_or_else(|problem| refuse(&mut ask, problem));
    let mut response = answer.into_response(&ask);
    security::guard(response.headers_mut(), secure);
    (response, ask.place.map(|it| it.organization.id()))
}

fn answer(ask: &mut Ask, route: &Route) -> Result<Answer, Problem> {
    ask.signed = signed(ask)?;
    if route.needs != Needs::Nothing && ask.signed.is_none() {
        return Err(Problem::SignIn);
    }
    if ask.path.starts_with("/o/") && !ask.params.is_empty() {
        ask.place = Some(place(ask)?);
    }
    if let Some(to) = as_of(ask)? {
        return Ok(Answer::go(to));
    }
    ask.meets(route.needs)?;
    if let Some(answer) = pages::asked_for(ask, route)? {
        return Ok(answer);
    }
    if ask.method != Method::GET
        && let Some(since) = ask.site.app.cut_off()
    {
        return Err(Problem::CutOff(Some(since)));
    }
    if ask.method == Method::POST {
        if !security::is_ours(&ask.headers) {
            return Err(Problem::Foreign);
        }
        // Signing in asks for the password, and begins a session instead of using one.
        if ask.signed.is_some() && !route.path.starts_with("/sign-in") {
            let token = ask.form.get("token").unwrap_or_default();
            if !security::same(token, &ask.form_token()) {
                // A page of an earlier session of this browser has its token.
                return match !token.is_empty() && security::is_surely_ours(&ask.headers) {
                    true => Ok(carry::again(ask)),
                    false => Err(Problem::Foreign),
                };
            }
        }
        carry::take_files(ask);
    }
    (route.run)(ask)
}

/// A refusal becomes a page; one for want of a session the sign-in page, which carries what was
/// typed.
fn refuse(ask: &mut Ask, problem: Problem) -> Answer {
    if let Problem::Broken(cause) | Problem::Unavailable(_, cause) = &problem {
        let mut causes = vec![cause.to_string()];
        let mut next = match cause.downcast_ref::<app::Error>() {
            // These are said in the words of what they hold.
            Some(app::Error::Store(err)) => err.source(),
            Some(app::Error::Ledger(err)) => err.source(),
            _ => cause.source(),
        };
        while let Some(it) = next {
            causes.push(it.to_string());
            next = it.source();
        }
        tracing::error!(id = ask.id, cause = causes.join(": "), "a request failed");
    }
    let problem = match problem {
        Problem::SignIn => match carry::sign_in(ask) {
            Ok(answer) => return answer,
            Err(problem) => problem,
        },
        Problem::Confirm => match carry::confirm(ask) {
            Ok(answer) => return answer,
            Err(problem) => problem,
        },
        problem => problem,
    };
    Answer::Page(problem.page(ask))
}

fn signed(ask: &Ask) -> Result<Option<Signed>, Problem> {
    let Some(token) = ask.cookie(cookie::session(ask.site.settings.secure)) else {
        return Ok(None);
    };
    let found = match signed_now(ask, token) {
        Err(Problem::CutOff(_)) => {
            let since = reading_on(ask)?;
            let found = ask.site.remembered.session_of(token, ask.now);
            Some(found.ok_or(Problem::CutOff(Some(since)))?)
        }
        found => found?,
    };
    Ok(found.map(|(account, session)| Signed { account, session, token: token.to_owned() }))
}

fn signed_now(ask: &Ask, token: &str) -> Result<Option<(Account, Session)>, Problem> {
    let (accounts, remembered) = (ask.site.app.accounts(), &ask.site.remembered);
    let session = accounts.session(token)?;
    let account = session.as_ref().map(|it| accounts.by_id(it.account)).transpose()?.flatten();
    match account.zip(session) {
        Some((account, session)) => {
            remembered.session(token, ask.now, &account, &session);
            Ok(Some((account, session)))
        }
        None => {
            remembered.forget(token);
            Ok(None)
        }
    }
}

/// When the database last answered, where one can read on without it.
fn reading_on(ask: &Ask) -> Result<Timestamp, Problem> {
    match ask.site.app.cut_off() {
        Some(since) if ask.method == Method::GET => Ok(since),
        since => Err(Problem::CutOff(since)),
    }
}

/// The organization with this short name, and which person of it somebody is.
fn belonging(ask: &Ask, slug: &str) -> Result<(Arc<Organization>, Id), Problem> {
    let (account, remembered) = (ask.signed()?.account.id, &ask.site.remembered);
    match belonging_now(ask, slug, account) {
        Err(Problem::CutOff(_)) => {
            let since = reading_on(ask)?;
            let gone = || Problem::CutOff(Some(since));
            let person = remembered.person_of(account, slug, ask.now).ok_or_else(gone)?;
            let mut loaded = ask.site.app.loaded().into_iter();
            Ok((loaded.find(|it| it.slug() == slug).ok_or_else(gone)?, person))
        }
        found => {
            let (organization, person) = found?;
            remembered.person(account, slug, ask.now, person);
            Ok((organization, person))
        }
    }
}

fn belonging_now(ask: &Ask, slug: &str, account: Id) -> Result<(Arc<Organization>, Id), Problem> {
    let row = ask.site.app.by_slug(slug)?.ok_or(Problem::NotFound)?;
    let person = ask.site.app.accounts().person(account, row.organization)?;
    let person = person.ok_or(Problem::NotFound)?;
    Ok((ask.site.app.organization(Some(slug))?, person))
}

/// So long a page waits for what whoever asks has done last.
const REACH: Duration = Duration::from_secs(2);

/// Waits until this process has seen what whoever asks has done last, on whichever node.
fn reach(ask: &Ask, organization: &Organization) -> Result<(), Problem> {
    let said = ask.cookie(cookie::position(ask.site.settings.secure));
    let position = said.and_then(|it| it.rsplit_once('.')).and_then(|(slug, position)| {
        (slug == organization.slug()).then(|| position.parse::<u64>().ok()).flatten()
    });
    match position {
        // One beyond the end of the ledger comes from a database that was restored since.
        Some(position) if !organization.await_entry(position, REACH)? => {
            match ask.site.app.cut_off() {
                Some(_) => Err(Problem::Behind),
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// The organization in the path, where whoever asks belongs to it; for everybody else there is no
/// such thing.
fn place(ask: &Ask) -> Result<Place, Problem> {
    let named = ask.param("place");
    let (slug, point) = match named.split_once('@') {
        Some((slug, point)) => (slug, Some(point.parse::<Point>().map_err(|_| Problem::NotFound)?)),
        None => (named, None),
    };
    let (organization, person) = belonging(ask, slug)?;
    reach(ask, &organization)?;
    let beside = ask.site.beside(&organization);
    let now = organization.as_of(None)?;
    // What somebody may do is decided by today, whichever day they look at.
    let access = beside.admitted.access(&now.isms, person, now.day);
    let asks_second = parameters::is_set(&now.isms, parameters::SECOND_FACTOR);
    // Who may look at a time only is shown the last day of it.
    let shown = access.day_to_show(now.day).ok_or(Problem::NotFound)?;
    let point = point.or_else(|| (shown != now.day).then_some(Point::Day(shown)));
    let past = match point {
        None => Arc::new(now),
        Some(point) => beside.pasts.at(&organization, point)?,
    };
    Ok(Place { organization, past, as_of: point, person, access, asks_second, beside })
}

/// `?as_of=` on any page leads to the same page below the organization at that point.
fn as_of(ask: &Ask) -> Result<Option<String>, Problem> {
    let (Some(wanted), Some(place)) = (ask.query.get("as_of"), &ask.place) else {
        return Ok(None);
    };
    let slug = place.organization.slug();
    let base = match wanted.trim() {
        "" | "today" | "now" => format!("/o/{slug}"),
        wanted => {
            let point: Point = wanted.parse().map_err(Problem::Wrong)?;
            place.organization.locate(point)?;
            format!("/o/{slug}@{wanted}")
        }
    };
    let rest = ask.path.strip_prefix("/o/").and_then(|it| it.split_once('/'));
    let rest = rest.map(|it| format!("/{}", it.1)).unwrap_or_default();
    let query = ask.query.with("as_of", None).query();
    let query = if query.is_empty() { query } else { format!("?{query}") };
    Ok(Some(format!("{base}{rest}{query}")))
}

/// The address of who asks: what the last trusted proxy names, else the peer.
pub(crate) fn address(site: &Site, parts: &Parts) -> IpAddr {
    let peer = parts.extensions.get::<Peer>().copied().unwrap_or_default();
    site.settings.proxies.client(site.settings.proxy_header, peer, &parts.headers)
}
