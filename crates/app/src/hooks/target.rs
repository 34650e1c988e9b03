//! Where a hook may call: nobody shall look around in our network with it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};

use url::{Host, Url};

use super::HookSettings;
use crate::Error;

/// The longest address, in bytes.
const LONGEST: usize = 2_000;

/// An address as it is kept, when it may be called.
///
/// # Errors
/// [`Error::Wrong`] when not, with why.
pub(super) fn checked(url: &str, settings: &HookSettings) -> Result<String, Error> {
    let text = url.trim();
    let wrong = |what: &str| Err(Error::Wrong(what.to_owned()));
    let parsed = match Url::parse(text) {
        Ok(url) if text.len() <= LONGEST && matches!(url.scheme(), "https" | "http") => url,
        _ => {
            return wrong(
                "this is no address of the web: write it like https://example.org/muniment",
            );
        }
    };
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return wrong(
            "an address with a password in it would be shown to others here: take it out, the \
             signature proves who calls",
        );
    }
    let literal = match parsed.host() {
        Some(Host::Ipv4(it)) => Some(IpAddr::V4(it)),
        Some(Host::Ipv6(it)) => Some(IpAddr::V6(it)),
        Some(Host::Domain("localhost")) => Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        Some(Host::Domain(_)) => None,
        None => return wrong("this address names no host"),
    };
    if parsed.scheme() == "http" && !settings.allow_private {
        return wrong("plain http shows to everybody on the way what changed here: use https");
    }
    if literal.is_some_and(is_private) && !settings.allow_private {
        return wrong(
            "this address lies within your own network: an administrator of the installation can \
             allow that, with `allow_private` for webhooks in the configuration",
        );
    }
    Ok(parsed.into())
}

/// The addresses of a host that may be called; all that a name means must be allowed.
///
/// # Errors
/// In one sentence, when it has none or one that is not.
pub(super) fn resolved(url: &Url, settings: &HookSettings) -> Result<Vec<SocketAddr>, String> {
    let port = url.port_or_known_default().unwrap_or(443);
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let found = (bare, port).to_socket_addrs();
    let found: Vec<SocketAddr> =
        found.map_err(|err| format!("the name `{host}` leads nowhere: {err}"))?.collect();
    if found.is_empty() {
        return Err(format!("the name `{host}` leads nowhere"));
    }
    let refused = found.iter().any(|it| is_private(it.ip()));
    match refused && !settings.allow_private {
        true => Err(format!("`{host}` lies within your own network, where hooks may not call")),
        false => Ok(found),
    }
}

/// Whether an address is anything but one of the open network.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(it) => is_private_v4(it),
        IpAddr::V6(it) => match embedded(it) {
            Some(inner) => is_private_v4(inner),
            None => {
                let first = it.segments()[0];
                // What is not global unicast (2000::/3) is loopback, local, multicast or reserved.
                first & 0xe000 != 0x2000 || (first == 0x2001 && it.segments()[1] == 0x0db8)
            }
        },
    }
}

fn is_private_v4(it: Ipv4Addr) -> bool {
    let [a, b, c, _] = it.octets();
    it.is_loopback()
        || it.is_private()
        || it.is_link_local()
        || it.is_unspecified()
        || it.is_multicast()
        || it.is_broadcast()
        || it.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b))
}

/// The address of the older kind that one of the newer kind stands for: mapped, NAT64, 6to4.
fn embedded(it: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, g, h] = it.segments();
    let from = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match (a, b) {
        (0, 0) if (c, d, e) == (0, 0, 0) && (f == 0xffff || f == 0) => {
            // `::` and `::1` are of the newer kind, and not of the open network in any case.
            Some(from(g, h))
        }
        // The prefix that all know; that of RFC 8215 is for networks of one's own.
        (0x64, 0xff9b) if (c, d, e, f) == (0, 0, 0, 0) => Some(from(g, h)),
        (0x2002, _) => Some(from(b, c)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hook_calls_the_open_network_only() {
        let inside = [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "172.16.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::101:101",
            "2002:7f00:1::",
        ];
        for it in inside {
            assert!(is_private(it.parse().unwrap()), "{it}");
        }
        for it in ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::101:101"] {
            assert!(!is_private(it.parse().unwrap()), "{it}");
        }
    }

    #[test]
    fn an_address_is_refused_with_why() {
        let open = HookSettings::default();
        let why = |url: &str, settings: &HookSettings| {
            checked(url, settings).err().map(|it| it.to_string()).unwrap_or_default()
        };
        assert!(why("ftp://example.org", &open).contains("no address of the web"));
        assert!(why("http://example.org", &open).contains("use https"));
        assert!(why("https://a:b@example.org", &open).contains("password"));
        for it in ["https://127.0.0.1", "https://[::1]/x", "https://localhost", "https://0x7f.1"] {
            assert!(why(it, &open).contains("own network"), "{it}: {}", why(it, &open));
        }
        assert_eq!(why("https://example.org/x", &open), "");
        let own = HookSettings { allow_private: true };
        assert_eq!(why("http://127.0.0.1:8080/x", &own), "");
    }
}
