//! A service that speaks S3, for one run of the tests: moto's server, which forgets everything.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, ChildStdin, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, ensure};

use crate::python;

/// What is installed for it.
const PACKAGES: &[&str] = &["moto[s3]==5.2.5", "Flask==3.1.3", "flask-cors==6.0.5"];

/// The bucket that the tests may use.
const BUCKET: &str = "muniment-test";

/// Runs the server until its standard input closes: nobody is left behind, however we end.
const GUARD: &str = r#"
"$1" -H 127.0.0.1 -p "$2" >/dev/null 2>&1 &
read -r _
kill $!
wait
"#;

/// A running server; stopped when dropped.
pub struct Server {
    guard: Child,
    leash: Option<ChildStdin>,
    port: u16,
}

impl Server {
    /// Starts the server on this machine alone, with an empty bucket in it.
    ///
    /// # Errors
    /// When it cannot be fetched, or does not start.
    pub fn start() -> Result<Self> {
        let program = python::programs("s3", PACKAGES)?.join("moto_server");
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut guard = Command::new("sh")
            .args(["-c", GUARD, "sh"])
            .arg(program)
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .spawn()
            .context("`sh` cannot be started")?;
        let leash = guard.stdin.take();
        let server = Self { guard, leash, port };
        for _ in 0..300 {
            if server.make_bucket().is_ok_and(|it| it) {
                return Ok(server);
            }
            thread::sleep(Duration::from_millis(100));
        }
        ensure!(false, "`moto_server` did not start");
        Ok(server)
    }

    /// Where the bucket is.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/{BUCKET}", self.port)
    }

    fn make_bucket(&self) -> Result<bool> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        let ask = format!(
            "PUT /{BUCKET} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\
             Connection: close\r\n\r\n"
        );
        stream.write_all(ask.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.starts_with("HTTP/1.1 200"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.leash.take());
        self.guard.wait().ok();
    }
}
