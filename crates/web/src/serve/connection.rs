//! Connections: accepted as there is room, served, and given up when they are slow.

use std::{io, net::IpAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Router, body::Body, http::Request};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
    service::TowerToHyperService,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use super::{
    Limits,
    door::{Accepting, Stream},
    guests::{Guest, Guests},
};
use crate::{Site, peer::Peer};

/// The largest head of a request, in bytes.
const LARGEST_HEAD: usize = 32 << 10;
/// The most headers of a request.
const MOST_HEADERS: usize = 100;
/// How long to wait after connections could not be accepted: there are no more descriptors.
const BREATH: Duration = Duration::from_millis(100);

/// What all connections of a door share.
pub(super) struct Connections {
    pub(super) limits: Limits,
    pub(super) guests: Guests,
    pub(super) room: Arc<Semaphore>,
    pub(super) tls: Option<TlsAcceptor>,
    pub(super) site: Arc<Site>,
}

/// What a connection holds until it ends.
struct Place {
    _room: OwnedSemaphorePermit,
    _guest: Option<Guest>,
}

/// Accepts until it is dropped.
pub(super) async fn accept(
    accepting: Accepting,
    router: Router,
    all: Arc<Connections>,
    ending: watch::Receiver<()>,
) {
    loop {
        let Ok(room) = all.room.clone().acquire_owned().await else { return };
        let (stream, from) = match accepting.accept().await {
            Ok(accepted) => accepted,
            Err(err) if is_theirs(&err) => continue,
            Err(err) => {
                tracing::warn!(%err, "a connection could not be accepted");
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        let counted = from.filter(|it| !it.is_loopback() && !all.site.settings.proxies.trust(*it));
        let guest = match counted.map(|it| all.guests.enter(it)) {
            Some(None) => {
                all.site.metrics.turned_away();
                continue;
            }
            guest => guest.flatten(),
        };
        let place = Place { _room: room, _guest: guest };
        let (router, all) = (router.clone(), all.clone());
        // Held from here on: what is accepted is finished.
        let ending = ending.clone();
        tokio::spawn(async move {
            let open = all.site.metrics.connection();
            // What goes wrong with one connection is between it and whoever opened it.
            if let Err(err) = converse(stream, from, router, &all, ending).await {
                tracing::debug!(%err, "a connection ended early");
            }
            drop((open, place));
        });
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

async fn converse(
    stream: Box<dyn Stream>,
    from: Option<IpAddr>,
    router: Router,
    all: &Connections,
    mut ending: watch::Receiver<()>,
) -> Result<(), Failure> {
    let patience = all.limits.patience;
    let mut stream = TimeoutStream::new(stream);
    // Whoever does not read what they asked for does not keep it in memory for long.
    stream.set_write_timeout(Some(patience));
    let mut http2 = false;
    let mut stream: Box<dyn Stream> = Box::new(Box::pin(stream));
    if let Some(tls) = &all.tls {
        let secured = tokio::time::timeout(patience, tls.accept(stream)).await??;
        http2 = secured.get_ref().1.alpn_protocol() == Some(b"h2");
        stream = Box::new(secured);
    }
    let peer = Peer { address: from };
    let service = TowerToHyperService::new(router.map_request(move |request| named(request, peer)));
    // Told apart by ALPN and not by the first bytes, for which nothing would set a time.
    let builder = builder(patience);
    let builder = if http2 { builder.http2_only() } else { builder.http1_only() };
    if http2 {
        let mut quiet = TimeoutStream::new(stream);
        // It answers our pings, or it is gone.
        quiet.set_read_timeout(Some(patience * 3));
        stream = Box::new(Box::pin(quiet));
    }
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        biased;
        ended = connection.as_mut() => ended,
        _ = ending.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    }
}

fn builder(patience: Duration) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_buf_size(LARGEST_HEAD)
        .max_headers(MOST_HEADERS);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(patience)
        .keep_alive_timeout(patience)
        .max_header_list_size(LARGEST_HEAD as u32)
        .max_concurrent_streams(64);
    builder
}

fn named(request: Request<hyper::body::Incoming>, peer: Peer) -> Request<Body> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(peer);
    request
}

/// Whether a connection was lost before it was accepted, which happens.
fn is_theirs(err: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(err.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
