//! Installing what the tests need, with Debian's package manager, where we may.

use std::{
    env, fs,
    os::unix::fs::MetadataExt,
    process::{self, Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};

use crate::workspace;

/// Installs packages of Debian and its kin; `by_hand` is what to do where that is not possible.
///
/// # Errors
/// When there is no `apt-get`, we may not use it, or it fails.
pub fn install(packages: &[&str], by_hand: &str) -> Result<()> {
    if !workspace::succeeds(Command::new("apt-get").arg("--version")) {
        bail!("{by_hand}");
    }
    let is_root = is_root().context("the account that runs this is not known")?;
    if !is_root && !workspace::succeeds(Command::new("sudo").args(["-n", "true"])) {
        bail!("{by_hand}");
    }
    let mut install = vec!["install", "-qy", "--no-install-recommends"];
    install.extend(packages);
    for words in [&["update", "-q"][..], &install] {
        let mut command = Command::new(if is_root { "env" } else { "sudo" });
        if !is_root {
            command.args(["-n", "env"]);
        }
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(words);
        eprintln!("the tests need {}: apt-get {}", packages.join(", "), words.join(" "));
        let done = command.stdout(Stdio::null()).status().is_ok_and(|it| it.success());
        ensure!(done, "`apt-get {}` failed; {by_hand}", words.join(" "));
    }
    Ok(())
}

/// Whether we run as root: a file we make is ours.
///
/// # Errors
/// When no file can be made in the system's temporary folder.
pub fn is_root() -> Result<bool> {
    let probe = env::temp_dir().join(format!("muniment-probe-{}", process::id()));
    let file = fs::File::create_new(&probe)?;
    let owner = file.metadata()?.uid();
    fs::remove_file(&probe)?;
    Ok(owner == 0)
}
