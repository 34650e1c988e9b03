//! Serves a database to look at its pages while working on them, without the typesetter:
//! `cargo run -p web --example look -- sqlite:demo.db [PORT]`. Prints a link that signs in the
//! first person of each organization and a token for them, or begins one in a new database;
//! `PERSON-3` behind the port signs in that person. With the variable `LOOK_SMTP_PORT` mail goes to a
//! server on this port of this machine.

use std::{io, net::TcpListener, sync::Arc};

use app::{
    App, Clock, Keys, Stop,
    accounts::{Once, Purpose, Scope, Scopes, WantedToken},
    hooks::HookSettings,
    mail::{Encryption, Mailer, Smtp},
};
use jiff::SignedDuration;
use web::{PaperForm, Papers, Post, Settings, Site, SoaOf, serve};

struct NoPapers;

impl Papers for NoPapers {
    fn soa(&self, _: &str, _: SoaOf<'_>, _: PaperForm) -> io::Result<Vec<u8>> {
        Err(io::Error::other("this program prints no papers"))
    }
}

fn mailer() -> Result<Option<Arc<Mailer>>, Box<dyn std::error::Error>> {
    let Ok(port) = std::env::var("LOOK_SMTP_PORT") else { return Ok(None) };
    let settings = Smtp {
        server: "localhost".to_owned(),
        port: Some(port.parse()?),
        encryption: Encryption::None,
        user: None,
        password: None,
        from: "Muniment <isms@example.org>".to_owned(),
        reply_to: None,
        roots: None,
    };
    Ok(Some(Arc::new(Mailer::new(&settings)?)))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let database = args.next().unwrap_or_else(|| "sqlite:demo.db".to_owned());
    let port: u16 = args.next().map_or(Ok(0), |it| it.parse())?;
    let person = args.next();
    let keys = std::env::var("MUNIMENT_KEYS").unwrap_or_else(|_| "keys".to_owned());
    let keys = Keys::new(keys);
    let app = match App::open(&database, keys.clone(), Clock::system()) {
        Ok(app) => app,
        Err(_) => App::create(&database, keys, Clock::system())?,
    };
    if app.organizations()?.is_empty() {
        let hours = SignedDuration::from_hours(8);
        let link = app.accounts().issue(&Once::new(Purpose::FirstRun), hours)?;
        println!("first run: /link/{}", link.as_str());
    }
    for row in app.organizations()? {
        let organization = app.organization(Some(&row.slug))?;
        let isms = organization.current()?;
        let number = person.as_ref().and_then(|it| it.strip_prefix("PERSON-")?.parse().ok());
        let person = isms.numbered("person", number.unwrap_or(1)).ok_or("no such person")?;
        let email = format!("{}@{}.example", person.name().to_lowercase(), row.slug);
        let accounts = app.accounts();
        let account = match accounts.by_email(&email)? {
            Some(account) => account,
            None => accounts.create(&email, person.title())?,
        };
        accounts.belong(account.id, organization.id(), person.head.id)?;
        let once = Once::for_account(Purpose::SignIn, account.id);
        let link = accounts.issue(&once, SignedDuration::from_hours(8))?;
        println!("{}: /link/{}", row.slug, link.as_str());
        let scopes = Scopes::of(Scope::ALL);
        let wanted = WantedToken { name: "look", organization: None, scopes, days: 1 };
        println!("{}: {}", row.slug, accounts.make_token(account.id, &wanted)?.1);
    }
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    let origin = format!("http://{}", listener.local_addr()?);
    let settings = Settings {
        origin: origin.clone(),
        secure: false,
        largest_upload: 100_000_000,
        ..Settings::default()
    };
    let post = Post { mailer: mailer()?, hooks: HookSettings { allow_private: true } };
    let (jobs, worker) = (web::jobs(&origin, &Clock::system(), &post), app.clone());
    std::thread::spawn(move || worker.work(&jobs, &Stop::default()));
    let site = Site::new(app, Clock::system(), settings, Box::new(NoPapers))?;
    let site = Arc::new(site.with_post(post));
    let listening = serve(site, listener);
    println!("{origin}");
    listening.run()?;
    Ok(())
}
