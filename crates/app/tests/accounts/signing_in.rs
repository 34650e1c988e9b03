//! Signing in: what is refused, how, and for how long.

use std::net::{IpAddr, Ipv4Addr};

use app::accounts::{Accounts, SignInRefused};
use app::{App, Error};

use crate::place::{BETTER, GOOD, HERE, Place, ada, open};

on_both!(
    who_is_wrong_learns_nothing,
    failures_make_an_account_wait_and_not_for_ever,
    an_unknown_account_waits_as_a_known_one_does,
    an_address_waits_whoever_it_tries,
    many_at_once_are_no_way_around_the_wait,
    the_password_is_asked_for_again_before_weighty_things,
);

fn who_is_wrong_learns_nothing(place: &Place) {
    let app = place.app();
    let accounts = app.accounts();
    let ada = ada(&app);
    accounts.create("bo@example.org", "Bo Ek").unwrap();
    assert_eq!(accounts.sign_in(" ADA@example.org", GOOD, HERE).unwrap(), ada);
    for (email, password) in [
        ("ada@example.org", BETTER),
        ("ada@example.org", ""),
        ("bo@example.org", ""),
        ("bo@example.org", GOOD),
        ("nobody@example.org", GOOD),
        ("not an address \0", GOOD),
        (&"x".repeat(1_000_000), GOOD),
    ] {
        assert_eq!(refused(&accounts, email, password, HERE), SignInRefused::Wrong);
    }
    accounts.disable(ada.id).unwrap();
    assert_eq!(refused(&accounts, "ada@example.org", GOOD, HERE), SignInRefused::Wrong);
    accounts.enable(ada.id).unwrap();
    accounts.sign_in("ada@example.org", GOOD, HERE).unwrap();
    accounts.set_password(ada.id, BETTER, None).unwrap();
    assert_eq!(refused(&accounts, "ada@example.org", GOOD, HERE), SignInRefused::Wrong);
    accounts.sign_in("ada@example.org", BETTER, HERE).unwrap();
}

fn failures_make_an_account_wait_and_not_for_ever(place: &Place) {
    let app = place.app();
    let (accounts, ada) = (app.accounts(), ada(&app));
    let wrong = || refused(&accounts, "ada@example.org", BETTER, HERE);
    let right = || accounts.sign_in("Ada@Example.org", GOOD, HERE);
    (0..5).for_each(|_| assert_eq!(wrong(), SignInRefused::Wrong));
    assert_eq!(wrong(), SignInRefused::Wait { seconds: 5 });
    place.pass(4);
    assert!(matches!(right(), Err(Error::SignIn(SignInRefused::Wait { seconds: 1 }))));
    place.pass(1);
    assert_eq!(wrong(), SignInRefused::Wrong, "waiting did not make it longer");
    assert_eq!(wrong(), SignInRefused::Wait { seconds: 10 });
    for _ in 0..30 {
        place.pass(15 * 60);
        wrong();
    }
    assert_eq!(wrong(), SignInRefused::Wait { seconds: 900 });
    assert_eq!(
        place.again().accounts().sign_in("ada@example.org", GOOD, HERE).unwrap_err().to_string(),
        "that went wrong too often: wait 900 seconds, then try again"
    );
    place.pass(15 * 60);
    right().unwrap();
    (0..5).for_each(|_| {
        assert_eq!(refused(&accounts, "ada@example.org", "", other(1)), SignInRefused::Wrong)
    });
    assert!(matches!(accounts.sign_in("ada@example.org", GOOD, other(1)), Err(Error::SignIn(_))));
    accounts.forgive(ada.id).unwrap();
    accounts.sign_in("ada@example.org", GOOD, other(1)).unwrap();
}

fn an_unknown_account_waits_as_a_known_one_does(place: &Place) {
    let app = place.app();
    ada(&app);
    let told = |email: &str, last: u8| -> Vec<_> {
        let tries = (0..8).map(|_| {
            place.pass(2);
            refused(&app.accounts(), email, BETTER, other(last))
        });
        tries.collect()
    };
    let known = told("ada@example.org", 1);
    assert!(known.contains(&SignInRefused::Wait { seconds: 3 }), "{known:?}");
    assert_eq!(told("nobody@example.org", 2), known);
    assert_eq!(told("no address at all", 3), known);
}

fn an_address_waits_whoever_it_tries(place: &Place) {
    let app = place.app();
    let accounts = app.accounts();
    ada(&app);
    for turn in 0..20 {
        let email = format!("guess{turn}@example.org");
        assert_eq!(refused(&accounts, &email, BETTER, HERE), SignInRefused::Wrong);
    }
    assert_eq!(
        refused(&accounts, "ada@example.org", GOOD, HERE),
        SignInRefused::Wait { seconds: 5 }
    );
    accounts.sign_in("ada@example.org", GOOD, other(1)).unwrap();
    place.pass(5);
    accounts.sign_in("ada@example.org", GOOD, HERE).unwrap();
    // The success is taken back, the guesses are not.
    assert_eq!(refused(&accounts, "new@example.org", GOOD, HERE), SignInRefused::Wrong);
    assert_eq!(
        refused(&accounts, "ada@example.org", GOOD, HERE),
        SignInRefused::Wait { seconds: 10 }
    );
    place.pass(13 * 3_600);
    (0..4).for_each(|_| {
        assert_eq!(refused(&accounts, "b@c.example", GOOD, HERE), SignInRefused::Wrong)
    });
}

fn many_at_once_are_no_way_around_the_wait(place: &Place) {
    let apps = [place.app(), place.again()];
    ada(&apps[0]);
    let guess = |app: &App, turn: u8| refused(&app.accounts(), "ada@example.org", "", other(turn));
    let told: Vec<_> = std::thread::scope(|scope| {
        let tries: Vec<_> = apps
            .iter()
            .cycle()
            .zip(1..=12)
            .map(|(app, turn)| scope.spawn(move || guess(app, turn)))
            .collect();
        tries.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(told.iter().filter(|it| **it == SignInRefused::Wrong).count(), 5, "{told:?}");
}

fn the_password_is_asked_for_again_before_weighty_things(place: &Place) {
    let app = place.app();
    let (accounts, ada) = (app.accounts(), ada(&app));
    let token = open(&app, ada.id);
    let proved = || accounts.session(token.as_str()).unwrap().unwrap().proved.unwrap();
    let first = proved();
    place.pass(3_600);
    let wrong = accounts.prove(token.as_str(), BETTER, HERE);
    assert!(matches!(wrong, Err(Error::SignIn(SignInRefused::Wrong))));
    assert_eq!(proved(), first);
    accounts.prove(token.as_str(), GOOD, HERE).unwrap();
    assert_eq!(proved().duration_since(first).as_secs(), 3_600);
    accounts.close(token.as_str()).unwrap();
    assert!(matches!(accounts.prove(token.as_str(), GOOD, HERE), Err(Error::Wrong(_))));
}

fn refused(accounts: &Accounts<'_>, email: &str, password: &str, address: IpAddr) -> SignInRefused {
    match accounts.sign_in(email, password, address) {
        Err(Error::SignIn(refused)) => refused,
        other => panic!("should have been refused: {other:?}"),
    }
}

fn other(last: u8) -> IpAddr {
    Ipv4Addr::new(198, 51, 100, last).into()
}
