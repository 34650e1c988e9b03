//! What is kept of accounts, and what is not.

use std::fs;

use app::App;
use app::accounts::{Notice, Once, Pace, Purpose};
use serde_json::json;

use crate::place::{GOOD, HERE, Place, acme, ada, issue, open};

on_both!(a_backup_carries_accounts_and_lets_nobody_in, what_somebody_wants_to_be_told_is_kept);

fn a_backup_carries_accounts_and_lets_nobody_in(place: &Place) {
    let app = place.app();
    let (acme, person) = acme(&app);
    let (accounts, ada) = (app.accounts(), ada(&app));
    let bo = accounts.create("bo@example.org", "Bo Ek").unwrap();
    accounts.belong(ada.id, acme, person).unwrap();
    accounts.disable(bo.id).unwrap();
    accounts.set_preference(ada.id, Some(acme), "view/mine", &json!({"sort": 1.5})).unwrap();
    accounts.set_preference(ada.id, None, "theme", &json!("dark")).unwrap();
    let session = open(&app, ada.id);
    let link = issue(&app, &Once::for_account(Purpose::SignIn, ada.id));
    let before = accounts.all().unwrap();
    let file = place.path("backup");
    app.backup(fs::File::create(&file).unwrap()).unwrap();

    let (back, _) = App::restore(&place.url("back"), place.keys(), place.clock(), &file).unwrap();
    let accounts = back.accounts();
    assert_eq!(accounts.all().unwrap(), before);
    assert_eq!(accounts.person(ada.id, acme).unwrap(), Some(person));
    let view = accounts.preference(ada.id, Some(acme), "view/mine").unwrap();
    assert_eq!(view, Some(json!({"sort": 1.5})));
    assert_eq!(accounts.preference(ada.id, None, "theme").unwrap(), Some(json!("dark")));
    assert!(accounts.session(session.as_str()).unwrap().is_none());
    assert!(accounts.peek(link.as_str()).unwrap().is_none());
    assert!(!accounts.by_id(bo.id).unwrap().unwrap().is_enabled());
    accounts.sign_in("ada@example.org", GOOD, HERE).unwrap();
    for secret in [GOOD, session.as_str(), link.as_str()] {
        assert!(!holds(&fs::read(&file).unwrap(), secret));
    }
}

fn what_somebody_wants_to_be_told_is_kept(place: &Place) {
    let app = place.app();
    let (accounts, ada) = (app.accounts(), ada(&app));
    let usual = accounts.paces(ada.id).unwrap();
    assert_eq!(usual.len(), Notice::ALL.len());
    assert!(usual.iter().all(|(it, pace)| *pace == it.usual()));
    accounts.set_paces(ada.id, &[(Notice::Due, Pace::Never)]).unwrap();
    let kept = place.again().accounts().paces(ada.id).unwrap();
    assert!(kept.contains(&(Notice::Due, Pace::Never)));
    assert!(kept.contains(&(Notice::Asked, Pace::AtOnce)));
}

#[test]
fn no_secret_is_in_the_database() {
    let place = Place::new(None);
    let app = place.app();
    let ada = ada(&app);
    let session = open(&app, ada.id);
    let link = issue(&app, &Once::for_account(Purpose::Reset, ada.id));
    app.accounts().sign_in("ada@example.org", GOOD, HERE).unwrap();
    // Typed into the wrong field.
    app.accounts().sign_in(GOOD, "", HERE).unwrap_err();
    app.accounts().sign_in("secret@guess.example", "", HERE).unwrap_err();
    assert_eq!(format!("{session:?}"), "Token(…)");
    let mut read = 0;
    for name in ["isms", "isms-wal"] {
        let bytes = fs::read(place.path(name)).unwrap();
        for secret in [GOOD, session.as_str(), link.as_str(), "secret@guess.example"] {
            assert!(!holds(&bytes, secret), "`{secret}` is in {name}");
        }
        read += usize::from(holds(&bytes, "Ada@Example.org"));
    }
    assert!(read > 0, "what is no secret is found this way");
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|it| it == text.as_bytes())
}
