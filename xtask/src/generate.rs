//! `cargo xtask generate`: files that are made from the code and committed.

mod manual;
mod views;

use std::{
    fs,
    process::{Command, ExitCode, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::workspace;

/// Every generated file.
const GENERATED: &[Generated] = &[
    Generated { path: "docs/kinds.md", make: manual::kinds },
    Generated { path: "crates/store/views/postgres.sql", make: views::postgres },
    Generated { path: "crates/store/views/sqlite.sql", make: views::sqlite },
];

/// What the program itself knows best: files, and the arguments that make it print them. Tests of
/// the program compare both.
const PRINTED: &[(&str, &[&str])] = &[
    ("docs/cli.md", &["manual"]),
    ("docs/openapi.json", &["manual", "--api"]),
    ("deploy/muniment.toml", &["config", "--sample"]),
];

struct Generated {
    /// From the root of the repository.
    path: &'static str,
    /// Gives its whole text.
    make: fn() -> String,
}

/// Writes the files that are not up to date.
///
/// # Errors
/// When a file cannot be written.
pub fn write() -> Result<ExitCode> {
    for (path, text) in stale() {
        fs::write(workspace::root().join(path), text).with_context(|| format!("`{path}`"))?;
        eprintln!("wrote {path}");
    }
    for (path, arguments) in PRINTED {
        let text = printed(arguments)?;
        let file = workspace::root().join(path);
        if fs::read(&file).ok().as_ref() != Some(&text) {
            fs::write(file, text).with_context(|| format!("`{path}`"))?;
            eprintln!("wrote {path}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn printed(arguments: &[&str]) -> Result<Vec<u8>> {
    let mut cargo = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    let run = cargo.args(["run", "--quiet", "--package", "muniment", "--"]).args(arguments);
    let output = run.stderr(Stdio::inherit()).output().context("`cargo run` could not start")?;
    ensure!(output.status.success(), "`muniment {}` failed", arguments.join(" "));
    Ok(output.stdout)
}

/// Fails when a file is not up to date.
///
/// # Errors
/// None: a file that cannot be read is not up to date.
pub fn check() -> Result<ExitCode> {
    let stale = stale();
    for (path, _) in &stale {
        eprintln!("{path}: not up to date; run `cargo xtask generate` and commit it");
    }
    Ok(if stale.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn stale() -> Vec<(&'static str, String)> {
    let made = GENERATED.iter().map(|it| (it.path, (it.make)()));
    let is_stale = |path: &str, text: &str| {
        let found = fs::read_to_string(workspace::root().join(path));
        found.map_or(true, |found| found != text)
    };
    made.filter(|(path, text)| is_stale(path, text)).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn generated_files_are_up_to_date() {
        let stale: Vec<&str> = super::stale().iter().map(|it| it.0).collect();
        assert!(stale.is_empty(), "run `cargo xtask generate` and commit {stale:?}");
    }
}
