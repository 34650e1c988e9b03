//! Personal tokens: what they open, how long, and what ends them.

use app::{
    App,
    accounts::{AccessToken, Scope, Scopes, WantedToken},
};
use meta::Id;

use crate::place::{BETTER, Place, acme, ada, issue, reset_for};

const DAY: i64 = 24 * 3_600;

on_both!(
    a_token_opens_until_it_ends,
    only_the_whole_token_opens,
    what_is_no_token_is_not_made,
    what_ends_an_account_ends_its_tokens,
    a_backup_carries_tokens,
);

fn make(app: &App, account: Id) -> (AccessToken, String) {
    let scopes = Scopes::of([Scope::Write]);
    let wanted = WantedToken { name: "nightly", organization: None, scopes, days: 30 };
    app.accounts().make_token(account, &wanted).unwrap()
}

fn a_token_opens_until_it_ends(place: &Place) {
    let app = place.app();
    let ada = ada(&app).id;
    let (token, text) = make(&app, ada);
    assert!(text.starts_with("mun_") && !format!("{token:?}").contains(&text[37..]));
    let found = app.accounts().token(&text).unwrap().unwrap();
    assert_eq!((found.id, found.account, found.scopes), (token.id, ada, token.scopes));
    place.pass(30 * DAY - 1);
    assert!(app.accounts().token(&text).unwrap().is_some());
    assert!(app.accounts().tokens(ada).unwrap()[0].used.is_some());
    place.pass(1);
    assert_eq!(app.accounts().token(&text).unwrap(), None);
    assert_eq!(app.accounts().token_name(token.id).unwrap().as_deref(), Some("nightly"));
}

fn only_the_whole_token_opens(place: &Place) {
    let app = place.app();
    let ada = ada(&app).id;
    let ((_, one), (_, other)) = (make(&app, ada), make(&app, ada));
    let mixed = format!("{}{}", &one[..37], &other[37..]);
    for wrong in ["", "mun_", &one[4..], &one[..one.len() - 1], &mixed] {
        assert_eq!(app.accounts().token(wrong).unwrap(), None, "{wrong}");
    }
}

fn what_is_no_token_is_not_made(place: &Place) {
    let app = place.app();
    let ada = ada(&app).id;
    let good = WantedToken { name: "x", organization: None, scopes: Scopes::of([]), days: 1 };
    for wrong in [
        WantedToken { name: " ", ..good },
        WantedToken { name: "two\nlines", ..good },
        WantedToken { days: 0, ..good },
        WantedToken { days: 367, ..good },
        WantedToken { organization: Some(app::fresh_id()), ..good },
    ] {
        assert!(app.accounts().make_token(ada, &wrong).is_err(), "{wrong:?}");
    }
    assert!(app.accounts().make_token(ada, &good).is_ok());
}

fn what_ends_an_account_ends_its_tokens(place: &Place) {
    let app = place.app();
    let accounts = app.accounts();
    let ada = ada(&app).id;
    let lives = |text: &str| accounts.token(text).unwrap().is_some();
    let (token, text) = make(&app, ada);
    let before = accounts.version();
    assert!(accounts.revoke_token(ada, token.id).unwrap() && !lives(&text));
    assert!(accounts.version() > before, "who keeps tokens in memory asks again");
    assert!(!accounts.revoke_token(ada, token.id).unwrap());
    let (_, text) = make(&app, ada);
    accounts.disable(ada).unwrap();
    accounts.enable(ada).unwrap();
    assert!(!lives(&text));
    let (token, text) = make(&app, ada);
    assert!(!accounts.revoke_token(app::fresh_id(), token.id).unwrap() && lives(&text));
    let link = issue(&app, &reset_for(ada));
    accounts.reset(link.as_str(), BETTER).unwrap();
    assert!(!lives(&text), "whoever resets a password may have lost more than that");
}

fn a_backup_carries_tokens(place: &Place) {
    let app = place.app();
    acme(&app);
    let (_, text) = make(&app, ada(&app).id);
    let file = place.path("backup");
    app.backup(std::fs::File::create(&file).unwrap()).unwrap();
    let (back, _) = App::restore(&place.url("back"), place.keys(), place.clock(), &file).unwrap();
    assert!(back.accounts().token(&text).unwrap().is_some());
}
