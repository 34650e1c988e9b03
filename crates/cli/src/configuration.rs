//! What an administrator can set: from the command line, the environment and a file.
//!
//! Each section is one [`section!`] in a file of its own below this one: name, type, default and
//! help of a key stand there and nowhere else. The file, the environment, the flags, the sample
//! and `muniment config` are all made from that. A flag goes before the environment, that before
//! the file, that before the default.

mod backup;
mod bucket;
mod database;
mod environment;
mod file;
mod files;
mod flags;
mod mail;
mod sample;
mod section;
mod server;
mod setting;
mod sign_in;
mod telemetry;
mod tls;
mod webhooks;

use std::{
    collections::BTreeMap,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

pub use self::{
    backup::Backup,
    database::Database,
    files::Files,
    flags::Flags,
    mail::Mail,
    sample::sample,
    section::{Key, Section, SectionDef},
    server::Server,
    setting::{Secret, Setting, Size},
    sign_in::{Provider, SignIn},
    telemetry::{LogForm, Telemetry},
    tls::Tls,
    webhooks::Webhooks,
};
use crate::stop::refused;

/// All sections, in the order of the sample.
pub static SECTIONS: &[&SectionDef] = &[
    &Server::DEF,
    &Tls::DEF,
    &Database::DEF,
    &Files::DEF,
    &Backup::DEF,
    &SignIn::DEF,
    &Provider::DEF,
    &Mail::DEF,
    &Webhooks::DEF,
    &Telemetry::DEF,
];

/// The file in the working folder, beside the database that is made there by default.
const HERE: &str = "muniment.toml";
/// The file of a machine.
const MACHINE: &str = "/etc/muniment/muniment.toml";

/// What was set, and where.
#[derive(Debug, Clone, Default)]
pub struct Configuration {
    file: Option<PathBuf>,
    values: BTreeMap<String, Value>,
}

/// One value as it was written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// As text; the items of a list with commas between them.
    pub text: String,
    /// Where it was written.
    pub from: From,
}

/// Where a value was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// In the file, on this line.
    File(PathBuf, usize),
    /// In this variable of the environment.
    Environment(String),
    /// Behind this flag.
    Flag(String),
}

impl Configuration {
    /// What file, environment and flags say.
    ///
    /// # Errors
    /// When the file cannot be read, or a key or value is none that there is.
    pub fn load(named: Option<&Path>, flags: &Flags) -> anyhow::Result<Self> {
        let environment = environment::all();
        let found = match chosen(named) {
            Some(path) => Some((read(&path)?, path)),
            None => first_there(&[HERE, MACHINE])?,
        };
        let mut configuration = Self::default();
        if let Some((text, path)) = found {
            configuration.put(file::values(&path, &text)?)?;
            configuration.file = Some(path);
        }
        configuration.put(environment::values(environment)?)?;
        configuration.put(flags.values()?)?;
        configuration.check_places()?;
        Ok(configuration)
    }

    /// Refuses two places where copies go to one.
    fn check_places(&self) -> anyhow::Result<()> {
        let said = |path| self.values.get(path).filter(|it| !it.text.is_empty());
        match (said("backup.to"), said("backup.bucket")) {
            (Some(folder), Some(bucket)) => Err(refused(format!(
                "{}: `backup.to` names a folder, and {}: `backup.bucket` a bucket: say only one \
                 of them",
                folder.from, bucket.from
            ))),
            _ => Ok(()),
        }
    }

    /// The file that was read, if there was one.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Whether the file holds a secret itself.
    pub fn holds_secrets(&self) -> bool {
        let is_secret = |path: &str| match section::find(path) {
            Some((key, is_file)) => key.secret && !is_file,
            None => false,
        };
        self.values.iter().any(|(path, value)| {
            let shown = section::find(path).map(|it| (it.0.shown)(&value.text));
            matches!(value.from, From::File(..))
                && is_secret(path)
                && shown.as_ref() != Some(&value.text)
        })
    }

    /// A section.
    ///
    /// # Errors
    /// When the file of a secret cannot be read.
    pub fn read<S: Section>(&self) -> anyhow::Result<S> {
        S::read(&Reading { configuration: self, path: S::DEF.path.to_owned() })
    }

    /// The sections that an administrator names, with their names: `[sign_in.provider.NAME]`.
    ///
    /// # Errors
    /// When the file of a secret cannot be read.
    pub fn read_named<S: Section>(&self) -> anyhow::Result<Vec<(String, S)>> {
        let names = self.names(&S::DEF);
        let read = |name: String| {
            let path = format!("{}.{name}", S::DEF.path);
            S::read(&Reading { configuration: self, path }).map(|it| (name, it))
        };
        names.into_iter().map(read).collect()
    }

    /// The value that was written for a key, by its path: `server.listen`.
    pub fn value(&self, path: &str) -> Option<&Value> {
        self.values.get(path)
    }

    /// The same, with one more value that goes before all others.
    pub fn with(mut self, path: &str, text: impl Into<String>, flag: &str) -> Self {
        let from = From::Flag(flag.to_owned());
        self.values.insert(path.to_owned(), Value { text: text.into(), from });
        self
    }

    /// The names given to a section that an administrator names.
    pub fn names(&self, def: &SectionDef) -> Vec<String> {
        let inside = |path: &String| {
            let rest = path.strip_prefix(def.path)?.strip_prefix('.')?;
            Some(rest.split_once('.')?.0.to_owned())
        };
        let mut names: Vec<String> = self.values.keys().filter_map(inside).collect();
        names.dedup();
        if def.named { names } else { Vec::new() }
    }

    /// Puts one layer over those before it.
    fn put(&mut self, layer: Vec<(String, Value)>) -> anyhow::Result<()> {
        for (path, value) in &layer {
            let (key, is_file) = section::find(path).expect("a layer holds known keys only");
            let named = if is_file { path.trim_end_matches("_file") } else { path };
            if is_file && layer.iter().any(|it| it.0 == named) {
                let place = &value.from;
                return Err(refused(format!("{place}: say only one of `{named}` and `{path}`")));
            }
            if !is_file {
                self.check(path, key, value)?;
            }
            // A secret said here hides the file named below, and the other way round.
            self.values.remove(named);
            self.values.remove(&format!("{named}_file"));
        }
        self.values.extend(layer);
        Ok(())
    }

    fn check(&self, path: &str, key: &Key, value: &Value) -> anyhow::Result<()> {
        match (key.check)(&value.text) {
            true => Ok(()),
            false => Err(wrong(path, key, value)),
        }
    }
}

/// A section being read.
pub struct Reading<'a> {
    configuration: &'a Configuration,
    path: String,
}

impl Reading<'_> {
    /// The value of a key of this section.
    ///
    /// # Errors
    /// When the file of a secret cannot be read, or holds nothing that fits.
    pub fn get<T: Setting>(&self, key: &Key) -> anyhow::Result<T> {
        let path = format!("{}.{}", self.path, key.name);
        let values = &self.configuration.values;
        let value = match (values.get(&path), values.get(&format!("{path}_file"))) {
            (Some(value), _) => value.clone(),
            (None, Some(file)) => {
                let text = read(Path::new(&file.text))?;
                Value { text: text.trim_end().to_owned(), from: file.from.clone() }
            }
            (None, None) => {
                let default = T::parse(key.default);
                return Ok(default.expect("a test reads all defaults"));
            }
        };
        T::parse(&value.text).ok_or_else(|| wrong(&path, key, &value))
    }
}

impl std::fmt::Display for From {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path, line) => write!(f, "`{}` line {line}", path.display()),
            Self::Environment(name) => write!(f, "the variable `{name}`"),
            Self::Flag(name) => write!(f, "`{name}`"),
        }
    }
}

fn wrong(path: &str, key: &Key, value: &Value) -> anyhow::Error {
    let said = (key.shown)(&value.text);
    refused(format!("{}: `{path}` cannot be `{said}`: write {}", value.from, key.expected))
}

/// The file that was named, by flag or environment.
fn chosen(named: Option<&Path>) -> Option<PathBuf> {
    let variable = || std::env::var_os("MUNIMENT_CONFIG").filter(|it| !it.is_empty());
    named.map(Path::to_owned).or_else(|| variable().map(PathBuf::from))
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).map_err(|err| {
        refused(format!("`{}` cannot be read ({err}): name a file that can", path.display()))
    })
}

fn first_there(paths: &[&str]) -> anyhow::Result<Option<(String, PathBuf)>> {
    for path in paths {
        match fs::read_to_string(path) {
            Ok(text) => return Ok(Some((text, PathBuf::from(path)))),
            Err(err) if matches!(err.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            Err(err) => {
                return Err(refused(format!(
                    "`{path}` cannot be read ({err}): name another configuration by --config"
                )));
            }
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests;
