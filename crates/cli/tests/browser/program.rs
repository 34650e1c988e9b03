//! The program that is tried: a server of its own for each test.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

/// A running program with a folder of its own; stopped when dropped.
pub struct Program {
    folder: TempDir,
    child: Child,
    /// Where it listens.
    pub base: String,
    /// The path of the one-time link that it printed.
    pub link: String,
}

impl Program {
    /// `muniment serve` on a database that does not exist yet.
    pub fn empty() -> Self {
        Self::start(tempfile::tempdir().unwrap(), &["serve", "--listen", "127.0.0.1:0"])
    }

    /// `muniment serve` on a database that does not exist yet, reached by a name, with what `also`
    /// makes of its address in its configuration.
    pub fn configured(also: impl FnOnce(&str) -> String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port();
        let origin = format!("http://localhost:{port}");
        let server = format!("[server]\nlisten = \"127.0.0.1:{port}\"\norigin = \"{origin}\"\n");
        fs::write(folder.path().join("muniment.toml"), server + &also(&origin)).unwrap();
        Self::start(folder, &["serve"])
    }

    /// `muniment demo`.
    pub fn demo() -> Self {
        Self::start(tempfile::tempdir().unwrap(), &["demo", "--listen", "127.0.0.1:0"])
    }

    fn start(folder: TempDir, args: &[&str]) -> Self {
        let mut child = command(folder.path())
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines.map(Result::unwrap).find_map(|line| {
            let at = line.find("http://")?;
            let address = line[at..].trim().to_owned();
            address.contains("/link/").then_some(address)
        });
        let address = address.expect("it prints a link");
        let (base, link) = address.split_once("/link/").unwrap();
        Self { folder, child, base: base.to_owned(), link: format!("/link/{link}") }
    }

    /// Runs the command line on the same database.
    pub fn run(&self, database: &str, args: &[&str]) -> String {
        let database = format!("sqlite:{}", self.folder.path().join(database).display());
        let output = command(self.folder.path())
            .args(["--database", &database])
            .args(args)
            .output()
            .unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A port that nobody listens on now.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_muniment"));
    command.current_dir(folder).env("MUNIMENT_KEYS", folder.join("keys"));
    for name in ["MUNIMENT_DATABASE", "MUNIMENT_AS", "MUNIMENT_ORGANIZATION", "MUNIMENT_ORIGIN"] {
        command.env_remove(name);
    }
    command
}
