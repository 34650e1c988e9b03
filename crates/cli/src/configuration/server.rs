//! `[server]`: how people reach the pages.

use std::net::SocketAddr;

use super::{Setting, Size, section::section};

section! {
    /// How people reach the pages.
    pub struct Server in "server" {
        /// Where to listen; port 0 takes a free one.
        listen: SocketAddr = "127.0.0.1:7171" [flag "listen"],
        /// The address that people type, when it is another one.
        origin: Option<Origin> = "" [
            example "https://isms.example.org", flag "origin", variable "MUNIMENT_ORIGIN"
        ],
        /// How many proxies in front speak HTTPS and name the address of who asks.
        behind_proxy: usize = "0" [flag "behind-proxy"],
        /// The largest upload.
        largest_upload: Size = "200 MB",
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

impl Setting for SocketAddr {
    const EXPECTED: &'static str = "an address and a port, like 127.0.0.1:7171";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}
