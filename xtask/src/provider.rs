//! A certified provider of sign-in for the tests, from the npm registry.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::{packages, workspace};

/// Where the packages and their digests are written down.
const HOME: &str = "crates/cli/tests/browser/provider";

/// The folder with the provider, installed when it is not there.
///
/// # Errors
/// When there is no Node.js, or the packages cannot be fetched.
pub fn prepare() -> Result<PathBuf> {
    let folder = workspace::root().join("target/oidc");
    let (mark, home) = (folder.join("installed"), workspace::root().join(HOME));
    let lock = fs::read_to_string(home.join("package-lock.json"))?;
    if fs::read_to_string(&mark).is_ok_and(|it| it == lock) {
        return Ok(folder);
    }
    fs::create_dir_all(&folder)?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(home.join(name), folder.join(name))?;
    }
    let by_hand = "the test of signing in through a provider needs oidc-provider from the npm \
                   registry, and `npm` was not found; install it with `apt-get install npm`";
    if !workspace::succeeds(Command::new("npm").arg("--version")) {
        packages::install(&["npm"], by_hand)?;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]);
    let done = npm.current_dir(&folder).stdin(Stdio::null()).status();
    ensure!(
        done.context("`npm` cannot be started")?.success(),
        "`npm ci` failed for oidc-provider"
    );
    fs::write(mark, lock)?;
    Ok(folder)
}
