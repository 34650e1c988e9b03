//! An installation on a disk of its own with a clock that stands still: two organizations, `acme`
//! with a record of every kind and a person for each access profile, and `elsewhere`, which knows
//! nothing of it.

mod browser;
mod page;
mod records;

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use app::{
    App, Beginning, Clock, Keys, Organization, Receipt, Request,
    accounts::{Once, Purpose, SecondFactor, SignIn},
};
use domain::{Actor, Command, Isms, Step};
use jiff::{SignedDuration, Timestamp};
use kinds::membership::Profile;
use meta::{Choice, Id, Record};
use web::{PaperForm, Papers, Post, Settings, Site, SoaOf};

pub use self::{browser::Browser, page::Seen, records::make};

/// The moment that tests begin at: noon in Berlin, on 31 March 2026.
const BEGIN: &str = "2026-03-31T10:00:00Z";

/// The access profiles; each has one person of its own in `acme`.
pub const PROFILES: [Profile; 9] = domain::access::Profiles::ALL;

/// An installation; its files are gone after the test.
pub struct Fixture {
    /// The site under test.
    pub site: Arc<Site>,
    /// The organization `acme`.
    pub organization: Arc<Organization>,
    /// Who began `acme`: administrator and ISMS manager in one.
    pub founder: Id,
    elsewhere: (Arc<Organization>, Id),
    people: Vec<(Profile, Id)>,
    now: Arc<AtomicI64>,
    _folder: tempfile::TempDir,
}

impl Fixture {
    /// A new installation, reached without encryption on the same machine.
    pub fn new() -> Self {
        Self::reached(false)
    }

    /// A new installation that reaches people outside of its pages so.
    pub fn posting(post: Post) -> Self {
        Self::with(false, SignIn::default(), post)
    }

    /// A new installation; `secure` when people reach it by HTTPS.
    pub fn reached(secure: bool) -> Self {
        Self::with(secure, SignIn::default(), Post::default())
    }

    /// A new installation that asks for a second factor so.
    pub fn asking(second_factor: SecondFactor) -> Self {
        Self::with(false, SignIn { second_factor, ..SignIn::default() }, Post::default())
    }

    fn with(secure: bool, sign_in: SignIn, post: Post) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let begin: Timestamp = BEGIN.parse().unwrap();
        let now = Arc::new(AtomicI64::new(begin.as_millisecond()));
        let clock = {
            let now = now.clone();
            Clock::new(move || Timestamp::from_millisecond(now.load(Ordering::Relaxed)).unwrap())
        };
        let url = format!("sqlite:{}", folder.path().join("isms.db").display());
        let keys = Keys::new(folder.path().join("keys"));
        let app = App::create(&url, keys, clock.clone()).unwrap();
        let (organization, founder) = begin_one(&app, "acme");
        let elsewhere = begin_one(&app, "elsewhere");
        let settings = Settings {
            origin: "http://127.0.0.1".to_owned(),
            secure,
            largest_upload: 8_000_000,
            sign_in,
            ..Settings::default()
        };
        let site = Site::new(app, clock, settings, Box::new(NoPapers)).unwrap();
        let site = Arc::new(site.with_post(post));
        let people = PROFILES.iter().map(|it| (*it, app::fresh_id())).collect();
        let fixture = Self { site, organization, founder, elsewhere, people, now, _folder: folder };
        fixture.run(records::people(&fixture.people, fixture.founder));
        fixture.run(records::one_of_each(&fixture.isms(), fixture.founder));
        fixture
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        self.now.fetch_add(seconds * 1_000, Ordering::Relaxed);
    }

    /// The records of `acme` as they are now.
    pub fn isms(&self) -> Isms {
        self.organization.current().unwrap()
    }

    /// The record with this name, such as `RISK-1`.
    pub fn record(&self, name: &str) -> Arc<Record> {
        let (prefix, number) = name.rsplit_once('-').unwrap();
        let def = kinds::KINDS.iter().find(|it| it.prefix == prefix).unwrap();
        let isms = self.isms();
        let id = isms.numbered(def.id, number.parse().unwrap()).unwrap().head.id;
        isms.shared(id).unwrap()
    }

    /// The person with this access profile and no other.
    pub fn person(&self, profile: Profile) -> Id {
        self.people.iter().find(|it| it.0 == profile).unwrap().1
    }

    /// Does steps in the name of the founder, as the command line would.
    pub fn run(&self, steps: Vec<Step>) -> Receipt {
        self.run_as(self.founder, steps)
    }

    /// Does steps in the name of a person, as the command line would.
    pub fn run_as(&self, person: Id, steps: Vec<Step>) -> Receipt {
        let command = Command { note: None, steps };
        let actor = Actor::Person(person);
        let request = Request { actor, via: "cli", command, files: Vec::new(), bound: false };
        self.organization.execute(request).unwrap()
    }

    /// A browser in which the founder is signed in.
    pub fn founder(&self) -> Browser {
        self.signed_in("founder", &self.organization, self.founder)
    }

    /// A browser in which the person with this access profile is signed in.
    pub fn browser(&self, profile: Profile) -> Browser {
        self.signed_in(profile.def().id, &self.organization, self.person(profile))
    }

    /// A browser in which somebody of `elsewhere` is signed in, who is nobody in `acme`.
    pub fn outsider(&self) -> Browser {
        self.signed_in("outsider", &self.elsewhere.0, self.elsewhere.1)
    }

    /// Somebody of `elsewhere`.
    pub fn foreign_person(&self) -> Id {
        self.elsewhere.1
    }

    /// A browser in which nobody is signed in.
    pub fn nobody(&self) -> Browser {
        Browser::new(web::router(self.site.clone()))
    }

    /// Signs in by a one-time link, as people do.
    fn signed_in(&self, name: &str, organization: &Organization, person: Id) -> Browser {
        let accounts = self.site.app.accounts();
        let email = format!("{name}@{}.example", organization.slug());
        let account = match accounts.by_email(&email).unwrap() {
            Some(account) => account,
            None => accounts.create(&email, name).unwrap(),
        };
        accounts.belong(account.id, organization.id(), person).unwrap();
        let once = Once::for_account(Purpose::SignIn, account.id);
        let link = accounts.issue(&once, SignedDuration::from_hours(1)).unwrap();
        let mut browser = self.nobody();
        browser.post(&format!("/link/{}", link.as_str()), &[]);
        browser.get("/organizations");
        assert!(browser.is_signed_in(), "{name} is not signed in");
        browser
    }
}

fn begin_one(app: &App, slug: &str) -> (Arc<Organization>, Id) {
    let beginning = Beginning {
        slug: slug.to_owned(),
        name: format!("{slug} GmbH"),
        time_zone: "Europe/Berlin".to_owned(),
        origin: None,
        person: "Fay Founder".to_owned(),
        email: None,
    };
    app.begin(&beginning).unwrap()
}

/// Prints nothing.
pub struct NoPapers;

impl Papers for NoPapers {
    fn soa(&self, _: &str, _: SoaOf<'_>, _: PaperForm) -> io::Result<Vec<u8>> {
        Ok(b"%PDF-1.7 a paper".to_vec())
    }
}
