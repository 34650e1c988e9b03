//! A PostgreSQL server for one run of the tests.

use std::{
    env, fs,
    io::{BufRead, BufReader, Read},
    net::TcpListener,
    os::unix::{
        fs::{PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{self, Child, ChildStdin, Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::packages;

/// What people install to have it, on Debian and its kin.
const PACKAGE: &str = "postgresql";

/// Starts the server, says so, waits until its standard input closes, and cleans up. It closes
/// when we end, however we end: nobody is left behind by Ctrl-C or a kill.
const GUARD: &str = r#"
"$1/pg_ctl" -s -w -D "$2/data" -l "$2/log" -o "$3" start >/dev/null 2>&1 && echo ready
read -r _
"$1/pg_ctl" -s -D "$2/data" -m immediate stop >/dev/null 2>&1
rm -rf "$2"
"#;

/// A running server; stopped and forgotten when dropped.
pub struct Server {
    guard: Child,
    leash: Option<ChildStdin>,
    url: String,
}

/// Whom the server runs as; `None` when we may run it ourselves.
type Account = Option<(u32, u32)>;

impl Server {
    /// Makes an empty cluster in the system's temporary folder and starts a server on it that
    /// listens on this machine alone; PostgreSQL is installed first where it is missing.
    ///
    /// # Errors
    /// When there is no PostgreSQL and we may not install it, or it does not start.
    pub fn start() -> Result<Self> {
        let programs = match find() {
            Some(programs) => programs,
            None => install()?,
        };
        let folder = env::temp_dir().join(format!("muniment-test-{}", process::id()));
        // Not below `target`: as root, the server runs as somebody who may not look in there.
        fs::create_dir(&folder).with_context(|| format!("`{}`", folder.display()))?;
        let started = launch(&programs, &folder);
        if started.is_err() {
            fs::remove_dir_all(&folder).ok();
        }
        started
    }

    /// Makes sure that there is a PostgreSQL to start, and installs it where it is missing.
    ///
    /// # Errors
    /// When there is none and we may not install it.
    pub fn prepare() -> Result<()> {
        find().map_or_else(install, Ok).map(drop)
    }

    /// Where it answers, with user and password.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.leash.take());
        self.guard.wait().ok();
    }
}

/// The folder of PostgreSQL's programs, the newest version first.
fn find() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<PathBuf> = versions.map(|it| it.path()).collect();
    versions.sort_by_key(|it| {
        it.file_name().and_then(|it| it.to_str()?.parse::<u32>().ok()).unwrap_or_default()
    });
    let paths = env::var_os("PATH").unwrap_or_default();
    let versions = versions.into_iter().rev().map(|it| it.join("bin"));
    versions.chain(env::split_paths(&paths)).find(|it| it.join("initdb").is_file())
}

fn install() -> Result<PathBuf> {
    let by_hand = format!(
        "the tests need PostgreSQL, and its `initdb` was not found; install it with \
         `apt-get install {PACKAGE}` (or your system's package of the same name), or let \
         MUNIMENT_TEST_POSTGRES name a server whose databases may be lost; `cargo test \
         --workspace` runs without, and skips what needs it"
    );
    packages::install(&[PACKAGE], &by_hand)?;
    find().context(by_hand)
}

fn launch(programs: &Path, folder: &Path) -> Result<Server> {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    let password = password()?;
    fs::write(folder.join("password"), &password)?;
    let account = if packages::is_root()? { Some(account()?) } else { None };
    if let Some((user, group)) = account {
        chown(folder.join("password"), Some(user), Some(group))?;
        chown(folder, Some(user), Some(group))?;
    }
    let made = on(account, folder, programs.join("initdb"))
        .args(["--pgdata=data", "--username=muniment", "--pwfile=password"])
        .args(["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"])
        .output()
        .context("`initdb` cannot be started")?;
    ensure!(made.status.success(), "`initdb` failed: {}", String::from_utf8_lossy(&made.stderr));

    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let options = format!(
        "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
         -c max_connections=200 -c shared_buffers=64MB"
    );
    let mut guard = on(account, folder, "sh")
        .args(["-c", GUARD, "sh"])
        .args([programs, folder])
        .arg(options)
        // Ctrl-C is for us and the tests; the server must outlive them.
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let leash = guard.stdin.take();
    let mut word = String::new();
    let output = guard.stdout.take().context("the guard has an output")?;
    BufReader::new(output).read_line(&mut word)?;
    let url = format!("postgres://muniment:{password}@127.0.0.1:{port}/postgres");
    let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
    let server = Server { guard, leash, url };
    ensure!(word.trim() == "ready", "PostgreSQL did not start: {log}");
    Ok(server)
}

fn on(account: Account, folder: &Path, program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    if let Some((user, group)) = account {
        command.uid(user).gid(group);
    }
    command
}

/// The account that PostgreSQL's packages make, else the one that owns nothing.
fn account() -> Result<(u32, u32)> {
    let text = fs::read_to_string("/etc/passwd").context("`/etc/passwd`")?;
    let numbers = |name: &str| numbers(&text, name);
    numbers("postgres").or_else(|| numbers("nobody")).context(
        "PostgreSQL does not run as root, and there is no account `postgres` or `nobody` to run \
         it as; run the tests as another user",
    )
}

fn numbers(passwd: &str, name: &str) -> Option<(u32, u32)> {
    passwd.lines().find_map(|line| {
        let mut parts = line.split(':');
        let found = parts.next()? == name;
        let (user, group) = (parts.nth(1)?.parse().ok()?, parts.next()?.parse().ok()?);
        found.then_some((user, group))
    })
}

/// Other people on this machine must not get in: a superuser of a database can run programs.
fn password() -> Result<String> {
    let mut bytes = [0; 16];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|it| format!("{it:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_accounts() {
        let passwd = "root:x:0:0:root:/:/bin/sh\npostgres:x:104:111:PostgreSQL,,,:/var:/bin/sh\n";
        assert_eq!(numbers(passwd, "postgres"), Some((104, 111)));
        assert_eq!(numbers(passwd, "nobody"), None);
    }

    #[test]
    fn passwords_differ() {
        let (one, other) = (password().unwrap(), password().unwrap());
        assert_eq!(one.len(), 32);
        assert_ne!(one, other);
    }
}
