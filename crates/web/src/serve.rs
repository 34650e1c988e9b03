//! Listening: accepts connections until it is told to stop, then finishes what it accepted.
//!
//! Whoever is slow, silent or many must not keep others out: heads, bodies and answers have their
//! time, connections their number, all together and for each address.

mod connection;
mod door;
mod guests;
mod stop;
mod tls;

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use axum::Router;
use tokio::{
    sync::{Semaphore, watch},
    task::JoinHandle,
};

use self::{connection::Connections, door::Accepting, guests::Guests, stop::Stop};
pub use self::{
    door::{Bound, Door},
    tls::Certificates,
};
use crate::{Site, monitor, router};

/// How much is accepted at once, and how long it may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// So many connections at once; more wait to be accepted.
    pub connections: usize,
    /// So many of them from one address; more are closed. The machine itself and trusted proxies
    /// are not counted.
    pub connections_of_one: usize,
    /// How long the head of a request may take, and how long nothing may happen.
    pub patience: Duration,
    /// How long what was accepted may take once it is asked to stop.
    pub grace: Duration,
}

/// A site that listens.
pub struct Listening {
    site: Arc<Site>,
    bound: Bound,
    monitor: Option<Bound>,
    certificates: Option<Certificates>,
    limits: Limits,
}

/// Takes memory in small pages from now on, as a server should before it loads anything. In huge
/// ones a small organization would take as much again as it needs, and a thread that is new to
/// answering would first clear megabytes.
pub fn stay_small() {
    #[cfg(target_os = "linux")]
    rustix::thread::disable_transparent_huge_pages(true).ok();
}

/// A site on a door that is open already, so that the site can name its address.
pub fn serve(site: Arc<Site>, bound: impl Into<Bound>) -> Listening {
    let limits = Limits::default();
    Listening { site, bound: bound.into(), monitor: None, certificates: None, limits }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1024,
            connections_of_one: 128,
            patience: Duration::from_secs(30),
            grace: Duration::from_secs(20),
        }
    }
}

impl Listening {
    /// Speaks HTTPS.
    #[must_use]
    pub fn with_certificates(mut self, certificates: Certificates) -> Self {
        self.certificates = Some(certificates);
        self
    }

    /// Answers health, readiness and metrics on another door as well.
    #[must_use]
    pub fn with_monitor(mut self, bound: Bound) -> Self {
        self.monitor = Some(bound);
        self
    }

    /// Within these limits.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Where it listens; `None` for a socket that has no address.
    pub fn address(&self) -> Option<SocketAddr> {
        self.bound.address()
    }

    /// Where it answers monitors.
    pub fn monitor(&self) -> Option<SocketAddr> {
        self.monitor.as_ref().and_then(Bound::address)
    }

    /// Answers until the process is asked to stop (SIGINT, SIGTERM), then finishes what was
    /// accepted. Asked a second time, or when that takes too long, it stops at once and answers
    /// that not everything was finished.
    ///
    /// # Errors
    /// When the runtime cannot start, or the listener cannot be used.
    pub fn run(self) -> io::Result<bool> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let whole = runtime.block_on(self.until_stopped())?;
        match whole {
            true => drop(runtime),
            // Threads that still work end with the process.
            false => runtime.shutdown_background(),
        }
        Ok(whole)
    }

    /// Whether everything was finished.
    async fn until_stopped(self) -> io::Result<bool> {
        let Self { site, bound, monitor, certificates, limits } = self;
        let mut stop = Stop::new()?;
        if let Some(certificates) = &certificates {
            certificates.watch()?;
        }
        // Closed by the last connection that ends.
        let (end, ending) = watch::channel(());
        let connections = Connections {
            limits,
            guests: Guests::new(limits.connections_of_one),
            room: Arc::new(Semaphore::new(limits.connections)),
            tls: certificates.map(|it| it.acceptor()),
            site: site.clone(),
        };
        let connections = Arc::new(connections);
        if let Some(address) = bound.address() {
            tracing::info!("listening on {address}");
        }
        let mut doors = Vec::new();
        for accepting in bound.accepting()? {
            doors.push(open(accepting, router(site.clone()), connections.clone(), ending.clone()));
        }
        if let Some(bound) = monitor {
            // Plain and with room of its own: monitors are answered when the pages are full.
            let aside = Connections {
                limits,
                guests: Guests::new(limits.connections_of_one),
                room: Arc::new(Semaphore::new(64)),
                tls: None,
                site: site.clone(),
            };
            let (router, aside) = (monitor::aside(site.clone()), Arc::new(aside));
            for accepting in bound.accepting()? {
                doors.push(open(accepting, router.clone(), aside.clone(), ending.clone()));
            }
        }
        stop::ready();
        stop.asked().await;
        site.stopping.store(true, Ordering::Relaxed);
        stop::stopping();
        tracing::info!("asked to stop: finishing what was accepted");
        doors.iter().for_each(JoinHandle::abort);
        drop(ending);
        // Nobody may be left to hear it.
        end.send(()).ok();
        Ok(tokio::select! {
            () = end.closed() => true,
            () = stop.asked() => {
                tracing::warn!("asked to stop again: stopping at once");
                false
            }
            () = tokio::time::sleep(limits.grace) => {
                tracing::warn!("what was accepted took too long: stopping");
                false
            }
        })
    }
}

/// Accepts in the background until told otherwise.
fn open(
    accepting: Accepting,
    router: Router,
    connections: Arc<Connections>,
    ending: watch::Receiver<()>,
) -> JoinHandle<()> {
    tokio::spawn(connection::accept(accepting, router, connections, ending))
}
