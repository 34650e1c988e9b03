//! The workspace as files and as something `cargo` runs in.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

use anyhow::{Context, Result};

/// A text file of the repository.
pub struct File {
    /// Its path from the root, with slashes.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// The folder of the repository.
pub fn root() -> PathBuf {
    // Asked when run: a target folder may be shared by several checkouts.
    let here = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().expect("xtask lies in the root of the repository").to_owned()
}

/// Every text file that people write here, in the order of paths.
///
/// # Errors
/// When a folder or a file cannot be read.
pub fn files() -> Result<Vec<File>> {
    let mut paths = Vec::new();
    for entry in list(&root())? {
        let name = entry.file_name().unwrap_or_default().to_string_lossy();
        match entry.is_dir() {
            true if ["crates", "docs", "xtask", ".cargo", ".ci"].contains(&&*name) => {
                walk(&entry, &mut paths)?;
            }
            true => {}
            false if is_text(&entry) => paths.push(entry),
            false => {}
        }
    }
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let short = path.strip_prefix(root()).unwrap_or(&path);
        Ok(File { path: short.to_string_lossy().replace('\\', "/"), text })
    };
    paths.into_iter().map(read).collect()
}

/// The same `cargo` that runs us, in the root of the repository.
pub fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// Runs a command and hands on how it ended.
///
/// # Errors
/// When it cannot be started.
pub fn code(command: &mut Command) -> Result<ExitCode> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("`{name}` cannot be started"))?;
    // A code beyond a byte, or a signal, is a failure all the same.
    let code = status.code().map_or(1, |it| u8::try_from(it).unwrap_or(1));
    Ok(ExitCode::from(code))
}

/// Whether a command exists and succeeds; what it prints is not shown.
pub fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|it| it.success())
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    for path in list(folder)? {
        if path.is_dir() {
            if !path.ends_with("target") {
                walk(&path, paths)?;
            }
        } else if is_text(&path) {
            paths.push(path);
        }
    }
    Ok(())
}

fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    read.map(|it| Ok(it?.path())).collect()
}

fn is_text(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    ["rs", "toml", "md", "sql", "typ", "lock"].contains(&&*ending) || path.ends_with(".ci/run")
}
