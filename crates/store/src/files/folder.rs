//! Files in a folder, each written and synced under another name before it has its own.

use std::fs::{self, File, Metadata};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::UNIX_EPOCH;

use ledger::{Hash, hash::unhex};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{FileLying, FileStored, name_of};
use crate::Error;

/// What a file is called while it is written.
const UNFINISHED: &str = "new-";

static NEXT: AtomicU64 = AtomicU64::new(0);

/// The folder of files.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(root: PathBuf) -> Self {
        Self(root)
    }

    pub(super) fn root(&self) -> &Path {
        &self.0
    }

    pub(super) fn put(
        &self,
        organization: Uuid,
        from: &mut dyn Read,
        limit: u64,
    ) -> Result<FileStored, Error> {
        let folder = self.of(organization);
        make_folder(&folder)?;
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let made = folder.join(format!("{UNFINISHED}{}-{number}", std::process::id()));
        let stored = write_file(&made, from, limit).and_then(|stored| {
            let path = self.path(organization, &stored.sha256);
            let place = path.parent().expect("a file lies in a folder");
            make_folder(place)?;
            fs::rename(&made, &path).map_err(|e| failed("move a file to", &path, e))?;
            sync_folder(place)?;
            Ok(stored)
        });
        if stored.is_err() {
            fs::remove_file(&made).ok();
        }
        stored
    }

    pub(super) fn open(&self, organization: Uuid, sha256: &Hash) -> Result<Option<File>, Error> {
        let path = self.path(organization, sha256);
        match File::open(&path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(source) => Err(failed("read", &path, source)),
        }
    }

    pub(super) fn list(&self, organization: Uuid) -> Result<Vec<FileLying>, Error> {
        let mut found = Vec::new();
        for place in children(&self.of(organization))? {
            if !place.is_dir() {
                continue;
            }
            for path in children(&place)? {
                let Some(sha256) = path.file_name().and_then(|name| unhex(name.to_str()?)) else {
                    continue;
                };
                // One that goes at this moment is not there.
                if let Some(about) = look(&path)? {
                    let file = FileStored { sha256, size: about.len() };
                    found.push(FileLying { file, at: written(&about) });
                }
            }
        }
        Ok(found)
    }

    pub(super) fn remove(&self, organization: Uuid, sha256: &Hash) -> Result<bool, Error> {
        let path = self.path(organization, sha256);
        match fs::remove_file(&path) {
            Ok(()) => {
                sync_folder(path.parent().expect("a file lies in a folder"))?;
                Ok(true)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(failed("remove", &path, error)),
        }
    }

    pub(super) fn remove_unfinished(&self, organization: Uuid, before: i64) -> Result<u64, Error> {
        let mut gone = 0;
        for path in children(&self.of(organization))? {
            let name = path.file_name().and_then(|it| it.to_str());
            if !name.is_some_and(|it| it.starts_with(UNFINISHED)) {
                continue;
            }
            if look(&path)?.is_some_and(|it| it.is_file() && written(&it) < before) {
                fs::remove_file(&path).map_err(|e| failed("remove", &path, e))?;
                gone += 1;
            }
        }
        Ok(gone)
    }

    fn of(&self, organization: Uuid) -> PathBuf {
        self.0.join(organization.simple().to_string())
    }

    fn path(&self, organization: Uuid, sha256: &Hash) -> PathBuf {
        self.0.join(name_of(organization, sha256))
    }
}

fn write_file(path: &Path, from: &mut dyn Read, limit: u64) -> Result<FileStored, Error> {
    let failed = |source| failed("write", path, source);
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
            let above = path.parent().ok_or_else(|| failed("make", path, error))?;
            make_folder(above)?;
            return make_folder(path);
        }
        Err(error) => return Err(failed("make", path, error)),
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
            .map_err(|source| failed("write the folder", path, source))?;
    }
    Ok(())
}

fn children(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |source| failed("list", folder, source);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(failed)).collect()
}

fn failed(doing: &'static str, path: &Path, source: std::io::Error) -> Error {
    Error::Folder { doing, path: path.to_owned(), source }
}

fn look(path: &Path) -> Result<Option<Metadata>, Error> {
    match fs::metadata(path) {
        Ok(about) => Ok(Some(about)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(failed("look at", path, source)),
    }
}

/// When a file was written, in milliseconds since 1970; where no system tells, just now.
fn written(about: &Metadata) -> i64 {
    let since = about.modified().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok());
    since.and_then(|it| i64::try_from(it.as_millis()).ok()).unwrap_or(i64::MAX)
}
