//! A folder with a database and its keys.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result};
use app::{App, Clock, Keys, Organization};

/// A folder with a database of one organization and its signing key.
#[derive(Debug, Clone)]
pub struct Home {
    folder: PathBuf,
}

impl Home {
    /// A home in this folder, which may not exist yet.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file of the database.
    pub fn file(&self) -> PathBuf {
        self.folder.join("isms.db")
    }

    /// The address of the database.
    pub fn url(&self) -> String {
        format!("sqlite:{}", self.file().display())
    }

    /// The signing keys.
    pub fn keys(&self) -> Keys {
        Keys::new(self.folder.join("keys"))
    }

    /// Makes the folder and a new database in it.
    ///
    /// # Errors
    /// When there is one already, or the disk refuses.
    pub fn create(&self, clock: Clock) -> Result<App> {
        fs::create_dir_all(&self.folder)?;
        Ok(App::create(&self.url(), self.keys(), clock)?)
    }

    /// Opens the database and loads its organization.
    ///
    /// # Errors
    /// When there is none.
    pub fn open(&self, clock: Clock) -> Result<(App, Arc<Organization>)> {
        let app = App::open(&self.url(), self.keys(), clock)?;
        let organization = app.organization(None)?;
        Ok((app, organization))
    }

    /// Copies everything to another folder; nobody may have it open.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn copy_to(&self, folder: &Path) -> Result<Self> {
        let copy = Self::new(folder);
        fs::create_dir_all(folder.join("keys"))?;
        fs::copy(self.file(), copy.file()).context("the database cannot be copied")?;
        for key in fs::read_dir(self.folder.join("keys"))? {
            let key = key?;
            fs::copy(key.path(), folder.join("keys").join(key.file_name()))?;
        }
        Ok(copy)
    }
}
