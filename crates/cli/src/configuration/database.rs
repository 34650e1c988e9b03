//! `[database]`: where the records lie.

use std::path::PathBuf;

use super::{Setting, section::section};

section! {
    /// Where the records lie, and the keys that sign their ledgers.
    pub struct Database in "database" {
        /// The database: `sqlite:path` or `postgres://…`.
        url: Url = "sqlite:muniment.db" [flag "database", variable "MUNIMENT_DATABASE"],
        /// The folder of signing keys; in the home folder when absent.
        keys: Option<PathBuf> = "" [example "/var/lib/muniment/keys", flag "keys", variable "MUNIMENT_KEYS"],
    }
}

/// The address of a database, which may hold a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Url(pub String);

impl Setting for Url {
    const EXPECTED: &'static str = "sqlite:path or postgres://user@host/name";
    const SECRET: bool = true;

    fn parse(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// Without the password, which stands in front of an `@` or behind `password=`.
    fn shown(text: &str) -> String {
        let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
        let (rest, query) = rest.split_once('?').map_or((rest, ""), |(a, b)| (a, b));
        let host = rest.rsplit_once('@').map_or(rest, |it| it.1);
        let user = rest.rsplit_once('@').map(|it| it.0.split(':').next().unwrap_or_default());
        let user = user.map(|it| format!("{it}@")).unwrap_or_default();
        let query = if query.is_empty() { "" } else { "?…" };
        format!("{scheme}://{user}{host}{query}")
    }
}

impl std::fmt::Debug for Url {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Url")
    }
}
