//! Listening: accepts connections until it is told to stop, then finishes what it accepted.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
};

use crate::{Site, router};

/// A site that listens.
pub struct Listening {
    listener: TcpListener,
    site: Arc<Site>,
}

/// A site on a listener that has its address already, so that the site can name it.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(site: Arc<Site>, listener: TcpListener) -> io::Result<Listening> {
    listener.set_nonblocking(true)?;
    Ok(Listening { listener, site })
}

impl Listening {
    /// Where it listens.
    ///
    /// # Errors
    /// When the operating system does not tell.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until the process is asked to stop (SIGINT, SIGTERM), then finishes what was
    /// accepted.
    ///
    /// # Errors
    /// When the runtime cannot start, or the listener fails.
    pub fn run(self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let service = router(self.site).into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener, service).with_graceful_shutdown(asked_to_stop()).await
        })
    }
}

async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // Without a way to be told, it runs until it is killed.
    interrupted.await.ok();
}
