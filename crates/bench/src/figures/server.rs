//! The server itself, as a process of its own, with the demonstration.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result, bail, ensure};

use super::Bench;
use crate::{
    Figure, Target, Unit,
    figure::quickest,
    visitors::{Visitor, header},
};

/// So often it is started.
const STARTS: usize = 5;

/// Pages that a visitor looks at before the memory is read.
const LOOKED_AT: [&str; 6] = ["", "/risk", "/soa", "/matrix", "/conformity", "/work"];

/// A server that runs; killed when dropped.
struct Server {
    child: Child,
    address: SocketAddr,
    /// The one-time link it printed, while nobody has an account.
    link: Option<String>,
}

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let program = program()?;
    let folder = bench.scratch()?;
    let demo = Command::new(&program)
        .args(["demo", "--no-serve"])
        .current_dir(folder.path())
        .env("MUNIMENT_KEYS", folder.path().join("keys"))
        .output()?;
    ensure!(demo.status.success(), "{}", String::from_utf8_lossy(&demo.stderr));
    // While nobody has an account it prints a link, and that makes one.
    let link = Server::start(&program, folder.path(), true)?.link.clone();
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let begun = Instant::now();
        let server = Server::start(&program, folder.path(), false)?;
        Visitor::new(server.address, "")?.get("/sign-in")?;
        starts.push(begun.elapsed().as_secs_f64());
    }
    let mut server = Server::start(&program, folder.path(), false)?;
    server.link = link;
    let (cookie, base) = server.sign_in()?;
    let mut visitor = Visitor::new(server.address, &cookie)?;
    for path in LOOKED_AT {
        visitor.get(&format!("{base}{path}"))?;
    }
    let before = server.resident()?;
    let begun = Instant::now();
    let pdf = visitor.get_plain(&format!("{base}/soa/paper/pdf"))?;
    let seconds = begun.elapsed().as_secs_f64();
    ensure!(pdf.starts_with(b"%PDF"), "the paper is a PDF");
    let after = server.resident()?;
    Ok(vec![
        Figure {
            name: "Cold start with the demonstration".to_owned(),
            measured: quickest(starts),
            unit: Unit::Seconds,
            target: Target::AtMost(0.3),
            note: format!(
                "From starting the process to the first page it answers. Quickest of {STARTS}."
            ),
        },
        Figure {
            name: "Resident with the demonstration".to_owned(),
            measured: after,
            unit: Unit::Megabytes,
            target: Target::AtMost(80.0),
            note: format!(
                "After {} pages {before:.0} MB, after a Statement of Applicability as PDF ({}) \
                 {after:.0} MB: a child process sets it.",
                LOOKED_AT.len(),
                Unit::Seconds.show(seconds)
            ),
        },
    ])
}

/// The program, which is built beside this one.
fn program() -> Result<PathBuf> {
    let program = std::env::current_exe()?.with_file_name("muniment");
    if !program.is_file() {
        bail!("`{}` is not there: `cargo xtask bench` builds it", program.display());
    }
    Ok(program)
}

impl Server {
    /// Starts the program on the database of the demonstration, and waits until it listens and,
    /// if that is wanted, has printed a link.
    fn start(program: &Path, folder: &Path, wants_link: bool) -> Result<Self> {
        let mut child = Command::new(program)
            .args(["--database", "sqlite:muniment-demo.db", "serve", "--listen", "127.0.0.1:0"])
            .current_dir(folder)
            .env("MUNIMENT_KEYS", folder.join("keys"))
            .stdout(Stdio::piped())
            // A line for each request, as it is run; nobody reads them here.
            .stderr(Stdio::null())
            .spawn()?;
        let lines = BufReader::new(child.stdout.take().context("it was piped")?).lines();
        let mut server = Self { child, address: ([127, 0, 0, 1], 0).into(), link: None };
        for line in lines {
            let line = line?;
            let Some((_, url)) = line.split_once("http://") else { continue };
            let (address, path) = url.trim().split_once('/').unwrap_or((url.trim(), ""));
            server.address = address.parse().context("the address it prints")?;
            if path.starts_with("link/") {
                server.link = Some(format!("/{path}"));
            }
            if server.link.is_some() || !wants_link {
                break;
            }
        }
        ensure!(server.address.port() != 0, "the server did not say where it listens");
        Ok(server)
    }

    /// Signs in by the link: the cookie, and the path of the organization.
    fn sign_in(&self) -> Result<(String, String)> {
        let link = self.link.as_deref().context("the server printed a link")?;
        let (status, headers) = Visitor::new(self.address, "")?.post(link, "")?;
        let cookie = header(&headers, "set-cookie");
        let cookie = cookie.with_context(|| format!("the link answers {status}"))?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        let headers = Visitor::new(self.address, &cookie)?.headers("/")?;
        let base = header(&headers, "location").context("the only organization is gone to")?;
        Ok((cookie, base.to_owned()))
    }

    /// Megabytes resident.
    fn resident(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|it| it.split_whitespace().next()?.parse::<f64>().ok());
        Ok(kilobytes.context("the kernel tells what is resident")? * 1024.0 / 1e6)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
