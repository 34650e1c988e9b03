//! `health`: whether a server that runs is ready.

use std::{
    io::{Read, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    time::Duration,
};

use anyhow::Context;
use web::Door;

use crate::{
    Done,
    configuration::{Flags, Server, Tls},
    output::Out,
    place::Place,
    stop::refused,
};

/// Who does not answer within this is not ready.
const PATIENCE: Duration = Duration::from_secs(4);

/// Asks the server that runs with this configuration whether it is ready: for containers, which
/// have no other program to ask with.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  muniment health\n\n\
    It ends with 0 when the server is ready, with 1 when it is not, with 2 when it does not answer.")]
pub struct Health {
    #[command(flatten)]
    pub(crate) flags: Flags,
}

trait Stream: Read + Write {}

impl<S: Read + Write> Stream for S {}

impl Health {
    /// Asks.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let server: Server = place.configuration().read()?;
        let tls: Tls = place.configuration().read()?;
        let door = match (&server.monitor, &tls.certificate) {
            (Some(monitor), _) => monitor,
            (None, None) => &server.listen,
            (None, Some(_)) => {
                // Not that it is not ready: that cannot be told.
                anyhow::bail!(
                    "this asks in plain HTTP, which a server with a certificate does not speak: \
                     name an address for monitors by `server.monitor`"
                );
            }
        };
        let mut stream = connect(door).with_context(|| format!("`{door}` does not answer"))?;
        let ask = "GET /ready HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        let mut told = String::new();
        let talked = stream.write_all(ask.as_bytes());
        talked.and_then(|()| stream.read_to_string(&mut told)).context("it stopped answering")?;
        let (head, body) = told.split_once("\r\n\r\n").unwrap_or((&told, ""));
        out.line(body);
        Ok(if head.starts_with("HTTP/1.1 200 ") { Done::Well } else { Done::Found })
    }
}

fn connect(door: &Door) -> anyhow::Result<Box<dyn Stream>> {
    match door {
        Door::Address(address) => {
            let stream = TcpStream::connect_timeout(&here(*address), PATIENCE)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            Ok(Box::new(stream))
        }
        #[cfg(unix)]
        Door::Socket(path) => {
            let stream = std::os::unix::net::UnixStream::connect(path)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            Ok(Box::new(stream))
        }
        _ => Err(refused(
            "where systemd listens stands in its socket unit: name an address for monitors by \
             `server.monitor`",
        )),
    }
}

/// Who listens on every address of this machine is asked on its own.
fn here(address: SocketAddr) -> SocketAddr {
    let ip: IpAddr = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}
