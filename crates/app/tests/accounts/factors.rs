//! Second factors: authenticator apps, recovery codes, passkeys.

use std::fs;

use app::accounts::{Account, Asking, By, CODES, Relying, SignInRefused};
use app::{App, Error};
use meta::Id;

use crate::device::{Device as Keeper, Kind};
use crate::place::{DEVICE, GOOD, HERE, Place, ada};

on_both!(
    an_app_proves_itself_and_each_code_works_once,
    wrong_codes_wait_as_wrong_passwords_do,
    recovery_codes_work_once_and_go_with_the_factor,
    a_passkey_opens_the_account_of_its_owner_alone,
    a_copied_passkey_is_refused,
    a_factor_that_is_gone_was_not_proved,
    a_backup_carries_factors,
);

#[track_caller]
fn refused<T: std::fmt::Debug>(done: Result<T, Error>) -> SignInRefused {
    match done.unwrap_err() {
        Error::SignIn(refused) => refused,
        err => panic!("another error: {err}"),
    }
}

fn site() -> Relying {
    Relying::of("https://isms.example.org").unwrap()
}

/// Sets an app up for an account; answers its secret.
fn set_up(app: &App, account: &Account, place: &Place) -> String {
    let offer = app.accounts().offer_authenticator(account.id, "Muniment").unwrap();
    let key = offer.key.replace(' ', "");
    let code = code(&key, place);
    app.accounts().take_authenticator(account.id, &offer.ticket, &code, HERE).unwrap();
    key
}

/// The code that an app shows now.
fn code(key: &str, place: &Place) -> String {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits = key.chars().flat_map(|it| {
        let value = LETTERS.find(it).unwrap();
        (0..5).rev().map(move |at| value >> at & 1)
    });
    let bits: Vec<usize> = bits.collect();
    let secret: Vec<u8> = bits
        .chunks_exact(8)
        .map(|it| it.iter().fold(0, |byte, bit| byte << 1 | *bit as u8))
        .collect();
    let step = place.clock().now().as_second() / 30;
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &secret);
    let tag = ring::hmac::sign(&key, &step.to_be_bytes());
    let at = usize::from(tag.as_ref()[19] & 15);
    let word = u32::from_be_bytes(tag.as_ref()[at..at + 4].try_into().unwrap());
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}

fn an_app_proves_itself_and_each_code_works_once(place: &Place) {
    let app = place.app();
    let (accounts, ada) = (app.accounts(), ada(&app));
    let bo = accounts.create("bo@example.org", "Bo Ek").unwrap();
    let offer = accounts.offer_authenticator(ada.id, "Muniment").unwrap();
    assert!(offer.address.starts_with("otpauth://totp/Muniment:Ada%40Example.org?secret="));
    let take = |account, ticket: &str, code: &str| {
        accounts.take_authenticator(account, ticket, code, HERE)
    };
    // Before the app has shown a code, nothing is set up.
    assert_eq!(refused(take(ada.id, &offer.ticket, "000000")), SignInRefused::Code);
    assert!(!accounts.factors(ada.id).unwrap().is_second());
    let key = offer.key.replace(' ', "");
    // An offer is for one account, and for a time.
    assert_eq!(refused(take(bo.id, &offer.ticket, &code(&key, place))), SignInRefused::Over);
    take(ada.id, &offer.ticket, &code(&key, place)).unwrap();
    assert!(accounts.factors(ada.id).unwrap().is_second());
    // The code of setting up is used up as well.
    let again = accounts.prove_code(ada.id, &code(&key, place), HERE);
    assert_eq!(refused(again), SignInRefused::Code);
    place.pass(30);
    let shown = code(&key, place);
    accounts.prove_code(ada.id, &shown, HERE).unwrap();
    // Not even in another process.
    let other = place.again();
    assert_eq!(refused(other.accounts().prove_code(ada.id, &shown, HERE)), SignInRefused::Code);
    place.pass(30);
    other.accounts().prove_code(ada.id, &code(&key, place), HERE).unwrap();
    assert_eq!(refused(accounts.prove_code(bo.id, &code(&key, place), HERE)), SignInRefused::Code);
    place.pass(3_600);
    assert_eq!(refused(take(ada.id, &offer.ticket, &code(&key, place))), SignInRefused::Over);
    assert!(accounts.remove_authenticator(ada.id).unwrap());
    assert!(!accounts.factors(ada.id).unwrap().is_second());
}

fn wrong_codes_wait_as_wrong_passwords_do(place: &Place) {
    let app = place.app();
    let (accounts, ada) = (app.accounts(), ada(&app));
    let key = set_up(&app, &ada, place);
    place.pass(60);
    for _ in 0..5 {
        assert_eq!(refused(accounts.prove_code(ada.id, "000000", HERE)), SignInRefused::Code);
    }
    // The right one waits too, and so do recovery codes.
    let wait = SignInRefused::Wait { seconds: 5 };
    assert_eq!(refused(accounts.prove_code(ada.id, &code(&key, place), HERE)), wait);
    assert_eq!(refused(accounts.prove_recovery(ada.id, "x", HERE)), wait);
    // The password does not reset it.
    accounts.sign_in("ada@example.org", GOOD, HERE).unwrap();
    assert_eq!(refused(accounts.prove_code(ada.id, &code(&key, place), HERE)), wait);
    place.pass(5);
    accounts.prove_code(ada.id, &code(&key, place), HERE).unwrap();
    assert_eq!(refused(accounts.prove_code(ada.id, "000000", HERE)), SignInRefused::Code);
}

fn recovery_codes_work_once_and_go_with_the_factor(place: &Place) {
    let app = place.app();
    let (accounts, ada) = (app.accounts(), ada(&app));
    assert!(accounts.fresh_codes(ada.id).is_err(), "there is nothing to recover");
    set_up(&app, &ada, place);
    let old = accounts.fresh_codes(ada.id).unwrap();
    let codes = accounts.fresh_codes(ada.id).unwrap();
    assert_eq!(codes.len(), CODES);
    assert_eq!(refused(accounts.prove_recovery(ada.id, &old[0], HERE)), SignInRefused::Recovery);
    let typed = codes[3].to_uppercase().replace('-', " ");
    assert_eq!(accounts.prove_recovery(ada.id, &typed, HERE).unwrap(), 9);
    assert_eq!(refused(accounts.prove_recovery(ada.id, &codes[3], HERE)), SignInRefused::Recovery);
    assert_eq!(accounts.factors(ada.id).unwrap().codes, 9);
    accounts.remove_authenticator(ada.id).unwrap();
    assert_eq!(refused(accounts.prove_recovery(ada.id, &codes[4], HERE)), SignInRefused::Recovery);

    set_up(&app, &ada, place);
    accounts.fresh_codes(ada.id).unwrap();
    let session = accounts.open(ada.id, By::Second, &DEVICE).unwrap();
    assert!(accounts.clear_factors(ada.id).unwrap());
    assert_eq!(accounts.factors(ada.id).unwrap(), Default::default());
    assert!(accounts.session(session.as_str()).unwrap().is_none());
}

fn a_passkey_opens_the_account_of_its_owner_alone(place: &Place) {
    let app = place.app();
    let (accounts, ada) = (app.accounts(), ada(&app));
    let bo = accounts.create("bo@example.org", "Bo Ek").unwrap();
    for kind in [Kind::P256, Kind::Ed25519] {
        let mut device = Keeper::new(kind, ada.id);
        let challenge = |asking| accounts.challenge(asking).unwrap();
        let made = device.make(&challenge(Asking::Make(ada.id)));
        let add = |account: Id, made: &str| accounts.add_passkey(account, &site(), made, "Phone");
        assert_eq!(refused(add(bo.id, &made)), SignInRefused::Passkey, "made for another");
        let kept = add(ada.id, &made).unwrap();
        assert_eq!(refused(add(ada.id, &made)), SignInRefused::Over, "a challenge works once");
        assert!(add(ada.id, &device.make(&challenge(Asking::Make(ada.id)))).is_err(), "twice");

        let prove = |asking, answer: &str| accounts.prove_passkey(asking, &site(), answer);
        let alone = Asking::SignIn;
        let answer = device.answer(&challenge(alone));
        assert_eq!(prove(alone, &answer).unwrap(), ada.id);
        assert_eq!(refused(prove(alone, &answer)), SignInRefused::Over, "answered twice");
        let second = Asking::Second(ada.id);
        assert_eq!(prove(second, &device.answer(&challenge(second))).unwrap(), ada.id);
        // A challenge is for what it was made for.
        let answer = device.answer(&challenge(second));
        assert_eq!(refused(prove(alone, &answer)), SignInRefused::Passkey);
        let other = Asking::Second(bo.id);
        let answer = device.answer(&challenge(other));
        assert_eq!(refused(prove(other, &answer)), SignInRefused::UnknownPasskey);
        // Alone it must know its owner; beside a password it need not.
        device.is_verified = false;
        let answer = device.answer(&challenge(alone));
        assert_eq!(refused(prove(alone, &answer)), SignInRefused::Unverified);
        prove(second, &device.answer(&challenge(second))).unwrap();
        device.is_verified = true;
        for tamper in Keeper::TAMPERED {
            let answer = device.tampered(tamper, &challenge(alone));
            assert_eq!(refused(prove(alone, &answer)), SignInRefused::Passkey, "{tamper}");
        }
        for nonsense in ["", "{}", "[]", "{\"credential\":\"\"}"] {
            assert_eq!(refused(prove(alone, nonsense)), SignInRefused::Passkey);
        }
        let late = device.answer(&challenge(alone));
        place.pass(3_600);
        assert_eq!(refused(prove(alone, &late)), SignInRefused::Over);
        accounts.disable(ada.id).unwrap();
        let answer = device.answer(&challenge(alone));
        assert_eq!(refused(prove(alone, &answer)), SignInRefused::UnknownPasskey);
        accounts.enable(ada.id).unwrap();
        assert!(accounts.remove_passkey(ada.id, kept.id).unwrap());
        let answer = device.answer(&challenge(alone));
        assert_eq!(refused(prove(alone, &answer)), SignInRefused::UnknownPasskey);
    }
    // The last way in stays.
    let mut device = Keeper::new(Kind::P256, ada.id);
    assert!(accounts.remove_password(ada.id).is_err());
    let made = device.make(&accounts.challenge(Asking::Make(ada.id)).unwrap());
    let kept = accounts.add_passkey(ada.id, &site(), &made, "Key").unwrap();
    accounts.remove_password(ada.id).unwrap();
    assert!(accounts.sign_in("ada@example.org", GOOD, HERE).is_err());
    assert!(accounts.remove_passkey(ada.id, kept.id).is_err());
    let answer = device.answer(&accounts.challenge(Asking::SignIn).unwrap());
    assert_eq!(accounts.prove_passkey(Asking::SignIn, &site(), &answer).unwrap(), ada.id);
}

fn a_copied_passkey_is_refused(place: &Place) {
    let app = place.app();
    let (accounts, ada) = (app.accounts(), ada(&app));
    let mut device = Keeper::new(Kind::P256, ada.id);
    device.counter = Some(7);
    let made = device.make(&accounts.challenge(Asking::Make(ada.id)).unwrap());
    accounts.add_passkey(ada.id, &site(), &made, "Key").unwrap();
    let mut prove = |counter| {
        device.counter = Some(counter);
        let answer = device.answer(&accounts.challenge(Asking::SignIn).unwrap());
        accounts.prove_passkey(Asking::SignIn, &site(), &answer)
    };
    prove(8).unwrap();
    prove(20).unwrap();
    for counter in [20, 9, 0] {
        assert_eq!(refused(prove(counter)), SignInRefused::Copied);
    }
    prove(21).unwrap();
}

fn a_factor_that_is_gone_was_not_proved(place: &Place) {
    let app = place.app();
    let (accounts, ada) = (app.accounts(), ada(&app));
    set_up(&app, &ada, place);
    let mut device = Keeper::new(Kind::P256, ada.id);
    let made = device.make(&accounts.challenge(Asking::Make(ada.id)).unwrap());
    let kept = accounts.add_passkey(ada.id, &site(), &made, "Phone").unwrap();
    let open = |by| accounts.open(ada.id, by, &DEVICE).unwrap();
    let (here, by_passkey) = (open(By::Second), open(By::Passkey));
    let there = open(By::Provider { id: "test", is_fresh: true });
    let strong = |token: &app::accounts::Token| {
        accounts.session(token.as_str()).unwrap().unwrap().strong.is_some()
    };
    accounts.remove_authenticator(ada.id).unwrap();
    assert!(strong(&here), "there is a passkey left");
    accounts.remove_passkey(ada.id, kept.id).unwrap();
    assert!(!strong(&here) && !strong(&by_passkey));
    assert!(strong(&there), "the provider did so");
    // Who only was signed in there has proved nothing now.
    let silent = open(By::Provider { id: "test", is_fresh: false });
    let session = accounts.session(silent.as_str()).unwrap().unwrap();
    assert_eq!((session.proved, session.strong, session.is_strong()), (None, None, true));
}

fn a_backup_carries_factors(place: &Place) {
    let app = place.app();
    let (acme, person) = crate::place::acme(&app);
    let (accounts, ada) = (app.accounts(), ada(&app));
    accounts.belong(ada.id, acme, person).unwrap();
    let key = set_up(&app, &ada, place);
    let codes = accounts.fresh_codes(ada.id).unwrap();
    let mut device = Keeper::new(Kind::P256, ada.id);
    let made = device.make(&accounts.challenge(Asking::Make(ada.id)).unwrap());
    accounts.add_passkey(ada.id, &site(), &made, "Phone").unwrap();
    accounts.prove_recovery(ada.id, &codes[0], HERE).unwrap();
    let file = place.path("backup");
    app.backup(fs::File::create(&file).unwrap()).unwrap();
    let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
    assert!(!text.contains(&key) && !text.contains(&codes[1]), "a secret is in the backup");

    let (back, _) = App::restore(&place.url("back"), place.keys(), place.clock(), &file).unwrap();
    let back = back.accounts();
    assert_eq!(back.factors(ada.id).unwrap(), accounts.factors(ada.id).unwrap());
    place.pass(30);
    back.prove_code(ada.id, &code(&key, place), HERE).unwrap();
    assert_eq!(refused(back.prove_recovery(ada.id, &codes[0], HERE)), SignInRefused::Recovery);
    back.prove_recovery(ada.id, &codes[1], HERE).unwrap();
    let answer = device.answer(&back.challenge(Asking::SignIn).unwrap());
    assert_eq!(back.prove_passkey(Asking::SignIn, &site(), &answer).unwrap(), ada.id);
}

#[test]
fn passkeys_are_kept_where_browsers_keep_them() {
    assert_eq!(Relying::of("https://isms.example.org:8443").unwrap().id(), "isms.example.org");
    assert_eq!(Relying::of("http://localhost:7171").unwrap().id(), "localhost");
    for origin in ["http://isms.example.org", "https://192.0.2.1", "http://[::1]:1", "", "x"] {
        assert_eq!(Relying::of(origin), None, "{origin}");
    }
}

#[test]
fn without_its_key_a_code_is_no_wrong_code() {
    let place = Place::new(None);
    let app = place.app();
    let ada = ada(&app);
    let key = set_up(&app, &ada, &place);
    let file = place.path("keys").join("sealing.key");
    let mode = {
        use std::os::unix::fs::PermissionsExt as _;
        fs::metadata(&file).unwrap().permissions().mode()
    };
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(app.try_seal().unwrap(), 1);
    fs::remove_file(&file).unwrap();
    place.pass(30);
    let other = place.again();
    assert!(other.try_seal().is_err());
    assert!(!file.exists(), "looking makes no key");
    let err = other.accounts().prove_code(ada.id, &code(&key, &place), HERE).unwrap_err();
    assert!(matches!(err, Error::Key { .. }) && err.to_string().contains("put that one back"));
    // By now another key was made, which does not open it either.
    assert!(other.try_seal().is_err());
}
