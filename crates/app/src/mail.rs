//! E-mail by SMTP.

mod settings;

use std::{
    io::ErrorKind,
    time::{Duration, SystemTime},
};

use jiff::Timestamp;
use lettre::{
    Address, Message, SmtpTransport, Transport,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, CertificateStore, Tls, TlsParameters},
        extension::ClientId,
    },
};

pub use settings::{Encryption, Smtp};

use crate::{Error, outbox::Fault};

/// A server that does not answer for so long is out of reach.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends mail through one server.
pub struct Mailer {
    transport: SmtpTransport,
    from: Mailbox,
    reply_to: Option<Mailbox>,
    host: String,
}

/// A mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The address.
    pub to: String,
    /// What its owner is called.
    pub name: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as a page of HTML.
    pub html: String,
    /// Names this mail, and no other: the same when it is sent once more.
    pub id: String,
    /// Names what it is about: mails of the same belong together.
    pub thread: Option<String>,
    /// The page on which one says not to want such mail.
    pub preferences: Option<String>,
}

impl Mailer {
    /// A mailer by these settings. Nothing is sent, and no server is asked.
    ///
    /// # Errors
    /// [`Error::Wrong`] when the settings contradict themselves or a file cannot be read.
    pub fn new(settings: &Smtp) -> Result<Self, Error> {
        settings.check()?;
        let server = settings.server.trim();
        let tls = match settings.encryption {
            Encryption::None => Tls::None,
            Encryption::Starttls => Tls::Required(parameters(settings)?),
            Encryption::Tls => Tls::Wrapper(parameters(settings)?),
        };
        let from = mailbox(&settings.from, "from")?;
        let mut transport = SmtpTransport::builder_dangerous(server)
            .port(settings.port())
            .tls(tls)
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(from.email.domain().to_owned()));
        if let (Some(user), Some(password)) = (&settings.user, &settings.password) {
            transport = transport.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self {
            transport: transport.build(),
            host: from.email.domain().to_owned(),
            reply_to: settings.reply_to.as_deref().map(|it| mailbox(it, "reply_to")).transpose()?,
            from,
        })
    }

    /// The address that mails come from.
    pub fn from(&self) -> String {
        self.from.to_string()
    }

    /// Whether the server can be reached, and takes the user and the password.
    ///
    /// # Errors
    /// In one sentence, when not.
    pub fn try_server(&self) -> Result<(), Fault> {
        match self.transport.test_connection() {
            Ok(true) => Ok(()),
            Ok(false) => Err(blocked("the mail server closed the connection at once".to_owned())),
            Err(err) => Err(fault(&err)),
        }
    }

    /// Sends a mail, and waits until the server has taken it.
    ///
    /// # Errors
    /// When the server did not take it.
    pub fn send(&self, mail: &Mail, now: Timestamp) -> Result<(), Fault> {
        let message = self.message(mail, now)?;
        self.transport.send(&message).map(drop).map_err(|err| fault(&err))
    }

    fn message(&self, mail: &Mail, now: Timestamp) -> Result<Message, Fault> {
        let for_good = |message: String| Fault { message, for_good: true, blocks: false };
        let address: Address = mail
            .to
            .parse()
            .map_err(|_| for_good(format!("`{}` is no address that mail can go to", mail.to)))?;
        let name = Some(one_line(&mail.name)).filter(|it| !it.is_empty());
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(name, address))
            .subject(one_line(&mail.subject))
            .date(SystemTime::from(now))
            .message_id(Some(format!("<{}@{}>", mail.id, self.host)));
        if let Some(reply_to) = &self.reply_to {
            message = message.reply_to(reply_to.clone());
        }
        if let Some(thread) = &mail.thread {
            let parent = format!("<{thread}@{}>", self.host);
            message = message.in_reply_to(parent.clone()).references(parent);
        }
        // RFC 3834: no automatic answer to this, please.
        message = message.raw_header(header("Auto-Submitted", "auto-generated"));
        if let Some(page) = &mail.preferences {
            message = message.raw_header(header("List-Unsubscribe", &format!("<{page}>")));
        }
        let parts = MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone());
        message.multipart(parts).map_err(|err| for_good(format!("the mail has no form: {err}")))
    }
}

fn parameters(settings: &Smtp) -> Result<TlsParameters, Error> {
    let mut builder = TlsParameters::builder(settings.server.trim().to_owned());
    if let Some(path) = &settings.roots {
        let unread = |what: &dyn std::fmt::Display| {
            Error::Wrong(format!("the certificates `{}` cannot be read: {what}", path.display()))
        };
        let pem = std::fs::read(path).map_err(|err| unread(&err))?;
        let certificate = Certificate::from_pem(&pem).map_err(|err| unread(&err))?;
        builder =
            builder.certificate_store(CertificateStore::None).add_root_certificate(certificate);
    }
    builder
        .build()
        .map_err(|err| Error::Wrong(format!("mail cannot be encrypted on this machine: {err}")))
}

fn mailbox(text: &str, key: &str) -> Result<Mailbox, Error> {
    text.parse().map_err(|_| {
        Error::Wrong(format!(
            "`{text}` is no address for `{key}` of mail: write it like `Muniment \
             <isms@example.org>`"
        ))
    })
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// What went wrong, by what the server said.
fn fault(err: &lettre::transport::smtp::Error) -> Fault {
    let mut message = format!("the mail server: {err}");
    let mut source = std::error::Error::source(err);
    while let Some(it) = source {
        let io = it.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        if matches!(io, Some(ErrorKind::WouldBlock | ErrorKind::TimedOut)) {
            let seconds = PATIENCE.as_secs();
            return blocked(format!("the mail server did not answer within {seconds} seconds"));
        }
        let text = it.to_string();
        if !message.contains(&text) {
            message.push_str(": ");
            message.push_str(&text);
        }
        source = it.source();
    }
    let message = one_line(&message);
    if err.is_permanent() {
        // Wrong user or password, or a sender that is not taken: no fault of this letter.
        let code = err.status().map(|it| it.to_string()).unwrap_or_default();
        let of_all = matches!(code.as_str(), "530" | "534" | "535" | "538");
        return match of_all {
            true => blocked(message),
            false => Fault { message, for_good: true, blocks: false },
        };
    }
    match err.is_transient() {
        true => Fault { message, for_good: false, blocks: false },
        false => blocked(message),
    }
}

fn blocked(message: String) -> Fault {
    Fault { message, for_good: false, blocks: true }
}

/// A text without line breaks and control characters: it goes into a header.
fn one_line(text: &str) -> String {
    let plain = text.chars().map(|it| if it.is_control() { ' ' } else { it });
    plain.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
