//! How mail is sent, as an administrator writes it.

use std::{fmt, net::IpAddr, path::PathBuf};

use crate::Error;

/// The mail server, and in whose name mail is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Smtp {
    /// The name of the mail server, for example `smtp.example.org`.
    pub server: String,
    /// Its port: 587 with `starttls`, 465 with `tls`, 25 with `none`, unless another is named.
    pub port: Option<u16>,
    /// How the connection is encrypted.
    pub encryption: Encryption,
    /// The user to sign in to the mail server as, if it wants one.
    pub user: Option<String>,
    /// The user's password.
    pub password: Option<String>,
    /// Where mail comes from, for example `Muniment <isms@example.org>`.
    pub from: String,
    /// Where answers go, when elsewhere.
    pub reply_to: Option<String>,
    /// A file of certificates (PEM) to trust in place of those of the machine, for a mail server of
    /// your own.
    pub roots: Option<PathBuf>,
}

/// How the connection to a mail server is encrypted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Encryption {
    /// From the first byte on.
    Tls,
    /// After asking for it, or not at all: nothing is sent unless it is encrypted.
    #[default]
    Starttls,
    /// Not at all: for a server on the same machine.
    None,
}

impl Smtp {
    /// The port.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.encryption {
            Encryption::Tls => 465,
            Encryption::Starttls => 587,
            Encryption::None => 25,
        })
    }

    /// Whether the settings make sense together.
    ///
    /// # Errors
    /// [`Error::Wrong`] when not, with what to do.
    pub fn check(&self) -> Result<(), Error> {
        let wrong = |what: String| Err(Error::Wrong(what));
        let server = self.server.trim();
        if server.is_empty() || server.contains(|it: char| it.is_whitespace() || it == '/') {
            return wrong(format!(
                "`{server}` is no mail server: write its name alone, like `smtp.example.org`"
            ));
        }
        let is_here =
            server == "localhost" || server.parse::<IpAddr>().is_ok_and(|it| it.is_loopback());
        if self.encryption == Encryption::None && !is_here {
            return wrong(format!(
                "mail to `{server}` would cross the network for all to read: set `encryption` of \
                 mail to `starttls` or `tls`"
            ));
        }
        match (&self.user, &self.password) {
            (Some(_), None) => wrong(
                "mail names a `user` and no password: add `password`, or take the user out"
                    .to_owned(),
            ),
            (None, Some(_)) => wrong(
                "mail has a password and no `user`: say whose it is, or take it out".to_owned(),
            ),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Smtp {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp")
            .field("server", &self.server)
            .field("port", &self.port())
            .field("encryption", &self.encryption)
            .field("user", &self.user)
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}
