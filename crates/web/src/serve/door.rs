//! Where to listen: an address, a socket in the file system, or what systemd hands over.

use std::{
    io,
    net::{IpAddr, SocketAddr, TcpListener},
    path::PathBuf,
    str::FromStr,
};

use listenfd::ListenFd;
use tokio::io::{AsyncRead, AsyncWrite};

/// Where to listen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    /// On an address; port 0 takes a free one.
    Address(SocketAddr),
    /// On a socket in the file system, which is made.
    Socket(PathBuf),
    /// On the sockets that systemd hands over.
    Systemd,
}

/// A door that is open: nothing is lost from here on.
#[derive(Debug)]
pub struct Bound {
    listeners: Vec<Listener>,
}

#[derive(Debug)]
enum Listener {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix(std::os::unix::net::UnixListener),
}

/// A listener that accepts.
pub(super) enum Accepting {
    Tcp(tokio::net::TcpListener),
    #[cfg(unix)]
    Unix(tokio::net::UnixListener),
}

/// A stream of bytes, whatever carries it.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

impl Door {
    /// Whether other machines can reach it. What systemd hands over is for its unit to say.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Address(address) if !address.ip().is_loopback())
    }

    /// Opens it.
    ///
    /// # Errors
    /// When the address or path cannot be had, or systemd hands nothing over.
    pub fn open(&self) -> io::Result<Bound> {
        let listeners = match self {
            Self::Address(address) => vec![Listener::Tcp(TcpListener::bind(address)?)],
            #[cfg(unix)]
            Self::Socket(path) => vec![Listener::Unix(socket(path)?)],
            #[cfg(not(unix))]
            Self::Socket(_) => return Err(io::ErrorKind::Unsupported.into()),
            Self::Systemd => handed_over()?,
        };
        Ok(Bound { listeners })
    }
}

impl FromStr for Door {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match (text, text.strip_prefix("unix:")) {
            ("systemd", _) => Ok(Self::Systemd),
            (_, Some("")) => Err(()),
            (_, Some(path)) => Ok(Self::Socket(path.into())),
            _ => text.parse().map(Self::Address).map_err(drop),
        }
    }
}

impl std::fmt::Display for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Address(address) => address.fmt(f),
            Self::Socket(path) => write!(f, "unix:{}", path.display()),
            Self::Systemd => f.write_str("systemd"),
        }
    }
}

impl From<TcpListener> for Bound {
    fn from(listener: TcpListener) -> Self {
        Self { listeners: vec![Listener::Tcp(listener)] }
    }
}

impl Bound {
    /// Its address; `None` for a socket that has none.
    pub fn address(&self) -> Option<SocketAddr> {
        self.listeners.iter().find_map(|it| match it {
            Listener::Tcp(listener) => listener.local_addr().ok(),
            #[cfg(unix)]
            Listener::Unix(_) => None,
        })
    }

    /// Whether other machines can reach it.
    pub fn is_open(&self) -> bool {
        self.address().is_some_and(|it| !it.ip().to_canonical().is_loopback())
    }

    pub(super) fn accepting(self) -> io::Result<Vec<Accepting>> {
        let each = self.listeners.into_iter().map(|it| match it {
            Listener::Tcp(listener) => {
                listener.set_nonblocking(true)?;
                tokio::net::TcpListener::from_std(listener).map(Accepting::Tcp)
            }
            #[cfg(unix)]
            Listener::Unix(listener) => {
                listener.set_nonblocking(true)?;
                tokio::net::UnixListener::from_std(listener).map(Accepting::Unix)
            }
        });
        each.collect()
    }
}

impl Accepting {
    /// The next connection, and from where it comes; `None` for a socket of this machine.
    pub(super) async fn accept(&self) -> io::Result<(Box<dyn Stream>, Option<IpAddr>)> {
        match self {
            Self::Tcp(listener) => {
                let (stream, from) = listener.accept().await?;
                // Answers are whole when they are written: nothing is gained by waiting for more.
                stream.set_nodelay(true).ok();
                Ok((Box::new(stream), Some(from.ip().to_canonical())))
            }
            #[cfg(unix)]
            Self::Unix(listener) => Ok((Box::new(listener.accept().await?.0), None)),
        }
    }
}

/// A socket for this user and group. One that nobody listens on any more is replaced.
#[cfg(unix)]
fn socket(path: &std::path::Path) -> io::Result<std::os::unix::net::UnixListener> {
    use std::os::unix::{
        fs::{FileTypeExt, PermissionsExt},
        net::{UnixListener, UnixStream},
    };
    let is_socket = path.metadata().is_ok_and(|it| it.file_type().is_socket());
    if is_socket && UnixStream::connect(path).is_err() {
        std::fs::remove_file(path)?;
    }
    let listener = UnixListener::bind(path)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o660))?;
    Ok(listener)
}

fn handed_over() -> io::Result<Vec<Listener>> {
    let mut given = ListenFd::from_env();
    let mut listeners = Vec::new();
    for at in 0..given.len() {
        if let Ok(Some(listener)) = given.take_tcp_listener(at) {
            listeners.push(Listener::Tcp(listener));
            continue;
        }
        #[cfg(unix)]
        if let Some(listener) = given.take_unix_listener(at)? {
            listeners.push(Listener::Unix(listener));
        }
    }
    match listeners.is_empty() {
        true => Err(io::Error::other("systemd handed no socket over: is there a socket unit?")),
        false => Ok(listeners),
    }
}
