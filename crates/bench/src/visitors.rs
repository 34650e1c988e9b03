//! Visitors of a site: connections that ask for one page after another and note how long each took.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    sync::Barrier,
    thread,
    time::Instant,
};

/// How long answers took, and how large they were on the wire.
#[derive(Debug, Clone, Default)]
pub struct Visit {
    /// Seconds of each answer, the quickest first.
    pub times: Vec<f64>,
    /// Bytes of one answer's body, compressed as sent.
    pub bytes: usize,
    /// Seconds that all of it took.
    pub seconds: f64,
}

/// One connection that is kept open.
pub struct Visitor {
    reader: BufReader<TcpStream>,
    /// The header that says who asks.
    identity: String,
}

impl Visit {
    /// The time that so many in a hundred stayed below, in seconds.
    pub fn percentile(&self, percent: usize) -> f64 {
        let at = (self.times.len() * percent / 100).min(self.times.len().saturating_sub(1));
        self.times.get(at).copied().unwrap_or(f64::NAN)
    }

    /// Answers in a second.
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.seconds
    }
}

/// Lets `connections` ask for a path `each` times.
///
/// # Errors
/// When a connection breaks or an answer is not 200.
pub fn visit(
    address: SocketAddr,
    cookie: &str,
    path: &str,
    connections: usize,
    each: usize,
) -> io::Result<Visit> {
    let barrier = Barrier::new(connections);
    let start = Instant::now();
    let one = || -> io::Result<(Vec<f64>, usize)> {
        let mut visitor = Visitor::new(address, cookie)?;
        let (mut times, mut bytes) = (Vec::with_capacity(each), 0);
        barrier.wait();
        for _ in 0..each {
            let begun = Instant::now();
            bytes = visitor.get(path)?.len();
            times.push(begun.elapsed().as_secs_f64());
        }
        Ok((times, bytes))
    };
    let answers = thread::scope(|scope| {
        let threads: Vec<_> = (0..connections).map(|_| scope.spawn(one)).collect();
        let joined = threads.into_iter().map(|it| it.join().expect("a visitor does not panic"));
        joined.collect::<io::Result<Vec<_>>>()
    })?;
    let mut visit = Visit { seconds: start.elapsed().as_secs_f64(), ..Visit::default() };
    for (times, bytes) in answers {
        visit.times.extend(times);
        visit.bytes = bytes;
    }
    visit.times.sort_by(f64::total_cmp);
    Ok(visit)
}

/// The value of a header.
pub fn header<'h>(headers: &'h [String], name: &str) -> Option<&'h str> {
    let mut pairs = headers.iter().filter_map(|it| it.split_once(':'));
    pairs.find(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1.trim())
}

impl Visitor {
    /// A new connection.
    ///
    /// # Errors
    /// When nobody listens.
    pub fn new(address: SocketAddr, cookie: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { reader: BufReader::new(stream), identity: format!("Cookie: {cookie}") })
    }

    /// A new connection of a program with a token.
    ///
    /// # Errors
    /// When nobody listens.
    pub fn with_token(address: SocketAddr, token: &str) -> io::Result<Self> {
        let identity = format!("Authorization: Bearer {token}");
        Ok(Self { identity, ..Self::new(address, "")? })
    }

    /// Asks for a path: the body as sent.
    ///
    /// # Errors
    /// When the connection breaks or the answer is not 200.
    pub fn get(&mut self, path: &str) -> io::Result<Vec<u8>> {
        self.get_with(path, "Accept-Encoding: gzip\r\n")
    }

    /// Asks for a path: the body, not compressed.
    ///
    /// # Errors
    /// When the connection breaks or the answer is not 200.
    pub fn get_plain(&mut self, path: &str) -> io::Result<Vec<u8>> {
        self.get_with(path, "")
    }

    fn get_with(&mut self, path: &str, header: &str) -> io::Result<Vec<u8>> {
        let who = &self.identity;
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{who}\r\n{header}\r\n");
        let (status, _, body) = self.send(&request)?;
        match status {
            200 => Ok(body),
            status => Err(io::Error::other(format!("{path} answers {status}"))),
        }
    }

    /// Asks for a path: the headers of the answer.
    ///
    /// # Errors
    /// When the connection breaks.
    pub fn headers(&mut self, path: &str) -> io::Result<Vec<String>> {
        let who = &self.identity;
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{who}\r\n\r\n");
        Ok(self.send(&request)?.1)
    }

    /// Sends a form: the status and the headers of the answer.
    ///
    /// # Errors
    /// When the connection breaks.
    pub fn post(&mut self, path: &str, form: &str) -> io::Result<(u16, Vec<String>)> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\n{}\r\nContent-Type: \
             application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.identity,
            form.len()
        );
        let (status, headers, _) = self.send(&request)?;
        Ok((status, headers))
    }

    /// Sends JSON: the status and the body of the answer.
    ///
    /// # Errors
    /// When the connection breaks.
    pub fn post_json(&mut self, path: &str, json: &str) -> io::Result<(u16, Vec<u8>)> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\n{}\r\nContent-Type: \
             application/json\r\nContent-Length: {}\r\n\r\n{json}",
            self.identity,
            json.len()
        );
        let (status, _, body) = self.send(&request)?;
        Ok((status, body))
    }

    fn send(&mut self, request: &str) -> io::Result<(u16, Vec<String>, Vec<u8>)> {
        self.reader.get_mut().write_all(request.as_bytes())?;
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            if self.reader.read_line(&mut line)? == 0 {
                return Err(io::Error::other("the connection ended"));
            }
            match line.trim_end() {
                "" => break,
                line => headers.push(line.to_owned()),
            }
        }
        let status = headers.first().and_then(|it| it.split(' ').nth(1)?.parse().ok());
        let mut body = Vec::new();
        if let Some(length) = header(&headers, "content-length") {
            body.resize(length.parse().map_err(io::Error::other)?, 0);
            self.reader.read_exact(&mut body)?;
        } else if header(&headers, "transfer-encoding").is_some() {
            while let size @ 1.. = self.chunk()? {
                let start = body.len();
                body.resize(start + size, 0);
                self.reader.read_exact(&mut body[start..])?;
                self.chunk_end()?;
            }
            self.chunk_end()?;
        }
        Ok((status.unwrap_or(0), headers, body))
    }

    fn chunk(&mut self) -> io::Result<usize> {
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        usize::from_str_radix(line.trim_end(), 16).map_err(io::Error::other)
    }

    fn chunk_end(&mut self) -> io::Result<()> {
        self.reader.read_line(&mut String::new()).map(drop)
    }
}
