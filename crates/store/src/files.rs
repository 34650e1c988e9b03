//! Bytes of files, by organization and SHA-256: in a folder, or in a bucket.

mod folder;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use ledger::{
    Hash,
    hash::{hex, unhex},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use self::folder::Folder;
use crate::bucket::{Arriving, PART};
use crate::{Bucket, Error, FilesAt, Object, Store};

/// A file whose bytes are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileStored {
    /// The hash of its bytes, and its only name.
    pub sha256: Hash,
    /// Its length in bytes.
    pub size: u64,
}

/// A file that lies where files are kept, whether a commit names it or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileLying {
    /// What it is by its name, and its size.
    pub file: FileStored,
    /// When it was put there last, in milliseconds since 1970 by the clock of the disk or service.
    pub at: i64,
}

/// The bytes of a stored file.
pub struct Blob {
    bytes: Bytes,
    /// The digest so far, what it shall be, and where it lies; absent when nobody checks.
    check: Option<(Sha256, Hash, String)>,
}

/// Where files are kept.
pub(crate) enum Files {
    Folder(Folder),
    Bucket(Bucket),
}

enum Bytes {
    File(File),
    Arriving(Box<Arriving>),
}

impl Files {
    pub(crate) fn open(at: &FilesAt) -> Result<Self, Error> {
        match at {
            FilesAt::Folder(path) => Ok(Self::Folder(Folder::new(path.clone()))),
            FilesAt::S3(at) => Bucket::open(at).map(Self::Bucket),
        }
    }

    fn put(
        &self,
        organization: Uuid,
        from: &mut dyn Read,
        limit: u64,
    ) -> Result<FileStored, Error> {
        match self {
            Self::Folder(folder) => folder.put(organization, from, limit),
            Self::Bucket(bucket) => put_into(bucket, organization, from, limit),
        }
    }

    fn get(&self, organization: Uuid, sha256: &Hash, is_checked: bool) -> Result<Blob, Error> {
        let bytes = match self {
            Self::Folder(folder) => folder.open(organization, sha256)?.map(Bytes::File),
            Self::Bucket(bucket) => {
                bucket.get(&name_of(organization, sha256))?.map(|it| Bytes::Arriving(Box::new(it)))
            }
        };
        let place = || self.place(organization, sha256);
        let bytes = bytes.ok_or_else(|| Error::FileMissing { place: place() })?;
        Ok(Blob { bytes, check: is_checked.then(|| (Sha256::new(), *sha256, place())) })
    }

    fn has(&self, organization: Uuid, sha256: &Hash) -> Result<bool, Error> {
        match self {
            Self::Folder(folder) => Ok(folder.open(organization, sha256)?.is_some()),
            Self::Bucket(bucket) => Ok(bucket.look(&name_of(organization, sha256))?.is_some()),
        }
    }

    fn list(&self, organization: Uuid) -> Result<Vec<FileLying>, Error> {
        match self {
            Self::Folder(folder) => folder.list(organization),
            Self::Bucket(bucket) => {
                let objects = bucket.list(&organization.simple().to_string())?.into_iter();
                let lying = |it: Object| {
                    let sha256 = unhex(it.name.rsplit('/').next()?)?;
                    Some(FileLying { file: FileStored { sha256, size: it.size }, at: it.at })
                };
                Ok(objects.filter_map(lying).collect())
            }
        }
    }

    fn remove(&self, organization: Uuid, sha256: &Hash) -> Result<bool, Error> {
        match self {
            Self::Folder(folder) => folder.remove(organization, sha256),
            Self::Bucket(bucket) => {
                let name = name_of(organization, sha256);
                let was_there = bucket.look(&name)?.is_some();
                bucket.remove(&name)?;
                Ok(was_there)
            }
        }
    }

    fn place(&self, organization: Uuid, sha256: &Hash) -> String {
        let name = name_of(organization, sha256);
        match self {
            Self::Folder(folder) => folder.root().join(name).display().to_string(),
            Self::Bucket(bucket) => format!("{name} of {}", bucket.at()),
        }
    }
}

impl Store {
    /// Stores a file; it is on disk when this answers, and only then may a commit name it.
    ///
    /// # Errors
    /// [`Error::FileTooLarge`] above `limit` bytes, [`Error::FileUnreadable`] when `from` fails,
    /// [`Error::Folder`] or [`Error::Bucket`] when the place does. Nothing is stored then.
    pub fn put_file(
        &self,
        organization: Uuid,
        from: &mut dyn Read,
        limit: u64,
    ) -> Result<FileStored, Error> {
        self.files.put(organization, from, limit)
    }

    /// Opens a file; reading it fails at the end when its bytes are not what its name says.
    ///
    /// # Errors
    /// [`Error::FileMissing`] when it is not there.
    pub fn open_file(&self, organization: Uuid, sha256: &Hash) -> Result<Blob, Error> {
        self.files.get(organization, sha256, true)
    }

    /// Opens a file whose bytes the reader checks against its hash.
    ///
    /// # Errors
    /// [`Error::FileMissing`] when it is not there.
    pub fn open_file_as_is(&self, organization: Uuid, sha256: &Hash) -> Result<Blob, Error> {
        self.files.get(organization, sha256, false)
    }

    /// Whether a file is there; its bytes are not looked at.
    ///
    /// # Errors
    /// [`Error::Folder`] or [`Error::Bucket`] when it cannot be told.
    pub fn has_file(&self, organization: Uuid, sha256: &Hash) -> Result<bool, Error> {
        self.files.has(organization, sha256)
    }

    /// The files that lie there, whether named by a commit or not, by hash.
    ///
    /// # Errors
    /// [`Error::Folder`] or [`Error::Bucket`] when they cannot be listed.
    pub fn list_files(&self, organization: Uuid) -> Result<Vec<FileLying>, Error> {
        let mut found = self.files.list(organization)?;
        found.sort_unstable();
        Ok(found)
    }

    /// Removes a file that no commit names any more; answers whether it was there.
    ///
    /// # Errors
    /// [`Error::Folder`] or [`Error::Bucket`] when it cannot be removed.
    pub fn remove_file(&self, organization: Uuid, sha256: &Hash) -> Result<bool, Error> {
        self.files.remove(organization, sha256)
    }

    /// Removes what writers that were killed left half-written before `at` (in milliseconds since
    /// 1970); answers how many there were. In a bucket half-written files are invisible, and a rule
    /// of the bucket should remove them.
    ///
    /// # Errors
    /// [`Error::Folder`] when the folder cannot be listed.
    pub fn remove_unfinished(&self, organization: Uuid, before: i64) -> Result<u64, Error> {
        match &self.files {
            Files::Folder(folder) => folder.remove_unfinished(organization, before),
            Files::Bucket(_) => Ok(0),
        }
    }

    /// Copies every file that a commit names from one place to another, checking its bytes, and
    /// skips those that are there already. Nothing is removed. `each` is told of every file.
    ///
    /// # Errors
    /// [`Error::FileMissing`] and [`Error::FileUnreadable`] when one is missing or was changed.
    pub fn copy_files(
        &self,
        from: &FilesAt,
        to: &FilesAt,
        mut each: impl FnMut(FileStored),
    ) -> Result<(), Error> {
        let (from, to) = (Files::open(from)?, Files::open(to)?);
        for row in self.organizations()? {
            let id = row.organization;
            let there: HashMap<Hash, u64> =
                to.list(id)?.into_iter().map(|it| (it.file.sha256, it.file.size)).collect();
            for file in self.snapshot()?.files(id)? {
                if there.get(&file.sha256) != Some(&file.size) {
                    to.put(id, &mut from.get(id, &file.sha256, true)?, u64::MAX)?;
                }
                each(file);
            }
        }
        Ok(())
    }
}

impl Blob {
    /// All of its bytes.
    ///
    /// # Errors
    /// When they cannot be read, or are not what the file's name says.
    pub fn read_all(mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl Read for Blob {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = match &mut self.bytes {
            Bytes::File(file) => file.read(buffer)?,
            Bytes::Arriving(arriving) => arriving.read(buffer)?,
        };
        if let Some((digest, _, _)) = &mut self.check {
            digest.update(&buffer[..count]);
        }
        if count == 0
            && !buffer.is_empty()
            && let Some((digest, expected, place)) = self.check.take()
            && digest.finalize().as_slice() != expected
        {
            let what = Error::FileAltered { place };
            return Err(io::Error::new(io::ErrorKind::InvalidData, what));
        }
        Ok(count)
    }
}

/// The name of a file below the place of all files.
fn name_of(organization: Uuid, sha256: &Hash) -> String {
    let name = hex(sha256);
    format!("{}/{}/{name}", organization.simple(), &name[..2])
}

/// Its name is known only when all of it was read: a large one waits on disk meanwhile.
fn put_into(
    bucket: &Bucket,
    organization: Uuid,
    from: &mut dyn Read,
    limit: u64,
) -> Result<FileStored, Error> {
    let waiting = |source| Error::Folder { doing: "write", path: std::env::temp_dir(), source };
    let (mut digest, mut size) = (Sha256::new(), 0);
    let mut held = Vec::new();
    let mut spilt: Option<File> = None;
    let mut some = vec![0; 64 * 1024];
    loop {
        let count = match from.read(&mut some) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(source) => return Err(Error::FileUnreadable { source }),
        };
        size += count as u64;
        if size > limit {
            return Err(Error::FileTooLarge { limit });
        }
        digest.update(&some[..count]);
        if held.len() + count > PART && spilt.is_none() {
            let mut file = tempfile::tempfile().map_err(waiting)?;
            file.write_all(&held).map_err(waiting)?;
            held = Vec::new();
            spilt = Some(file);
        }
        match &mut spilt {
            Some(file) => file.write_all(&some[..count]).map_err(waiting)?,
            None => held.extend_from_slice(&some[..count]),
        }
    }
    let stored = FileStored { sha256: digest.finalize().into(), size };
    let name = name_of(organization, &stored.sha256);
    match &mut spilt {
        Some(file) => {
            file.seek(SeekFrom::Start(0)).map_err(waiting)?;
            bucket.put(&name, file)?;
        }
        None => {
            bucket.put(&name, &mut held.as_slice())?;
        }
    }
    Ok(stored)
}
