//! What `Cargo.lock` must not hold, with the list of bans that cargo-deny reads too.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::Fault;
use crate::workspace::File;

/// The one place our dependencies come from.
const SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// The faults of the lock file.
///
/// # Errors
/// When the lock file or `deny.toml` is missing or not TOML.
pub fn check(files: &[File]) -> Result<Vec<Fault>> {
    let lock = read(files, "Cargo.lock")?;
    let deny = read(files, "deny.toml")?;
    let banned = deny.get("bans").and_then(|it| it.get("deny")).and_then(Value::as_array);
    let banned = banned.context("`deny.toml` has no list [bans] deny")?;
    let banned: BTreeSet<&str> =
        banned.iter().filter_map(|it| it.get("crate").and_then(Value::as_str)).collect();

    let packages = lock.get("package").and_then(Value::as_array);
    let packages = packages.context("`Cargo.lock` lists no package")?;
    let mut faults = Vec::new();
    for package in packages {
        let text = |key| package.get(key).and_then(Value::as_str);
        let name = text("name").unwrap_or_default();
        if banned.contains(name) {
            let message = format!(
                "`{name}` is banned in deny.toml; `cargo tree --invert {name}` says who wants it"
            );
            faults.push(Fault::of("Cargo.lock", message));
        }
        if let Some(source) = text("source").filter(|it| *it != SOURCE) {
            faults.push(Fault::of("Cargo.lock", format!("`{name}` comes from `{source}`")));
        }
    }
    Ok(faults)
}

fn read(files: &[File], path: &str) -> Result<Table> {
    let file = files.iter().find(|it| it.path == path);
    let file = file.with_context(|| format!("`{path}` is missing"))?;
    file.text.parse().with_context(|| format!("`{path}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lock: &str) -> Vec<String> {
        let deny = "[bans]\ndeny = [{ crate = \"openssl\" }]";
        let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
        let files = [file("Cargo.lock", lock), file("deny.toml", deny)];
        check(&files).unwrap().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn banned_crates_are_found() {
        assert_eq!(found("[[package]]\nname = \"openssl\"").len(), 1);
        assert!(found("[[package]]\nname = \"openssl-probe\"").is_empty());
    }

    #[test]
    fn there_is_one_source() {
        let from = |source: &str| format!("[[package]]\nname = \"a\"\nsource = \"{source}\"");
        assert!(found(&from(SOURCE)).is_empty());
        assert_eq!(found(&from("git+https://example.org/a")).len(), 1);
    }
}
