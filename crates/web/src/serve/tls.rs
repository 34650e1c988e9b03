//! HTTPS: TLS 1.2 and 1.3, with certificates that are read again when their files change.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, SystemTime},
};

use app::Clock;
use jiff::Timestamp;
use rustls::{
    ServerConfig,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use tokio_rustls::TlsAcceptor;
use x509_cert::{Certificate, der::Decode};

/// How often it is looked whether the files changed.
const LOOK: Duration = Duration::from_secs(10);

/// A certificate and its key, from two files.
#[derive(Debug, Clone)]
pub struct Certificates {
    certificate: PathBuf,
    key: PathBuf,
    provider: Arc<CryptoProvider>,
    present: Arc<Present>,
}

/// The pair that is shown to whoever connects now.
#[derive(Debug)]
struct Present(RwLock<Arc<CertifiedKey>>);

/// Looks whether the files changed.
struct Watch {
    certificates: Certificates,
    seen: Stamps,
    /// Why the newest pair is not shown, if it is not: told once, and tried each time.
    fault: Option<String>,
}

/// When the files changed last, and how long they are.
type Stamps = [Option<(SystemTime, u64)>; 2];

impl Certificates {
    /// Reads both files.
    ///
    /// # Errors
    /// When one cannot be read, is no PEM, or they do not belong together; the message names it.
    pub fn open(certificate: &Path, key: &Path) -> io::Result<Self> {
        let provider = Arc::new(ring::default_provider());
        let pair = Arc::new(read(certificate, key, &provider)?);
        let present = Arc::new(Present(RwLock::new(pair)));
        Ok(Self { certificate: certificate.to_owned(), key: key.to_owned(), provider, present })
    }

    /// When the certificate that is shown ends; `None` when that cannot be read.
    pub fn ends(&self) -> Option<Timestamp> {
        ends(&self.shown())
    }

    /// Accepts connections with what is shown now, and later with what the files hold then.
    pub(super) fn acceptor(&self) -> TlsAcceptor {
        let config = ServerConfig::builder_with_provider(self.provider.clone())
            .with_safe_default_protocol_versions()
            .expect("ring speaks TLS 1.2 and 1.3");
        let mut config = config.with_no_client_auth().with_cert_resolver(self.present.clone());
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        TlsAcceptor::from(Arc::new(config))
    }

    /// Reads the files again when they change, and on SIGHUP. A pair that does not fit is told in
    /// the log, and the one before stays.
    pub(super) fn watch(&self) -> io::Result<()> {
        let mut watch = Watch::new(self);
        #[cfg(unix)]
        let mut asked = {
            use tokio::signal::unix::{SignalKind, signal};
            signal(SignalKind::hangup())?
        };
        tokio::spawn(async move {
            loop {
                #[cfg(unix)]
                let told = tokio::select! {
                    _ = asked.recv() => true,
                    () = tokio::time::sleep(LOOK) => false,
                };
                #[cfg(not(unix))]
                let told = {
                    tokio::time::sleep(LOOK).await;
                    false
                };
                watch.look(told);
            }
        });
        Ok(())
    }

    fn shown(&self) -> Arc<CertifiedKey> {
        self.present.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Shows what the files hold now, unless that would be worse than what is shown.
    fn read_again(&self, now: Timestamp) -> io::Result<()> {
        let pair = read(&self.certificate, &self.key, &self.provider)?;
        if let Some(end) = ends(&pair).filter(|it| *it < now) {
            let (path, day) = (self.certificate.display(), end.strftime("%Y-%m-%d"));
            return Err(io::Error::other(format!("the certificate in `{path}` ended on {day}")));
        }
        *self.present.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(pair);
        Ok(())
    }

    fn stamps(&self) -> Stamps {
        [&self.certificate, &self.key].map(|it| {
            let about = it.metadata().ok()?;
            Some((about.modified().ok()?, about.len()))
        })
    }
}

impl Watch {
    fn new(certificates: &Certificates) -> Self {
        let certificates = certificates.clone();
        if let Some(end) = certificates.ends().filter(|it| *it < Clock::system().now()) {
            tracing::error!("the certificate ended on {}: renew it", end.strftime("%Y-%m-%d"));
        }
        Self { seen: certificates.stamps(), certificates, fault: None }
    }

    /// Reads the files again when they changed, when that failed before, or when `told` to.
    fn look(&mut self, told: bool) {
        let stamps = self.certificates.stamps();
        if !told && stamps == self.seen && self.fault.is_none() {
            return;
        }
        self.seen = stamps;
        match self.certificates.read_again(Clock::system().now()) {
            Ok(()) => {
                self.fault = None;
                tracing::info!("the certificate was read again");
            }
            Err(err) => {
                let fault = Some(err.to_string());
                if told || fault != self.fault {
                    tracing::error!(%err, "the certificate could not be read again");
                }
                self.fault = fault;
            }
        }
    }
}

impl ResolvesServerCert for Present {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

fn read(certificate: &Path, key: &Path, provider: &CryptoProvider) -> io::Result<CertifiedKey> {
    let wrong = |path: &Path, why: String| {
        io::Error::other(format!("`{}` cannot be used for TLS: {why}", path.display()))
    };
    let chain: Vec<_> = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .map_err(|err| wrong(certificate, err.to_string()))?;
    if chain.is_empty() {
        return Err(wrong(certificate, "it holds no certificate as PEM".to_owned()));
    }
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|err| wrong(key, err.to_string()))?;
    let pair = CertifiedKey::from_der(chain, secret, provider);
    pair.map_err(|err| wrong(key, format!("{err}, with `{}`", certificate.display())))
}

/// When a certificate ends.
fn ends(pair: &CertifiedKey) -> Option<Timestamp> {
    let certificate = Certificate::from_der(pair.cert.first()?).ok()?;
    let end = certificate.tbs_certificate.validity.not_after.to_unix_duration();
    Timestamp::from_second(i64::try_from(end.as_secs()).ok()?).ok()
}

#[cfg(test)]
mod tests;
