//! The flags: one for each key, `--telemetry-log-form` and the like.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

use super::{From, Key, SECTIONS, SectionDef, Value, file, section};
use crate::stop::refused;

/// Keys of the configuration that were said on the command line.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// Path, text, and the flag that said it.
    said: Vec<(String, String, String)>,
}

impl Flags {
    /// The values that they say.
    ///
    /// # Errors
    /// When `--set` names no key.
    pub fn values(&self) -> anyhow::Result<Vec<(String, Value)>> {
        let mut values = Vec::new();
        for (path, text, flag) in &self.said {
            if section::find(path).is_none() {
                let near = file::nearest(path).filter(|it| section::find(it).is_some());
                let near = near.map(|it| format!(": perhaps `{it}` is meant"));
                let near = near.unwrap_or_else(|| ": `muniment config` shows all keys".to_owned());
                return Err(refused(format!("`{flag}`: there is no key `{path}`{near}")));
            }
            values
                .push((path.clone(), Value { text: text.clone(), from: From::Flag(flag.clone()) }));
        }
        Ok(values)
    }

    /// The same with what an option of every command says.
    #[must_use]
    pub fn and(mut self, path: &str, text: Option<String>, flag: &str) -> Self {
        self.said.extend(text.map(|it| (path.to_owned(), it, flag.to_owned())));
        self
    }
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut said = Vec::new();
        for (def, key) in keys() {
            for (path, flag) in both(def, key) {
                if let Some(text) = matches.get_one::<String>(&path) {
                    said.push((path, text.clone(), format!("--{flag}")));
                }
            }
        }
        for text in matches.get_many::<String>("set").into_iter().flatten() {
            let (path, value) = text.split_once('=').unwrap_or((text, ""));
            said.push((path.trim().to_owned(), value.trim().to_owned(), "--set".to_owned()));
        }
        Ok(Self { said })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for Flags {
    fn augment_args(mut command: Command) -> Command {
        for (def, key) in keys() {
            for (path, flag) in both(def, key) {
                let help = key.help.iter().map(|it| it.trim()).collect::<Vec<_>>().join(" ");
                let help = match key.default {
                    "" => help,
                    default => format!("{help} [default: {default}]"),
                };
                let value = if path.ends_with("_file") { "FILE" } else { "VALUE" };
                let arg = Arg::new(path).long(flag).value_name(value).help(help);
                // The manual of a command tells of the section that it is about.
                let arg = arg.action(ArgAction::Set).hide(def.path != "server");
                command = command.arg(arg.help_heading("Configuration"));
            }
        }
        let set = Arg::new("set").long("set").value_name("KEY=VALUE").action(ArgAction::Append);
        let help = "Set any key of the configuration: `muniment config` lists them, each with a \
                    flag of its own";
        command.arg(set.help(help).help_heading("Configuration"))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

/// The keys that have a flag here; those of every command stand in `args`.
fn keys() -> impl Iterator<Item = (&'static SectionDef, &'static Key)> {
    let plain = SECTIONS.iter().filter(|it| !it.named && it.path != "database");
    plain.flat_map(|def| def.keys.iter().map(move |key| (*def, key)))
}

/// Path and flag of a key, and of the file of a secret.
fn both(def: &SectionDef, key: &Key) -> Vec<(String, String)> {
    let (path, flag) = (format!("{}.{}", def.path, key.name), key.flag(def.path));
    let file = key.secret.then(|| (format!("{path}_file"), format!("{flag}-file")));
    [(path, flag)].into_iter().chain(file).collect()
}
