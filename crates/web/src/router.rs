//! From a request to its answer: the one way for every route.

use std::{
    io::Write,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use app::Point;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{
        ConnectInfo, DefaultBodyLimit, FromRequest, Multipart, RawPathParams, Request, State,
    },
    http::{HeaderMap, Method, header, request::Parts},
    response::Response,
    routing::{MethodFilter, on},
};
use tokio::time::timeout;
use tower_http::{CompressionLevel, compression::CompressionLayer};

use crate::{
    Answer, Ask, Problem, Site,
    ask::{Place, Signed},
    carry, cookie,
    form::{Form, MOST_FIELDS},
    routes::{Needs, Route, routes},
    security,
    upload::Upload,
};

/// The largest form without files, in bytes.
const LARGEST_FORM: usize = 4 << 20;

/// How long a page waits for its turn at most.
const PATIENCE: Duration = Duration::from_millis(50);

/// Every route of the site.
pub fn router(site: Arc<Site>) -> Router {
    let mut router = Router::new();
    for route in routes() {
        let filter = match route.method {
            Method::POST => MethodFilter::POST,
            _ => MethodFilter::GET,
        };
        let answer =
            move |State(site): State<Arc<Site>>, params: RawPathParams, request: Request| {
                let params = params.iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
                handle(site, route, params, request)
            };
        router = router.route(route.path, on(filter, answer));
    }
    let nothing = |State(site): State<Arc<Site>>, request: Request| {
        handle(site, &NOTHING, Vec::new(), request)
    };
    router
        .fallback(nothing)
        .method_not_allowed_fallback(nothing)
        // What is too large is told while it is read: for files and for texts each.
        .layer(DefaultBodyLimit::disable())
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(site)
}

const NOTHING: Route =
    Route { method: Method::GET, path: "", needs: Needs::Nothing, run: |_| Err(Problem::NotFound) };

async fn handle(
    site: Arc<Site>,
    route: &'static Route,
    params: Vec<(String, String)>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let read = match parts.method {
        Method::POST => read_body(&site, &parts, body).await,
        _ => Ok((Form::default(), Vec::new())),
    };
    // More pages at once than there are cores make all of them late, and some very late. A long
    // one does not hold up the others for longer than this.
    let turn = match parts.method {
        Method::GET => timeout(PATIENCE, site.turns.clone().acquire_owned()).await.ok(),
        _ => None,
    };
    // Everything below may wait for the disk, and much of it computes.
    let worked = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work(site, route, params, parts, read)
    })
    .await;
    worked.unwrap_or_else(|panicked| {
        tracing::error!(%panicked, path = route.path, "a handler stopped");
        let mut response = Response::new(Body::from("Something broke. It was noted."));
        *response.status_mut() = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
        response
    })
}

type Sent = (Form, Vec<Upload>);

fn work(
    site: Arc<Site>,
    route: &'static Route,
    params: Vec<(String, String)>,
    parts: Parts,
    sent: Result<Sent, Problem>,
) -> Response {
    let secure = site.settings.secure;
    let (sent, unread) = match sent {
        Ok(sent) => (sent, None),
        Err(problem) => (Sent::default(), Some(problem)),
    };
    let mut ask = Ask {
        address: address(&site, &parts),
        now: site.clock.now(),
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: Form::parse(parts.uri.query().unwrap_or_default().as_bytes()),
        form: sent.0,
        uploads: sent.1,
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
    response
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
    if ask.method == Method::POST {
        if !security::is_ours(&ask.headers) {
            return Err(Problem::Foreign);
        }
        // Signing in asks for the password, and begins a session instead of using one.
        if ask.signed.is_some() && route.path != "/sign-in" {
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
    if let Problem::Broken(cause) = &problem {
        let mut causes = vec![cause.to_string()];
        let mut next = cause.source();
        while let Some(it) = next {
            causes.push(it.to_string());
            next = it.source();
        }
        tracing::error!(path = ask.path, cause = causes.join(": "), "a request failed");
    }
    let problem = match problem {
        Problem::SignIn => match carry::sign_in(ask) {
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
    let accounts = ask.site.app.accounts();
    let Some(session) = accounts.session(token)? else { return Ok(None) };
    let account = accounts.by_id(session.account)?;
    Ok(account.map(|account| Signed { account, session, token: token.to_owned() }))
}

/// The organization in the path, where whoever asks belongs to it; for everybody else there is no
/// such thing.
fn place(ask: &Ask) -> Result<Place, Problem> {
    let signed = ask.signed()?;
    let named = ask.param("place");
    let (slug, point) = match named.split_once('@') {
        Some((slug, point)) => (slug, Some(point.parse::<Point>().map_err(|_| Problem::NotFound)?)),
        None => (named, None),
    };
    let accounts = ask.site.app.accounts();
    let known = ask.site.app.organizations()?;
    let row = known.into_iter().find(|it| it.slug == slug).ok_or(Problem::NotFound)?;
    let person = accounts.person(signed.account.id, row.organization)?.ok_or(Problem::NotFound)?;
    let organization = ask.site.app.organization(Some(slug))?;
    let beside = ask.site.beside(&organization);
    let now = organization.as_of(None)?;
    // What somebody may do is decided by today, whichever day they look at.
    let access = beside.admitted.access(&now.isms, person, now.day);
    // Who may look at a time only is shown the last day of it.
    let shown = access.day_to_show(now.day).ok_or(Problem::NotFound)?;
    let point = point.or_else(|| (shown != now.day).then_some(Point::Day(shown)));
    let past = match point {
        None => Arc::new(now),
        Some(point) => beside.pasts.at(&organization, point)?,
    };
    Ok(Place { organization, past, as_of: point, person, access, beside })
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
fn address(site: &Site, parts: &Parts) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    if site.settings.trusted_hops == 0 {
        return peer;
    }
    let named = forwarded(&parts.headers);
    let at = named.len().checked_sub(site.settings.trusted_hops);
    at.and_then(|it| named.get(it)).copied().unwrap_or(peer)
}

fn forwarded(headers: &HeaderMap) -> Vec<IpAddr> {
    let texts = headers.get_all("x-forwarded-for").iter().filter_map(|it| it.to_str().ok());
    texts.flat_map(|it| it.split(',')).filter_map(|it| it.trim().parse().ok()).collect()
}

async fn read_body(site: &Site, parts: &Parts, body: Body) -> Result<Sent, Problem> {
    let media = parts.headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    if media.is_some_and(|it| it.starts_with("multipart/form-data")) {
        return read_multipart(site, parts, body).await;
    }
    let bytes = to_bytes(body, LARGEST_FORM).await;
    let bytes = bytes.map_err(|_| Problem::TooLarge(LARGEST_FORM as u64))?;
    if form_urlencoded::parse(&bytes).nth(MOST_FIELDS).is_some() {
        return Err(too_many());
    }
    Ok((Form::parse(&bytes), Vec::new()))
}

/// A form that is cut off would empty what it does not hold.
fn too_many() -> Problem {
    Problem::Wrong(format!(
        "this holds more fields than any form of ours ({MOST_FIELDS}): nothing was changed"
    ))
}

async fn read_multipart(site: &Site, parts: &Parts, body: Body) -> Result<Sent, Problem> {
    let wrong = |_| Problem::Wrong("the form did not arrive whole: send it again".to_owned());
    let request = Request::from_parts(parts.clone(), body);
    let mut multipart = Multipart::from_request(request, &())
        .await
        .map_err(|_| Problem::Wrong("this is no form".to_owned()))?;
    let (mut form, mut uploads) = Sent::default();
    let (mut taken, largest) = (0u64, site.settings.largest_upload);
    let (mut fields, mut said) = (0usize, 0usize);
    while let Some(mut field) = multipart.next_field().await.map_err(wrong)? {
        fields += 1;
        if fields > MOST_FIELDS {
            return Err(too_many());
        }
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let mut text = Vec::new();
        let mut file = match file_name {
            Some(_) => Some(site.shelf.file()?),
            None => None,
        };
        while let Some(chunk) = field.chunk().await.map_err(wrong)? {
            taken += chunk.len() as u64;
            if taken > largest {
                return Err(Problem::TooLarge(largest));
            }
            match &mut file {
                Some(file) => file.write_all(&chunk)?,
                None => {
                    said += chunk.len();
                    if said > LARGEST_FORM {
                        return Err(Problem::TooLarge(LARGEST_FORM as u64));
                    }
                    text.extend_from_slice(&chunk);
                }
            }
        }
        match (file, file_name) {
            (Some(file), Some(file_name)) => {
                let upload = Upload::new(name, &file_name, file)?;
                // A file field that nobody filled arrives without a name and empty.
                if upload.size > 0 || !file_name.is_empty() {
                    uploads.push(upload);
                }
            }
            _ => form.push(name, String::from_utf8_lossy(&text)),
        }
    }
    Ok((form, uploads))
}
