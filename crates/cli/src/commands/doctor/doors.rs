//! How people come in: the address they type, and the certificate they are shown.

use app::Clock;
use jiff::Timestamp;
use web::{Certificates, Door};

use super::finding::Finding;
use crate::{
    configuration::{Server, Tls},
    house,
    place::Place,
    stop,
};

/// A certificate that ends sooner than this should have been renewed, in days.
const SOON: i64 = 14;

/// What is configured to listen on.
pub fn look(place: &Place) -> Vec<Finding> {
    let read = place.configuration();
    let (server, tls): (Server, Tls) = match (read.read(), read.read()) {
        (Ok(server), Ok(tls)) => (server, tls),
        (Err(err), _) | (_, Err(err)) => {
            return vec![Finding::failed("address", err.to_string(), "correct what it names")];
        }
    };
    let mut findings = vec![address(&server, &tls)];
    match (&tls.certificate, &tls.key) {
        (Some(certificate), Some(key)) => {
            findings.push(match Certificates::open(certificate, key) {
                Ok(pair) => ends(pair.ends()),
                Err(err) => Finding::failed("certificate", err.to_string(), "renew both files"),
            });
        }
        (None, None) => {}
        _ => findings.push(Finding::failed(
            "certificate",
            "HTTPS needs both `tls.certificate` and `tls.key`",
            "name the other one",
        )),
    }
    findings
}

/// The way out: the mail server, which is asked whether it would take a mail.
pub fn mail(place: &Place) -> Finding {
    let about = "mail";
    match house::mailer(place) {
        Ok(None) => Finding::well(about, "not set up: links are shown to administrators instead"),
        Err(err) => Finding::failed(about, stop::sentence(&err), "correct [mail]"),
        Ok(Some(mailer)) => match mailer.try_server() {
            Ok(()) => Finding::well(about, format!("the server takes mail of {}", mailer.from())),
            Err(fault) => Finding::failed(about, fault.message, "correct [mail], or the server"),
        },
    }
}

fn address(server: &Server, tls: &Tls) -> Finding {
    let about = "address";
    let listen = &server.listen;
    let proxies = server.behind_proxy.are_there();
    let guarded = tls.certificate.is_some() || proxies;
    match &server.origin {
        None if listen.is_open() && !guarded => Finding::failed(
            about,
            format!("`{listen}` can be reached from other machines by plain HTTP"),
            "name a certificate in [tls], or the proxy in front by `server.behind_proxy`",
        ),
        None if proxies || *listen != Door::Address(([127, 0, 0, 1], 7171).into()) && guarded => {
            Finding::warning(
                about,
                format!("`{listen}`, and the address that people type is not named"),
                "name it by `server.origin`: links in mails and cookies are made for it",
            )
        }
        Some(origin) if origin.0.starts_with("http://") && (proxies || listen.is_open()) => {
            Finding::warning(
                about,
                format!(
                    "people type `{}`: passwords and cookies cross the network unguarded",
                    origin.0
                ),
                "let the proxy speak HTTPS, and name that address by `server.origin`",
            )
        }
        Some(origin) => Finding::well(about, format!("`{}`, heard at `{listen}`", origin.0)),
        None => Finding::well(about, format!("`{listen}`, for this machine")),
    }
}

/// Until when a certificate is good.
fn ends(until: Option<Timestamp>) -> Finding {
    let about = "certificate";
    let Some(until) = until else {
        return Finding::warning(about, "its dates cannot be read", "look at it by hand");
    };
    let left = (until.as_second() - Clock::system().now().as_second()) / 86_400;
    let day = until.strftime("%Y-%m-%d");
    match left {
        left if left < 0 => Finding::failed(about, format!("it ended on {day}"), "renew it"),
        left if left < SOON => Finding::warning(
            about,
            format!("it ends on {day}, in {left} days"),
            "see why it was not renewed; a new pair is picked up without a restart",
        ),
        left => Finding::well(about, format!("good until {day}, for {left} days")),
    }
}
