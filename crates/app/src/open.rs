//! The installation: a database with one or more organizations.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError, atomic::Ordering},
};

use domain::Isms;
use jiff::{SignedDuration, Timestamp};
use meta::Id;
use store::{Address, Ledger, Store};

use crate::{Clock, Error, Keys, Organization, seal::Seal};

/// An installation. Organizations are loaded when first asked for. A clone is the same
/// installation, for another thread.
#[derive(Clone)]
pub struct App {
    pub(crate) store: Arc<Store>,
    pub(crate) keys: Keys,
    pub(crate) clock: Clock,
    pub(crate) organizations: Arc<Mutex<HashMap<Id, Arc<Organization>>>>,
    seal: Arc<OnceLock<Seal>>,
    /// The records as they were when the outbox looked at them last.
    pub(crate) seen: Arc<Mutex<HashMap<Id, Arc<Isms>>>>,
}

impl App {
    /// Opens a database that exists.
    ///
    /// # Errors
    /// When there is none, or it cannot be used.
    pub fn open(url: &str, keys: Keys, clock: Clock) -> Result<Self, Error> {
        Self::open_at(&Address::parse(url)?, keys, clock)
    }

    /// As [`App::open`], of an address that was read before.
    ///
    /// # Errors
    /// As [`App::open`].
    pub fn open_at(at: &Address, keys: Keys, clock: Clock) -> Result<Self, Error> {
        Ok(Self::with(Store::open_at(at)?, keys, clock))
    }

    /// Makes a new database.
    ///
    /// # Errors
    /// When there is one already, or it cannot be made.
    pub fn create(url: &str, keys: Keys, clock: Clock) -> Result<Self, Error> {
        Self::create_at(&Address::parse(url)?, keys, clock)
    }

    /// As [`App::create`], of an address that was read before.
    ///
    /// # Errors
    /// As [`App::create`].
    pub fn create_at(at: &Address, keys: Keys, clock: Clock) -> Result<Self, Error> {
        Ok(Self::with(Store::create_at(at)?, keys, clock))
    }

    /// The organizations and where their ledgers stand, by short name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn organizations(&self) -> Result<Vec<Ledger>, Error> {
        Ok(self.store.organizations()?)
    }

    /// The ledger of the organization with this short name, if there is one: as quick among many
    /// as among few.
    ///
    /// # Errors
    /// When the database fails.
    pub fn by_slug(&self, slug: &str) -> Result<Option<Ledger>, Error> {
        Ok(self.store.by_slug(slug)?)
    }

    /// The organization with this short name; the only one when none is named.
    ///
    /// # Errors
    /// When there is none, or there are several and none is named.
    pub fn organization(&self, slug: Option<&str>) -> Result<Arc<Organization>, Error> {
        if let Some(row) = slug.map(|it| self.store.by_slug(it)).transpose()?.flatten() {
            return self.load(row);
        }
        let mut rows = self.organizations()?;
        let names = rows.iter().map(|it| format!("`{}`", it.slug)).collect::<Vec<_>>().join(", ");
        let row = match slug {
            Some(slug) => {
                rows.into_iter().find(|it| it.slug.eq_ignore_ascii_case(slug)).ok_or_else(|| {
                    Error::Wrong(format!(
                        "there is no organization `{slug}` here: there is {names}"
                    ))
                })?
            }
            None if rows.len() == 1 => rows.remove(0),
            None if rows.is_empty() => {
                let what = "there is no organization here yet: run `muniment init`";
                return Err(Error::Wrong(what.to_owned()));
            }
            None => {
                return Err(Error::Wrong(format!(
                    "there are several organizations here: name one with --organization ({names})"
                )));
            }
        };
        self.load(row)
    }

    /// The organization of this row, from memory or from the database.
    fn load(&self, row: Ledger) -> Result<Arc<Organization>, Error> {
        let mut loaded = self.organizations.lock().expect("loading does not panic");
        if let Some(organization) = loaded.get(&row.organization) {
            organization.used.store(self.clock.now().as_millisecond(), Ordering::Relaxed);
            return Ok(organization.clone());
        }
        let id = row.organization;
        let (store, keys) = (self.store.clone(), self.keys.clone());
        let organization = Organization::load(store, keys, self.clock.clone(), row)?;
        let shared = || Arc::new_cyclic(|me| Organization { me: me.clone(), ..organization });
        Ok(loaded.entry(id).or_insert_with(shared).clone())
    }

    /// The organizations that are in memory.
    pub fn loaded(&self) -> Vec<Arc<Organization>> {
        let loaded = self.organizations.lock().expect("loading does not panic");
        loaded.values().cloned().collect()
    }

    /// When the database last answered, when that is more than five seconds ago: until it does
    /// again nothing can be changed, and what is read may be old. See [`Store::keep_contact`].
    pub fn cut_off(&self) -> Option<Timestamp> {
        let ago = self.store.cut_off()?;
        Some(self.clock.now() - SignedDuration::try_from(ago).unwrap_or_default())
    }

    /// Lets go of organizations that nobody has asked for in so long, and holds at this moment:
    /// they are loaded again when somebody does. Answers how many went.
    pub fn forget_unused(&self, idle: SignedDuration) -> usize {
        let since = (self.clock.now() - idle).as_millisecond();
        let mut loaded = self.organizations.lock().expect("loading does not panic");
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let before = loaded.len();
        loaded.retain(|id, it| {
            let stays = Arc::strong_count(it) > 1 || it.used.load(Ordering::Relaxed) > since;
            if !stays {
                seen.remove(id);
            }
            stays
        });
        before - loaded.len()
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// What seals secrets of this installation.
    pub(crate) fn seal(&self) -> Result<&Seal, Error> {
        if let Some(seal) = self.seal.get() {
            return Ok(seal);
        }
        let seal = Seal::new(&self.keys.sealing()?);
        Ok(self.seal.get_or_init(|| seal))
    }

    fn with(store: Store, keys: Keys, clock: Clock) -> Self {
        Self {
            store: Arc::new(store),
            keys,
            clock,
            organizations: Arc::default(),
            seal: Arc::default(),
            seen: Arc::default(),
        }
    }
}
