//! `mail`: whether mail arrives.

use std::sync::Arc;

use anyhow::anyhow;
use app::{
    Clock,
    mail::{Mail as Letter, Mailer},
};

use crate::{Done, house, output::Out, place::Place, stop::refused};

/// Tries how mail is sent.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  muniment mail test ada@example.org")]
pub struct Mail {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Sends a test mail to an address, and says what the mail server says.
    #[command(after_help = "Example:\n  muniment mail test ada@example.org")]
    Test {
        /// The address.
        address: String,
    },
}

impl Mail {
    /// Sends the mail.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let What::Test { address } = self.what;
        let Some(mailer) = house::mailer(place)? else {
            return Err(refused(
                "mail is not set up: name `server` and `from` in section `[mail]` of the \
                 configuration"
                    .to_owned(),
            ));
        };
        send(&mailer, &address)?;
        out.line(format!("The mail server has taken a test mail to {address}."));
        out.note("look into the inbox, and into the folder of unwanted mail".to_owned());
        Ok(Done::Well)
    }
}

fn send(mailer: &Arc<Mailer>, address: &str) -> anyhow::Result<()> {
    let text = "This is a test from Muniment. If you can read it, mail is set up well.";
    let letter = Letter {
        to: address.to_owned(),
        name: String::new(),
        subject: "Mail from Muniment arrives".to_owned(),
        text: text.to_owned(),
        html: format!("<p>{text}</p>"),
        id: app::fresh_id().to_string(),
        thread: None,
        preferences: None,
    };
    mailer.send(&letter, Clock::system().now()).map_err(|fault| anyhow!(fault.message))
}
