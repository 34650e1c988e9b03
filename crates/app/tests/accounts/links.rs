//! Links that work once.

use app::accounts::{Acceptance, By, Once, Purpose};
use app::{App, Error};
use jiff::SignedDuration;

use crate::place::{BETTER, DEVICE, GOOD, HERE, Place, acme, ada, issue, open, reset_for};

on_both!(
    looking_does_not_use_a_link,
    the_first_run_makes_one_account,
    an_invitation_makes_an_account_and_a_belonging,
    an_invitation_never_takes_an_account_over,
    a_new_password_is_set_once,
    of_many_who_follow_a_link_one_gets_in,
);

const BO: Acceptance<'_> = Acceptance { email: "bo@example.org", name: "Bo Ek", password: GOOD };

fn looking_does_not_use_a_link(place: &Place) {
    let app = place.app();
    let (accounts, ada) = (app.accounts(), ada(&app).id);
    let once = Once::for_account(Purpose::SignIn, ada);
    let link = issue(&app, &once);
    for _ in 0..3 {
        let found = accounts.peek(link.as_str()).unwrap().unwrap();
        assert_eq!(found.once, once);
        assert_eq!(found.expires.duration_since(found.issued), SignedDuration::from_hours(1));
    }
    let other = accounts.redeem(link.as_str(), Purpose::Reset);
    assert!(matches!(other, Err(Error::LinkOver)), "it is for something else");
    assert!(matches!(accounts.reset(link.as_str(), BETTER), Err(Error::LinkOver)));
    assert_eq!(accounts.redeem(link.as_str(), Purpose::SignIn).unwrap(), once);
    assert!(matches!(accounts.redeem(link.as_str(), Purpose::SignIn), Err(Error::LinkOver)));
    assert_eq!(accounts.peek(link.as_str()).unwrap(), None);
    let token = accounts.open(ada, By::Link, &DEVICE).unwrap();
    assert_eq!(accounts.session(token.as_str()).unwrap().unwrap().proved, None);

    let late = issue(&app, &once);
    place.pass(3_600);
    assert_eq!(accounts.peek(late.as_str()).unwrap(), None);
    assert!(matches!(accounts.redeem(late.as_str(), Purpose::SignIn), Err(Error::LinkOver)));
    let idle = issue(&app, &once);
    accounts.disable(ada).unwrap();
    assert_eq!(accounts.peek(idle.as_str()).unwrap(), None);
    assert_eq!(accounts.peek("nonsense").unwrap(), None);
    let incomplete = accounts.issue(&Once::new(Purpose::Reset), SignedDuration::from_hours(1));
    assert!(matches!(incomplete, Err(Error::Wrong(_))));
}

fn the_first_run_makes_one_account(place: &Place) {
    let app = place.app();
    let accounts = app.accounts();
    let first = issue(&app, &Once::new(Purpose::FirstRun));
    let second = issue(&app, &Once::new(Purpose::FirstRun));
    let weak = accounts.accept(first.as_str(), &Acceptance { password: "bo@example.org", ..BO });
    assert!(matches!(weak, Err(Error::Password(_))));
    let wrong = accounts.accept(first.as_str(), &Acceptance { email: "bo", ..BO });
    assert!(matches!(wrong, Err(Error::Wrong(_))));
    let bo = accounts.accept(first.as_str(), &BO).unwrap();
    assert_eq!(accounts.sign_in("bo@example.org", GOOD, HERE).unwrap().id, bo.id);
    for link in [&first, &second] {
        assert_eq!(accounts.peek(link.as_str()).unwrap(), None);
        let late = Acceptance { email: "late@example.org", ..BO };
        assert!(matches!(accounts.accept(link.as_str(), &late), Err(Error::LinkOver)));
    }
    assert_eq!(accounts.all().unwrap().len(), 1);
}

fn an_invitation_makes_an_account_and_a_belonging(place: &Place) {
    let app = place.app();
    let (acme, person) = acme(&app);
    let accounts = app.accounts();
    let once = Once::invitation(acme, person, Some("Bo@example.org".into()));
    let old = issue(&app, &once);
    place.pass(1);
    let link = issue(&app, &once);
    assert_eq!(accounts.peek(old.as_str()).unwrap(), None, "a newer one was sent");
    let waiting = accounts.invitations(acme).unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].once.email.as_deref(), Some("bo@example.org"));
    let known = Acceptance { password: "Hollerbusch2026", ..BO };
    assert!(matches!(accounts.accept(link.as_str(), &known), Err(Error::Password(_))));
    let bo = accounts.accept(link.as_str(), &BO).unwrap();
    assert_eq!(accounts.person(bo.id, acme).unwrap(), Some(person));
    assert_eq!(accounts.invitations(acme).unwrap(), []);

    let again = issue(&app, &once);
    let cy = Acceptance { email: "cy@example.org", name: "Cy Os", password: GOOD };
    assert!(matches!(accounts.accept(again.as_str(), &cy), Err(Error::PersonTaken)));
    assert_eq!(accounts.by_email("cy@example.org").unwrap(), None);
    assert!(accounts.recall(acme, person).unwrap());
    assert!(!accounts.recall(acme, person).unwrap());
    assert!(matches!(accounts.accept(again.as_str(), &cy), Err(Error::LinkOver)));
}

/// Whoever administers one organization must not get into an account that belongs to another.
fn an_invitation_never_takes_an_account_over(place: &Place) {
    let app = place.app();
    let (acme, person) = acme(&app);
    let (accounts, ada) = (app.accounts(), ada(&app));
    let link = issue(&app, &Once::invitation(acme, person, None));
    let taken = Acceptance { email: "ADA@example.org", name: "Ada Lind", password: BETTER };
    let refused = accounts.accept(link.as_str(), &taken);
    assert!(matches!(refused, Err(Error::EmailTaken { .. })));
    assert!(accounts.sign_in("ada@example.org", BETTER, HERE).is_err());
    let token = open(&app, ada.id);
    assert_eq!(accounts.join(link.as_str(), ada.id).unwrap().organization, Some(acme));
    assert_eq!(accounts.person(ada.id, acme).unwrap(), Some(person));
    assert!(accounts.session(token.as_str()).unwrap().is_some());
    accounts.sign_in("ada@example.org", GOOD, HERE).unwrap();
    assert!(matches!(accounts.join(link.as_str(), ada.id), Err(Error::LinkOver)));
}

fn a_new_password_is_set_once(place: &Place) {
    let app = place.app();
    let (accounts, ada) = (app.accounts(), ada(&app).id);
    let session = open(&app, ada);
    let link = issue(&app, &reset_for(ada));
    let sent_before = issue(&app, &reset_for(ada));
    assert!(matches!(accounts.reset(link.as_str(), "short"), Err(Error::Password(_))));
    assert!(accounts.session(session.as_str()).unwrap().is_some(), "nothing has happened");
    assert_eq!(accounts.reset(link.as_str(), BETTER).unwrap().id, ada);
    assert!(accounts.session(session.as_str()).unwrap().is_none());
    accounts.sign_in("ada@example.org", BETTER, HERE).unwrap();
    for link in [&link, &sent_before] {
        assert!(matches!(accounts.reset(link.as_str(), GOOD), Err(Error::LinkOver)));
    }
    let sent = issue(&app, &reset_for(ada));
    accounts.set_email(ada, "lind@example.org").unwrap();
    assert_eq!(accounts.peek(sent.as_str()).unwrap(), None, "it went to the old address");
}

fn of_many_who_follow_a_link_one_gets_in(place: &Place) {
    let apps = [place.app(), place.again()];
    let ada = ada(&apps[0]).id;
    let link = issue(&apps[0], &Once::for_account(Purpose::SignIn, ada));
    let follow = |app: &App| app.accounts().redeem(link.as_str(), Purpose::SignIn).is_ok();
    let got_in: usize = std::thread::scope(|scope| {
        let tries: Vec<_> =
            apps.iter().cycle().take(8).map(|app| scope.spawn(move || follow(app))).collect();
        tries.into_iter().map(|it| usize::from(it.join().unwrap())).sum()
    });
    assert_eq!(got_in, 1);
}
