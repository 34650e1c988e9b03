//! Files on their way in: kept on disk until a command names them, or for an hour.

use std::{
    collections::HashMap,
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use tempfile::{NamedTempFile, TempDir};

/// A file that came with a form.
#[derive(Debug)]
pub struct Upload {
    /// The field it came in.
    pub field: String,
    /// The name it was given.
    pub name: String,
    /// Its media type, by its first bytes and not by what the browser said.
    pub media: &'static str,
    /// Its size in bytes.
    pub size: u64,
    file: NamedTempFile,
}

/// Where files wait.
pub(crate) struct Shelf {
    inside: Option<PathBuf>,
    folder: Mutex<TempDir>,
    waiting: Mutex<HashMap<String, (Timestamp, Upload)>>,
    /// Files of forms whose sender must sign in first, oldest first.
    carried: Mutex<Vec<(String, u64)>>,
}

/// How long a file waits for its form, in seconds.
const WAITS: i64 = 3600;

/// So many bytes wait for people to sign in; then the oldest go. Anybody can send a file that needs
/// signing in, and must not fill the disk.
const CARRIED: u64 = 512 << 20;

impl Shelf {
    /// An empty shelf in this folder, or the system's.
    ///
    /// # Errors
    /// When no folder can be made.
    pub(crate) fn new(inside: Option<&Path>) -> io::Result<Self> {
        let folder = Mutex::new(folder(inside)?);
        let inside = inside.map(Path::to_owned);
        Ok(Self { inside, folder, waiting: Mutex::default(), carried: Mutex::default() })
    }

    /// A file to write to. Where a cleaner of the system took the folder away, there is a new one.
    pub(crate) fn file(&self) -> io::Result<NamedTempFile> {
        let mut folder = self.folder.lock().unwrap_or_else(PoisonError::into_inner);
        if !folder.path().is_dir() {
            *folder = self::folder(self.inside.as_deref())?;
        }
        NamedTempFile::new_in(folder.path())
    }

    /// Lets a file wait; answers the name to ask for it by.
    pub(crate) fn put(&self, upload: Upload, now: Timestamp) -> String {
        let key = app::fresh_id().simple().to_string();
        self.put_as(key.clone(), upload, now);
        key
    }

    /// As [`Shelf::put`], under a name that others can make up as well.
    pub(crate) fn put_as(&self, key: String, upload: Upload, now: Timestamp) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|_, (since, _)| now.as_second() - since.as_second() < WAITS);
        waiting.insert(key, (now, upload));
    }

    /// The files that wait under names with this beginning: the rest of their names, what they are
    /// called, and until when they wait.
    pub(crate) fn waiting(&self, start: &str, now: Timestamp) -> Vec<(String, String, Timestamp)> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let files = waiting.iter().filter_map(|(key, (since, upload))| {
            let until = *since + SignedDuration::from_secs(WAITS);
            let rest = key.strip_prefix(start).filter(|_| until > now)?;
            Some((rest.to_owned(), upload.name.clone(), until))
        });
        files.collect()
    }

    /// As [`Shelf::put`], for a file whose sender must sign in first.
    pub(crate) fn put_carried(&self, upload: Upload, now: Timestamp) -> String {
        let size = upload.size;
        let key = self.put(upload, now);
        let mut carried = self.carried.lock().unwrap_or_else(PoisonError::into_inner);
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        carried.push((key.clone(), size));
        carried.retain(|it| waiting.contains_key(&it.0));
        let mut sum: u64 = carried.iter().map(|it| it.1).sum();
        while sum > CARRIED && carried.len() > 1 {
            let (oldest, size) = carried.remove(0);
            waiting.remove(&oldest);
            sum -= size;
        }
        key
    }

    /// The name and the bytes of a file that waits, and goes on waiting; `None` when it is gone.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn look(&self, key: &str) -> io::Result<Option<(String, Vec<u8>)>> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((_, upload)) = waiting.get(key) else { return Ok(None) };
        let (name, file) = (upload.name.clone(), upload.open());
        drop(waiting);
        // What a cleaner of the system took away is gone, as if it had waited too long.
        let mut file = match file {
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(Some((name, bytes)))
    }

    /// Takes a file that waited.
    pub(crate) fn take(&self, key: &str) -> Option<Upload> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.remove(key).map(|it| it.1)
    }
}

/// A folder for files that wait.
fn folder(inside: Option<&Path>) -> io::Result<TempDir> {
    let mut folder = tempfile::Builder::new();
    let folder = folder.prefix("muniment-");
    inside.map_or_else(|| folder.tempdir(), |it| folder.tempdir_in(it))
}

impl Upload {
    /// A file that was written.
    ///
    /// # Errors
    /// When it cannot be read back.
    pub(crate) fn new(field: String, name: &str, mut file: NamedTempFile) -> io::Result<Self> {
        file.flush()?;
        let size = file.as_file().metadata()?.len();
        let mut start = vec![0; 4096];
        let mut reader = file.reopen()?;
        let mut filled = 0;
        while filled < start.len() {
            match reader.read(&mut start[filled..])? {
                0 => break,
                count => filled += count,
            }
        }
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
        // A name with signs that nobody sees could not be kept.
        let name: String = name.chars().filter(|it| !it.is_control()).take(200).collect();
        let name = if name.is_empty() { "file".to_owned() } else { name };
        let media = sniff(&start[..filled], &name);
        Ok(Self { field, name, media, size, file })
    }

    /// Reads it from its beginning.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(&self) -> io::Result<File> {
        let mut file = self.file.reopen()?;
        file.seek(SeekFrom::Start(0))?;
        Ok(file)
    }

    /// The same file once more, for a form that is shown again.
    ///
    /// # Errors
    /// When it cannot be copied.
    pub(crate) fn again(&self, shelf: &Shelf) -> io::Result<Self> {
        let mut file = shelf.file()?;
        io::copy(&mut self.open()?, &mut file)?;
        Self::new(self.field.clone(), &self.name, file)
    }

    /// All of its bytes.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open()?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// The media type of a file by its first bytes. Nothing that a browser would run is named as such:
/// HTML and SVG are plain text.
pub(crate) fn sniff(start: &[u8], name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map(|it| it.1.to_lowercase()).unwrap_or_default();
    let is = |magic: &[u8]| start.starts_with(magic);
    if is(b"%PDF-") {
        "application/pdf"
    } else if is(b"\x89PNG\r\n\x1a\n") {
        "image/png"
    } else if is(b"\xff\xd8\xff") {
        "image/jpeg"
    } else if is(b"GIF87a") || is(b"GIF89a") {
        "image/gif"
    } else if is(b"RIFF") && start.get(8..12) == Some(b"WEBP") {
        "image/webp"
    } else if is(b"PK\x03\x04") {
        match extension.as_str() {
            "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            _ => "application/zip",
        }
    } else if is_text(start) {
        match extension.as_str() {
            "csv" => "text/csv",
            "md" => "text/markdown",
            "json" => "application/json",
            _ => "text/plain",
        }
    } else {
        "application/octet-stream"
    }
}

/// Text, perhaps cut in the middle of a character.
fn is_text(start: &[u8]) -> bool {
    let whole = match std::str::from_utf8(start) {
        Ok(_) => true,
        Err(err) => err.error_len().is_none() && start.len() >= 4,
    };
    whole && !start.iter().any(|it| *it < 9 || (14..32).contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_shows_in_its_bytes_and_not_in_its_name() {
        for (start, name, media) in [
            (&b"%PDF-1.7"[..], "a.txt", "application/pdf"),
            (b"<html><script>", "a.html", "text/plain"),
            (b"<svg xmlns=", "a.svg", "text/plain"),
            (b"\x89PNG\r\n\x1a\n", "a.html", "image/png"),
            (b"a;b;c", "a.csv", "text/csv"),
            (b"\0\x01\x02", "a.png", "application/octet-stream"),
            (b"", "empty", "text/plain"),
        ] {
            assert_eq!(sniff(start, name), media, "{name}");
        }
    }

    #[test]
    fn a_file_waits_an_hour_and_is_taken_once() {
        let shelf = Shelf::new(None).unwrap();
        let mut file = shelf.file().unwrap();
        file.write_all(b"hello").unwrap();
        let upload = Upload::new("f".to_owned(), "C:\\x\\a.txt", file).unwrap();
        assert_eq!((upload.name.as_str(), upload.size), ("a.txt", 5));
        let start = Timestamp::from_second(1_000_000).unwrap();
        let key = shelf.put(upload, start);
        let other = Upload::new("f".to_owned(), "", shelf.file().unwrap()).unwrap();
        assert_eq!(other.name, "file");
        assert_eq!(shelf.look(&key).unwrap(), Some(("a.txt".to_owned(), b"hello".to_vec())));
        let later = Timestamp::from_second(1_003_700).unwrap();
        shelf.put(other, later);
        assert!(shelf.take(&key).is_none());
    }

    #[test]
    fn a_folder_that_a_cleaner_took_away_is_made_again() {
        let shelf = Shelf::new(None).unwrap();
        let now = Timestamp::from_second(1_000_000).unwrap();
        let key = shelf.put(Upload::new("f".to_owned(), "a", shelf.file().unwrap()).unwrap(), now);
        std::fs::remove_dir_all(shelf.folder.lock().unwrap().path()).unwrap();
        assert_eq!(shelf.look(&key).unwrap(), None, "it is gone, and that is no fault");
        shelf.file().unwrap().write_all(b"hello").unwrap();
    }
}
