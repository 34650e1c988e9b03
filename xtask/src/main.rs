//! `cargo xtask`: the chores of this repository, as a program.
//!
//! Knows the records only to write their manual. Start reading at [`run`]; each chore is a module.

mod browser;
mod generate;
mod packages;
mod postgres;
mod provider;
mod python;
mod s3;
mod test;
mod tidy;
mod workspace;

use std::{env, process::ExitCode};

use anyhow::{Result, bail};

const USAGE: &str = "\
usage: cargo xtask CHORE

  test [FILTER…]     start a throw-away PostgreSQL and run every test, or those the filter of
                     cargo nextest (or cargo test) selects: cargo xtask test -p ledger
  setup              install what the tests need: PostgreSQL, Chromium and its driver
  tidy               check what compilers do not: names, lengths, who may depend on whom
  generate [--check] write the generated files, or fail when one of them is not up to date
  deny [ARGUMENT…]   check licenses, bans and advisories with cargo-deny
  bench [ARGUMENT…]  measure, and print ratios";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Does the chore that the first argument names.
fn run(arguments: &[String]) -> Result<ExitCode> {
    let Some((chore, rest)) = arguments.split_first() else {
        println!("{USAGE}");
        return Ok(ExitCode::from(2));
    };
    match (chore.as_str(), rest) {
        ("test", filters) => test::run(filters),
        ("setup", []) => setup(),
        ("tidy", []) => tidy::run(),
        ("generate", []) => generate::write(),
        ("generate", [check]) if check == "--check" => generate::check(),
        ("deny", rest) => deny(rest),
        ("bench", rest) => bench(rest),
        ("help" | "--help" | "-h", _) => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => bail!("`{}` is not understood\n\n{USAGE}", arguments.join(" ")),
    }
}

fn setup() -> Result<ExitCode> {
    postgres::Server::prepare()?;
    browser::prepare()?;
    println!("PostgreSQL, Chromium and its driver are there");
    Ok(ExitCode::SUCCESS)
}

fn deny(arguments: &[String]) -> Result<ExitCode> {
    if !workspace::succeeds(workspace::cargo().args(["deny", "--version"])) {
        bail!("cargo-deny is not installed; run `cargo install --locked cargo-deny` first");
    }
    workspace::code(workspace::cargo().args(["deny", "check"]).args(arguments))
}

fn bench(arguments: &[String]) -> Result<ExitCode> {
    if !workspace::root().join("crates/bench").is_dir() {
        bail!("there is nothing to measure yet: the crate `bench` does not exist");
    }
    // The server that is measured is the program itself, which lies beside.
    let mut cargo = workspace::cargo();
    if !cargo.args(["build", "--release", "-p", "muniment"]).status()?.success() {
        bail!("the program that is to be measured does not build");
    }
    let mut cargo = workspace::cargo();
    workspace::code(cargo.args(["run", "--release", "-p", "muniment-bench", "--"]).args(arguments))
}
