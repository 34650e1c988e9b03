//! Where backups lie: a folder, or a bucket.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use store::{Bucket, FilesAt};

use super::keep;
use crate::Error;

/// Where backups lie.
pub(super) enum Shelf {
    Folder(PathBuf),
    Bucket(Bucket),
}

impl Shelf {
    pub(super) fn open(at: &FilesAt) -> Result<Self, Error> {
        match at {
            FilesAt::Folder(path) => {
                fs::create_dir_all(path).map_err(|err| failed(path, &err))?;
                Ok(Self::Folder(path.clone()))
            }
            FilesAt::S3(at) => Ok(Self::Bucket(Bucket::open(at)?)),
        }
    }

    /// Puts a file there: whole and on disk, or not at all.
    pub(super) fn put(&self, name: &str, from: &Path) -> Result<(), Error> {
        match self {
            Self::Folder(folder) => {
                let part = folder.join(format!("{name}.part"));
                let put = copy(from, &part)
                    .and_then(|()| fs::rename(&part, folder.join(name)))
                    .and_then(|()| sync(folder));
                put.map_err(|err| {
                    fs::remove_file(&part).ok();
                    failed(folder, &err)
                })
            }
            Self::Bucket(bucket) => {
                let mut file = File::open(from).map_err(|err| failed(from, &err))?;
                bucket.put(name, &mut file)?;
                Ok(())
            }
        }
    }

    /// Copies what lies there under a name into a new file.
    pub(super) fn fetch(&self, name: &str, to: &Path) -> Result<(), Error> {
        match self {
            Self::Folder(folder) => {
                copy(&folder.join(name), to).map_err(|err| failed(folder, &err))
            }
            Self::Bucket(bucket) => {
                let found = bucket.get(name)?;
                let mut found = found
                    .ok_or_else(|| Error::Wrong(format!("`{name}` is not in {}", bucket.at())))?;
                let mut file = private(to).map_err(|err| failed(to, &err))?;
                io::copy(&mut found, &mut file).map(drop).map_err(|err| failed(to, &err))
            }
        }
    }

    /// The names of the backups that lie there.
    pub(super) fn list(&self) -> Result<Vec<String>, Error> {
        let mut names: Vec<String> = match self {
            Self::Folder(folder) => {
                let entries = fs::read_dir(folder).map_err(|err| failed(folder, &err))?;
                entries.flatten().filter_map(|it| it.file_name().into_string().ok()).collect()
            }
            Self::Bucket(bucket) => bucket.list("")?.into_iter().map(|it| it.name).collect(),
        };
        names.retain(|it| keep::time(it).is_some());
        names.sort_unstable();
        Ok(names)
    }

    pub(super) fn remove(&self, name: &str) -> Result<(), Error> {
        match self {
            Self::Folder(folder) => {
                fs::remove_file(folder.join(name)).map_err(|err| failed(folder, &err))
            }
            Self::Bucket(bucket) => Ok(bucket.remove(name)?),
        }
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut file = private(to)?;
    io::copy(&mut File::open(from)?, &mut file)?;
    file.sync_all()
}

/// A backup holds everything: only its owner may read it.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

fn sync(folder: &Path) -> io::Result<()> {
    match cfg!(unix) {
        true => File::open(folder)?.sync_all(),
        false => Ok(()),
    }
}

fn failed(path: &Path, err: &io::Error) -> Error {
    Error::Wrong(format!(
        "`{}` cannot be used for backups ({err}): check its disk and its rights",
        path.display()
    ))
}
