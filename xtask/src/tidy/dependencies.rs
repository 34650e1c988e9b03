//! Which crate may depend on which: the table that `ARCHITECTURE.md` explains.

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::Fault;
use crate::workspace::File;

/// A crate of ours, by its folder, and the crates of ours it may know. Tests may know more.
const KNOWS: &[(&str, &[&str])] = &[
    ("meta-derive", &[]),
    ("meta", &["meta-derive"]),
    ("catalog", &[]),
    ("ledger", &[]),
    ("kinds", &["catalog", "meta"]),
    ("domain", &["catalog", "kinds", "ledger", "meta"]),
    ("exchange", &["catalog", "domain", "kinds", "meta"]),
    ("report", &["catalog", "domain", "kinds", "meta"]),
    ("store", &["ledger"]),
    ("app", &["catalog", "domain", "exchange", "kinds", "ledger", "meta", "report", "store"]),
    ("web", &["app", "catalog", "domain", "exchange", "kinds", "ledger", "meta"]),
    ("cli", EVERY),
    ("bench", EVERY),
    ("xtask", &["kinds", "meta"]),
];

const EVERY: &[&str] =
    &["app", "catalog", "domain", "exchange", "kinds", "ledger", "meta", "report", "store", "web"];

/// A library whose name begins so, the crates that may know it, and why only these.
const RESERVED: &[(&str, &[&str], &str)] = &[
    ("rusqlite", &["store", "bench"], "only `store` speaks to a database"),
    ("tokio-postgres", &["store", "bench"], "only `store` speaks to a database"),
    ("refinery", &["store"], "only `store` speaks to a database"),
    ("object_store", &["store"], "only `store` keeps files"),
    ("tokio", &["app", "bench", "cli", "store", "web"], "what decides and what prints never waits"),
    ("axum", &["bench", "web"], "only `web` speaks HTTP, and what it is measured beside"),
    ("tower", &["web"], "only `web` speaks HTTP"),
    ("hyper", &["web"], "only `web` speaks HTTP"),
    ("maud", &["web"], "only `web` knows HTML"),
    ("typst", &["report"], "only `report` sets type"),
    ("clap", &["cli", "bench"], "only `cli` reads a command line"),
    ("indicatif", &["cli"], "only `cli` draws on a terminal"),
    ("comfy-table", &["cli"], "only `cli` draws on a terminal"),
    ("anyhow", &["cli", "bench", "xtask"], "a library has an error of its own"),
    ("getrandom", &["app", "bench"], "randomness is an argument; only `app` makes it"),
    ("rand", &["app", "bench"], "randomness is an argument; only `app` makes it"),
];

/// The faults of all manifests.
///
/// # Errors
/// When a manifest is not TOML.
pub fn check(files: &[File]) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for file in files {
        let Some(home) = file.path.strip_suffix("/Cargo.toml") else { continue };
        let home = home.strip_prefix("crates/").unwrap_or(home);
        let manifest: Table = file.text.parse().with_context(|| file.path.clone())?;
        check_manifest(&file.path, home, &manifest, &mut faults);
    }
    Ok(faults)
}

fn check_manifest(path: &str, home: &str, manifest: &Table, faults: &mut Vec<Fault>) {
    let lints = manifest.get("lints").and_then(|it| it.get("workspace"));
    if lints != Some(&Value::Boolean(true)) {
        faults.push(Fault::of(path, "take the lints of the workspace: [lints] workspace = true"));
    }
    let Some((_, known)) = KNOWS.iter().find(|(name, _)| *name == home) else {
        let message = format!("say in xtask/src/tidy/dependencies.rs what `{home}` may know");
        faults.push(Fault::of(path, message));
        return;
    };
    for name in dependencies(manifest) {
        let ours = KNOWS.iter().any(|(it, _)| *it == name);
        if ours && !known.contains(&name) {
            faults.push(Fault::of(path, format!("`{home}` must not know `{name}`")));
        }
        for (start, crates, why) in RESERVED {
            let same = name == *start || name.starts_with(&format!("{start}-"));
            if same && !crates.contains(&home) {
                faults.push(Fault::of(path, format!("`{home}` must not know `{name}`: {why}")));
            }
        }
    }
}

/// What the crate itself is built from; what its tests need is left out.
fn dependencies(manifest: &Table) -> Vec<&str> {
    let targets =
        manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let places = targets.filter_map(Value::as_table).chain([manifest]);
    let tables =
        places.flat_map(|it| ["dependencies", "build-dependencies"].map(|key| it.get(key)));
    tables.flatten().filter_map(Value::as_table).flat_map(Table::keys).map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, dependencies: &str) -> Vec<String> {
        let text = format!("[lints]\nworkspace = true\n{dependencies}");
        let files = [File { path: path.to_owned(), text }];
        check(&files).unwrap().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn crates_know_what_the_table_says() {
        let path = "crates/domain/Cargo.toml";
        assert!(found(path, "[dependencies]\nkinds.workspace = true").is_empty());
        assert_eq!(
            found(path, "[dependencies]\nstore.workspace = true"),
            ["crates/domain/Cargo.toml: `domain` must not know `store`"]
        );
        assert!(found(path, "[dev-dependencies]\nstore.workspace = true").is_empty());
    }

    #[test]
    fn libraries_are_reserved() {
        let path = "crates/domain/Cargo.toml";
        assert_eq!(found(path, "[dependencies]\ntokio = \"1\"").len(), 1);
        assert_eq!(found(path, "[target.'cfg(unix)'.dependencies]\nrusqlite = \"1\"").len(), 1);
        assert_eq!(found("crates/web/Cargo.toml", "[dependencies]\ntypst-pdf = \"1\"").len(), 1);
        assert!(found("crates/report/Cargo.toml", "[dependencies]\ntypst-pdf = \"1\"").is_empty());
    }

    #[test]
    fn new_crates_need_a_row_and_the_lints() {
        assert_eq!(found("crates/new/Cargo.toml", "").len(), 1);
        let files = [File { path: "crates/web/Cargo.toml".to_owned(), text: String::new() }];
        assert_eq!(check(&files).unwrap().len(), 1);
    }

    #[test]
    fn the_table_has_no_circles() {
        // Each crate knows only crates above it, so that reading the table downwards works.
        for (at, (name, known)) in KNOWS.iter().enumerate() {
            for other in *known {
                assert!(KNOWS[..at].iter().any(|(it, _)| it == other), "{name} knows {other}");
            }
        }
    }
}
