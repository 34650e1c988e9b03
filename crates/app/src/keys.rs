//! Signing keys, and the key that seals secrets: files outside the database, readable by their owner
//! alone, in no backup.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use ledger::Signer;
use meta::Id;

use crate::{Error, clock::random};

const HEADER: &str = "muniment signing key";

const SEALING: &str = "muniment sealing key";

/// The folder of signing keys.
#[derive(Debug, Clone)]
pub struct Keys {
    folder: PathBuf,
}

impl Keys {
    /// Keys in this folder, which is made when the first key is.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the key of an organization lies.
    pub fn path(&self, organization: Id) -> PathBuf {
        self.folder.join(format!("{organization}.key"))
    }

    /// The signer whose key the ledger names: among the key file and those kept beside it, because a
    /// rotation may have been interrupted.
    ///
    /// # Errors
    /// When there is no such key, or a key file is open to others.
    pub fn signer(&self, organization: Id, expected: &str) -> Result<Signer, Error> {
        let path = self.path(organization);
        let Some((origin, _)) = expected.split_once('+') else {
            return Err(Error::NoKey { path });
        };
        let older = (1..).map(|it| path.with_extension(format!("key.{it}")));
        let older = older.take_while(|it| it.exists());
        let candidates = [path.clone(), path.with_extension("key.new")].into_iter().chain(older);
        for candidate in candidates.filter(|it| it.exists()) {
            let signer = read(&candidate, origin)?;
            if signer.verifier().to_string() == expected {
                return Ok(signer);
            }
        }
        Err(Error::NoKey { path })
    }

    /// Makes the folder, so that nothing else is begun where no key could be written.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn make_folder(&self) -> Result<(), Error> {
        let path = self.folder.clone();
        let mut making = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut making, 0o700);
        making.recursive(true).create(&path).map_err(|err| Error::Key {
            path,
            message: format!("its folder cannot be made: {err}: name another in MUNIMENT_KEYS"),
        })
    }

    /// Makes a key that waits beside the present one until [`Keys::promote`].
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn prepare(&self, organization: Id, origin: &str) -> Result<Signer, Error> {
        let path = self.path(organization).with_extension("key.new");
        let failed =
            |err: std::io::Error| Error::Key { path: path.clone(), message: err.to_string() };
        self.make_folder()?;
        // It may be the key in use, where a rotation was interrupted after its entry was written.
        if path.exists() {
            fs::rename(&path, self.free(organization)).map_err(failed)?;
        }
        let seed: [u8; 32] = random();
        let signer = Signer::new(origin, &seed)?;
        let text = format!("{HEADER}\n{}\n{origin}\n", ledger::hash::hex(&seed));
        write_private(&path, text.as_bytes()).map_err(failed)?;
        Ok(signer)
    }

    /// Puts the prepared key in the place of the present one, which is kept under another name.
    ///
    /// # Errors
    /// When a file cannot be renamed.
    pub fn promote(&self, organization: Id) -> Result<(), Error> {
        let path = self.path(organization);
        let failed =
            |err: std::io::Error| Error::Key { path: path.clone(), message: err.to_string() };
        if path.exists() {
            fs::rename(&path, self.free(organization)).map_err(failed)?;
        }
        fs::rename(path.with_extension("key.new"), &path).map_err(failed)
    }

    /// The key that seals secrets, made when it is first asked for. All nodes of an installation
    /// need the same.
    ///
    /// # Errors
    /// When it cannot be read or written, or is open to others.
    pub(crate) fn sealing(&self) -> Result<[u8; 32], Error> {
        let path = self.folder.join("sealing.key");
        let failed = |message: String| Error::Key { path: path.clone(), message };
        if !path.exists() {
            self.make_folder()?;
            // Whole or not at all, and of two who make it at once the first.
            let text = format!("{SEALING}\n{}\n", ledger::hash::hex(&random::<32>()));
            let draft = self.folder.join(format!("sealing.{}", ledger::hash::hex(&random::<8>())));
            write_private(&draft, text.as_bytes()).map_err(|err| failed(err.to_string()))?;
            let linked = fs::hard_link(&draft, &path);
            fs::remove_file(&draft).map_err(|err| failed(err.to_string()))?;
            if let Err(err) = linked.or_else(|err| if path.exists() { Ok(()) } else { Err(err) }) {
                return Err(failed(err.to_string()));
            }
        }
        let text = fs::read_to_string(&path).map_err(|err| failed(err.to_string()))?;
        check_private(&path)?;
        let secret = text.lines().nth(1).and_then(|it| ledger::hash::unhex::<32>(it.trim()));
        secret.filter(|_| text.starts_with(SEALING)).ok_or_else(|| {
            failed("it is not a sealing key: put the file back that you kept".to_owned())
        })
    }

    /// Whether the key that seals secrets was made already.
    pub(crate) fn has_sealing(&self) -> bool {
        self.folder.join("sealing.key").exists()
    }

    /// What was sealed does not open: the key is not there, or another than it was.
    pub(crate) fn no_sealing_key(&self) -> Error {
        let message = "it is not the key that sealed the secrets in the database: put that one \
                       back, or reset the second factors of whoever has one";
        Error::Key { path: self.folder.join("sealing.key"), message: message.to_owned() }
    }

    /// The first name for an older key that is not taken.
    fn free(&self, organization: Id) -> PathBuf {
        let path = self.path(organization);
        let mut older = (1..).map(|it| path.with_extension(format!("key.{it}")));
        older.find(|it| !it.exists()).expect("there are enough numbers")
    }
}

fn read(path: &Path, origin: &str) -> Result<Signer, Error> {
    let failed = |message: String| Error::Key { path: path.to_owned(), message };
    let text = fs::read_to_string(path).map_err(|err| failed(err.to_string()))?;
    check_private(path)?;
    let seed = text.lines().nth(1).and_then(|it| ledger::hash::unhex::<32>(it.trim()));
    match seed.filter(|_| text.starts_with(HEADER)) {
        Some(seed) => Ok(Signer::new(origin, &seed)?),
        None => Err(failed("it is not a signing key: restore the file you kept".to_owned())),
    }
}

#[cfg(unix)]
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    let folder = path.parent().expect("a key lies in a folder");
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(unix)]
fn check_private(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).map_or(0, |it| it.permissions().mode());
    match mode & 0o077 {
        0 => Ok(()),
        _ => Err(Error::KeyOpen { path: path.to_owned() }),
    }
}

#[cfg(not(unix))]
fn check_private(_: &Path) -> Result<(), Error> {
    Ok(())
}
