//! Bytes of files, kept in a folder by organization and SHA-256.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use ledger::{
    Hash,
    hash::{hex, unhex},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Error, Store};

static NEXT: AtomicU64 = AtomicU64::new(0);

/// A file whose bytes are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileStored {
    /// The hash of its bytes, and its only name.
    pub sha256: Hash,
    /// Its length in bytes.
    pub size: u64,
}

impl Store {
    /// Stores a file; it is on disk when this answers, and only then may a commit name it.
    ///
    /// # Errors
    /// [`Error::FileTooLarge`] above `limit` bytes, [`Error::FileUnreadable`] when `from` fails,
    /// [`Error::Folder`] when the folder does. Nothing is stored then.
    pub fn put_file(
        &self,
        organization: Uuid,
        from: &mut dyn Read,
        limit: u64,
    ) -> Result<FileStored, Error> {
        let folder = self.folder(organization);
        make_folder(&folder)?;
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let made = folder.join(format!("new-{}-{number}", std::process::id()));
        let stored = write_file(&made, from, limit).and_then(|stored| {
            let path = self.file_path(organization, &stored.sha256);
            let place = path.parent().expect("a file lies in a folder");
            make_folder(place)?;
            fs::rename(&made, &path).map_err(|e| folder_failed("move a file to", &path, e))?;
            sync_folder(place)?;
            Ok(stored)
        });
        if stored.is_err() {
            fs::remove_file(&made).ok();
        }
        stored
    }

    /// Opens a file; the reader should check its bytes against its hash.
    ///
    /// # Errors
    /// [`Error::FileMissing`] when it is not there.
    pub fn open_file(&self, organization: Uuid, sha256: &Hash) -> Result<File, Error> {
        let path = self.file_path(organization, sha256);
        File::open(&path).map_err(|source| match source.kind() {
            ErrorKind::NotFound => Error::FileMissing { path },
            _ => folder_failed("read", &path, source),
        })
    }

    /// The files that lie in the folder, whether named by a commit or not, by hash.
    ///
    /// # Errors
    /// [`Error::Folder`] when the folder cannot be read.
    pub fn list_files(&self, organization: Uuid) -> Result<Vec<FileStored>, Error> {
        let mut files = Vec::new();
        for place in children(&self.folder(organization))? {
            if !place.is_dir() {
                continue;
            }
            for path in children(&place)? {
                let Some(sha256) = path.file_name().and_then(|name| unhex(name.to_str()?)) else {
                    continue;
                };
                let size =
                    fs::metadata(&path).map_err(|e| folder_failed("look at", &path, e))?.len();
                files.push(FileStored { sha256, size });
            }
        }
        files.sort_unstable();
        Ok(files)
    }

    /// Removes a file that no commit names any more; answers whether it was there.
    ///
    /// # Errors
    /// [`Error::Folder`] when it cannot be removed.
    pub fn remove_file(&self, organization: Uuid, sha256: &Hash) -> Result<bool, Error> {
        let path = self.file_path(organization, sha256);
        match fs::remove_file(&path) {
            Ok(()) => {
                sync_folder(path.parent().expect("a file lies in a folder"))?;
                Ok(true)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(folder_failed("remove", &path, error)),
        }
    }

    fn folder(&self, organization: Uuid) -> PathBuf {
        self.address().files().join(organization.simple().to_string())
    }

    fn file_path(&self, organization: Uuid, sha256: &Hash) -> PathBuf {
        let name = hex(sha256);
        self.folder(organization).join(&name[..2]).join(name)
    }
}

fn write_file(path: &Path, from: &mut dyn Read, limit: u64) -> Result<FileStored, Error> {
    let failed = |source| folder_failed("write", path, source);
    let mut file = File::create_new(path).map_err(failed)?;
    let mut digest = Sha256::new();
    let mut size = 0;
    let mut some = vec![0; 64 * 1024];
    loop {
        let count = match from.read(&mut some) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(source) => return Err(Error::FileUnreadable { source }),
        };
        size += count as u64;
        if size > limit {
            return Err(Error::FileTooLarge { limit });
        }
        digest.update(&some[..count]);
        file.write_all(&some[..count]).map_err(failed)?;
    }
    file.sync_all().map_err(failed)?;
    Ok(FileStored { sha256: digest.finalize().into(), size })
}

/// Makes a folder and those above it, each named durably in the one above.
fn make_folder(path: &Path) -> Result<(), Error> {
    match fs::create_dir(path) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => return Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let above = path.parent().ok_or_else(|| folder_failed("make", path, error))?;
            make_folder(above)?;
            return make_folder(path);
        }
        Err(error) => return Err(folder_failed("make", path, error)),
    }
    match path.parent() {
        Some(above) if above.as_os_str().is_empty() => sync_folder(Path::new(".")),
        Some(above) => sync_folder(above),
        None => Ok(()),
    }
}

fn sync_folder(path: &Path) -> Result<(), Error> {
    // Other systems have no such thing as writing a folder to disk.
    if cfg!(unix) {
        File::open(path)
            .and_then(|folder| folder.sync_all())
            .map_err(|source| folder_failed("write the folder", path, source))?;
    }
    Ok(())
}

fn children(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |source| folder_failed("list", folder, source);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(failed)).collect()
}

fn folder_failed(doing: &'static str, path: &Path, source: std::io::Error) -> Error {
    Error::Folder { doing, path: path.to_owned(), source }
}
