//! Who is at the other end of a connection.

use std::net::IpAddr;

/// Who is at the other end of a connection.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Peer {
    /// Its address; `None` for a socket of this machine.
    pub(crate) address: Option<IpAddr>,
}
