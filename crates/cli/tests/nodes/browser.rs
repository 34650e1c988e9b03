//! Somebody with one session, whichever node answers.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

/// Somebody with cookies.
#[derive(Clone, Default)]
pub struct Browser {
    cookies: BTreeMap<String, String>,
}

/// An answer.
#[derive(Debug)]
pub struct Seen {
    pub status: u16,
    /// Where to look next.
    pub location: String,
    pub body: String,
}

impl Browser {
    /// Follows a one-time link.
    pub fn sign_in(base: &str, link: &str) -> Self {
        let mut browser = Self::default();
        let seen = browser.send(base, "POST", link, "").unwrap();
        assert!(browser.cookies.contains_key("session"), "{seen:?}");
        browser
    }

    /// Reads a page; `None` when nobody answers.
    pub fn get(&mut self, base: &str, path: &str) -> Option<Seen> {
        self.send(base, "GET", path, "")
    }

    /// Makes a unit with this title: `Some` with its page when it was acknowledged.
    pub fn make(&mut self, base: &str, title: &str) -> Result<String, Option<Seen>> {
        let form = self.get(base, "/o/acme/unit/new").ok_or(None)?;
        if form.status != 200 {
            return Err(Some(form));
        }
        let (_, rest) = form.body.split_once("name=\"token\" value=\"").unwrap();
        let token = rest.split('"').next().unwrap();
        let body = format!("token={token}&f.title={title}");
        let seen = self.send(base, "POST", "/o/acme/unit/new", &body).ok_or(None)?;
        match seen.status {
            303 => Ok(seen.location),
            _ => Err(Some(seen)),
        }
    }

    fn send(&mut self, base: &str, method: &str, path: &str, body: &str) -> Option<Seen> {
        let host = base.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
             Sec-Fetch-Site: same-origin\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            cookies.join("; "),
            body.len()
        )
        .ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let mut location = String::new();
        for line in head.lines().skip(1) {
            let (name, value) = line.split_once(": ")?;
            match name.to_ascii_lowercase().as_str() {
                "location" => location = value.to_owned(),
                "set-cookie" => {
                    let (name, value) = value.split(';').next()?.split_once('=')?;
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
                _ => {}
            }
        }
        let status = head.split_whitespace().nth(1)?.parse().ok()?;
        Some(Seen { status, location, body: body.to_owned() })
    }
}
