//! Proxies in front: whose word about who asks is taken, and how it is read.

use std::{
    net::{IpAddr, Ipv4Addr},
    str::FromStr,
};

use axum::http::HeaderMap;
use ipnet::IpNet;

use crate::peer::Peer;

/// Which proxies in front are trusted to name the address of who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proxies {
    /// So many in a row, whoever connects: right when nobody else can reach the port.
    Hops(usize),
    /// Those with these addresses.
    Named {
        /// Addresses and networks.
        networks: Vec<IpNet>,
        /// Whether what comes by a socket of this machine is one.
        socket: bool,
    },
}

/// The header in which proxies name the address of who asks. Only one is read: a proxy sets its
/// own and lets others pass as they came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ProxyHeader {
    /// `X-Forwarded-For`.
    #[default]
    XForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

impl Default for Proxies {
    fn default() -> Self {
        Self::Hops(0)
    }
}

impl Proxies {
    /// Whether there are any.
    pub fn are_there(&self) -> bool {
        *self != Self::default()
    }

    /// Whether whoever connected is one.
    pub(crate) fn is_one(&self, peer: Peer) -> bool {
        match (self, peer.address) {
            (Self::Named { socket, .. }, None) => *socket,
            (Self::Hops(hops), None) => *hops > 0,
            (_, Some(address)) => self.trust(address),
        }
    }

    /// Whether whoever connects from this address is one by its address.
    pub(crate) fn trust(&self, address: IpAddr) -> bool {
        match self {
            Self::Hops(hops) => *hops > 0,
            Self::Named { networks, .. } => networks.iter().any(|it| it.contains(&address)),
        }
    }

    /// The address of who asks: what the last trusted proxy names, else who connected.
    pub(crate) fn client(&self, header: ProxyHeader, peer: Peer, headers: &HeaderMap) -> IpAddr {
        // Who comes by a socket is on this machine.
        let connected = peer.address.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        match self {
            Self::Hops(0) => connected,
            Self::Hops(hops) => {
                let named = header.read(headers);
                let at = named.len().checked_sub(*hops);
                at.and_then(|it| named[it]).unwrap_or(connected)
            }
            Self::Named { .. } => {
                let mut so_far = connected;
                let mut trusted = self.is_one(peer);
                for named in header.read(headers).into_iter().rev() {
                    // A name that is no address hides whatever stands before it.
                    let (true, Some(address)) = (trusted, named) else { break };
                    (so_far, trusted) = (address, self.trust(address));
                }
                so_far
            }
        }
    }
}

impl FromStr for Proxies {
    type Err = ();

    /// A number, or addresses and networks with commas between them; `unix` for a socket.
    fn from_str(text: &str) -> Result<Self, ()> {
        if let Ok(hops) = text.trim().parse() {
            return Ok(Self::Hops(hops));
        }
        let (mut networks, mut socket) = (Vec::new(), false);
        for word in text.split(',').map(str::trim).filter(|it| !it.is_empty()) {
            match word {
                "unix" => socket = true,
                word => {
                    let alone = || word.parse::<IpAddr>().map(IpNet::from);
                    networks.push(word.parse().or_else(|_| alone()).map_err(drop)?);
                }
            }
        }
        match networks.is_empty() && !socket {
            true => Err(()),
            false => Ok(Self::Named { networks, socket }),
        }
    }
}

impl FromStr for ProxyHeader {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.to_ascii_lowercase().as_str() {
            "x-forwarded-for" => Ok(Self::XForwardedFor),
            "forwarded" => Ok(Self::Forwarded),
            _ => Err(()),
        }
    }
}

impl ProxyHeader {
    /// The addresses named, who asks first; `None` for each that is no address.
    fn read(self, headers: &HeaderMap) -> Vec<Option<IpAddr>> {
        let (name, read): (_, fn(&str) -> Option<IpAddr>) = match self {
            Self::XForwardedFor => ("x-forwarded-for", address),
            Self::Forwarded => ("forwarded", for_of),
        };
        let values = headers.get_all(name).iter();
        let values = values.map(|it| it.to_str().unwrap_or("unknown"));
        values.flat_map(|it| it.split(',')).map(read).collect()
    }
}

/// The `for` of an element of `Forwarded`.
fn for_of(element: &str) -> Option<IpAddr> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| address(value.trim().trim_matches('"')))?
    })
}

/// An address, perhaps with a port behind it.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = match text.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None if text.matches(':').count() == 1 => text.split(':').next().unwrap_or_default(),
        None => text,
    };
    bare.parse::<IpAddr>().ok().map(|it| it.to_canonical())
}

#[cfg(test)]
mod tests;
