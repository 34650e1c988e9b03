//! `[server]`: how people reach the pages.

use std::path::PathBuf;

use jiff::SignedDuration;
use web::{Door, Proxies, ProxyHeader};

use super::{Setting, Size, section::section, setting::Positive};

section! {
    /// How people reach the pages.
    pub struct Server in "server" {
        /// Where to listen: an address and a port (port 0 takes a free one), `unix:` and the path of
        /// a socket, or `systemd` for the socket that systemd hands over.
        listen: Door = "127.0.0.1:7171" [flag "listen"],
        /// The address that people type, when it is another one.
        origin: Option<Origin> = "" [example "https://isms.example.org", flag "origin", variable "MUNIMENT_ORIGIN"],
        /// Which proxies in front speak HTTPS and name the address of who asks: addresses and networks
        /// (`10.0.0.0/8`, `unix` for a socket), or how many stand in a row when nobody else can
        /// reach this port. 0 for none: then what they name is not believed.
        behind_proxy: Proxies = "0" [flag "behind-proxy"],
        /// The header in which they name it: `x-forwarded-for` or `forwarded` (RFC 7239).
        proxy_header: ProxyHeader = "x-forwarded-for",
        /// The largest upload.
        largest_upload: Size = "200 MB",
        /// How many connections are open at once; more wait to be accepted.
        connections: Positive<usize> = "1024",
        /// How many of them may come from one address; proxies in front count as none.
        connections_of_one: Positive<usize> = "128",
        /// How long somebody may take to send the head of a request, and may be silent in between.
        patience: Positive<SignedDuration> = "30s",
        /// How long to finish what was accepted when told to stop.
        grace: SignedDuration = "20s",
        /// Where health, readiness and metrics are answered as well, away from the public: an
        /// address or a socket as above. Metrics are answered nowhere else, unless a token is set.
        monitor: Option<Door> = "" [example "127.0.0.1:7172"],
        /// Who bears this token is answered `/metrics` where the pages are.
        metrics_token: Option<super::Secret> = "" [example "a long random text"],
        /// The folder for uploads that are on their way; the system's when absent.
        uploads: Option<PathBuf> = "" [example "/var/lib/muniment/uploads"],
    }
}

/// An address that people type, without a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(pub String);

impl Setting for Origin {
    const EXPECTED: &'static str = "an address like https://isms.example.org, without a path";

    fn parse(text: &str) -> Option<Self> {
        let text = text.trim_end_matches('/');
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let plain = |it: char| it.is_ascii_alphanumeric() || ".-:[]_".contains(it);
        (!host.is_empty() && host.chars().all(plain)).then(|| Self(text.to_owned()))
    }
}

impl Setting for Door {
    const EXPECTED: &'static str =
        "an address and a port like 127.0.0.1:7171, `unix:/path/of/a.socket`, or `systemd`";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for Proxies {
    const EXPECTED: &'static str =
        "addresses and networks of proxies like 10.0.0.0/8, or how many stand in a row, like 1";
    const LIST: bool = true;

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for ProxyHeader {
    const EXPECTED: &'static str = "x-forwarded-for or forwarded";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}
