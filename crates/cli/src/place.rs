//! Where the work is done: the database, the organization, who acts, and when.

use std::{path::PathBuf, sync::Arc};

use app::{Address, App, Clock, Keys, Organization, Past, Receipt, Request};
use domain::{
    Actor, Command, Isms, Step,
    resolve::{self, Unresolved},
};
use kinds::{Kind, person::Person};
use meta::{Id, KindDef, Record};
use store::FileStored;

use crate::{
    args::Global,
    configuration::{Configuration, Database, Files, Flags},
    stop::refused,
};

/// What the options of every command and the configuration say.
pub struct Place {
    global: Global,
    configuration: Configuration,
    database: Database,
}

/// An open organization.
pub struct Desk {
    /// The organization.
    pub organization: Arc<Organization>,
    /// The records at the point asked for, and the day to look at them on.
    pub past: Past,
    actor: Option<String>,
}

impl Place {
    /// The place that these options name, with the configuration that they lead to.
    ///
    /// # Errors
    /// When the configuration cannot be read.
    pub fn new(mut global: Global, flags: Flags) -> anyhow::Result<Self> {
        // An empty variable of the environment is as good as none.
        let is_said = |it: &String| !it.trim().is_empty();
        global.organization = global.organization.filter(is_said);
        global.actor = global.actor.filter(is_said);
        let flags = flags.and("database.url", global.database.clone(), "--database");
        let flags = flags.and("database.keys", global.keys.clone(), "--keys");
        let configuration = Configuration::load(global.config.as_deref(), &flags)?;
        let database = configuration.read()?;
        Ok(Self { global, configuration, database })
    }

    /// The same place with another database, of which no organization is named.
    ///
    /// # Errors
    /// When the configuration cannot be read.
    pub fn with_database(&self, url: &str) -> anyhow::Result<Self> {
        let global = Global { organization: None, ..self.global.clone() };
        let configuration = self.configuration.clone().with("database.url", url, "--dir");
        let configuration = configuration.with("files.bucket", "", "--dir");
        let configuration = configuration.with("files.folder", "", "--dir");
        let database = configuration.read()?;
        Ok(Self { global, configuration, database })
    }

    /// The options.
    pub fn global(&self) -> &Global {
        &self.global
    }

    /// The configuration.
    pub fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// The address of the database, which may hold a password.
    pub fn database(&self) -> &str {
        &self.database.url.0
    }

    /// The address of the database, and where files are kept.
    ///
    /// # Errors
    /// When it is none, or the file of a secret cannot be read.
    pub fn address(&self) -> anyhow::Result<Address> {
        let address = Address::parse(self.database()).map_err(app::Error::from)?;
        let files: Files = self.configuration.read()?;
        Ok(match files.at() {
            Some(at) => address.with_files(at),
            None => address,
        })
    }

    /// Opens the database.
    pub fn app(&self) -> anyhow::Result<App> {
        Ok(App::open_at(&self.address()?, self.keys()?, Clock::system())?)
    }

    /// Opens the database, or makes it.
    pub fn app_or_new(&self) -> anyhow::Result<App> {
        match App::open_at(&self.address()?, self.keys()?, Clock::system()) {
            Err(app::Error::Store(err)) if matches!(*err, store::Error::Missing { .. }) => {
                self.keys()?.make_folder()?;
                Ok(App::create_at(&self.address()?, self.keys()?, Clock::system())?)
            }
            opened => Ok(opened?),
        }
    }

    /// Opens the organization at the point asked for.
    pub fn desk(&self) -> anyhow::Result<Desk> {
        let organization = self.app()?.organization(self.global.organization.as_deref())?;
        let past = organization.as_of(self.global.as_of)?;
        Ok(Desk { organization, past, actor: self.global.actor.clone() })
    }

    /// Where signing keys lie.
    pub fn keys(&self) -> anyhow::Result<Keys> {
        let set = |name: &str| std::env::var_os(name).filter(|it| !it.is_empty());
        let config = || {
            let own = set("XDG_CONFIG_HOME").map(PathBuf::from);
            own.or_else(|| set("HOME").map(|it| PathBuf::from(it).join(".config")))
        };
        let folder = match &self.database.keys {
            Some(folder) => folder.clone(),
            None => match config() {
                Some(config) => config.join("muniment").join("keys"),
                None => {
                    return Err(refused(
                        "there is no folder for the signing key: name one in MUNIMENT_KEYS",
                    ));
                }
            },
        };
        Ok(Keys::new(folder))
    }
}

impl Desk {
    /// The records.
    pub fn isms(&self) -> &Isms {
        &self.past.isms
    }

    /// Who acts: the person named, or the first one.
    pub fn actor(&self) -> anyhow::Result<Actor> {
        let isms = self.isms();
        // Whoever left acts no more unless named.
        let first = isms.live::<Person>().next().or_else(|| isms.all::<Person>().next());
        let id = match &self.actor {
            Some(name) => find(isms, &[Person::ID], name).map_err(refused)?.head.id,
            None => {
                let (first, _) =
                    first.ok_or_else(|| refused("there is no person to act: name one by --as"))?;
                first.head.id
            }
        };
        Ok(Actor::Person(id))
    }

    /// The record that a text means, among these kinds (all when none are given).
    pub fn record(&self, kinds: &[&str], text: &str) -> anyhow::Result<&Record> {
        find(self.isms(), kinds, text).map_err(refused)
    }

    /// Does these steps in one commit.
    pub fn execute(&self, note: Option<&str>, steps: Vec<Step>) -> anyhow::Result<Receipt> {
        self.execute_with(Command { note: note.map(str::to_owned), steps }, Vec::new())
    }

    /// Does a command that names files which are stored already.
    pub fn execute_with(
        &self,
        command: Command,
        files: Vec<FileStored>,
    ) -> anyhow::Result<Receipt> {
        let request = Request { actor: self.actor()?, via: "cli", command, files, bound: false };
        Ok(self.organization.execute(request)?)
    }

    /// What a person is called; `the system` for jobs.
    pub fn name_of(&self, actor: Option<Id>) -> String {
        match actor.map(|id| self.isms().get(id)) {
            None => "the system".to_owned(),
            Some(Some(person)) if !person.title().is_empty() => person.title().to_owned(),
            Some(Some(person)) => person.name(),
            Some(None) => "somebody unknown".to_owned(),
        }
    }

    /// A moment as shown to people: day and minute in the organization's time zone.
    pub fn moment(&self, at: jiff::Timestamp) -> String {
        let zoned = at.to_zoned(domain::parameters::time_zone(self.isms()));
        zoned.strftime("%Y-%m-%d %H:%M").to_string()
    }
}

/// The record that a text means, among these kinds, or a sentence that says why not.
pub fn find<'a>(isms: &'a Isms, kinds: &[&str], text: &str) -> Result<&'a Record, String> {
    let link =
        resolve::resolve(isms, kinds, text).map_err(|why| not_found(isms, kinds, text, why))?;
    isms.get(link.id).ok_or_else(|| format!("there is no record `{text}`"))
}

/// The kind that a text means.
pub fn kind(text: &str) -> anyhow::Result<&'static KindDef> {
    kinds::kind(text).ok_or_else(|| {
        refused(format!("there is no kind of record called `{text}`: `muniment list` shows them"))
    })
}

/// Why a text names no record.
pub fn not_found(isms: &Isms, kinds: &[&str], text: &str, why: Unresolved) -> String {
    let of = match kinds {
        [] => "record".to_owned(),
        kinds => {
            let labels = kinds.iter().map(|it| kinds::kind(it).map_or(*it, |it| it.label));
            labels.map(str::to_lowercase).collect::<Vec<_>>().join(" or ")
        }
    };
    match why {
        Unresolved::Unknown => {
            let look = kinds.first().map_or_else(String::new, |it| format!(" {it}"));
            format!("there is no {of} `{text}`: `muniment list{look}` shows what there is")
        }
        Unresolved::Ambiguous(ids) => {
            let names: Vec<String> =
                ids.iter().filter_map(|it| isms.get(*it)).take(6).map(Record::name).collect();
            format!("`{text}` may be {}: name one by its number", names.join(" or "))
        }
    }
}
