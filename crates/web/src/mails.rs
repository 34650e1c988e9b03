//! What letters say: written when they are sent, for who receives them, by what they may see then.

mod dress;
mod line;
mod notices;

use std::sync::Arc;

use app::{
    App, Clock, Error, Job,
    accounts::{Once, Purpose},
    hooks::{HookCarrier, HookSettings},
    mail::{Mail, Mailer},
    outbox::{Carrier, Content, Fault, Letter, MAIL, Outcome},
};
use jiff::SignedDuration;
use meta::Id;

use self::dress::{Dress, Part};
pub(crate) use self::line::seen_version;
use crate::words;

/// How long an invitation works.
pub(crate) const INVITATION: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long a link to a new password works.
pub(crate) const RESET: SignedDuration = SignedDuration::from_hours(24);

/// How often it is looked whether there is something to send.
const EVERY: SignedDuration = SignedDuration::from_secs(10);

/// How the installation reaches people outside of its pages.
#[derive(Clone, Default)]
pub struct Post {
    /// Sends mail, where that is set up.
    pub mailer: Option<Arc<Mailer>>,
    /// What hooks may reach.
    pub hooks: HookSettings,
}

/// The jobs that send what is to be sent from the installation at this address:
/// `https://isms.example.org`.
pub fn jobs(origin: &str, clock: &Clock, post: &Post) -> Vec<Job> {
    let is_on = post.mailer.is_some();
    let letters = post.mailer.clone().map(|mailer| Letters {
        origin: origin.to_owned(),
        clock: clock.clone(),
        mailer,
    });
    let hooks = HookCarrier::new(origin, post.hooks);
    vec![
        Job::new("outbox", EVERY, move |app, turn| {
            app.outbox().follow(is_on)?;
            if let Some(letters) = &letters {
                turn.hold()?;
                app.outbox().tell()?;
                app.outbox().deliver(letters, || turn.hold())?;
            }
            Ok(())
        }),
        Job::new("hooks", EVERY, move |app, turn| {
            app.outbox().deliver(&hooks, || turn.hold()).map(drop)
        }),
    ]
}

/// Writes letters and has them sent.
pub struct Letters {
    /// The address that people type.
    pub origin: String,
    /// Tells the time.
    pub clock: Clock,
    /// Sends them.
    pub mailer: Arc<Mailer>,
}

/// A letter that was written, or why there is nothing to write.
type Written = Result<Mail, String>;

impl Carrier for Letters {
    fn channel(&self) -> &'static str {
        MAIL
    }

    fn carry(&self, app: &App, letter: &Letter) -> Result<Outcome, Fault> {
        let written = self.write(app, letter).map_err(|err| Fault {
            message: err.to_string(),
            for_good: err.is_refusal(),
            blocks: false,
        })?;
        match written {
            Err(why) => Ok(Outcome::Nothing(why)),
            Ok(mail) => self.mailer.send(&mail, self.clock.now()).map(|()| Outcome::Sent),
        }
    }
}

impl Letters {
    /// What a letter says. Links that are made for it work from now on.
    ///
    /// # Errors
    /// When the database fails.
    pub fn write(&self, app: &App, letter: &Letter) -> Result<Written, Error> {
        match Content::of(letter) {
            Some(Content::Notices { items, more, gathered }) => {
                notices::write(self, app, letter, &items, more, gathered)
            }
            Some(Content::Invitation { email, by }) => self.invitation(app, letter, &email, by),
            Some(Content::Reset { account }) => self.reset(app, letter, account),
            Some(Content::Test { email }) => Ok(Ok(self.test(letter, email))),
            _ => Ok(Err("this version does not know what it says".to_owned())),
        }
    }

    fn invitation(
        &self,
        app: &App,
        letter: &Letter,
        email: &str,
        by: Id,
    ) -> Result<Written, Error> {
        let (Some(place), Some(person)) = (place(app, letter)?, letter.recipient) else {
            return Ok(Err("the organization is gone".to_owned()));
        };
        let accounts = app.accounts();
        let is_open =
            accounts.invitations(place.id())?.iter().any(|it| it.once.person == Some(person));
        if !is_open || accounts.who_is(place.id(), person)?.is_some() {
            return Ok(Err("the invitation was used or taken back".to_owned()));
        }
        let isms = place.current()?;
        let called = |id: Id| isms.get(id).map(|it| it.title().to_owned()).unwrap_or_default();
        let (name, by) = (called(person), called(by));
        let once = Once::invitation(place.id(), person, Some(email.to_owned()));
        let token = accounts.issue(&once, INVITATION)?;
        let organization = words::organization(&isms, place.slug()).to_owned();
        let dress = Dress {
            heading: format!("Welcome to {organization}"),
            parts: vec![
                Part::Text(format!(
                    "{by} invites you to the information security management system of \
                     {organization}, as {name}."
                )),
                Part::Button {
                    label: "Make your account".to_owned(),
                    link: format!("{}/link/{}", self.origin, token.as_str()),
                },
                Part::Soft(
                    "The link works once, for 7 days, and for you alone: please do not pass it \
                     on. If you did not expect this, do nothing."
                        .to_owned(),
                ),
            ],
            foot: None,
        };
        let subject = format!("{by} invites you to {organization}");
        Ok(Ok(self.mail(letter, email.to_owned(), name, subject, &dress, None)))
    }

    fn reset(&self, app: &App, letter: &Letter, account: Id) -> Result<Written, Error> {
        let accounts = app.accounts();
        let found = accounts.by_id(account)?.filter(|it| it.disabled.is_none());
        let Some(account) = found else {
            return Ok(Err("the account is disabled or gone".to_owned()));
        };
        let token = accounts.issue(&Once::for_account(Purpose::Reset, account.id), RESET)?;
        let dress = Dress {
            heading: "Choose a new password".to_owned(),
            parts: vec![
                Part::Text(format!("Somebody asked for a new password for {}.", account.email)),
                Part::Button {
                    label: "Choose a new password".to_owned(),
                    link: format!("{}/link/{}", self.origin, token.as_str()),
                },
                Part::Soft(
                    "The link works once, for 24 hours. If you did not ask for it, do nothing: \
                     your password stays as it is."
                        .to_owned(),
                ),
            ],
            foot: None,
        };
        let subject = "Choose a new password".to_owned();
        Ok(Ok(self.mail(letter, account.email, account.name, subject, &dress, None)))
    }

    fn test(&self, letter: &Letter, email: String) -> Mail {
        let dress = Dress {
            heading: "Mail arrives".to_owned(),
            parts: vec![
                Part::Text(format!(
                    "This is a test from Muniment at {}. If you can read it, mail is set up well.",
                    self.origin
                )),
                Part::Button { label: "Open Muniment".to_owned(), link: self.origin.clone() },
            ],
            foot: None,
        };
        let subject = "Mail from Muniment arrives".to_owned();
        self.mail(letter, email, String::new(), subject, &dress, None)
    }

    fn mail(
        &self,
        letter: &Letter,
        to: String,
        name: String,
        subject: String,
        dress: &Dress,
        thread: Option<Id>,
    ) -> Mail {
        Mail {
            to,
            name,
            subject,
            text: dress.text(),
            html: dress.html().into_string(),
            id: letter.id.to_string(),
            thread: thread.map(|it| format!("record-{it}")),
            preferences: dress.foot.as_ref().map(|_| self.preferences()),
        }
    }

    /// The page on which people choose what they are told.
    fn preferences(&self) -> String {
        format!("{}/account#notices", self.origin)
    }
}

/// The organization that a letter speaks of.
fn place(app: &App, letter: &Letter) -> Result<Option<Arc<app::Organization>>, Error> {
    let rows = app.organizations()?;
    let row = rows.into_iter().find(|it| Some(it.organization) == letter.organization);
    row.map(|it| app.organization(Some(&it.slug))).transpose()
}
