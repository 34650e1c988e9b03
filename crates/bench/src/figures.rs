//! The figures, each in a file named after what is measured.

mod api;
mod as_of;
mod conformity;
mod import;
mod open;
mod pages;
mod paper;
mod postgres;
mod served;
mod server;
mod verify;
mod writers;

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};
use app::Clock;
use jiff::civil::{Date, date};

use crate::{Figure, Home, Size, machine::Machine, organization, stepping};

/// What all figures need.
pub struct Bench {
    /// Where databases are made and kept for the next run.
    pub folder: PathBuf,
    /// The organization of 100,000 records; nobody writes into it.
    pub home: Home,
    /// The machine.
    pub machine: Machine,
}

/// A figure, or some that belong together.
pub struct Part {
    /// The word that selects it.
    pub name: &'static str,
    /// Measures it.
    pub measure: fn(&Bench) -> Result<Vec<Figure>>,
}

/// All of them, in the order they are printed.
pub const PARTS: &[Part] = &[
    Part { name: "open", measure: open::measure },
    Part { name: "conformity", measure: conformity::measure },
    Part { name: "as-of", measure: as_of::measure },
    Part { name: "import", measure: import::measure },
    Part { name: "writers", measure: writers::measure },
    Part { name: "verify", measure: verify::measure },
    Part { name: "paper", measure: paper::measure },
    Part { name: "pages", measure: pages::measure },
    Part { name: "api", measure: api::measure },
    Part { name: "server", measure: server::measure },
    Part { name: "postgres", measure: postgres::measure },
];

/// The day on which the organization is looked at.
pub const TODAY: Date = date(2026, 11, 22);

impl Bench {
    /// Makes the organization, or takes the one made before, and looks at the machine.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn new(folder: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(&folder)?;
        let home = organization(&folder, Size::FULL)?;
        let machine = Machine::look(&folder)?;
        Ok(Self { folder, home, machine })
    }

    /// A new folder beside the databases, gone when dropped.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn scratch(&self) -> Result<tempfile::TempDir> {
        Ok(tempfile::tempdir_in(&self.folder)?)
    }

    /// Runs this program again as `child PART FOLDER`: the numbers it prints.
    ///
    /// # Errors
    /// When it fails.
    pub fn child(&self, part: &str) -> Result<Vec<f64>> {
        let output = Command::new(std::env::current_exe()?)
            .args(["child", part])
            .arg(self.home.folder())
            .output()?;
        if !output.status.success() {
            bail!("`child {part}` failed: {}", String::from_utf8_lossy(&output.stderr));
        }
        let text = String::from_utf8(output.stdout)?;
        let numbers = text.split_whitespace().map(str::parse::<f64>);
        numbers.collect::<Result<_, _>>().context("the child prints numbers")
    }
}

/// What a child process does: prints the numbers that [`Bench::child`] reads.
///
/// # Errors
/// When the organization cannot be opened.
pub fn child(part: &str, home: &Home) -> Result<()> {
    let numbers = match part {
        "open" => open::child(home)?,
        "paper" => paper::child(home)?,
        _ => bail!("there is no part `{part}` for a child"),
    };
    let numbers: Vec<String> = numbers.iter().map(f64::to_string).collect();
    println!("{}", numbers.join(" "));
    Ok(())
}

/// A clock at noon of [`TODAY`] that moves by a millisecond when it is read.
pub(crate) fn today() -> Clock {
    let noon = TODAY.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC);
    stepping(noon.expect("noon exists in UTC").timestamp().as_millisecond(), 1)
}
