//! Webhooks: commits as an address outside is told of them.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use app::{
    hooks::{HookCarrier, HookSettings, signature},
    outbox::{HOOK, State},
};
use domain::{Step, command::Edit};
use kinds::membership::Profile;
use meta::Provenance;
use serde_json::{Map, Value, json};
use web::Post;

use crate::fixture::Fixture;

const OWN: HookSettings = HookSettings { allow_private: true };

/// A program that is called: answers with these statuses, one after the other, then 200.
pub struct Called {
    /// Where it is called.
    pub url: String,
    calls: Receiver<(Vec<String>, String)>,
}

impl Called {
    /// Answers with these statuses.
    pub fn answering(statuses: &'static [&'static str]) -> Self {
        Self::answering_when(statuses, || ())
    }

    /// Answers when it may.
    fn answering_when(
        statuses: &'static [&'static str],
        mut may: impl FnMut() + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/told", listener.local_addr().unwrap());
        let (sender, calls) = channel();
        thread::spawn(move || {
            for (at, stream) in listener.incoming().enumerate() {
                let mut stream = BufReader::new(stream.unwrap());
                let mut head = Vec::new();
                for line in stream.by_ref().lines().map(Result::unwrap) {
                    if line.is_empty() {
                        break;
                    }
                    head.push(line);
                }
                let length = header(&head, "content-length").parse().unwrap();
                let mut body = vec![0; length];
                stream.read_exact(&mut body).unwrap();
                sender.send((head, String::from_utf8(body).unwrap())).ok();
                may();
                let status = statuses.get(at).unwrap_or(&"200 OK");
                let answer = format!(
                    "HTTP/1.1 {status}\r\nlocation: /elsewhere\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
                );
                stream.get_mut().write_all(answer.as_bytes()).unwrap();
            }
        });
        Self { url, calls }
    }

    /// The next call: its header lines and its body.
    pub fn next(&self) -> (Vec<String>, String) {
        self.calls.recv_timeout(Duration::from_secs(30)).expect("it is called")
    }
}

/// The text of a header.
pub fn header<'h>(head: &'h [String], name: &str) -> &'h str {
    let lines = head.iter().filter_map(|it| it.split_once(": "));
    lines.filter(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1).next().unwrap_or_default()
}

fn installation() -> Fixture {
    Fixture::posting(Post { hooks: OWN, ..Post::default() })
}

/// One round of the jobs.
fn round(fixture: &Fixture, carrier: &HookCarrier) -> u32 {
    let outbox = fixture.site.app.outbox();
    outbox.follow(false).unwrap();
    outbox.deliver(carrier, || Ok(())).unwrap()
}

fn rename(fixture: &Fixture, record: &str, title: &str) {
    let edit = Edit {
        record: fixture.record(record).head.id,
        version: None,
        fields: Map::from_iter([("title".to_owned(), json!(title))]),
        extras: None,
        provenance: Provenance::Person,
    };
    fixture.run(vec![Step::Edit(edit)]);
}

fn states(fixture: &Fixture) -> Vec<State> {
    let outbox = fixture.site.app.outbox();
    let found = outbox.newest(fixture.organization.id(), HOOK, None, 50).unwrap();
    found.into_iter().map(|it| it.state).collect()
}

#[test]
fn a_commit_is_reported_signed_and_without_what_it_says() {
    let called = Called::answering(&[]);
    let fixture = installation();
    let carrier = HookCarrier::new("https://isms.example", OWN);
    let mut founder = fixture.founder();
    round(&fixture, &carrier);
    let path = "/o/acme/settings/webhooks";
    let page = founder.post(path, &[("url", &called.url), ("kind", "risk")]).is(200);
    let key = page.body.split("id=\"key\"").nth(1).unwrap();
    let key = key.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    founder.get(path).is(200).says(&called.url).keeps_quiet_about(&key);
    rename(&fixture, "ASSET-1", "Not for this hook");
    rename(&fixture, "RISK-1", "Very secret");
    assert_eq!(round(&fixture, &carrier), 1);
    let (head, body) = called.next();
    assert!(head[0].starts_with("POST /told "), "{head:?}");
    let said = header(&head, "muniment-signature");
    let at = said.strip_prefix("t=").unwrap().split(',').next().unwrap().parse().unwrap();
    assert_eq!(said, signature(&key, at, &body));
    let report: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(report["position"], fixture.isms().position());
    assert_eq!(report["records"][0]["ref"], "RISK-1");
    assert_eq!(report["records"][0]["fields"], json!(["title"]));
    assert_eq!(report["records"][0]["url"], "https://isms.example/api/v1/o/acme/risk/1");
    assert!(!body.contains("secret"), "{body}");
    assert_eq!(states(&fixture), [State::Sent, State::Dropped]);
}

#[test]
fn a_hook_that_fails_is_called_again_and_nobody_is_followed_elsewhere() {
    let called = Called::answering(&["500 Oh", "302 Found"]);
    let fixture = installation();
    let carrier = HookCarrier::new("https://isms.example", OWN);
    let (app, id) = (&fixture.site.app, fixture.organization.id());
    round(&fixture, &carrier);
    let (hook, _) = app.add_hook(id, fixture.founder, &called.url, &[], &OWN).unwrap();
    rename(&fixture, "RISK-1", "One");
    assert_eq!(round(&fixture, &carrier), 0);
    let (first, _) = called.next();
    assert_eq!(round(&fixture, &carrier), 0, "not at once");
    fixture.pass(61);
    assert_eq!(round(&fixture, &carrier), 0);
    called.next();
    let fault = app.outbox().newest(id, HOOK, None, 1).unwrap().remove(0).fault.unwrap();
    assert!(fault.contains("points elsewhere"), "{fault}");
    fixture.pass(301);
    assert_eq!(round(&fixture, &carrier), 1);
    let (third, _) = called.next();
    assert!(third[0].starts_with("POST /told "), "it was not followed");
    let delivery = |head: &[String]| header(head, "muniment-delivery").to_owned();
    assert_eq!(delivery(&first), delivery(&third), "the same report has the same name");
    app.pause_hook(id, hook.id, true).unwrap();
    rename(&fixture, "RISK-1", "Two");
    app.try_hook(id, hook.id).unwrap();
    assert_eq!(round(&fixture, &carrier), 0);
    assert_eq!(states(&fixture), [State::Dropped, State::Sent]);
}

#[test]
fn who_answers_late_holds_up_nobody_else() {
    let (quick_was_called, called) = channel();
    let mut first = true;
    let slow = Called::answering_when(&[], move || {
        for _ in 0..if std::mem::take(&mut first) { 2 } else { 0 } {
            called.recv_timeout(Duration::from_secs(30)).unwrap();
        }
    });
    let quick = Called::answering_when(&[], move || quick_was_called.send(()).unwrap());
    let fixture = installation();
    let carrier = HookCarrier::new("https://isms.example", OWN);
    round(&fixture, &carrier);
    for it in [&slow, &quick] {
        let app = &fixture.site.app;
        app.add_hook(fixture.organization.id(), fixture.founder, &it.url, &[], &OWN).unwrap();
    }
    rename(&fixture, "RISK-1", "One");
    let sent = thread::scope(|scope| {
        let app = &fixture.site.app;
        app.outbox().follow(false).unwrap();
        let round = scope.spawn(|| app.outbox().deliver(&carrier, || Ok(())).unwrap());
        slow.next();
        quick.next();
        rename(&fixture, "RISK-1", "Two");
        app.outbox().follow(false).unwrap();
        round.join().unwrap()
    });
    assert_eq!(sent, 4, "the first is answered after the second was told of both");
}

#[test]
fn who_cannot_be_reached_holds_up_nobody_else() {
    let called = Called::answering(&[]);
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/", listener.local_addr().unwrap())
    };
    let fixture = installation();
    let carrier = HookCarrier::new("https://isms.example", OWN);
    let (app, id) = (&fixture.site.app, fixture.organization.id());
    round(&fixture, &carrier);
    let add = |url: &str| app.add_hook(id, fixture.founder, url, &[], &OWN).unwrap().0.id;
    let dead: Vec<_> = (0..6).map(|_| add(&closed)).collect();
    add(&called.url);
    for title in 0..25 {
        rename(&fixture, "RISK-1", &format!("The {title}th"));
    }
    assert_eq!(round(&fixture, &carrier), 25);
    assert_eq!(round(&fixture, &carrier), 0);
    let tried = |hook| {
        let letters = app.outbox().newest(id, HOOK, Some(hook), 50).unwrap();
        letters.iter().map(|it| it.tries).sum::<u32>()
    };
    assert_eq!(dead.iter().map(|it| tried(*it)).collect::<Vec<_>>(), [1; 6], "for a minute");
    fixture.pass(61);
    round(&fixture, &carrier);
    assert_eq!(tried(dead[0]), 2);
    // Three days later, what was tried is given up, and the rest tried once.
    fixture.pass(3 * 24 * 3600);
    for _ in 0..25 {
        round(&fixture, &carrier);
        fixture.pass(61);
    }
    let left = app.outbox().newest(id, HOOK, Some(dead[0]), 50).unwrap();
    assert!(left.iter().all(|it| it.state == State::Failed), "{left:?}");
}

#[test]
fn hooks_call_nothing_of_our_own_network_unless_it_is_allowed() {
    let called = Called::answering(&[]);
    let fixture = Fixture::new();
    let mut founder = fixture.founder();
    let path = "/o/acme/settings/webhooks";
    founder.post(path, &[("url", &called.url)]).is(422).says("use https").says("A new webhook");
    founder.post(path, &[("url", "https://127.0.0.1/")]).is(422).says("your own network");
    // One that was made while it was allowed.
    let (app, id) = (&fixture.site.app, fixture.organization.id());
    let carrier = HookCarrier::new("https://isms.example", HookSettings::default());
    round(&fixture, &carrier);
    app.add_hook(id, fixture.founder, &called.url, &[], &OWN).unwrap();
    rename(&fixture, "RISK-1", "One");
    assert_eq!(round(&fixture, &carrier), 0);
    assert!(called.calls.try_recv().is_err(), "nothing is called");
    fixture.browser(Profile::IsmsManager).get(path).is(403);
}
