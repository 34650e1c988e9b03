//! The program that is tried: a process of its own for each test, spoken to byte by byte.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// The longest that anything here may take: it is only waited for when something is wrong.
pub const LONG: Duration = Duration::from_secs(60);

/// A running program with an organization `acme`, in which Ada is administrator.
pub struct Server {
    /// Its folder.
    pub folder: TempDir,
    /// The process.
    pub child: Child,
    /// Where it listens: `127.0.0.1:4711`.
    pub address: String,
    /// The path of the one-time link that it printed.
    pub link: String,
    /// What it printed before.
    pub printed: Vec<String>,
    log: Arc<Mutex<String>>,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// Its status; 0 when the connection was closed without one.
    pub status: u16,
    /// Its head, whole.
    pub head: String,
    /// Its body.
    pub body: String,
}

/// Somebody who is signed in.
pub struct Guest {
    address: String,
    /// Their cookie.
    pub cookie: String,
    /// The token that forms carry.
    pub token: String,
}

impl Server {
    /// `muniment serve` with these arguments, in a new folder with an organization.
    pub fn start(args: &[&str]) -> Self {
        Self::start_in(begun(), args, |_| {})
    }

    /// The same in this folder, with the command as changed.
    pub fn start_in(folder: TempDir, args: &[&str], change: impl FnOnce(&mut Command)) -> Self {
        let mut command = muniment(folder.path());
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(args);
        change(&mut command);
        Self::spawn(folder, command)
    }

    /// Any command that ends up as the program that serves.
    pub fn spawn(folder: TempDir, mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let (from, to) = (child.stderr.take().unwrap(), log.clone());
        thread::spawn(move || {
            for line in BufReader::new(from).lines().map_while(Result::ok) {
                let mut log = to.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        let mut printed = Vec::new();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            printed.push(line.unwrap());
            if printed.last().unwrap().contains("/link/") {
                break;
            }
        }
        let told = printed.last().cloned().unwrap_or_default();
        let Some((before, link)) = told.split_once("/link/") else {
            panic!("it printed no link: {printed:?} {}", log.lock().unwrap());
        };
        let address = before.rsplit("//").next().unwrap().to_owned();
        Self { folder, child, address, link: format!("/link/{link}"), printed, log }
    }

    /// What it logged so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Runs the command line on the same database.
    pub fn run(&self, args: &[&str]) -> String {
        run(self.folder.path(), args)
    }

    /// Sends a signal: `TERM`, `HUP`.
    pub fn signal(&self, name: &str) {
        let mut kill = Command::new("kill");
        assert!(
            kill.args([&format!("-{name}"), &self.child.id().to_string()])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Waits until nobody is let in any more.
    pub fn until_closed(&self) {
        until(|| TcpStream::connect(&self.address).is_err());
    }

    /// Waits until the process ends.
    pub fn ended(&mut self) -> ExitStatus {
        let mut ended = None;
        until(|| {
            ended = self.child.try_wait().unwrap();
            ended.is_some()
        });
        ended.unwrap()
    }

    /// A connection.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        stream
    }

    /// Asks for a page as somebody who is not signed in.
    pub fn get(&self, path: &str) -> Answer {
        let head =
            format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address);
        talk(self.connect(), head.as_bytes())
    }

    /// Signs Ada in.
    pub fn sign_in(&self) -> Guest {
        let mut guest =
            Guest { address: self.address.clone(), cookie: String::new(), token: String::new() };
        let answer = guest.post(&self.link, &[]);
        assert_eq!(answer.status, 303, "{answer:?}");
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        assert!(cookie.contains("session="), "{answer:?}");
        guest.cookie = cookie;
        let page = guest.get("/o/acme/unit/new").body;
        let (_, rest) = page.split_once("name=\"token\" value=\"").expect(&page);
        guest.token = rest.split('"').next().unwrap().to_owned();
        guest
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        if thread::panicking() {
            eprintln!("it logged:\n{}", self.log());
        }
    }
}

impl Guest {
    /// The head of a request, without the empty line at its end.
    pub fn head(&self, method: &str, path: &str) -> String {
        format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\nconnection: close\r\n",
            self.address, self.cookie
        )
    }

    /// Asks for a page.
    pub fn get(&self, path: &str) -> Answer {
        self.send(&format!("{}\r\n", self.head("GET", path)), b"")
    }

    /// Sends a form.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let (head, body) = self.form(path, fields);
        self.send(&head, body.as_bytes())
    }

    /// A form as it is sent: head and body.
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> (String, String) {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        let body = form.append_pair("token", &self.token).extend_pairs(fields).finish();
        let head = format!(
            "{}content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
            self.head("POST", path),
            body.len()
        );
        (head, body)
    }

    /// Sends a form with one file.
    pub fn upload(&self, path: &str, field: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body = Vec::new();
        write!(
            body,
            "--border\r\ncontent-disposition: form-data; name=\"token\"\r\n\r\n{}\r\n--border\r\n\
             content-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n",
            self.token
        )
        .unwrap();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--border--\r\n");
        let head = format!(
            "{}content-type: multipart/form-data; boundary=border\r\ncontent-length: {}\r\n\r\n",
            self.head("POST", path),
            body.len()
        );
        self.send(&head, &body)
    }

    /// Makes a unit with this title.
    pub fn make(&self, title: &str) -> Answer {
        self.post("/o/acme/unit/new", &[("f.title", title)])
    }

    /// A new connection.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        stream
    }

    fn send(&self, head: &str, body: &[u8]) -> Answer {
        talk(self.connect(), &[head.as_bytes(), body].concat())
    }
}

impl Answer {
    /// The text of a header.
    pub fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|it| it.split_once(": "));
        lines.filter(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1).next().unwrap_or_default()
    }

    /// Insists on a status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}\n{}", self.head, self.body);
        self
    }

    /// Insists on words.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.body.contains(words), "“{words}” is not in {}", self.body);
        self
    }
}

/// Sends bytes and reads the answer to its end. Whoever does not listen to the end is still heard.
pub fn talk(mut stream: impl Read + Write, bytes: &[u8]) -> Answer {
    // It may have answered and closed before everything was sent.
    stream.write_all(bytes).ok();
    stream.flush().ok();
    read(stream)
}

/// Reads an answer to its end.
pub fn read(mut stream: impl Read) -> Answer {
    let mut all = Vec::new();
    stream.read_to_end(&mut all).ok();
    let text = String::from_utf8_lossy(&all).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok()).unwrap_or(0);
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

/// Waits until something holds.
#[track_caller]
pub fn until(mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < LONG, "waited in vain");
        thread::sleep(Duration::from_millis(10));
    }
}

/// A new folder with an organization.
pub fn begun() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let init = ["init", "--name", "Acme", "--person", "Ada", "--time-zone", "Europe/Berlin"];
    run(folder.path(), &init);
    folder
}

/// Runs the command line in a folder.
pub fn run(folder: &Path, args: &[&str]) -> String {
    let output = muniment(folder).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The program in a folder, as nobody configured it.
pub fn muniment(folder: &Path) -> Command {
    let mut command = Command::new(program());
    command.current_dir(folder).env("MUNIMENT_KEYS", folder.join("keys")).env("COLUMNS", "200");
    let names = std::env::vars_os().filter_map(|it| it.0.into_string().ok());
    for name in names.filter(|it| it.starts_with("MUNIMENT_") && it != "MUNIMENT_KEYS") {
        command.env_remove(name);
    }
    command.env_remove("RUST_LOG").stdin(Stdio::null());
    command
}

/// The path of the program.
pub fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_muniment"))
}
