//! Signing in through a provider that tells the truth, and through one that does not.

use app::provider::{Claims, Grant, Provider, ProviderRefused, ProviderSettings};
use app::{App, Error};
use domain::access::Access;
use kinds::membership::{Membership, Profile};
use meta::Id;
use serde_json::{Value, json};
use url::Url;

use crate::idp::Idp;
use crate::place::{Place, acme, ada};

const BACK: &str = "https://isms.example.org/sign-in/back/test";

on_both!(
    groups_give_and_take_and_leave_what_others_gave,
    nobody_unknown_is_let_in_unless_they_may_be,
);

fn settings(idp: &Idp) -> ProviderSettings {
    ProviderSettings {
        id: "test".to_owned(),
        name: "Test".to_owned(),
        issuer: idp.issuer(),
        client_id: "muniment".to_owned(),
        client_secret: Some("a secret & more".to_owned()),
        scopes: vec!["email".to_owned()],
        groups_claim: "groups".to_owned(),
        ..ProviderSettings::default()
    }
}

/// Where a browser was sent, as the provider reads it.
fn asked(to: &str, name: &str) -> String {
    let url = Url::parse(to).unwrap();
    url.query_pairs().find(|it| it.0 == name).map(|it| it.1.into_owned()).unwrap_or_default()
}

/// A whole sign-in.
fn sign_in(app: &App, idp: &Idp, provider: &Provider) -> Result<Claims, ProviderRefused> {
    let way = provider.begin(app, BACK, &json!({"next": "/x"}), false).map_err(refused)?;
    idp.asked(&asked(&way.to, "nonce"), &asked(&way.to, "code_challenge"));
    let state = asked(&way.to, "state");
    let answer = [("state", state), ("code", "a-code".to_owned()), ("iss", idp.issuer())];
    let returned = finish(app, provider, &way.ticket, &answer)?;
    assert_eq!(returned.1, json!({"next": "/x"}));
    Ok(returned.0)
}

fn finish(
    app: &App,
    provider: &Provider,
    ticket: &str,
    answer: &[(&str, String)],
) -> Result<(Claims, Value), ProviderRefused> {
    let query = |name: &str| answer.iter().find(|it| it.0 == name).map(|it| it.1.clone());
    let returned = provider.finish(app, BACK, ticket, &query).map_err(refused)?;
    Ok((returned.claims, returned.carried))
}

#[track_caller]
pub fn refused(err: Error) -> ProviderRefused {
    match err {
        Error::Provider(refused) => refused,
        err => panic!("another error: {err}"),
    }
}

fn untrue() -> ProviderRefused {
    ProviderRefused::Untrue { name: "Test".to_owned() }
}

#[test]
fn what_a_provider_says_is_believed_when_all_of_it_is_true() {
    let place = Place::new(None);
    let (app, idp) = (place.app(), Idp::start(place.clock()));
    let provider = Provider::new(settings(&idp), place.clock());
    let way = provider.begin(&app, BACK, &json!(null), true).unwrap();
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "muniment"),
        ("redirect_uri", BACK),
        ("scope", "openid email"),
        ("code_challenge_method", "S256"),
        ("prompt", "login"),
    ] {
        assert_eq!(asked(&way.to, name), value);
    }
    let claims = sign_in(&app, &idp, &provider).unwrap();
    assert_eq!(
        (claims.subject.as_str(), claims.email.as_deref()),
        ("u-1", Some("ada@example.org"))
    );
    assert!(claims.is_email_verified);
    assert_eq!(claims.groups, ["staff", "isms-admins"]);
    assert_eq!(idp.count("/keys"), 1, "keys are kept");
    sign_in(&app, &idp, &provider).unwrap();
    assert_eq!((idp.count("/keys"), idp.count("/.well-known/openid-configuration")), (1, 1));
    // The provider begins to sign with another key.
    idp.turn_key();
    assert_eq!(sign_in(&app, &idp, &provider).unwrap_err(), untrue(), "asked again too often");
    place.pass(31);
    sign_in(&app, &idp, &provider).unwrap();
    assert_eq!(idp.count("/keys"), 2);
    // What the token leaves out is asked for.
    idp.lie(|it| {
        it.claims.remove("email");
        it.claims.remove("groups");
    });
    assert_eq!(sign_in(&app, &idp, &provider).unwrap().groups, ["asked"]);
}

/// How a provider misbehaves.
type Lie = Box<dyn Fn(&mut crate::idp::Mood)>;

#[test]
fn what_is_not_true_signs_nobody_in() {
    let place = Place::new(None);
    let (app, idp) = (place.app(), Idp::start(place.clock()));
    let provider = Provider::new(settings(&idp), place.clock());
    let now = place.clock().now().as_second();
    let lies: Vec<(&str, Lie)> = vec![
        ("for another", Box::new(|it| it.say("aud", json!("other")))),
        ("for several", Box::new(|it| it.say("aud", json!(["muniment", "other"])))),
        ("for nobody", Box::new(|it| it.say("aud", json!([])))),
        ("by order of another", Box::new(|it| it.say("azp", json!("other")))),
        ("from another", Box::new(|it| it.say("iss", json!("https://evil.example")))),
        ("another answer", Box::new(|it| it.say("nonce", json!("guessed")))),
        ("no answer", Box::new(|it| it.say("nonce", Value::Null))),
        ("over", Box::new(move |it| it.say("exp", json!(now - 61)))),
        ("without an end", Box::new(|it| it.say("exp", Value::Null))),
        ("of tomorrow", Box::new(move |it| it.say("iat", json!(now + 61)))),
        ("not begun", Box::new(move |it| it.say("nbf", json!(now + 61)))),
        ("of yesterday", Box::new(move |it| it.say("iat", json!(now - 86_400)))),
        ("about nobody", Box::new(|it| it.say("sub", json!("")))),
        ("unsigned", Box::new(|it| it.algorithm = "none")),
        ("signed with our secret", Box::new(|it| it.algorithm = "HS256")),
        ("said to be RSA", Box::new(|it| it.algorithm = "RS256")),
        ("by another key", Box::new(|it| it.signs_with_another = true)),
        ("with something critical", Box::new(|it| it.is_critical = true)),
        ("altered", Box::new(|it| it.is_altered = true)),
        (
            "about somebody else when asked",
            Box::new(|it| {
                it.claims.remove("email");
                it.asked["sub"] = json!("u-2");
            }),
        ),
    ];
    for (what, lie) in lies {
        idp.lie(|mood| lie(mood));
        assert_eq!(sign_in(&app, &idp, &provider).unwrap_err(), untrue(), "{what}");
    }
    idp.lie(|_| ());
    sign_in(&app, &idp, &provider).unwrap();
    idp.lie(|it| it.is_broken = true);
    let silent = ProviderRefused::Silent { name: "Test".to_owned() };
    assert_eq!(sign_in(&app, &idp, &provider).unwrap_err(), silent);
}

#[test]
fn an_answer_counts_once_in_the_browser_that_asked_and_from_whom_it_asked() {
    let place = Place::new(None);
    let (app, idp) = (place.app(), Idp::start(place.clock()));
    let provider = Provider::new(settings(&idp), place.clock());
    let begin = || {
        let way = provider.begin(&app, BACK, &json!(null), false).unwrap();
        idp.asked(&asked(&way.to, "nonce"), &asked(&way.to, "code_challenge"));
        let answer = vec![
            ("state", asked(&way.to, "state")),
            ("code", "a-code".to_owned()),
            ("iss", idp.issuer()),
        ];
        (way.ticket, answer)
    };
    let over = ProviderRefused::Over;
    let (ticket, answer) = begin();
    let (other, _) = begin();
    assert_eq!(finish(&app, &provider, &other, &answer).unwrap_err(), over, "another tab");
    assert_eq!(finish(&app, &provider, "", &answer).unwrap_err(), over, "another browser");
    assert_eq!(finish(&app, &provider, &ticket, &answer[1..]).unwrap_err(), over, "no state");
    assert_eq!(finish(&app, &provider, &ticket, &answer[..2]).unwrap_err(), untrue(), "no issuer");
    let mut mixed = answer.clone();
    mixed[2].1 = "https://evil.example".to_owned();
    assert_eq!(finish(&app, &provider, &ticket, &mixed).unwrap_err(), untrue(), "mixed up");
    let second = ProviderSettings { id: "second".to_owned(), ..settings(&idp) };
    let second = Provider::new(second, place.clock());
    assert_eq!(finish(&app, &second, &ticket, &answer).unwrap_err(), over, "another provider");
    // A code is worth nothing without what this browser kept.
    idp.asked("x", "another challenge");
    assert_eq!(finish(&app, &provider, &ticket, &answer).unwrap_err(), untrue(), "another code");
    let (ticket, answer) = begin();
    finish(&app, &provider, &ticket, &answer).unwrap();
    assert_eq!(finish(&app, &provider, &ticket, &answer).unwrap_err(), over, "twice");
    let (ticket, mut answer) = begin();
    answer[1] = ("error", "access_denied".to_owned());
    let declined = ProviderRefused::Declined { name: "Test".to_owned() };
    assert_eq!(finish(&app, &provider, &ticket, &answer).unwrap_err(), declined);
    let (ticket, answer) = begin();
    place.pass(30 * 60);
    assert_eq!(finish(&app, &provider, &ticket, &answer).unwrap_err(), over, "too late");

    let mut named = settings(&idp);
    named.issuer.push('/');
    let named = Provider::new(named, place.clock());
    let silent = ProviderRefused::Silent { name: "Test".to_owned() };
    let begun = named.begin(&app, BACK, &json!(null), false);
    assert_eq!(begun.err().map(refused), Some(silent), "it calls itself otherwise");
    let out = provider.way_out("https://isms.example.org/sign-in").unwrap();
    assert_eq!(asked(&out, "post_logout_redirect_uri"), "https://isms.example.org/sign-in");
}

#[test]
fn a_provider_is_asked_over_tls() {
    let good = ProviderSettings {
        id: "a".to_owned(),
        issuer: "https://id.example.org/x".to_owned(),
        client_id: "m".to_owned(),
        ..ProviderSettings::default()
    };
    good.check().unwrap();
    for issuer in ["http://id.example.org", "", "id.example.org", "https://id.example.org/?a=1"] {
        let bad = ProviderSettings { issuer: issuer.to_owned(), ..good.clone() };
        assert!(bad.check().unwrap_err().contains("https://"), "{issuer}");
    }
    for id in ["", "A", "a/b", ".."] {
        assert!(ProviderSettings { id: id.to_owned(), ..good.clone() }.check().is_err());
    }
    let secret = ProviderSettings { client_secret: Some("hush".to_owned()), ..good };
    assert!(!format!("{secret:?}").contains("hush"));
}

pub fn provider(create: bool) -> ProviderSettings {
    let grant = |group: &str, profile| Grant {
        organization: Some("acme".to_owned()),
        group: group.to_owned(),
        profile,
    };
    ProviderSettings {
        id: "test".to_owned(),
        name: "Test".to_owned(),
        issuer: "https://id.example.org".to_owned(),
        create,
        grants: vec![
            grant("isms-admins", Profile::Administrator),
            grant("owners", Profile::RiskOwner),
            grant("staff", Profile::Employee),
        ],
        ..ProviderSettings::default()
    }
}

pub fn claims(subject: &str, email: &str, groups: &[&str]) -> Claims {
    Claims {
        subject: subject.to_owned(),
        email: Some(email.to_owned()),
        is_email_verified: true,
        name: Some("Nina New".to_owned()),
        groups: groups.iter().map(|it| (*it).to_owned()).collect(),
    }
}

/// The profiles of a person today.
pub fn profiles(app: &App, person: Id) -> Vec<Profile> {
    let past = app.organization(Some("acme")).unwrap().as_of(None).unwrap();
    Access::of(&past.isms, person, past.day).profiles().iter().collect()
}

fn groups_give_and_take_and_leave_what_others_gave(place: &Place) {
    let app = place.app();
    let (acme, founder) = acme(&app);
    let accounts = app.accounts();
    let provider = provider(true);
    let nina = |groups: &[&str]| {
        let account =
            accounts.admit(&provider, &claims("n-1", "nina@example.org", groups)).unwrap();
        (account.id, accounts.person(account.id, acme).unwrap().unwrap())
    };
    let (account, person) = nina(&["staff", "unknown"]);
    assert_eq!(accounts.by_id(account).unwrap().unwrap().name, "Nina New");
    assert_eq!(profiles(&app, person), [Profile::Employee]);
    let organization = app.organization(Some("acme")).unwrap();
    let seq = organization.current().unwrap().position();
    let commit = organization.commit(seq).unwrap();
    assert_eq!(commit.entry.note.as_ref().map(|it| it.text.as_str()), Some("through Test"));
    // Nothing is written where nothing changes.
    assert_eq!(nina(&["staff"]), (account, person));
    assert_eq!(organization.current().unwrap().position(), seq);
    nina(&["owners"]);
    assert_eq!(profiles(&app, person), [Profile::RiskOwner]);
    nina(&["staff", "owners", "isms-admins"]);
    let all = [Profile::Administrator, Profile::RiskOwner, Profile::Employee];
    assert_eq!(profiles(&app, person), all);
    nina(&[]);
    assert_eq!(profiles(&app, person), []);
    assert!(accounts.sign_in("nina@example.org", "", crate::place::HERE).is_err());

    // What was given by hand stays: here to the founder, who administers and manages.
    let ada = ada(&app);
    accounts.belong(ada.id, acme, founder).unwrap();
    let by_hand = profiles(&app, founder);
    let fay =
        |groups: &[&str]| accounts.admit(&provider, &claims("f-1", "ada@example.org", groups));
    fay(&["staff"]).unwrap();
    assert_eq!(profiles(&app, founder).len(), by_hand.len() + 1);
    fay(&[]).unwrap();
    assert_eq!(profiles(&app, founder), by_hand);

    // Nobody else decides any more: what a group took away stays.
    nina(&["isms-admins"]);
    let isms = organization.current().unwrap();
    let (hand, _) = isms
        .sources::<Membership>(founder)
        .find(|it| it.1.profile == Some(Profile::Administrator))
        .unwrap();
    let end = domain::Step::Move {
        record: hand.head.id,
        version: None,
        to: "ended".to_owned(),
        reason: None,
    };
    let request = app::Request {
        actor: domain::Actor::Person(founder),
        via: "cli",
        command: domain::Command { note: None, steps: vec![end] },
        files: Vec::new(),
        bound: false,
    };
    organization.execute(request).unwrap();
    nina(&["owners"]);
    assert_eq!(profiles(&app, person), [Profile::Administrator, Profile::RiskOwner]);
}

fn nobody_unknown_is_let_in_unless_they_may_be(place: &Place) {
    let app = place.app();
    let (acme, founder) = acme(&app);
    let accounts = app.accounts();
    let name = || "Test".to_owned();
    let admit = |provider: &ProviderSettings, claims: &Claims| {
        accounts.admit(provider, claims).map_err(refused)
    };
    let nina = claims("n-1", "nina@example.org", &["staff"]);
    let unknown = ProviderRefused::Unknown { name: name() };
    assert_eq!(admit(&provider(false), &nina).unwrap_err(), unknown);
    let without = Claims { groups: Vec::new(), ..nina.clone() };
    assert_eq!(admit(&provider(true), &without).unwrap_err(), unknown, "no group gives anything");
    let unverified = Claims { is_email_verified: false, ..nina.clone() };
    let refused_so = ProviderRefused::Unverified { name: name() };
    assert_eq!(admit(&provider(true), &unverified).unwrap_err(), refused_so);
    let domains = vec!["example.org".to_owned()];
    let limited = ProviderSettings { domains, ..provider(true) };
    let far = claims("n-1", "nina@example.org.evil.example", &["staff"]);
    let domain = ProviderRefused::Domain { name: name() };
    assert_eq!(admit(&limited, &far).unwrap_err(), domain);
    assert_eq!(admit(&limited, &unverified).unwrap_err(), domain);
    assert!(accounts.all().unwrap().is_empty());

    // An account that there is, is linked by its address, and known by its subject from then on.
    let ada = ada(&app);
    accounts.belong(ada.id, acme, founder).unwrap();
    let known = claims("a-1", "Ada@Example.org", &[]);
    let unsure = Claims { is_email_verified: false, ..known.clone() };
    assert_eq!(admit(&provider(false), &unsure).unwrap_err(), refused_so);
    assert_eq!(admit(&provider(false), &known).unwrap().id, ada.id);
    let moved = claims("a-1", "ada.lind@elsewhere.example", &[]);
    assert_eq!(admit(&provider(false), &moved).unwrap().id, ada.id);
    assert_eq!(accounts.identities(ada.id).unwrap()[0].subject, "a-1");
    // Somebody else got her address at the provider.
    let heir = claims("x-9", "ada@example.org", &[]);
    assert_eq!(admit(&provider(true), &heir).unwrap_err(), ProviderRefused::Taken { name: name() });
    // The same subject of another provider is another.
    let other = ProviderSettings { issuer: "https://other.example".to_owned(), ..provider(false) };
    assert_eq!(admit(&other, &moved).unwrap_err(), unknown);
    accounts.disable(ada.id).unwrap();
    assert_eq!(admit(&provider(false), &known).unwrap_err(), ProviderRefused::Disabled);
}
