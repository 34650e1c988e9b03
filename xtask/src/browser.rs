//! A browser for the tests of pages: Chromium with its driver, and the checks of accessibility that
//! run in it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::{packages, workspace};

/// The package of the checks, its version, and the SHA-512 of its archive as npm's registry has it.
const AXE: (&str, &str, &str) = (
    "axe-core",
    "4.14.1",
    "1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b73\
     4f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5",
);

/// What the tests of pages need, as variables of the environment.
///
/// # Errors
/// When it is not there and cannot be installed.
pub fn prepare() -> Result<Vec<(&'static str, PathBuf)>> {
    let (chromium, driver) = match (find("chromium"), find("chromedriver")) {
        (Some(chromium), Some(driver)) => (chromium, driver),
        _ => install()?,
    };
    Ok(vec![
        ("MUNIMENT_TEST_CHROMIUM", chromium),
        ("MUNIMENT_TEST_CHROMEDRIVER", driver),
        ("MUNIMENT_TEST_AXE", axe()?),
    ])
}

fn find(program: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&paths).map(|it| it.join(program)).find(|it| it.is_file())
}

fn install() -> Result<(PathBuf, PathBuf)> {
    let by_hand = "the tests of pages need Chromium and its driver; install them with `apt-get \
                   install chromium chromium-driver` (or your system's packages of that name); \
                   `cargo test --workspace` runs without, and skips what needs them";
    packages::install(&["chromium", "chromium-driver"], by_hand)?;
    let found = find("chromium").zip(find("chromedriver"));
    found.context(by_hand)
}

/// The script of the checks, fetched once into the target folder.
fn axe() -> Result<PathBuf> {
    let (name, version, digest) = AXE;
    let folder = workspace::root().join("target/axe");
    let script = folder.join(format!("axe-{version}.js"));
    if script.is_file() {
        return Ok(script);
    }
    fs::create_dir_all(&folder)
        .with_context(|| format!("`{}` cannot be made", folder.display()))?;
    let by_hand = format!(
        "the checks of accessibility need {name} from the npm registry, and `npm` was not found; \
         install it with `apt-get install npm`"
    );
    if !workspace::succeeds(Command::new("npm").arg("--version")) {
        packages::install(&["npm"], &by_hand)?;
    }
    let packed = Command::new("npm")
        .args(["pack", "--silent", "--json", &format!("{name}@{version}")])
        .current_dir(&folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .context("`npm` cannot be started")?;
    let archive = folder.join(format!("{name}-{version}.tgz"));
    ensure!(packed.status.success() && archive.is_file(), "`npm pack {name}@{version}` failed");
    ensure!(
        digest_of(&archive)? == digest,
        "`{}` is not what it should be: its digest differs from the one we know",
        archive.display()
    );
    unpack(&archive, "package/axe.min.js", &script)?;
    fs::remove_file(&archive)?;
    Ok(script)
}

/// The SHA-512 of a file, in hexadecimal.
fn digest_of(file: &Path) -> Result<String> {
    let output = Command::new("sha512sum").arg("--").arg(file).output();
    let output = output.context("`sha512sum` cannot be started")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split_whitespace().next().map(str::to_owned).context("`sha512sum` says nothing")
}

/// Takes one file out of a compressed archive; whole or not at all.
fn unpack(archive: &Path, member: &str, to: &Path) -> Result<()> {
    let output = Command::new("tar")
        .args(["-xzOf"])
        .arg(archive)
        .arg(member)
        .stderr(Stdio::inherit())
        .output()
        .context("`tar` cannot be started")?;
    ensure!(output.status.success(), "`{}` cannot be unpacked", archive.display());
    let part = to.with_extension("part");
    fs::write(&part, output.stdout)?;
    Ok(fs::rename(part, to)?)
}
