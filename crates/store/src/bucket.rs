//! A bucket of a service that speaks S3.
//!
//! The library is async, we are not: a thread of its own drives the connections, whoever asks
//! waits.

use std::fmt::{self, Debug, Display, Formatter};
use std::io::{self, Read};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{
    ClientOptions, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig, WriteMultipart,
};
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use crate::Error;

/// What is larger than this is sent in parts of this size, in bytes.
pub(crate) const PART: usize = 8 << 20;

/// So many parts are on their way at once.
const AT_ONCE: usize = 4;

/// A bucket, and how to get at it. Displayed and debugged without the secret key.
#[derive(Clone, PartialEq, Eq)]
pub struct S3 {
    /// The bucket's name.
    pub bucket: String,
    /// What all names in it begin with, without a slash at the end; may be empty.
    pub prefix: String,
    /// The region.
    pub region: String,
    /// The address of the service, when it is not Amazon's.
    pub endpoint: Option<String>,
    /// Whether the bucket stands in the path of an address and not in the name of the host.
    pub path_style: bool,
    /// The key's id and the secret key; without them those of the environment or of the machine
    /// are used, as Amazon's own programs do.
    pub key: Option<(String, String)>,
}

/// A bucket that is open. Cheap to copy.
#[derive(Clone)]
pub struct Bucket(Arc<Opened>);

/// A thing in a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Its name, without what all names begin with.
    pub name: String,
    /// Its length in bytes.
    pub size: u64,
    /// When it was put there, in milliseconds since 1970 by the clock of the service.
    pub at: i64,
}

struct Opened {
    at: S3,
    client: AmazonS3,
    handle: Handle,
    over: Option<oneshot::Sender<()>>,
    driver: Option<JoinHandle<()>>,
}

/// The bytes of a thing in a bucket, as they arrive.
pub struct Arriving {
    bucket: Bucket,
    stream: BoxStream<'static, object_store::Result<bytes::Bytes>>,
    chunk: bytes::Bytes,
}

impl Bucket {
    /// Opens a bucket; whether it is there shows when it is first used.
    ///
    /// # Errors
    /// [`Error::Bucket`] when what is said about it makes no sense.
    pub fn open(at: &S3) -> Result<Self, Error> {
        // The library below takes the one of the process. Another part may have set it already.
        rustls::crypto::ring::default_provider().install_default().ok();
        let client = client(at).map_err(|source| failed(at, "use", "", source))?;
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|source| {
            let source = object_store::Error::Generic { store: "S3", source: source.into() };
            failed(at, "use", "", source)
        })?;
        let handle = runtime.handle().clone();
        let (over, ends) = oneshot::channel::<()>();
        let driver = thread::spawn(move || {
            runtime.block_on(ends).ok();
        });
        let (over, driver) = (Some(over), Some(driver));
        Ok(Self(Arc::new(Opened { at: at.clone(), client, handle, over, driver })))
    }

    /// Which bucket it is.
    pub fn at(&self) -> &S3 {
        &self.0.at
    }

    /// Puts something there, in one piece: it is there whole, or not at all. Answers its size.
    ///
    /// # Errors
    /// [`Error::Bucket`] when the service fails, [`Error::FileUnreadable`] when `from` does.
    pub fn put(&self, name: &str, from: &mut dyn Read) -> Result<u64, Error> {
        let unreadable = |source| Error::FileUnreadable { source };
        let mut first = Vec::new();
        from.take(PART as u64).read_to_end(&mut first).map_err(unreadable)?;
        let path = self.path(name);
        if first.len() < PART {
            let size = first.len() as u64;
            self.wait(self.0.client.put(&path, PutPayload::from(first)))
                .map_err(|source| failed(&self.0.at, "write", name, source))?;
            return Ok(size);
        }
        let error = |source| failed(&self.0.at, "write", name, source);
        let upload = self.wait(self.0.client.put_multipart(&path)).map_err(error)?;
        let _entered = self.0.handle.enter();
        let mut writing = WriteMultipart::new_with_chunk_size(upload, PART);
        let (mut size, mut some) = (0, first);
        let read = loop {
            size += some.len() as u64;
            if let Err(source) = self.wait(writing.wait_for_capacity(AT_ONCE)) {
                break Err(error(source));
            }
            writing.write(&some);
            some.clear();
            match from.take(PART as u64).read_to_end(&mut some) {
                Ok(0) => break Ok(()),
                Ok(_) => {}
                Err(source) => break Err(unreadable(source)),
            }
        };
        match read {
            Ok(()) => self.wait(writing.finish()).map(|_| size).map_err(error),
            Err(error) => {
                // What was sent would be paid for ever.
                self.wait(writing.abort()).ok();
                Err(error)
            }
        }
    }

    /// Opens something that is there; `None` when it is not.
    ///
    /// # Errors
    /// [`Error::Bucket`] when the service fails.
    pub fn get(&self, name: &str) -> Result<Option<Arriving>, Error> {
        match self.wait(self.0.client.get(&self.path(name))) {
            Ok(found) => {
                let stream = found.into_stream();
                Ok(Some(Arriving { bucket: self.clone(), stream, chunk: bytes::Bytes::new() }))
            }
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(source) => Err(failed(&self.0.at, "read", name, source)),
        }
    }

    /// What stands under a name, without its bytes; `None` when there is nothing.
    ///
    /// # Errors
    /// [`Error::Bucket`] when the service fails.
    pub fn look(&self, name: &str) -> Result<Option<Object>, Error> {
        match self.wait(self.0.client.head(&self.path(name))) {
            Ok(found) => Ok(Some(self.object(&found))),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(source) => Err(failed(&self.0.at, "look at", name, source)),
        }
    }

    /// All that lies below a name that ends where a slash follows, by name.
    ///
    /// # Errors
    /// [`Error::Bucket`] when the service fails.
    pub fn list(&self, below: &str) -> Result<Vec<Object>, Error> {
        let path = self.path(below);
        let mut stream = self.0.client.list(Some(&path));
        let mut found = Vec::new();
        while let Some(object) = self.wait(stream.next()) {
            let object = object.map_err(|source| failed(&self.0.at, "list", below, source))?;
            found.push(self.object(&object));
        }
        found.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    /// Removes something; there may be nothing.
    ///
    /// # Errors
    /// [`Error::Bucket`] when the service fails.
    pub fn remove(&self, name: &str) -> Result<(), Error> {
        match self.wait(self.0.client.delete(&self.path(name))) {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(source) => Err(failed(&self.0.at, "remove", name, source)),
        }
    }

    fn path(&self, name: &str) -> Path {
        match self.0.at.prefix.as_str() {
            "" => Path::from(name),
            prefix => Path::from(format!("{prefix}/{name}")),
        }
    }

    fn object(&self, found: &object_store::ObjectMeta) -> Object {
        let name = found.location.as_ref();
        let name = name.strip_prefix(self.0.at.prefix.as_str()).unwrap_or(name);
        Object {
            name: name.trim_start_matches('/').to_owned(),
            size: found.size,
            at: found.last_modified.timestamp_millis(),
        }
    }

    fn wait<T>(&self, what: impl Future<Output = T>) -> T {
        self.0.handle.block_on(what)
    }
}

impl Read for Arriving {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() {
            match self.bucket.wait(self.stream.next()) {
                Some(Ok(chunk)) => self.chunk = chunk,
                Some(Err(source)) => return Err(io::Error::other(source)),
                None => return Ok(0),
            }
        }
        let count = buffer.len().min(self.chunk.len());
        buffer[..count].copy_from_slice(&self.chunk.split_to(count));
        Ok(count)
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        drop(self.over.take());
        if let Some(driver) = self.driver.take() {
            driver.join().ok();
        }
    }
}

impl Display for S3 {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        write!(to, "s3://{}", self.bucket)?;
        if !self.prefix.is_empty() {
            write!(to, "/{}", self.prefix)?;
        }
        match &self.endpoint {
            Some(endpoint) => write!(to, " at {endpoint}"),
            None => write!(to, " in {}", self.region),
        }
    }
}

impl Debug for S3 {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(self, to)
    }
}

fn client(at: &S3) -> object_store::Result<AmazonS3> {
    let builder = match &at.key {
        Some((id, secret)) => {
            AmazonS3Builder::new().with_access_key_id(id).with_secret_access_key(secret)
        }
        None => AmazonS3Builder::from_env(),
    };
    let is_plain = at.endpoint.as_ref().is_some_and(|it| it.starts_with("http://"));
    let options = ClientOptions::new()
        .with_allow_http(is_plain)
        .with_connect_timeout(Duration::from_secs(5))
        .with_read_timeout(Duration::from_secs(20))
        // A large file may take as long as it takes, as long as something arrives.
        .with_timeout_disabled();
    let retry = RetryConfig {
        max_retries: 3,
        retry_timeout: Duration::from_secs(20),
        ..RetryConfig::default()
    };
    let builder = builder
        .with_bucket_name(&at.bucket)
        .with_region(&at.region)
        .with_virtual_hosted_style_request(!at.path_style)
        .with_client_options(options)
        .with_retry(retry);
    match &at.endpoint {
        Some(endpoint) => builder.with_endpoint(endpoint).with_allow_http(is_plain).build(),
        None => builder.build(),
    }
}

fn failed(at: &S3, doing: &'static str, name: &str, source: object_store::Error) -> Error {
    let advice = match &source {
        object_store::Error::PermissionDenied { .. }
        | object_store::Error::Unauthenticated { .. } => "check the key and what it may do",
        object_store::Error::NotFound { .. } => "check the bucket's name",
        object_store::Error::NotImplemented { .. } => "this service cannot do that",
        _ => "check that the service runs, its address, the region and the key",
    };
    let name = if name.is_empty() { String::new() } else { format!(" `{name}`") };
    Error::Bucket { at: at.to_string(), doing, name, advice, source: source.into() }
}
