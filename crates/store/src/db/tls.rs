//! Which certificate of a PostgreSQL server is trusted.

use std::path::PathBuf;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::Error;

/// Which certificate of a server is trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// Any: the wire is encrypted, but who answers is not proven (`sslmode=prefer`, `require`).
    Any,
    /// One that an authority of this system's store has signed for the server's name.
    System,
    /// One that an authority in this PEM file has signed for the server's name.
    Root(PathBuf),
}

/// Makes what encrypts a connection.
pub(super) fn connector(trust: &Trust, at: &str) -> Result<MakeRustlsConnect, Error> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .expect("ring supports the default protocol versions");
    let config = match trust {
        Trust::Any => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(AnyCertificate(provider)))
            .with_no_client_auth(),
        Trust::System | Trust::Root(_) => {
            builder.with_root_certificates(roots(trust, at)?).with_no_client_auth()
        }
    };
    Ok(MakeRustlsConnect::new(config))
}

fn roots(trust: &Trust, at: &str) -> Result<RootCertStore, Error> {
    let mut store = RootCertStore::empty();
    if let Trust::Root(path) = trust {
        let unreadable = |source: crate::Cause| Error::Open {
            at: at.to_owned(),
            advice: "`sslrootcert` must name a readable file of certificates in PEM",
            source,
        };
        let found = CertificateDer::pem_file_iter(path).map_err(|e| unreadable(e.into()))?;
        for certificate in found {
            let certificate = certificate.map_err(|e| unreadable(e.into()))?;
            store.add(certificate).map_err(|e| unreadable(e.into()))?;
        }
        if store.is_empty() {
            return Err(unreadable("the file holds no certificate".into()));
        }
    } else {
        store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if store.is_empty() {
            return Err(Error::Open {
                at: at.to_owned(),
                advice: "install the package `ca-certificates`, or name a file of certificates \
                         with `sslrootcert`",
                source: "this system trusts no certificate authority".into(),
            });
        }
    }
    Ok(store)
}

/// Takes any certificate, but checks that the server holds its key.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(
            message,
            certificate,
            signature,
            &self.0.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(
            message,
            certificate,
            signature,
            &self.0.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
