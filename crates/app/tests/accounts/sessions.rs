//! Sessions: how long they last, and what ends them.

use app::Error;
use app::accounts::{By, Device};
use meta::Id;

use crate::place::{BETTER, DEVICE, HERE, Place, ada, issue, open, reset_for};

const HOUR: i64 = 3_600;

on_both!(
    a_session_ends_when_it_is_not_used,
    a_session_ends_however_much_it_is_used,
    use_is_noted_once_a_minute,
    a_disabled_account_has_no_session,
    sessions_are_ended_one_by_one_or_all,
    a_new_password_ends_the_others,
    what_has_expired_is_swept_away,
);

fn a_session_ends_when_it_is_not_used(place: &Place) {
    let app = place.app();
    let token = open(&app, ada(&app).id);
    let lives = || app.accounts().session(token.as_str()).unwrap().is_some();
    assert!(lives() && app.accounts().session("").unwrap().is_none());
    place.pass(12 * HOUR - 1);
    assert!(lives());
    place.pass(12 * HOUR - 1);
    assert!(lives(), "it was used in between");
    place.pass(12 * HOUR);
    assert!(!lives());
}

fn a_session_ends_however_much_it_is_used(place: &Place) {
    let app = place.app();
    let ada = ada(&app).id;
    let token = open(&app, ada);
    for _ in 0..14 * 24 - 1 {
        place.pass(HOUR);
        assert!(app.accounts().session(token.as_str()).unwrap().is_some());
    }
    assert_eq!(app.accounts().sessions(ada).unwrap().len(), 1);
    place.pass(HOUR);
    assert!(app.accounts().session(token.as_str()).unwrap().is_none());
    assert_eq!(app.accounts().sessions(ada).unwrap(), []);
}

fn use_is_noted_once_a_minute(place: &Place) {
    let app = place.app();
    let ada = ada(&app).id;
    let token = open(&app, ada);
    let noted = || {
        app.accounts().session(token.as_str()).unwrap();
        let session = app.accounts().sessions(ada).unwrap().remove(0);
        session.seen.duration_since(session.created).as_secs()
    };
    place.pass(59);
    assert_eq!(noted(), 0);
    place.pass(1);
    assert_eq!(noted(), 60);
    let session = app.accounts().session(token.as_str()).unwrap().unwrap();
    assert_eq!(session.idle.duration_since(session.seen).as_secs(), 12 * HOUR);
    assert_eq!(session.expires.duration_since(session.created).as_secs(), 14 * 24 * HOUR);
    assert_eq!((session.agent.as_str(), session.address.as_str()), ("Test/1.0", "192.0.2.1"));
}

fn a_disabled_account_has_no_session(place: &Place) {
    let app = place.app();
    let (accounts, ada) = (app.accounts(), ada(&app).id);
    let token = open(&app, ada);
    accounts.disable(ada).unwrap();
    assert!(accounts.session(token.as_str()).unwrap().is_none());
    assert!(matches!(accounts.open(ada, By::Link, &DEVICE), Err(Error::Wrong(_))));
    accounts.enable(ada).unwrap();
    assert!(accounts.session(token.as_str()).unwrap().is_none(), "it does not come back");
    assert!(accounts.by_id(ada).unwrap().unwrap().is_enabled());
    let nobody = accounts.open(Id::from_u128(1), By::Link, &DEVICE);
    assert!(matches!(nobody, Err(Error::Wrong(_))));
}

fn sessions_are_ended_one_by_one_or_all(place: &Place) {
    let app = place.app();
    let (accounts, ada) = (app.accounts(), ada(&app).id);
    let bo = accounts.create("bo@example.org", "Bo Ek").unwrap().id;
    let tokens: Vec<_> = (0..4)
        .map(|_| {
            place.pass(1);
            open(&app, ada)
        })
        .collect();
    let ids: Vec<_> = accounts.sessions(ada).unwrap().iter().map(|it| it.id).collect();
    let live = || {
        let live = tokens.iter().map(|it| accounts.session(it.as_str()).unwrap().is_some());
        live.collect::<Vec<_>>()
    };
    assert!(!accounts.revoke(bo, ids[0]).unwrap(), "it is not theirs");
    assert!(accounts.revoke(ada, ids[0]).unwrap());
    assert_eq!(live(), [true, true, true, false], "the last used is listed first");
    accounts.close(tokens[0].as_str()).unwrap();
    assert_eq!(live(), [false, true, true, false]);
    assert_eq!(accounts.revoke_all(ada, Some(ids[1])).unwrap(), 1);
    assert_eq!(live(), [false, false, true, false]);
    assert_eq!(accounts.revoke_all(ada, None).unwrap(), 1);
}

fn a_new_password_ends_the_others(place: &Place) {
    let app = place.app();
    let (accounts, ada) = (app.accounts(), ada(&app).id);
    let (this, other) = (open(&app, ada), open(&app, ada));
    let link = issue(&app, &reset_for(ada));
    let keep = accounts.session(this.as_str()).unwrap().unwrap().id;
    accounts.set_password(ada, BETTER, Some(keep)).unwrap();
    assert!(accounts.session(this.as_str()).unwrap().is_some());
    assert!(accounts.session(other.as_str()).unwrap().is_none());
    assert!(accounts.peek(link.as_str()).unwrap().is_none());
}

fn what_has_expired_is_swept_away(place: &Place) {
    let app = place.app();
    let (accounts, ada) = (app.accounts(), ada(&app).id);
    let odd = Device { agent: &"a\0\n".repeat(1_000), address: HERE };
    accounts.open(ada, By::Link, &odd).unwrap();
    assert_eq!(accounts.sessions(ada).unwrap()[0].agent.chars().count(), 300);
    issue(&app, &reset_for(ada));
    accounts.sign_in("nobody@example.org", "", HERE).unwrap_err();
    assert_eq!(accounts.sweep().unwrap(), 0);
    place.pass(HOUR);
    assert_eq!(accounts.sweep().unwrap(), 1, "the link");
    place.pass(11 * HOUR);
    assert_eq!(accounts.sweep().unwrap(), 3, "the session, and failures of account and address");
    assert_eq!(accounts.sweep().unwrap(), 0);
}
