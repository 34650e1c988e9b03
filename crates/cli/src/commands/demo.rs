//! `demo`: a demonstration ISMS to look around in.

use std::{
    collections::BTreeMap,
    fs,
    io::{ErrorKind, IsTerminal, stderr, stdout},
    net::SocketAddr,
    path::{MAIN_SEPARATOR, Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::Context;
use app::Clock;
use domain::conformity::{self, Grade, Report, Verdict};
use indicatif::{ProgressBar, ProgressStyle};
use kinds::person::Person;
use serde_json::json;
use web::Post;

use super::soa;
use crate::{
    Done,
    configuration::Configuration,
    demo, door,
    output::{Format, Ink, Out},
    place::{Desk, Place},
    stop::refused,
    telemetry,
};

/// Builds a demonstration ISMS with fourteen months of history, checks it, prints its Statement of
/// Applicability and opens its pages in the browser. One that is there already is opened again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment demo\n  \
    muniment demo --dir /path/to/look-around --force\n  \
    muniment demo --no-serve\n\n\
    The organization and its people are invented.")]
pub struct Demo {
    /// The folder for the database and the statement; made when missing.
    #[arg(long, value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Begin again: throw away the demonstration that is there.
    #[arg(long)]
    force: bool,
    /// Build it and stop: no pages.
    #[arg(long)]
    no_serve: bool,
    /// Where to listen; a free port when this one is taken.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7171")]
    listen: SocketAddr,
}

impl Demo {
    /// Builds the demonstration and says what to try next.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        if place.global().database.is_some() {
            return Err(refused(
                "the demonstration is a file of its own: name its folder by --dir, and leave out \
                 --database",
            ));
        }
        let here = self.dir == Path::new(".");
        let folder = if here { Path::new("") } else { &self.dir };
        let database = folder.join("muniment-demo.db");
        let paper = folder.join("muniment-demo-soa.pdf");
        let url = format!("sqlite:{}", database.display());
        let serves = !self.no_serve && out.format == Format::Table;
        let there = place.with_database(&url)?;
        if serves {
            let built = match !self.force && database.exists() {
                true => Done::Well,
                false => self.build_apart(place)?,
            };
            return if built == Done::Well { self.serve(&there, out) } else { Ok(built) };
        }
        self.clear(&database, &paper)?;
        fs::create_dir_all(&self.dir)
            .map_err(|err| refused(format!("`{}` cannot be made: {err}", self.dir.display())))?;

        let bar = bar();
        let built = demo::build(&url, place.keys()?, Clock::system().now(), &mut |done, all| {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        });
        bar.finish_and_clear();
        let built = built.or_else(|err| remove(&database).and(Err(err)))?;

        let desk = there.desk()?;
        soa::write_quietly(&soa::statement(&desk)?, &paper)?;
        let report = conformity::run(desk.past.view());
        let key = place.keys()?.path(built.organization.id());
        let told = Told { desk: &desk, report: &report, names: &built.names, key };
        match out.format {
            Format::Json => out.json(&told.json(&database, &paper)),
            _ => told.page(&database, &paper, out),
        }
        Ok(Done::Well)
    }

    /// Builds the demonstration in another process, which says what to try next: what that took of
    /// memory does not come back.
    fn build_apart(&self, place: &Place) -> anyhow::Result<Done> {
        let mut command = Command::new(std::env::current_exe()?);
        command.env("MUNIMENT_DATABASE_KEYS", place.keys()?.folder());
        command.args(["demo", "--no-serve", "--dir"]).arg(&self.dir);
        if self.force {
            command.arg("--force");
        }
        Ok(match command.status()?.code() {
            Some(0) => Done::Well,
            Some(1) => Done::Found,
            _ => Done::Failed,
        })
    }

    /// Serves the pages and shows them.
    fn serve(&self, there: &Place, out: &mut Out) -> anyhow::Result<Done> {
        web::stay_small();
        // Its own address and nothing else of the configuration: it is for this machine.
        let own = |listen: SocketAddr| {
            let own = Configuration::default().with("telemetry.log", "warn", "--log");
            own.with("server.listen", listen.to_string(), "--listen")
        };
        let (here, any) = (own(self.listen), own(SocketAddr::new(self.listen.ip(), 0)));
        let _telling = telemetry::start(&here.read()?)?;
        let app = there.app()?;
        let organization = app.organization(None)?;
        let isms = organization.current()?;
        let first = isms.live::<Person>().next().context("the demonstration has no person")?;
        let link = door::link_for(&app, &organization, first.0)?;
        let bind = |it: &Configuration| door::bind(&it.read()?, &it.read()?);
        let opened = bind(&here).or_else(|_| bind(&any))?;
        let address = format!("{}{link}", opened.base());
        let listening = door::open(there, app, &here.read()?, opened, Post::default())?;
        out.gap();
        out.line("Look at it in the browser (this link works once, for a day):");
        out.line(format!("  {}", out.paint(&address, Ink::Bold)));
        out.line("Stop with Ctrl C.");
        out.flush()?;
        if stdout().is_terminal() {
            show(&address);
        }
        listening.run().context("serving")?;
        Ok(Done::Well)
    }

    /// Makes room, where that was asked for.
    fn clear(&self, database: &Path, paper: &Path) -> anyhow::Result<()> {
        match [database, paper].into_iter().find(|it| it.exists()) {
            None => Ok(()),
            Some(there) if !self.force => Err(refused(format!(
                "`{}` is there already: look around in it, begin again with --force, or name \
                 another folder with --dir",
                there.display()
            ))),
            Some(_) => remove(database).and_then(|()| remove_file(paper)),
        }
    }
}

/// What is told at the end.
struct Told<'a> {
    desk: &'a Desk,
    report: &'a Report,
    names: &'a BTreeMap<String, String>,
    key: PathBuf,
}

impl Told<'_> {
    fn page(&self, database: &Path, paper: &Path, out: &mut Out) {
        let isms = self.desk.isms();
        let name = isms.all::<kinds::organization::Organization>().next();
        let name = name.map_or("", |it| it.0.title());
        out.line(out.paint(&format!("{name}, an invented organization"), Ink::Bold));
        out.gap();
        out.line(format!("  records                     {}", database.display()));
        out.line(format!("  Statement of Applicability  {}", paper.display()));
        out.line(format!("  signing key                 {}", self.key.display()));
        let (records, entries) = (isms.len(), isms.position());
        out.line(format!("  {records} records, {entries} entries in the ledger, fourteen months"));
        out.gap();
        out.line("Mostly in order, with gaps as they happen. An auditor would raise:");
        for (count, what, ink) in [
            (self.report.graded(Grade::Major), "major nonconformities", Ink::Red),
            (self.report.graded(Grade::Minor), "minor nonconformities", Ink::Yellow),
            (self.report.graded(Grade::Opportunity), "opportunities for improvement", Ink::Accent),
            (self.report.count(Verdict::Unknown), "rules that cannot be told yet", Ink::Dim),
        ] {
            out.line(format!("  {count:>4}  {}", out.paint(what, ink)));
        }
        out.gap();
        out.line("Try next:");
        out.line(format!("  export MUNIMENT_DATABASE=sqlite:{}", database.display()));
        let program = program();
        for (command, what) in self.next() {
            out.line(format!("  {program} {command}"));
            out.line(format!("      {}", out.paint(what, Ink::Dim)));
        }
    }

    fn json(&self, database: &Path, paper: &Path) -> serde_json::Value {
        let next: Vec<String> = self.next().into_iter().map(|it| it.0).collect();
        json!({
            "database": database, "statement": paper, "key": self.key, "entry": self.desk.isms().position(),
            "major": self.report.graded(Grade::Major),
            "minor": self.report.graded(Grade::Minor),
            "opportunity": self.report.graded(Grade::Opportunity),
            "unknown": self.report.count(Verdict::Unknown),
            "next": next,
        })
    }

    /// Commands that are worth a try, with what they show.
    fn next(&self) -> Vec<(String, &'static str)> {
        let name = |handle: &str| self.names.get(handle).map_or("", String::as_str);
        let ago = |days: i64| demo::working_day(self.desk.past.day, -days);
        vec![
            ("check --stage 1".to_owned(), "what would be raised at the first audit"),
            (
                format!("show {}", name("k-keys")),
                "a risk whose acceptance no longer stands, and the field that changed",
            ),
            (
                "check --rule SOA-08".to_owned(),
                "a control that was left out, and the supplier that contradicts it",
            ),
            (
                format!("show {} --history", name("A.8.2")),
                "a control, and how it became what it is",
            ),
            (
                format!("soa diff {} now", ago(300)),
                "what changed in the Statement of Applicability, by whom and why",
            ),
            (format!("list risk --as-of {}", ago(200)), "the risks as they were that day"),
            ("log --limit 15".to_owned(), "who did what, and why"),
            ("verify".to_owned(), "proof that nothing of this was altered"),
        ]
    }
}

/// Opens an address in the browser, where there is one.
fn show(address: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let mut command = Command::new(opener);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Without a browser the address is still on the screen.
    command.spawn().ok();
}

/// How the program was called, so that what is shown can be pasted.
fn program() -> String {
    let called = std::env::args().next().unwrap_or_default();
    if called.contains(MAIN_SEPARATOR) { called } else { "muniment".to_owned() }
}

fn bar() -> ProgressBar {
    if !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(1).with_message("playing fourteen months");
    match ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Removes a database of a demonstration with what SQLite keeps beside it.
fn remove(database: &Path) -> anyhow::Result<()> {
    ["", "-wal", "-shm"].into_iter().try_for_each(|ending| {
        let mut path = database.as_os_str().to_owned();
        path.push(ending);
        remove_file(Path::new(&path))
    })
}

/// Removes a file; a missing one is no error.
fn remove_file(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(err) if err.kind() != ErrorKind::NotFound => {
            Err(err).with_context(|| format!("`{}` cannot be removed", path.display()))
        }
        _ => Ok(()),
    }
}
