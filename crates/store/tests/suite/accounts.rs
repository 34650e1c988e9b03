//! Accounts, sessions and links, as the database keeps them.

use store::Store;
use store::accounts::{Account, Attempt, Belonging, Joined, Joining, Once, Preference, Session};
use uuid::Uuid;

use crate::place::{ORGANIZATION, Place};

on_both!(
    an_older_database_gets_the_tables,
    an_email_address_has_one_account,
    a_person_has_one_account,
    of_many_who_use_a_link_one_succeeds,
    joining_is_all_or_nothing,
    of_many_first_accounts_one_is_made,
    every_attempt_counts,
    what_belongs_to_an_account_goes_with_it,
    use_is_not_noted_while_somebody_writes,
);

fn an_older_database_gets_the_tables(place: &Place) {
    drop(place.store());
    place.drop_tables_but(&[
        "checkpoint",
        "edition",
        "entry",
        "file",
        "ledger",
        "migration",
        "node",
        "record",
        "revision",
    ]);
    place.tamper("delete from migration where number >= 2");
    let store = place.again();
    assert_eq!(store.seq(ORGANIZATION).unwrap(), 0);
    assert!(!store.accounts().any().unwrap());
    assert!(store.accounts().insert(&account(1)).unwrap());
}

fn an_email_address_has_one_account(place: &Place) {
    let store = place.store();
    let accounts = store.accounts();
    assert!(accounts.insert(&account(1)).unwrap() && accounts.insert(&account(2)).unwrap());
    assert!(!accounts.insert(&Account { id: id(3), ..account(1) }).unwrap());
    assert!(!accounts.set_email(id(2), "One@x.example", "1@x.example").unwrap());
    assert!(accounts.set_email(id(2), "New@x.example", "new@x.example").unwrap());
    assert!(accounts.set_email(id(2), "NEW@x.example", "new@x.example").unwrap());
    assert_eq!(accounts.by_email("new@x.example").unwrap().unwrap().email, "NEW@x.example");
    assert_eq!(accounts.by_email("2@x.example").unwrap(), None);
    assert_eq!(accounts.by_id(id(1)).unwrap(), Some(account(1)));
    assert!(!accounts.rename(id(9), "Nobody").unwrap());
}

fn a_person_has_one_account(place: &Place) {
    let store = place.store();
    let accounts = store.accounts();
    accounts.insert(&account(1)).unwrap();
    accounts.insert(&account(2)).unwrap();
    assert!(accounts.belong(&belonging(1, 11)).unwrap());
    assert!(accounts.belong(&belonging(1, 11)).unwrap(), "it is so already");
    assert!(!accounts.belong(&belonging(2, 11)).unwrap());
    assert!(accounts.belong(&belonging(1, 12)).unwrap(), "another person than before");
    assert!(accounts.belong(&belonging(2, 11)).unwrap());
    assert_eq!(accounts.belongings(id(1)).unwrap(), [belonging(1, 12)]);
    assert_eq!(accounts.members(ORGANIZATION).unwrap().len(), 2);
    assert_eq!(accounts.who_is(ORGANIZATION, id(11)).unwrap(), Some(id(2)));
    assert_eq!(accounts.person(id(2), ORGANIZATION).unwrap(), Some(id(11)));
    assert!(accounts.leave(id(2), ORGANIZATION).unwrap());
    assert!(!accounts.leave(id(2), ORGANIZATION).unwrap());
    assert_eq!(accounts.person(id(2), ORGANIZATION).unwrap(), None);
}

fn of_many_who_use_a_link_one_succeeds(place: &Place) {
    let (one, two) = (place.store(), place.again());
    for round in 0..5 {
        let hash = [round; 32];
        one.accounts().issue(&hash, &once("sign-in")).unwrap();
        assert_eq!(one.accounts().redeem(&hash, "reset", 10).unwrap(), None, "for something else");
        assert_eq!(one.accounts().redeem(&hash, "sign-in", 100).unwrap(), None, "expired");
        let redeem = |store: &Store| store.accounts().redeem(&hash, "sign-in", 10).unwrap();
        let won: usize = std::thread::scope(|scope| {
            let tries: Vec<_> = [&one, &two]
                .into_iter()
                .cycle()
                .take(8)
                .map(|store| scope.spawn(move || usize::from(redeem(store).is_some())))
                .collect();
            tries.into_iter().map(|it| it.join().unwrap()).sum()
        });
        assert_eq!(won, 1);
        assert_eq!(two.accounts().peek(&hash, 10).unwrap(), None);
    }
}

fn joining_is_all_or_nothing(place: &Place) {
    let store = place.store();
    let accounts = store.accounts();
    accounts.insert(&account(1)).unwrap();
    accounts.belong(&belonging(1, 11)).unwrap();
    let hash = [7; 32];
    accounts.issue(&hash, &once("invitation")).unwrap();
    let try_with = |account: &Account, belonging: &Belonging| {
        let joining = Joining {
            hash: &hash,
            purpose: "invitation",
            first: false,
            account: Some(account),
            belonging: Some(belonging),
            now: 10,
        };
        accounts.join(&joining).unwrap()
    };
    let taken = Account { id: id(2), ..account(1) };
    assert_eq!(try_with(&taken, &belonging(2, 12)), Joined::EmailTaken);
    assert_eq!(try_with(&account(2), &belonging(2, 11)), Joined::PersonTaken);
    assert_eq!(accounts.by_id(id(2)).unwrap(), None);
    assert!(accounts.peek(&hash, 10).unwrap().is_some(), "the link still works");
    assert_eq!(try_with(&account(2), &belonging(2, 12)), Joined::Done);
    assert_eq!(try_with(&account(3), &belonging(3, 13)), Joined::NoLink);
    assert_eq!(accounts.by_id(id(3)).unwrap(), None);
}

fn of_many_first_accounts_one_is_made(place: &Place) {
    let (one, two) = (place.store(), place.again());
    for number in 1..=6 {
        one.accounts().issue(&[number; 32], &once("first-run")).unwrap();
    }
    let first = |store: &Store, number: u8| {
        let joining = Joining {
            hash: &[number; 32],
            purpose: "first-run",
            first: true,
            account: Some(&account(u128::from(number))),
            belonging: None,
            now: 10,
        };
        store.accounts().join(&joining).unwrap()
    };
    let done: usize = std::thread::scope(|scope| {
        let stores = [&one, &two].into_iter().cycle();
        let tries: Vec<_> = stores
            .zip(1..=6)
            .map(|(store, number)| scope.spawn(move || first(store, number) == Joined::Done))
            .collect();
        tries.into_iter().map(|it| usize::from(it.join().unwrap())).sum()
    });
    assert_eq!((done, one.accounts().all().unwrap().len()), (1, 1));
}

fn every_attempt_counts(place: &Place) {
    let (one, two) = (place.store(), place.again());
    let count = |before: Attempt| match before.failures {
        10.. => None,
        failures => Some(Attempt { failures: failures + 1, latest: 5, until: 70 }),
    };
    let always = |before: Attempt| Some(Attempt { failures: before.failures + 1, ..before });
    let attempt =
        |store: &Store| store.accounts().attempt(&[([1; 32], &count), ([2; 32], &always)]).unwrap();
    let tries: Vec<_> = std::thread::scope(|scope| {
        let stores = [&one, &two].into_iter().cycle().take(6);
        let all: Vec<_> = stores
            .map(|store| scope.spawn(move || (0..4).map(|_| attempt(store)).collect::<Vec<_>>()))
            .collect();
        all.into_iter().flat_map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(tries.iter().filter(|it| it.is_none()).count(), 10);
    assert!(tries.iter().flatten().all(|until| *until == 70));
    let failures = |subject: [u8; 32]| {
        let seen = std::cell::Cell::new(0);
        let look = |before: Attempt| {
            seen.set(before.failures);
            None
        };
        one.accounts().attempt(&[(subject, &look)]).unwrap();
        seen.get()
    };
    assert_eq!((failures([1; 32]), failures([2; 32])), (10, 10), "who waits counts nowhere");
    one.accounts().forgive(&[1; 32], Some(&[2; 32])).unwrap();
    assert_eq!((failures([1; 32]), failures([2; 32])), (0, 9));
}

fn what_belongs_to_an_account_goes_with_it(place: &Place) {
    let store = place.store();
    let accounts = store.accounts();
    accounts.insert(&account(1)).unwrap();
    accounts.belong(&belonging(1, 11)).unwrap();
    assert!(accounts.open(&[1; 32], &session(1)).unwrap());
    assert!(!accounts.open(&[2; 32], &session(2)).unwrap(), "there is no such account");
    place.tamper("update account set disabled = 1");
    assert_eq!(accounts.session(&[1; 32]).unwrap(), None, "disabled behind our back");
    assert!(!accounts.open(&[2; 32], &session(1)).unwrap());
    place.tamper("update account set disabled = null");
    assert!(accounts.session(&[1; 32]).unwrap().is_some());
    accounts.issue(&[3; 32], &Once { account: Some(id(1)), ..once("reset") }).unwrap();
    let preference = Preference {
        account: id(1),
        organization: None,
        name: "columns".to_owned(),
        content: "[1]".to_owned(),
    };
    accounts.set_preference(&preference).unwrap();
    let here = Preference { organization: Some(ORGANIZATION), ..preference.clone() };
    accounts.set_preference(&here).unwrap();
    let reading = store.snapshot().unwrap();
    assert_eq!(reading.preferences().unwrap(), [preference, here]);
    drop(reading);
    assert!(accounts.remove(id(1)).unwrap());
    assert_eq!(accounts.session(&[1; 32]).unwrap(), None);
    assert_eq!(accounts.peek(&[3; 32], 10).unwrap(), None);
    assert_eq!(accounts.who_is(ORGANIZATION, id(11)).unwrap(), None);
    assert_eq!(accounts.preferences(id(1), None).unwrap(), []);
}

/// Whoever reads a page does not wait for an import.
fn use_is_not_noted_while_somebody_writes(place: &Place) {
    let (one, two) = (place.store(), place.again());
    one.accounts().insert(&account(1)).unwrap();
    one.accounts().open(&[1; 32], &session(1)).unwrap();
    let is_sqlite = place.file().exists();
    for writer in [&one, &two] {
        let writing = writer.begin(ORGANIZATION).unwrap();
        assert_eq!(one.accounts().touch(session(1).id, 2).unwrap(), !is_sqlite);
        drop(writing);
        assert!(one.accounts().touch(session(1).id, 3).unwrap());
        assert_eq!(one.accounts().session(&[1; 32]).unwrap().unwrap().seen, 3);
    }
    assert!(!one.accounts().touch(id(9), 3).unwrap());
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number)
}

fn account(number: u128) -> Account {
    Account {
        id: id(number),
        email: format!("{number}@X.example"),
        folded: format!("{number}@x.example"),
        name: format!("Person {number}"),
        password: None,
        password_set: None,
        created: 1,
        seen: None,
        disabled: None,
    }
}

fn belonging(account: u128, person: u128) -> Belonging {
    Belonging { account: id(account), organization: ORGANIZATION, person: id(person), since: 1 }
}

fn once(purpose: &str) -> Once {
    Once {
        purpose: purpose.to_owned(),
        account: None,
        organization: None,
        person: None,
        email: None,
        issued: 1,
        expires: 100,
    }
}

fn session(account: u128) -> Session {
    Session {
        id: id(100 + account),
        account: id(account),
        created: 1,
        seen: 1,
        expires: 100,
        proved: None,
        strong: None,
        way: None,
        provider: None,
        agent: "a browser".to_owned(),
        address: "192.0.2.1".to_owned(),
    }
}
