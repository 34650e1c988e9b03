//! Programs written in Python that the tests need, each in an environment of its own below the
//! target folder.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::{packages, workspace};

/// The folder of the programs of these packages, installed when they are not there. `name` names
/// the environment.
///
/// # Errors
/// When there is no Python, or the packages cannot be fetched.
pub fn programs(name: &str, wanted: &[&str]) -> Result<PathBuf> {
    let folder = workspace::root().join("target/python").join(name);
    let (mark, list) = (folder.join("installed"), wanted.join("\n"));
    if fs::read_to_string(&mark).is_ok_and(|it| it == list) {
        return Ok(folder.join("bin"));
    }
    let by_hand = format!(
        "the tests need {} from PyPI, and a Python that makes environments; install it with \
         `apt-get install python3-venv`",
        wanted.join(", ")
    );
    let make = || {
        let mut python = Command::new("python3");
        python.args(["-m", "venv", "--clear"]).arg(&folder);
        workspace::succeeds(&mut python)
    };
    if !make() {
        packages::install(&["python3-venv"], &by_hand)?;
        ensure!(make(), "`python3 -m venv {}` failed", folder.display());
    }
    eprintln!("the tests need {}: pip install", wanted.join(", "));
    let mut pip = Command::new(folder.join("bin/pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"]).args(wanted);
    let done = pip.stdin(Stdio::null()).status().context("`pip` cannot be started")?;
    ensure!(done.success(), "`pip install {}` failed; {by_hand}", wanted.join(" "));
    fs::write(mark, list)?;
    Ok(folder.join("bin"))
}
