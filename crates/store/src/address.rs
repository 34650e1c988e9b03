//! Where a database and its files are.

use std::fmt::{self, Display, Formatter};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio_postgres::config::{Host, SslMode};

use crate::db::Trust;
use crate::{Error, S3};

/// Where a database and its files are; displayed without its password.
#[derive(Debug, Clone)]
pub struct Address {
    pub(crate) place: Place,
    files: FilesAt,
}

/// Where the bytes of files are kept; displayed without a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilesAt {
    /// In a folder.
    Folder(PathBuf),
    /// In a bucket.
    S3(S3),
}

/// Which database.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    Sqlite(PathBuf),
    Postgres { config: Box<tokio_postgres::Config>, trust: Trust },
}

impl Address {
    /// Reads `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`.
    ///
    /// `?files=FOLDER` at the end says where files are kept, otherwise beside the SQLite file in
    /// `PATH.files`, for PostgreSQL in `DATABASE.files` of the current folder. PostgreSQL's
    /// `sslmode` and `sslrootcert` mean what they mean to `libpq`, but without `sslmode` a server
    /// on another machine must show a certificate that the system trusts (`verify-full`).
    ///
    /// # Errors
    /// [`Error::Address`] when it is neither.
    pub fn parse(url: &str) -> Result<Self, Error> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            return sqlite(url, path);
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return postgres(url);
        }
        let why = match url.split_once(':') {
            _ if url.is_empty() => "it is empty".to_owned(),
            Some((scheme, _)) => format!("`{scheme}` is no kind of database known here"),
            None => "it does not say which kind of database it is".to_owned(),
        };
        Err(Error::Address { url: concealed(url), why })
    }

    /// Where the bytes of files are kept.
    pub fn files(&self) -> &FilesAt {
        &self.files
    }

    /// The same with files kept elsewhere.
    #[must_use]
    pub fn with_files(mut self, files: FilesAt) -> Self {
        self.files = files;
        self
    }
}

impl FilesAt {
    /// The folder, when it is one.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(path) => Some(path),
            Self::S3(_) => None,
        }
    }
}

impl Display for FilesAt {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => Display::fmt(&path.display(), to),
            Self::S3(at) => Display::fmt(at, to),
        }
    }
}

impl Display for Address {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Sqlite(path) => write!(to, "sqlite:{}", path.display()),
            Place::Postgres { config, .. } => {
                write!(to, "postgres://")?;
                if let Some(user) = config.get_user() {
                    write!(to, "{user}@")?;
                }
                match config.get_hosts().first() {
                    Some(Host::Tcp(name)) => write!(to, "{name}")?,
                    #[cfg(unix)]
                    Some(Host::Unix(path)) => write!(to, "{}", path.display())?,
                    None => {}
                }
                if let Some(port) = config.get_ports().first() {
                    write!(to, ":{port}")?;
                }
                write!(to, "/{}", config.get_dbname().unwrap_or_default())
            }
        }
    }
}

fn sqlite(url: &str, rest: &str) -> Result<Address, Error> {
    let wrong = |why: &str| Error::Address { url: url.to_owned(), why: why.to_owned() };
    let (path, files) = match rest.rsplit_once("?files=") {
        Some((_, "")) => return Err(wrong("`files` names no folder")),
        Some((path, files)) => (path, Some(PathBuf::from(files))),
        None => (rest, None),
    };
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() {
        return Err(wrong("it names no file"));
    }
    if path.contains('\0') {
        return Err(wrong("a file name cannot hold a zero byte"));
    }
    if path == ":memory:" {
        return Err(wrong("a database in memory would forget everything"));
    }
    let files = files.unwrap_or_else(|| PathBuf::from(format!("{path}.files")));
    Ok(Address { place: Place::Sqlite(PathBuf::from(path)), files: FilesAt::Folder(files) })
}

fn postgres(url: &str) -> Result<Address, Error> {
    let wrong = |why: String| Error::Address { url: concealed(url), why };
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let (mut files, mut sslmode, mut root) = (None, None, None);
    let mut others = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let kept = match name {
            "files" => &mut files,
            "sslmode" => &mut sslmode,
            "sslrootcert" => &mut root,
            _ => {
                others.push(pair);
                continue;
            }
        };
        let value = percent_decoded(value)
            .filter(|value| !value.is_empty())
            .ok_or_else(|| wrong(format!("`{name}` has no readable value")))?;
        *kept = Some(value);
    }
    let plain =
        if others.is_empty() { base.to_owned() } else { format!("{base}?{}", others.join("&")) };
    // The library's message is kept, its source may repeat the password.
    let mut config: tokio_postgres::Config =
        plain.parse().map_err(|error: tokio_postgres::Error| wrong(error.to_string()))?;
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        return Err(wrong("it names no host".to_owned()));
    }
    let Some(name) = config.get_dbname().map(str::to_owned) else {
        return Err(wrong("it names no database".to_owned()));
    };
    if files.is_none() && (name.contains(['/', '\\', '\0']) || name.starts_with('.')) {
        return Err(wrong("say with `?files=FOLDER` where files are kept".to_owned()));
    }
    let (mode, trust) = match (sslmode.as_deref(), root) {
        (Some("disable"), _) => (SslMode::Disable, Trust::Any),
        (Some("allow" | "prefer"), None) => (SslMode::Prefer, Trust::Any),
        (Some("allow" | "prefer"), Some(root)) => (SslMode::Prefer, Trust::Root(root.into())),
        (Some("require"), None) => (SslMode::Require, Trust::Any),
        (Some("verify-full" | "verify-ca"), None) => (SslMode::Require, Trust::System),
        (Some("require" | "verify-full" | "verify-ca") | None, Some(root)) => {
            (SslMode::Require, Trust::Root(root.into()))
        }
        (None, None) if is_local(&config) => (SslMode::Prefer, Trust::Any),
        (None, None) => (SslMode::Require, Trust::System),
        (Some(other), _) => {
            return Err(wrong(format!(
                "`sslmode` is disable, prefer, require or verify-full, not `{other}`"
            )));
        }
    };
    config.ssl_mode(mode);
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(Duration::from_secs(5));
    }
    if config.get_application_name().is_none() {
        config.application_name("muniment");
    }
    let files = files.map_or_else(|| PathBuf::from(format!("{name}.files")), PathBuf::from);
    let place = Place::Postgres { config: Box::new(config), trust };
    Ok(Address { place, files: FilesAt::Folder(files) })
}

fn is_local(config: &tokio_postgres::Config) -> bool {
    let addresses = config.get_hostaddrs().iter().all(std::net::IpAddr::is_loopback);
    let hosts = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => {
            name == "localhost"
                || name.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
                || !config.get_hostaddrs().is_empty()
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    });
    addresses && hosts
}

/// The address with whatever may be a password taken out.
fn concealed(url: &str) -> String {
    let end = url.find('?').unwrap_or(url.len());
    let kept = &url[..end];
    match (kept.find("://"), kept.rfind('@')) {
        (Some(scheme), Some(at)) if scheme < at => {
            let user = kept[scheme + 3..at].split(':').next().unwrap_or_default();
            format!("{}://{user}{}", &kept[..scheme], &kept[at..])
        }
        _ => kept.to_owned(),
    }
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_files_beside_the_database() {
        let address = Address::parse("sqlite:a b/x.db").unwrap();
        assert_eq!(address.to_string(), "sqlite:a b/x.db");
        assert_eq!(address.files().folder().unwrap(), Path::new("a b/x.db.files"));
        let address = Address::parse("sqlite:x.db?files=elsewhere").unwrap();
        assert_eq!(address.files().folder().unwrap(), Path::new("elsewhere"));
        let address = Address::parse("postgres://me:secret@localhost:5433/isms").unwrap();
        assert_eq!(address.to_string(), "postgres://me@localhost:5433/isms");
        assert_eq!(address.files().folder().unwrap(), Path::new("isms.files"));
    }

    #[test]
    fn trusts_as_asked() {
        let trust = |url: &str| match Address::parse(url).unwrap().place {
            Place::Postgres { config, trust } => (config.get_ssl_mode(), trust),
            Place::Sqlite(_) => panic!("not PostgreSQL"),
        };
        assert_eq!(trust("postgres://u@localhost/d"), (SslMode::Prefer, Trust::Any));
        assert_eq!(trust("postgres://u@%2Frun%2Fpg/d"), (SslMode::Prefer, Trust::Any));
        assert_eq!(trust("postgres://u@10.0.0.1/d"), (SslMode::Require, Trust::System));
        assert_eq!(trust("postgres://u@h/d?sslmode=require"), (SslMode::Require, Trust::Any));
        assert_eq!(trust("postgres://u@h/d?sslmode=disable"), (SslMode::Disable, Trust::Any));
        let root = trust("postgres://u@h/d?sslmode=verify-full&sslrootcert=%2Fca%20x.pem");
        assert_eq!(root, (SslMode::Require, Trust::Root("/ca x.pem".into())));
    }

    #[test]
    fn refuses_in_one_sentence_and_hides_passwords() {
        let refused = |url: &str| Address::parse(url).unwrap_err().to_string();
        assert_eq!(
            refused("mysql://root:secret@h/d"),
            "the database address `mysql://root@h/d` is not understood: `mysql` is no kind of \
             database known here; write `sqlite:PATH` or `postgres://USER@HOST/DATABASE`"
        );
        assert!(refused("x.db").contains("does not say which kind"));
        assert!(refused("").contains("is empty"));
        assert!(refused("sqlite:").contains("names no file"));
        assert!(refused("sqlite::memory:").contains("forget everything"));
        assert!(refused("sqlite:x.db?files=").contains("names no folder"));
        assert!(refused("postgres://u:secret@h").contains("names no database"));
        assert!(refused("postgres://u:secret@h/d?sslmode=maybe").contains("not `maybe`"));
        assert!(refused("postgres://u:secret@h/d?files=%zz").contains("no readable value"));
        for url in ["postgres://u:secret@h", "postgres://u:secret@h/d?wrong=1", "x://secret@"] {
            let shown = refused(url);
            assert!(url == "x://secret@" || !shown.contains("secret"), "{shown}");
        }
    }
}
