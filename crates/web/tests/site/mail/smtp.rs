//! A real mail server on loopback: Python's `aiosmtpd`, which `cargo xtask test` installs.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use app::mail::{Encryption, Smtp};
use serde_json::Value;

/// Where `cargo xtask test` says which Python has it.
const VARIABLE: &str = "MUNIMENT_TEST_PYTHON";

/// A mail that arrives does so within this time, or never.
const PATIENCE: Duration = Duration::from_secs(30);

/// A mail server.
pub struct Server {
    child: Child,
    port: u16,
    secure: bool,
    mails: Receiver<Received>,
}

/// A mail as it arrived.
pub struct Received {
    /// To whom.
    pub to: String,
    /// As it was sent.
    pub raw: String,
    /// Whether the connection was encrypted.
    pub encrypted: bool,
    /// As whom the sender signed in.
    pub user: Option<String>,
}

impl Server {
    /// Starts one; `None`, with a sentence, where there is none to start.
    pub fn start(secure: bool) -> Option<Self> {
        let Ok(python) = std::env::var(VARIABLE) else {
            eprintln!("skipped: {VARIABLE} names no Python with aiosmtpd, see `cargo xtask test`");
            return None;
        };
        let mut command = Command::new(python);
        command.arg(file("server.py")).stdout(Stdio::piped());
        if secure {
            command.arg("--secure").arg(file("localhost.pem")).arg(file("localhost.key"));
        }
        let mut child = command.spawn().expect("the Python that was named starts");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.next().expect("it says its port").unwrap().parse().unwrap();
        let (sender, mails) = channel();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                sender.send(Received::of(&line)).ok();
            }
        });
        Some(Self { child, port, secure, mails })
    }

    /// How to send by it.
    pub fn settings(&self) -> Smtp {
        settings(self.port, self.secure)
    }

    /// The next mail that arrived.
    pub fn next(&self) -> Received {
        self.mails.recv_timeout(PATIENCE).expect("a mail arrives")
    }

    /// Asserts that nothing else has arrived: what was sent before is here already.
    #[track_caller]
    pub fn has_no_more(&self) {
        if let Ok(mail) = self.mails.try_recv() {
            panic!("another mail arrived:\n{}", mail.raw);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// How to send by a server on this port, whether it is there or not.
pub fn settings(port: u16, secure: bool) -> Smtp {
    let secret = |text: &str| secure.then(|| text.to_owned());
    Smtp {
        server: "localhost".to_owned(),
        port: Some(port),
        encryption: if secure { Encryption::Starttls } else { Encryption::None },
        user: secret("muniment"),
        password: secret("open sesame"),
        from: "Muniment <isms@acme.example>".to_owned(),
        reply_to: None,
        roots: secure.then(|| file("localhost.pem")),
    }
}

impl Received {
    fn of(line: &str) -> Self {
        let value: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| value[key].as_str().map(str::to_owned);
        Self {
            to: value["to"][0].as_str().unwrap().to_owned(),
            raw: text("data").unwrap(),
            encrypted: value["encrypted"] == true,
            user: text("user"),
        }
    }

    /// A header, unfolded.
    pub fn header(&self, name: &str) -> String {
        let head = self.raw.split_once("\r\n\r\n").unwrap().0.replace("\r\n ", " ");
        let start = format!("{}: ", name.to_lowercase());
        let found = head.lines().find(|it| it.to_lowercase().starts_with(&start));
        found.map(|it| it[start.len()..].to_owned()).unwrap_or_default()
    }

    /// The part of plain text, decoded.
    pub fn text(&self) -> String {
        let part = self.raw.split("Content-Type: text/plain").nth(1).expect("a part of text");
        let (head, rest) = part.split_once("\r\n\r\n").unwrap();
        let body = rest.split("\r\n--").next().unwrap();
        match head.contains("quoted-printable") {
            true => unquoted(body),
            false => {
                assert!(!head.contains("base64"), "{head}");
                body.to_owned()
            }
        }
    }

    /// The first link below this path.
    #[track_caller]
    pub fn link(&self, path: &str) -> String {
        let text = self.text();
        let at = text.find(path).unwrap_or_else(|| panic!("no link to {path} in:\n{text}"));
        text[at..].split_whitespace().next().unwrap().to_owned()
    }
}

fn unquoted(text: &str) -> String {
    let text = text.replace("=\r\n", "");
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, tail @ ..] = rest {
        match (first, tail) {
            (b'=', [a, b, after @ ..]) => {
                let hex = [*a, *b];
                let hex = std::str::from_utf8(&hex).unwrap();
                bytes.push(u8::from_str_radix(hex, 16).unwrap());
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn file(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/site/mail")).join(name)
}
