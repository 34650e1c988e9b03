//! `cargo xtask bench`: measures what the program promises to be quick at, prints each figure
//! beside its target and writes `docs/benchmarks.md`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use muniment_bench::{
    Figure, Home,
    benchmarks::{self, Function},
    figures::{self, Bench, PARTS},
};

const USAGE: &str = "\
usage: cargo xtask bench [--only PART]… [--day YYYY-MM-DD] [--functions] [--notes]
                         [--no-page]

  --only PART   open, conformity, as-of, import, writers, verify, paper, pages, postgres; writes no
                page
  --day DAY     the day to write on the page; that of the newest commit when absent
  --functions   measure functions by themselves too (a minute more)
  --notes       say below each figure how it was measured
  --no-page     print only

Set MUNIMENT_TEST_POSTGRES to the address of a PostgreSQL database to measure that as well.";

/// What was asked for.
#[derive(Default)]
struct Wanted {
    only: Vec<String>,
    day: Option<Date>,
    functions: bool,
    no_page: bool,
    notes: bool,
}

/// The allocator of the program that is measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &[String]) -> Result<ExitCode> {
    match arguments {
        [child, part, folder] if child == "child" => {
            figures::child(part, &Home::new(folder))?;
            return Ok(ExitCode::SUCCESS);
        }
        [help] if ["--help", "-h", "help"].contains(&help.as_str()) => {
            println!("{USAGE}");
            return Ok(ExitCode::SUCCESS);
        }
        _ => {}
    }
    let wanted = wanted(arguments)?;
    measure(&wanted)
}

fn measure(wanted: &Wanted) -> Result<ExitCode> {
    let root = root();
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    eprintln!("making the organization, unless it was made before …");
    let bench = Bench::new(target.join("bench"))?;
    println!("{}\n\n{}", benchmarks::about(&bench.machine), benchmarks::head());
    let mut figures: Vec<Figure> = Vec::new();
    for part in PARTS.iter().filter(|it| wanted.takes(it.name)) {
        let some = (part.measure)(&bench).with_context(|| part.name.to_owned())?;
        for figure in &some {
            println!("{}", benchmarks::line(figure));
            if wanted.notes {
                println!("{}", benchmarks::note(figure));
            }
        }
        figures.extend(some);
    }
    let functions = if wanted.functions { functions(&root)? } else { Vec::new() };
    for Function { name, fastest, median } in &functions {
        println!("{name:<48} {fastest:>14} {median:>14}");
    }
    let missed = figures.iter().filter(|it| !it.is_met()).count();
    match missed {
        0 => println!("\nEvery target is met."),
        1 => println!("\nOne target is missed."),
        more => println!("\n{more} targets are missed."),
    }
    if wanted.only.is_empty() && !wanted.no_page {
        let day = wanted.day.or_else(|| day_of_newest_commit(&root));
        let page = benchmarks::page(day, &bench.machine, &figures, &functions);
        fs::write(root.join("docs/benchmarks.md"), page)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Measures functions in a process of their own.
fn functions(root: &Path) -> Result<Vec<Function>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["bench", "--quiet", "-p", "muniment-bench", "--bench", "functions"])
        .current_dir(root)
        .output()?;
    if !output.status.success() {
        bail!("`cargo bench` failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(benchmarks::functions(&String::from_utf8_lossy(&output.stdout)))
}

fn wanted(arguments: &[String]) -> Result<Wanted> {
    let mut wanted = Wanted::default();
    let mut rest = arguments.iter();
    while let Some(word) = rest.next() {
        match word.as_str() {
            "--functions" => wanted.functions = true,
            "--no-page" => wanted.no_page = true,
            "--notes" => wanted.notes = true,
            "--only" => {
                let part = rest.next().context("--only wants the name of a part")?;
                if PARTS.iter().all(|it| it.name != part) {
                    bail!("there is no part `{part}`\n\n{USAGE}");
                }
                wanted.only.push(part.clone());
            }
            "--day" => {
                let day = rest.next().context("--day wants a day")?;
                wanted.day = Some(day.parse().with_context(|| format!("`{day}` is no day"))?);
            }
            other => bail!("`{other}` is not understood\n\n{USAGE}"),
        }
    }
    Ok(wanted)
}

impl Wanted {
    fn takes(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|it| it == part)
    }
}

fn day_of_newest_commit(root: &Path) -> Option<Date> {
    let output =
        Command::new("git").args(["log", "-1", "--format=%cs"]).current_dir(root).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// The folder of the repository.
fn root() -> PathBuf {
    // Asked when run: a target folder may be shared by several checkouts.
    let here = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.ancestors().nth(2).expect("the crate lies two folders below the root").to_owned()
}
