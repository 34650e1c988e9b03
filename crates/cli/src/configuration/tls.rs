//! `[tls]`: HTTPS without a proxy.

use std::path::PathBuf;

use super::section::section;

section! {
    /// HTTPS by this program itself. Both files are read again when they change, and on SIGHUP.
    pub struct Tls in "tls" {
        /// The certificate and those that vouch for it, as PEM.
        certificate: Option<PathBuf> = "" [example "/etc/muniment/tls/fullchain.pem"],
        /// Its private key, as PEM, to be read by nobody else.
        key: Option<PathBuf> = "" [example "/etc/muniment/tls/privkey.pem"],
    }
}
