//! `cargo xtask tidy`: what no compiler checks.

mod dependencies;
mod lockfile;
mod sources;

use std::{fmt, process::ExitCode};

use anyhow::Result;

use crate::workspace;

/// Something that is against the rules of this repository.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub path: String,
    /// The line, from 1; 0 for the whole file.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// Prints every fault; succeeds when there is none.
///
/// # Errors
/// When a file cannot be read.
pub fn run() -> Result<ExitCode> {
    let files = workspace::files()?;
    let mut faults: Vec<Fault> = files.iter().flat_map(sources::check).collect();
    faults.extend(dependencies::check(&files)?);
    faults.extend(lockfile::check(&files)?);
    for fault in &faults {
        eprintln!("{fault}");
    }
    match faults.len() {
        0 => Ok(ExitCode::SUCCESS),
        count => {
            eprintln!("tidy: {count} to mend");
            Ok(ExitCode::FAILURE)
        }
    }
}

impl Fault {
    /// A fault of one line.
    pub fn at(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }

    /// A fault of a whole file.
    pub fn of(path: &str, message: impl Into<String>) -> Self {
        Self::at(path, 0, message)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}: {}", self.path, self.message),
        }
    }
}
