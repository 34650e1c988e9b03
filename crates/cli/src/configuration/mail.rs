//! `[mail]`: how mail is sent.

use std::path::PathBuf;

use app::mail::{Encryption, Smtp};

use super::{Setting, section::section, setting::Secret};
use crate::stop::refused;

section! {
    /// How mail is sent: invitations, new passwords, and what waits for people. Without a server no
    /// mail is sent, and links are shown to administrators instead.
    pub struct Mail in "mail" {
        /// The mail server.
        server: Option<String> = "" [example "smtp.example.org"],
        /// Its port: 587 with starttls, 465 with tls, 25 with none, unless another is named.
        port: Option<u16> = "" [example "587"],
        /// How the connection is encrypted: starttls, tls, or none for a server on this machine.
        encryption: Encryption = "starttls",
        /// The user to sign in to the mail server as, if it wants one.
        user: Option<String> = "" [example "muniment"],
        /// The user's password.
        password: Option<Secret> = "" [example "a long password"],
        /// Where mail comes from.
        from: Option<String> = "" [example "Muniment <isms@example.org>"],
        /// Where answers go, when elsewhere.
        reply_to: Option<String> = "" [example "isms-team@example.org"],
        /// Certificates (PEM) to trust in place of those of the machine, for a mail server of your
        /// own.
        roots: Option<PathBuf> = "" [example "/etc/muniment/mail-roots.pem"],
    }
}

impl Mail {
    /// The settings of the mailer; `None` where no mail is sent.
    ///
    /// # Errors
    /// When a server is named and no address that mail comes from.
    pub fn smtp(self) -> anyhow::Result<Option<Smtp>> {
        let Some(server) = self.server else { return Ok(None) };
        let Some(from) = self.from else {
            return Err(refused(
                "`mail.server` is set and `mail.from` is not: say where mail comes from, like \
                 `Muniment <isms@example.org>`"
                    .to_owned(),
            ));
        };
        Ok(Some(Smtp {
            server,
            port: self.port,
            encryption: self.encryption,
            user: self.user,
            password: self.password.map(|it| it.reveal().to_owned()),
            from,
            reply_to: self.reply_to,
            roots: self.roots,
        }))
    }
}

impl Setting for Encryption {
    const EXPECTED: &'static str = "starttls, tls or none";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "starttls" => Some(Self::Starttls),
            "tls" => Some(Self::Tls),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}
