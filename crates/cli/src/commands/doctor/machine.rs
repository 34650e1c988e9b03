//! The machine: who may read what, the clock, the room on disks.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use app::{App, Clock};

use super::finding::Finding;
use crate::{configuration::Server, place::Place};

/// With less room than this the next write may fail, in bytes.
const NO_ROOM: u64 = 100 << 20;
/// With less than this it is time to make room.
const LITTLE_ROOM: u64 = 2 << 30;
/// Clocks of one machine and of the database may differ by so much, in milliseconds.
const APART: i64 = 2_000;

/// The configuration, which was read already.
pub fn configuration(place: &Place) -> Finding {
    let about = "configuration";
    let Some(path) = place.configuration().file() else {
        return Finding::well(about, "no file: defaults, variables and flags");
    };
    let file = path.display();
    match others_may(path) {
        Some(mode) if mode & 0o002 != 0 => Finding::failed(
            about,
            format!("everybody on this machine may change `{file}`"),
            format!("chmod 640 {file}"),
        ),
        Some(mode) if mode & 0o004 != 0 && place.configuration().holds_secrets() => {
            Finding::warning(
                about,
                format!("everybody on this machine may read `{file}`, which holds a secret"),
                format!("chmod 640 {file}, or keep secrets in files of their own"),
            )
        }
        _ => Finding::well(about, format!("`{file}`, every key known")),
    }
}

/// The folder of signing keys.
pub fn keys(place: &Place) -> Finding {
    let about = "folder of keys";
    let folder = match place.keys() {
        Ok(keys) => keys.folder().to_owned(),
        Err(err) => return Finding::failed(about, err.to_string(), "name one in [database] keys"),
    };
    let shown = folder.display();
    if !folder.is_dir() {
        return Finding::failed(
            about,
            format!("there is no folder `{shown}`"),
            "bring back the copy of the keys that you keep somewhere safe, or name the folder in \
             [database] keys",
        );
    }
    let open = others_may(&folder).is_some_and(|it| it & 0o077 != 0);
    let mut files = fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok);
    let open_file = files.find(|it| others_may(&it.path()).is_some_and(|it| it & 0o077 != 0));
    match (open, open_file) {
        (_, Some(file)) => Finding::failed(
            about,
            format!("others than you may read `{}`", file.path().display()),
            format!("chmod 600 {}, and rotate it: `muniment key rotate`", file.path().display()),
        ),
        (true, None) => Finding::warning(
            about,
            format!("others than you may look into `{shown}`"),
            format!("chmod 700 {shown}"),
        ),
        (false, None) => Finding::well(about, format!("`{shown}`, open to you alone")),
    }
}

/// The clock of this machine, beside that of the database.
pub fn clock(app: &App) -> Finding {
    let about = "clock";
    let now = Clock::system().now();
    let newest = app.organizations().unwrap_or_default().into_iter();
    let newest = newest.filter_map(|it| it.at.parse::<jiff::Timestamp>().ok()).max();
    if let Some(ahead) = newest.filter(|it| it.as_millisecond() > now.as_millisecond() + APART) {
        return Finding::failed(
            about,
            format!("the newest entry of a ledger is of {ahead}, and it is {now}"),
            "set the clock of this machine right before anybody writes",
        );
    }
    let apart = match app.store().now() {
        Ok(theirs) => (theirs - now.as_millisecond()).abs(),
        Err(err) => return Finding::failed(about, err.to_string(), "see the database"),
    };
    if apart > APART {
        let seconds = apart / 1_000;
        return Finding::warning(
            about,
            format!("this machine and the database are {seconds} seconds apart"),
            "let both machines keep their clocks by NTP",
        );
    }
    match kept() {
        Some(false) => Finding::warning(
            about,
            "nothing keeps the clock of this machine right",
            "timedatectl set-ntp true",
        ),
        Some(true) => Finding::well(about, "kept right by NTP, and as that of the database"),
        None => Finding::well(
            about,
            "as that of the database; whether NTP keeps it right is not told on this machine",
        ),
    }
}

/// The room where something is written.
pub fn disk(place: &Place) -> Vec<Finding> {
    let mut folders: Vec<PathBuf> = Vec::new();
    if let Some(path) = place.database().strip_prefix("sqlite:") {
        let folder = Path::new(path).parent().filter(|it| !it.as_os_str().is_empty());
        folders.push(folder.unwrap_or(Path::new(".")).to_owned());
    }
    let uploads = place.configuration().read::<Server>().ok().and_then(|it| it.uploads);
    folders.push(uploads.unwrap_or_else(std::env::temp_dir));
    folders.iter().filter_map(|it| room(it)).collect()
}

fn room(folder: &Path) -> Option<Finding> {
    let about = "disk";
    let shown = folder.display();
    let stat = match rustix::fs::statvfs(folder) {
        Ok(stat) => stat,
        Err(err) => {
            return Some(Finding::failed(
                about,
                format!("`{shown}` cannot be looked at: {err}"),
                "make the folder, or name another one",
            ));
        }
    };
    let free = stat.f_bavail.saturating_mul(stat.f_frsize);
    let found = format!("{:.1} GB free in `{shown}`", free as f64 / 1e9);
    Some(match free {
        free if free < NO_ROOM => {
            Finding::failed(about, found, "make room: writes are refused when there is none")
        }
        free if free < LITTLE_ROOM => Finding::warning(about, found, "make room soon"),
        _ => Finding::well(about, found),
    })
}

/// Whether the clock is kept right, where systemd tells.
fn kept() -> Option<bool> {
    let mut ask = Command::new("timedatectl");
    ask.args(["show", "--property=NTPSynchronized", "--value"]);
    let told = ask.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    match String::from_utf8_lossy(&told.stdout).trim() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// The permissions of a file or folder; `None` where there are no such things.
fn others_may(path: &Path) -> Option<u32> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        Some(path.metadata().ok()?.permissions().mode())
    }
    #[cfg(not(unix))]
    None
}
