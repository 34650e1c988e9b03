use axum::http::{HeaderName, HeaderValue};

use super::*;

const HEADER: ProxyHeader = ProxyHeader::XForwardedFor;

fn client(proxies: &str, header: ProxyHeader, peer: &str, lines: &[(&str, &str)]) -> String {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        let name: HeaderName = name.parse().unwrap();
        headers.append(name, HeaderValue::from_str(value).unwrap());
    }
    let proxies: Proxies = proxies.parse().unwrap();
    let peer = Peer { address: peer.parse().ok() };
    proxies.client(header, peer, &headers).to_string()
}

fn named(proxies: &str, peer: &str, value: &str) -> String {
    client(proxies, HEADER, peer, &[("x-forwarded-for", value)])
}

#[test]
fn without_proxies_nobody_is_believed() {
    assert_eq!(named("0", "198.51.100.7", "1.2.3.4"), "198.51.100.7");
}

#[test]
fn only_as_many_hops_as_were_said_are_believed() {
    assert_eq!(named("1", "10.0.0.1", "6.6.6.6, 203.0.113.9"), "203.0.113.9");
    assert_eq!(named("2", "10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2"), "203.0.113.9");
    assert_eq!(named("2", "10.0.0.1", "203.0.113.9"), "10.0.0.1", "one is missing");
    assert_eq!(named("1", "10.0.0.1", "203.0.113.9, nonsense"), "10.0.0.1");
}

#[test]
fn only_named_proxies_are_believed_and_read_from_the_right() {
    let ours = "10.0.0.0/8, 2001:db8::/32, 192.0.2.1";
    assert_eq!(named(ours, "198.51.100.7", "203.0.113.9"), "198.51.100.7", "a stranger");
    assert_eq!(named(ours, "10.0.0.1", "203.0.113.9"), "203.0.113.9");
    assert_eq!(named(ours, "10.0.0.1", "6.6.6.6, 203.0.113.9, 192.0.2.1"), "203.0.113.9");
    assert_eq!(named(ours, "10.0.0.1", "203.0.113.9, nonsense, 10.0.0.2"), "10.0.0.2");
    assert_eq!(named(ours, "2001:db8::7", "::ffff:203.0.113.9"), "203.0.113.9");
    assert_eq!(named(ours, "10.0.0.1", ""), "10.0.0.1");
    // A second line of the same header stands behind the first.
    let lines = [("x-forwarded-for", "6.6.6.6"), ("x-forwarded-for", "203.0.113.9")];
    assert_eq!(client(ours, HEADER, "10.0.0.1", &lines), "203.0.113.9");
}

#[test]
fn a_socket_is_believed_when_it_is_named() {
    assert_eq!(named("unix", "", "203.0.113.9"), "203.0.113.9");
    assert_eq!(named("10.0.0.1", "", "203.0.113.9"), "127.0.0.1");
}

#[test]
fn one_header_is_read_and_never_the_other() {
    let lines = [
        ("forwarded", "for=6.6.6.6, For=\"[2001:db8::9]:4711\";proto=https;by=10.0.0.1"),
        ("x-forwarded-for", "203.0.113.9:8080"),
    ];
    assert_eq!(client("10.0.0.1", HEADER, "10.0.0.1", &lines), "203.0.113.9");
    assert_eq!(client("10.0.0.1", ProxyHeader::Forwarded, "10.0.0.1", &lines), "2001:db8::9");
    let hidden = [("forwarded", "for=_hidden;proto=https")];
    assert_eq!(client("10.0.0.1", ProxyHeader::Forwarded, "10.0.0.1", &hidden), "10.0.0.1");
}

#[test]
fn what_is_no_proxy_is_refused() {
    for wrong in ["", "proxy.example", "10.0.0.0/33", "-1", "10.0.0.1;10.0.0.2"] {
        assert_eq!(wrong.parse::<Proxies>(), Err(()), "{wrong}");
    }
}
