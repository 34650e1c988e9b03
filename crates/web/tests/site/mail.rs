//! Mail, from a commit to the inbox, by a real mail server; and what its links do.

mod smtp;

use std::sync::Arc;

use app::{
    accounts::{Notice, Pace},
    mail::Mailer,
    outbox::{Carrier, MAIL, State},
};
use domain::{
    Step,
    command::{Edit, New},
};
use kinds::membership::Profile;
use meta::{Extras, Id, Provenance};
use serde_json::{Map, Value, json};
use web::{Letters, Post};

use self::smtp::{Server, settings};
use crate::fixture::{Fixture, Seen};

/// Sends by a server, as the jobs do.
fn letters(fixture: &Fixture, port_of: &app::mail::Smtp) -> Letters {
    Letters {
        origin: "http://127.0.0.1".to_owned(),
        clock: fixture.site.clock.clone(),
        mailer: Arc::new(Mailer::new(port_of).unwrap()),
    }
}

/// One round of the jobs; answers how many letters were sent.
fn round(fixture: &Fixture, letters: &Letters) -> u32 {
    let outbox = fixture.site.app.outbox();
    outbox.follow(true).unwrap();
    outbox.tell().unwrap();
    outbox.deliver(letters, || Ok(())).unwrap()
}

fn states(fixture: &Fixture) -> Vec<(State, u32)> {
    let outbox = fixture.site.app.outbox();
    let found = outbox.newest(fixture.organization.id(), MAIL, None, 50).unwrap();
    found.into_iter().map(|it| (it.state, it.tries)).collect()
}

fn new(kind: &str, fields: Value) -> (Id, Step) {
    let Value::Object(fields) = fields else { panic!("fields are an object") };
    let id = app::fresh_id();
    let (stage, extras) = (None, Extras::default());
    let provenance = Provenance::Person;
    (id, Step::New(New { id, kind: kind.to_owned(), fields, stage, provenance, extras }))
}

/// The founder says something about a risk, for the ISMS manager.
fn mention(fixture: &Fixture, text: &str) -> Id {
    let person = fixture.person(Profile::IsmsManager);
    let about = fixture.record("RISK-1").head.id;
    let (id, step) =
        new("comment", json!({"title": text, "text": text, "about": about, "mentions": [person]}));
    fixture.run(vec![step]);
    id
}

/// An asset of the ISMS manager's that is to be looked at again by a day.
fn asset(fixture: &Fixture, title: &str, day: &str) -> Id {
    let person = fixture.person(Profile::IsmsManager);
    let (id, step) = new(
        "asset",
        json!({"title": title, "asset_type": "software", "owner": person, "next_review": day}),
    );
    fixture.run(vec![step]);
    id
}

/// Chooses when the ISMS manager is told things.
fn choose(fixture: &Fixture, notice: Notice, pace: Pace) {
    let accounts = fixture.site.app.accounts();
    let account = manager(fixture);
    let mut paces = accounts.paces(account).unwrap();
    paces.iter_mut().filter(|it| it.0 == notice).for_each(|it| it.1 = pace);
    accounts.set_paces(account, &paces).unwrap();
}

/// The version that a page of a question shows.
fn seen(page: &Seen, link: &str) -> String {
    let found = page.form(link).into_iter().find(|it| it.0 == "version");
    found.expect("a question names the version").1
}

fn manager(fixture: &Fixture) -> Id {
    let accounts = fixture.site.app.accounts();
    let person = fixture.person(Profile::IsmsManager);
    accounts.who_is(fixture.organization.id(), person).unwrap().unwrap().id
}

#[test]
fn an_invitation_arrives_and_lets_its_person_in() {
    let Some(server) = Server::start(true) else { return };
    let mailer = Arc::new(Mailer::new(&server.settings()).unwrap());
    let post = Post { mailer: Some(mailer), ..Post::default() };
    let fixture = Fixture::posting(post);
    let letters = letters(&fixture, &server.settings());
    let mut founder = fixture.founder();
    let fields =
        [("who", "Ida Invited"), ("email", "ida@new.example"), ("f.profile", "isms_manager")];
    founder
        .post("/o/acme/settings/people/new", &fields)
        .is(200)
        .says("An invitation goes to ida@new.example")
        .keeps_quiet_about("/link/");
    assert_eq!(round(&fixture, &letters), 1);
    let mail = server.next();
    assert_eq!(mail.to, "ida@new.example");
    assert!(mail.encrypted && mail.user.as_deref() == Some("muniment"));
    assert_eq!(mail.header("Subject"), "Fay Founder invites you to acme GmbH");
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    let link = mail.link("/link/");
    let mut browser = fixture.nobody();
    browser.get(&link).is(200).says("Welcome to acme GmbH");
    let typed = [("name", "Ida Invited"), ("password", "violet otter reads maps")];
    browser.post(&link, &typed).is(200);
    assert!(browser.is_signed_in());
    founder.get("/o/acme/settings/notifications").is(200).says("1 sent").says("invitation");
    let forgot = |email: &str| fixture.nobody().post("/forgotten", &[("email", email)]);
    forgot("nobody@new.example").is(200).says("If an account has the address");
    forgot("Ida@new.example").is(200).says("If an account has the address");
    assert_eq!(round(&fixture, &letters), 1, "nobody gets nothing");
    let link = server.next().link("/link/");
    let mut browser = fixture.nobody();
    browser.get(&link).is(200).says("Choose a new password");
    browser.post(&link, &[("password", "brown bears knit socks")]).is(200);
    assert!(browser.is_signed_in());
    forgot("ida@new.example").is(200);
    forgot("ida@new.example").is(422).says("wait");
}

#[test]
fn a_mention_arrives_once_and_threads_by_its_record() {
    let Some(server) = Server::start(false) else { return };
    let fixture = Fixture::new();
    let letters = letters(&fixture, &server.settings());
    fixture.browser(Profile::IsmsManager);
    assert_eq!(round(&fixture, &letters), 0, "what was before is no news");
    choose(&fixture, Notice::Due, Pace::Never);
    mention(&fixture, "Is this so?");
    assert_eq!(round(&fixture, &letters), 1);
    let first = server.next();
    assert_eq!(first.header("Subject"), "RISK-1: Fay Founder mentions you");
    assert!(first.text().contains("“Is this so?”"), "{}", first.text());
    assert_eq!(
        first.link("http://127.0.0.1/o/acme/risk/1"),
        "http://127.0.0.1/o/acme/risk/1#comments"
    );
    assert!(first.header("List-Unsubscribe").contains("/account#notices"));
    assert_eq!(round(&fixture, &letters), 0);
    mention(&fixture, "And this?");
    round(&fixture, &letters);
    let second = server.next();
    assert_eq!(second.header("References"), first.header("References"));
    assert_ne!(second.header("Message-ID"), first.header("Message-ID"));
    server.has_no_more();
}

#[test]
fn what_is_gathered_comes_in_one_letter_at_the_chosen_hour() {
    let Some(server) = Server::start(false) else { return };
    let fixture = Fixture::new();
    let letters = letters(&fixture, &server.settings());
    fixture.browser(Profile::IsmsManager);
    round(&fixture, &letters);
    choose(&fixture, Notice::Mentioned, Pace::Daily);
    choose(&fixture, Notice::Given, Pace::Daily);
    choose(&fixture, Notice::Due, Pace::Daily);
    fixture.site.app.accounts().set_hour(manager(&fixture), 9).unwrap();
    mention(&fixture, "Is this so?");
    asset(&fixture, "Mail server", "2026-04-05");
    assert_eq!(round(&fixture, &letters), 0, "it is noon: tomorrow at nine");
    fixture.pass(20 * 3600);
    assert_eq!(round(&fixture, &letters), 0, "it is eight");
    fixture.pass(3600);
    assert_eq!(round(&fixture, &letters), 1);
    let mail = server.next();
    let text = mail.text();
    assert!(mail.header("Subject").contains("things for you at acme GmbH"), "{text}");
    for part in ["“Is this so?”", "Mail server", "Due on 5 April 2026", "My work"] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert_eq!(round(&fixture, &letters), 0);
    fixture.pass(24 * 3600);
    assert_eq!(round(&fixture, &letters), 0, "nothing new");
}

#[test]
fn what_waits_comes_when_its_person_wants_it_by_now() {
    let fixture = Fixture::new();
    let nowhere = letters(&fixture, &settings(1, false));
    let mut browser = fixture.browser(Profile::IsmsManager);
    round(&fixture, &nowhere);
    browser.post("/account/notices", &[("mentioned", "daily"), ("due", "never")]).is(200);
    mention(&fixture, "Is this so?");
    round(&fixture, &nowhere);
    assert_eq!(states(&fixture), [], "it is gathered");
    browser.post("/account/notices", &[("mentioned", "at-once")]).is(200);
    round(&fixture, &nowhere);
    assert_eq!(states(&fixture), [(State::Waiting, 1)]);
    browser.post("/account/notices", &[("mentioned", "weekly")]).is(200);
    mention(&fixture, "And this?");
    fixture.pass(6 * 3600);
    round(&fixture, &nowhere);
    assert_eq!(states(&fixture).len(), 1, "on Monday");
    browser.post("/account/notices", &[("mentioned", "never")]).is(200);
    fixture.pass(8 * 24 * 3600);
    round(&fixture, &nowhere);
    assert_eq!(states(&fixture).len(), 1, "not even then");
}

#[test]
fn a_letter_waits_until_the_server_is_back() {
    let Some(server) = Server::start(false) else { return };
    let fixture = Fixture::new();
    let (nowhere, somewhere) =
        (letters(&fixture, &settings(1, false)), letters(&fixture, &server.settings()));
    fixture.browser(Profile::IsmsManager);
    round(&fixture, &nowhere);
    choose(&fixture, Notice::Due, Pace::Never);
    mention(&fixture, "Is this so?");
    assert_eq!(round(&fixture, &nowhere), 0);
    assert_eq!(states(&fixture), [(State::Waiting, 1)]);
    assert_eq!(round(&fixture, &somewhere), 0, "not so soon");
    fixture.pass(61);
    assert_eq!(round(&fixture, &somewhere), 1);
    server.next();
    assert_eq!(states(&fixture), [(State::Sent, 2)]);
}

#[test]
fn a_letter_is_given_up_after_three_days_or_when_nobody_is_there() {
    let fixture = Fixture::new();
    let nowhere = letters(&fixture, &settings(1, false));
    fixture.browser(Profile::IsmsManager);
    round(&fixture, &nowhere);
    choose(&fixture, Notice::Due, Pace::Never);
    mention(&fixture, "Is this so?");
    for _ in 0..80 {
        round(&fixture, &nowhere);
        fixture.pass(3600);
    }
    assert_eq!(states(&fixture), [(State::Failed, 12)]);
    mention(&fixture, "And this?");
    fixture.site.app.outbox().follow(true).unwrap();
    fixture.site.app.outbox().tell().unwrap();
    fixture.site.app.accounts().disable(manager(&fixture)).unwrap();
    assert_eq!(fixture.site.app.outbox().deliver(&nowhere, || Ok(())).unwrap(), 0);
    assert_eq!(states(&fixture)[0], (State::Dropped, 1), "a disabled account is told nothing");
}

#[test]
fn a_letter_that_was_sent_and_not_noted_comes_again_under_the_same_name() {
    let Some(server) = Server::start(false) else { return };
    let fixture = Fixture::new();
    let letters = letters(&fixture, &server.settings());
    fixture.browser(Profile::IsmsManager);
    round(&fixture, &letters);
    choose(&fixture, Notice::Due, Pace::Never);
    mention(&fixture, "Is this so?");
    let outbox = fixture.site.app.outbox();
    outbox.follow(true).unwrap();
    outbox.tell().unwrap();
    // As a process does that is killed between sending and noting it.
    let rows = fixture.site.app.store().outbox();
    let now = fixture.site.clock.now().as_millisecond();
    let letter = rows.due(MAIL, now, 1, 1).unwrap().remove(0);
    assert!(rows.claim(&letter, now + 300_000).unwrap());
    letters.carry(&fixture.site.app, &letter).unwrap();
    let first = server.next();
    assert_eq!(round(&fixture, &letters), 0, "it may still be on its way");
    fixture.pass(301);
    assert_eq!(round(&fixture, &letters), 1);
    assert_eq!(server.next().header("Message-ID"), first.header("Message-ID"));
}

#[test]
fn nobody_is_told_of_what_they_may_not_see() {
    let Some(server) = Server::start(false) else { return };
    let fixture = Fixture::new();
    let letters = letters(&fixture, &server.settings());
    fixture.browser(Profile::Employee);
    round(&fixture, &letters);
    let person = fixture.person(Profile::Employee);
    let about = fixture.record("RISK-1").head.id;
    let said = json!({"title": "Secret", "text": "Secret", "about": about, "mentions": [person]});
    fixture.run(vec![new("comment", said).1]);
    assert_eq!(round(&fixture, &letters), 0);
    assert_eq!(states(&fixture), [(State::Dropped, 1)]);
    server.has_no_more();
}

#[test]
fn one_thing_is_answered_by_a_link_without_signing_in() {
    let Some(server) = Server::start(false) else { return };
    let fixture = Fixture::new();
    let letters = letters(&fixture, &server.settings());
    fixture.browser(Profile::IsmsManager);
    round(&fixture, &letters);
    choose(&fixture, Notice::Given, Pace::Never);
    choose(&fixture, Notice::Due, Pace::AtOnce);
    let id = asset(&fixture, "Mail server", "2026-04-05");
    fixture.pass(24 * 3600);
    round(&fixture, &letters);
    let mail = server.next();
    let link = mail.link("/answer/");
    let mut phone = fixture.nobody();
    let seq = fixture.isms().position();
    let page = phone.get(&link).is(200).says("Is this still true?").says("Mail server");
    assert_eq!(fixture.isms().position(), seq, "looking at it does nothing");
    let version = seen(&page, &link);
    phone.post(&link, &[("answer", "no"), ("version", &version)]).is(422).says("Say what is wrong");
    let edit = Edit {
        record: id,
        version: None,
        fields: Map::from_iter([("title".to_owned(), json!("Mail server 2"))]),
        extras: None,
        provenance: Provenance::Person,
    };
    fixture.run(vec![Step::Edit(edit)]);
    phone.post(&link, &[("answer", "yes"), ("version", &version)]).is(422).says("It changed");
    let page = phone.get(&link).is(200).says("It changed since the mail was sent");
    let version = seen(&page.says("Mail server 2"), &link);
    phone.post(&link, &[("answer", "yes"), ("version", &version)]).is(200).says("still true");
    let made = fixture.organization.commit(fixture.isms().position()).unwrap();
    assert_eq!(made.entry.via, "mail");
    assert_eq!(made.actor, Some(fixture.person(Profile::IsmsManager)));
    let seq = fixture.isms().position();
    phone.post(&link, &[("answer", "yes"), ("version", &version)]).is(200).says("Thank you");
    assert_eq!(fixture.isms().position(), seq, "a link is used once");
    phone.get("/o/acme/work").is(401);
    fixture.pass(14 * 24 * 3600);
    phone.get(&link).is(410);
}
